"""Kits: what they hold in which language, how they are served, and who offers them."""

import hashlib
import re
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from icalendar import Calendar

from municipalities.models import Region
from publications.kits.contents import CHOICES, kit_path, offers
from publications.kits.paths import INDEX, SUMS
from publications.models import Material, MaterialFile
from tests import factories
from tests.html_document import Document, language_of

pytestmark = pytest.mark.django_db
BOTH = "sv+fi"
PATH_MOST = 200  # signs


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def fetched(client, owner, choice: str = BOTH, language: str = "sv") -> zipfile.ZipFile:
    response = client.get(kit_path(owner, choice, language))
    assert response.status_code == 200
    content = body(response)
    assert response["Content-Length"] == str(len(content))
    return zipfile.ZipFile(BytesIO(content))


def files_in(kit: zipfile.ZipFile) -> list[str]:
    """The paths of the materials' files."""
    made = {INDEX, SUMS, "kalender.ics", "kalenteri.ics"}
    return [name for name in kit.namelist() if name.rpartition("/")[2] not in made]


def index_of(kit: zipfile.ZipFile) -> Document:
    return Document(kit.read(INDEX).decode())


def add_file(material: Material, language: str, **given) -> MaterialFile:
    return factories.make_material_file(material=material, language=language, **given)


@pytest.fixture
def workshop(db):
    factories.make_project()
    return factories.make_workshop(theme=factories.make_theme())


@pytest.fixture
def material(workshop) -> Material:
    """Slides in Swedish and Finnish, and a bilingual sheet beside them."""
    slides = factories.make_material(workshop=workshop, title_sv="Bilder", title_fi="Diat")
    add_file(slides, "sv", content=b"%PDF-sv", version=1)
    add_file(slides, "fi", content=b"%PDF-fi", version=1)
    sheet = factories.make_material(workshop=workshop, title_sv="Blad", title_fi="Lomake")
    add_file(sheet, "sv+fi", content=b"%PDF-both", version=2)
    return slides


# What is inside


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (
            "sv+fi",
            [
                *("Bilder (sv, v1).pdf", "Diat (fi, v1).pdf"),
                "Blad – Lomake (sv-fi, v2).pdf",
            ],
        ),
        ("sv", ["Bilder (svenska, v1).pdf", "Blad (svenska och finska, v2).pdf"]),
        ("fi", ["Lomake (suomi ja ruotsi, v2).pdf", "Diat (suomi, v1).pdf"]),
    ],
)
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_kit_holds_the_files_of_its_languages(client, workshop, material, choice, names, language):
    with fetched(client, workshop, choice, language) as kit:
        assert sorted(files_in(kit)) == sorted(names)
        assert kit.testzip() is None
        entry = {"sv": ["kalender.ics"], "fi": ["kalenteri.ics"]}
        entries = entry.get(choice, ["kalender.ics", "kalenteri.ics"])
        assert kit.namelist()[: 2 + len(entries)] == [INDEX, *entries, SUMS]


def test_kit_is_the_same_for_readers_of_both_languages_and_at_any_time(
    client, workshop, material, monkeypatch
):
    for choice in CHOICES:
        first = client.get(kit_path(workshop, choice, "sv"))
        later = timezone.now() + timedelta(days=40)
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda later=later: later)
            second = client.get(kit_path(workshop, choice, "fi"))
        assert first["ETag"] == second["ETag"]
        assert body(first) == body(second)
    assert len({client.head(kit_path(workshop, choice))["ETag"] for choice in CHOICES}) == 3


def test_change_of_content_changes_the_etag(client, workshop, material):
    def etag() -> str:
        return client.head(kit_path(workshop, BOTH))["ETag"]

    seen = [etag()]
    add_file(material, "sv", content=b"%PDF-sv new", version=2)
    seen.append(etag())
    Material.objects.filter(pk=material.pk).update(lead_fi="Toinen johdanto.")
    seen.append(etag())
    type(workshop).objects.filter(pk=workshop.pk).update(place_sv="Esbo")
    seen.append(etag())
    factories.make_contact_assignment(workshop=workshop)
    seen.append(etag())
    assert len(set(seen)) == len(seen)
    assert re.fullmatch(r'"[0-9a-f]{64}"', seen[0])


