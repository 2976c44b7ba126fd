"""Files as readers get them: conditions, ranges, names, versions, and storages without a path."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from publications.files import CHUNK, Chunks
from publications.models import MaterialFile
from publications.ranges import Unsatisfiable, range_of
from tests import factories
from tests.html_document import Document

BYTES = bytes(range(256)) * 4
SIZE = len(BYTES)
ETAG = f'"{hashlib.sha256(BYTES).hexdigest()}"'
OTHER = f'"{"0" * 64}"'
SINCE = datetime(2018, 1, 15, 7, 0, tzinfo=UTC)  # factories.LONG_AGO
DATE = "Mon, 15 Jan 2018 07:00:00 GMT"
EARLIER = "Mon, 15 Jan 2018 06:59:59 GMT"
LATER = "Tue, 16 Jan 2018 07:00:00 GMT"
ROUTE = "publications:material_file"
VERSION = "publications:material_file_version"


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def status(response) -> int:
    """The status of an answer whose bytes are of no interest."""
    body(response)
    return response.status_code


@pytest.fixture
def file(db) -> MaterialFile:
    return factories.make_material_file(content=BYTES, language="sv")


@pytest.fixture
def address(file) -> str:
    return file.material.path("sv", route=ROUTE)


@pytest.fixture
def without_paths():
    """A storage that has no files on a disk."""
    memory = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    with override_settings(STORAGES={**settings.STORAGES, **memory}):
        yield


# Ranges

Z = SIZE - 1


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, Z),
        ("bytes=5-9", 5, 9),
        (f"bytes=5-{Z}", 5, Z),
        ("bytes=5-99999", 5, Z),
        ("bytes=5-" + "9" * 5000, 5, Z),
        ("bytes=" + "0" * 5000 + "5-9", 5, 9),
        (f"bytes={Z}-", Z, Z),
        ("bytes=-1", Z, Z),
        ("bytes=-24", SIZE - 24, Z),
        (f"bytes=-{SIZE}", 0, Z),
        ("bytes=-99999", 0, Z),
        ("BYTES=5-9", 5, 9),
        ("bytes= 5-9 ", 5, 9),
        ("bytes=,5-9,", 5, 9),
    ],
)
def test_one_range_is_answered_with_its_bytes(client, address, header, first, last):
    response = client.get(address, headers={"range": header})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["ETag"] == ETAG
    assert body(response) == BYTES[first : last + 1]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=9-5",
        "bytes=a-b",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=1.0-2",
        "bytes=٣-٤",
        "bytes =0-1",
        "lines=0-1",
        "bytes=0-1,5-9",
        "bytes=0-1,99999-",
        "bytes=0-1,nonsense",
        "bytes=" + ",".join(f"{n}-{n}" for n in range(500)),
    ],
)
def test_several_or_unreadable_ranges_are_answered_with_the_whole(client, address, header):
    response = client.get(address, headers={"range": header})
    assert response.status_code == 200
    assert "Content-Range" not in response
    assert body(response) == BYTES


@pytest.mark.parametrize(
    "header",
    [f"bytes={SIZE}-", "bytes=99999-100000", "bytes=-0", "bytes=" + "9" * 5000 + "-",
     f"bytes={SIZE}-,-0"],
)  # fmt: skip
def test_range_beyond_the_end_is_refused(client, address, header):
    response = client.get(address, headers={"range": header})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response["Cache-Control"] == "no-store"
    assert body(response) == b""


def test_range_of_an_empty_file_cannot_be_met():
    for header in ("bytes=0-", "bytes=-5"):
        with pytest.raises(Unsatisfiable):
            range_of(header, 0)


# Conditions: RFC 9110, section 13.2.2

PART = {"range": "bytes=5-9"}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"if-none-match": ETAG}, 304),
        ({"if-none-match": f"W/{ETAG}"}, 304),
        ({"if-none-match": f"{OTHER}, {ETAG}"}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": OTHER}, 200),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": LATER}, 304),
        ({"if-modified-since": EARLIER}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        # The entity tag decides, the date is not looked at.
        ({"if-none-match": OTHER, "if-modified-since": LATER}, 200),
        ({"if-none-match": ETAG, "if-modified-since": EARLIER}, 304),
        ({"if-match": ETAG}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": OTHER}, 412),
        ({"if-match": f"W/{ETAG}"}, 412),
        ({"if-unmodified-since": DATE}, 200),
        ({"if-unmodified-since": EARLIER}, 412),
        ({"if-match": ETAG, "if-unmodified-since": EARLIER}, 200),
        ({"if-match": OTHER, "if-none-match": ETAG}, 412),
        ({"if-match": ETAG, "if-none-match": ETAG}, 304),
        # Conditions come before ranges, and If-Range last.
        ({**PART, "if-none-match": ETAG}, 304),
        ({**PART, "if-match": OTHER}, 412),
        ({**PART, "if-none-match": OTHER}, 206),
        ({**PART, "if-match": ETAG}, 206),
        ({**PART, "if-range": ETAG}, 206),
        ({**PART, "if-range": f"W/{ETAG}"}, 200),
        ({**PART, "if-range": OTHER}, 200),
        ({**PART, "if-range": DATE}, 206),
        ({**PART, "if-range": LATER}, 200),
        ({**PART, "if-range": EARLIER}, 200),
        ({**PART, "if-range": "nonsense"}, 200),
        ({"if-range": ETAG}, 200),
        ({"range": "bytes=99999-", "if-range": OTHER}, 200),
        ({"range": "bytes=99999-", "if-none-match": ETAG}, 304),
    ],
    ids=str,
)
def test_conditions_are_tested_in_their_order(client, address, headers, code):
    response = client.get(address, headers=headers)
    assert response.status_code == code
    expected = {200: BYTES, 206: BYTES[5:10]}.get(code, b"")
    assert body(response) == expected
    if code == 304:
        whole = client.head(address)
        for name in ("ETag", "Last-Modified", "Cache-Control", "Content-Language"):
            assert response[name] == whole[name]
        # A cache would put it in place of the stored one.
        assert "sandbox" in response["Content-Security-Policy"]


def test_date_of_the_running_second_tells_no_two_files_apart(client, db):
    file = factories.make_material_file(content=BYTES, published_at=timezone.now())
    path = file.material.path("sv", route=ROUTE)
    date = client.head(path)["Last-Modified"]
    assert status(client.get(path, headers={**PART, "if-range": date})) == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, 200),
        (PART, 200),
        ({"range": "bytes=99999-"}, 200),
        ({"if-none-match": ETAG}, 304),
        ({"if-match": OTHER}, 412),
    ],
    ids=str,
)
def test_head_tells_the_length_and_sends_nothing(client, address, headers, code):
    response = client.head(address, headers=headers)
    assert response.status_code == code
    assert body(response) == b""
    if code == 200:
        got = client.get(address)
        assert body(got) == BYTES
        assert response.headers == got.headers
        assert response["Content-Length"] == str(SIZE)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("pieces", [1, 2, 7, 100])
def test_download_resumed_in_pieces_equals_the_whole(client, db, pieces):
    whole = bytes(n * n % 251 for n in range(2 * CHUNK + 77))
    path = factories.make_material_file(content=whole).material.path("fi", route=ROUTE)
    got, tag = b"", client.head(path)["ETag"]
    while len(got) < len(whole):
        end = len(got) + len(whole) // pieces
        headers = {"range": f"bytes={len(got)}-{end}", "if-range": tag}
        response = client.get(path, headers=headers)
        assert response.status_code == 206
        got += body(response)
    assert got == whole == body(client.get(path))


def test_file_is_sent_in_chunks_and_closed(client, db):
    file = factories.make_material_file(content=b"x" * (2 * CHUNK + 1))
    response = client.get(file.material.path(route=ROUTE))
    assert [len(chunk) for chunk in response] == [CHUNK, CHUNK, 1]
    stored = default_storage.open(str(file.file.name), "rb")
    Chunks(stored, range(5)).close()  # a reader who leaves at once
    assert stored.closed


# What the headers say


def test_headers_of_a_file(client, file, address):
    response = client.get(address)
    assert body(response) == BYTES
    assert response["ETag"] == ETAG
    assert response["Last-Modified"] == DATE
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Language"] == "sv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Vary" not in response
    assert not response.cookies


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("a.pdf", "application/pdf", "inline"),
        ("a.csv", "text/csv; charset=utf-8", "attachment"),
        ("a.vtt", "text/vtt; charset=utf-8", "inline"),
        ("a.mp4", "video/mp4", "inline"),
        (
            "a.pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "attachment",
        ),
    ],
)
def test_type_is_named_with_its_charset(client, db, name, media_type, disposition):
    response = client.head(factories.make_material_file(name=name).material.path(route=ROUTE))
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith(f"{disposition}; ")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert ("media-src 'self'" in policy) == (name == "a.mp4")


def names(response) -> tuple[str, str]:
    """The plain name and the one in UTF-8, read as a client reads them."""
    header = response["Content-Disposition"]
    assert header.isascii()
    message = Message()
    message["Content-Disposition"] = header
    plain = re.search(r'; filename="([^"\\]*)"; ', header)
    extended = re.search(r"; filename\*=UTF-8''([\w.%~-]+)$", header)
    assert plain
    assert extended
    assert message.get_filename() == plain[1]
    return plain[1], unquote(extended[1], errors="strict")


@pytest.mark.parametrize(
    ("title", "plain", "full"),
    [
        ("Små steg på väg", "sma-steg-pa-vag", "Små steg på väg"),
        ("Sma\u030a steg", "sma-steg", "Små steg"),
        ("S:t Michel: nuläget", "st-michel-nulaget", "St Michel nuläget"),
        ('Ett "mål" för 2018/2019?', "ett-mal-for-2018-2019", "Ett mål för 2018-2019"),
        ("a\\b|c<d>e*f", "abcdef", "a-b-c d e f"),
        ("..dold.", "dold", "dold"),
        ("rad\r\nX-Header: 1", "rad-x-header-1", "rad X-Header 1"),
        ("fdp\u202efdp.exe", "fdpfdpexe", "fdpfdp.exe"),
        ("Välfärd 🌱 växer", "valfard-vaxer", "Välfärd 🌱 växer"),
        ("🌱", "material", "🌱"),
        ("???", "material", "material"),
        ("Kööpenhamina – Čáslav", "koopenhamina-caslav", "Kööpenhamina – Čáslav"),
    ],
)
def test_download_is_named_in_both_spellings(client, db, title, plain, full):
    material = factories.make_material(title_sv=title, slug_sv="bilder")
    factories.make_material_file(material=material, version=3)
    found = names(client.head(material.path("sv", route=ROUTE)))
    assert found == (f"{plain}-sv-fi-v3.pdf", f"{full} (svenska och finska, v3).pdf")


@pytest.mark.parametrize("title", ["🌱" * 200, "å" * 200, "x" * 200])
def test_name_of_a_download_fits_every_file_system(client, db, title):
    material = factories.make_material(title_sv=title, slug_sv="bilder")
    factories.make_material_file(material=material, version=30_000)
    plain, full = names(client.head(material.path("sv", route=ROUTE)))
    assert len(plain) < 255
    assert len(full.encode()) < 255
    assert full.endswith(" (svenska och finska, v30000).pdf")


def test_name_is_in_the_language_of_the_page(client, file):
    response = client.head(file.material.path("fi", route=ROUTE))
    found = names(response)
    assert found == (
        "hyvinvointijohtamisen-diat-sv-v1.pdf",
        "Hyvinvointijohtamisen diat (ruotsi, v1).pdf",
    )
    assert response["Content-Language"] == "sv"


# Versions and languages


@pytest.mark.parametrize(
    ("stored", "swedish", "finnish"),
    [
        ("sv fi sv+fi en", "sv", "fi"),
        ("sv sv+fi en", "sv", "sv+fi"),
        ("sv+fi fi en", "sv+fi", "fi"),
        ("sv en", "sv", "sv"),
        ("fi en", "fi", "fi"),
        ("sv+fi en", "sv+fi", "sv+fi"),
        ("en", "en", "en"),
    ],
)
def test_reader_gets_the_own_language_else_the_nearest(client, db, stored, swedish, finnish):
    material = factories.make_material()
    for language in stored.split():
        factories.make_material_file(
            material=material, content=language.encode(), language=language, version=1
        )
    for page, expected in (("sv", swedish), ("fi", finnish)):
        for route, extra in ((ROUTE, {}), (VERSION, {"version": 1})):
            response = client.get(material.path(page, route=route, **extra))
            assert body(response) == expected.encode()
            assert response["Content-Language"] == expected.replace("+", ", ")
            is_own = route == VERSION and expected == page
            assert ("immutable" in response["Cache-Control"]) == is_own
    captions = {"role": "captions", "name": "a.vtt", "language": "sv", "version": 1}
    factories.make_material_file(material=material, **captions)
    assert body(client.get(material.path("sv", route=ROUTE))) == swedish.encode()


def versions(material, *contents: bytes, **given) -> list[MaterialFile]:
    return [
        factories.make_material_file(
            material=material, content=one, language="sv", version=number, **given
        )
        for number, one in enumerate(contents, 1)
    ]


def test_newest_version_is_served_and_each_stays_at_its_address(client, db):
    material = factories.make_material()
    versions(material, b"one", b"two", b"three")
    response = client.get(material.path("sv", route=ROUTE))
    assert body(response) == b"three"
    assert response["Cache-Control"] == "public, no-cache"
    for number, expected in enumerate((b"one", b"two", b"three"), 1):
        response = client.get(material.path("sv", route=VERSION, version=number))
        assert body(response) == expected
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    for absent in (0, 4, 10**30):
        path = material.path("sv", route=VERSION, version=absent)
        assert client.get(path).status_code == 404


def test_file_chosen_by_its_number_is_that_file(client, db):
    material = factories.make_material()
    one, two = versions(material, b"one", b"two")
    newest = material.path("fi", route=ROUTE)
    first = material.path("fi", route=VERSION, version=1)
    response = client.get(f"{newest}?nr={one.pk}")
    assert (body(response), response["Cache-Control"]) == (b"one", "public, no-cache")
    response = client.get(f"{first}?nr={one.pk}")
    assert body(response) == b"one"
    assert "immutable" in response["Cache-Control"]
    strangers = [two.pk, "0", "x", "٣", "9" * 30, "-1"]
    assert {client.get(f"{first}?nr={number}").status_code for number in strangers} == {404}


def test_format_that_joins_a_version_later_leaves_its_address_alone(client, db):
    material = factories.make_material()
    given = {"material": material, "language": "sv", "version": 1}
    late = factories.make_material_file(**given, name="a.pptx", content=b"pptx", published_at=None)
    factories.make_material_file(**given, content=b"pdf")
    path = material.path("sv", route=VERSION, version=1)
    assert body(client.get(path)) == b"pdf"
    MaterialFile.objects.filter(pk=late.pk).update(published_at=timezone.now())
    assert body(client.get(path)) == b"pdf"


@pytest.mark.parametrize("moment", [None, "ahead"])
def test_version_that_is_not_public_yet_is_served_nowhere(client, file, address, moment):
    moment = moment and timezone.now() + timedelta(hours=1)
    given = {"content": b"secret", "language": "sv", "version": 2, "published_at": moment}
    draft = factories.make_material_file(material=file.material, **given)
    version = file.material.path("sv", route=VERSION, version=2)
    for path in (version, f"{version}?nr={draft.pk}", f"{address}?nr={draft.pk}"):
        assert client.get(path).status_code == 404
        assert client.head(path).status_code == 404
        assert client.get(path, headers={**PART, "if-none-match": "*"}).status_code == 404
    assert body(client.get(address)) == BYTES
    assert "v2" not in client.get(file.material.path("sv")).content.decode()


def test_replaced_draft_leaves_the_public_file_alone(client, file, address):
    given = {"content": b"draft", "language": "sv", "version": 2, "published_at": None}
    draft = factories.make_material_file(material=file.material, **given)
    before = client.get(address)
    assert body(before) == BYTES
    draft.file = ContentFile(b"another draft", "ny.pdf")
    draft.save()
    after = client.get(address)
    assert (body(after), after.headers) == (BYTES, before.headers)
    MaterialFile.objects.filter(pk=draft.pk).update(published_at=SINCE + timedelta(days=1))
    assert body(client.get(address)) == b"another draft"
    assert body(client.get(file.material.path("sv", route=VERSION, version=1))) == BYTES
    # Whoever has the old bytes is told so, and does not sew two files together.
    for headers in (
        {"if-none-match": ETAG},
        {**PART, "if-range": ETAG},
        {**PART, "if-range": DATE},
    ):
        assert status(client.get(address, headers=headers)) == 200


def test_withdrawn_material_serves_none_of_its_files(client, file, address):
    file.material.decision = "draft"
    file.material.save()
    for path in (address, file.material.path("sv", route=VERSION, version=1)):
        assert client.get(path, headers={"if-none-match": ETAG}).status_code == 404


# Storages


def test_storage_without_paths_serves_ranges_files_and_pictures(client, db, without_paths):
    file = factories.make_material_file(content=BYTES)
    assert not Path(default_storage.path(str(file.file.name))).exists()
    path = file.material.path("sv", route=ROUTE)
    assert body(client.get(path)) == BYTES
    assert body(client.get(path, headers=PART)) == BYTES[5:10]
    assert client.head(path)["Content-Length"] == str(SIZE)
    call_command("check_files")
    default_storage.delete(str(file.file.name))
    assert client.get(path).status_code == 404
    for _width, picture in factories.make_image().sources():
        assert body(client.get(picture)).startswith(b"RIFF")


def spoil(file: MaterialFile, content: bytes | None) -> None:
    """Put other bytes, or none, where a file is stored."""
    name = str(file.file.name)
    default_storage.delete(name)
    if content is not None:
        assert default_storage.save(name, ContentFile(content)) == name


@pytest.mark.parametrize("content", [None, BYTES[:-1]])
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_lost_file_is_said_calmly_and_logged(client, file, caplog, language, content):
    spoil(file, content)
    heading = {"sv": "Filen går inte att hämta", "fi": "Tiedostoa ei voi ladata"}[language]
    path = file.material.path(language, route=ROUTE)
    for headers in ({}, PART):
        response = client.get(path, headers=headers)
        assert response.status_code == 404
        assert response["Cache-Control"] == "no-store"
        page = Document(response.content.decode())
        assert [one.text for one in page.all("h1")] == [heading]
        assert page.all("a", href=file.material.path(language))
    assert client.head(path).status_code == 404
    lines = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(lines) == 3
    assert all(str(file.file.name) in line for line in lines)


def test_lost_draft_is_no_error_of_the_admin(client, file):
    spoil(file, None)
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    path = f"/admin/publications/material/files/{file.pk}/"
    assert client.get(path).status_code == 404


def test_draft_in_the_admin_is_kept_by_no_cache(client, db):
    file = factories.make_material_file(published_at=None)
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    response = client.get(f"/admin/publications/material/files/{file.pk}/")
    assert body(response) == factories.PDF
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "Last-Modified" not in response


# The command


def test_check_of_files_is_content_with_what_has_not_changed(file, capsys):
    spoil(factories.make_material_file(published_at=None), None)  # drafts are the editors' own
    call_command("check_files")
    assert capsys.readouterr().out == "1 public files are what they were.\n"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "it is missing"),
        (BYTES[:-1], f"it has {SIZE - 1} bytes instead of {SIZE}"),
        (BYTES[:-1] + b"\x00", "its bytes have changed"),
    ],
)
def test_check_of_files_prints_what_has(file, capsys, content, fault):
    factories.make_material_file()
    spoil(file, content)
    with pytest.raises(CommandError, match="1 of 2 public files are not what they were") as error:
        call_command("check_files")
    assert error.value.returncode == 1
    assert capsys.readouterr().out == (
        f"File {file.pk} of material {file.material_id} (Bilder om välfärdsledning, sv, v1): "
        f"{fault}: {file.file.name}\n"
    )
