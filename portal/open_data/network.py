"""The data sets of who takes part and what is done."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import Municipality, RegionalActor
from portal.open_data.data_set import DataSet, codes, public, published, with_theme
from portal.open_data.fields import (
    CHANGED,
    CODES_OF_MUNICIPALITIES,
    CONTENT_TEXTS,
    EXAMPLE,
    KEY,
    LANGUAGES,
    PUBLISHED,
    THEME,
    plain,
    text,
)
from projects.models import Participation, Project, Theme, ThemePeriod, Workshop, WorkshopSeries


def _participations() -> QuerySet:
    return Participation.objects.filter(project__in=Project.objects.published()).order_by("pk")


def _half_years() -> QuerySet:
    return ThemePeriod.objects.filter(
        project__in=Project.objects.published(), theme__in=Theme.objects.published()
    ).order_by("pk")


NETWORK = (
    DataSet(
        "municipalities",
        pgettext_lazy("url", "municipalities"),
        _("Municipalities"),
        _("Finland's municipalities with both names, code, region and language status."),
        lambda: Municipality.objects.order_by("code"),
        (
            plain("code", _("Three digits, by Statistics Finland.")),
            text("name", _("Name; the two may be equal.")),
            plain("region_code", _("Code of the region, by Statistics Finland."), "region.code"),
            text("region", _("Name of the region."), "region.name"),
            plain(
                "language_status",
                _("Languages of the municipality; of two, the majority's stands first."),
            ),
            plain("latitude", _("A point for a map: degrees north (WGS 84).")),
            plain("longitude", _("A point for a map: degrees east (WGS 84).")),
        ),
        lambda rows: rows.select_related("region"),
        has_page=True,
        is_register=True,
    ),
    DataSet(
        "regional-actors",
        pgettext_lazy("url", "regional-actors"),
        _("Regional actors"),
        _("The actors on regional level that take part in the project."),
        lambda: RegionalActor.objects.filter(
            pk__in=_participations().order_by().values("regional_actor")
        ).order_by("pk"),
        (
            KEY,
            text("name", _("Name; the two may be equal.")),
            plain("region_code", _("Code of the region, by Statistics Finland."), "region.code"),
            text("website", _("Address of its own site.")),
        ),
        lambda rows: rows.select_related("region"),
        has_page=True,
    ),
    DataSet(
        "participations",
        pgettext_lazy("url", "participations"),
        _("Participations"),
        _("Who takes part in the project, and from when to when."),
        _participations,
        (
            KEY,
            plain(
                "municipality_code",
                _("Code of the municipality; empty for a regional actor."),
                "municipality_code",
            ),
            plain(
                "regional_actor_id",
                _("Number of the regional actor; empty for a municipality."),
            ),
            plain("from", _("First day."), "start"),
            plain("until", _("Last day; empty: for the time being."), "end"),
            EXAMPLE,
        ),
        lambda rows: rows.annotate(
            municipality_code=Subquery(
                Municipality.objects.filter(pk=OuterRef("municipality_id")).values("code")[:1]
            )
        ),
    ),
    DataSet(
        "themes",
        pgettext_lazy("url", "themes"),
        _("Themes"),
        _("The themes of the work."),
        published(Theme),
        (KEY, *CONTENT_TEXTS, LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        has_page=True,
    ),
    DataSet(
        "half-years",
        pgettext_lazy("url", "half-years"),
        _("Half-years"),
        _("Which theme was worked on in which half-year, and what was done."),
        _half_years,
        (
            KEY,
            plain("theme_id", _("Number of the theme, in the table of themes.")),
            plain("year", _("Year.")),
            plain("half", _("1: spring, January to June. 2: autumn, July to December.")),
            plain("is_main", _("True for the main theme of the half-year.")),
            text("summary", _("What was done, in one sentence.")),
        ),
    ),
    DataSet(
        "workshop-series",
        pgettext_lazy("url", "workshop-series"),
        _("Series of workshops"),
        _("Processes of several workshops, with what came of them."),
        published(WorkshopSeries),
        (
            KEY,
            THEME,
            *CONTENT_TEXTS,
            text("outcome", _("What came of it, as HTML.")),
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        with_theme,
        has_page=True,
    ),
    DataSet(
        "workshops",
        pgettext_lazy("url", "workshops"),
        _("Workshops"),
        _("The workshops with time, place, municipalities and outcome."),
        published(Workshop),
        (
            KEY,
            plain("uid", _("What calendar programs know the workshop by.")),
            plain("series_id", _("Number of the series of workshops."), "public_series"),
            THEME,
            plain("level", _("municipality, regional or national.")),
            plain("status", _("planned, confirmed, moved, cancelled or held.")),
            plain("day", _("First day.")),
            plain("last_day", _("Last day; the same as the first for most.")),
            plain("start_time", _("When it begins, by the clock in Helsinki; may be unknown.")),
            plain("end_time", _("When it ends, by the clock in Helsinki; may be unknown.")),
            text("place", _("Where it is.")),
            text("audience", _("For whom it is.")),
            plain("participants", _("How many took part; empty: not known.")),
            CODES_OF_MUNICIPALITIES,
            *CONTENT_TEXTS,
            text("programme", _("The programme, as HTML.")),
            text("questions", _("Questions that were worked on, as HTML.")),
            text("outcome", _("What came of it, as HTML.")),
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        lambda rows: rows.annotate(
            municipality_codes=codes("workshops"),
            **public(Theme, "theme"),
            **public(WorkshopSeries, "series"),
        ),
        has_page=True,
    ),
)
