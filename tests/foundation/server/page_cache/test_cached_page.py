"""A page in each coding, with its validators."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.server.page_cache.cached_page import Page, coding_of, is_unchanged

HTML = [("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "sv")]
TEXT = b"<p>V\xc3\xa4lf\xc3\xa4rd</p>" * 200


def page(body: bytes = TEXT, status: str = "200 OK", headers: list | None = None) -> Page:
    return Page.of(status, HTML if headers is None else headers, body)


@pytest.mark.parametrize(
    ("coding", "plain"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)],
)
def test_page_is_the_same_text_in_every_coding(coding: str, plain) -> None:
    for first in ("br", "gzip", "identity"):
        found = page()
        found.variant(first)
        variant = found.variant(coding)
        assert plain(variant.body[0]) == TEXT
        assert ("Content-Length", str(len(variant.body[0]))) in variant.headers


def test_each_coding_has_a_strong_validator_of_its_own() -> None:
    found = page()
    tags = [found.variant(coding).etag for coding in ("br", "gzip", "identity")]
    assert len(set(tags)) == 3
    assert not any(tag.startswith("W/") for tag in tags)
    assert tags == [page().variant(coding).etag for coding in ("br", "gzip", "identity")]


def test_validator_follows_the_headers_too() -> None:
    other = page(headers=[*HTML, ("X-Robots-Tag", "noindex")])
    assert other.variant("br").etag != page().variant("br").etag


def test_plain_bytes_are_not_kept_beside_compressed_ones() -> None:
    found = page()
    before = found.size
    found.variant("br")
    assert found.size < before
    assert set(found.variants) == {"br"}


def test_what_a_view_says_of_keeping_and_of_codings_is_replaced() -> None:
    sent = [*HTML, ("Vary", "Accept-Encoding, Accept-Language"), ("Cache-Control", "max-age=900")]
    headers = dict(page(headers=[*sent, ("ETag", '"x"')]).variant("gzip").headers)
    assert headers["Vary"] == "Accept-Encoding, Accept-Language"
    assert headers["Cache-Control"] == "public, no-cache"
    assert headers["Content-Encoding"] == "gzip"
    assert headers["ETag"] != '"x"'
    assert headers["Content-Language"] == "sv"


def test_pictures_and_small_texts_are_left_as_they_are() -> None:
    assert page(headers=[("Content-Type", "image/png")]).variant("br").body == [TEXT]
    assert page(b"ok").variant("br").body == [b"ok"]


def test_error_has_no_validator() -> None:
    variant = page(status="404 Not Found").variant("br")
    assert "ETag" not in dict(variant.headers)
    assert not is_unchanged("*", variant.etag)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=0", "identity"),
        ("identity", "identity"),
        ("br;q=x", "identity"),
    ],
)
def test_coding_is_what_the_reader_likes_best(accepted: str | None, coding: str) -> None:
    assert coding_of(accepted) == coding


@given(st.text())
def test_any_header_gives_a_coding(accepted: str) -> None:
    assert coding_of(accepted) in {"br", "gzip", "identity"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_copy_is_known_by_its_validator(header: str, expected: bool) -> None:
    assert is_unchanged(header, '"a"') is expected
