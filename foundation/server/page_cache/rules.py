"""Which requests a stored page may answer, and under which key: nobody can fill or poison it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote_plus

Environ = dict[str, Any]
# Path, query, Host, X-Forwarded-Proto and, where the page depends on it, the preferred language.
Key = tuple[str, ...]

NOTHING: frozenset[str] = frozenset()
MAX_QUERY = 400  # characters; a longer one is no link of ours
MAX_PATH = 600  # characters; what a page is known by takes memory too
# Added to links by those who count clicks; no page of ours depends on them.
_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga"}
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_")


def is_tracking(name: str) -> bool:
    """True for a query key that only counts clicks."""
    return name.lower() in _TRACKING or name.lower().startswith(_TRACKING_PREFIXES)


def normal_query(query: str, known: frozenset[str]) -> str | None:
    """The one way to write what a query asks; None when it asks for what is not known here.

    As Django does, of a key that is given twice the last value counts. Clicks that are counted
    and values without a sign are left out.
    """
    if not query:
        return ""
    if len(query) > MAX_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=40, errors="strict")
    except ValueError:
        return None
    parameters = {name: value for name, value in pairs if not is_tracking(name)}
    if not known.issuperset(parameters):
        return None
    filled = sorted((name, value) for name, value in parameters.items() if value)
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in filled)


@dataclass(frozen=True)
class CacheableRequest:
    """A request that a stored page may answer."""

    key: Key
    query: str  # in its one way of writing


@dataclass(frozen=True)
class Rules:
    """What is public, as the site says it.

    `excluded_paths` and `excluded_endings` are of paths that are never kept, `keys` the query keys
    of each language, `hosts` the values of the Host header that the site answers to, `cookies` the
    names of those that tell who somebody is. X-Forwarded-Proto is believed only where
    `is_behind_proxy`. `preferred` reads Accept-Language.
    """

    hosts: frozenset[str]
    excluded_paths: tuple[str, ...]
    excluded_endings: tuple[str, ...]
    keys: Mapping[str, frozenset[str]]
    preferred: Callable[[str], str | None]
    cookies: tuple[str, ...] = ()
    is_behind_proxy: bool = False

    def cacheable_request(self, environ: Environ) -> CacheableRequest | None:
        """How a request is known to the page cache; None for one that Django has to answer."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        path = environ["PATH_INFO"]
        if len(path) > MAX_PATH or path.startswith(self.excluded_paths) or self._is_file(path):
            return None
        host = environ.get("HTTP_HOST", "")
        if host not in self.hosts or _has_body(environ) or self._is_personal(environ):
            return None
        language = self._language(path)
        query = normal_query(environ.get("QUERY_STRING", ""), self.keys.get(language, NOTHING))
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "") if self.is_behind_proxy else ""
        if query is None or scheme not in ("", "http", "https"):
            return None
        key: Key = (path, query, host, scheme)
        if not language:
            key = (*key, self.preferred(environ.get("HTTP_ACCEPT_LANGUAGE", "")) or "")
        return CacheableRequest(key, query)

    def _language(self, path: str) -> str:
        return path[1:3] if path[3:4] == "/" and path[1:3] in self.keys else ""

    def _is_file(self, path: str) -> bool:
        """True for a file and for one of its versions (…/v2/)."""
        head, _slash, last = path.removesuffix("/").rpartition("/")
        if re.fullmatch(r"v\d+", last):
            path = f"{head}/"
        return path.endswith(self.excluded_endings)

    def _is_personal(self, environ: Environ) -> bool:
        if "HTTP_AUTHORIZATION" in environ:
            return True
        cookies: str = environ.get("HTTP_COOKIE", "")
        return any(f"{name}=" in cookies for name in self.cookies)

    def varies_as_known(self, path: str, vary: list[str]) -> bool:
        """Whether a page depends on nothing that its key does not hold."""
        known = {"accept-encoding"}
        if not self._language(path):
            known.add("accept-language")
        return {name.lower() for name in vary} <= known


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
