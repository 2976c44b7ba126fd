"""Reads a page as the walker does: its elements, its links, and the language of every text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input"),
    *("link", "meta", "source", "track", "wbr", "use", "path", "circle", "rect", "line"),
}
LOG_IN = ("/sv/logga-in/", "/fi/kirjaudu/")
UNSEEN = {"script", "style", "template"}


@dataclass
class Element:
    """One element: its tag, attributes and the language its text is in."""

    tag: str
    attributes: dict[str, str]
    language: str
    text: str = ""


@dataclass
class Document(HTMLParser):
    """A parsed page; `texts` holds (language, text) for every run of text a reader meets."""

    html: str
    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.unbalanced: list[str] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        inherited = self._open[-1].language if self._open else ""
        element = Element(tag, attributes, attributes.get("lang", inherited))
        self.elements.append(element)
        for name in ("alt", "aria-label", "title", "placeholder"):
            if attributes.get(name):
                self.texts.append((element.language, attributes[name]))
        if tag == "meta" and attributes.get("name") == "description":
            self.texts.append((element.language, attributes["content"]))
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.unbalanced.append(tag)
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if not data.strip() or any(one.tag in UNSEEN for one in self._open):
            return
        for element in self._open:
            element.text += data
        if self._open and self._open[-1].tag == "code":
            return  # names that programs read belong to no language
        self.texts.append((self._open[-1].language if self._open else "", " ".join(data.split())))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag with these attributes."""
        return [
            one
            for one in self.elements
            if one.tag == tag and all(one.attributes.get(k) == v for k, v in attributes.items())
        ]

    def links(self) -> list[str]:
        """Addresses of this site that readers are led to, without fragments: not the log-in."""
        found = [one.attributes.get("href", "") for one in self.all("a")]
        return [
            href.split("#")[0]
            for href in found
            if href.startswith(("/", "?")) and not href.startswith(LOG_IN)
        ]


# Words that are common in one language and unknown in the other.
_SWEDISH = """
och att är på som för den det av till med inte ett har från eller också om vid kan hur vi de deras
kommunen kommunerna välfärd finns var när här alla mellan under efter utan
"""
_FINNISH = """
ja on ei että se kunnan kuntien kunnat hyvinvoinnin sekä tai myös voi joka jossa kun mutta ovat oli
sen niiden mitä miten tässä kaikki välillä jälkeen ilman kuin hyvinvointi vain
"""
SWEDISH, FINNISH = set(_SWEDISH.split()), set(_FINNISH.split())


def language_of(text: str) -> str:
    """The language a text is plainly written in, "" when there is too little to tell by."""
    words = [word.strip(".,:;!?()”’–").lower() for word in text.split()]
    swedish = sum(word in SWEDISH for word in words)
    finnish = sum(word in FINNISH for word in words)
    if swedish >= 2 and swedish > 2 * finnish:
        return "sv"
    if finnish >= 2 and finnish > 2 * swedish:
        return "fi"
    return ""
