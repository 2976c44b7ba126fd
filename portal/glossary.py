"""The glossary as readers leaf through it: in the order of their alphabet, letter by letter."""

from dataclasses import dataclass
from itertools import groupby

from foundation.content.alphabet import alphabetical
from foundation.content.models import Term
from foundation.content.slugs import slug_from


@dataclass(frozen=True)
class Entry:
    """A term with its place on the page."""

    item: Term
    anchor: str


@dataclass(frozen=True)
class Letter:
    """A letter and the terms that begin with it."""

    letter: str
    entries: list[Entry]


def glossary_by_letter(language: str) -> list[Letter]:
    """Every term under its first letter in the language; one query."""
    terms = Term.objects.order_by(alphabetical(f"term_{language}"), "pk")
    return [
        Letter(letter, [Entry(term, anchor_of(term, language)) for term in found])
        for letter, found in groupby(
            terms, lambda term: term.text("term", language).value[0].upper()
        )
    ]


def anchor_of(term: Term, language: str) -> str:
    """The place of a term on the page of a language."""
    # Two words can have the same slug (nämnd, namnd); the number tells them apart.
    return f"{slug_from(term.text('term', language).value)}-{term.pk}"
