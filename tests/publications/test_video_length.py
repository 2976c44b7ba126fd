"""The length of a video, read from its index; files that lie about themselves say nothing."""

import struct
from io import BytesIO
from pathlib import Path

import pytest

from portal import demo
from publications.video_length import mp4_seconds

FILM = Path(demo.__file__).parent / "files/exempelvideo-en-vav-av-vardagar.mp4"


def box(kind, content=b"", *, size=None):
    return struct.pack(">I4s", len(content) + 8 if size is None else size, kind) + content


def header(scale, duration, *, version=0):
    layout = ">B3x4x4xII" if version == 0 else ">B3x8x8xIQ"
    return box(b"mvhd", struct.pack(layout, version, scale, duration))


def film(*boxes):
    return box(b"ftyp", b"isom") + b"".join(boxes)


def wide(kind, content):
    """A box whose size stands in eight bytes."""
    return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (film(box(b"moov", header(1000, 31_000))), 31),
        (film(box(b"moov", header(600, 18_300, version=1))), 30),
        (film(box(b"mdat", b"x" * 99), box(b"moov", box(b"udta") + header(1000, 2_600))), 3),
        (film(wide(b"mdat", b"x" * 99), box(b"moov", header(1000, 100))), 1),
        (film(box(b"moov", header(1000, 5_000), size=0)), 5),
        (film(box(b"moov", header(0, 5_000))), None),
        (film(box(b"moov", header(1000, 0))), None),
        (film(box(b"moov", header(1000, 2**32 - 1))), None),
        (film(box(b"moov", header(1, 2**64 - 1, version=1))), None),
        (film(box(b"moov", header(1, 10**9))), None),
        (film(box(b"moov", header(1000, 31_000)[:20])), None),
        (film(box(b"moov", box(b"mvhd"))), None),
        (film(box(b"moov", box(b"mvhd", b"\x07" * 40))), None),
        (film(box(b"moov", size=2**31)), None),
        (film(box(b"free", size=3), box(b"moov", header(1000, 31_000))), None),
        (film(struct.pack(">I4sQ", 1, b"moov", 2**63)), None),
        (film(struct.pack(">I4s", 1, b"moov")), None),
        (film(box(b"free") * 2_000, box(b"moov", header(1000, 31_000))), None),
        (film(), None),
        (b"", None),
        (b"\x00" * 100, None),
    ],
)
def test_length_is_what_the_movie_header_says(content, seconds):
    stream = BytesIO(content)
    assert mp4_seconds(stream) == seconds
    assert stream.tell() == 0


def test_length_of_the_example_video():
    with FILM.open("rb") as stream:
        assert mp4_seconds(stream) == 31
