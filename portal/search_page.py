"""What the search page shows: hits with their facts, facets with counts, and ways on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.content import languages
from foundation.content.alphabet import sort_key
from foundation.content.filters import Choice, Filter, Filtering, cleaned
from foundation.content.slugs import slug_from
from foundation.search.declarations import declared
from foundation.search.excerpts import Marker, Piece
from foundation.search.query import (
    Answer,
    Hit,
    SearchQuery,
    answer,
    loosened,
    search_queries,
)
from foundation.search.suggesting import FEW, meant
from municipalities.models import Municipality
from projects.models import Theme

PAGE_SIZE = 10
MOST_OTHER = 5  # hits in the other language that are shown below
MOST_CHOICES = 40  # municipalities offered in a facet


@dataclass(frozen=True)
class FacetChoice(Choice):
    """A choice with what stands for it in the index, and how many hits it would leave."""

    value: Any = None
    count: int | None = None  # None before anything has been counted


def _choice(
    words: dict[str, str], label: str, value: Any, count: int | None, lang: str = ""
) -> FacetChoice:
    return FacetChoice(words, label, Q(), lang, value=value, count=count)


@dataclass
class Facet(Filter):
    """A filter of hits by one part of the index."""

    part: str = ""

    def options(self) -> list[dict[str, Any]]:
        """The choices as a form shows them, with how many hits each would leave."""
        return [
            {**option, "count": getattr(choice, "count", None)}
            for option, choice in zip(super().options(), self.choices, strict=True)
        ]


@dataclass
class Searching(Filtering):
    """What a reader has asked for: words, choices and a page."""

    text: str = ""

    @classmethod
    def of(cls, request: HttpRequest, *filters: Filter) -> "Searching":
        """Read the query."""
        asked = super().of(request, *filters)
        text = cleaned(request.GET.get("q", ""))
        return cls(asked.filters, asked.unknown, asked.page_number, text)

    @property
    def is_asked(self) -> bool:
        """True where the page tells of hits; the page to search from is one like any other."""
        return bool(self.text) or self.is_active

    def query(self, language: str, page: int = 1, without: Collection[str] = ()) -> str:
        """The query string of the same view in a language."""
        words = urlencode({"q": self.text}) if self.text else ""
        return "&".join(filter(None, (words, super().query(language, page, without))))


def _kind_choices(counts: dict[str, int] | None = None) -> list[FacetChoice]:
    """The content types as choices, those with most hits first."""
    found = []
    for kind, one in declared().items():
        words = {}
        for code in languages.CODES:
            with override(code):
                words[code] = slug_from(str(one.model._meta.verbose_name_plural))
        label = capfirst(str(one.model._meta.verbose_name_plural))
        count = None if counts is None else counts.get(kind, 0)
        found.append(_choice(words, label, kind, count))
    return sorted(found, key=lambda one: (-(one.count or 0), sort_key(one.label)))


def _year_choice(word: str, count: int | None = None) -> FacetChoice | None:
    if not (word.isascii() and word.isdigit() and len(word) == 4):
        return None
    return _choice(dict.fromkeys(languages.CODES, word), word, int(word), count)


def _language_choices(counts: dict[str, int] | None = None) -> list[FacetChoice]:
    words = {"sv": {"sv": "svenska", "fi": "ruotsi"}, "fi": {"sv": "finska", "fi": "suomi"}}
    labels = {"sv": _("In Swedish"), "fi": _("In Finnish")}
    return [
        _choice(words[code], labels[code], code, None if counts is None else counts.get(code, 0))
        for code in languages.CODES
    ]


def _item_choice(item: Theme | Municipality, count: int | None = None) -> FacetChoice:
    name = item.text(item.name_field)
    return _choice(
        {code: item.slug_in(code) or "" for code in languages.CODES},
        name.value,
        item.pk,
        count,
        name.language if name.is_other else "",
    )


def _municipality_of(word: str) -> Choice | None:
    here = languages.current()
    found = Municipality.objects.filter(**{f"slug_{here}": word}).first()
    return _item_choice(found) if found else None


@dataclass(frozen=True)
class ShownHit:
    """A hit as the page shows it: marked words, what it is, and what it belongs to."""

    hit: Hit
    kind: str
    heading: list[Piece]
    excerpt: list[Piece]
    theme: Theme | None
    municipalities: list[Municipality]


@dataclass
class SearchPage:
    """One page of hits for what a reader asks."""

    searching: Searching
    themes: list[Theme]
    query: SearchQuery | None = None
    found: Answer = field(default_factory=lambda: Answer([], 0))
    there: Answer = field(default_factory=lambda: Answer([], 0))
    other_query: SearchQuery | None = None
    page: ListPage | None = None
    better: str = ""
    municipalities: dict[int, Municipality] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> "SearchPage":
        """Search; at most eight queries with those of the page's frame."""
        themes = list(Theme.objects.published())
        searching = Searching.of(
            request,
            Facet("type", _("Type"), _kind_choices(), part="kind"),
            Facet("theme", _("Theme"), [_item_choice(one) for one in themes], part="themes"),
            Facet(
                "municipality",
                _("Municipality"),
                [],
                _municipality_of,
                part="municipalities",
            ),
            Facet("year", _("Year"), [], _year_choice, part="year"),
            Facet("language", _("Language"), _language_choices(), part="languages"),
        )
        page = cls(searching, themes)
        if searching.text:
            page._search()
        return page

    @property
    def chosen(self) -> dict[str, list[Any]]:
        """The values chosen in each facet."""
        return {one.part: [one.chosen.value] for one in self.searching.filters if one.chosen}

    def _search(self) -> None:
        here = languages.current()
        queries = search_queries(self.searching.text)
        self.query, self.other_query = queries[here], queries[languages.other(here)]
        if not self.query:
            return
        self.found = self._answer(self.query)
        if not self.found.total and not self.searching.is_active:
            looser = loosened(self.query)
            self.found = self._answer(looser)
            self.query = looser if self.found.total else self.query
        self.page = self._paginate()
        if self.searching.is_active:
            self._offer_choices()
            return
        shown = {(hit.kind, hit.object_id) for hit in self.found.hits}
        if self.page.number == 1 and self.other_query:
            self.there = answer(self.other_query, size=MOST_OTHER, without=shown, with_facets=False)
        if self.found.total < FEW and not self.there.total:
            self.better = meant(self.query)
        self._offer_choices()

    def _answer(self, query: SearchQuery, first: int | None = None) -> Answer:
        if first is None:
            first = (self.searching.number - 1) * PAGE_SIZE
        return answer(query, chosen=self.chosen, first=first, size=PAGE_SIZE)

    def _paginate(self) -> ListPage:
        every: Any = range(self.found.total)  # the statement has cut the page out already
        page = self.searching.paginate(every, PAGE_SIZE)
        if self.found.total and not self.found.hits and self.query:  # a page beyond the last
            self.found = self._answer(self.query, (page.number - 1) * PAGE_SIZE)
        return page

    def _offer_choices(self) -> None:
        """Put the choices that have hits into the facets, with their counts."""
        counts = self.found.facets
        keys = {int(key) for key in counts.get("municipalities", {})}
        most = sorted(keys, key=lambda key: -counts["municipalities"][str(key)])[:MOST_CHOICES]
        wanted = {*most, *(key for hit in self.found.hits for key in hit.municipalities)}
        if wanted:
            self.municipalities = Municipality.objects.in_bulk(list(wanted))
        years = sorted(counts.get("year", {}), reverse=True)
        by_column: dict[str, Iterable[FacetChoice]] = {
            "kind": _kind_choices(counts.get("kind", {})),
            "themes": [
                _item_choice(one, counts.get("themes", {}).get(str(one.pk), 0))
                for one in self.themes
            ],
            "municipalities": sorted(
                (
                    _item_choice(self.municipalities[key], counts["municipalities"][str(key)])
                    for key in most
                    if key in self.municipalities
                ),
                key=lambda one: sort_key(one.label),
            ),
            "year": [one for year in years if (one := _year_choice(year, counts["year"][year]))],
            "languages": _language_choices(counts.get("languages", {})),
        }
        for facet in self.searching.filters:
            _offer(facet, by_column[facet.part])

    @cached_property
    def hits(self) -> list[ShownHit]:
        """The hits of this page in the reader's language."""
        return self._shown(self.found, self.query)

    @cached_property
    def hits_there(self) -> list[ShownHit]:
        """The first hits in the other language that are not among these."""
        return self._shown(self.there, self.other_query)

    def _shown(self, found: Answer, query: SearchQuery | None) -> list[ShownHit]:
        if not query:
            return []
        marker = Marker(query)
        return [
            ShownHit(
                hit,
                capfirst(str(declared()[hit.kind].model._meta.verbose_name)),
                marker.marked(hit.title),
                marker.excerpt(hit.text),
                self._theme(hit),
                self._places(hit),
            )
            for hit in found.hits
            if hit.kind in declared()
        ]

    def _theme(self, hit: Hit) -> Theme | None:
        return next((one for one in self.themes if one.pk in hit.themes), None)

    def _places(self, hit: Hit) -> list[Municipality]:
        """The municipalities of a hit; none for a municipality itself, and none of too many."""
        if hit.kind == Municipality._meta.db_table or len(hit.municipalities) > 4:
            return []
        found = [
            self.municipalities[key] for key in hit.municipalities if key in self.municipalities
        ]
        return sorted(found, key=lambda one: sort_key(str(one.text("name"))))


def _offer(facet: Filter, choices: Iterable[Any]) -> None:
    """Offer the choices that have hits, and the chosen one in any case."""
    chosen: Any = facet.chosen
    facet.choices = [one for one in choices if one.count or (chosen and one.value == chosen.value)]
    if chosen:
        facet.chosen = next((one for one in facet.choices if one.value == chosen.value), chosen)
        if facet.chosen is chosen:
            facet.choices = [*facet.choices, chosen]
