"""The sitemap: every version of every page that really exists, paired with its other language.

A small portal has one file. A large one has an index of files, each of which costs the same however
many there are. Form: https://www.sitemaps.org/protocol.html (0.9), which allows 50,000 addresses in
a file.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap, x_robots_tag
from django.db.models import Count, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.content.addresses import address
from foundation.content.models import Addressed
from municipalities.models import Municipality, RegionalActor
from portal.models import Statement
from projects.models import Programme, Project, Theme, Workshop, WorkshopSeries
from publications.models import Material, Practice, Publication, Story

ITEMS_OF_A_FILE = 1_000  # in both languages some 1.1 MB: the page cache keeps no more than 1.5
LISTS = (
    "portal:home",
    "portal:feedback",
    "portal:feeds",
    "portal:open_data",
    "portal:glossary",
    "portal:language_status",
    "projects:theme_list",
    "projects:workshop_list",
    "projects:contact_list",
    "municipalities:municipality_list",
    "municipalities:regional_actor_list",
    "publications:material_list",
    "publications:publication_list",
    "publications:story_list",
    "publications:practice_list",
    "publications:news",
)


class ListSitemap(Sitemap):
    """Pages that exist in both languages whatever is in them."""

    i18n = alternates = True

    def items(self) -> tuple[str, ...]:
        return LISTS

    def location(self, item: str) -> str:
        return address(item)


class ItemSitemap(Sitemap):
    """Pages of one kind of item, in the languages each of them exists in."""

    i18n = alternates = True

    def __init__(self, rows: Callable[[], QuerySet]) -> None:
        self.rows = rows

    def items(self) -> QuerySet:
        return self.rows()

    def get_languages_for_item(self, item: Addressed) -> list[str]:
        return list(item.languages)

    def lastmod(self, item: Addressed) -> Any:
        return getattr(item, "updated_at", None)


class PartSitemap(ItemSitemap):
    """Pages of some of the items of one kind: those of the part, counted from 1."""

    def __init__(self, rows: Callable[[], QuerySet], part: int) -> None:
        super().__init__(rows)
        self.part = part

    def items(self) -> QuerySet:
        start = (self.part - 1) * ITEMS_OF_A_FILE
        return self.rows().order_by("pk")[start : start + ITEMS_OF_A_FILE]


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "lists": ListSitemap(),
    "municipalities": ItemSitemap(Municipality.objects.order_by),
    "regional-actors": ItemSitemap(
        lambda: RegionalActor.objects.filter(participations__isnull=False).distinct()
    ),
    **{
        model._meta.model_name or "": ItemSitemap(model.objects.published)  # type: ignore[union-attr]
        for model in (
            Project,
            Programme,
            Theme,
            WorkshopSeries,
            Workshop,
            Story,
            Publication,
            Practice,
            Material,
            Statement,
        )
    },
}


@require_safe
@x_robots_tag
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Everything in one file, or the index of the files that hold it."""
    numbers = _numbers_of_items()
    if sum(numbers.values()) <= ITEMS_OF_A_FILE:
        return sitemap(request, SITEMAPS)
    files = [reverse("sitemap_part", args=one) for one in _files(numbers)]
    named = [SitemapIndexItem(request.build_absolute_uri(path)) for path in files]
    return TemplateResponse(
        request, "sitemap_index.xml", {"sitemaps": named}, content_type="application/xml"
    )


@require_safe
def sitemap_part(request: HttpRequest, section: str, part: int) -> HttpResponse:
    """One of the files; 404 for one that the index does not name."""
    if (section, part) not in _files(_numbers_of_items()):
        raise Http404
    whole = SITEMAPS[section]
    if isinstance(whole, ItemSitemap):
        whole = PartSitemap(whole.rows, part)
    return sitemap(request, {section: whole})


def _files(numbers: dict[str, int]) -> list[tuple[str, int]]:
    """Each file's section and part."""
    files = [
        (section, part + 1)
        for section, number in numbers.items()
        for part in range(-(-number // ITEMS_OF_A_FILE))
    ]
    return [("lists", 1), *files]


def _numbers_of_items() -> dict[str, int]:
    """How many items each section has, in one query."""
    counts = [
        one.rows()
        .order_by()
        .annotate(of_section=Value(name))
        .values("of_section")
        .annotate(counted=Count("pk", distinct=True))
        for name, one in SITEMAPS.items()
        if isinstance(one, ItemSitemap)
    ]
    found = {row["of_section"]: row["counted"] for row in counts[0].union(*counts[1:], all=True)}
    return {name: found[name] for name in SITEMAPS if name in found}
