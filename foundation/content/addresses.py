"""Addresses: every item answers at one address for each language, and old ones lead there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.utils import timezone, translation

from foundation.content import languages
from foundation.content.agreement import with_moments_ahead
from foundation.content.archive import archive_of
from foundation.content.models import Addressed, Content, SlugHistory
from foundation.content.publication import State, in_state


def address(route: str, language: str | None = None, **arguments: Any) -> str:
    """The path of a named route under a language's prefix."""
    with translation.override(language or languages.current()):
        return reverse(route, kwargs=arguments or None)


def absolute(request: HttpRequest, path: str) -> str:
    """A path as a whole address: of a copy's own place, under SITE_URL, or of the host asked."""
    archive = archive_of(request)
    base = archive.base_url if archive else settings.SITE_URL
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def own_origin() -> str:
    """Scheme and host of the portal as its own texts know them: SITE_URL, else an allowed host."""
    names = (name.lstrip(".") for name in settings.ALLOWED_HOSTS if "*" not in name)
    return settings.SITE_URL or f"https://{next(names, 'localhost')}"


def path_at_home(url: str) -> str | None:
    """The path, query and fragment of a whole address of the portal's own; None for any other."""
    try:
        parts = urlsplit(url)
        is_own = parts.scheme in ("http", "https") and _host(url) == _host(own_origin())
    except ValueError:  # no address at all
        return None
    return parts._replace(scheme="", netloc="").geturl() if is_own else None


def _host(url: str) -> tuple[str | None, int | None]:
    """Host and port, None for the usual port of either scheme: http leads on to https."""
    parts = urlsplit(url)
    return parts.hostname, None if parts.port in (80, 443) else parts.port


class Withdrawn(Http404):
    """A page that was taken down: its address answers 410, with the reason (RFC 9110, 15.5.11)."""

    def __init__(self, item: Content) -> None:
        super().__init__()
        self.item = item


def find(queryset: QuerySet, slug: str, language: str) -> Addressed:
    """The item a slug names for a reader of the language; raises Http404.

    The language's own slugs come first, then those of the other language, then former slugs in
    the same order: a slug that is used again belongs to its new item.
    """
    queryset = with_moments_ahead(queryset)
    by_language = (f"slug_{language}", f"slug_{languages.other(language)}")
    found = list(queryset.filter(Q(**{by_language[0]: slug}) | Q(**{by_language[1]: slug})))
    if found:
        return min(found, key=lambda item: getattr(item, by_language[0]) != slug)
    former = SlugHistory.objects.filter(kind=queryset.model._meta.db_table, slug=slug)
    for row in sorted(
        former, key=lambda row: (row.language == language, row.replaced_at), reverse=True
    ):
        item = queryset.filter(pk=row.object_id).first()
        if item is not None:
            return item
    raise Http404


def _found_or_withdrawn(queryset: QuerySet, slug: str) -> Addressed:
    """The item for a reader; raises Withdrawn for one that was taken down, else Http404."""
    try:
        return find(queryset, slug, languages.current())
    except Http404:
        model = queryset.model
        if not issubclass(model, Content):
            raise
        withdrawn = model._default_manager.filter(in_state(State.WITHDRAWN, timezone.now()))
        raise Withdrawn(find(withdrawn, slug, languages.current())) from None  # type: ignore[arg-type]


def at_its_address(items: Callable[[], QuerySet]) -> Callable:
    """Decorator of detail views: hands the view its item, or leads to the item's one address.

    `items` gives the rows readers may see. Whatever else in the path is out of date (the slug, its
    language, a year) is put right by the same single redirect, which keeps the query.
    """

    def decorator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def item_address(route: str, arguments: dict[str, Any], language: str, prefix: str) -> str:
            """The address under a prefix of the item that arguments in a language name."""
            found = dict(arguments)
            item = find(items(), found.pop("slug"), language)
            kept = {k: v for k, v in found.items() if k not in item.route_arguments()}
            return item.path(prefix, route=route, **kept)

        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, **arguments: Any) -> HttpResponse:
            item = _found_or_withdrawn(items(), slug)
            kept = {k: v for k, v in arguments.items() if k not in item.route_arguments()}
            target = item.path(route=resolve(request.path_info).view_name, **kept)
            if target != request.path:
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
            return view(request, item, **kept)

        wrapped.item_address = item_address
        return wrapped

    return decorator
