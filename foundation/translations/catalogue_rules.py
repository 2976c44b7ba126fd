"""What makes one entry of a catalogue wrong, whatever the language."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from babel.messages.catalog import Message

NAMED_FORMAT = re.compile(r"%\(\w+\)[a-z]")
# Without the flag of a space: “40 % of” is prose.
PLAIN_FORMAT = re.compile(r"%[-#0+]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]|%%")
BRACE_FORMAT = re.compile(r"{\w*[^{}]*}")
TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
CONVERTER = re.compile(r"<[^<>]+>")
ADDRESS = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*(?:/[a-z0-9]+(?:[-.][a-z0-9]+)*)*/?")
LETTER = re.compile(r"[^\W\d_]")
# The house writes ”…” in both languages.
FOREIGN_QUOTES = '"“„‟«»‹›‘‚‛`´'


def entry_findings(message: Message, same_as_english: Collection[str]) -> Iterator[str]:
    """What is wrong with this entry, as half-sentences for the person who translates."""
    if message.fuzzy:
        yield "fuzzy: read the translation, then remove the mark"
    pairs = _pairs(message)
    empty = [number for number, (_text, translation) in enumerate(pairs) if not translation]
    if len(empty) == len(pairs):
        yield "not translated"
        return
    if empty:
        yield f"plural form {empty[0]} is empty"
    if is_same_as_english(message) and pairs[0][0] not in same_as_english:
        yield "same as the English; list it in same_as_english.txt if that is right"
    for text, translation in pairs:
        if not translation:
            continue
        if message.context == "url":
            yield from _address_findings(text, translation)
        else:
            yield from _prose_findings(text, translation)


def is_same_as_english(message: Message) -> bool:
    """Whether a form that holds words is the same in the translation."""
    return any(text == translation and _has_words(text) for text, translation in _pairs(message))


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text as Babel keeps it: alone, or its singular and plural, or not there at all."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _pairs(message: Message) -> list[tuple[str, str]]:
    return list(zip_longest(forms(message.id), forms(message.string), fillvalue=""))


def _has_words(text: str) -> bool:
    for pattern in (NAMED_FORMAT, PLAIN_FORMAT, BRACE_FORMAT, CONVERTER):
        text = pattern.sub("", text)
    return bool(LETTER.search(text))


def _prose_findings(text: str, translation: str) -> Iterator[str]:
    if _edges(text) != _edges(translation):
        yield "begins or ends with other white space than the English"
    for pattern in (NAMED_FORMAT, BRACE_FORMAT):
        expected, present = set(pattern.findall(text)), set(pattern.findall(translation))
        if expected != present:
            yield f"placeholders differ: {_difference(expected, present)}"
    unnamed = [PLAIN_FORMAT.findall(NAMED_FORMAT.sub("", form)) for form in (text, translation)]
    if unnamed[0] != unnamed[1]:
        yield "placeholders without a name differ or change their order"
    tags = [Counter(TAG.findall(form)) for form in (text, translation)]
    if tags[0] != tags[1]:
        yield f"HTML tags differ: {_difference(set(tags[0]), set(tags[1])) or 'in number'}"
    foreign = sorted(set(FOREIGN_QUOTES) & set(TAG.sub("", translation)))
    if foreign:
        yield f"quotation marks {' '.join(foreign)} instead of ”…”"


def _address_findings(text: str, translation: str) -> Iterator[str]:
    if CONVERTER.findall(text) != CONVERTER.findall(translation):
        yield "the converters of the address differ"
    if not ADDRESS.fullmatch(CONVERTER.sub("x", translation)):
        yield "an address is lower-case ASCII words joined by hyphens and slashes"
    if text.endswith("/") != translation.endswith("/"):
        yield "only one of the addresses ends with a slash"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _difference(expected: set[str], present: set[str]) -> str:
    lost = [f"without {item}" for item in sorted(expected - present)]
    added = [f"with {item}" for item in sorted(present - expected)]
    return ", ".join(lost + added)
