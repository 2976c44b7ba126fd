"""The page cache: one making of a page, nothing personal, and no page older than it must be."""

import threading
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from foundation.server.page_cache.cached_page import Page
from foundation.server.page_cache.state import ContentState
from foundation.server.page_cache.wsgi_middleware import (
    DATABASE_IS_AWAY,
    PATIENCE,
    PageCacheMiddleware,
)
from portal.page_cache_policy import rules
from tests.foundation.server.page_cache.test_rules import environ

HTML = [("Content-Type", "text/html; charset=utf-8")]


class Answer(list):
    """What an application returns, as Django's responses are."""

    streaming = False
    closed = 0

    def close(self) -> None:
        self.closed += 1


class Site:
    """An application that counts how often it is asked, and by which requests."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.status, self.headers, self.body = "200 OK", list(HTML), b"x" * 1_000
        self.before: Callable[[], None] = lambda: None
        self.streaming = False
        self.answers: list[Answer] = []

    def __call__(self, environ: dict, start_response: Any) -> Answer:
        self.asked.append(environ)
        body = self.body
        self.before()
        start_response(self.status, list(self.headers))
        answer = Answer([body])
        answer.streaming = self.streaming
        self.answers.append(answer)
        return answer


class Reader:
    """Asks the page_cache as a server does."""

    def __init__(self, page_cache: PageCacheMiddleware) -> None:
        self.page_cache = page_cache
        self.status, self.headers = "", {}

    def get(self, path: str = "/sv/", query: str = "", **headers: str) -> bytes:
        def start(status: str, sent: list, exc_info: Any = None) -> None:
            self.status, self.headers = status, dict(sent)

        return b"".join(self.page_cache(environ(path, query, **headers), start))


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def page_cache(site: Site) -> PageCacheMiddleware:
    state = ContentState()
    state.mark_known()
    return PageCacheMiddleware(site, rules(), state, max_bytes=1_000_000)


@pytest.fixture
def reader(page_cache: PageCacheMiddleware) -> Reader:
    return Reader(page_cache)


def test_page_is_made_once_while_nothing_changes(site, reader) -> None:
    bodies = {reader.get() for _ in range(5)}
    assert bodies == {site.body}
    assert len(site.asked) == 1
    assert site.answers[0].closed == 1


def test_page_is_made_anew_after_a_change(site, page_cache, reader) -> None:
    reader.get()
    site.body = b"y" * 1_000
    assert reader.get() == b"x" * 1_000
    page_cache.state.invalidate()
    assert reader.get() == site.body


def test_page_begun_before_a_change_is_not_kept_as_fresh(site, page_cache, reader) -> None:
    site.before = page_cache.state.invalidate
    reader.get()
    site.before = lambda: None
    reader.get()
    reader.get()
    assert len(site.asked) == 2


def test_nothing_is_fresh_while_nobody_listens(site, page_cache, reader) -> None:
    page_cache.state.mark_unknown()
    for _number in range(3):
        reader.get()
    assert len(site.asked) == 3
    page_cache.state.mark_known()
    reader.get()
    reader.get()
    assert len(site.asked) == 4


@pytest.mark.parametrize("turns", [True, False])
def test_stampede_makes_a_page_once(site, page_cache, turns: bool) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait(10)

    site.before = wait
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(Reader(page_cache).get())) for _ in range(8)
    ]
    threads[0].start()
    begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    time.sleep(0.2)
    if turns:
        # Those who waited must not be shown what was begun before the change.
        site.before, site.body = (lambda: None), b"y" * 1_000
        page_cache.state.invalidate()
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(site.asked) == (2 if turns else 1)
    assert got.count(site.body) == (7 if turns else 8)


def test_nobody_waits_for_another_while_nobody_listens(site, page_cache) -> None:
    page_cache.state.mark_unknown()
    together = threading.Barrier(4)

    def meet() -> None:
        together.wait(PATIENCE / 2)

    site.before = meet
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(Reader(page_cache).get())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [site.body] * 4


def test_reader_who_waits_for_one_making_after_another_waits_no_longer(site, page_cache) -> None:
    waited: list[float] = []

    class Begun:
        """A page in the factories, which a change overtakes while it is waited for."""

        page = Page.of("200 OK", HTML, b"old")

        def __init__(self) -> None:
            self.done, self.token = self, page_cache.state.token()

        def wait(self, seconds: float) -> None:
            waited.append(seconds)
            time.sleep(0.1)
            page_cache.state.invalidate()
            self.token = page_cache.state.token()

    page_cache._renderings_by_key["/sv/", "", "testserver", ""] = Begun()
    assert Reader(page_cache).get() == site.body
    first, second, third = waited
    assert first <= PATIENCE
    assert second <= first - 0.1
    assert third <= second - 0.1


def test_error_is_shared_with_nobody(site, reader) -> None:
    site.status = "500 Internal Server Error"
    reader.get()
    assert reader.status.startswith("500")
    site.status = "200 OK"
    reader.get()
    assert reader.status.startswith("200")
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "406 Not Acceptable"])
@pytest.mark.parametrize("streaming", [True, False])
def test_refusal_says_nothing_of_the_address(site, reader, status: str, streaming: bool) -> None:
    site.status, site.streaming = status, streaming
    reader.get()
    assert reader.status == status
    site.status, site.streaming = "200 OK", False
    for _number in range(3):
        reader.get()
    assert len(site.asked) == 2


def test_one_query_says_nothing_of_another(site, reader) -> None:
    site.headers.append(("Cache-Control", "no-store"))
    reader.get("/sv/sok/", "q=a")
    site.headers.pop()
    for _number in range(3):
        reader.get("/sv/sok/", "q=b")
        reader.get("/sv/sok/")
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "private"),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept-Encoding, Cookie"),
        ("Content-Security-Policy", "script-src 'nonce-abc'"),
        ("Content-Encoding", "gzip"),
    ],
)
def test_personal_answer_is_not_kept(site, reader, header: tuple[str, str]) -> None:
    site.headers.append(header)
    for _number in range(3):
        reader.get()
        assert header[0] in reader.headers
    assert len(site.asked) == 3
    assert not len(reader.page_cache.lru)


def test_stream_is_handed_on_as_it_is(site, reader) -> None:
    site.streaming = True
    for _number in range(2):
        assert reader.get() == site.body
    assert len(site.asked) == 2


def test_page_is_made_as_for_everybody(site, reader) -> None:
    secret = {"HTTP_COOKIE": "track=1", "HTTP_REFERER": "https://a.example/", "HTTP_IF_MATCH": "x"}
    reader.get("/sv/", "utm_source=evil&q=%C3%A5&q=b", HTTP_ACCEPT_ENCODING="br", **secret)
    (made_for,) = site.asked
    assert made_for["QUERY_STRING"] == "q=b"
    assert not {*secret, "HTTP_ACCEPT_ENCODING"} & set(made_for)


def test_charset_of_one_reader_changes_no_page_of_others(page_cache, reader) -> None:
    """Django reads the query in the charset that a request says it is written in."""

    def application(environ: dict, start_response: Any) -> Answer:
        start_response("200 OK", HTML)
        return Answer([WSGIRequest(environ | {"wsgi.input": BytesIO()}).GET["q"].encode()])

    page_cache.application = application
    query, welfare = "q=v%C3%A4lf%C3%A4rd", "välfärd".encode()
    for kind in ("text/plain; charset=latin-1", "text/plain"):
        assert reader.get("/sv/sok/", query, CONTENT_TYPE=kind, CONTENT_LENGTH="0") == welfare
    assert page_cache.hits == 1


def test_query_that_is_not_known_is_left_to_django_as_it_is(site, reader) -> None:
    for _number in range(2):
        reader.get("/sv/", "next=/admin/", HTTP_REFERER="x", HTTP_ACCEPT_ENCODING="gzip")
    assert [one["QUERY_STRING"] for one in site.asked] == ["next=/admin/"] * 2
    assert site.asked[0]["HTTP_REFERER"] == "x"


def test_logged_in_reader_is_answered_by_django(site, reader) -> None:
    from django.conf import settings

    reader.get()
    for _number in range(2):
        reader.get(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    assert len(site.asked) == 3


def test_page_that_is_known_to_the_reader_costs_no_bytes(reader) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="br")
    etag = reader.headers["ETag"]
    for _number in range(2):
        assert reader.get(HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=etag) == b""
        assert reader.status.startswith("304")
        assert reader.headers["ETag"] == etag
        assert "Content-Type" not in reader.headers
    assert reader.get(HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etag)
    assert reader.status.startswith("200")


def test_same_text_after_a_change_is_still_known(page_cache, reader) -> None:
    reader.get()
    etag = reader.headers["ETag"]
    page_cache.state.invalidate()
    assert reader.get(HTTP_IF_NONE_MATCH=etag) == b""


def test_head_says_what_get_would(site, reader) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="gzip")
    expected = reader.headers
    assert reader.get(HTTP_ACCEPT_ENCODING="gzip", REQUEST_METHOD="HEAD") == b""
    assert reader.headers == expected
    assert len(site.asked) == 1


def test_part_of_a_kept_page_is_the_whole_page(site, reader) -> None:
    reader.get()
    assert reader.get(HTTP_RANGE="bytes=0-1") == site.body
    assert reader.status.startswith("200")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PURGE"])
def test_other_methods_reach_django(site, reader, method: str) -> None:
    reader.get()
    reader.get(REQUEST_METHOD=method)
    assert site.asked[-1]["REQUEST_METHOD"] == method


def test_page_is_kept_for_each_host_and_query(site, reader, settings) -> None:
    reader.get()
    reader.get("/sv/", "q=a")
    reader.get("/fi/")
    assert len(site.asked) == 3


def test_flood_of_queries_and_codings_is_bounded(site, page_cache, reader) -> None:
    site.body = b"<p>" + b"ab" * 10_000
    reader.get("/sv/")
    for number in range(3_000):
        reader.get("/sv/sok/", f"q={number}", HTTP_ACCEPT_ENCODING=f"gzip;q=0.{number + 1}")
        site.status = "404 Not Found"
        reader.get(f"/sv/{number}/", HTTP_COOKIE=f"x={number}")
        site.status = "200 OK"
    assert page_cache.lru.size <= 1_000_000
    assert len(page_cache._codings) <= 500
    assert len(page_cache._uncacheable) <= 500
    assert not page_cache._renderings_by_key
    count = len(site.asked)
    reader.get("/sv/")
    assert len(site.asked) == count


def test_long_names_take_no_memory(site, page_cache, reader) -> None:
    site.status = "404 Not Found"
    for number in range(50):
        long = f"{number}".zfill(10_000)
        assert reader.get(f"/sv/{long}/") == site.body
        reader.get("/sv/", HTTP_ACCEPT_ENCODING=f"gzip, x-{long}")
        assert reader.headers["Content-Encoding"] == "gzip"
    assert all(len(part) < 1_000 for key in page_cache.lru.pages for part in key)
    assert all(len(accepted or "") < 1_000 for accepted in page_cache._codings)


def test_page_weighs_what_it_takes_in_whichever_order_codings_are_asked_for(
    site, page_cache, reader
) -> None:
    site.body = b"<p>" + b"ab" * 10_000
    for coding in ("identity", "br", "identity", "gzip", "br"):
        reader.get(HTTP_ACCEPT_ENCODING=coding)
        assert page_cache.lru.size == sum(page.size for page in page_cache.lru)


class Away:
    """A listener whose database cannot be reached."""

    is_away = True
    is_connected = False

    def start(self) -> None: ...


def test_kept_page_is_handed_out_marked_while_the_database_is_away(
    site, page_cache, reader
) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="br")
    page_cache.state.mark_unknown()
    page_cache.listener = Away()
    assert reader.get(HTTP_ACCEPT_ENCODING="br")
    assert reader.status.startswith("200")
    assert reader.headers["Cache-Status"] == "portal; hit; detail=database-away"
    assert reader.headers["Age"] == "0"
    assert len(site.asked) == 1
    reader.get("/sv/other/")
    assert site.asked[-1][DATABASE_IS_AWAY]


def test_kept_page_stands_in_for_an_answer_that_the_database_broke(
    site, page_cache, reader
) -> None:
    reader.get()
    page_cache.state.invalidate()
    site.status = "503 Service Unavailable"
    assert reader.get() == site.body
    assert reader.status.startswith("200")
    assert "Cache-Status" in reader.headers
    site.status = "200 OK"
    reader.get()
    assert "Cache-Status" not in reader.headers


def test_page_that_is_counted_is_counted_each_time(site, page_cache, reader) -> None:
    counted = []

    class Counted(Answer):
        counts = staticmethod(lambda: counted.append(1))

    def application(environ, start_response):
        start_response("200 OK", HTML)
        return Counted([b"hits"])

    page_cache.application = application
    reader.get("/sv/sok/", "q=a")
    reader.get("/sv/sok/", "q=a")
    reader.get("/sv/sok/", "q=a", HTTP_SEC_PURPOSE="prefetch")
    reader.get("/sv/sok/", "q=a", REQUEST_METHOD="HEAD")
    assert counted == [1]
