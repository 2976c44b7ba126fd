"""The data sets: which rows of the portal are public, and what is told of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from municipalities.models import Municipality, RegionalActor
from portal.content import languages
from portal.content.models import Term
from portal.open_data.fields import (
    CHANGED,
    CODES_OF_MUNICIPALITIES,
    CONTENT_TEXTS,
    EXAMPLE,
    KEY,
    LANGUAGES,
    PUBLISHED,
    THEME,
    Field,
    lines,
    plain,
    text,
)
from projects.models import (
    Participation,
    Project,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from publications.models import (
    ActionProposal,
    Authorship,
    Material,
    MaterialFile,
    Practice,
    Publication,
    Story,
    TaskArea,
)


@dataclass(frozen=True)
class DataSet:
    """A table that anybody may take away.

    `rows` are the public ones, and `prepare` fetches in the same query what their fields read.
    """

    key: str
    path_word: str | Promise
    title: str | Promise
    about: str | Promise
    rows: Callable[[], QuerySet]
    fields: tuple[Field, ...]
    prepare: Callable[[QuerySet], QuerySet] = field(default=lambda rows: rows)
    has_page: bool = False
    is_register: bool = False

    def slug(self, language: str) -> str:
        """The table's word in the address of its files."""
        with override(language):
            return str(self.path_word)


def public(model: type[Model], name: str) -> dict[str, Subquery]:
    """The key of what a row belongs to, as far as readers may see that: `public_<name>`."""
    there = model._default_manager.published().order_by().filter(pk=OuterRef(f"{name}_id"))  # type: ignore[attr-defined]
    return {f"public_{name}": Subquery(there.values("pk")[:1])}


def codes(relation: str) -> ArraySubquery:
    """The codes of the municipalities that name a row by a relation, in order."""
    found = Municipality.objects.filter(**{relation: OuterRef("pk")}).order_by("code")
    return ArraySubquery(found.values("code"))


def _participations() -> QuerySet:
    return Participation.objects.filter(project__in=Project.objects.published()).order_by("pk")


def _half_years() -> QuerySet:
    return ThemePeriod.objects.filter(
        project__in=Project.objects.published(), theme__in=Theme.objects.published()
    ).order_by("pk")


def _of_publications(model: type[Model]) -> Callable[[], QuerySet]:
    def rows() -> QuerySet:
        return model._default_manager.filter(
            publication__in=Publication.objects.published()
        ).order_by("pk")

    return rows


def _files() -> QuerySet:
    published = MaterialFile.objects.published()
    return published.filter(material__in=Material.objects.published()).order_by("pk")


def _published(model: Any) -> Callable[[], QuerySet]:
    return lambda: model.objects.published().order_by("pk")


def _with_theme(rows: QuerySet) -> QuerySet:
    return rows.annotate(**public(Theme, "theme"))


