"""Kits: everything to take home from one page in one ZIP."""

from collections.abc import Iterator
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import at_its_address
from foundation.content.models import Addressed
from foundation.content.pages import crumb_of, page_of
from foundation.content.slugs import slug_from
from municipalities.models import Municipality, RegionalActor
from projects.models import Theme, Workshop
from publications.counts import count_kit
from publications.delivery import deliver
from publications.file_names import safe_name
from publications.files import ASK_EACH_TIME, FileIsMissing, stored
from publications.kits.contents import Kit, choice_of, kit_of
from publications.kits.package import archive_of
from publications.kits.paths import Paths
from publications.kits.zip_stream import Archive
from publications.models import Publication

_NAME = 120  # bytes of the owner's name in the name of the archive


def _workshops() -> QuerySet:
    return Workshop.objects.published().select_related("theme")


@require_safe
@at_its_address(_workshops)
def workshop_kit(request: HttpRequest, workshop: Workshop) -> HttpResponseBase:
    """The materials of a workshop, with its calendar entry."""
    return kit_response(request, workshop)


@require_safe
@at_its_address(Theme.objects.published)
def theme_kit(request: HttpRequest, theme: Theme) -> HttpResponseBase:
    """The materials of a theme, of its workshops and of its publications."""
    return kit_response(request, theme)


@require_safe
@at_its_address(Municipality.objects.all)
def municipality_kit(request: HttpRequest, municipality: Municipality) -> HttpResponseBase:
    """The materials of the workshops for a municipality."""
    return kit_response(request, municipality)


@require_safe
@at_its_address(RegionalActor.objects.all)
def regional_actor_kit(request: HttpRequest, actor: RegionalActor) -> HttpResponseBase:
    """The materials of the workshops for the municipalities of an actor's region."""
    return kit_response(request, actor)


@require_safe
@at_its_address(Publication.objects.published)
def publication_kit(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    """The materials of a publication."""
    return kit_response(request, publication)


def kit_response(request: HttpRequest, owner: Addressed) -> HttpResponseBase:
    """The kit in the languages that the query asks for, or a page that says what there is."""
    choice = choice_of(request.GET)
    kit = kit_of(owner, choice, Paths()) if choice else None
    if choice is None or kit is None:
        return _not_found(request, owner, _("There is no such package"), _explanation(choice))
    try:
        response = _sent(request, kit, archive_of(request, kit))
        count_kit(request, response, owner, choice)
        return response
    except FileIsMissing:
        fault = _("Something has happened to a file on our side. Please try again later.")
        return _not_found(request, owner, _("The package cannot be fetched"), fault)


def _sent(request: HttpRequest, kit: Kit, archive: Archive) -> HttpResponseBase:
    """The archive, or the part that was asked for; raises FileIsMissing before its first byte."""

    def stretch(wanted: range) -> Iterator[bytes]:
        for file in archive.files():
            stored(file).close()
        return archive.stretch(wanted)

    return deliver(
        request,
        size=archive.size,
        etag=f'"{archive.digest()}"',
        headers=_headers(kit),
        stretch=stretch,
    )


def _headers(kit: Kit) -> dict[str, str]:
    language = kit.choice if kit.choice in languages.CODES else languages.current()
    name = str(kit.owner.text(kit.owner.name_field, language))
    ending = kit.choice.replace("+", "-")
    full = f"{safe_name(name, _NAME) or 'kit'} ({ending}).zip"
    return {
        "Content-Type": "application/zip",
        # RFC 6266, appendix D: the plain name comes first, for those that know no other.
        "Content-Disposition": (
            f'attachment; filename="{slug_from(name) or "kit"}-{ending}.zip"; '
            f"filename*=UTF-8''{quote(full, safe='')}"
        ),
        "Content-Language": ", ".join(kit.languages),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        # What is inside is found at its own pages; robots need not fetch it twice.
        "X-Robots-Tag": "noindex",
        "Cache-Control": ASK_EACH_TIME,
    }


def _explanation(choice: str | None) -> str:
    if choice is None:
        return _("A package is in Swedish, in Finnish or in both languages.")
    return _("There is nothing to download here in the language that you asked for.")


def _not_found(request: HttpRequest, owner: Addressed, title: str, text: str) -> HttpResponse:
    """404 with the way to the kits that there are, and to the page they belong to."""
    page = page_of(request, owner, crumbs=[crumb_of(owner)])
    page.title, page.title_lang, page.description, page.notices = title, "", "", []
    page.canonical, page.alternates = "", []
    context = {"page": page, "explanation": text, "owner": owner}
    response = render(request, "publications/kit_not_found.html", context, status=404)
    response["Cache-Control"] = "no-store"
    return response
