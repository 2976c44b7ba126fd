"""Terms as PostgreSQL keeps them (tsvector) and asks for them (tsquery), written in text."""

from collections.abc import Iterable

from foundation.search.terms import EXACT, FOLDED, folded_terms, kept_terms, part_terms
from foundation.search.words import folded, words

# How heavy a word is by where it stands. The letters are PostgreSQL's, heaviest first.
NAME, LEAD, BODY, LEAST = "A", "B", "C", "D"
_NEXT = {NAME: LEAD, LEAD: BODY, BODY: LEAST, LEAST: LEAST}
MOST_WORDS = 20_000  # of one text; a book has more, but few that it has not used by then


class Vector:
    """The terms of one item in one language, each with the heaviest weight it is met with."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._weights: dict[str, str] = {}
        self._head: dict[str, str] = {}

    def add(self, text: str, weight: str) -> None:
        """Take in the words of a tidy text."""
        is_head = weight in (NAME, LEAD)
        for word in dict.fromkeys(words(text)[:MOST_WORDS]):
            self._keep(kept_terms(word, self.language), weight, is_head)
            self._keep(folded_terms(word, self.language), _NEXT[weight], is_head)
            self._keep(part_terms(word, self.language), LEAST, is_head)
            if is_head:
                self._keep([EXACT + word], weight, is_head)

    def add_forms(self, forms: Iterable[str], weight: str) -> None:
        """Take in forms of a name as they are: they bend by rules of their own."""
        for form in forms:
            found = words(form)
            self._keep(found, weight, is_head=True)
            self._keep([FOLDED + folded(word) for word in found], _NEXT[weight], is_head=True)

    def add_reference(self, reference: str, weight: str) -> None:
        """Take in that the item belongs to another, so that it is found by the other's names."""
        self._keep([reference], weight, is_head=True)

    def _keep(self, terms: Iterable[str], weight: str, is_head: bool) -> None:
        for weights in (self._weights, self._head) if is_head else (self._weights,):
            for term in terms:
                if weights.get(term, "E") > weight:
                    weights[term] = weight

    def __str__(self) -> str:
        return _written(self._weights)

    def head(self) -> str:
        """The terms of names and leads alone."""
        return _written(self._head)


def _written(weights: dict[str, str]) -> str:
    """Terms with their weights as PostgreSQL reads them.

    Each has one position: how often a word stands there says little in short texts, and a term
    costs a fifth of the space.
    """
    return " ".join(f"{quoted(term)}:1{weight}" for term, weight in sorted(weights.items()))


def quoted(term: str) -> str:
    """A term as PostgreSQL reads it in a tsvector or tsquery."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def any_of(terms: Iterable[str]) -> str:
    """The question for one of the terms."""
    return "(" + " | ".join(quoted(term) for term in dict.fromkeys(terms)) + ")"


def all_of(questions: Iterable[str]) -> str:
    """The question for all of the questions."""
    return "(" + " & ".join(questions) + ")"
