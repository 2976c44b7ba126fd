"""What of each content type is searchable and how heavy: declared by the apps that have it.

An app declares its models in its module `searchable`, which is read when Django starts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from foundation.search.vectors import BODY, LEAD, NAME

__all__ = [
    "BODY",
    "LEAD",
    "NAME",
    "Searchable",
    "Sought",
    "declare",
    "declared",
    "own",
    "reference",
]


@dataclass
class Sought:
    """What search keeps of one item in one language."""

    title: str
    path: str
    # What the item is found by, with the weight of each text; HTML is taken out by who declares.
    texts: list[tuple[str, str]]
    # What a hit quotes from, in reading order.
    quoted: list[str]
    # Other names of the same thing, as they are: forms of a place name, synonyms of a term.
    names: list[str] = field(default_factory=list)
    # Items that this one belongs to: it is found by their names too.
    references: list[str] = field(default_factory=list)
    day: date | None = None
    year: int | None = None
    themes: list[int] = field(default_factory=list)
    municipalities: list[int] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    due_at: datetime | None = None


@dataclass(frozen=True)
class Searchable:
    """A content type of search.

    `sought` tells what of an item is kept in a language, None for a language it does not exist in.
    `follows` names relations of the model whose rows are part of what is kept: a write to one of
    them makes the item be read anew. `joined` and
    `fetched` name those that are read along, by a join or in one more query. `boost` multiplies the
    rank of its hits.
    """

    model: type[models.Model]
    sought: Callable[[Any, str], Sought | None]
    follows: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()
    boost: float = 1.0

    def rows(self) -> QuerySet:
        """The items with what `sought` reads of them."""
        items = self.model._default_manager.select_related(*self.joined)
        return items.prefetch_related(*self.fetched)

    @property
    def kind(self) -> str:
        """The table, by which entries name the type."""
        return self.model._meta.db_table


_declared: dict[str, Searchable] = {}


def declare(
    model: type[models.Model],
    sought: Callable[[Any, str], Sought | None],
    *,
    follows: tuple[str, ...] = (),
    joined: tuple[str, ...] = (),
    fetched: tuple[str, ...] = (),
    boost: float = 1.0,
) -> None:
    """Make a content type searchable."""
    one = Searchable(model, sought, follows, joined, fetched, boost)
    _declared[one.kind] = one


def declared() -> dict[str, Searchable]:
    """Every searchable content type by its table, in the order they were declared."""
    return _declared


def own(item: Any, field: str, language: str) -> str:
    """The text of a translated field in exactly this language, "" where there is none."""
    return getattr(item, f"{field}_{language}") or ""


def reference(kind: str, key: int) -> str:
    """The term by which an item says that it belongs to another."""
    return f"#{kind}:{key}"
