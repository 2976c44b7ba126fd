"""The sitemap: every version of every page that really exists, paired with its other language."""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from municipalities.models import Municipality, RegionalActor
from portal.content.addresses import address
from portal.content.models import Addressed
from portal.models import Statement
from projects.models import Programme, Project, Theme, Workshop, WorkshopSeries
from publications.models import Material, Practice, Publication, Story

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
    limit = 20_000

    def __init__(self, rows: Callable[[], QuerySet]) -> None:
        self.rows = rows

    def items(self) -> QuerySet:
        return self.rows()

    def get_languages_for_item(self, item: Addressed) -> list[str]:
        return list(item.languages)

    def lastmod(self, item: Addressed) -> Any:
        return getattr(item, "updated_at", None)


SITEMAPS = {
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
