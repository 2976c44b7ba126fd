"""The WSGI application in front of Django: hands out what is finished and fresh, else asks."""

import itertools
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from foundation.server.page_cache.cached_page import Headers, Page, Variant, coding_of, is_unchanged
from foundation.server.page_cache.invalidation import Listener
from foundation.server.page_cache.lru import SegmentedLru
from foundation.server.page_cache.rules import CacheableRequest, Environ, Key, Rules
from foundation.server.page_cache.state import UNKNOWN, ContentState

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

CACHEABLE_STATUSES = ("200", "301", "302", "404", "410")
MAX_PAGE_BYTES = 1_500_000  # of one page; what is larger is made anew each time
PATIENCE = 10  # seconds that a reader waits, in all, for what others have asked for already
MAX_REMEMBERED = 500  # accepted codings, and addresses of what is never kept
MAX_ACCEPT_ENCODING = (
    200  # characters of the codings that a reader accepts; longer ones are not kept
)
DATABASE_IS_AWAY = "portal.database_is_away"  # in the environ: Django need not try
PAGE_CACHE = (
    "foundation.server.page_cache"  # in the environ: the page cache that a request has passed
)

_NOT_MODIFIED = "304 Not Modified"


class Rendering:
    """A page in the making, and those who wait for it."""

    def __init__(self, token: bytes) -> None:
        self.token = token
        self.page: Page | None = None
        self.done = threading.Event()


