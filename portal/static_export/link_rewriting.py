"""Makes the addresses in a page lead to the files of the copy, from a server or from a disk."""

import base64
import mimetypes
import posixpath
import re
from urllib.parse import quote, urldefrag

from portal.static_export import markup
from portal.static_export.collecting import Collection, Piece
from portal.static_export.file_paths import url_of
from portal.static_export.markup import Tag

# What a browser fetches from another file only if both are of the same origin. Files on a disk
# never are (HTML Standard, "Origin"), so their bytes stand in the page itself.
_FONT_DISPLAY = re.compile(r"font-display:\s*optional")
_CAPTIONS = "track"


class Leading:
    """Rewrites what was collected, one piece at a time; keeps the links that lead nowhere."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._is_offline = collection.archive.is_offline
        self.lost: list[tuple[str, str]] = []  # (page, address)

    def page(self, piece: Piece, html: str) -> str:
        """The page with every address of ours leading to a file."""
        return markup.with_tags(html, lambda tag: self._changed(tag, piece))

    def style_sheet(self, piece: Piece, css: str) -> str:
        """The style sheet with fonts and drawings inside it, where they cannot be fetched."""

        def change(url: str) -> str:
            found = self._collection.target(self._collection.local(url, piece.address))
            if found is None:
                return url
            if self._is_offline and not found.file.endswith(".css"):
                return _inside(found)
            return self._link(found, "", piece)

        css = markup.with_fetched(css, change)
        # No journey to wait for: a font that is at hand belongs on every page.
        return _FONT_DISPLAY.sub("font-display: swap", css) if self._is_offline else css

    def _changed(self, tag: Tag, piece: Piece) -> str | None:
        attributes = dict(tag.attributes)
        for name, url in tag.addresses().items():
            attributes[name] = self._led(tag, url, piece)
        if tag.candidates():
            attributes["srcset"] = ", ".join(
                f"{self._led(tag, url, piece)} {said}".strip() for url, said in tag.candidates()
            )
        if attributes == tag.attributes:
            return None
        kept = {
            name: value
            for name, value in attributes.items()
            if value is not None or tag.attributes[name] is None
        }
        return tag.written(kept)

    def _led(self, tag: Tag, url: str, piece: Piece) -> str | None:
        """Where the address leads in the copy; None for a link to what the copy lacks."""
        address, fragment = urldefrag(url)
        local = self._collection.local(address, piece.address)
        if not local:
            return url
        found = self._collection.target(local)
        if found is None:
            if outside := self._collection.target_outside(local):
                return outside
            if _is_whole(tag) and self._is_offline:
                return url
            self.lost.append((piece.address, url))
            return None
        if _is_whole(tag):
            return f"{self._collection.archive.base_url}{url_of(found.file)}"
        if self._is_offline and tag.name == _CAPTIONS:
            return _inside(found)
        return self._link(found, fragment, piece)

    def _link(self, found: Piece, fragment: str, piece: Piece) -> str:
        end = f"#{fragment}" if fragment else ""
        if not self._is_offline:
            return f"{url_of(found.file)}{end}"
        if end and found.file == piece.file:
            return end
        here = posixpath.dirname(piece.file)
        return f"{quote(posixpath.relpath(found.file, here or '.'))}{end}"


def _is_whole(tag: Tag) -> bool:
    """True where an address is read by other sites, and so begins with the host."""
    is_version = tag.name == "link" and (
        tag.attributes.get("rel") == "canonical" or "hreflang" in tag.attributes
    )
    return tag.name == "meta" or is_version


def _inside(piece: Piece) -> str:
    """The bytes of a piece as an address (RFC 2397)."""
    kind = mimetypes.guess_type(piece.file)[0] or piece.kind or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(piece.stored.read_bytes()).decode()}"
