"""How long a video is, read from its own index."""

import struct
from typing import BinaryIO

_MAX_BOXES = 1_000  # looked at on each level: real films have a dozen
_LONGEST = 24 * 3600  # seconds; what claims to be longer is not believed


def mp4_seconds(stream: BinaryIO) -> int | None:
    """The length in whole seconds, rounded, of an MP4 file; None where it does not say.

    Reads the headers of boxes and the movie header (ISO/IEC 14496-12, sections 4.2 and 8.2.2) and
    nothing of the film itself. Leaves the stream at its beginning.
    """
    try:
        size = stream.seek(0, 2)
        movie = _box(stream, b"moov", 0, size)
        header = _box(stream, b"mvhd", *movie) if movie else None
        return _seconds(stream, *header) if header else None
    except (OSError, ValueError, struct.error):
        return None
    finally:
        stream.seek(0)


def _box(stream: BinaryIO, kind: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Where the content of the first box of the kind begins and ends, between two places."""
    for _number in range(_MAX_BOXES):
        if start + 8 > end:
            break
        stream.seek(start)
        size, found = struct.unpack(">I4s", stream.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", stream.read(8))
            head = 16
        elif size == 0:  # up to the end of the file
            size = end - start
        if size < head or start + size > end:
            break
        if found == kind:
            return start + head, start + size
        start += size
    return None


def _seconds(stream: BinaryIO, start: int, end: int) -> int | None:
    stream.seek(start)
    version = stream.read(1)[0] if end > start else None
    if version not in (0, 1):
        return None
    # After version and flags: two moments, the time scale, and the duration counted in it.
    layout = ">3x4x4xII" if version == 0 else ">3x8x8xIQ"
    scale, duration = struct.unpack(layout, stream.read(struct.calcsize(layout)))
    unknown = (1 << 32 if version == 0 else 1 << 64) - 1
    if not scale or duration in (0, unknown) or duration / scale > _LONGEST:
        return None
    return max(1, round(duration / scale))
