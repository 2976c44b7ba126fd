"""Former addresses, and those that held a query: where they lead in a copy on a web server."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import override

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.models import Addressed, SlugHistory
from portal.legacy_redirects import FORMER_SECTIONS, short_address_target
from portal.models import Redirect
from portal.sitemap import SITEMAPS, ItemSitemap
from portal.static_export.collecting import Collection
from portal.static_export.file_paths import INDEX, url_of
from publications.models import Material


def redirects(collection: Collection) -> dict[str, str]:
    """Former address → where it leads, in order; nothing for addresses that stand in the copy."""
    found = dict(_moved_pieces(collection))
    for former, path in [*_former_slugs(), *_former_sections(), *_short_addresses()]:
        piece = collection.target(path.partition("#")[0])
        if piece:
            found.setdefault(former, url_of(piece.file))
        elif path.startswith("https://"):
            found.setdefault(former, path)
    standing = {url_of(piece.file) for piece in collection.pieces.values()}
    return {former: found[former] for former in sorted(found) if former not in standing}


def _moved_pieces(collection: Collection) -> Iterator[tuple[str, str]]:
    """Addresses that became others: those with a query, and downloads at a folder's address."""
    for known in [*collection.pieces, *collection.redirects]:
        piece = collection.target(known)
        if piece and url_of(piece.file) != known:
            yield known, url_of(piece.file)


def _former_slugs() -> Iterator[tuple[str, str]]:
    history: dict[tuple[str, int], list[SlugHistory]] = {}
    for row in SlugHistory.objects.order_by("replaced_at", "pk"):
        history.setdefault((row.kind, row.object_id), []).append(row)
    for item in _items():
        if not hasattr(item, "route"):  # a statement: its address is its subject's
            continue
        for row in history.get((item._meta.db_table, item.pk), []):
            yield from _at_slug(item, row.language, row.slug)
        for code in languages.CODES:
            slug = item.slug_in(languages.other(code))
            if slug and slug != item.slug_in(code):
                yield from _at_slug(item, code, slug)


def _items() -> Iterator[Addressed]:
    for one in SITEMAPS.values():
        if isinstance(one, ItemSitemap):
            yield from one.rows()


def _at_slug(item: Addressed, language: str, slug: str) -> Iterator[tuple[str, str]]:
    """The item's addresses under another slug: its page, and its file, which is stable too."""
    routes = [item.route, *(["publications:material_file"] if isinstance(item, Material) else [])]
    for route in routes:
        try:
            former = address(route, language, **item.route_arguments(), slug=slug)
        except NoReverseMatch:  # there is only one of it: its address needs no slug
            return
        yield former, item.path(language, route=route)


def _former_sections() -> Iterator[tuple[str, str]]:
    for code, routes in FORMER_SECTIONS.items():
        for former, route in routes.items():
            yield f"/{code}/{former}/", address(route, code)


def _short_addresses() -> Iterator[tuple[str, str]]:
    for row in Redirect.objects.order_by("address"):
        target = short_address_target(row.address)
        if target:
            yield row.address, target


def pages(moved: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """A page that leads on, for every former address that a plain web server can answer."""
    for former, target in moved.items():
        if "?" in former or "." in former.rpartition("/")[2]:
            continue
        language = former[1:3] if former[1:3] in languages.CODES else languages.SWEDISH
        with override(language):
            html = render_to_string("portal/static_export/moved.html", {"target": target})
        yield f"{unquote(former).strip('/')}/{INDEX}", html.encode()


def for_nginx(moved: dict[str, str]) -> str:
    """The lines of a map of `$request_uri`, which holds the query too."""
    return "".join(f'"{former}" "{_for_nginx(target)}";\n' for former, target in moved.items())


def _for_nginx(target: str) -> str:
    """A target in which nothing ends the text or is a variable."""
    return target.replace('"', "%22").replace("$", "%24")


def for_apache(moved: dict[str, str]) -> str:
    """Rules of mod_rewrite for an .htaccess at the top of the copy."""
    lines = []
    for former, target in moved.items():
        path, _mark, query = former.partition("?")
        condition = f"^{re.escape(query)}$" if query else "^$"
        lines.append(f"RewriteCond %{{QUERY_STRING}} {condition}")
        # "%2" and "$1" would stand for what has matched.
        literal = re.sub(r"([%$])", r"\\\1", target)
        lines.append(f"RewriteRule ^{re.escape(unquote(path)[1:])}$ {literal} [R=301,L,QSD,NE]")
    return "\n".join(lines) + "\n" if lines else ""