class PageCacheMiddleware:
    """Finished pages in front of an application."""

    def __init__(
        self,
        application: Application,
        rules: Rules,
        state: ContentState,
        *,
        max_bytes: int,
        listener: Listener | None = None,
        on_start: Callable[["PageCacheMiddleware"], None] | None = None,
    ) -> None:
        self.on_start = on_start
        self.application, self.rules, self.state = application, rules, state
        self.listener = listener
        self.lru = SegmentedLru(max_bytes)
        # What is counted may miss one now and then: a lock would cost more than the page.
        self.hits = self.misses = self.stale_hits = self.bypasses = 0
        self.statuses: dict[str, int] = {}
        self._pages = self.lru.pages
        self._codings: dict[str | None, str] = {}
        self._renderings_by_key: dict[Key, Rendering] = {}
        self._uncacheable: dict[Key, bytes] = {}
        self._lock = threading.Lock()
        self._start = threading.Lock() if listener else None

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        # Every step of this first part is paid for by each page that is read.
        get = environ.get
        page = self._pages.get(
            (
                environ["PATH_INFO"],
                get("QUERY_STRING", ""),
                get("HTTP_HOST"),
                get("HTTP_X_FORWARDED_PROTO", ""),
            )
        )
        if (
            page is not None
            and page.token == self.state.token()
            and environ["REQUEST_METHOD"] == "GET"
            and "HTTP_COOKIE" not in environ
            and "HTTP_AUTHORIZATION" not in environ
            and page.counts is None
        ):
            coding = self._codings.get(get("HTTP_ACCEPT_ENCODING"))
            variant = page.variants.get(coding or "")
            if variant is not None:
                page.used = True
                self.hits += 1
                known = get("HTTP_IF_NONE_MATCH")
                if known is not None and is_unchanged(known, variant.etag):
                    start_response(_NOT_MODIFIED, variant.unchanged)
                    return []
                start_response(page.status, variant.headers)
                return variant.body
        return self._answer_other_requests(environ, start_response)

    def _answer_other_requests(
        self, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request that needs a closer look."""
        if self._start is not None:
            self._start_listening()
        request = self.rules.cacheable_request(environ)
        is_away = self.listener is not None and self.listener.is_away
        environ[PAGE_CACHE] = self
        if is_away:
            environ[DATABASE_IS_AWAY] = True
        if request is None:
            return self._bypass(environ, start_response)
        page = self._pages.get(request.key)
        if page is not None and (is_away or page.token == self.state.token()):
            return self._serve(page, request.key, environ, start_response, is_stale=is_away)
        if (
            is_away
            or environ["REQUEST_METHOD"] != "GET"
            or "HTTP_RANGE" in environ
            or self._uncacheable.get(request.key) == self.state.token()
        ):
            return self._bypass(environ, start_response)
        return self._render_once(request, environ, start_response)

    def _start_listening(self) -> None:
        """Start the listener in the process that serves, and in no other: at its first request."""
        start = self._start
        if start is None or self.listener is None:
            return
        with start:
            if self._start is not None:
                self._start = None
                self.listener.start()
                if self.on_start:
                    self.on_start(self)

    def _bypass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.bypasses += 1

        def counted(status: str, headers: Headers, *more: Any) -> Any:
            self._count(status)
            return start_response(status, headers, *more)

        return self.application(environ, counted)

    def _count(self, status: str) -> None:
        self.statuses[status[:3]] = self.statuses.get(status[:3], 0) + 1

    def _serve(
        self,
        page: Page,
        key: Key,
        environ: Environ,
        start_response: StartResponse,
        *,
        is_stale: bool = False,
    ) -> Iterable[bytes]:
        accepted = environ.get("HTTP_ACCEPT_ENCODING")
        coding = self._codings.get(accepted)
        if coding is None:
            coding = coding_of(accepted)
            if len(self._codings) >= MAX_REMEMBERED:
                self._codings.clear()
            if len(accepted or "") <= MAX_ACCEPT_ENCODING:
                self._codings[accepted] = coding
        size = page.size
        variant = page.variant(coding)
        if page.size != size:
            self.lru.weigh(key, page)
        page.used = True
        self.hits += 1
        # What a browser fetches ahead of its reader is not counted.
        is_read = environ["REQUEST_METHOD"] == "GET" and not is_stale
        if page.counts and is_read and "prefetch" not in environ.get("HTTP_SEC_PURPOSE", ""):
            page.counts()
        return self._respond(page, variant, environ, start_response, is_stale=is_stale)

    def _respond(
        self,
        page: Page,
        variant: Variant,
        environ: Environ,
        start_response: StartResponse,
        *,
        is_stale: bool,
    ) -> Iterable[bytes]:
        marks: Headers = []
        if is_stale:
            self.stale_hits += 1
            # RFC 9211: answered by what is kept, though it is not known to be fresh.
            marks.append(("Cache-Status", "portal; hit; detail=database-away"))
            marks.append(("Age", str(max(int(time.time() - page.made_at), 0))))
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and is_unchanged(known, variant.etag):
            start_response(_NOT_MODIFIED, variant.unchanged + marks)
            return []
        start_response(page.status, variant.headers + marks)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else variant.body

    def _render_once(
        self, request: CacheableRequest, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Make a page, or wait for whoever is making it already."""
        deadline = time.monotonic() + PATIENCE
        for _attempt in range(3):
            token = self.state.token()
            if token == UNKNOWN:
                # What is made now is fresh for nobody else: waiting would only stand in a line.
                return self._render(Rendering(token), request, environ, start_response)
            with self._lock:
                # It may have been made since we looked.
                page = self._pages.get(request.key)
                if page is not None and page.token == token:
                    break
                begun_rendering = self._renderings_by_key.get(request.key)
                if begun_rendering is None or begun_rendering.token != token:
                    begun_rendering = None
                    own_rendering = self._renderings_by_key[request.key] = Rendering(token)
            if begun_rendering is None:
                return self._render(own_rendering, request, environ, start_response)
            begun_rendering.done.wait(max(deadline - time.monotonic(), 0))
            page = begun_rendering.page
            if page is None or page.token == self.state.token():
                break  # it is not to be shared, or took too long; or here it is
        if page is not None and page.token == self.state.token():
            return self._serve(page, request.key, environ, start_response)
        return self._bypass(environ, start_response)

    def _render(
        self,
        rendering: Rendering,
        request: CacheableRequest,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        answered: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
            answered[:] = [status, headers]
            return _refuse_to_write

        try:
            result = self.application(_without_conditions(environ, request), note)
            status, headers = answered
            self._count(status)
            if getattr(result, "streaming", True):
                self._remember_uncacheable(request.key, status, rendering.token)
                start_response(status, headers)
                return result
            try:
                body = b"".join(result)
            finally:
                result.close()
            if status[:3] == "503" and (stale := self._pages.get(request.key)) is not None:
                return self._serve(stale, request.key, environ, start_response, is_stale=True)
            if not self._is_cacheable(environ["PATH_INFO"], status, headers, body):
                self._remember_uncacheable(request.key, status, rendering.token)
                start_response(status, headers)
                return [body]
            page = Page.of(status, headers, body)
            page.counts = getattr(result, "counts", None)
            variant = page.variant(coding_of(environ.get("HTTP_ACCEPT_ENCODING")))
            self._store(request, page, rendering.token)
            rendering.page = page
            return self._respond(page, variant, environ, start_response, is_stale=False)
        finally:
            with self._lock:
                if self._renderings_by_key.get(request.key) is rendering:
                    del self._renderings_by_key[request.key]
            rendering.done.set()

    def _store(self, request: CacheableRequest, page: Page, token: bytes) -> None:
        """Keep a page; it is fresh while nothing has changed since it was begun."""
        self.misses += 1
        if self.state.is_known and self.listener is not None:
            # Nobody else may hand out what is older than the page that is now about to be shown.
            self.listener.wait_for_earlier_commits()
        if token != UNKNOWN:
            page.token = token
        is_lasting = page.status[:3] == "200" and not request.query
        self.lru.put(request.key, page, is_lasting=is_lasting)

    def _is_cacheable(self, path: str, status: str, headers: Headers, body: bytes) -> bool:
        if status[:3] not in CACHEABLE_STATUSES or len(body) > MAX_PAGE_BYTES:
            return False
        vary: list[str] = []
        for name, value in headers:
            match name.lower():
                case "set-cookie" | "content-encoding" | "content-range":
                    return False
                case "cache-control" if "no-store" in value or "private" in value:
                    return False
                case "content-security-policy" if "'nonce-" in value:
                    return False
                case "vary":
                    vary += [name.strip() for name in value.split(",")]
        return self.rules.varies_as_known(path, vary)

    def _remember_uncacheable(self, key: Key, status: str, token: bytes) -> None:
        """Remember an address whose answers are not for sharing, while nothing changes.

        A refusal says something of the request that met it, and nothing of the address.
        """
        if status[:3] != "200":
            return
        if len(self._uncacheable) >= MAX_REMEMBERED:
            for old in list(itertools.islice(self._uncacheable, MAX_REMEMBERED // 2)):
                self._uncacheable.pop(old, None)
        self._uncacheable[key] = token


def _refuse_to_write(_data: bytes) -> None:
    raise RuntimeError("Answers are iterated; nothing is written past them (PEP 3333).")


def _without_conditions(environ: Environ, request: CacheableRequest) -> Environ:
    """The request as everybody's: the whole page, without a coding, by the normal query."""
    shared_environ = {
        name: value
        for name, value in environ.items()
        if not name.startswith("HTTP_IF_") and name not in _PERSONAL_HEADERS
    }
    shared_environ["QUERY_STRING"] = request.query
    return shared_environ


# A page for everybody is made without them, so that it cannot depend on them. Django takes the
# charset that it reads the query in from Content-Type, of a GET too.
_PERSONAL_HEADERS = {
    *("CONTENT_LENGTH", "CONTENT_TYPE"),
    *("HTTP_ACCEPT_ENCODING", "HTTP_COOKIE", "HTTP_REFERER"),
}