def test_newest_public_version_alone_is_inside(client, workshop, material):
    add_file(material, "sv", content=b"%PDF-sv 2", version=2)
    add_file(material, "sv", content=b"%PDF-sv 3", version=3, published_at=None)
    add_file(
        material,
        "sv",
        content=b"%PDF-sv 4",
        version=4,
        published_at=timezone.now() + timedelta(days=1),
    )
    with fetched(client, workshop, "sv") as kit:
        assert kit.read("Bilder (svenska, v2).pdf") == b"%PDF-sv 2"
        assert len(files_in(kit)) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "draft"},
        {"decision": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=1)},
        {"withdraw_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_material_that_is_not_public_is_in_no_kit(client, workshop, material, changes):
    Material.objects.filter(pk=material.pk).update(**changes)
    with fetched(client, workshop) as kit:
        assert files_in(kit) == ["Blad – Lomake (sv-fi, v2).pdf"]
        assert "Bilder" not in kit.read(INDEX).decode()


def test_captions_lie_beside_their_video_under_its_name(client, workshop):
    film = factories.make_material(
        workshop=workshop, type="video", title_sv="Film", title_fi="Elokuva"
    )
    add_file(film, "sv+fi", name="film.mp4", version=1)
    for language in ("sv", "fi"):
        add_file(film, language, name="text.vtt", role="captions", version=1)
    with fetched(client, workshop) as kit:
        stem = "Film – Elokuva (sv-fi, v1)"
        assert set(files_in(kit)) == {f"{stem}.mp4", f"{stem}.sv.vtt", f"{stem}.fi.vtt"}
    with fetched(client, workshop, "fi") as kit:
        stem = "Elokuva (suomi ja ruotsi, v1)"
        assert files_in(kit) == [f"{stem}.mp4", f"{stem}.fi.vtt"]


def test_kit_of_a_municipality_has_a_folder_for_each_of_its_workshops(client, workshop, material):
    espoo = factories.make_municipality()
    workshop.municipalities.add(espoo)
    other = factories.make_workshop(title_sv="Andra", title_fi="Toinen", municipalities=[espoo])
    add_file(factories.make_material(workshop=other), "sv")
    withdrawn = factories.make_workshop(municipalities=[espoo], decision="withdrawn")
    add_file(factories.make_material(workshop=withdrawn), "sv")
    add_file(factories.make_material(workshop=factories.make_workshop()), "sv")
    with fetched(client, espoo, "sv") as kit:
        assert {name.partition("/")[0] for name in kit.namelist()} == {
            *(INDEX, SUMS, "2018-10-11 Verkstad om välfärdsledning", "2018-10-12 Andra")
        }
        entry = Calendar.from_ical(kit.read("2018-10-12 Andra/kalender.ics"))
        assert [str(event["UID"]) for event in entry.walk("VEVENT")] == [str(other.uid)]


def test_kit_of_a_theme_has_its_own_and_what_belongs_to_it(client, workshop, material):
    theme = workshop.theme
    add_file(factories.make_material(theme=theme, title_sv="Eget"), "sv")
    publication = factories.make_publication(theme=theme, title_sv="Rapporten", year=2018)
    add_file(
        factories.make_material(publication=publication, title_sv="Sammandrag"), "sv", version=1
    )
    with fetched(client, theme, "sv") as kit:
        folders = [name.rpartition("/")[0] for name in files_in(kit)]
        workshops = "2018-10-11 Verkstad om välfärdsledning"
        assert folders == ["", workshops, workshops, "2018 Rapporten"]
    with fetched(client, publication, "sv") as kit:
        assert files_in(kit) == ["Sammandrag (svenska, v1).pdf"]


def test_kit_of_a_regional_actor_is_of_the_workshops_for_its_region(client, workshop, material):
    espoo = factories.make_municipality()
    actor = factories.make_regional_actor(region=espoo.region)
    assert client.get(kit_path(actor, BOTH)).status_code == 404
    workshop.municipalities.set([espoo, factories.make_municipality()])
    with fetched(client, actor, "fi") as kit:
        assert len(files_in(kit)) == 2
    elsewhere = factories.make_regional_actor(
        region=Region.objects.exclude(pk=actor.region_id).first() or factories.make_region()
    )
    assert elsewhere.region_id != actor.region_id
    assert client.get(kit_path(elsewhere, BOTH)).status_code == 404


# Names


def test_equal_titles_get_paths_of_their_own_on_every_system(client, workshop):
    titles = ["Öppna data", "öppna DATA", unicodedata.normalize("NFD", "Öppna data")]
    for number, title in enumerate(titles):
        material = factories.make_material(
            workshop=workshop, title_sv=title, slug_sv=f"a-{number}", slug_fi=f"b-{number}"
        )
        add_file(material, "sv", content=f"{number}".encode(), version=1)
    with fetched(client, workshop, "sv") as kit:
        names = files_in(kit)
        assert names == [
            "Öppna data (svenska, v1).pdf",
            "öppna DATA (svenska, v1) (2).pdf",
            "Öppna data (svenska, v1) (3).pdf",
        ]
        assert [kit.read(name) for name in names] == [b"0", b"1", b"2"]


def test_paths_are_short_and_safe_whatever_the_titles(client):
    long = "Välfärdsfrämjandets <grund>: “en” översikt? * " * 4
    theme = factories.make_theme()
    for number, title in enumerate((long[:200], long[:199], "CON.", "../../etc/passwd", "a\\b")):
        workshop = factories.make_workshop(
            theme=theme,
            title_sv=title,
            title_fi=f"Toinen {title}"[:200],
            slug_sv=f"a-{number}",
            slug_fi=f"b-{number}",
        )
        material = factories.make_material(
            workshop=workshop,
            title_sv=title,
            title_fi=f"Kolmas {title}"[:200],
            slug_sv=f"a-{number}",
            slug_fi=f"b-{number}",
        )
        for language in ("sv", "sv+fi", "fi", "en"):
            add_file(material, language)
    for choice in CHOICES:
        with fetched(client, theme, choice) as kit:
            names = kit.namelist()
            folded = {unicodedata.normalize("NFC", name).casefold() for name in names}
            assert len(folded) == len(names)
            for name in names:
                assert len(name.encode()) <= PATH_MOST
                assert name == unicodedata.normalize("NFC", name)
                assert not re.search(r'[<>:"|?*\\\x00-\x1f]', name)
                for part in name.split("/"):
                    assert part == part.strip(" ").rstrip(".") and part not in ("", "..")
                    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part, re.I)


