"""Where sentences begin and end, and the ones that are long or do not say when."""

import re
from collections.abc import Iterator

from foundation.editing.content_checks.finding import Finding, Rule
from foundation.editing.content_checks.parsed_text import Written
from foundation.editing.content_checks.vocabulary import (
    MONTHS,
    MOST_WORDS,
    SEEN_FROM_TODAY,
    SHORTENED,
)

_END = re.compile(r"[.!?…][”\"’)]*\s+(?=[”\"’–-]?\s?[^\W\d_a-zåäö])|\n")
_WORD = re.compile(r"\w+(?:[-–’':./]\w+)*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_SHORTENED = 12  # signs, with what may stand before them
_DAY = r"(?<![\d.,:/])(?:0?[1-9]|[12]\d|3[01])"
_NUMBERS = re.compile(rf"{_DAY}\.(?:0?[1-9]|1[0-2])\.(?!\d)")
_TIME_BEFORE = re.compile(r"(?:\bkl\.?|\bklo|\d\s?[–-])\s*$")
_DATES = {
    "sv": re.compile(rf"{_DAY}(?:\s?[–-]\s?\d{{1,2}})?\s+(?:{MONTHS['sv']})\b", re.IGNORECASE),
    "fi": re.compile(rf"{_DAY}\.\s?(?:{MONTHS['fi']})\b", re.IGNORECASE),
}
_VAGUE = {
    "sv": re.compile(
        rf"\b(?:{SEEN_FROM_TODAY['sv']}|(?:i|sedan|före|efter) (?:{MONTHS['sv']}))\b",
        re.IGNORECASE,
    ),
    "fi": re.compile(rf"\b(?:{SEEN_FROM_TODAY['fi']}|{MONTHS['fi']})\b", re.IGNORECASE),
}


def sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence; a dot after a number or a shortened word ends none."""
    start = 0
    for end in _END.finditer(text):
        before = text[max(start, end.start() - _LONGEST_SHORTENED) : end.start()]
        last = (before.split() or [""])[-1].lower().lstrip("(”")
        is_number = last.isdigit() and len(last) < 3  # “3.” counts; “2019.” ends a sentence
        if text[end.start()] == "." and (is_number or last in SHORTENED[language]):
            continue
        yield start, end.start() if text[end.start()] == "\n" else end.start() + 1
        start = end.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def in_sentences(written: Written, language: str) -> Iterator[Finding]:
    """Long sentences, and dates and times that leave the year out."""
    for block in written.blocks:
        for start, end in sentences(written.of(block), language):
            begin, sentence = block.start + start, written.of(block)[start:end]
            words = len(_WORD.findall(sentence))
            if words > MOST_WORDS[language] and not block.level:
                yield Finding(Rule.LONG_SENTENCE, begin, block.start + end, words=words)
            if not _YEAR.search(sentence):
                yield from _without_year(sentence, begin, language)


def _without_year(sentence: str, begin: int, language: str) -> Iterator[Finding]:
    dates = [match.span() for match in _DATES[language].finditer(sentence)]
    dates += [
        match.span()
        for match in _NUMBERS.finditer(sentence)
        if not _TIME_BEFORE.search(sentence[max(0, match.start() - 8) : match.start()])
    ]
    for start, end in sorted(dates):
        yield Finding(Rule.NO_YEAR, begin + start, begin + end)
    for match in _VAGUE[language].finditer(sentence):
        if not any(start < match.end() and match.start() < end for start, end in dates):
            yield Finding(Rule.SEEN_FROM_TODAY, begin + match.start(), begin + match.end())
