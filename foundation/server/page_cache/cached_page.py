"""A finished page: its bytes in the codings that readers ask for, and the answer for each."""

import gzip
import hashlib
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from sys import intern

import brotli

Headers = list[tuple[str, str]]

BROTLI_QUALITY = 5  # the highest whose time stays near gzip's: 4 ms for a page of 60 kB
GZIP_LEVEL = 6
LEAST_COMPRESSED = 256  # bytes; below, the coding costs more than it saves
OVERHEAD = 2_000  # bytes of a page's objects and headers beside its texts
# A reader's copy may be kept but is asked about each time: it costs an answer of 304.
ASK_EACH_TIME = "public, no-cache"
# What a 304 says again of the page (RFC 9110, section 15.4.5).
_IN_304 = {"etag", "cache-control", "vary", "content-language", "content-location"}
# Django's own of these are replaced.
_REPLACED = {"content-length", "etag", "cache-control", "last-modified", "content-encoding", "vary"}
_TEXTS = ("text/", "application/json", "application/xml", "application/atom", "application/ld+json")
_TEXT_ENDINGS = ("+xml", "+json")


@dataclass
class Variant:
    """The page in one coding, as it is handed out."""

    headers: Headers
    body: list[bytes]
    etag: str
    unchanged: Headers


@dataclass(eq=False)
class Page:
    """One finished answer.

    `token` names the state of the content that it was made from. `counts` is called each time that
    the page is handed out again, where that is counted.
    """

    status: str
    headers: Headers
    vary: list[str]
    digest: str
    is_text: bool
    made_at: float
    token: bytes = b""
    counts: Callable[[], None] | None = None
    used: bool = False
    variants: dict[str, Variant] = field(default_factory=dict)

    @classmethod
    def of(cls, status: str, headers: Headers, body: bytes) -> "Page":
        """The page of an answer that came without a coding."""
        named = {name.lower(): value for name, value in headers}
        asked_for = (name.strip() for name in named.get("vary", "").split(","))
        vary = [name for name in asked_for if name and name.lower() != "accept-encoding"]
        kind = named.get("content-type", "").partition(";")[0].strip().lower()
        is_text = len(body) >= LEAST_COMPRESSED and (
            kind.startswith(_TEXTS) or kind.endswith(_TEXT_ENDINGS)
        )
        # Most headers are those of every page: all pages share them.
        kept_headers = [
            (intern(name), intern(value))
            for name, value in headers
            if name.lower() not in _REPLACED
        ]
        seal = hashlib.sha256(body)
        # The same bytes with other headers are another answer: a redirect has none at all.
        seal.update(repr((status, kept_headers)).encode())
        page = cls(status, kept_headers, vary, seal.hexdigest()[:24], is_text, time.time())
        page._add("identity", body)
        return page

    @property
    def size(self) -> int:
        """Bytes that the page takes in memory."""
        return OVERHEAD + sum(len(variant.body[0]) for variant in list(self.variants.values()))

    def variant(self, coding: str) -> Variant:
        """The page in a coding, made when it is first asked for.

        The plain bytes are not kept beside a compressed form, from which they can be had again.
        """
        coding = coding if self.is_text else "identity"
        variant = self.variants.get(coding)
        if variant is None:
            variant = self._add(coding, self._plain())
        if self.is_text and coding != "identity":
            self.variants.pop("identity", None)
        return variant

    def _plain(self) -> bytes:
        for coding, variant in list(self.variants.items()):
            if coding == "identity":
                return variant.body[0]
            if coding == "gzip":
                return gzip.decompress(variant.body[0])
            return bytes(brotli.decompress(variant.body[0]))
        raise LookupError("A page without its bytes.")  # pragma: no cover - `of` adds one

    def _add(self, coding: str, plain: bytes) -> Variant:
        body = _coded(plain, coding)
        etag = ""
        if self.status[:3] == "200":
            etag = f'"{self.digest}"' if coding == "identity" else f'"{self.digest}-{coding}"'
        vary = ["Accept-Encoding", *self.vary] if self.is_text else self.vary
        headers = [
            *self.headers,
            ("Content-Length", str(len(body))),
            ("Cache-Control", ASK_EACH_TIME),
        ]
        if etag:
            headers.append(("ETag", etag))
        if vary:
            headers.append(("Vary", ", ".join(vary)))
        unchanged = [(name, value) for name, value in headers if name.lower() in _IN_304]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        variant = Variant(headers, [body], etag, unchanged)
        self.variants[coding] = variant
        return variant


def _coded(plain: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(plain, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    if coding == "gzip":
        # Without a time in it, so that the same page has the same bytes on every machine.
        packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 31)
        return packer.compress(plain) + packer.flush()
    return plain


def coding_of(accept_encoding: str | None) -> str:
    """The coding to answer with: br, gzip or identity (RFC 9110, section 12.5.3)."""
    weights = {}
    for part in (accept_encoding or "").lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        weight = parameters.strip().removeprefix("q=").strip() if parameters else "1"
        try:
            weights[name.strip()] = float(weight)
        except ValueError:
            weights[name.strip()] = 0.0
    anything = weights.get("*", 0.0)
    br, gz = weights.get("br", anything), weights.get("gzip", anything)
    if br > 0 and br >= gz:
        return "br"
    return "gzip" if gz > 0 else "identity"


def is_unchanged(if_none_match: str, etag: str) -> bool:
    """Whether a reader's copies include this one, by the weak comparison (RFC 9110, 13.1.2).

    An answer without a validator ("") is never the same.
    """
    if not etag:
        return False
    if if_none_match.strip() == "*":
        return True
    return etag in (known_tag.strip().removeprefix("W/") for known_tag in if_none_match.split(","))
