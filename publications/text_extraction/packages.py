"""Office documents as packages of parts (ECMA-376, part 2): refuses those that are dangerous."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO
from xml.etree import ElementTree

from publications.text_extraction.problems import (
    ACTIVE,
    BROKEN,
    EMBEDDED,
    ENCRYPTED,
    ENTITIES,
    EXTERNAL,
    MACROS,
    MAX_UNPACKED,
    MAX_XML,
    PROGRAM,
    TOO_LARGE_UNPACKED,
    TWO_KINDS,
    Problem,
)

_MAX_PARTS = 20_000
_MAX_RATIO = 250  # how much smaller packing may have made a part of more than a megabyte
_MEGABYTE = 1_000_000
_XML = (".xml", ".rels", ".vml")
_PROGRAMS = {
    *(".exe", ".dll", ".js", ".jse", ".vbs", ".vbe", ".bat", ".cmd", ".ps1", ".jar", ".scr"),
    *(".hta", ".lnk", ".msi", ".com", ".wsf", ".sct", ".html", ".htm", ".svgz", ".swf"),
}
# Links that a reader follows by clicking; everything else is fetched when the document is opened.
_CLICKED = ("/hyperlink",)
_DDE = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDETEXT\b", re.I)
_FIELD = re.compile(rb"<w:instrText[^>]*>([^<]*)|<w:fldSimple[^>]*w:instr=\"([^\"]*)")
# A click in a slide show that starts a program or a macro (ECMA-376, part 1, 21.1.2.3.5).
_STARTS = re.compile(rb"ppaction://(program|macro|ole)", re.I)


def check(source: str | IO[bytes], *, depth: int = 0) -> None:
    """Raise Problem for a package that is a bomb, a second kind of file, or able to act."""
    try:
        with zipfile.ZipFile(source) as package:
            parts = package.infolist()
            _check_shape(package, parts)
            _check_sizes(parts)
            _check_names(parts)
            for part in parts:
                _check_part(package, part, depth)
    except Problem:
        raise
    except Exception as error:
        # zipfile raises a dozen kinds of errors for broken packages; each means the same.
        raise Problem(BROKEN) from error


def _check_shape(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """One package from the first byte to the last, and nothing before, behind or beside it."""
    stream = package.fp
    assert stream is not None  # noqa: S101 -- open, as its list has just been read
    stream.seek(0)
    head = stream.read(1024)
    stream.seek(-22, io.SEEK_END)  # the end record of a package without a comment
    if not head.startswith(b"PK\x03\x04") or b"%PDF-" in head or package.comment:
        raise Problem(TWO_KINDS)
    if not stream.read(4) == b"PK\x05\x06" or min(part.header_offset for part in parts):
        raise Problem(TWO_KINDS)


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    # What the list says is what is unpacked: zipfile stops there, and a wrong checksum ends it.
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Problem(TOO_LARGE_UNPACKED)
    for part in parts:
        if part.file_size > _MEGABYTE and part.file_size > _MAX_RATIO * part.compress_size:
            raise Problem(TOO_LARGE_UNPACKED)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    paths = [PurePosixPath(name) for name in names]
    if any(part.flag_bits & 1 for part in parts):
        raise Problem(ENCRYPTED)
    if len(set(names)) < len(names):
        raise Problem(BROKEN)
    if any(path.is_absolute() or ".." in path.parts or "\\" in str(path) for path in paths):
        raise Problem(BROKEN)
    if any(path.name.startswith(("vbaproject", "vbadata")) for path in paths):
        raise Problem(MACROS)
    if any("activex" in path.parts for path in paths):
        raise Problem(ACTIVE)
    if any(path.suffix in _PROGRAMS for path in paths):
        raise Problem(PROGRAM)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    path = PurePosixPath(part.filename.lower())
    if path.suffix in _XML:
        if part.file_size > MAX_XML:
            raise Problem(TOO_LARGE_UNPACKED)
        _check_xml(path, package.read(part))
    elif "embeddings" in path.parts:
        # The figures behind a chart are a workbook, with the same rules; it holds no other.
        if path.suffix != ".xlsx" or depth:
            raise Problem(EMBEDDED)
        check(io.BytesIO(package.read(part)), depth=depth + 1)
    else:
        _check_bytes(package, part)


def _check_bytes(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Neither a package nor a program under another name; its checksum is right to the end."""
    with package.open(part) as stream:
        start = stream.read(8)
        while stream.read(1 << 20):
            pass
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Problem(EMBEDDED)
    if start.startswith((b"MZ", b"\x7fELF")):
        raise Problem(PROGRAM)


def _check_xml(path: PurePosixPath, xml: bytes) -> None:
    """XML in UTF-8 or UTF-16 without a document type: nothing can then stand for something else."""
    plain = xml
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = xml.decode("utf-16").encode()
    elif not xml.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise Problem(BROKEN)
    if b"\x00" in plain:
        raise Problem(BROKEN)
    declared = re.match(
        rb"\s*<\?xml[^>]*encoding=[\"']([^\"']*)", plain.removeprefix(b"\xef\xbb\xbf")
    )
    if declared and declared[1].upper() not in (b"UTF-8", b"UTF-16", b"US-ASCII", b"ASCII"):
        raise Problem(ENTITIES)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Problem(ENTITIES)
    if path.name == "[content_types].xml":
        _check_types(plain)
    elif path.suffix == ".rels":
        _check_relations(plain)
    elif _STARTS.search(plain):
        raise Problem(ACTIVE)
    elif _DDE.search("".join(_fields(plain))) or b"<ddeLink" in plain:
        raise Problem(EXTERNAL)


def _fields(xml: bytes) -> Iterator[str]:
    """What the fields of a document tell Word to do; one field may lie in several pieces."""
    for piece in _FIELD.finditer(xml):
        yield (piece[1] or piece[2] or b"").decode("utf-8", "replace")


def _check_types(xml: bytes) -> None:
    lower = xml.lower()
    if b"macroenabled" in lower or b"vbaproject" in lower:
        raise Problem(MACROS)
    if b"activex" in lower:
        raise Problem(ACTIVE)
    if b"oleobject" in lower:
        raise Problem(EMBEDDED)


def _check_relations(xml: bytes) -> None:
    # Neither document types nor entities are left by now, hence the standard library's parser.
    for relation in ElementTree.fromstring(xml):  # noqa: S314
        kind = relation.get("Type", "")
        if kind.endswith("/vbaProject"):
            raise Problem(MACROS)
        if kind.endswith(("/aFChunk", "/oleObject", "/control")):
            raise Problem(ACTIVE if kind.endswith("/control") else EMBEDDED)
        if relation.get("TargetMode") == "External" and not kind.endswith(_CLICKED):
            raise Problem(EXTERNAL)
        if re.match(r"(?i)\s*(javascript|vbscript|data|ms-\w+):", relation.get("Target", "")):
            raise Problem(ACTIVE)
