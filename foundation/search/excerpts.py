"""What a hit quotes: the passage that answers best, with the words that answer marked.

Words are marked by the same terms that they were found by, never by comparing letters: Turun is
marked for Åbo, välfärdsledning for ledning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.search.query import SearchQuery
from foundation.search.terms import FOLDED, KNOWN, UNKNOWN, folded_terms, kept_terms, part_terms
from foundation.search.words import folded, spans

LENGTH = 240  # signs of a quoted passage
MOST_MATCHES = 60  # in one text, of which the best passage is chosen
ROOT = 3  # first letters of a term; a word that has none of them need not be looked at
_WITH_DOTS = {"a": "[aåäàáâæ]", "o": "[oöøôó]", "e": "[eéèêë]", "u": "[uüú]", "s": "[sšß]"}


@dataclass(frozen=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Match:
    """A word of a text that answers: where it stands, and which of the asked words it answers."""

    start: int
    end: int
    answers: frozenset[int]


class Marker:
    """Finds the words that answer one question."""

    def __init__(self, query: SearchQuery) -> None:
        self.language = query.language
        self._terms = [one.terms for one in query.search_terms]
        self._known: dict[str, frozenset[int]] = {}
        roots = {_root(term) for terms in self._terms for term in terms} - {""}
        self._roots = re.compile("|".join(sorted(roots)) or r"(?!)", re.IGNORECASE)

    def matches(self, text: str) -> Iterator[Match]:
        """The words of a tidy text that answer, in order."""
        end = 0
        for found in self._roots.finditer(text):
            if found.start() < end:
                continue
            start, end = _word_around(text, *found.span())
            for first, last, word in spans(text[start:end]):
                if answers := self._answers(word):
                    yield Match(start + first, start + last, answers)

    def _answers(self, word: str) -> frozenset[int]:
        if word not in self._known:
            kept = {
                word,
                *kept_terms(word, self.language),
                *folded_terms(word, self.language),
                *part_terms(word, self.language),
            }
            self._known[word] = frozenset(
                place for place, terms in enumerate(self._terms) if not kept.isdisjoint(terms)
            )
        return self._known[word]

    def marked(self, text: str) -> list[Piece]:
        """The whole text, with what answers marked."""
        return _pieces(text, 0, len(text), list(self.matches(text)))

    def excerpt(self, text: str) -> list[Piece]:
        """The passage that answers most of the question, or the beginning where none does."""
        found = [match for match, _n in zip(self.matches(text), range(MOST_MATCHES), strict=False)]
        start = 0
        if found:
            best = max(found, key=lambda one: (_answered(found, one.start), -one.start))
            start = _beginning(text, best.start)
        end = _ending(text, start)
        pieces = _pieces(text, start, end, [one for one in found if start <= one.start < end])
        if start > 0:
            pieces.insert(0, Piece("… "))
        if end < len(text):
            pieces.append(Piece(" …"))
        return pieces


def _root(term: str) -> str:
    """A pattern for the first letters of a term, with or without dots; "" for a reference."""
    if term.startswith("#"):
        return ""
    bare = folded(term.lstrip(FOLDED + KNOWN + UNKNOWN))[:ROOT]
    return "".join(_WITH_DOTS.get(sign, re.escape(sign)) for sign in bare)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == ":"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == ":"):
        end += 1
    return start, end


def _answered(found: list[Match], start: int) -> tuple[int, int]:
    """How many of the asked words are answered in a passage from here, and by how many words."""
    inside = [one for one in found if start <= one.start < start + LENGTH * 3 // 4]
    return len(frozenset().union(*(one.answers for one in inside))), len(inside)


def _beginning(text: str, match: int) -> int:
    """Where a passage with the match begins: at a sentence, a line or a word."""
    if match < LENGTH // 2:
        return 0
    earliest = match - LENGTH // 3
    for sign in ("\n", ". ", "? ", "! "):
        place = text.rfind(sign, earliest, match)
        if place >= 0:
            return place + len(sign)
    space = text.find(" ", earliest, match)
    return space + 1 if space >= 0 else earliest


def _ending(text: str, start: int) -> int:
    end = start + LENGTH
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > start else end


def _pieces(text: str, start: int, end: int, found: list[Match]) -> list[Piece]:
    pieces, place = [], start
    for match in found:
        if match.start > place:
            pieces.append(Piece(text[place : match.start]))
        pieces.append(Piece(text[match.start : match.end], is_marked=True))
        place = match.end
    if place < end:
        pieces.append(Piece(text[place:end]))
    return pieces
