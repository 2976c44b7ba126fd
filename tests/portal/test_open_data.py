"""Open data: only what is public, in both languages, the same bytes until something changes."""

import csv
import hashlib
import io
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from portal.demo.loading import load
from portal.open_data.all_data_sets import DATA_SETS
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db

FORMS = ("json", "csv")


def path(key: str, form: str = "json", language: str = "sv") -> str:
    data_set = next(one for one in DATA_SETS if one.key == key)
    folder = {"sv": "/sv/oppna-data", "fi": "/fi/avoin-data"}[language]
    return f"{folder}/{data_set.slug(language)}.{form}"


def fetched(address: str, **headers: Any) -> bytes:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200
    return b"".join(response)


def rows(key: str) -> list[dict[str, Any]]:
    return json.loads(fetched(path(key)))["rows"]


def table(key: str) -> list[dict[str, str]]:
    text = fetched(path(key, "csv")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def one_of_each(count: int = 1) -> None:
    """So many rows of every data set."""
    project = factories.make_project()
    for number in range(count):
        theme, municipality = factories.make_theme(), factories.make_municipality()
        factories.make_theme_period(project=project, theme=theme)
        factories.make_participation(project=project, municipality=municipality)
        actor = factories.make_regional_actor()
        factories.make_participation(project=project, regional_actor=actor)
        series = factories.make_series(theme=theme)
        workshop = factories.make_workshop(
            theme=theme, series=series, municipalities=[municipality]
        )
        material = factories.make_material(workshop=workshop)
        factories.make_material_file(material=material, version=number + 1)
        publication = factories.make_publication(theme=theme)
        factories.make_authorship(publication=publication)
        factories.make_action_proposal(publication=publication)
        factories.make_story(theme=theme, publication=publication).municipalities.add(municipality)
        practice = factories.make_practice(theme=theme)
        practice.task_areas.add(factories.make_task_area())
        factories.make_adoption(practice=practice, municipality=municipality)
        factories.make_term()


def test_page_lists_every_data_set_with_its_rows_and_files():
    one_of_each(2)
    for address, language in (("/sv/oppna-data/", "sv"), ("/fi/avoin-data/", "fi")):
        page = Document(Client().get(address).content.decode())
        files = [link for link in page.links() if re.search(r"\.(csv|json)$", link)]
        wanted = [path(one.key, form, language) for one in DATA_SETS for form in ("csv", "json")]
        assert files == wanted
        assert len(page.all("section", **{"class": "data-set"})) == len(DATA_SETS)
        assert address in page.links(), "the page stands among the links at the foot"
    shown = [text for _language, text in page.texts]
    assert "4 riviä" in shown  # the participations


def test_page_tells_machines_what_there_is_and_names_no_licence():
    one_of_each()
    page = Document(Client().get("/fi/avoin-data/").content.decode())
    data = json.loads(
        re.search(r'ld\+json">(.+?)</script>', page.html)[1]  # type: ignore[index]
    )
    assert data["@type"] == "DataCatalog"
    assert [one["@type"] for one in data["dataset"]] == ["Dataset"] * len(DATA_SETS)
    assert "license" not in json.dumps(data)
    addresses = {file["contentUrl"] for one in data["dataset"] for file in one["distribution"]}
    assert {urlsplit(one).path for one in addresses} == {
        path(one.key, form, "fi") for one in DATA_SETS for form in FORMS
    }


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda one: one.key)
def test_file_has_every_public_row_under_its_keys_in_both_forms(data_set):
    one_of_each(2)
    found = rows(data_set.key)
    assert len(found) == data_set.rows().count() >= 2
    keys = list(found[0])
    assert len(set(keys)) == len(keys)
    for field in data_set.fields:
        assert set(field.keys) <= set(keys)
    assert not any(re.search("[^a-z0-9_]", key) for key in keys)
    cells = table(data_set.key)
    assert [list(row) for row in cells] == [keys] * len(found)
    for row, line in zip(found, cells, strict=True):
        for key, value in row.items():
            if isinstance(value, str):
                assert line[key].removeprefix("'") == value
            elif value is None:
                assert line[key] == ""


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda one: one.key)
def test_field_is_explained_in_both_languages(data_set):
    for field in data_set.fields:
        spoken = set()
        for language in ("sv", "fi", "en"):
            with override(language):
                spoken.add(str(field.explanation))
        assert len(spoken) == 3


