"""A material is a page: what it looks like, its text, and how to name it."""

import pytest
from django.urls import reverse

from publications.models import MaterialFile
from publications.text_extraction.tasks import read_file
from tests import factories, sample_files
from tests.html_document import Document


@pytest.fixture
def file(db) -> MaterialFile:
    made = factories.make_material_file(
        language="sv",
        content=sample_files.pdf([(20, "Små steg"), (11, ""), (11, "Brödtext.")], [(11, "Mera.")]),
        reading_text="",
        text_checked_at=None,
    )
    read_file.call(made.pk)
    made.refresh_from_db()
    return made


def picture(file: MaterialFile, number: int = 1, width: int = 480) -> str:
    return reverse("previews:page_picture", args=[file.pk, number, width])


def page_of(client, file: MaterialFile, language: str) -> tuple[str, Document]:
    html = client.get(file.material.path(language)).content.decode()
    return html, Document(html)


def test_first_pages_are_shown_with_their_size_and_what_they_are(client, file):
    _html, page = page_of(client, file, "sv")
    images = [one.attributes for one in page.all("img") if "srcset" in one.attributes]
    assert [image["alt"] for image in images] == ["Bild 1: Små steg", "Bild 2"]
    for number, image in enumerate(images, 1):
        assert image["src"] == picture(file, number)
        assert picture(file, number, 960) in image["srcset"]
        assert (image["width"], image["height"]) == ("960", "1359")
        assert image["loading"] == "lazy"
        assert "lang" not in image
    address = file.material.path("sv", route="publications:material_file")
    assert [
        one.attributes["href"]
        for one in page.all("a")
        if "#page=" in one.attributes.get("href", "")
    ] == [
        f"{address}#page=1",
        f"{address}#page=2",
    ]


def test_what_is_in_the_other_language_says_so(client, file):
    html, page = page_of(client, file, "fi")
    images = [one.attributes for one in page.all("img") if "srcset" in one.attributes]
    assert [(image["alt"], image["lang"]) for image in images] == [
        ("Bild 1: Små steg", "sv"),
        ("Bild 2", "sv"),
    ]
    assert '<div class="prose" lang="sv"><h3>Bild 1: Små steg</h3><p>Brödtext.</p>' in html


def test_text_says_that_nobody_has_checked_it_until_somebody_has(client, file):
    note = {
        "sv": "Texten har hämtats automatiskt ur filen och har inte granskats.",
        "fi": "Teksti on poimittu automaattisesti, eikä sitä ole tarkistettu.",
    }
    for language in ("sv", "fi"):
        assert note[language] in page_of(client, file, language)[0]
    MaterialFile.objects.update(text_checked_at=factories.LONG_AGO)
    for language in ("sv", "fi"):
        html, _page = page_of(client, file, language)
        assert note[language] not in html
        assert "Brödtext." in html


def test_text_of_a_deck_stands_for_that_of_its_pdf(client, file):
    factories.make_material_file(
        material=file.material,
        language="sv",
        version=1,
        name="a.pptx",
        content=sample_files.pptx(),
        reading_text="<h2>Bild 1</h2><p>Med anteckningar</p>",
    )
    html, page = page_of(client, file, "sv")
    assert "Med anteckningar" in html
    assert "Brödtext." not in html
    assert picture(file) in [one.attributes["src"] for one in page.all("img")]


def test_material_is_named_in_both_languages(client, file):
    html, page = page_of(client, file, "sv")
    assert "Ange källan så här:" in html
    ways = [one for one in page.all("div") if one.attributes.get("class") == "citation"]
    assert [way.attributes.get("lang") for way in ways] == [None, "fi"]
    for code, title, name in (
        ("sv", "Bilder om välfärdsledning", "Kommunförbundet"),
        ("fi", "Hyvinvointijohtamisen diat", "Kuntaliitto"),
    ):
        address = f"http://testserver{file.material.path(code)}"
        assert f"{title}. {name}, CC BY 4.0." in html
        assert f'<span class="address">{address}</span>' in html


def test_material_in_one_language_is_named_in_that_one(client, db):
    material = factories.make_material(
        pairing="fi", pairing_reason="Vain suomeksi.", title_sv=None, slug_sv=None, lead_sv=None
    )
    page = Document(client.get(material.path("sv")).content.decode())
    ways = [one for one in page.all("div") if one.attributes.get("class") == "citation"]
    assert [way.attributes.get("lang") for way in ways] == ["fi"]


def test_list_shows_the_first_page_or_a_drawn_cover(client, file):
    factories.make_material(title_sv="Utan <filer> & bilder")
    html = client.get(reverse("publications:material_list")).content.decode()
    assert f'src="{picture(file)}"' in html
    assert html.count('<svg class="title-card') == 1
    assert "&lt;filer&gt; &amp;" in html


def test_picture_is_public_as_long_as_its_file_and_material_are(client, file):
    response = client.get(picture(file))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert b"".join(response.streaming_content).startswith(b"RIFF")
    for address in (picture(file, 3), picture(file, 1, 481), picture(file, 0)):
        assert client.get(address).status_code == 404
    file.material.decision = "draft"
    file.material.save()
    assert client.get(picture(file)).status_code == 404


def test_picture_of_a_file_that_is_not_public_is_not_served(client, db):
    draft = factories.make_material_file(published_at=None)
    read_file.call(draft.pk)
    assert client.get(picture(draft)).status_code == 404


def test_plain_text_is_without_markup(db):
    file = factories.make_material_file(
        reading_text="<h2>Å &amp; Ö</h2><ul><li>ett<ul><li>två</li></ul></li></ul>"
        "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"
    )
    assert file.plain_text() == "Å & Ö\nett\ntvå\na\nb"
