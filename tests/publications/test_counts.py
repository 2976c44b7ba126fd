"""What is counted of what readers fetch, what is not, and how staff get it."""

import csv
import io
import threading
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from publications import counts
from publications.counts import count_kit, most_used, with_downloads
from publications.models import DownloadDay, KitDay, Material
from tests import factories
from tests.html_document import Document

BYTES = bytes(range(256)) * 4
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
ROUTE = "publications:material_file"


@pytest.fixture
def file(db):
    return factories.make_material_file(content=BYTES, language="sv")


@pytest.fixture
def address(file) -> str:
    return file.material.path("sv", route=ROUTE)


@pytest.fixture
def fetch(client):
    """Fetches an address as a browser does, and reads the answer to its end."""

    def fetched(address: str, method: str = "get", **headers: str) -> HttpResponse:
        asked = {"user_agent": FIREFOX, **headers}
        response = getattr(client, method)(address, headers=asked)
        if response.streaming:
            list(response.streaming_content)
        return response

    return fetched


def counted() -> int:
    return sum(DownloadDay.objects.values_list("count", flat=True))


# What counts


def test_file_fetched_whole_counts_for_its_language_and_day(fetch, file, address) -> None:
    for _time in range(2):
        fetch(address)
    fetch(file.material.path("fi", route=ROUTE))
    kept = DownloadDay.objects.values_list("file", "language", "day", "count")
    today = timezone.localdate()
    assert set(kept) == {(file.pk, "sv", today, 2), (file.pk, "fi", today, 1)}


@pytest.mark.parametrize("program", [FIREFOX, IPHONE])
def test_browsers_count(fetch, address, program) -> None:
    fetch(address, user_agent=program)
    assert counted() == 1


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-1023", "bytes=0-99999", "bytes=-1024"])
def test_range_that_is_the_whole_file_counts(fetch, address, header) -> None:
    assert fetch(address, range=header).status_code == 206
    assert counted() == 1


def test_earlier_version_counts_as_itself(fetch, file) -> None:
    newer = factories.make_material_file(material=file.material, language="sv", content=BYTES)
    fetch(file.material.path("sv", route=f"{ROUTE}_version", version=1))
    assert DownloadDay.objects.get().file == file
    assert newer.version == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-1"},
        {"range": "bytes=512-"},
        {"range": "bytes=0-1022"},
        {"range": "bytes=-1023"},
        {"range": "bytes=5000-"},
        {"sec_purpose": "prefetch"},
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"user_agent": ""},
        {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user_agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2)"},
        {"user_agent": "facebookexternalhit/1.1"},
        {"user_agent": "curl/8.5.0"},
        {"user_agent": "python-requests/2.32"},
    ],
    ids=str,
)
def test_parts_prefetching_and_robots_do_not_count(fetch, address, headers) -> None:
    fetch(address, **headers)
    assert counted() == 0


def test_head_does_not_count(fetch, address) -> None:
    assert fetch(address, "head").status_code == 200
    assert counted() == 0


def test_copy_that_is_still_right_does_not_count(fetch, address) -> None:
    etag = fetch(address)["ETag"]
    assert fetch(address, if_none_match=etag).status_code == 304
    assert counted() == 1


def test_captions_do_not_count(fetch, file) -> None:
    track = factories.make_material_file(material=file.material, role="captions", name="t.vtt")
    fetch(f"{file.material.path('sv', route=ROUTE)}?nr={track.pk}")
    assert counted() == 0


def test_file_that_is_missing_does_not_count(fetch, file, address) -> None:
    file.file.storage.delete(file.file.name)
    assert fetch(address).status_code == 404
    assert counted() == 0


def test_editor_who_looks_at_a_file_in_the_admin_does_not_count(client, file) -> None:
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    address = reverse("admin:publications_materialfile_download", args=[file.pk])
    response = client.get(address, headers={"user_agent": FIREFOX})
    assert b"".join(response.streaming_content) == BYTES
    assert counted() == 0


