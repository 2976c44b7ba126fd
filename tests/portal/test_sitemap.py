"""The sitemap at any size: one file for a small portal, an index of files for a large one."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.content.archive import Archive
from foundation.server.page_cache.wsgi_middleware import MAX_PAGE_BYTES
from portal import sitemap
from portal.static_export import checking
from portal.static_export.client import one_connection
from portal.static_export.collecting import Collection
from tests import factories

BASE = "https://arkiv.example.fi"

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> None:
    for _number in range(5):
        factories.make_story()
    factories.make_story(
        title_fi=None, slug_fi=None, lead_fi=None, body_fi=None, pairing="sv", pairing_reason="Ort"
    )  # fmt: skip
    factories.make_story(decision="draft", publish_at=None)
    factories.make_workshop()
    factories.make_participation()


def entries(client: Client, path: str) -> dict[str, str]:
    """Each address that a file names, with all that is said of it."""
    answer = client.get(path)
    assert (answer.status_code, answer["content-type"]) == (200, "application/xml")
    found = re.findall(r"<(?:url|sitemap)>(.*?)</(?:url|sitemap)>", answer.content.decode(), re.S)
    return {urlsplit(re.findall("<loc>(.*?)</loc>", one)[0]).path: one for one in found}


def test_index_names_files_that_hold_the_same_as_one_would(client, stories, monkeypatch):
    whole = entries(client, "/sitemap.xml")
    assert "/sv/" in whole
    assert sum("/berattelser/" in path for path in whole) == 7  # six and their list
    monkeypatch.setattr(sitemap, "ITEMS_OF_A_FILE", 2)
    index = entries(client, "/sitemap.xml")
    assert {"/sitemap-lists-1.xml", "/sitemap-story-1.xml", "/sitemap-story-3.xml"} <= set(index)
    assert "/sitemap-story-4.xml" not in index
    files = [entries(client, path) for path in index]
    assert sum(map(len, files)) == len(whole)  # none stands in two
    assert {path: said for file in files for path, said in file.items()} == whole


@pytest.mark.parametrize(
    ("make", "section"),
    [
        (factories.make_story, "story"),
        (factories.make_publication, "publication"),
        (factories.make_practice, "practice"),
        (factories.make_material, "material"),
    ],
)
def test_full_file_is_small_enough_to_be_kept(client, settings, make, section):
    settings.ALLOWED_HOSTS = ["portal.kommunforbundet.example.fi"]
    make(slug_sv="s" * 80, slug_fi="f" * 80)
    answer = client.get(f"/sitemap-{section}-1.xml", headers={"host": settings.ALLOWED_HOSTS[0]})
    found = re.findall(rb"<url>.*?</url>", answer.content, re.S)
    assert len(found) == 2
    of_an_item = len(b"".join(found)) + 2  # with their ends of line
    frame = len(answer.content) - of_an_item
    assert of_an_item * sitemap.ITEMS_OF_A_FILE + frame < MAX_PAGE_BYTES


def test_file_that_the_index_does_not_name_is_missing(client, stories):
    for path in ("story-0", "story-2", f"story-{10**30}", "lists-2", "practice-1", "users-1"):
        assert client.get(f"/sitemap-{path}.xml").status_code == 404, path
    assert client.post("/sitemap-story-1.xml").status_code == 405


def test_number_of_queries_does_not_grow(client, stories, monkeypatch):
    monkeypatch.setattr(sitemap, "ITEMS_OF_A_FILE", 2)
    for path, most in (("/sitemap.xml", 1), ("/sitemap-story-1.xml", 4)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        assert len(queries) <= most, [one["sql"] for one in queries]


def test_copy_follows_the_index(client, stories, monkeypatch, tmp_path):
    archive = Archive(date(2026, 11, 25), BASE)
    monkeypatch.setattr(sitemap, "ITEMS_OF_A_FILE", 2)
    collection = Collection(archive, tmp_path, lambda _said: None)
    with one_connection():
        collection.collect()
    assert "/sitemap-story-3.xml" in collection.pieces
    assert set(entries(client, "/sitemap-story-3.xml")) <= set(collection.pieces)


def test_check_of_a_copy_follows_the_index(tmp_path):
    (tmp_path / "sitemap.xml").write_text(
        f"<sitemapindex><loc>{BASE}/one.xml</loc><loc>{BASE}/two.xml</loc></sitemapindex>"
    )
    (tmp_path / "one.xml").write_text(f"<urlset><loc>{BASE}/sv/</loc></urlset>")
    found = checking.problems(tmp_path, BASE, is_offline=False)
    assert found == [
        f"one.xml: {BASE}/sv/ is not in the copy",
        f"sitemap.xml: {BASE}/two.xml is not in the copy",
    ]
