"""What is read of a file, put together as the HTML that the portal's rich text allows."""

import re
from dataclasses import dataclass, field
from html import escape

from publications.text_extraction.problems import MAX_TEXT

# Signs that XML and HTML forbid, and PDF's mark for a hyphen at the end of a line.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text on one line, without signs that no page may hold."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def _tag(name: str, inner: str, language: str = "") -> str:
    attribute = f' lang="{language}"' if language else ""
    return f"<{name}{attribute}>{inner}</{name}>"


@dataclass
class Outline:
    """Headings, paragraphs, lists and tables in reading order.

    In a file in two languages each block is marked with the one it is in. The letters tell: what
    the programs note of languages is a setting that few people know of, and often wrong.
    """

    is_in_two_languages: bool = False
    headings: list[str] = field(default_factory=list)  # of each page or slide, "" for none
    _parts: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)  # tags of the lists that are open
    _length: int = 0
    _language: str = ""  # of the block before

    def heading(self, level: int, text: str) -> None:
        """A heading of level 2 or 3."""
        if text := self._taken(text):
            self._add(_tag(f"h{level}", escape(text), self._language_of(text)))

    def paragraph(self, text: str) -> None:
        if text := self._taken(text):
            self._add(_tag("p", escape(text), self._language_of(text)))

    def aside(self, label: str, text: str) -> None:
        """A paragraph that says first what it is."""
        if text := self._taken(text):
            inner = f"<strong>{escape(label)}:</strong> {escape(text)}"
            self._add(_tag("p", inner, self._language_of(text)))

    def item(self, text: str, depth: int = 0, *, is_numbered: bool = False) -> None:
        """One point of a list; `depth` counts from nought."""
        if not (text := self._taken(text)):
            return
        kind = "ol" if is_numbered else "ul"
        depth = min(depth, len(self._open), 5)
        while len(self._open) > depth + 1 or (
            len(self._open) == depth + 1 and self._open[-1] != kind
        ):
            self._put(f"</li></{self._open.pop()}>")
        if len(self._open) == depth + 1:
            self._put("</li>")
        else:
            self._open.append(kind)
            self._put(f"<{kind}>")
        attribute = self._language_of(text)
        self._put((f'<li lang="{attribute}">' if attribute else "<li>") + escape(text))

    def table(self, rows: list[list[str]], *, has_header: bool = True) -> None:
        """A table; a row of empty cells only, left to be filled in on paper, is no text."""
        kept = [row for row in ([clean(cell) for cell in row] for row in rows) if any(row)]
        if not kept or self._is_full():
            return
        html = ""
        for number, row in enumerate(kept):
            name = "th" if has_header and number == 0 else "td"
            html += _tag("tr", "".join(_tag(name, f"<p>{escape(cell)}</p>") for cell in row))
        words = " ".join(" ".join(row) for row in kept)
        self._add(_tag("table", _tag("tbody", html), self._language_of(words)))

    def html(self) -> str:
        """All of it, cut after a whole block where it is longer than a page can be."""
        self._close_lists()
        return "".join(self._parts)

    def is_empty(self) -> bool:
        return not self._parts

    def _language_of(self, text: str) -> str:
        """The language to mark a block with; one that does not tell is in that of the last."""
        if not self.is_in_two_languages:
            return ""
        self._language = likely_language(text) or self._language
        return self._language

    def _add(self, html: str) -> None:
        self._close_lists()
        self._put(html)

    def _put(self, html: str) -> None:
        self._length += len(html)
        self._parts.append(html)

    def _is_full(self) -> bool:
        return self._length >= MAX_TEXT

    def _taken(self, text: str) -> str:
        """The text as a block holds it; nothing once there is more than a page can show."""
        return "" if self._is_full() else clean(text)

    def _close_lists(self) -> None:
        while self._open:
            self._parts.append(f"</li></{self._open.pop()}>")


# Letters that one of the languages hardly uses, and words that are everywhere in one of them.
_SWEDISH = re.compile(r"[bcfåwxz]|(?<!n)g|^(och|att|det|en|ett|som|den|till|med|inte|vi|du|hur)$")
_FINNISH = re.compile(r"aa|ää|ii|uu|yy|öö|uo|yö|^(ja|on|ei|että|se|me|jos|mikä|miten|mitä|olen)$")


def likely_language(text: str) -> str:
    """Swedish or Finnish, by which of them the words look like; "" when they do not tell."""
    # Abbreviations such as CC BY belong to no language.
    words = [w.strip(".,:;!?()”’–").lower() for w in text.split() if not w.isupper()]
    swedish = sum(bool(_SWEDISH.search(word)) for word in words)
    finnish = sum(bool(_FINNISH.search(word)) for word in words)
    if swedish == finnish:
        return ""
    return "sv" if swedish > finnish else "fi"
