"""PDF files (ISO 32000-1): refuses those that act by themselves or are a second kind of file."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from publications.text_extraction.problems import (
    ACTIVE,
    BROKEN,
    EMBEDDED,
    TOO_LARGE_UNPACKED,
    TWO_KINDS,
    Problem,
)

_BLANK = b" \t\r\n\x0c\x00"
_END = rb"(?=[\s\x00()<>\[\]{}/%]|$)"
# Section 12.6.4 names the actions; those left out lead within the document or to a web page.
_ACTIONS = re.compile(
    rb"/(JavaScript|Launch|GoToR|GoToE|ImportData|SubmitForm|Rendition|RichMedia|Movie)" + _END
)
_ATTACHED = re.compile(rb"/(EmbeddedFiles?)" + _END)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(?:\r?\n|\r)")
# Ways of packing in which objects could hide from a search. Writers pack them by FlateDecode, once,
# and write no comments there.
_HIDING = re.compile(
    rb"%|/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Predictor)\b"
    rb"|/Fl(ateDecode)?\b.*/Fl(ateDecode)?\b",
    re.DOTALL,
)
_WINDOW = 1 << 20  # bytes of a stream looked at together
_OVERLAP = 64  # bytes: longer than any name that is looked for
_MAX_ALL = 1_000_000_000  # bytes unpacked of all streams
_BOMB = 100_000_000  # bytes of one stream from which on packing may not have saved too much
_MAX_RATIO = 250


def check(path: Path) -> None:
    """Raise Problem for a PDF that holds actions or other files, or that is something else too."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        _check_shape(data)
        _check_objects(bytes(data))
        left = _MAX_ALL
        for stream in _STREAM.finditer(data):
            for objects in _unpacked(data, stream.end()):
                left -= len(objects)
                if left < 0:
                    raise Problem(TOO_LARGE_UNPACKED)
                _check_objects(objects)


def _check_shape(data: mmap.mmap) -> None:
    """A PDF from its first sign to its last, with nothing else before, behind or inside its head.

    A comment may still hold anything; with its type, `nosniff` and a sandbox it stays a comment.
    """
    head = data[:1024]
    if not head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK).startswith(b"%PDF-"):
        raise Problem(TWO_KINDS)
    if re.search(rb"(?i)<(!doctype|html|script|svg|\?php)", head):
        raise Problem(TWO_KINDS)
    tail = data[-65_557:]  # where a ZIP file's end record must stand
    _before, mark, behind = tail.rpartition(b"%%EOF")
    if b"PK\x05\x06" in tail or (mark and behind.strip(_BLANK)):
        raise Problem(TWO_KINDS)
    if not mark:
        raise Problem(BROKEN)


def _check_objects(objects: bytes) -> None:
    # Section 7.3.5: any sign of a name may be written as # and two digits.
    if b"#" in objects:
        objects = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), objects)
    if _ACTIONS.search(objects):
        raise Problem(ACTIVE)
    if _ATTACHED.search(objects):
        raise Problem(EMBEDDED)
    for found in re.finditer(rb"/ObjStm\b", objects):
        start = max(objects.rfind(b"obj", 0, found.start()), 0)
        end = objects.find(b"stream", found.end())
        if end >= 0 and _HIDING.search(objects, start, end):
            raise Problem(ACTIVE)


def _unpacked(data: mmap.mmap, start: int) -> Iterator[bytes]:
    """Windows of the stream that starts there, where it is packed by FlateDecode; else nothing."""
    unpacker = zlib.decompressobj()
    place, length, before, packed = start, 0, b"", b""
    try:
        while not unpacker.eof and (packed or place < len(data)):
            if not packed:
                packed = data[place : place + (1 << 16)]
                place += len(packed)
            objects = unpacker.decompress(packed, _WINDOW)
            packed = unpacker.unconsumed_tail
            length += len(objects)
            if length > _BOMB and length > _MAX_RATIO * (place - start):
                raise Problem(TOO_LARGE_UNPACKED)
            yield before + objects
            before = objects[-_OVERLAP:]
    except zlib.error:
        return  # what was unpacked so far has been looked at: readers show it too
