"""A file whose bytes are gone: readers are told calmly, in their language, and staff by the log."""

import logging

import pytest

from publications.kits.contents import kit_path
from tests import factories
from tests.html_document import Document

ROUTE = "publications:material_file"
PICTURE = {"number": 1, "heading": "Bild", "folder": "drawn", "width": 960, "height": 540}


@pytest.fixture
def errors(caplog):
    """What staff are told of in the log."""
    return lambda: [one for one in caplog.records if one.levelno >= logging.ERROR]


def told(response, language: str, heading: str) -> None:
    """The page says so in the language of its address, and is not to be kept."""
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    document = Document(response.content.decode())
    assert [(one.text, one.language) for one in document.all("h1")] == [(heading, language)]
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("language", "heading"), [("sv", "Filen går inte att hämta"), ("fi", "Tiedostoa ei voi ladata")]
)
@pytest.mark.parametrize("left", [None, b"%PDF"], ids=["gone", "cut"])
def test_missing_file_is_told_in_the_language_of_the_address(
    client, db, errors, language: str, heading: str, left: bytes | None
) -> None:
    file = factories.make_material_file()
    storage, name = file.file.storage, str(file.file.name)
    storage.delete(name)
    if left is not None:
        with storage.open(name, "wb") as cut:
            cut.write(left)
    told(client.get(file.material.path(language, route=ROUTE)), language, heading)
    assert [(one.name, name in one.getMessage()) for one in errors()] == [
        ("publications.files", True)
    ]
    assert client.get(file.material.path(language)).status_code == 200


@pytest.mark.parametrize(
    ("language", "heading"),
    [("sv", "Paketet går inte att hämta"), ("fi", "Pakettia ei voi ladata")],
)
def test_kit_with_a_missing_file_is_told_in_the_language_of_the_address(
    client, db, errors, language: str, heading: str
) -> None:
    workshop = factories.make_workshop()
    file = factories.make_material_file(material=factories.make_material(workshop=workshop))
    file.file.storage.delete(str(file.file.name))
    told(client.get(kit_path(workshop, language, language)), language, heading)
    assert [one.name for one in errors()] == ["publications.files"]


def test_missing_picture_of_a_page_is_not_found_and_told_of_in_the_log(client, db, errors) -> None:
    file = factories.make_material_file(page_pictures=[PICTURE])
    response = client.get(f"/previews/{file.pk}/1-960.webp")
    assert response.status_code == 404
    assert [(one.name, "drawn" in one.getMessage()) for one in errors()] == [
        ("publications.previews", True)
    ]
    assert client.get(file.material.path("sv")).status_code == 200
