"""What has changed between two wordings of a text, word by word."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Words on each side of a change that are shown of a long run that has not changed.
AROUND = 30

_BLOCK = re.compile(
    r"</?(p|li|h[1-6]|ul|ol|blockquote|figcaption|tr|table|thead|tbody|th|td|br)\b[^>]*>", re.I
)
# Where a link leads counts as text, as it does in the database's comparison.
_LINK = re.compile(r'<a\s[^>]*href="([^"]*)"[^>]*>', re.I)
_TAG = re.compile(r"<[^>]*>")
# Places where a word may be divided are no part of it.
_UNSEEN = re.compile("[\u00ad\u200b]")


def words_of(text: str, *, is_rich: bool) -> list[str]:
    """The words of a text, its marks of formatting left out; a new block begins with a new line."""
    if is_rich:
        text = _LINK.sub(lambda link: f"[{link[1]}] ", text)
        text = unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    found: list[str] = []
    for line in _UNSEEN.sub("", text).splitlines():
        words = line.split()
        if words and found:
            found.append("\n")
        found.extend(words)
    return found


def word_diff(before: str, after: str, *, is_rich: bool) -> list[tuple[str, list[str]]]:
    """The steps from one wording to another: ("same" | "removed" | "added", words).

    Longest matching runs of words by Ratcliff and Obershelp (difflib). Where lines are divided is
    no change.
    """
    old, new = words_of(before, is_rich=is_rich), words_of(after, is_rich=is_rich)
    steps: list[tuple[str, list[str]]] = []

    def step(kind: str, words: list[str]) -> None:
        if words == ["\n"]:
            kind, words = "same", words if kind == "added" else []
        if not words:
            return
        if steps and steps[-1][0] == kind:
            steps[-1][1].extend(words)
        else:
            steps.append((kind, list(words)))

    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            step("same", new[k:n])
        else:
            step("removed", old[i:j])
            step("added", new[k:n])
    return steps


def as_html(steps: list[tuple[str, list[str]]], *, lang: str) -> SafeString:
    """The steps as `ins` and `del`, which say what they are to those who cannot see them too.

    `lang` is the reader's language, in which that is said. Of a long run without a change, what
    lies far from one is left out.
    """
    last = len(steps) - 1
    parts = []
    for number, (kind, words) in enumerate(steps):
        if kind == "same":
            parts.append(_shortened(words, begins=number == 0, ends=number == last))
            continue
        element, said = ("del", _("removed")) if kind == "removed" else ("ins", _("added"))
        parts.append(
            format_html(
                '<{0}><span class="visually-hidden" lang="{1}">{2}: </span>{3}</{0}>',
                element,
                lang,
                said,
                " ".join(words),
            )
        )
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _shortened(words: list[str], *, begins: bool, ends: bool) -> SafeString:
    before = [] if begins else words[:AROUND]
    after = [] if ends else words[-AROUND:]
    if (begins and ends) or len(words) <= len(before) + len(after) + AROUND:
        return format_html("{}", " ".join(words))
    return format_html('{} <span class="left-out">[…]</span> {}', " ".join(before), " ".join(after))
