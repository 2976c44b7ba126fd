"""What the lists of materials, stories, publications and good practice are filtered by."""

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.filters import Choice, Filter, Filtering, choices_of
from foundation.content.slugs import slug_from
from projects.filters import municipality_filter, theme_filter, year_filter
from publications.models import (
    Material,
    MaterialFile,
    Practice,
    Publication,
    Story,
    TaskArea,
)

# The year of a material: of the workshop or the publication it comes from, else of its own coming.
YEAR_OF_MATERIAL = Coalesce(
    ExtractYear("workshop__day"),
    F("publication__year"),
    ExtractYear("publish_at"),
    output_field=IntegerField(),
)


def _language_choices() -> list[Choice]:
    """The languages of files as choices; a bilingual file is in both."""
    words = {
        "sv": {"sv": "svenska", "fi": "ruotsi"},
        "fi": {"sv": "finska", "fi": "suomi"},
        "en": {"sv": "engelska", "fi": "englanti"},
    }
    labels = {"sv": _("In Swedish"), "fi": _("In Finnish"), "en": _("In English")}
    files = MaterialFile.objects.published().filter(role=MaterialFile.Role.CONTENT).order_by()
    return [
        Choice(
            words[code],
            labels[code],
            Q(pk__in=files.filter(language__contains=code).values("material")),
        )
        for code in words
    ]


def material_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the library; the rows filtered need their `year`."""
    materials = Material.objects.published()
    years = materials.order_by().values_list(YEAR_OF_MATERIAL, flat=True).distinct()
    return Filtering.of(
        request,
        Filter("type", _("Type"), choices_of(Material.Type, "type")),
        Filter("language", _("Language of the file"), _language_choices()),
        theme_filter("theme", "workshop__theme", "publication__theme"),
        municipality_filter(materials, "workshop__municipalities"),
        year_filter(years, "year"),
    )


def story_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the stories."""
    stories = Story.objects.published()
    years = stories.order_by().values_list("year", flat=True).distinct()
    return Filtering.of(
        request,
        theme_filter(),
        municipality_filter(stories),
        year_filter(years, "year"),
    )


def publication_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the publications."""
    years = Publication.objects.published().order_by().values_list("year", flat=True).distinct()
    return Filtering.of(
        request,
        Filter("kind", _("Kind"), choices_of(Publication.Kind, "kind")),
        theme_filter(),
        year_filter(years, "year"),
    )


def _task_area_choice(area: TaskArea) -> Choice:
    name = area.text("name")
    words = {code: slug_from(area.text("name", code).value) for code in languages.CODES}
    lang = name.language if name.is_other else ""
    return Choice(words, name.value, Q(task_areas=area.pk), lang, area.pk)


def practice_filtering(request: HttpRequest, areas: list[TaskArea]) -> Filtering:
    """What is asked of the good practices, which are grouped by the task areas given."""
    return Filtering.of(
        request,
        Filter(
            "task_area",
            _("Task area"),
            [_task_area_choice(area) for area in areas],
            column=F("task_areas"),
        ),
        theme_filter(),
        municipality_filter(Practice.objects.published()),
    )
