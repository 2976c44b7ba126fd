"""Every page by its title, in both languages: what a copy has instead of a search."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.alphabet import sort_key
from foundation.content.models import Addressed
from foundation.content.pages import page_at
from foundation.content.slugs import slug_from
from portal.sitemap import SITEMAPS, ItemSitemap


@dataclass(frozen=True)
class Entry:
    """An item with its title in the reader's other language, "" where that is the same."""

    item: Addressed
    other: str


@dataclass(frozen=True)
class Kind:
    """The items of one kind, in the order of the reader's alphabet."""

    heading: str
    anchor: str
    entries: list[Entry]


def all_titles(request: HttpRequest) -> HttpResponse:
    """The titles of all items, kind by kind."""
    context = {
        "page": page_at(
            request,
            "portal:search",
            title=_("All pages from A to Ö"),
            description=_("Every page of the portal by its title, in both languages."),
        ),
        "kinds": kinds(),
    }
    return render(request, "portal/static_export/titles.html", context)


def kinds() -> list[Kind]:
    """Every kind of item that the sitemap names and that has any."""
    rows = [one.rows() for one in SITEMAPS.values() if isinstance(one, ItemSitemap)]
    return [_kind(list(items)) for items in rows if items]


def _kind(items: list[Addressed]) -> Kind:
    name = str(items[0]._meta.verbose_name_plural)
    in_order = sorted(items, key=lambda item: (sort_key(_title(item)), item.pk))
    return Kind(
        name[:1].upper() + name[1:],
        slug_from(name),
        [Entry(item, _other(item)) for item in in_order],
    )


def _title(item: Addressed) -> str:
    return str(item.text(item.name_field))


def _other(item: Addressed) -> str:
    there = languages.other(languages.current())
    title = item.text(item.name_field, there)
    return "" if title.is_other or title.value == _title(item) else title.value
