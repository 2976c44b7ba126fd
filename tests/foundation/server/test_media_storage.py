"""MEDIA_STORAGE, and files of an object storage read in parts."""

import io
from types import SimpleNamespace

import pytest

from foundation.server import media_storage
from foundation.server.media_storage import storage_from_url
from foundation.server.object_stream import StoredObject

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def installed(monkeypatch):
    """As where the group s3 is installed."""
    monkeypatch.setattr(media_storage, "find_spec", lambda name: name)


def test_without_the_setting_uploads_lie_in_a_folder():
    assert storage_from_url("") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("s3://valfard", {"bucket_name": "valfard", "location": ""}),
        ("s3://valfard/", {"bucket_name": "valfard", "location": ""}),
        ("s3://valfard/media/a%20b/", {"bucket_name": "valfard", "location": "media/a b"}),
        (
            "s3://valfard/media?endpoint=https://objects.example.fi:9000&region=x&addressing=path",
            {
                "bucket_name": "valfard",
                "location": "media",
                "endpoint_url": "https://objects.example.fi:9000",
                "region_name": "x",
                "addressing_style": "path",
            },
        ),
    ],
)
def test_bucket_is_read_from_the_address(installed, url, options):
    always = {"file_overwrite": False, "default_acl": None}
    assert storage_from_url(url) == {
        "BACKEND": "foundation.server.object_storage.ObjectStorage",
        "OPTIONS": {**options, **always},
    }


@pytest.mark.parametrize(
    "url",
    [
        "valfard",
        "s3:valfard",
        "s3:///media",
        "https://objects.example.fi/valfard",
        "s3://key:hemligt@valfard/media",
        "s3://valfard/media?endpoint=",
        "s3://valfard/media?secret=hemligt",
        "s3://valfard/media#hemligt",
    ],
)
def test_other_addresses_are_refused_without_repeating_them(installed, url):
    with pytest.raises(ValueError, match="MEDIA_STORAGE has the form s3://bucket") as error:
        storage_from_url(url)
    assert "hemligt" not in str(error.value)


def test_missing_packages_are_said(monkeypatch):
    monkeypatch.setattr(media_storage, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="the group s3"):
        storage_from_url("s3://valfard")


class StandIn:
    """Answers as boto3's s3.Object does, and notes what was asked of it."""

    content_length = len(CONTENT)

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.bodies: list[io.BytesIO] = []

    def get(self, Range: str) -> dict[str, io.BytesIO]:
        first = int(Range.removeprefix("bytes=").removesuffix("-"))
        self.asked.append(first)
        self.bodies.append(io.BytesIO(CONTENT[first:]))
        return {"Body": self.bodies[-1]}


def test_object_is_read_from_the_place_that_is_sought():
    found = StandIn()
    stored = StoredObject(found, "materials/a.pdf")
    assert stored.size == len(CONTENT)
    assert found.asked == []
    stored.seek(300)
    assert stored.read(10) + stored.read(10) == CONTENT[300:320]
    assert stored.tell() == 320
    assert found.asked == [300]
    stored.seek(-6, io.SEEK_CUR)
    assert stored.read(6) == CONTENT[314:320]
    stored.seek(-5, io.SEEK_END)
    assert stored.read() == CONTENT[-5:]
    assert stored.read(1) == b""
    assert found.asked == [300, 314, len(CONTENT) - 5]
    stored.seek(len(CONTENT) + 5)
    assert stored.read(1) == b""
    with pytest.raises(ValueError, match="before the first byte"):
        stored.seek(-1)
    stored.close()
    assert stored.closed
    assert all(body.closed for body in found.bodies)


def test_object_can_be_opened_again():
    stored = StoredObject(StandIn(), "materials/a.pdf")
    stored.close()
    with stored.open() as again:
        assert again.read() == CONTENT
    stored.open().seek(7)
    assert stored.open("rb").read(1) == CONTENT[:1]
    stored.close()


def test_empty_object_is_read_as_such():
    assert StoredObject(SimpleNamespace(content_length=0), "a").read() == b""
