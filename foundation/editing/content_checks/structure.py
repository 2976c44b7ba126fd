"""Headings that skip a level, hide or lead to nothing, and marks that tools leave behind."""

import re
from collections.abc import Iterator
from itertools import pairwise

from foundation.editing.content_checks.finding import Finding, Rule
from foundation.editing.content_checks.parsed_text import Block, Written

_LONGEST_HEADING = 80  # signs
_DEBRIS = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|\[\w{2,20} [^\]\[=\n]{0,40}=[^\]\[\n]{0,200}\]"
    r"|&(?:nbsp|amp|quot|lt|gt|shy|#\d{1,5});|</?(?:p|br|div|span|strong|em|b|i|a|h[1-6])\s?/?>"
    r"|\blorem ipsum\b",
    re.IGNORECASE,
)
# Words of content systems, alone in a paragraph.
_ALONE = re.compile(
    r"(?:lateral-image-(?:left|right)|narrow|wide|full-?width|tags?[\d\s–-]*|undefined|null|none)",
    re.IGNORECASE,
)


def in_headings(written: Written) -> Iterator[Finding]:
    """Headings whose order or section is not whole; paragraphs that only look like headings."""
    level = written.under
    for number, block in enumerate(written.blocks):
        following = written.blocks[number + 1] if number + 1 < len(written.blocks) else None
        if block.level:
            yield from _in_heading(block, following, level)
            level = block.level
        elif following and _looks_like_heading(written, block) and not following.level:
            yield Finding(Rule.FALSE_HEADING, block.start, block.end)


def said_twice(written: Written) -> Iterator[Finding]:
    """Paragraphs that say the same as the one before: a caption and its picture's alternative."""
    paragraphs = [block for block in written.blocks if block.tag == "p"]
    for before, block in pairwise(paragraphs):
        words = written.of(block)
        if " " in words and words.lower() == written.of(before).lower():
            yield Finding(Rule.SAID_TWICE, block.start, block.end)


def _in_heading(block: Block, following: Block | None, level_before: int) -> Iterator[Finding]:
    if block.start == block.end:
        yield Finding(Rule.EMPTY_HEADING, block.start, block.end)
    if block.level > level_before + 1:
        yield Finding(Rule.HEADING_LEVEL, block.start, block.end)
    if following is None or 0 < following.level <= block.level:
        yield Finding(Rule.EMPTY_SECTION, block.start, block.end)


def _looks_like_heading(written: Written, block: Block) -> bool:
    words = written.of(block)
    is_short = len(words) <= _LONGEST_HEADING and words[-1] not in ".,;:!?…”"
    return block.tag == "p" and block.is_bold and is_short


def debris(written: Written) -> Iterator[Finding]:
    """Marks of content systems and templates, which readers would take for text."""
    for block in written.blocks:
        if _ALONE.fullmatch(written.of(block)):
            yield Finding(Rule.DEBRIS, block.start, block.end)
    for match in _DEBRIS.finditer(written.text):
        yield Finding(Rule.DEBRIS, *match.span())
