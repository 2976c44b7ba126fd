"""Word documents: their own headings, lists, tables and texts of pictures."""

import re
from pathlib import Path
from typing import Any

import docx
from docx.table import Table

from publications.text_extraction.extracted_html import Outline, clean

_LEVEL = re.compile(r"heading (\d)$", re.I)
_DEPTH = re.compile(r"(\d)$")
# The styles' names are English in the file, whatever language Word speaks.
_NUMBERED = re.compile(r"list number", re.I)
_BULLETED = re.compile(r"list bullet|list paragraph|list$", re.I)
_MAX_PAGES = 10_000  # what the file says of itself is believed up to here


def read(path: Path, outline: Outline, words: dict[str, str]) -> int | None:
    """Put the document into the outline; returns the pages it says it has, None if nothing."""
    document = docx.Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = [[cell.text for cell in _cells(row)] for row in block.rows]
            outline.table(rows)
        else:
            _read_paragraph(block, outline, words)
    return _pages(document)


def _read_paragraph(paragraph: Any, outline: Outline, words: dict[str, str]) -> None:
    for described in paragraph._p.xpath(".//w:drawing//wp:docPr/@descr"):
        outline.aside(words["picture"], described)
    style = (paragraph.style.name if paragraph.style is not None else None) or ""
    text = paragraph.text
    if style.lower() == "title" or (level := _LEVEL.search(style)):
        depth = 1 if style.lower() == "title" else int(level[1])  # type: ignore[index]
        if depth == 1 and clean(text):
            outline.headings.append(clean(text))
        outline.heading(2 if depth < 2 else 3, text)
    elif _NUMBERED.search(style) or _BULLETED.search(style) or _numbering(paragraph):
        found = _DEPTH.search(style)
        depth = int(found[1]) - 1 if found else _numbering(paragraph) - 1
        outline.item(text, max(depth, 0), is_numbered=bool(_NUMBERED.search(style)))
    else:
        outline.paragraph(text)


def _numbering(paragraph: Any) -> int:
    """The level of a paragraph that is numbered or bulleted by hand, from 1; 0 for others."""
    found = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    return int(found[0]) + 1 if found and str(found[0]).isdecimal() else 0


def _cells(row: Any) -> list[Any]:
    """The cells of a row, each once where it spans several columns."""
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return cells


def _pages(document: Any) -> int | None:
    """The number of pages that Word noted when it saved (ECMA-376, part 1, 22.2.2.22)."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            found = re.search(rb"<Pages>(\d{1,5})</Pages>", part.blob)
            return min(int(found[1]), _MAX_PAGES) if found and int(found[1]) else None
    return None
