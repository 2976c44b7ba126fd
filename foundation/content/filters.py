"""Filters of lists by plain GET, with keys and values in the reader's language."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, TextChoices
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.translation import override

from foundation.content import languages
from foundation.content.slugs import slug_from

LONGEST_NUMBER = 6  # digits of the number of a page
# Query keys in each language; values of filters are words or slugs, translated likewise.
KEYS = {
    "q": {"sv": "q", "fi": "q"},
    "theme": {"sv": "tema", "fi": "teema"},
    "municipality": {"sv": "kommun", "fi": "kunta"},
    "year": {"sv": "ar", "fi": "vuosi"},
    "level": {"sv": "niva", "fi": "taso"},
    "type": {"sv": "typ", "fi": "tyyppi"},
    "kind": {"sv": "slag", "fi": "laji"},
    "task_area": {"sv": "uppgiftsomrade", "fi": "tehtavaalue"},
    "when": {"sv": "nar", "fi": "milloin"},
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
    value: Any = None  # what the filter's column holds in those rows, if it has a column


def choices_of(values: type[TextChoices], field_name: str) -> list[Choice]:
    """The values of a field as choices of a filter; the words are the labels in each language."""
    choices = []
    for value in values:
        words = {}
        for code in languages.CODES:
            with override(code):
                words[code] = slug_from(str(value.label))
        choices.append(Choice(words, str(value.label), Q(**{field_name: value})))
    return choices


@dataclass
class Filter:
    """One thing to filter a list by.

    `further` finds a choice by a word that none of those offered has: a former address, say.
    `column` leads to what the choices are values of, where those are many: they are counted by it.
    `counts` says for each choice how many items it would leave, once they are counted.
    """

    key: str
    label: str
    choices: Sequence[Choice]
    further: Callable[[str], Choice | None] | None = None
    column: Combinable | None = None
    chosen: Choice | None = None
    counts: Sequence[int] = ()

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

    def condition(self) -> Q:
        """What the rows fulfil that the choice stands for; all of them when there is none."""
        return self.chosen.condition if self.chosen else Q()

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that the choice stands for, all of them when there is none."""
        return rows.filter(self.condition())

    def options(self) -> list[dict[str, Any]]:
        """The choices as a form shows them; one that would leave nothing cannot be chosen."""
        here = languages.current()
        counts: Sequence[int | None] = self.counts or [None] * len(self.choices)
        return [
            {
                "value": choice.words[here],
                "label": choice.label,
                "lang": choice.lang,
                "count": count,
                "is_chosen": choice is self.chosen,
                "is_disabled": count == 0 and choice is not self.chosen,
            }
            for choice, count in zip(self.choices, counts, strict=True)
        ]


@dataclass(frozen=True)
class Unknown:
    """A value that was asked for and that no choice of the filter has."""

    label: str  # of the filter
    value: str


@dataclass(frozen=True)
class Chosen:
    """A choice that was made, with the query that is left without it."""

    filter: Filter
    choice: Choice
    query: str  # with its question mark, or nothing


@dataclass
class Filtering:
    """What a reader has asked of a list."""

    filters: list[Filter]
    unknown: list[Unknown] = field(default_factory=list)
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
                filtering.unknown.append(Unknown(one.label, asked))
        filtering.page_number = cleaned(request.GET.get(KEYS["page"][here], ""))
        return filtering

    @property
    def number(self) -> int:
        """The page that was asked for, from 1, whether there is one or not."""
        text = self.page_number
        if not (text.isascii() and text.isdigit()):
            return 1
        return max(1, int(text)) if len(text) <= LONGEST_NUMBER else 10**LONGEST_NUMBER

    @property
    def is_active(self) -> bool:
        """True when the list shows less than everything."""
        return any(one.chosen for one in self.filters)

    @property
    def is_offered(self) -> bool:
        """True when there is something to choose, or something was."""
        return bool(self.unknown) or any(
            one.chosen or not one.counts or any(one.counts) for one in self.filters
        )

    @property
    def chosen(self) -> list[Chosen]:
        """The choices that were made, each with the way back from it."""
        found = []
        for one in self.filters:
            if one.chosen:
                query = self.query(languages.current(), without={one.key})
                found.append(Chosen(one, one.chosen, f"?{query}" if query else ""))
        return found

    def condition(self, without: Filter | None = None) -> Q:
        """What rows fulfil that were asked for, the choice of one filter left out."""
        condition = Q()
        for one in self.filters:
            if one is not without:
                condition &= one.condition()
        return condition

    def apply(self, rows: QuerySet) -> QuerySet:
        """The rows that were asked for."""
        for one in self.filters:
            rows = one.apply(rows)
        return rows

    def count(self, rows: QuerySet, **parts: Q) -> dict[str, int]:
        """Count what each choice would leave, together with the other filters'.

        One query, and one for each filter with a column.

        Returns how many rows were asked for under "all", and of those how many belong to each of
        the `parts`, under its name.
        """
        asked = {"all": self.condition()}
        asked |= {name: self.condition() & part for name, part in parts.items()}
        for one in self.filters:
            if one.column is None:
                others = self.condition(without=one)
                for place, choice in enumerate(one.choices):
                    asked[f"{one.key}_{place}"] = others & choice.condition
        found = rows.order_by().aggregate(
            **{
                name: Count("pk", filter=condition or None, distinct=True)
                for name, condition in asked.items()
            }
        )
        for one in self.filters:
            if one.column is None:
                one.counts = [found[f"{one.key}_{place}"] for place in range(len(one.choices))]
            else:
                by_value = self._count_by_column(rows, one, one.column)
                one.counts = [by_value.get(choice.value, 0) for choice in one.choices]
        return {name: found[name] for name in ("all", *parts)}

    def _count_by_column(
        self, rows: QuerySet, counted: Filter, column: Combinable
    ) -> dict[Any, int]:
        """How many rows the other filters leave of each value of a filter's column."""
        others = rows.filter(self.condition(without=counted)).order_by()
        values = others.annotate(counted_by=column).values_list("counted_by")
        return dict(values.annotate(number=Count("pk", distinct=True)))

    def query(self, language: str, page: int = 1, without: Collection[str] = ()) -> str:
        """The query string of the same view in a language; empty when nothing was asked.

        `without` names the keys of filters whose choices are left out.
        """
        pairs = [
            (KEYS[one.key][language], one.chosen.words[language])
            for one in self.filters
            if one.chosen and one.key not in without
        ]
        if page > 1:
            pairs.append((KEYS["page"][language], str(page)))
        return urlencode(pairs)

    def paginate(self, rows: QuerySet, size: int = 24, total: int | None = None) -> ListPage:
        """One page of the rows; a number that is none gives the first, one too high the last.

        `total` is how many rows there are, where that has been counted.
        """
        paginator = Paginator(rows, size)
        if total is not None:
            paginator.count = total
        page = paginator.get_page(self.number)
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