def test_nothing_of_the_reader_is_kept(fetch, address) -> None:
    response = fetch(address)
    assert not response.cookies
    columns = {field.name for field in DownloadDay._meta.concrete_fields}
    assert columns == {"id", "file", "language", "day", "count"}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2018, 1, 31, 21, 59, 59, tzinfo=UTC), date(2018, 1, 31)),
        (datetime(2018, 1, 31, 22, 0, 0, tzinfo=UTC), date(2018, 2, 1)),
        (datetime(2018, 7, 1, 20, 59, 59, tzinfo=UTC), date(2018, 7, 1)),
        (datetime(2018, 7, 1, 21, 0, 0, tzinfo=UTC), date(2018, 7, 2)),
    ],
)
def test_day_changes_at_midnight_in_helsinki(
    fetch, address, monkeypatch, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    fetch(address)
    assert DownloadDay.objects.get().day == day


# Counting costs the reader nothing


def test_count_is_one_statement(client, file, address, django_assert_num_queries) -> None:
    with django_assert_num_queries(6):  # the count within its savepoint, and
        list(client.get(address, headers={"user_agent": FIREFOX}).streaming_content)
    with django_assert_num_queries(3):  # what a file takes that is not counted
        client.head(address, headers={"user_agent": FIREFOX})


def test_count_that_fails_is_logged_and_the_file_is_served(
    fetch, client, address, monkeypatch, caplog
) -> None:
    def refuse() -> date:
        raise DatabaseError("no room")

    monkeypatch.setattr(counts.timezone, "localdate", refuse)
    response = client.get(address, headers={"user_agent": FIREFOX})
    assert b"".join(response.streaming_content) == BYTES
    assert "was not counted" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_counts_at_once_are_both_kept() -> None:
    file = factories.make_material_file()
    together = threading.Barrier(8)

    def count() -> None:
        try:
            together.wait()
            for _time in range(5):
                counts._count(DownloadDay, file_id=file.pk, language="sv")
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DownloadDay.objects.get().count == 40


# Kits


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi", "sv+fi"])
def test_kit_counts_as_a_kit(rf, language) -> None:
    workshop = factories.make_workshop()
    request = rf.get("/", headers={"user_agent": FIREFOX})
    for _time in range(2):
        count_kit(request, HttpResponse(), workshop, language)
    kept = KitDay.objects.get()
    assert (kept.kind, kept.object_id) == ("projects_workshop", workshop.pk)
    assert (kept.language, kept.day, kept.count) == (language, timezone.localdate(), 2)


@pytest.mark.django_db
def test_kit_that_a_robot_fetches_or_that_is_not_sent_does_not_count(rf) -> None:
    theme = factories.make_theme()
    robot = rf.get("/", headers={"user_agent": "curl/8.5.0"})
    reader = rf.get("/", headers={"user_agent": FIREFOX})
    count_kit(robot, HttpResponse(), theme, "sv")
    count_kit(reader, HttpResponse(status=304), theme, "sv")
    count_kit(rf.head("/", headers={"user_agent": FIREFOX}), HttpResponse(), theme, "sv")
    assert not KitDay.objects.exists()


# What readers are shown


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("sv", 1, "1 nedladdning sedan 1.2.2018"),
        ("sv", 12, "12 nedladdningar sedan 1.2.2018"),
        ("fi", 1, "1 lataus 1.2.2018 alkaen"),
        ("fi", 12, "12 latausta 1.2.2018 alkaen"),
    ],
)
def test_page_says_how_often_its_files_were_fetched(client, file, language, count, words) -> None:
    factories.make_download_day(file=file, count=count)
    page = Document(client.get(file.material.path(language)).content.decode())
    assert any(words in " ".join(one.text.split()) for one in page.all("dd"))


def test_page_adds_up_versions_languages_and_days(client, file) -> None:
    newer = factories.make_material_file(material=file.material)
    factories.make_download_day(file=newer, count=2)
    factories.make_download_day(file=file, count=3, language="fi")
    factories.make_download_day(file=file, count=5)
    factories.make_download_day(count=100)  # of another material
    material = with_downloads(Material.objects.filter(pk=file.material_id)).get()
    assert (material.downloads, material.counted_since) == (10, date(2018, 2, 1))


def test_page_says_nothing_while_nothing_was_fetched(client, file) -> None:
    assert "Nedladdningar" not in client.get(file.material.path("sv")).content.decode()


@pytest.mark.django_db
def test_start_page_shows_the_most_used_materials_and_says_so(client) -> None:
    factories.make_project()
    materials = [factories.make_material() for _number in range(4)]
    for material, count in zip(materials[:3], (2, 7, 5), strict=True):
        file = factories.make_material_file(material=material)
        factories.make_download_day(file=file, count=count)
    order = list(most_used(Material.objects.published()))
    assert order == [materials[1], materials[2], materials[0], materials[3]]
    page = client.get(reverse("portal:home")).content.decode()
    assert "Mest använda material" in page


