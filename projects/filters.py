"""What lists are filtered by: themes, municipalities and years, and what workshops are."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.addresses import find
from foundation.content.filters import Choice, Filter, Filtering, choices_of
from foundation.content.models import Addressed
from foundation.content.slugs import slug_from
from municipalities.models import Municipality
from projects.models import Theme, Workshop

YEARS = range(1900, 2101)


def _is(paths: Iterable[str], item: Addressed) -> Q:
    """The condition that one of the paths leads from a row to the item."""
    return Q(*((path, item.pk) for path in paths), _connector=Q.OR)


def _choice(item: Addressed, condition: Q) -> Choice:
    name = item.text(item.name_field)
    return Choice(
        words={code: item.slug_in(code) or "" for code in languages.CODES},
        label=name.value,
        condition=condition,
        lang=name.language if name.is_other else "",
        value=item.pk,
    )


def _found(items: QuerySet, word: str) -> Addressed | None:
    """The item that a word leads to as an address would, or a name in either language."""
    for slug in dict.fromkeys((word, slug_from(word))):
        try:
            return find(items, slug, languages.current())
        except Http404:
            continue
    return None


def theme_filter(*paths: str) -> Filter:
    """A filter by published theme; each path leads from a row to its theme, one at most does."""
    paths = paths or ("theme",)

    def further(word: str) -> Choice | None:
        theme = _found(Theme.objects.published(), word)
        return _choice(theme, _is(paths, theme)) if theme else None

    themes = Theme.objects.published()
    choices = [_choice(theme, _is(paths, theme)) for theme in themes]
    column = Coalesce(*paths) if len(paths) > 1 else F(paths[0])
    return Filter("theme", _("Theme"), choices, further, column)


def municipality_filter(rows: QuerySet, path: str = "municipalities") -> Filter:
    """A filter by municipality, found by either of its names; the path leads from a row to it.

    Those are offered that a row leads to. Any other can be asked for too, so that its calendar,
    say, is there before its first workshop is.
    """

    def choice(municipality: Addressed) -> Choice:
        names = dict.fromkeys(
            str(municipality.text("name", code))
            for code in (languages.current(), languages.other(languages.current()))
        )
        found = _choice(municipality, _is([path], municipality))
        return Choice(found.words, " / ".join(names), found.condition, value=found.value)

    def further(word: str) -> Choice | None:
        municipality = _found(Municipality.objects.all(), word)
        return choice(municipality) if municipality else None

    offered = Municipality.objects.filter(pk__in=rows.order_by().values(path))
    choices = [choice(municipality) for municipality in offered.in_order(languages.current())]
    return Filter("municipality", _("Municipality"), choices, further, F(path))


def year_filter(years: Iterable[int], path: str) -> Filter:
    """A filter by year; those are offered that the rows have, latest first.

    The path leads from a row to its year.

    Any other can be asked for too, and then is said to have nothing.
    """

    def choice(year: int) -> Choice:
        words = dict.fromkeys(languages.CODES, str(year))
        return Choice(words, str(year), Q(**{path: year}), value=year)

    def further(word: str) -> Choice | None:
        is_year = word.isascii() and word.isdecimal() and len(word) == 4 and int(word) in YEARS
        return choice(int(word)) if is_year else None

    choices = [choice(year) for year in sorted(set(years), reverse=True)]
    return Filter("year", _("Year"), choices, further, F(path))


PAST_WORDS = {"sv": "tidigare", "fi": "menneet"}
UPCOMING_WORDS = {"sv": "kommande", "fi": "tulevat"}


def is_past() -> Q:
    """The condition that a workshop's last day has passed, by the clock in Helsinki."""
    return Q(last_day__lt=timezone.localdate())


def _workshop_filters() -> list[Filter]:
    workshops = Workshop.objects.published()
    years = workshops.order_by().values_list("day__year", flat=True).distinct()
    return [
        theme_filter(),
        municipality_filter(workshops),
        Filter("level", _("Level"), choices_of(Workshop.Level, "level")),
        year_filter(years, "day__year"),
    ]


def workshop_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the list of workshops."""
    when = [
        Choice(UPCOMING_WORDS, _("Upcoming"), ~is_past()),
        Choice(PAST_WORDS, _("Past"), is_past()),
    ]
    return Filtering.of(request, *_workshop_filters(), Filter("when", _("When"), when))


def lasting_workshop_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the calendar of workshops: all that does not change with the day."""
    return Filtering.of(request, *_workshop_filters())
