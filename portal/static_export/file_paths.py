"""The file that an address becomes: speaking, and safe on Windows, macOS and Linux."""

import re
from urllib.parse import parse_qsl, quote, unquote

from foundation.content.slugs import slug_from

INDEX = "index.html"
# Windows keeps these for devices, with any suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_NAME = re.compile(r'filename="([^"]+)"')


def file_for(address: str, kind: str, disposition: str = "") -> str:
    """The relative path of the file for an address with the media type of its answer.

    What the query asks for becomes part of the name: `/sv/material/?sida=2` stands in
    `sv/material/sida-2/index.html`. A file that stood at a folder's address goes by the name that
    the answer gave it.
    """
    path, _mark, query = address.partition("?")
    folder, _slash, name = unquote(path).strip("/").rpartition("/")
    if path.endswith("/"):
        folder, name = f"{folder}/{name}".strip("/"), ""
    asked = "-".join(slug_from(f"{key}-{value}") for key, value in parse_qsl(query))
    if kind == "text/html":
        steps = [folder, name, asked, INDEX]
    elif not name:
        named = _NAME.search(disposition)
        steps = [folder, asked if not named else "", named[1] if named else "file"]
    else:
        stem, dot, suffix = name.rpartition(".")
        steps = [folder, f"{stem}-{asked}{dot}{suffix}" if asked else name]
    return "/".join(_safe(step) for one in steps for step in one.split("/") if step)


def _safe(step: str) -> str:
    step = _UNSAFE.sub("-", step).rstrip(". ") or "-"
    return f"{step}-" if _DEVICES.fullmatch(step) else step


def is_safe(path: str) -> bool:
    """True for a relative path that every system takes as it is."""
    return all(step == _safe(step) and step not in ("", ".", "..") for step in path.split("/"))


def url_of(path: str) -> str:
    """The address under which a web server hands out a file of the copy."""
    if path == INDEX or path.endswith(f"/{INDEX}"):
        path = path.removesuffix(INDEX)
    return f"/{quote(path)}"
