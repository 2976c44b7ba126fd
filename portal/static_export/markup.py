"""Where addresses stand in a page, a style sheet or a sitemap; other bytes stay as they are."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

# Attributes that lead somewhere or fetch something (HTML Standard, section "Attributes").
_LEADING = {"href", "src", "poster", "action"}
_WHOLE = {"og:url", "og:image"}  # of <meta property>: addresses as other sites read them
_CSS = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)|@import\s+(["'])([^"']+)\3""")
_LOC = re.compile(r"<loc>([^<]+)</loc>")


@dataclass(frozen=True)
class Tag:
    """A start tag, with where it begins and ends in the page."""

    name: str
    attributes: dict[str, str | None]
    start: int
    end: int
    is_closed: bool  # written with a slash at its end

    def addresses(self) -> dict[str, str]:
        """Attribute → address, for those that hold one address."""
        found = {
            name: value for name, value in self.attributes.items() if name in _LEADING and value
        }
        if self.name == "meta" and self.attributes.get("property") in _WHOLE:
            found["content"] = self.attributes.get("content") or ""
        return found

    def candidates(self) -> list[tuple[str, str]]:
        """The addresses of `srcset`, each with what is said of it."""
        parts = [one.split() for one in (self.attributes.get("srcset") or "").split(",")]
        return [(one[0], " ".join(one[1:])) for one in parts if one]

    def written(self, attributes: dict[str, str | None]) -> str:
        """The tag with other attributes."""
        pairs = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in attributes.items()
        )
        return f"<{self.name}{pairs}{'/' if self.is_closed else ''}>"


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def _note(self, name: str, attributes: list[tuple[str, str | None]], is_closed: bool) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        end = start + len(self.get_starttag_text() or "")
        self.tags.append(Tag(name, dict(attributes), start, end, is_closed))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs, is_closed=False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, attrs, is_closed=True)


def tags_of(html: str) -> list[Tag]:
    """The start tags of a page, in order."""
    return _Tags(html).tags


def addresses_in_page(html: str) -> list[str]:
    """Every address that a page leads to or fetches from."""
    found: list[str] = []
    for tag in tags_of(html):
        found += tag.addresses().values()
        found += [address for address, _said in tag.candidates()]
    return found


def addresses_in_style_sheet(css: str) -> list[str]:
    """Every address that a style sheet fetches from."""
    return [found[2] or found[4] for found in _CSS.finditer(css)]


def addresses_in_sitemap(xml: str) -> list[str]:
    """The pages that a sitemap names, or the files that an index of them names."""
    return [found[1].replace("&amp;", "&") for found in _LOC.finditer(xml)]


def is_index_of_sitemaps(xml: str) -> bool:
    """True for a list of sitemaps, false for a list of pages."""
    return "<sitemapindex" in xml


def with_tags(html: str, change: Callable[[Tag], str | None]) -> str:
    """The page with those tags replaced for which `change` returns another text."""
    pieces, done = [], 0
    for tag in tags_of(html):
        text = change(tag)
        if text is not None:
            pieces += [html[done : tag.start], text]
            done = tag.end
    return "".join([*pieces, html[done:]])


def with_fetched(css: str, change: Callable[[str], str]) -> str:
    """The style sheet with its addresses changed."""

    def changed(found: re.Match[str]) -> str:
        if found[2]:
            return f'url("{change(found[2])}")'
        return f'@import "{change(found[4])}"'

    return _CSS.sub(changed, css)
