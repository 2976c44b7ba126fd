"""Filters of lists by plain GET, with keys and values in the reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from portal.content import languages

# Query keys in each language; values of filters are words or slugs, translated likewise.
KEYS = {
    "q": {"sv": "q", "fi": "q"},
    "theme": {"sv": "tema", "fi": "teema"},
    "municipality": {"sv": "kommun", "fi": "kunta"},
    "year": {"sv": "ar", "fi": "vuosi"},
    "level": {"sv": "niva", "fi": "taso"},
    "type": {"sv": "typ", "fi": "tyyppi"},
    "language": {"sv": "sprak", "fi": "kieli"},
    "page": {"sv": "sida", "fi": "sivu"},
}
MAX_INPUT = 200  # characters of a query value that are looked at


def cleaned(value: str) -> str:
    """A query value without control characters (PostgreSQL refuses NUL), cut to what we look at."""
    printable = "".join(sign if sign.isprintable() else " " for sign in value[:MAX_INPUT])
    return " ".join(printable.split())


@dataclass(frozen=True)
class Choice:
    """One value of a filter: its word in each language, its label and the rows it stands for."""

    words: dict[str, str]
    label: str
    condition: Q
    lang: str = ""  # set when the label is in the other language


@dataclass
class Filter:
    """One thing to filter a list by.

    `further` finds a choice by a word that none of those offered has: a former address, say.
    """

    key: str
    label: str
    choices: Sequence[Choice]
    further: Callable[[str], Choice | None] | None = None
    chosen: Choice | None = None

    @property
    def name(self) -> str:
        """The query key in the reader's language."""
        return KEYS[self.key][languages.current()]

    def choose(self, asked: str) -> None:
        """Choose by a word in the reader's language; nothing is chosen when no choice has it."""
        word, here = asked.lower(), languages.current()
        by_word = {choice.words[here]: choice for choice in self.choices}
        self.chosen = by_word.get(word)
        if self.chosen is None and self.further and (found := self.further(word)):
            self.chosen = by_word.get(found.words[here])
            if self.chosen is None:
                self.chosen, self.choices = found, [*self.choices, found]

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that the choice stands for, all of them when there is none."""
        return rows.filter(self.chosen.condition) if self.chosen else rows

    def options(self) -> list[dict[str, Any]]:
        """The choices as a form shows them."""
        here = languages.current()
        return [
            {
                "value": choice.words[here],
                "label": choice.label,
                "lang": choice.lang,
                "is_chosen": choice is self.chosen,
            }
            for choice in self.choices
        ]


@dataclass
class Filtering:
    """What a reader has asked of a list."""

    filters: list[Filter]
    unknown: list[str] = field(default_factory=list)
    page_number: str = ""

    @classmethod
    def of(cls, request: HttpRequest, *filters: Filter) -> "Filtering":
        """Read the query. A value that no choice has is kept in `unknown`, and filters nothing."""
        here = languages.current()
        filtering = cls(list(filters))
        for one in filtering.filters:
            asked = cleaned(request.GET.get(one.name, ""))
            if not asked:
                continue
            one.choose(asked)
            if one.chosen is None:
                filtering.unknown.append(asked)
        filtering.page_number = cleaned(request.GET.get(KEYS["page"][here], ""))
        return filtering

    @property
    def is_active(self) -> bool:
        """True when the list shows less than everything."""
        return any(one.chosen for one in self.filters)

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that were asked for."""
        for one in self.filters:
            rows = one.apply(rows)
        return rows

    def query(self, language: str, page: int = 1) -> str:
        """The query string of the same view in a language; empty when nothing was asked."""
        pairs = [
            (KEYS[one.key][language], one.chosen.words[language])
            for one in self.filters
            if one.chosen
        ]
        if page > 1:
            pairs.append((KEYS["page"][language], str(page)))
        return urlencode(pairs)

    def paginate(self, rows: QuerySet, size: int = 24) -> ListPage:
        """One page of the rows; a number that is none gives the first, one too high the last."""
        page = Paginator(rows, size).get_page(self.page_number)
        page.links = [
            {
                "number": number,
                "url": f"?{self.query(languages.current(), number)}"
                if number > 1
                else f"?{self.query(languages.current())}",
                "is_current": number == page.number,
            }
            for number in page.paginator.page_range
        ]
        return page

    def queries(self, page: int = 1) -> dict[str, str]:
        """The query string of this view in each language."""
        return {code: self.query(code, page) for code in languages.CODES}