def test_only_published_rows_are_given_and_nothing_points_at_the_others():
    theme = factories.make_theme(decision="draft", publish_at=None)
    series = factories.make_series(theme=theme, decision="withdrawn")
    factories.make_workshop(theme=theme, series=series)
    factories.make_workshop(decision="draft", publish_at=None)
    factories.make_story(publish_at=timezone.now() + timedelta(days=1))
    publication = factories.make_publication(decision="draft", publish_at=None)
    factories.make_authorship(publication=publication)
    factories.make_action_proposal(publication=publication)
    material = factories.make_material(publication=publication, decision="draft", publish_at=None)
    factories.make_material_file(material=material)
    shown = factories.make_material(publication=publication)
    factories.make_material_file(material=shown, published_at=None)
    found = {one.key: rows(one.key) for one in DATA_SETS}
    for key in (
        *("themes", "workshop-series", "stories", "publications", "authors", "proposals"),
        *("material-files", "half-years", "participations"),
    ):
        assert found[key] == [], key
    assert [(row["theme_id"], row["series_id"]) for row in found["workshops"]] == [(None, None)]
    assert [row["publication_id"] for row in found["materials"]] == [None]


def test_language_that_an_item_is_not_in_stays_empty_even_when_a_draft_is_there():
    publication = factories.make_publication(
        title_sv="Halvfärdig", pairing="fi", pairing_reason="Rapporten är på finska."
    )
    factories.make_action_proposal(publication=publication, title_sv="Halvt", title_fi="Kokonainen")
    (row,) = rows("publications")
    assert (row["title_sv"], row["languages"]) == (None, ["fi"])
    assert row["title_fi"] and row["address_fi"] and row["address_sv"] is None
    (proposal,) = rows("proposals")
    assert (proposal["title_sv"], proposal["title_fi"]) == (None, "Kokonainen")


def test_values_are_written_by_the_standards():
    factories.make_workshop(
        municipalities=[factories.make_municipality(), factories.make_municipality()]
    )
    (row,) = rows("workshops")
    assert (row["day"], row["start_time"]) == ("2018-10-11", "09:00")
    assert row["published_at"] == "2018-01-15T07:00:00Z"
    assert row["municipality_codes"] == ["049", "091"]
    assert row["address_fi"] == "http://testserver/fi/tyopajat/2018/hyvinvointijohtamisen-tyopaja/"
    assert row["is_example"] is False
    (line,) = table("workshops")
    assert (line["municipality_codes"], line["is_example"]) == ("049 | 091", "false")


def test_cell_that_a_spreadsheet_would_calculate_is_made_harmless():
    factories.make_term(term_sv='=HYPERLINK("https://example.fi")', term_fi="-1+1", avoid_sv="@a")
    (line,) = table("glossary")
    assert line["term_sv"] == '\'=HYPERLINK("https://example.fi")'
    assert (line["term_fi"], line["avoid_sv"]) == ("'-1+1", "'@a")
    assert rows("glossary")[0]["term_fi"] == "-1+1"


@pytest.mark.parametrize("form", FORMS)
def test_file_is_the_same_under_both_prefixes_until_something_changes(form):
    factories.make_story()
    first = Client().get(path("stories", form))
    content = first.content
    there = Client().get(path("stories", form, "fi"))
    assert (there.content, there["ETag"]) == (content, first["ETag"])
    again = Client().get(path("stories", form), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.make_story()
    changed = Client().get(path("stories", form), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != content


def test_file_has_the_headers_of_something_to_take_away():
    response = Client().get(path("glossary", "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ordlista.csv"'
    assert response["Content-Language"] == "sv, fi"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex"
    assert b"".join(response).startswith("\ufeff".encode())
    head = Client().head(path("glossary", "csv"))
    assert head["Content-Length"] == response["Content-Length"]
    assert Client().post(path("glossary", "csv")).status_code == 405


def test_large_file_is_streamed_from_disk_and_has_the_same_bytes(monkeypatch):
    factories.make_story()
    whole = Client().get(path("stories", "csv"))
    monkeypatch.setattr("portal.open_data.views.IN_MEMORY", 10)
    streamed = Client().get(path("stories", "csv"))
    assert (whole.streaming, streamed.streaming) == (False, True)
    assert b"".join(streamed.streaming_content) == whole.content
    named = ("Content-Type", "Content-Length", "Content-Disposition", "ETag", "Cache-Control")
    assert [streamed[one] for one in named] == [whole[one] for one in named]


def test_word_of_the_other_language_leads_to_the_right_one():
    response = Client().get("/sv/oppna-data/kunnat.csv")
    assert (response.status_code, response["Location"]) == (301, "/sv/oppna-data/kommuner.csv")
    assert Client().get("/sv/oppna-data/nagot-annat.json").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_and_files_ask_the_database_little(count, django_assert_num_queries):
    one_of_each(count)
    client = Client()
    with django_assert_num_queries(2):
        client.get("/sv/oppna-data/")
    for one in DATA_SETS:
        for form in FORMS:
            with django_assert_num_queries(1):
                fetched(path(one.key, form))


def test_files_of_the_demo_content_lead_to_pages_and_files_that_are_there():
    load()
    client = Client()
    for key in ("stories", "workshops", "good-practices", "themes", "publications"):
        for row in rows(key):
            for language in row["languages"]:
                address = urlsplit(row[f"address_{language}"]).path
                assert client.get(address).status_code == 200
    files = rows("material-files")
    assert files
    for row in files:
        content = fetched(row["address"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["size"], row["sha256"])
