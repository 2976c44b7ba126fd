"""What a reader or an editor meets when the database or the disk fails: calm, and nothing lost."""

import errno
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.content.models import Image
from foundation.server.page_cache.wsgi_middleware import DATABASE_IS_AWAY
from portal import errors
from tests import factories
from tests.staff_site import make_staff

SVG_FREE = Path(__file__).parents[2] / "portal" / "static" / "portal" / "social.png"


class FullDisk(FileSystemStorage):
    """A storage whose disk is full."""

    def _save(self, name: str, content: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


def failed(error: Exception, request=None):
    """The answer of the handler for errors to a view that raised one."""
    try:
        raise error
    except type(error):
        return errors.server_error(request or RequestFactory().get("/sv/teman/"))


@pytest.mark.parametrize(
    "error", [OperationalError("gone"), InterfaceError("closed"), OSError(errno.ENOSPC, "full")]
)
def test_failing_of_database_or_disk_is_an_absence(error: Exception) -> None:
    response = failed(error)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"
    assert "Portalen kan inte nås just nu" in response.content.decode()
    assert 'href="/sv/teman/"' in response.content.decode()


@pytest.mark.parametrize("error", [ValueError("ours"), OSError(errno.EIO, "broken")])
def test_our_own_mistake_stays_one(error: Exception) -> None:
    assert failed(error).status_code == 500


def test_every_typed_field_is_handed_back() -> None:
    typed = {"a": ["1", "2"], "b": '"><script>', "website": ""}
    request = RequestFactory().post("/sv/respons/?x=1", typed, headers={"Host": "testserver"})
    page = failed(OperationalError("gone"), request).content.decode()
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert fields == [
        ("a", "1"),
        ("a", "2"),
        ("b", "&quot;&gt;&lt;script&gt;"),
        ("website", ""),
    ]
    assert 'action="/sv/respons/?x=1"' in page


def test_form_of_another_site_is_not_handed_back() -> None:
    request = RequestFactory().post(
        "/sv/respons/", {"a": "1"}, headers={"Origin": "https://evil.example"}
    )
    assert 'type="hidden"' not in failed(OperationalError("gone"), request).content.decode()


def test_form_that_cannot_be_read_does_not_matter() -> None:
    request = RequestFactory().post("/x", b"--x", content_type="multipart/form-data; boundary=y")
    assert failed(OperationalError("gone"), request).status_code == 503


def test_nothing_is_asked_of_a_database_that_is_known_to_be_away(client) -> None:
    """Without the mark `db`, a single query would fail the test."""
    response = client.get("/fi/kunnat/", **{DATABASE_IS_AWAY: True})
    assert response.status_code == 503
    assert "Portaali ei ole juuri nyt käytettävissä" in response.content.decode()
    assert response["Content-Language"] == "fi"
    assert client.get("/healthz", **{DATABASE_IS_AWAY: True}).status_code == 200


def test_full_disk_loses_neither_text_nor_rows(client, db, settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.portal.test_unavailable.FullDisk"},
    }
    client.force_login(User.objects.create_superuser("a@example.fi", "lång fras för provet"))
    client.raise_request_exception = False
    picture = SimpleUploadedFile("bild.png", SVG_FREE.read_bytes(), "image/png")
    sent = {
        "file": picture,
        "alt_sv": "En åker",
        "alt_fi": "Pelto",
        "credit": "Anna",
        "focal_x": 50,
        "focal_y": 50,
    }
    response = client.post(reverse("admin:content_image_add"), sent)
    assert response.status_code == 503
    page = response.content.decode()
    assert 'value="En åker"' in page
    assert 'value="Pelto"' in page
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/sv/respons/", 3_000_000, 413),
        ("/fi/palaute/", 2_000_000_000, 413),
        ("/admin/login/", 2_000_000_000, 413),
    ],
)
def test_what_is_too_large_is_not_even_read(client, db, path: str, length: int, status: int):
    factories.make_project()
    response = client.generic("POST", path, b"a=1", CONTENT_LENGTH=str(length))
    assert response.status_code == status


@pytest.mark.parametrize("path", ["/admin/login/", "/sv/natverket/dela-material/"])
def test_files_of_a_stranger_are_not_even_read(db, path: str) -> None:
    factories.make_project()
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    body = b"--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + b"a" * 3_000_000
    with patch("django.http.multipartparser.MultiPartParser.parse") as parse:
        answer = client.generic("POST", path, body, "multipart/form-data; boundary=x")
    assert answer.status_code == 403
    assert not parse.called
    assert "Du är inte inloggad" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.EDITOR, "/admin/nothing/"),
        (None, "/sv/natverket/nothing/"),
        (None, "/fi/verkosto/nothing/"),
    ],
)
def test_files_of_staff_and_members_are_read(db, role: str | None, path: str) -> None:
    client = Client()
    client.force_login(make_staff(role) if role else factories.make_user())
    body = b"--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + b"a" * 3_000_000
    answer = client.generic("POST", path, body, "multipart/form-data; boundary=x")
    assert answer.status_code == 404
