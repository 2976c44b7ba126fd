"""A ZIP of stored files, known to the byte before one of them is read.

By PKWARE's APPNOTE 6.3.10. What a package holds is packed already (PPTX, PDF, MP4), so nothing is
compressed: each file lies in the archive as it is, and its place follows from the sizes alone.
Why the library for it is not used stands in docs/decisions/0007-kits-are-laid-out-first.md.
"""

import hashlib
import logging
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from projects.models.workshop import HELSINKI
from publications.files import Chunks, FileIsMissing, stored
from publications.models import MaterialFile

logger = logging.getLogger(__name__)

_LARGE = 0xFFFFFFFF  # what 32 bits cannot say is said by ZIP64 (4.5.3)
_MANY = 0xFFFF
_NAMED_IN_UTF8 = 0x0800  # 4.4.4, bit 11
_STORED = 0  # 4.4.5
_PLAIN, _ZIP64 = 20, 45  # versions needed to extract: 2.0 and 4.5 (4.4.3)
_MADE_ON_UNIX = 3 << 8  # 4.4.2: else the modes of the files count for nothing
_MODE = 0o100644 << 16  # a plain file, written by its owner


@dataclass(frozen=True)
class Member:
    """A file of the archive: bytes at hand, or a file in the storage."""

    name: str  # path inside the archive, with /
    changed: datetime
    content: bytes | MaterialFile

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def crc32(self) -> int:
        """Raises FileIsMissing for a file whose bytes were not to be had when it was measured."""
        if isinstance(self.content, bytes):
            return zlib.crc32(self.content)
        if self.content.crc32 is None:
            logger.error("File %s has not been measured: run check_files", self.content.pk)
            raise FileIsMissing
        return self.content.crc32


class Archive:
    """The layout of an archive: stretches of bytes at hand and of stored files, in their order."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._parts: list[bytes | MaterialFile] = []
        self._starts: list[int] = []
        self.size = 0  # bytes
        entries = []
        for member in members:
            entries.append(_central_header(member, self.size))
            self._add(_local_header(member))
            self._add(member.content)
        directory = b"".join(entries)
        self._add(directory + _end(len(entries), len(directory), self.size))

    def _add(self, part: bytes | MaterialFile) -> None:
        length = len(part) if isinstance(part, bytes) else part.size
        if length:
            self._parts.append(part)
            self._starts.append(self.size)
            self.size += length

    def digest(self) -> str:
        """SHA-256 of the layout, which tells of every byte as long as it holds all checksums.

        The headers hold names, dates and CRC-32; a list of SHA-256 among the members does the rest.
        """
        return hashlib.sha256(
            b"".join(part for part in self._parts if isinstance(part, bytes))
        ).hexdigest()

    def files(self) -> list[MaterialFile]:
        """The files in the storage that it is made of."""
        return [part for part in self._parts if not isinstance(part, bytes)]

    def stretch(self, wanted: range) -> Iterator[bytes]:
        """The bytes of a range, one file being open at a time; closing it closes that file.

        Raises FileIsMissing or EOFError when a file has been lost since it was looked at: an
        archive that breaks off is better than one that is wrong.
        """
        first = bisect_right(self._starts, wanted.start) - 1
        for part, start in zip(self._parts[first:], self._starts[first:], strict=True):
            if start >= wanted.stop:
                return
            length = len(part) if isinstance(part, bytes) else part.size
            inside = range(max(0, wanted.start - start), min(length, wanted.stop - start))
            if isinstance(part, bytes):
                yield part[inside.start : inside.stop]
            else:
                yield from _chunks(part, inside)


def _chunks(file: MaterialFile, inside: range) -> Iterator[bytes]:
    chunks: Any = Chunks(stored(file), inside)
    try:
        yield from chunks
    finally:
        chunks.close()


def _dos_time(moment: datetime) -> tuple[int, int]:
    """Time and date as DOS writes them (4.4.6), by the clock in Helsinki, to two seconds."""
    local = moment.astimezone(HELSINKI)
    year = min(max(local.year, 1980), 2107) - 1980
    time = local.hour << 11 | local.minute << 5 | local.second // 2
    return time, year << 9 | local.month << 5 | local.day


def _zip64(*sizes: int) -> bytes:
    """The extra field with sizes that 32 bits cannot hold (4.5.3); nothing for none."""
    return struct.pack(f"<HH{len(sizes)}Q", 1, 8 * len(sizes), *sizes) if sizes else b""


def _local_header(member: Member) -> bytes:
    """4.3.7. Of sizes, a local header holds both in ZIP64 or neither."""
    name, size = member.name.encode(), member.size
    is_large = size >= _LARGE
    extra = _zip64(size, size) if is_large else b""
    said = _LARGE if is_large else size
    return (
        struct.pack(
            "<4s5H3L2H",
            b"PK\x03\x04",
            _ZIP64 if is_large else _PLAIN,
            *(_NAMED_IN_UTF8, _STORED, *_dos_time(member.changed)),
            *(member.crc32, said, said),
            *(len(name), len(extra)),
        )
        + name
        + extra
    )


def _central_header(member: Member, offset: int) -> bytes:
    """4.3.12; `offset` is where the member's local header begins."""
    name, size = member.name.encode(), member.size
    large = [size, size] if size >= _LARGE else []
    large += [offset] if offset >= _LARGE else []
    extra = _zip64(*large)
    needed = _ZIP64 if large else _PLAIN
    said = min(size, _LARGE)
    return (
        struct.pack(
            "<4s6H3L5H2L",
            b"PK\x01\x02",
            _MADE_ON_UNIX | needed,
            needed,
            *(_NAMED_IN_UTF8, _STORED, *_dos_time(member.changed)),
            *(member.crc32, said, said),
            *(len(name), len(extra), 0, 0, 0),
            *(_MODE, min(offset, _LARGE)),
        )
        + name
        + extra
    )


def _end(count: int, length: int, offset: int) -> bytes:
    """The records after the central directory, which has `length` bytes from `offset` on (4.3.14).

    Those of ZIP64 come first, where they are needed.
    """
    before = b""
    if count >= _MANY or length >= _LARGE or offset >= _LARGE:
        before = struct.pack(
            "<4sQ2H2L4Q",
            b"PK\x06\x06",
            44,  # bytes that follow (4.3.14.1)
            *(_MADE_ON_UNIX | _ZIP64, _ZIP64, 0, 0),
            *(count, count, length, offset),
        ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, offset + length, 1)
    count = min(count, _MANY)
    return before + struct.pack(
        "<4s4H2LH",
        b"PK\x05\x06",
        *(0, 0, count, count, min(length, _LARGE), min(offset, _LARGE), 0),
    )