DATA_SETS = (
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
        _published(Theme),
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
        _published(WorkshopSeries),
        (
            KEY,
            THEME,
            *CONTENT_TEXTS,
            text("outcome", _("What came of it, as HTML.")),
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        _with_theme,
        has_page=True,
    ),
    DataSet(
        "workshops",
        pgettext_lazy("url", "workshops"),
        _("Workshops"),
        _("The workshops with time, place, municipalities and outcome."),
        _published(Workshop),
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
    DataSet(
        "materials",
        pgettext_lazy("url", "materials"),
        _("Materials"),
        _("Slides, videos and documents to take home, each with its licence."),
        _published(Material),
        (
            KEY,
            plain("type", _("slides, video, document, worksheet, data or link.")),
            plain("project_id", _("Number of the project it belongs to."), "public_project"),
            THEME,
            plain("workshop_id", _("Number of the workshop it belongs to."), "public_workshop"),
            plain(
                "publication_id",
                _("Number of the publication it belongs to."),
                "public_publication",
            ),
            plain("licence", _("What you may do with the material's files.")),
            text("attribution", _("Whom those who use it should name.")),
            text("audience", _("For whom it is.")),
            text("link", _("Where a material on another site is found.")),
            *CONTENT_TEXTS,
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        lambda rows: rows.annotate(
            **public(Project, "project"),
            **public(Theme, "theme"),
            **public(Workshop, "workshop"),
            **public(Publication, "publication"),
        ),
        has_page=True,
    ),
    DataSet(
        "material-files",
        pgettext_lazy("url", "material-files"),
        _("Files of materials"),
        _("Every public version of every file, with its address and checksum."),
        _files,
        (
            KEY,
            plain("material_id", _("Number of the material.")),
            plain("role", _("content: the material itself. captions: captions of a video.")),
            plain("language", _("Language of the file: sv, fi, sv+fi or en.")),
            plain("version", _("Version; the highest is the newest.")),
            plain("format", _("Format, such as pdf.")),
            plain("media_type", _("Media type, such as application/pdf.")),
            plain("size", _("Size in bytes.")),
            plain("sha256", _("Checksum (SHA-256).")),
            plain("pages", _("Number of pages or slides, where it is known.")),
            plain("seconds", _("Length in seconds, of a video.")),
            plain("published_at", _("Since when the file is public (UTC).")),
        ),
        lambda rows: rows.defer("reading_text").select_related("material"),
        has_page=True,
    ),
    DataSet(
        "publications",
        pgettext_lazy("url", "publications"),
        _("Publications"),
        _("Reports, guides and articles."),
        _published(Publication),
        (
            KEY,
            plain("kind", _("report, guide or article.")),
            plain("original_title", _("Title as on the cover.")),
            plain("original_language", _("Language of the work: sv, fi or sv+fi.")),
            THEME,
            plain("series", _("Series it appeared in.")),
            plain("number", _("Number in the series.")),
            plain("year", _("Year of publication.")),
            plain("pages", _("Pages.")),
            text("place", _("Place of publication.")),
            text("publisher", _("Publisher."), "publisher_name"),
            plain("isbn", _("ISBN, the number of the book.")),
            plain("doi", _("DOI, the lasting name of the work on the internet.")),
            plain("full_text", _("Where the whole work can be read.")),
            plain("promised_proposals", _("How many action proposals the work says it has.")),
            lines("key_findings", _("Key findings.")),
            *CONTENT_TEXTS,
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        lambda rows: _with_theme(rows).annotate(
            **{f"publisher_name_{code}": _publisher(code) for code in languages.CODES}
        ),
        has_page=True,
    ),
    DataSet(
        "authors",
        pgettext_lazy("url", "authors"),
        _("Authors of publications"),
        _("Who wrote the publications, in order, and where they worked then."),
        _of_publications(Authorship),
        (
            KEY,
            plain("publication_id", _("Number of the publication.")),
            plain("position", _("Place in the order.")),
            plain("given_name", _("Given name.")),
            plain("family_name", _("Family name.")),
            text("affiliation", _("Where the author worked then.")),
        ),
        lambda rows: rows.select_related("publication"),
    ),
    DataSet(
        "proposals",
        pgettext_lazy("url", "proposals"),
        _("Action proposals"),
        _("What the publications propose."),
        _of_publications(ActionProposal),
        (
            KEY,
            plain("publication_id", _("Number of the publication.")),
            plain("number", _("Number in the publication, where it is known.")),
            text("title", _("Heading.")),
            text("proposal", _("The proposal.")),
        ),
        lambda rows: rows.select_related("publication"),
    ),
    DataSet(
        "stories",
        pgettext_lazy("url", "stories"),
        _("Stories"),
        _("Stories with two headlines, which need not translate each other."),
        _published(Story),
        (
            KEY,
            plain("year", _("Year.")),
            text("kicker", _("Line above the heading.")),
            THEME,
            plain("publication_id", _("Number of the publication."), "public_publication"),
            CODES_OF_MUNICIPALITIES,
            *CONTENT_TEXTS,
            text("source", _("Where the facts come from.")),
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        lambda rows: rows.annotate(
            municipality_codes=codes("stories"),
            **public(Theme, "theme"),
            **public(Publication, "publication"),
        ),
        has_page=True,
    ),
    DataSet(
        "good-practices",
        pgettext_lazy("url", "good-practices"),
        _("Good practice"),
        _("Good practices, with the municipalities that use them."),
        _published(Practice),
        (
            KEY,
            THEME,
            CODES_OF_MUNICIPALITIES,
            plain("task_areas_sv", _("Fields of municipal work, in Swedish.")),
            plain("task_areas_fi", _("Fields of municipal work, in Finnish.")),
            *CONTENT_TEXTS,
            text("need", _("The need, as HTML.")),
            text("idea", _("The idea, as HTML.")),
            text("how", _("How it is done, as HTML.")),
            text("results", _("Results, as HTML.")),
            text("requirements", _("What it takes, as HTML.")),
            plain("full_model", _("Where the whole model is described.")),
            *(LANGUAGES, PUBLISHED, CHANGED, EXAMPLE),
        ),
        lambda rows: _with_theme(rows).annotate(
            municipality_codes=codes("practices"),
            **{f"task_areas_{code}": _task_areas(code) for code in languages.CODES},
        ),
        has_page=True,
    ),
    DataSet(
        "glossary",
        pgettext_lazy("url", "glossary"),
        _("Glossary"),
        _("The words of the trade in both languages."),
        lambda: Term.objects.order_by("pk"),
        (
            KEY,
            text("term", _("The word.")),
            text("definition", _("What it means, in plain words.")),
            lines("synonyms", _("Words that mean the same.")),
            lines("avoid", _("Words to avoid.")),
        ),
    ),
)


def _publisher(language: str) -> Any:
    publishers = Publication._meta.get_field("publisher").related_model._default_manager
    own = publishers.order_by().filter(pk=OuterRef("publisher_id"))
    return Subquery(own.values(f"name_{language}")[:1])


def _task_areas(language: str) -> ArraySubquery:
    areas = TaskArea.objects.filter(practices=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(areas.values(f"name_{language}"))
