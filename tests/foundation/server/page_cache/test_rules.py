"""Which requests a stored page may answer: nobody can fill the page cache, or put words into it."""

from urllib.parse import parse_qs

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from foundation.server.page_cache.rules import MAX_QUERY, is_tracking, normal_query
from portal.page_cache_policy import rules

KNOWN = frozenset({"q", "tema", "sida"})


def environ(path: str = "/sv/", query: str = "", **more: str) -> dict:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        **more,
    }


def asked(path: str = "/sv/", query: str = "", **more: str):
    return rules().cacheable_request(environ(path, query, **more))


@pytest.mark.parametrize(
    ("query", "normal"),
    [
        ("", ""),
        ("q=a", "q=a"),
        ("sida=2&q=a", "q=a&sida=2"),
        ("q=a&q=b", "q=b"),
        ("q=", ""),
        ("utm_source=x&q=a&fbclid=1&UTM_Campaign=y", "q=a"),
        ("q=v%C3%A4lf%c3%a4rd", "q=v%C3%A4lf%C3%A4rd"),
        ("q=a+b", "q=a+b"),
        ("q=a%20b", "q=a+b"),
        ("x=1", None),
        ("q=a&x=1", None),
        ("q=%ff", None),
        ("q=" + "a" * MAX_QUERY, None),
        ("&".join(["q=a"] * 41), None),
    ],
)
def test_query_has_one_way_of_writing(query: str, normal: str | None) -> None:
    assert normal_query(query, KNOWN) == normal


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["q", "tema", "sida", "utm_x", "x", "Q", "q[]"]), st.text(max_size=20)
    )
)
def test_normal_query_asks_the_same_and_stays_as_it_is(pairs: dict[str, str]) -> None:
    from urllib.parse import urlencode

    normal = normal_query(urlencode(pairs), KNOWN)
    if normal is None:
        assert any(name not in KNOWN and not is_tracking(name) for name in pairs) or (
            len(urlencode(pairs)) > MAX_QUERY
        )
        return
    assert normal_query(normal, KNOWN) == normal
    expected = {name: value for name, value in pairs.items() if value and name in KNOWN}
    assert {name: values[-1] for name, values in parse_qs(normal).items()} == expected


@given(st.text(max_size=60))
def test_any_query_is_normal_or_refused(query: str) -> None:
    normal = normal_query(query, KNOWN)
    assert normal is None or normal_query(normal, KNOWN) == normal


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin",
        "/static/portal/site.css",
        "/preview/sv/token/",
        "/images/1/480.webp",
        "/previews/1/1-480.webp",
        "/healthz",
        "/readyz",
        "/sv/natverket/",
        "/fi/verkosto/x/",
        "/sv/respons/",
        "/fi/palaute/",
        "/sv/material/bilder/fil/",
        "/sv/material/bilder/fil/v2/",
        "/fi/materiaalit/kuvat/tiedosto/v12/",
        "/sv/teman/valfard/paket.zip",
        "/fi/teemat/hyvinvointi/paketti.zip",
    ],
)
def test_closed_addresses_are_never_kept(path: str) -> None:
    assert asked(path) is None


@pytest.mark.parametrize(
    "path", ["/", "/sv/", "/fi/kunnat/", "/sitemap.xml", "/robots.txt", "/sv/verkstader/v2/", "/x"]
)
def test_public_addresses_may_be_kept(path: str) -> None:
    assert asked(path)


@pytest.mark.parametrize(
    "header",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "PURGE"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "TESTSERVER"},
        {"HTTP_HOST": "testserver:8123"},
        {"HTTP_HOST": "testserver."},
        {"HTTP_HOST": ""},
        {"HTTP_COOKIE": f"a=b; {settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_COOKIE": f"{settings.CSRF_COOKIE_NAME}=x"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"CONTENT_LENGTH": "5"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
)
def test_request_that_is_not_everybodys_is_passed_on(header: dict) -> None:
    assert asked(**header) is None


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_PORT": "1"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
        {"HTTP_ACCEPT_LANGUAGE": "fi"},
        {"HTTP_USER_AGENT": "x"},
    ],
)
def test_header_that_no_page_depends_on_is_not_in_the_key(header: dict) -> None:
    assert asked(**header) == asked()


def test_scheme_is_in_the_key_behind_a_proxy(settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    keys = {asked(**more).key for more in ({}, {"HTTP_X_FORWARDED_PROTO": "https"})}
    assert len(keys) == 2
    assert asked(HTTP_X_FORWARDED_PROTO="HTTPS, http") is None


def test_preferred_language_is_in_the_key_only_outside_the_languages() -> None:
    prefers = ["sv", "sv-FI", "fi", "en", ""]
    assert len({asked("/", HTTP_ACCEPT_LANGUAGE=one).key for one in prefers}) == 3
    assert len({asked("/sv/", HTTP_ACCEPT_LANGUAGE=one).key for one in prefers}) == 1


def test_only_the_keys_of_the_language_are_known() -> None:
    assert asked("/sv/verkstader/", "tema=x").query == "tema=x"
    assert asked("/sv/verkstader/", "teema=x") is None
    assert asked("/sitemap.xml", "q=x") is None


def test_address_that_is_too_long_for_one_of_ours_is_not_kept() -> None:
    assert asked("/sv/" + "a" * 500 + "/")
    assert asked("/sv/" + "a" * 600 + "/") is None


def test_name_with_a_wildcard_is_not_kept(settings) -> None:
    settings.ALLOWED_HOSTS = [".example.fi", "*", "portal.example.fi"]
    assert asked(HTTP_HOST="a.example.fi") is None
    assert asked(HTTP_HOST="portal.example.fi:443")


@pytest.mark.parametrize(
    ("path", "vary", "expected"),
    [
        ("/sv/", ["Accept-Encoding"], True),
        ("/sv/", ["Accept-Language"], False),
        ("/", ["accept-language"], True),
        ("/sv/", ["Cookie"], False),
        ("/sv/", ["*"], False),
        ("/sv/", ["User-Agent"], False),
    ],
)
def test_page_that_depends_on_more_than_its_key_is_refused(
    path: str, vary: list[str], expected: bool
) -> None:
    assert rules().varies_as_known(path, vary) is expected
