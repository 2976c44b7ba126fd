"""How bytes whose number is known are handed to a reader (RFC 9110: conditions, ranges)."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from publications.ranges import Unsatisfiable, range_of


def deliver(
    request: HttpRequest,
    *,
    size: int,
    etag: str,
    headers: dict[str, str],
    stretch: Callable[[range], Any],
    changed: int | None = None,
) -> HttpResponseBase:
    """The bytes, or the part that was asked for, in constant memory.

    `size` counts bytes, `changed` seconds since 1970; `etag` is a strong one, in its quotes.
    `stretch` gives an iterable of the bytes of a range, with a `close()`, and raises where they are
    not to be had: it is asked for nothing when only the headers are wanted. Conditions are tested
    in the order of RFC 9110, section 13.2.2.
    """
    headers = headers | {"ETag": etag, "Accept-Ranges": "bytes"}
    if changed is not None:
        headers["Last-Modified"] = http_date(changed)
    whole = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag, changed, whole) or whole
    if answer is not whole:
        if answer.status_code == 304:
            # A cache brings the headers it has stored up to date with these (RFC 9111, 3.2).
            for name in ("Content-Language", "Content-Security-Policy"):
                answer[name] = headers[name]
        return answer
    try:
        part = _part(request, size, etag, changed)
    except Unsatisfiable:
        refusal = {"Content-Range": f"bytes */{size}", "Cache-Control": "no-store"}
        return HttpResponse(status=416, headers=refusal)
    if request.method == "HEAD":
        stretch(range(0)).close()
        whole["Content-Length"] = str(size)
        return whole
    if part is None:
        headers["Content-Length"] = str(size)
        return StreamingHttpResponse(stretch(range(size)), headers=headers)
    headers["Content-Length"] = str(len(part))
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return StreamingHttpResponse(stretch(part), status=206, headers=headers)


def _part(request: HttpRequest, size: int, etag: str, changed: int | None) -> range | None:
    """The bytes that the request asks for, None for all of them; raises Unsatisfiable."""
    # Section 14.2: ranges mean something for GET only.
    if request.method != "GET" or not _if_range_holds(request, etag, changed):
        return None
    return range_of(request.headers.get("Range", ""), size)


def _if_range_holds(request: HttpRequest, etag: str, changed: int | None) -> bool:
    """Whether the reader's first part is of these bytes (RFC 9110, section 13.1.5)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition or condition == etag:
        return True
    # A date tells two files apart only when its second is over (section 8.8.2.2).
    is_strong = changed is not None and changed < int(time.time()) - 1
    return is_strong and parse_http_date_safe(condition) == changed
