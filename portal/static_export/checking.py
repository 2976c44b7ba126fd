"""Reads a finished copy as its readers will, file by file, and tells what does not hold."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from portal.static_export import markup
from portal.static_export.file_paths import INDEX, is_safe

LONGEST = 200  # signs of a path: Windows takes 260, the reader's own folder included
_CLOSED = ("/admin/", "csrfmiddlewaretoken")
_PAGES = {".html"}
_SITEMAP = "sitemap.xml"


def problems(folder: Path, base_url: str, *, is_offline: bool) -> list[str]:
    """What is wrong with the copy, each in a sentence of its own; empty when it is whole."""
    return sorted(_Check(folder, base_url, is_offline=is_offline).problems())


class _Check:
    def __init__(self, folder: Path, base_url: str, *, is_offline: bool) -> None:
        self._folder = folder
        self._base_url = base_url
        self._is_offline = is_offline
        self._files = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        }
        self._anchors: dict[str, set[str]] = {}

    def problems(self) -> Iterator[str]:
        yield from self._names()
        pages = [name for name in sorted(self._files) if Path(name).suffix in _PAGES]
        texts = {name: (self._folder / name).read_text("utf-8") for name in pages}
        tags = {name: markup.tags_of(html) for name, html in texts.items()}
        for name, found in tags.items():
            self._anchors[name] = {tag.attributes["id"] or "" for tag in found if _has_id(tag)}
        for name, html in texts.items():
            yield from (f"{name}: holds {one}" for one in _CLOSED if one in html)
            for tag in tags[name]:
                yield from self._of_tag(name, tag)
        yield from self._sitemap(_SITEMAP)

    def _names(self) -> Iterator[str]:
        folded: dict[str, str] = {}
        for name in sorted(self._files):
            if not is_safe(name):
                yield f"{name}: not a name for every system"
            if len(name) > LONGEST:
                yield f"{name}: longer than {LONGEST} signs"
            twin = folded.setdefault(name.lower(), name)
            if twin != name:
                yield f"{name}: the same as {twin} where capitals do not count"

    def _of_tag(self, name: str, tag: markup.Tag) -> Iterator[str]:
        if tag.name == "form":
            yield f"{name}: holds a form"
        if self._is_offline and ("crossorigin" in tag.attributes or _is_module(tag)):
            yield f"{name}: {tag.name} cannot be fetched from a disk"
        for url in [*tag.addresses().values(), *(one for one, _said in tag.candidates())]:
            if tag.name == "meta" or tag.attributes.get("rel") == "canonical":
                if not url.startswith(f"{self._base_url}/"):
                    yield f"{name}: {url} is not under {self._base_url}"
                if self._is_offline:
                    continue
            yield from self._of_address(name, url)

    def _of_address(self, name: str, url: str) -> Iterator[str]:
        address, fragment = urldefrag(url)
        address = address.removeprefix(self._base_url) if address != self._base_url else "/"
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return
        if parts.query:
            yield f"{name}: {url} asks a server"
            return
        if self._is_offline and address.startswith("/"):
            if not url.startswith(self._base_url):
                yield f"{name}: {url} begins at the root of a server"
            return
        target = self._target(name, unquote(address))
        if target not in self._files:
            yield f"{name}: {url} leads nowhere"
        elif fragment and unquote(fragment) not in self._anchors.get(target, {unquote(fragment)}):
            yield f"{name}: {url} leads to no such place"

    def _target(self, name: str, address: str) -> str:
        if not address:
            return name
        if address.startswith("/"):
            path = address[1:]
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
        return f"{path}{INDEX}" if path.endswith("/") or not path else path

    def _sitemap(self, name: str) -> Iterator[str]:
        if name not in self._files:
            yield f"{name}: there is no sitemap"
            return
        text = (self._folder / name).read_text("utf-8")
        for url in markup.addresses_in_sitemap(text):
            path = unquote(url.removeprefix(self._base_url))
            target = self._target("", path)
            if target not in self._files:
                yield f"{name}: {url} is not in the copy"
            elif markup.is_index_of_sitemaps(text):
                yield from self._sitemap(target)


def _has_id(tag: markup.Tag) -> bool:
    return bool(tag.attributes.get("id"))


def _is_module(tag: markup.Tag) -> bool:
    return tag.name == "script" and tag.attributes.get("type") == "module"
