"""A material's file as a reader gets it: opened, typed and named."""

import io
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.files import File
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import override

from foundation.content.slugs import slug_from
from publications.delivery import deliver
from publications.file_names import safe_name
from publications.models import MaterialFile
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
    title = safe_name(str(file.material.text("title", language)), _TITLE)
    with override(language):
        spoken = file_language(file)
    return f"{title or 'material'} ({spoken}, v{file.version}).{file.format}"


def file_response(
    request: HttpRequest, file: MaterialFile, language: str, caching: str
) -> HttpResponseBase:
    """The bytes of a file or the part that is asked for, named and typed; raises FileIsMissing."""
    return deliver(
        request,
        size=file.size,
        etag=f'"{file.sha256}"',
        changed=int(file.published_at.timestamp()) if file.published_at else None,
        headers=_headers(file, language) | {"Cache-Control": caching},
        stretch=lambda part: Chunks(stored(file), part),
    )


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
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _VIDEO_POLICY if file.media_type in _VIDEOS else _POLICY,
    }


def stored(file: MaterialFile) -> File:
    """The file opened in its storage; raises FileIsMissing when it is gone or has been cut."""
    storage, name = file.file.storage, str(file.file.name)
    try:
        found = storage.open(name, "rb")
    except FileNotFoundError:
        logger.error("File %s of material %s is missing: %s", file.pk, file.material_id, name)
        raise FileIsMissing from None
    if found.size != file.size:
        found.close()
        logger.error(
            "File %s of material %s has %s bytes instead of %s: %s",
            *(file.pk, file.material_id, found.size, file.size, name),
        )
        raise FileIsMissing
    return found


class Chunks:
    """A stretch of an open file, read as it is sent; closing it closes the file."""

    def __init__(self, stored: Any, stretch: range) -> None:
        self._stored = stored
        self._stretch = stretch

    def __iter__(self) -> Iterator[bytes]:
        self._stored.seek(self._stretch.start, io.SEEK_SET)
        left = len(self._stretch)
        while left:
            chunk = self._stored.read(min(CHUNK, left))
            if not chunk:  # cut while it is sent: the reader must not take what there is for all
                raise EOFError(f"{left} bytes are missing of {self._stored.name}")
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._stored.close()