# Checksums and the index


def test_checksums_are_of_every_other_file(client, workshop, material, tmp_path):
    with fetched(client, workshop) as kit:
        sums = dict(reversed(line.split("  ", 1)) for line in kit.read(SUMS).decode().splitlines())
        assert set(sums) == set(kit.namelist()) - {SUMS}
        for name, digest in sums.items():
            assert hashlib.sha256(kit.read(name)).hexdigest() == digest
        kit.extractall(tmp_path)
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("NOT TESTED: sha256sum is not installed here.")
    subprocess.run([program, "-c", SUMS], cwd=tmp_path, check=True, capture_output=True)


class Linked(HTMLParser):
    """Addresses that a page would fetch or lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.led: list[str] = []
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.led.append(value)
            elif name in ("src", "href", "srcset", "action"):
                self.loaded.append(value)


@pytest.mark.parametrize("choice", CHOICES)
def test_index_opens_without_a_network_and_leads_to_every_file(client, workshop, material, choice):
    factories.make_contact_assignment(workshop=workshop)
    with fetched(client, workshop, choice) as kit:
        links = Linked(kit.read(INDEX).decode())
        inside = {unquote(one) for one in links.led if not re.match(r"https?:|mailto:|tel:|#", one)}
        assert inside == set(kit.namelist()) - {INDEX, SUMS}
    assert not links.loaded


@pytest.mark.parametrize("choice", CHOICES)
def test_index_speaks_the_languages_of_the_kit(client, workshop, material, choice):
    with fetched(client, workshop, choice) as kit:
        index = index_of(kit)
    asked = choice.split("+")
    assert [one.attributes["lang"] for one in index.all("html")] == asked[:1]
    assert [one.attributes["lang"] for one in index.all("div")] == asked
    assert len(index.all("h1")) == len(asked)
    assert not index.unbalanced
    for language, text in index.texts:
        assert language_of(text) in ("", language), text
    ids = [one.attributes["id"] for one in index.elements if one.attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_index_tells_terms_contacts_date_and_where_it_came_from(client, workshop, material):
    factories.make_contact_assignment(workshop=workshop)
    factories.make_contact_assignment(
        workshop=workshop,
        contact=factories.make_contact(name="Nyckel Borta", visible_until="2018-01-01"),
    )
    with fetched(client, workshop, "sv") as kit:
        text = " ".join(text for _language, text in index_of(kit).texts)
        links = Linked(kit.read(INDEX).decode()).led
    assert "CC BY 4.0" in text and "om du anger upphovspersonen" in text
    assert f"Bilder. Kommunförbundet, CC BY 4.0. http://testserver{material.path('sv')}" in text
    assert "Eeva Ström" in text and "Nyckel Borta" not in text
    assert "15.1.2018" in text
    assert f"http://testserver{kit_path(workshop, 'sv', 'sv')}" in links
    assert "https://creativecommons.org/licenses/by/4.0/deed.sv" in links


def test_index_lists_links_and_what_is_in_the_other_language_only(client, workshop, material):
    factories.make_material(
        workshop=workshop,
        type="link",
        title_sv="Statistiken",
        link_sv="https://example.fi/sv/statistik",
        link_fi="https://example.fi/fi/tilastot",
    )
    finnish = factories.make_material(
        workshop=workshop, title_sv="Bara finsk", title_fi="Vain suomi"
    )
    add_file(finnish, "fi")
    with fetched(client, workshop, "sv") as kit:
        text = " ".join(text for _language, text in index_of(kit).texts)
        links = Linked(kit.read(INDEX).decode()).led
        assert not any("Bara finsk" in name for name in kit.namelist())
    assert "Ingår inte i det här paketet, eftersom filerna är på ett annat språk: finska." in text
    assert f"http://testserver{finnish.path('sv')}" in links
    assert "https://example.fi/sv/statistik" in links


def test_index_marks_examples(client, workshop, material):
    with fetched(client, workshop) as kit:
        assert "Exempel" not in kit.read(INDEX).decode()
    Material.objects.filter(pk=material.pk).update(is_example=True)
    with fetched(client, workshop) as kit:
        text = [text for _language, text in index_of(kit).texts]
    assert "Exempel" in text and "Esimerkki" in text
    assert "Det som är märkt som exempel är påhittat för att visa hur portalen fungerar." in text


# How it is served


def test_headers_name_the_kit(client, workshop, material):
    response = client.head(kit_path(workshop, "fi", "sv"))
    assert response.status_code == 200 and response.content == b""
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Language"] == "fi"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Accept-Ranges"] == "bytes"
    name = response["Content-Disposition"]
    assert 'filename="hyvinvointijohtamisen-tyopaja-fi.zip"' in name
    assert unquote(name).endswith("UTF-8''Hyvinvointijohtamisen työpaja (fi).zip")
    assert client.head(kit_path(workshop, BOTH))["Content-Language"] == "sv, fi"
    assert "Last-Modified" not in response
    whole = client.get(kit_path(workshop, "fi", "sv"))
    assert len(body(whole)) == int(response["Content-Length"])


def test_known_kit_is_not_sent_again(client, workshop, material):
    path = kit_path(workshop, BOTH)
    etag = client.head(path)["ETag"]
    response = client.get(path, headers={"If-None-Match": etag})
    assert response.status_code == 304 and response["ETag"] == etag
    assert not body(response)
    other = client.get(path, headers={"If-None-Match": f'"{"0" * 64}"'})
    assert other.status_code == 200 and body(other)


def test_interrupted_download_goes_on_where_it_stopped(client, workshop, material):
    path = kit_path(workshop, BOTH)
    whole = client.get(path)
    content, etag = body(whole), whole["ETag"]
    for start, stop in ((0, 1), (10, 2000), (len(content) - 30, len(content))):
        part = client.get(path, headers={"Range": f"bytes={start}-{stop - 1}", "If-Range": etag})
        assert part.status_code == 206
        assert part["Content-Range"] == f"bytes {start}-{stop - 1}/{len(content)}"
        assert body(part) == content[start:stop]
    late = client.get(path, headers={"Range": f"bytes={len(content)}-"})
    assert late.status_code == 416
    changed = client.get(path, headers={"Range": "bytes=5-9", "If-Range": '"other"'})
    assert changed.status_code == 200 and body(changed) == content


@pytest.mark.parametrize(
    ("language", "query"),
    [("sv", "?sprak=bada"), ("sv", "?sprak="), ("sv", "?kieli=fi"), ("fi", "?kieli=molemmat")],
)
def test_both_languages_are_the_usual_choice(client, workshop, material, language, query):
    usual = kit_path(workshop, BOTH, language)
    assert client.head(usual + query)["ETag"] == client.head(usual)["ETag"]


def test_choice_is_read_in_any_case(client, workshop, material):
    path = kit_path(workshop, BOTH)
    assert client.head(f"{path}?sprak=+FI")["ETag"] == client.head(f"{path}?sprak=fi")["ETag"]


@pytest.mark.parametrize(
    ("language", "query"), [("sv", "sprak=en"), ("sv", "sprak=molemmat"), ("fi", "kieli=bada")]
)
def test_unknown_choice_is_not_found_and_leads_on(client, workshop, material, language, query):
    path = kit_path(workshop, BOTH, language)
    response = client.get(f"{path}?{query}")
    assert response.status_code == 404
    page = Document(response.content.decode())
    heading = {"sv": "Ett sådant paket finns inte", "fi": "Tällaista pakettia ei ole"}[language]
    assert [one.text for one in page.all("h1")] == [heading]
    assert page.all("a", href=path) and page.all("a", href=workshop.path(language))
    assert not page.all("link", rel="canonical")


def test_kit_without_files_is_not_found(client, workshop):
    factories.make_material(
        workshop=workshop, type="link", link_sv="https://x.fi/", link_fi="https://x.fi/"
    )
    response = client.get(kit_path(workshop, BOTH))
    assert response.status_code == 404 and response["Cache-Control"] == "no-store"
    add_file(factories.make_material(workshop=workshop), "fi")
    assert client.head(kit_path(workshop, BOTH)).status_code == 200
    response = client.get(kit_path(workshop, "sv"))
    assert response.status_code == 404
    assert Document(response.content.decode()).all("a", href=kit_path(workshop, BOTH))


def test_kit_of_what_is_not_public_is_not_found(client, workshop, material):
    type(workshop).objects.filter(pk=workshop.pk).update(decision="draft")
    assert client.get(kit_path(workshop, BOTH)).status_code == 404


def test_old_addresses_lead_to_the_kit_and_keep_the_choice(client, workshop, material):
    old = kit_path(workshop, "fi")
    workshop.slug_sv = "ny-adress"
    workshop.save()
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == kit_path(workshop, "fi")
    assert response["Location"].endswith("/ny-adress/paket.zip?sprak=fi")


@pytest.mark.parametrize("content", [None, b"%PDF"])
def test_lost_file_is_said_before_the_first_byte(client, workshop, material, caplog, content):
    file = material.files.get(language="sv")
    Path(file.file.path).unlink()
    if content is not None:
        Path(file.file.path).write_bytes(content)
    for ask in (client.get, client.head):
        response = ask(kit_path(workshop, BOTH))
        assert response.status_code == 404 and response["Cache-Control"] == "no-store"
    page = Document(client.get(kit_path(workshop, BOTH)).content.decode())
    assert [one.text for one in page.all("h1")] == ["Paketet går inte att hämta"]
    assert str(file.file.name) in caplog.text
    assert client.head(kit_path(workshop, "fi")).status_code == 200


def test_file_that_was_lost_when_it_was_to_be_measured_is_measured_by_the_check(
    client, workshop, material, caplog
):
    MaterialFile.objects.filter(language="sv").update(crc32=None)
    response = client.get(kit_path(workshop, BOTH))
    assert response.status_code == 404
    assert "has not been measured" in caplog.text
    call_command("check_files")
    assert client.head(kit_path(workshop, BOTH)).status_code == 200
    MaterialFile.objects.get(language="sv", crc32__isnull=False)


def test_kit_from_a_storage_without_paths(client, workshop):
    memory = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    with override_settings(STORAGES={**settings.STORAGES, **memory}):
        file = add_file(factories.make_material(workshop=workshop), "sv", content=b"%PDF-x")
        with fetched(client, workshop) as kit:
            assert kit.testzip() is None
        default_storage.delete(str(file.file.name))
        assert client.get(kit_path(workshop, BOTH)).status_code == 404


# Who offers them


def test_pages_offer_what_there_is_by_number_and_size(client, workshop, material):
    espoo = factories.make_municipality()
    actor = factories.make_regional_actor(region=espoo.region)
    workshop.municipalities.add(espoo)
    for owner in (workshop, workshop.theme, espoo, actor):
        for language in ("sv", "fi"):
            page = Document(client.get(owner.path(language)).content.decode())
            for choice in CHOICES:
                assert len(page.all("a", href=kit_path(owner, choice, language))) == 1, owner
        page = Document(client.get(owner.path("sv")).content.decode())
        both = page.all("a", href=kit_path(owner, BOTH, "sv"))[0]
        assert " ".join(both.text.split()) == "Ladda ner allt i ett paket (ZIP, 3 filer, 1 kB)"


def test_pages_offer_nothing_where_there_is_nothing(client, workshop):
    factories.make_material(workshop=workshop)
    publication = factories.make_publication()
    for owner in (workshop, workshop.theme, factories.make_municipality(), publication):
        assert not offers(owner)
        assert "paket.zip" not in client.get(owner.path("sv")).content.decode()


def test_choice_that_holds_all_is_offered_once(client, workshop):
    add_file(factories.make_material(workshop=workshop), "sv")
    assert [offer.choice for offer in offers(workshop)] == [BOTH]


def test_what_is_offered_is_what_is_in_the_kit(client, workshop, material):
    film = factories.make_material(workshop=workshop, type="video")
    add_file(film, "sv", name="film.mp4", version=1)
    add_file(film, "fi", name="text.vtt", role="captions", version=1)
    add_file(material, "sv", version=2)
    for offer in offers(workshop.theme):
        with fetched(client, workshop.theme, offer.choice) as kit:
            names = files_in(kit)
            assert len(names) == offer.count
            assert sum(kit.getinfo(name).file_size for name in names) == offer.size


def test_kit_asks_the_database_as_little_for_three_as_for_one(
    client, workshop, material, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        body(client.get(kit_path(workshop.theme, BOTH)))
    for _number in range(3):
        one = factories.make_workshop(theme=workshop.theme)
        add_file(factories.make_material(workshop=one), "sv")
        publication = factories.make_publication(theme=workshop.theme)
        add_file(factories.make_material(publication=publication), "sv")
        factories.make_contact_assignment(theme=workshop.theme)
    with django_assert_max_num_queries(8):
        body(client.get(kit_path(workshop.theme, BOTH)))
