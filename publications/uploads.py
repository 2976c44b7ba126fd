"""What may be uploaded as a file of a material: its kind is read from the bytes, not the name."""

import codecs
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 200_000_000
_HEAD = 4096  # bytes in which a file says what it is
_MAX_PARTS = 20_000  # files inside an Office document
_MAX_LIST = 2_000_000  # bytes of the list of those files, unpacked

# The main part of each kind of Office document (ECMA-376, part 1, section 9 and annex A).
_OFFICE = {
    "pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_RUNS_CODE = ("vbaproject.bin", "vbadata.xml")
_PROGRAMS = {".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".scr", ".hta"}
# Major brands of files that are video (ISO/IEC 14496-12, section 4.3; the MP4 registration list).
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
_VIDEO_BRANDS |= {b"MSNV", b"dash", b"mmp4"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def validate_upload(file: Any) -> None:
    """Refuse a file of another kind than we serve, one that can run code, or one that is too large.

    Raises ValidationError. A stored file has passed already and is not read again.
    """
    if getattr(file, "_committed", False):
        return
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is too large: 200 MB at most."), code="too_large")
    if not file.size:
        raise ValidationError(_("The file is empty."))
    ending = PurePosixPath(file.name).suffix.lower().lstrip(".")
    looks_right = _KINDS.get(ending)
    try:
        stream = _stream(file)
        if stream.read(8) == _OLD_OFFICE:
            raise ValidationError(
                _("The file is of an old Office format: save it as PPTX, DOCX or XLSX."),
                code="old_office",
            )
        if looks_right is None:
            raise ValidationError(_("Choose a PDF, PPTX, DOCX, XLSX, CSV, MP4, WebM or VTT file."))
        stream.seek(0)
        if not looks_right(stream):
            raise ValidationError(
                _("The file's name ends in .%(ending)s, but its content is something else."),
                params={"ending": ending},
            )
    finally:
        file.seek(0)


def _stream(file: Any) -> BinaryIO:
    stream = getattr(file, "file", file)
    stream.seek(0)
    return stream


def _is_pdf(stream: BinaryIO) -> bool:
    # ISO 32000-1, annex H.3.4.1: the mark stands in the first 1024 bytes.
    return b"%PDF-" in stream.read(1024)


def _is_office(kind: str) -> Callable[[BinaryIO], bool]:
    def check(stream: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(stream) as package:
                parts = package.infolist()
                if len(parts) > _MAX_PARTS:
                    return False
                names = [PurePosixPath(part.filename.lower()) for part in parts]
                with package.open("[Content_Types].xml") as list_of_parts:
                    types = list_of_parts.read(_MAX_LIST)
        except Exception:
            # zipfile raises a dozen kinds of errors for broken packages; each means the same.
            return False
        if b"macroEnabled" in types or any(name.name in _RUNS_CODE for name in names):
            raise ValidationError(
                _("The document has macros: save it without them and upload it again."),
                code="macros",
            )
        if any(name.suffix in _PROGRAMS for name in names):
            raise ValidationError(_("There is a program inside the document."), code="program")
        return _OFFICE[kind] in types

    return check


def _is_text(stream: BinaryIO) -> bool:
    """True for UTF-8 without control characters other than tabs and line ends."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := stream.read(1 << 20):
            if any(sign < " " and sign not in "\t\r\n" for sign in decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_csv(stream: BinaryIO) -> bool:
    start = stream.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith((b"<", b"%PDF-", b"WEBVTT", b"#!")):
        return False
    stream.seek(0)
    if not _is_text(stream):
        raise ValidationError(_("Save the table as “CSV UTF-8”, so that å, ä and ö stay right."))
    return True


def _is_mp4(stream: BinaryIO) -> bool:
    head = stream.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in _VIDEO_BRANDS


def _is_webm(stream: BinaryIO) -> bool:
    # An EBML header whose DocType (element 0x4282) is "webm".
    head = stream.read(_HEAD)
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in head


def _is_vtt(stream: BinaryIO) -> bool:
    # WebVTT section 4.1: a byte order mark may stand before the word, white space follows it.
    start = stream.read(16).removeprefix(codecs.BOM_UTF8)
    stream.seek(0)
    return start.startswith(b"WEBVTT") and not start[6:7].strip() and _is_text(stream)


_KINDS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _is_pdf,
    **{kind: _is_office(kind) for kind in _OFFICE},
    "csv": _is_csv,
    "mp4": _is_mp4,
    "webm": _is_webm,
    "vtt": _is_vtt,
}
