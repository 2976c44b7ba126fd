"""What every request passes: unreadable ones are refused, and no reader is given a cookie."""

import gzip
import os
import re
import secrets
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.translations.catalogues import CHECKOUT
from tests.factories import (
    make_contact,
    make_material_file,
    make_municipality,
    make_participation,
    make_practice,
    make_programme,
    make_project,
    make_publication,
    make_regional_actor,
    make_series,
    make_statement,
    make_story,
    make_theme_period,
    make_user,
    make_workshop,
)

FORM = "application/x-www-form-urlencoded"
PATHS = {"/sv/": "sv", "/fi/": "fi", "/sv/finns-inte/": "sv", "/fi/ei-ole/": "fi"}


@pytest.fixture
def csrf_client(db) -> Client:
    """A browser that checks CSRF and carries the admin's cookie everywhere."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client


def paths() -> dict[str, str]:
    """Addresses of several kinds, with the language that their answer must be in."""
    found = dict(PATHS)
    for code in ("sv", "fi"):
        with translation.override(code):
            found[reverse("portal:feedback")] = code
    return found


def sent(client: Client, path: str, body: bytes, content_type: str):
    """The answer to a POST of these very bytes."""
    return client.generic("POST", path, body, content_type=content_type)


def assert_is_page(response, status: int, language: str) -> None:
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in html
    assert response["Content-Language"] == language
    assert html.count("<h1") == 1
    assert not response.cookies


# Unreadable requests


@pytest.mark.parametrize(
    "charset",
    [
        *("utf-16", "utf-16-le", "utf-32", "UTF-32BE", "utf-7", "cp037", "idna", "punycode"),
        *("latin-1", "no-such-charset", "base64", "hex", "rot13", "zlib", "undefined", "å", '""'),
        *("x" * 5000, "unicode_escape", "raw_unicode_escape", "mbcs", "utf_8_sig"),
    ],
)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_form_in_an_odd_charset_never_breaks_the_portal(csrf_client, kind, charset) -> None:
    for path, language in {reverse("portal:feedback"): "sv", "/fi/": "fi"}.items():
        body = "message=välfärd&token=x".encode("utf-16")
        response = sent(csrf_client, path, body, f"{kind}; charset={charset}")
        assert 400 <= response.status_code < 500
        if response.content:
            assert_is_page(response, response.status_code, language)


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "no-such-charset"])
def test_form_in_utf_16_gets_a_400_page_in_the_readers_language(csrf_client, charset) -> None:
    for path, language in paths().items():
        response = sent(csrf_client, path, b"\xff\xfea", f"{FORM}; charset={charset}")
        assert_is_page(response, 400, language)


def test_refusal_carries_the_security_headers_too(csrf_client) -> None:
    response = sent(csrf_client, "/sv/", b"\xff\xfe", f"{FORM}; charset=utf-16")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Permissions-Policy" in response


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sv/%00", "/sv/teman/a%00b/", "/%00", "/sv/%00/../"])
def test_null_byte_in_the_path_gets_a_400_page(client, path) -> None:
    assert_is_page(client.get(path), 400, "sv")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "tema=%00&sida=%00",
        "%00=%00",
        "q=%FF%FE",
        "q=%",
        "q=" + "a" * 9000,
        "&&&=&",
        "q[]=1",
    ],
)
def test_nonsense_in_the_query_never_breaks_a_page(client, query) -> None:
    make_municipality()
    for route in ("municipalities:municipality_list", "publications:material_list"):
        response = client.get(f"{reverse(route)}?{query}")
        assert_is_page(response, 200, "sv")


@pytest.mark.django_db
def test_broken_multipart_and_too_many_fields_are_refused_with_a_page(client) -> None:
    path = reverse("portal:feedback")
    broken = sent(client, path, b"--x\r\nnonsense", "multipart/form-data; boundary=x")
    assert broken.status_code in (400, 422)
    many = sent(client, path, b"&".join(b"a=1" for _ in range(5000)), FORM)
    assert_is_page(many, 400, "sv")
    large = sent(client, path, b"message=" + b"a" * 3_000_000, FORM)
    assert_is_page(large, 413, "sv")


@pytest.mark.parametrize(
    ("path", "site_url"),
    [
        *((path, "") for path in ("/", "/sv/", "/fi/ei-ole/", "/admin/", "/sv/%00")),
        ("/sv/", "https://valfard.example.fi"),
    ],
)
def test_wrong_host_is_refused_in_both_languages_without_the_database(
    settings, caplog, path, site_url
) -> None:
    settings.SITE_URL = site_url
    response = Client(raise_request_exception=False).get(path, HTTP_HOST="evil.example")
    html = response.content.decode()
    assert response.status_code == 400
    assert "evil.example" not in html
    assert "Adressen är inte portalens" in html
    assert '<span lang="fi">Osoite ei ole portaalin' in html
    assert not response.cookies
    assert {record.name for record in caplog.records} <= {"django.security.DisallowedHost"}


def test_too_much_sent_to_a_wrong_host_is_refused_too(settings) -> None:
    settings.SITE_URL = ""
    response = Client(raise_request_exception=False, headers={"host": "evil.example"}).post(
        "/sv/", b"a=" + b"a" * 3_000_000, content_type=FORM
    )
    assert response.status_code == 400


# The language


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/sv/finns-inte/", "fi", "sv"),
        ("/fi/ei-ole/", "sv", "fi"),
        ("/nowhere/", "fi-FI,fi;q=0.9", "fi"),
        ("/nowhere/", "sv", "sv"),
        ("/nowhere/", "en", "sv"),
        ("/svenska/", "fi", "fi"),
        ("/en/", "fi", "fi"),
    ],
)
def test_missing_page_speaks_the_language_of_its_address_else_the_browsers(
    client, path, accepts, language
) -> None:
    response = client.get(path, headers={"accept-language": accepts})
    assert_is_page(response, 404, language)


@pytest.mark.django_db
def test_answer_varies_by_browser_only_where_the_address_has_no_language(client) -> None:
    assert "Accept-Language" not in client.get("/sv/").get("Vary", "")
    assert "Accept-Language" in client.get("/nowhere/")["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sv/", "/sv/finns-inte/"])
def test_page_travels_compressed_to_a_browser_that_can_read_it(client, path) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain


@pytest.mark.django_db
@pytest.mark.parametrize(("accepts", "home"), [("sv-FI", "/sv/"), ("en,fi;q=0.3", "/fi/")])
def test_door_leads_to_the_language_the_browser_prefers(client, accepts, home) -> None:
    response = client.get("/", headers={"accept-language": accepts})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("accepts", ["", "*", "en", "de;q=1", ";;;"])
def test_door_offers_both_languages_when_the_browser_prefers_neither(client, accepts) -> None:
    response = client.get("/", headers={"accept-language": accepts})
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Content-Language"] == "sv, fi"
    assert "Accept-Language" in response["Vary"]
    links = re.findall(r'<a [^>]*href="([^"]+)"', html)
    assert [re.sub(r"^https?://testserver", "", link) for link in links] == ["/sv/", "/fi/"]
    assert not response.cookies


@pytest.mark.django_db
def test_admin_speaks_the_language_of_its_user(client) -> None:
    user = make_user(language="fi", is_staff=True, is_superuser=True)
    client.force_login(user)
    response = client.get("/admin/", headers={"accept-language": "sv"})
    assert '<html lang="fi"' in response.content.decode()
    assert response["Content-Language"] == "fi"


@pytest.mark.django_db
def test_public_page_speaks_the_language_of_its_address_to_a_user_too(client) -> None:
    client.force_login(make_user(language="fi", is_staff=True))
    assert '<html lang="sv">' in client.get("/sv/").content.decode()


# Headers


@pytest.fixture
def public_addresses(db, client) -> list[str]:
    """Every address of a small portal, by its sitemap, and what the sitemap leaves out."""
    project = make_project()
    theme = make_theme_period(project=project).theme
    make_participation(project=project)
    make_participation(project=project, regional_actor=make_regional_actor())
    make_workshop(theme=theme, series=make_series(theme=theme))
    make_story(theme=theme)
    make_publication(theme=theme)
    make_practice(theme=theme)
    make_programme()
    make_statement()
    make_statement()
    make_contact()
    make_material_file()
    found = re.findall(
        r"<loc>https?://[^/]+([^<]+)</loc>", client.get("/sitemap.xml").content.decode()
    )
    return [*found, "/", "/robots.txt", "/sitemap.xml", "/healthz", "/sv/finns-inte/"]


def test_no_reader_is_given_a_cookie(public_addresses, client) -> None:
    assert len(public_addresses) > 50
    for path in public_addresses:
        response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


def test_every_page_carries_the_security_headers(public_addresses, client) -> None:
    for path in public_addresses:
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "http" not in policy, path
        assert "*" not in policy, path
        for directive in (
            "default-src 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ):
            assert directive in policy, path
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert response["X-Frame-Options"] == "DENY", path
        assert "camera=()" in response["Permissions-Policy"], path


@pytest.mark.django_db
def test_nothing_inline_waits_for_a_policy_it_does_not_have(client) -> None:
    html = client.get("/sv/").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", html)


@pytest.mark.django_db
def test_plain_http_is_sent_on_to_https(client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    assert client.get("/sv/")["Location"] == "https://testserver/sv/"
    assert client.get("/healthz").status_code == 200
    assert client.get("/sv/", secure=True).status_code == 200


@pytest.mark.django_db
def test_https_is_remembered_by_the_browser(settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = Client().get("/sv/", secure=True)
    assert "max-age=31536000" in response["Strict-Transport-Security"]


def test_production_settings_pass_djangos_own_inspection(tmp_path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "valfard.example.fi",
        "SITE_URL": "https://valfard.example.fi",
        "EMAIL_URL": "smtp+tls://portal:secret@mail.example.fi:587",
        "SECURE": "1",
        "POSTGRES_DATA": str(tmp_path / "postgres"),
        "PYTHONUTF8": "1",
    }
    inspection = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert inspection.returncode == 0, inspection.stdout + inspection.stderr
    assert "no issues" in inspection.stdout
    assert not (tmp_path / "postgres").exists()  # it needs no database


@pytest.mark.parametrize("name", ["SECRET_KEY"])
def test_missing_secret_stops_the_portal_with_a_hint(name) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode != 0
    assert f"Set the environment variable {name}" in started.stderr
