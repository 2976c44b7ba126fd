"""How a material's file is handed to a reader (RFC 9110: conditions, ranges)."""

import io
import logging
import re
import time
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import override

from portal.content.slugs import slug_from
from publications.models import MaterialFile
from publications.ranges import Unsatisfiable, range_of
from publications.templatetags.materials import file_language

logger = logging.getLogger(__name__)

# What a browser may show itself; everything else is saved.
SHOWN = {"application/pdf", "video/mp4", "video/webm", "text/vtt"}
_VIDEOS = {"video/mp4", "video/webm"}
# What was uploaded must not run anything, even when a browser shows it.
_POLICY = "default-src 'none'; sandbox"
# The page that a browser makes around a video opened at its own address must fetch it once more,
# as what it is: from the portal. Scripts stay shut out.
_VIDEO_POLICY = "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
CHUNK = 1 << 18  # bytes held of a file while it is sent
_TITLE = 160  # bytes of a title in a file name; file systems allow 255 for the whole name

# How long an answer may be kept, by who asks and whether the address names one version.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "public, no-cache"
NOT_AT_ALL = "private, no-store"


class FileIsMissing(Http404):
    """The storage does not hold the bytes that the database tells of."""


def download_name(file: MaterialFile, language: str) -> str:
    """A speaking file name in ASCII: title, language and version, safe on every system."""
    title = slug_from(str(file.material.text("title", language))) or "material"
    return f"{title}-{file.language.replace('+', '-')}-v{file.version}.{file.format}"


def full_name(file: MaterialFile, language: str) -> str:
    """The same as it is read, with å, ä and ö; safe on Windows and macOS too."""
    title = unicodedata.normalize("NFC", str(file.material.text("title", language)))
    title = re.sub(r"(?<=\w):(?=\w)", "", title)  # S:t Michel, as in slugs
    title = re.sub(r"[/\\|]", "-", re.sub(r'[<>:"?*\s\x00-\x1f]', " ", title))
    # Invisible signs can turn a name around or hide its ending.
    title = "".join(sign for sign in title if not unicodedata.category(sign).startswith("C"))
    title = " ".join(title.split()).encode()[:_TITLE].decode(errors="ignore").strip(" .")
    with override(language):
        spoken = file_language(file)
    return f"{title or 'material'} ({spoken}, v{file.version}).{file.format}"


def file_response(
    request: HttpRequest, file: MaterialFile, language: str, caching: str
) -> HttpResponseBase:
    """The bytes of a file, or the part that was asked for, named, typed and in constant memory.

    Conditions are tested in the order of RFC 9110, section 13.2.2. Raises FileIsMissing.
    """
    etag = f'"{file.sha256}"'
    changed = int(file.published_at.timestamp()) if file.published_at else None
    headers = _headers(file, language) | {"ETag": etag, "Cache-Control": caching}
    if changed:
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
        part = _part(request, file.size, etag, changed)
    except Unsatisfiable:
        refusal = {"Content-Range": f"bytes */{file.size}", "Cache-Control": "no-store"}
        return HttpResponse(status=416, headers=refusal)
    stored = _stored(file)
    if request.method == "HEAD":
        stored.close()
        whole["Content-Length"] = str(file.size)
        return whole
    if part is None:
        headers["Content-Length"] = str(file.size)
        return StreamingHttpResponse(Chunks(stored, range(file.size)), headers=headers)
    headers["Content-Length"] = str(len(part))
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{file.size}"
    return StreamingHttpResponse(Chunks(stored, part), status=206, headers=headers)


def _headers(file: MaterialFile, language: str) -> dict[str, str]:
    disposition = "inline" if file.media_type in SHOWN else "attachment"
    is_text = file.media_type.startswith("text/")
    return {
        # Only UTF-8 is accepted at upload.
        "Content-Type": f"{file.media_type}; charset=utf-8" if is_text else file.media_type,
        # RFC 6266, appendix D: the plain name comes first, for those that know no other.
        "Content-Disposition": (
            f'{disposition}; filename="{download_name(file, language)}"; '
            f"filename*=UTF-8''{quote(full_name(file, language), safe='')}"
        ),
        "Content-Language": ", ".join(file.language_codes),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _VIDEO_POLICY if file.media_type in _VIDEOS else _POLICY,
    }


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


def _stored(file: MaterialFile) -> File:
    """The file opened in its storage; raises FileIsMissing when it is gone or has been cut."""
    storage, name = file.file.storage, str(file.file.name)
    try:
        stored = storage.open(name, "rb")
    except FileNotFoundError:
        logger.error("File %s of material %s is missing: %s", file.pk, file.material_id, name)
        raise FileIsMissing from None
    if stored.size != file.size:
        stored.close()
        logger.error(
            "File %s of material %s has %s bytes instead of %s: %s",
            *(file.pk, file.material_id, stored.size, file.size, name),
        )
        raise FileIsMissing
    return stored


class Chunks:
    """A stretch of an open file, read as it is sent; closing it closes the file."""

    def __init__(self, stored: Any, stretch: range) -> None:
        self._stored = stored
        self._stretch = stretch

    def __iter__(self) -> Iterator[bytes]:
        self._stored.seek(self._stretch.start, io.SEEK_SET)
        left = len(self._stretch)
        while left and (chunk := self._stored.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._stored.close()
