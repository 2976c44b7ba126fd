"""Walks the public portal from its sitemap along every link, and keeps what it is answered."""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.archive import Archive
from portal.static_export import markup
from portal.static_export.client import Answer, Reader, host_asked
from portal.static_export.file_paths import file_for

_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_HOPS = 5
_REPORT_EVERY = 250  # addresses
_LANGUAGE = re.compile(r"^/(sv|fi)/")
MISSING = "404.html"


@dataclass
class Piece:
    """What stood at one address: where its bytes lie meanwhile, and the file it becomes."""

    address: str
    kind: str
    stored: Path
    sha256: str
    languages: tuple[str, ...]
    file: str


class Collection:
    """The pieces of a copy by their address, and the addresses that lead to others."""

    def __init__(self, archive: Archive, folder: Path, tell: Callable[[str], None]) -> None:
        self.archive = archive
        self.pieces: dict[str, Piece] = {}
        self.redirects: dict[str, str] = {}
        self.outside: dict[str, str] = {}  # short address → the other site that it leads to
        self.refused: dict[str, int] = {}  # address → status
        self.met_on: dict[str, str] = {}  # address → the first page that led there
        self._reader = Reader(archive)
        self._folder = folder
        self._tell = tell

    def collect(self) -> None:
        """Ask for everything; then let files that are the same bytes stand in one place."""
        waiting = deque(self._seeds())
        self.met_on = dict.fromkeys(waiting, "")
        due = _REPORT_EVERY
        while waiting:
            found = waiting.popleft()
            for further in self._take(found):
                if further not in self.met_on:
                    self.met_on[further] = found
                    waiting.append(further)
            if len(self.met_on) - len(waiting) >= due:
                due += _REPORT_EVERY
                self._tell(f"{len(self.pieces)} read, {len(waiting)} waiting")
        self._merge_the_same()
        self._take_error_pages()

    def _seeds(self) -> list[str]:
        pages = sorted(filter(None, self._pages_of_sitemap(reverse("sitemap"))))
        further = [address("portal:search", code) for code in languages.CODES]
        return ["/", reverse("robots"), *pages, *further]

    def _pages_of_sitemap(self, path: str) -> Iterator[str]:
        answer = self._reader.ask(path)
        # It names the host that was asked; nothing of the copy stands there.
        text = b"".join(answer.chunks()).decode().replace(host_asked(), self.archive.base_url)
        answer.body = [text.encode()]
        self.pieces[path] = self._kept(path, answer)
        named = [self.local(one) for one in markup.addresses_in_sitemap(text)]
        if not markup.is_index_of_sitemaps(text):
            yield from named
            return
        for one in named:
            yield from self._pages_of_sitemap(one)

    def local(self, url: str, on: str = "/") -> str:
        """The path and query of an address of the portal met on a page; "" for any other."""
        if url.startswith("#") or not url:
            return ""
        if url == "?":  # the page without its query, which urljoin would keep
            return on.partition("?")[0]
        whole = urlsplit(urljoin(f"{self.archive.base_url}{on}", url))
        if f"{whole.scheme}://{whole.netloc}" != self.archive.base_url:
            return ""
        return f"{whole.path}?{whole.query}" if whole.query else whole.path

    def policy(self) -> str:
        """The Content-Security-Policy that the portal's own pages have, for a server to repeat."""
        policy = self._reader.ask("/").headers["content-security-policy"]
        return "; ".join(sorted(policy.split("; ")))

    def _take(self, found: str) -> Iterator[str]:
        answer = self._reader.ask(found)
        if answer.status in _REDIRECTS:
            b"".join(answer.chunks())
            target = self.local(answer.headers["location"], found)
            self.redirects[found] = target
            if not target:
                self.outside[found] = answer.headers["location"]
            yield from filter(None, [target])
            return
        if answer.status != 200:
            b"".join(answer.chunks())
            self.refused[found] = answer.status
            return
        piece = self.pieces[found] = self._kept(found, answer)
        if piece.kind == "text/html":
            urls = self._fetched(piece.stored.read_text("utf-8"))
        elif piece.file.endswith(".css"):
            urls = markup.addresses_in_style_sheet(piece.stored.read_text("utf-8"))
        else:
            return
        yield from filter(None, (self.local(url, found) for url in urls))

    def _fetched(self, html: str) -> list[str]:
        """The addresses in a page; pictures for other sites only where those can ask for them."""
        if not self.archive.is_offline:
            return markup.addresses_in_page(html)
        return [
            url
            for tag in markup.tags_of(html)
            if tag.name != "meta"
            for url in [*tag.addresses().values(), *(one for one, _said in tag.candidates())]
        ]

    def _kept(self, found: str, answer: Answer) -> Piece:
        stored = self._folder / str(len(self.pieces))
        digest = hashlib.sha256()
        with stored.open("wb") as file:
            for chunk in answer.chunks():
                file.write(chunk)
                digest.update(chunk)
        path = file_for(found, answer.kind, answer.headers.get("content-disposition", ""))
        spoken = tuple(filter(None, answer.headers.get("content-language", "").split(", ")))
        return Piece(found, answer.kind, stored, digest.hexdigest(), spoken, path)

    def _merge_the_same(self) -> None:
        """A download in Finnish stands under its Finnish address, once, whoever leads to it."""
        downloads: dict[str, list[Piece]] = {}
        for piece in self.pieces.values():
            if piece.address.partition("?")[0].endswith("/") and piece.kind != "text/html":
                downloads.setdefault(piece.sha256, []).append(piece)
        for same in downloads.values():
            own = min(same, key=lambda piece: (not _is_at_home(piece), piece.file))
            for piece in same:
                piece.file = own.file

    def _take_error_pages(self) -> None:
        for code in languages.CODES:
            answer = self._reader.ask(f"/{code}/{MISSING}")
            piece = self._kept(f"/{code}/{MISSING}", answer)
            self.pieces[piece.address] = piece
            piece.file = f"{code}/{MISSING}"

    def failed(self) -> list[tuple[str, int]]:
        """The addresses at which the portal itself failed, with the status of its answer."""
        return [(one, status) for one, status in sorted(self.refused.items()) if status >= 500]

    def target(self, found: str) -> Piece | None:
        """The piece an address leads to in the end, None for one that is not in the copy."""
        return self.pieces.get(self._end(found))

    def target_outside(self, found: str) -> str:
        """The address on another site that one of ours leads to in the end; "" for none."""
        return self.outside.get(self._end(found), "")

    def _end(self, found: str) -> str:
        for _hop in range(_MAX_HOPS):
            if not self.redirects.get(found):
                break
            found = self.redirects[found]
        return found


def _is_at_home(piece: Piece) -> bool:
    prefix = _LANGUAGE.match(piece.address)
    return bool(prefix and piece.languages[:1] == (prefix[1],))
