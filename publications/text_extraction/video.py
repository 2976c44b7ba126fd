"""How long a film is, from the head of the file (ISO/IEC 14496-12; RFC 8794 for WebM)."""

import struct
from pathlib import Path
from typing import BinaryIO

_MAX_BOXES = 10_000
_HEAD = 2_000_000  # bytes of a WebM file in which it says its length


def seconds_of(path: Path) -> int | None:
    """The length in whole seconds, rounded up; None where the file does not say."""
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(0)
        length = _of_mp4(file) if start[4:8] == b"ftyp" else _of_webm(file)
    return int(-(-length // 1)) if length and length < 1_000_000 else None


def _of_mp4(file: BinaryIO) -> float | None:
    """Read the movie header box (8.2.2), wherever the boxes before it end."""
    file.seek(0, 2)
    end, place = file.tell(), 0
    for _number in range(_MAX_BOXES):
        if place + 8 > end:
            return None
        file.seek(place)
        head = file.read(16)
        size, kind = struct.unpack(">I4s", head[:8])
        length = 8
        if size == 1:  # the size follows in eight bytes
            size, length = struct.unpack(">Q", head[8:16])[0], 16
        if kind == b"moov":
            place += length
        elif kind == b"mvhd":
            return _movie_header(file, place + length)
        else:
            if size < 8:
                return None
            place += size
    return None


def _movie_header(file: BinaryIO, place: int) -> float | None:
    file.seek(place)
    body = file.read(32)
    layout, skipped = (">QQIQ", 4) if body[:1] == b"\x01" else (">IIII", 4)
    values = body[skipped : skipped + struct.calcsize(layout)]
    if len(values) < struct.calcsize(layout):
        return None
    _created, _changed, scale, duration = struct.unpack(layout, values)
    return duration / scale if scale else None


def _of_webm(file: BinaryIO) -> float | None:
    """Read Duration (0x4489) in units of TimestampScale (0x2AD7B1, nanoseconds)."""
    head = file.read(_HEAD)
    place = head.find(b"\x44\x89")
    if place < 0:
        return None
    size = head[place + 2 : place + 3]
    layout = {b"\x84": ">f", b"\x88": ">d"}.get(size)
    if layout is None or len(head) < place + 3 + struct.calcsize(layout):
        return None
    duration = struct.unpack_from(layout, head, place + 3)[0]
    found, scale = head.find(b"\x2a\xd7\xb1"), 1_000_000
    if found >= 0 and head[found + 3 : found + 4] in (b"\x83", b"\x84"):
        length = head[found + 3] & 0x0F
        scale = int.from_bytes(head[found + 4 : found + 4 + length], "big")
    return duration * scale / 1e9
