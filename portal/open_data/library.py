"""The data sets of what there is to read and take home."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.content import languages
from foundation.content.models import Term
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
    lines,
    plain,
    text,
)
from projects.models import Organisation, Project, Theme, Workshop
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


def _of_publications(model: type[Model]) -> Callable[[], QuerySet]:
    def rows() -> QuerySet:
        return model._default_manager.filter(
            publication__in=Publication.objects.published()
        ).order_by("pk")

    return rows


def _files() -> QuerySet:
    published = MaterialFile.objects.published()
    return published.filter(material__in=Material.objects.published()).order_by("pk")


def _publisher(language: str) -> Any:
    own = Organisation.objects.order_by().filter(pk=OuterRef("publisher_id"))
    return Subquery(own.values(f"name_{language}")[:1])


def _task_areas(language: str) -> ArraySubquery:
    areas = TaskArea.objects.filter(practices=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(areas.values(f"name_{language}"))


LIBRARY = (
    DataSet(
        "materials",
        pgettext_lazy("url", "materials"),
        _("Materials"),
        _("Slides, videos and documents to take home, each with its licence."),
        published(Material),
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
        published(Publication),
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
        lambda rows: with_theme(rows).annotate(
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
        published(Story),
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
        published(Practice),
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
        lambda rows: with_theme(rows).annotate(
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
