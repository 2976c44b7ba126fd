"""The blocks of a PDF page by its structure tree (ISO 32000-1, section 14.8)."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from publications.text_extraction.pdf_lines import Piece, joined

_MAX_DEPTH = 60
_PARAGRAPHS = {"P", "Caption", "BlockQuote", "Note", "TOCI", "Lbl", "LBody", "BibEntry", "Title"}


class _Page:
    """The marked pieces of text on a page, and what its tree says they are."""

    def __init__(self, page: Any) -> None:
        self.pieces: dict[int, list[Piece]] = defaultdict(list)
        textpage = page.get_textpage()
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            number = raw.FPDFPageObj_GetMarkedContentID(thing)
            if number >= 0 and (text := _text_of(thing, textpage)):
                left, bottom, _right, top = thing.get_bounds()
                self.pieces[number].append(Piece(text, bottom, top, left))
        textpage.close()

    def text(self, element: Any, depth: int = 0, *, without: tuple[str, ...] = ()) -> str:
        """The text of an element with all in it, but for the kinds that are left out."""
        return joined(list(self._inner(element, depth, without)))

    def _inner(self, element: Any, depth: int, without: tuple[str, ...]) -> Iterator[Piece]:
        for child, number in children_of(element):
            if child is None:
                yield from self.pieces.get(number, [])
            elif depth < _MAX_DEPTH and kind_of(child) not in without:
                yield from self._inner(child, depth + 1, without)

    def blocks(self, element: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
        kind = kind_of(element)
        if depth > _MAX_DEPTH:
            return
        if kind in ("H", "H1", "H2", "H3", "H4", "H5", "H6"):
            yield "heading", self.text(element)
        elif kind == "LI":
            yield "item", self.text(element, without=("Lbl", "L", "Figure"))
            for child, _number in children_of(element):
                if child is not None:
                    yield from self._lists_in(child, depth + 1)
        elif kind == "Table":
            yield from self._table(element)
        elif kind == "Figure":
            yield "picture", alternative_of(element)
        elif kind in _PARAGRAPHS:
            yield "paragraph", self.text(element, without=("Figure",))
            for child, _number in children_of(element):
                if child is not None and kind_of(child) == "Figure":
                    yield "picture", alternative_of(child)
        else:
            yield from self._mixed(element, depth)

    def _mixed(self, element: Any, depth: int) -> Iterator[tuple[str, Any]]:
        """What stands in a division: blocks, and loose pieces of text between them."""
        loose: list[Piece] = []
        for child, number in children_of(element):
            if child is None:
                loose += self.pieces.get(number, [])
            elif kind_of(child) in ("Span", "Link", "Quote", "Em", "Strong"):
                loose += self._inner(child, depth + 1, ())
            else:
                if loose:
                    yield "paragraph", joined(loose)
                    loose = []
                yield from self.blocks(child, depth + 1)
        if loose:
            yield "paragraph", joined(loose)

    def _lists_in(self, element: Any, depth: int) -> Iterator[tuple[str, Any]]:
        if depth > _MAX_DEPTH:
            return
        if kind_of(element) == "L":
            yield from self.blocks(element, depth)
            return
        for child, _number in children_of(element):
            if child is not None:
                yield from self._lists_in(child, depth + 1)

    def _table(self, element: Any) -> Iterator[tuple[str, Any]]:
        rows: list[list[list[Piece]]] = []
        for part in _descendants(element, {"TR", "Caption"}):
            if kind_of(part) == "Caption":
                yield "paragraph", self.text(part)
            else:
                cells = _descendants(part, {"TH", "TD"})
                rows.append([list(self._inner(cell, 0, ())) for cell in cells])
        yield "table", _in_columns(rows)


def _in_columns(rows: list[list[list[Piece]]]) -> list[list[str]]:
    """The rows as texts, each cell in its column.

    The tree of a page leaves out cells without text, so a shorter row's cells are placed by where
    they stand on the page.
    """
    fullest = max(rows, key=len, default=[])
    columns = [min((piece.left for piece in cell), default=0.0) for cell in fullest]
    placed = []
    for row in rows:
        texts = [""] * len(columns)
        for place, cell in enumerate(row):
            left = min((piece.left for piece in cell), default=None)
            if len(row) < len(columns) and left is not None:
                place = min(range(len(columns)), key=lambda column: abs(columns[column] - left))
            texts[place] = f"{texts[place]} {joined(cell)}".strip()
        placed.append(texts)
    return placed


def blocks_of(page: Any) -> Iterator[tuple[str, Any]]:
    """Kind and content of each block that the tags name, in reading order."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        marked = _Page(page)
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            element = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            if element:
                for kind, content in marked.blocks(element):
                    if content:
                        yield kind, content
    finally:
        raw.FPDF_StructTree_Close(tree)


def children_of(element: Any) -> Iterator[tuple[Any, int]]:
    """Each child: an element, or None and the number of a marked piece of the page."""
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield child, -1
        else:
            yield None, raw.FPDF_StructElement_GetChildMarkedContentID(element, index)


def kind_of(element: Any) -> str:
    """The standard type of an element, such as H1 or P."""
    return _string(raw.FPDF_StructElement_GetType, element)


def alternative_of(element: Any) -> str:
    """The alternative text of a figure, "" for none."""
    return _string(raw.FPDF_StructElement_GetAltText, element)


def _descendants(element: Any, kinds: set[str], depth: int = 0) -> Iterator[Any]:
    for child, _number in children_of(element):
        if child is None or depth > _MAX_DEPTH:
            continue
        if kind_of(child) in kinds:
            yield child
        else:
            yield from _descendants(child, kinds, depth + 1)


def _string(function: Any, element: Any) -> str:
    """What a function of pdfium writes into a buffer as UTF-16, with its final zero."""
    length = function(element, None, 0)
    if not 2 < length < 1_000_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _text_of(thing: Any, textpage: Any) -> str:
    length = raw.FPDFTextObj_GetText(thing, textpage, None, 0)
    if not 2 < length < 1_000_000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFTextObj_GetText(thing, textpage, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")
