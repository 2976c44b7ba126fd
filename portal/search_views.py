"""Search: the page, the same as JSON, a description for browsers."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute, address
from foundation.content.archive import archive_of
from foundation.content.pages import page_at
from foundation.search.records import record
from portal.page_cache_policy import count_cache_hits
from portal.search_page import SearchPage, ShownHit
from portal.titles import all_titles

SEARCH = "portal:search"
# Results are made of what anybody may read, no cookie is looked at: any site may show them.
FOR_ALL_SITES = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
SHORT_TIME = "public, max-age=60"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The hits for what a reader asks, with ways to narrow them down or to ask otherwise.

    A copy as files answers nothing: there, every title stands at the address instead.
    """
    if archive_of(request):
        return all_titles(request)
    found = SearchPage.of(request)
    text = found.searching.text
    counts = _record(request, found)
    context = {
        "page": page_at(
            request,
            SEARCH,
            title=_("Search: %(words)s") % {"words": text} if text else _("Search"),
            description=_(
                "Search everything on the site, in any form of a word and in both languages."
            ),
            queries=found.searching.queries(found.searching.number),
        ),
        "found": found,
        "filtering": found.searching,
        "search_query": text,
        "all_hits": urlencode({"q": text}),
    }
    response = render(request, "portal/search.html", context)
    if found.searching.is_asked:
        response["X-Robots-Tag"] = "noindex"
    if counts:
        response.counts = count_cache_hits(counts)
    return response


def _record(request: HttpRequest, found: SearchPage) -> Callable[[], None] | None:
    """Count what was looked for, once: not its further pages, nor what a browser fetches ahead.

    Returns what counts the same again, when the page is handed out again; None for a page that is
    not counted.
    """
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    is_first = request.method == "GET" and not found.searching.page_number
    if not found.query or not is_first or found.searching.is_active:
        return None
    counts = partial(record, found.searching.text, languages.current(), found.found.total)
    if not is_ahead:
        counts()
    return counts


@require_safe
def search_results(request: HttpRequest) -> HttpResponse:
    """The same hits as JSON, for other sites."""
    found = SearchPage.of(request)
    page = found.page
    response = JsonResponse(
        {
            "query": found.searching.text,
            "language": languages.current(),
            "total": found.found.total,
            "is_cut": found.found.is_cut,
            "page": page.number if page else 1,
            "pages": page.paginator.num_pages if page else 0,
            "did_you_mean": found.better or None,
            "hits": [_hit(request, one) for one in found.hits],
            "hits_in_the_other_language": {
                "total": found.there.total,
                "hits": [_hit(request, one) for one in found.hits_there],
            },
            "facets": {one.name: _counted(one) for one in found.searching.filters},
        },
        json_dumps_params={"ensure_ascii": False},
        headers={**FOR_ALL_SITES, "Cache-Control": SHORT_TIME, "X-Robots-Tag": "noindex"},
    )
    return response


def _hit(request: HttpRequest, shown: ShownHit) -> dict[str, Any]:
    hit = shown.hit
    return {
        "url": absolute(request, hit.path),
        "title": hit.title,
        "language": hit.language,
        "type": shown.kind,
        "date": hit.day.isoformat() if hit.day else None,
        "year": hit.year,
        "theme": str(shown.theme.text("title")) if shown.theme else None,
        "municipalities": [str(one.text("name")) for one in shown.municipalities],
        "excerpt": [{"text": one.text, "marked": one.is_marked} for one in shown.excerpt],
    }


def _counted(facet: Any) -> list[dict[str, Any]]:
    return [
        {"value": one["value"], "label": one["label"], "count": one["count"]}
        for one in facet.options()
    ]


@require_safe
def search_description(request: HttpRequest) -> HttpResponse:
    """How a browser asks this site (OpenSearch 1.1, draft 6), in the language of the address."""
    context = {
        "results": absolute(request, address(SEARCH)),
        "suggestions": absolute(request, address("portal:search_suggestions")),
        "json": absolute(request, address("portal:search_results")),
        "self": absolute(request, address("portal:search_description")),
    }
    return render(
        request,
        "portal/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
