"""The page of the data sets, and their files."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from django.db.models import CharField, Count, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.pages import page_at
from portal.open_data.addresses import file_path, named
from portal.open_data.all_data_sets import DATA_SETS
from portal.open_data.data_set import DataSet
from portal.open_data.fields import Field
from portal.open_data.files import IN_MEMORY, MEDIA_TYPES, fields_of, write
from portal.open_data.structured_data import catalogue
from portal.open_data.terms import credit, terms
from portal.site import Site
from publications.delivery import deliver
from publications.files import ASK_EACH_TIME, Chunks


@dataclass(frozen=True)
class Shown:
    """A data set as its page shows it."""

    data_set: DataSet
    heading: str
    number: int
    fields: tuple[Field, ...]
    credit: str
    terms: str
    json_path: str
    csv_path: str


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to take away, what its fields mean and on what terms it may be used."""
    site = Site(request)
    whole = partial(absolute, request)
    numbers = _numbers()
    shown = [
        Shown(
            one,
            str(one.title),
            numbers.get(one.key, 0),
            fields_of(one, whole),
            credit(one),
            terms(one),
            file_path(one, "json"),
            file_path(one, "csv"),
        )
        for one in DATA_SETS
    ]
    page = page_at(
        request,
        "portal:open_data",
        title=_("Open data"),
        description=_("The public part of the portal as tables, in JSON and CSV."),
    )
    page.json_ld = catalogue(request, page, site.owner)
    return render(request, "portal/open_data.html", {"page": page, "site": site, "shown": shown})


def _numbers() -> dict[str, int]:
    """How many rows each data set has; one query."""
    counted = [
        one.rows()
        .order_by()
        .annotate(data_set=Value(one.key, CharField()))
        .values("data_set")
        .annotate(number=Count("pk"))
        for one in DATA_SETS
    ]
    rows = counted[0].union(*counted[1:], all=True)
    return {row["data_set"]: row["number"] for row in rows}


@require_safe
def data_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """A data set as a file, which is the same under both prefixes."""
    found = named(slug)
    if found is None:
        raise Http404
    data_set, language = found
    if language != languages.current():
        return HttpResponsePermanentRedirect(file_path(data_set, form))
    written = write(data_set, form, partial(absolute, request))
    response = deliver(
        request,
        size=written.size,
        etag=f'"{written.digest}"',
        headers=_headers(data_set, form),
        stretch=lambda part: Chunks(written.content, part),
    )
    if response.streaming and response.status_code == 200 and written.size <= IN_MEMORY:
        # Handed over at once, so that the page cache keeps it for when the database is away.
        with written.content as content:
            content.seek(0)
            return HttpResponse(content.read(), headers=response.headers)
    if not response.streaming:
        written.content.close()
    return response


def _headers(data_set: DataSet, form: str) -> dict[str, str]:
    name = f"{data_set.slug(languages.current())}.{form}"
    return {
        "Content-Type": MEDIA_TYPES[form],
        "Content-Disposition": f'attachment; filename="{quote(name)}"',
        "Content-Language": ", ".join(languages.CODES),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        # What is inside is found at its own pages; robots need not list it twice.
        "X-Robots-Tag": "noindex",
        "Cache-Control": ASK_EACH_TIME,
        # Pages of others may read it: it is public, and asked for without cookies.
        "Access-Control-Allow-Origin": "*",
    }
