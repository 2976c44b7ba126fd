"""A text as it is read: its words in one string, and where its blocks and links lie in it."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from foundation.content.richtext import sanitised

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {
    *(
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "figcaption",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ),
    *_HEADINGS,
}
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"[^\r\n]*[^\s]")


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table cell: text[start:end]."""

    tag: str
    start: int
    end: int
    is_bold: bool = False

    @property
    def level(self) -> int:
        """1 to 6 for a heading, 0 for anything else."""
        return int(self.tag[1]) if self.tag in _HEADINGS else 0


@dataclass(frozen=True)
class Link:
    """A link: text[start:end] leads to href."""

    href: str
    start: int
    end: int


@dataclass(frozen=True)
class Written:
    """A text with its blocks, in order, one on each line or more.

    `is_prose` for sentences; `under` is the level of the heading that the page sets over the text.
    """

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    is_prose: bool = True
    under: int = 1

    def of(self, block: Block) -> str:
        """The words of a block."""
        return self.text[block.start : block.end]


def plain(text: str, *, is_prose: bool = True) -> Written:
    """A text without formatting; each of its lines is a block."""
    blocks = (Block("p", line.start(), line.end()) for line in _LINE.finditer(text))
    return Written(text, tuple(blocks), is_prose=is_prose)


def rich(html: str, *, under: int = 1) -> Written:
    """A rich text as readers will get it: what the sanitiser takes away is not read."""
    reader = _Reader()
    reader.feed(sanitised(html))
    reader.close()
    reader.end_block()
    text = "\n".join(reader.lines)
    # A link may end in a space that no longer stands there.
    links = (
        Link(one.href, min(one.start, len(text)), min(one.end, len(text))) for one in reader.links
    )
    return Written(text, tuple(reader.blocks), tuple(links), under=under)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._start = 0  # of the block that is being read
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._open: list[str] = []
        self._words = ""
        self._plain = 0  # how much of it is not bold
        self._bold = 0  # how many elements make it bold
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._open.append(tag)
        elif tag == "br":
            self._words = f"{self._words.rstrip(' ')}\n" if self._words else ""
        elif tag == "strong":
            self._bold += 1
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", self._here())

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._open.pop()
        elif tag == "strong":
            self._bold -= 1
        elif tag == "a" and self._link:
            href, start = self._link
            self.links.append(Link(href, start, self._here()))
            self._link = None

    def handle_data(self, data: str) -> None:
        words = _SPACE.sub(" ", data)
        if not self._words or self._words[-1].isspace():
            words = words.removeprefix(" ")
        self._words += words
        self._plain += 0 if self._bold else len(words.strip())

    def _here(self) -> int:
        return self._start + len(self._words)

    def end_block(self) -> None:
        """Keep what has been read since the last block; a heading also where it has no words."""
        tag, words = self._open[-1] if self._open else "p", self._words.rstrip()
        if words or tag in _HEADINGS:
            is_bold = bool(words) and not self._plain
            self.blocks.append(Block(tag, self._start, self._start + len(words), is_bold))
            self.lines.append(words)
            self._start += len(words) + 1
        self._words, self._plain = "", 0
