"""What has changed between two wordings of a text, word by word."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_BLOCK = re.compile(
    r"</?(p|li|h[1-6]|ul|ol|blockquote|tr|table|thead|tbody|th|td|br)\b[^>]*>", re.I
)
_TAG = re.compile(r"<[^>]*>")


def words_of(text: str) -> list[str]:
    """The words of a text, its marks of formatting left out; a new block begins with a new line."""
    lines = _TAG.sub("", _BLOCK.sub("\n", text)) if "<" in text else text
    found: list[str] = []
    for line in unescape(lines).splitlines():
        words = line.split()
        if words and found:
            found.append("\n")
        found.extend(words)
    return found


def word_diff(before: str, after: str) -> list[tuple[str, str]]:
    """The steps from one wording to another: ("same" | "removed" | "added", words).

    Longest matching runs of words by Ratcliff and Obershelp (difflib).
    """
    old, new = words_of(before), words_of(after)
    steps: list[tuple[str, str]] = []
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            steps.append(("same", " ".join(old[i:j])))
            continue
        if j > i:
            steps.append(("removed", " ".join(old[i:j])))
        if n > k:
            steps.append(("added", " ".join(new[k:n])))
    return steps


def as_html(steps: list[tuple[str, str]]) -> SafeString:
    """The steps as `ins` and `del`, which say what they are to those who cannot see them too."""
    elements = {
        "same": ("{}", ()),
        "removed": (
            '<del><span class="visually-hidden">{}: </span>{}</del>',
            (_("removed"),),
        ),
        "added": ('<ins><span class="visually-hidden">{}: </span>{}</ins>', (_("added"),)),
    }
    parts = [(format_html(elements[kind][0], *elements[kind][1], words),) for kind, words in steps]
    return format_html_join(" ", "{}", parts)
