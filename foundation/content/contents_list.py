"""The contents list of a long text: its headings, each with an address within the page."""

import re
from dataclasses import dataclass
from html import unescape
from itertools import count

from django.utils.html import strip_tags
from django.utils.translation import pgettext

from foundation.content.slugs import slug_from
from foundation.content.texts import Text

# Fewer headings are seen at a glance.
FEWEST_HEADINGS = 3
_HEADING = re.compile(r"<h2(?P<attributes>(?: [^>]*)?)>(?P<words>.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A part of a text under a heading; `anchor` is its address within the page."""

    anchor: str
    heading: Text


def anchored(found: Text) -> tuple[str, list[Section]]:
    """Return the HTML of a text with an `id` on each h2, and its sections in order.

    The HTML is sanitised, so that a heading is written in one way only. An anchor is made of the
    heading's words, so that a link keeps leading there when another section is added.
    """
    sections: list[Section] = []
    taken: set[str] = set()

    def with_id(match: re.Match[str]) -> str:
        words = unescape(strip_tags(match["words"])).strip()
        if not words:
            return match[0]
        prefix = pgettext("url", "section")
        anchor = _free(f"{prefix}-{slug_from(words)}", taken)
        sections.append(Section(anchor, Text(words, found.language, found.asked)))
        return f'<h2 id="{anchor}"{match["attributes"]}>{match["words"]}</h2>'

    return _HEADING.sub(with_id, found.value), sections


def _free(anchor: str, taken: set[str]) -> str:
    names = (anchor if number == 1 else f"{anchor}-{number}" for number in count(1))
    free = next(name for name in names if name not in taken)
    taken.add(free)
    return free