@pytest.mark.django_db
def test_start_page_calls_no_material_most_used_that_nobody_has_used(client) -> None:
    factories.make_project()
    used, unused = factories.make_material(), factories.make_material()
    factories.make_download_day(file=factories.make_material_file(material=used))
    page = client.get(reverse("portal:home")).content.decode()
    assert "Mest använda material" not in page
    assert str(unused.text("title")) in page


# The CSV file


@pytest.fixture
def staff(client, db):
    """Logs in somebody who may see materials and what readers fetch of them."""
    user = factories.make_user(is_staff=True, language="sv")
    rights = ("view_material", "view_downloadday", "view_kitday")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return client


ADDRESS = "/admin/publications/material/counts/"


def rows(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_staff_get_the_counts_as_a_file(staff, file) -> None:
    factories.make_download_day(file=file, count=12)
    factories.make_kit_day(owner=factories.make_workshop(), count=3)
    response = staff.get(ADDRESS, {"first": "", "last": ""})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "no-store" in response["Cache-Control"]
    heading, of_file, of_kit = rows(response)
    assert heading[0] == "Slag"
    titles = [file.material.title_sv, file.material.title_fi]
    assert of_file == ["Fil", *titles, "bilder.pdf", "1", "sv", "sv", "2018-02-01", "12"]
    workshop = ["Verkstad om välfärdsledning", "Hyvinvointijohtamisen työpaja"]
    assert of_kit == ["Paket", *workshop, "", "", "sv+fi", "", "2018-02-01", "3"]


def test_staff_choose_the_days(staff, file) -> None:
    for _day in range(4):
        factories.make_download_day(file=file)
    response = staff.get(ADDRESS, {"first": "2018-02-02", "last": "2018-02-03"})
    assert [row[7] for row in rows(response)[1:]] == ["2018-02-02", "2018-02-03"]
    assert 'nedladdningar-2018-02-02-2018-02-03.csv"' in response["Content-Disposition"]


@pytest.mark.parametrize(
    "query", [{"first": "2018-02-03", "last": "2018-02-02"}, {"first": "igår", "last": ""}]
)
def test_days_that_make_no_sense_are_explained(staff, query) -> None:
    response = staff.get(ADDRESS, query)
    assert response["Content-Type"].startswith("text/html")
    assert "errorlist" in response.content.decode()


@pytest.mark.parametrize("title", ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_title_is_no_formula_in_a_spreadsheet(staff, title) -> None:
    material = factories.make_material(title_sv=title)
    factories.make_download_day(file=factories.make_material_file(material=material))
    assert rows(staff.get(ADDRESS, {"first": ""}))[1][1] == f"'{title}"


def test_kit_of_an_item_that_is_gone_is_still_counted(staff) -> None:
    factories.make_kit_day(object_id=10**6)
    assert rows(staff.get(ADDRESS, {"first": ""}))[1][:3] == ["Paket", "", ""]


def test_list_of_materials_leads_to_the_counts(staff) -> None:
    page = Document(staff.get("/admin/publications/material/").content.decode())
    assert [one.text for one in page.all("a", href=ADDRESS)] == ["Nedladdningar"]
    form = Document(staff.get(ADDRESS).content.decode())
    assert {one.attributes["name"] for one in form.all("input", type="text")} == {"first", "last"}


@pytest.mark.parametrize("is_staff", [True, False])
def test_counts_are_only_for_those_who_may_see_materials(client, db, is_staff) -> None:
    factories.make_download_day()
    client.force_login(factories.make_user(is_staff=is_staff))
    assert client.get(ADDRESS, {"first": ""}).status_code == (403 if is_staff else 302)


def test_counts_take_few_queries(staff, django_assert_max_num_queries) -> None:
    for _number in range(3):
        factories.make_download_day()
        factories.make_kit_day()
        factories.make_kit_day(owner=factories.make_publication())
    with django_assert_max_num_queries(10):
        staff.get(ADDRESS, {"first": ""})


def test_language_of_the_file_is_that_of_the_address(fetch, file) -> None:
    with translation.override("fi"):
        fetch(file.material.path("sv", route=ROUTE))
    assert DownloadDay.objects.get().language == "sv"
