"""PDF files, page by page: by their tags where they have them, else by the sizes of the letters."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from publications.text_extraction import pdf_lines, pdf_tags
from publications.text_extraction.extracted_html import Outline, clean
from publications.text_extraction.problems import (
    ACTIVE,
    BROKEN,
    EMBEDDED,
    ENCRYPTED,
    MAX_PAGES,
    MAX_SIDE,
    PAGE_TOO_LARGE,
    TOO_MANY_PAGES,
    Problem,
)

Block = tuple[str, Any]  # its kind, and its text or the rows of a table


def opened(path: Path) -> pdfium.PdfDocument:
    """The PDF, found to be one that can be shown; raises Problem for any other."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (
            raw.FPDF_ERR_PASSWORD,
            raw.FPDF_ERR_SECURITY,
        )
        raise Problem(ENCRYPTED if is_locked else BROKEN) from error
    # Also what opens without a password: its rights keep readers from copying and hearing it.
    if raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        raise Problem(ENCRYPTED)
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Problem(ACTIVE)
    if document.count_attachments() > 0:
        raise Problem(EMBEDDED)
    if len(document) < 1:
        raise Problem(BROKEN)
    if len(document) > MAX_PAGES:
        raise Problem(TOO_MANY_PAGES)
    for index in range(len(document)):
        width, height = document.get_page_size(index)
        if not 0 < width <= MAX_SIDE or not 0 < height <= MAX_SIDE:
            raise Problem(PAGE_TOO_LARGE)
    return document


def read(path: Path, outline: Outline, words: dict[str, str]) -> int:
    """Put the file into the outline; returns the number of its pages."""
    document = opened(path)
    body = 0.0 if document.is_tagged() else pdf_lines.size_of_body(document)
    pages = []
    for index in range(len(document)):
        page = document[index]
        blocks = list(pdf_tags.blocks_of(page)) if document.is_tagged() else []
        pages.append(blocks or list(pdf_lines.blocks_of(page, body)))
        page.close()
    repeated = _repeated(pages)
    for number, blocks in enumerate(pages, 1):
        kept = [
            block
            for block in blocks
            if block[0] == "table" or _but_numbers(block[1]) not in repeated
        ]
        _put_page(number, kept, outline, words)
    return len(pages)


def _repeated(pages: list[list[Block]]) -> set[str]:
    """What stands on most pages of at least three: headers and footers, nothing to read."""
    seen: Counter[str] = Counter()
    for blocks in pages:
        seen.update({_but_numbers(content) for kind, content in blocks if kind == "paragraph"})
    return {text for text, pages_with in seen.items() if pages_with > max(2, len(pages) / 2)}


def _but_numbers(text: str) -> str:
    """A footer's words, whatever page it counts."""
    return re.sub(r"\d+", "", text)


def _put_page(number: int, blocks: list[Block], outline: Outline, words: dict[str, str]) -> None:
    """A page under its number, and under its heading where it begins with one."""
    blocks = [block for block in blocks if block[0] == "table" or clean(block[1]) != str(number)]
    places = [place for place, block in enumerate(blocks) if block[0] == "heading"]
    title = ""
    if places and places[0] < 2:  # a line above it is a kicker
        title = clean(blocks.pop(places[0])[1])
    outline.headings.append(title or (clean(blocks[places[0]][1]) if places else ""))
    if not blocks and not title:
        return  # nothing but a picture, or empty
    named = f"{words['page']} {number}"
    outline.heading(2, f"{named}: {title}" if title else named)
    for kind, content in blocks:
        if kind == "table":
            outline.table(content)
        elif kind == "heading":
            outline.heading(3, content)
        elif kind == "item":
            outline.item(content)
        elif kind == "picture":
            outline.aside(words["picture"], content)
        else:
            outline.paragraph(content)


def pages_as_pictures(path: Path, count: int, width: int) -> Iterator[Any]:
    """The first pages drawn that wide (pixels), as Pillow images; tall ones no taller than twice.

    Each is drawn only when it is asked for: one page at a time lies in memory.
    """
    document = opened(path)
    for index in range(min(count, len(document))):
        page = document[index]
        across, along = page.get_size()
        scale = min(width / across, 2 * width / along)
        yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
