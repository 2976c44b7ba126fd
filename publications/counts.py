"""Counting what readers take home, honestly: no cookie, no address, nobody twice on purpose.

What counts is an answer to GET that carries the whole file: docs/counts.md tells why.
"""

import logging
from typing import Any

import crawleruseragents
from django.db import DatabaseError, connection, models, transaction
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from foundation.content import languages
from foundation.content.models import Addressed
from publications.models import DownloadDay, KitDay, MaterialFile

logger = logging.getLogger(__name__)

_LOOKED_AT = 512  # characters of a User-Agent; those of browsers have about 130


def is_counted(request: HttpRequest, response: HttpResponseBase) -> bool:
    """True for a reader's own request that was answered with the whole of what it asked for.

    Left out: HEAD, 304 and errors; parts of a file, so that neither a resumed download nor a jump
    in a video counts again; what a browser fetches before its reader has asked (Sec-Purpose, in
    Fetch); and programs that name themselves as robots, or nothing at all.
    """
    if request.method != "GET" or not _is_whole(response):
        return False
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose.lower():
        return False
    program = request.headers.get("User-Agent", "")[:_LOOKED_AT]
    return bool(program) and not crawleruseragents.is_crawler(program)


def _is_whole(response: HttpResponseBase) -> bool:
    if response.status_code != 206:
        return response.status_code == 200
    # A player asks for “bytes=0-”: all of it, in the words of RFC 9110, section 14.
    span, _slash, size = response.get("Content-Range", "").removeprefix("bytes ").partition("/")
    return size.isdecimal() and span == f"0-{int(size) - 1}"


def count_download(request: HttpRequest, response: HttpResponseBase, file: MaterialFile) -> None:
    """Count a file that a reader got from a page in the language of the request."""
    if file.role == MaterialFile.Role.CONTENT and is_counted(request, response):
        _count(DownloadDay, file_id=file.pk, language=languages.current())


def count_kit(
    request: HttpRequest, response: HttpResponseBase, owner: Addressed, language: str
) -> None:
    """Count a kit of an item in "sv", "fi" or, for both, "sv+fi"."""
    if is_counted(request, response):
        _count(KitDay, kind=owner._meta.db_table, object_id=owner.pk, language=language)


def _count(model: type[models.Model], **what: Any) -> None:
    """Add one to today's row, which the first of the day makes; in one statement, for all times.

    A count that fails is logged: it must not cost a reader the file.
    """
    columns = ", ".join([*what, "day"])
    values = ", ".join(["%s"] * (len(what) + 1))
    statement = f"""
        INSERT INTO {model._meta.db_table} AS kept ({columns}, count) VALUES ({values}, 1)
        ON CONFLICT ({columns}) DO UPDATE SET count = kept.count + 1"""  # noqa: S608 -- our names
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [*what.values(), timezone.localdate()])
    except DatabaseError:
        logger.exception("%s of %s was not counted", model.__name__, what)


def with_downloads(materials: QuerySet) -> QuerySet:
    """The materials with how often their files were fetched, in all versions, and since when.

    `downloads` is 0 and `counted_since` None where nothing was counted.
    """
    days = DownloadDay.objects.filter(file__material=OuterRef("pk")).order_by()
    of_material = days.values("file__material")
    return materials.annotate(
        downloads=Coalesce(Subquery(of_material.annotate(n=Sum("count")).values("n")), 0),
        counted_since=Subquery(of_material.annotate(first=models.Min("day")).values("first")),
    )


def most_used(materials: QuerySet) -> QuerySet:
    """The materials, most used first, and newest first where the use is the same."""
    return with_downloads(materials).order_by("-downloads", "-publish_at", "-pk")
