"""Abbreviations that nobody has written out before they are used."""

import re
from collections.abc import Iterator, Mapping

from foundation.editing.content_checks.finding import Finding, Rule
from foundation.editing.content_checks.parsed_text import Written
from foundation.editing.content_checks.vocabulary import KNOWN_BY_SIGHT

_SHORT_FORM = re.compile(r"(?<![\w:/.@&-])[A-ZÅÄÖ]{2,6}(?![\w@/&])")
_ROMAN = re.compile(r"[IVXLC]+")
_EXPLAINED_AFTER = re.compile(r"(?:[:’']\w+)?\s\(\w")
_CLOSED = re.compile(r"(?:[:’']\w+)?\)")


def short_forms(
    written: Written, known: Mapping[str, str], seen: frozenset[str]
) -> Iterator[tuple[str, Finding | None]]:
    """Each abbreviation at its first use, with a finding where it is not written out there.

    `known` says what abbreviations stand for, `seen` which ones came in an earlier text already.
    """
    done = set(seen)
    for block in written.blocks:
        words = written.of(block)
        if words == words.upper():
            continue  # in capitals throughout, no abbreviation can be told from a word
        for match in _SHORT_FORM.finditer(words):
            short = match[0]
            if short in done or short in KNOWN_BY_SIGHT or _ROMAN.fullmatch(short):
                continue
            done.add(short)
            start, end = block.start + match.start(), block.start + match.end()
            yield short, _finding(written.text, start, end, known.get(short, ""))


def _finding(text: str, start: int, end: int, full: str) -> Finding | None:
    in_brackets = text[:start].endswith("(") and _CLOSED.match(text, end)
    # The last letters change with the case the name stands in.
    named = full and full.lower()[:-2] in text[:start].lower()
    if in_brackets or named or _EXPLAINED_AFTER.match(text, end):
        return None
    if full:
        return Finding(Rule.SHORT_FORM, start, end, full=full)
    return Finding(Rule.UNKNOWN_SHORT_FORM, start, end)
