"""The blocks of a PDF page that has no tags, guessed from where its lines stand and how large."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2.raw as raw

_SAMPLE = 20  # pages that tell how large the letters of plain text are
_HEADING = 1.18  # times the plain text
_LONGEST_HEADING = 160  # signs
_GAP = 0.75  # of a line's height: more space than this begins a new paragraph
_BULLET = re.compile(r"^\s*[•·▪■●‣◦–—*-]\s+")
# At the end of a line these part a word; so does a plain hyphen before a small letter.
_PARTING = re.compile("[\u2010\u00ad\x02\ufffe]$")
# What pdfium writes for a hyphen at the end of a line, running the next line on.
_MARK_OF_HYPHEN = "\x02\ufffe"
# ”social- och hälsovård”, ”sosiaali- ja terveys”: the hyphen stays.
_HANGING = re.compile(r"(och|eller|samt|ja|tai|sekä|eikä)\b")


@dataclass(frozen=True)
class Piece:
    """A stretch of text on one line, and where its edges are, in points."""

    text: str
    bottom: float
    top: float
    left: float = 0.0


def joined(pieces: list[Piece]) -> str:
    """The pieces as running text: words that a line's end has parted are whole again."""
    text, before = "", None
    for piece in pieces:
        is_new_line = before is not None and _is_below(piece, before)
        text = _continued(text, piece.text) if is_new_line else text + piece.text
        before = piece
    return " ".join(text.split())


def _is_below(piece: Piece, before: Piece) -> bool:
    middle = (piece.bottom + piece.top) / 2
    return not before.bottom <= middle <= before.top


def _continued(text: str, line: str) -> str:
    text, line = text.rstrip(), line.lstrip()
    if _PARTING.search(text):
        return text[:-1] + line
    is_parted = re.search(r"[^\W\d_]-$", text) and line[:1].islower() and not _HANGING.match(line)
    if is_parted:
        last = re.split(r"\s", text)[-1]
        # EU-projekt keeps its hyphen.
        return (text if last[:-1].isupper() else text[:-1]) + line
    return f"{text} {line}"


@dataclass
class Line:
    """A line of a page: its text, the size of its letters and where it stands, in points."""

    text: str
    size: float
    bottom: float
    top: float


def lines_of(page: Any) -> list[Line]:
    """The lines of a page in the order in which they were written."""
    textpage = page.get_textpage()
    lines: list[Line] = []
    try:
        count = raw.FPDFText_CountChars(textpage)
        text = ""
        sizes: list[float] = []
        edges: list[tuple[float, float]] = []
        left, right, bottom, top = (ctypes.c_double() for _edge in range(4))
        for index in range(max(count, 0)):
            sign = chr(raw.FPDFText_GetUnicode(textpage, index))
            if sign in "\r\n":
                _end_line(lines, text, sizes, edges)
                text, sizes, edges = "", [], []
                continue
            if sign in _MARK_OF_HYPHEN:
                ahead = range(index + 1, min(index + 8, count))
                sign = _hyphen(
                    text, "".join(chr(raw.FPDFText_GetUnicode(textpage, i)) for i in ahead)
                )
            text += sign
            if (
                sign
                and not sign.isspace()
                and raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
            ):
                sizes.append(raw.FPDFText_GetFontSize(textpage, index))
                edges.append((bottom.value, top.value))
        _end_line(lines, text, sizes, edges)
    finally:
        textpage.close()
    return lines


def _hyphen(text: str, following: str) -> str:
    """The hyphen that pdfium has marked at the end of a line: it stays or parts a word."""
    if _HANGING.match(following):
        return "- "
    last = re.split(r"\s", text)[-1]
    return "-" if not following.strip() or last.isupper() else ""


def _end_line(
    lines: list[Line], text: str, sizes: list[float], edges: list[tuple[float, float]]
) -> None:
    if text.strip() and sizes:
        height = max(top for _bottom, top in edges) - min(bottom for bottom, _top in edges)
        # Some programs write every letter in size 1 and enlarge the page: the box tells then.
        size = max(median(sizes), 0.0)
        size = size if size > 2 else height
        lines.append(Line(text, round(size, 1), min(e[0] for e in edges), max(e[1] for e in edges)))


def size_of_body(document: Any) -> float:
    """The size in which most of the first pages is written."""
    signs: Counter[float] = Counter()
    for index in range(min(len(document), _SAMPLE)):
        page = document[index]
        for line in lines_of(page):
            signs[line.size] += len(line.text)
        page.close()
    return signs.most_common(1)[0][0] if signs else 0.0


def blocks_of(page: Any, body: float) -> Iterator[tuple[str, str]]:
    """Kind and text of each block: heading, item or paragraph."""
    kind, pieces = "", list[Piece]()
    before: Line | None = None
    for line in lines_of(page):
        new = _kind_of(line, body)
        continues = before is not None and _continues(line, before)
        is_more = new == kind or (kind == "item" and new == "paragraph")
        if pieces and (new == "item" or not continues or not is_more):
            yield _block(kind, pieces)
            kind, pieces = "", []
        kind = kind or new
        text = _BULLET.sub("", line.text) if new == "item" else line.text
        pieces.append(Piece(text, line.bottom, line.top))
        before = line
    if pieces:
        yield _block(kind, pieces)


def _block(kind: str, pieces: list[Piece]) -> tuple[str, str]:
    text = joined(pieces)
    is_too_long = kind == "heading" and len(text) > _LONGEST_HEADING
    return ("paragraph" if is_too_long else kind), text


def _kind_of(line: Line, body: float) -> str:
    if _BULLET.match(line.text):
        return "item"
    is_large = body and line.size >= _HEADING * body
    return "heading" if is_large else "paragraph"


def _continues(line: Line, before: Line) -> bool:
    """Whether a line goes on where the one before it ended."""
    height = max(line.size, before.size, 1.0)
    gap = before.bottom - line.top
    return abs(line.size - before.size) < 0.1 * height and -2 * height < gap < _GAP * height
