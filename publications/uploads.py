"""What may be uploaded as a file of a material: its kind is read from the bytes, not the name."""

import codecs
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publications.text_extraction.messages import MESSAGES
from publications.text_extraction.problems import BROKEN, ENCRYPTED
from publications.text_extraction.process import ask, copied

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
# Major brands of files that are video (ISO/IEC 14496-12, section 4.3; the MP4 registration list).
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
_VIDEO_BRANDS |= {b"MSNV", b"dash", b"mmp4"}
# A cell that a spreadsheet calculates, or lets start a program (DDE); +358 9 and -5,3 are numbers.
_FORMULA = re.compile(rb"(?:^(?:\xef\xbb\xbf)?|[,;\t])[\"']?(?:=|[+-][A-Za-z]+[|(!]|@[A-Za-z]+\()")
# Kinds that pack or draw things; the others are looked through here.
_OPENED = {"pdf", *_OFFICE}
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
        raise ValidationError(_("The file is empty."), code="empty")
    ending = PurePosixPath(file.name).suffix.lower().lstrip(".")
    looks_right = _KINDS.get(ending)
    try:
        stream = _stream(file)
        if stream.read(8) == _OLD_OFFICE:
            if _is_encrypted_office(stream):
                raise _refusal(ENCRYPTED)
            raise ValidationError(
                _("The file is of an old Office format: save it as PPTX, DOCX or XLSX."),
                code="old_office",
            )
        if looks_right is None:
            raise ValidationError(
                _("Choose a PDF, PPTX, DOCX, XLSX, CSV, MP4, WebM or VTT file."), code="kind"
            )
        stream.seek(0)
        if not looks_right(stream):
            raise ValidationError(
                _("The file's name ends in .%(ending)s, but its content is something else."),
                params={"ending": ending},
                code="other_content",
            )
        if ending in _OPENED:
            _open(ending, stream)
    finally:
        file.seek(0)


def _stream(file: Any) -> BinaryIO:
    stream = getattr(file, "file", file)
    stream.seek(0)
    return stream


def _refusal(problem: str) -> ValidationError:
    return ValidationError(MESSAGES[problem], code=problem)


def _open(kind: str, stream: BinaryIO) -> None:
    """Have the file opened by a process of its own; raises ValidationError when it is no good."""
    with copied(stream, kind) as path:
        problem = ask("check", kind, path)["problem"]
    if problem:
        raise _refusal(problem)


def _is_encrypted_office(stream: BinaryIO) -> bool:
    """Whether a compound file holds an encrypted document (MS-OFFCRYPTO, section 2.3.4)."""
    name, before = "EncryptedPackage".encode("utf-16-le"), b""
    while chunk := stream.read(1 << 20):
        if name in before + chunk:
            return True
        before = chunk[-len(name) :]
    return False


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
                with package.open("[Content_Types].xml") as list_of_parts:
                    types = list_of_parts.read(_MAX_LIST)
        except Exception as error:
            # zipfile raises a dozen kinds of errors for broken packages; each means the same.
            stream.seek(0)
            if stream.read(4) == b"PK\x03\x04":
                raise _refusal(BROKEN) from error
            return False
        # Documents with macros are of another type; what opens them says so.
        return _OFFICE[kind] in types or b"macroEnabled" in types

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
    # The marks of files that are text too, such as a GIF picture that is a script as well.
    if start.startswith((b"<", b"%PDF-", b"WEBVTT", b"#!", b"GIF8", b"{\\rtf")):
        return False
    stream.seek(0)
    if not _is_text(stream):
        raise ValidationError(
            _("Save the table as “CSV UTF-8”, so that å, ä and ö stay right."), code="charset"
        )
    stream.seek(0)
    if any(_FORMULA.search(line) for line in stream):
        raise ValidationError(
            _("The table has formulas: save it with the values only."), code="formulas"
        )
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
