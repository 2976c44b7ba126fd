"""PowerPoint decks, slide by slide: titles, lists, tables, texts of pictures and notes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from publications.text_extraction.extracted_html import Outline, clean
from publications.text_extraction.problems import MAX_PAGES, TOO_MANY_PAGES, Problem

# Repeated on every slide, or made by the program: nothing to read.
_FURNITURE = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
_LISTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY}
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_MAX_DEPTH = 20  # groups within groups


def slides_of(path: Path) -> list[Any]:
    """The slides that are shown; raises Problem for more than a portal can show."""
    slides = [slide for slide in Presentation(str(path)).slides if _is_shown(slide)]
    if len(slides) > MAX_PAGES:
        raise Problem(TOO_MANY_PAGES)
    return slides


def read(path: Path, outline: Outline, words: dict[str, str]) -> int:
    """Put the deck into the outline; returns the number of its slides."""
    slides = slides_of(path)
    for number, slide in enumerate(slides, 1):
        title = _title(slide)
        outline.headings.append(title)
        named = f"{words['page']} {number}"
        outline.heading(2, f"{named}: {title}" if title else named)
        for shape in _in_reading_order(slide.shapes):
            _read_shape(shape, outline, words)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            paragraphs = list(_paragraphs(slide.notes_slide.notes_text_frame))
            for place, (_depth, text) in enumerate(paragraphs):
                if place == 0:
                    outline.aside(words["notes"], text)
                else:
                    outline.paragraph(text)
    return len(slides)


def _is_shown(slide: Any) -> bool:
    return slide._element.get("show") not in ("0", "false")


def _title(slide: Any) -> str:
    shape = slide.shapes.title
    if shape is None or not shape.has_text_frame:
        return ""
    return clean(" ".join(text for _depth, text in _paragraphs(shape.text_frame)))


def _in_reading_order(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """The shapes in the deck's own order, which is the one that screen readers follow."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _MAX_DEPTH:
            if _described(shape):
                yield shape
            yield from _in_reading_order(shape.shapes, depth + 1)
        else:
            yield shape


def _described(shape: Any) -> str:
    """The text alternative of a drawing, "" for decoration."""
    found = shape._element.xpath("./*/p:cNvPr/@descr")
    return clean(found[0]) if found else ""


def _read_shape(shape: Any, outline: Outline, words: dict[str, str]) -> None:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _FURNITURE or kind in _TITLES:
        return
    if getattr(shape, "has_table", False) and shape.has_table:
        table = shape.table
        rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
        outline.table(rows, has_header=bool(table.first_row))
    elif getattr(shape, "has_chart", False) and shape.has_chart:
        _read_chart(shape, outline, words)
    elif shape.has_text_frame and shape.text_frame.text.strip():
        for depth, text in _paragraphs(shape.text_frame):
            if kind in _LISTS:
                outline.item(text, depth)
            else:
                outline.paragraph(text)
    elif described := _described(shape):
        outline.aside(words["picture"], described)


def _read_chart(shape: Any, outline: Outline, words: dict[str, str]) -> None:
    """A chart as the table of its figures."""
    if described := _described(shape):
        outline.aside(words["picture"], described)
    plot = next(iter(shape.chart.plots), None)
    if plot is None:
        return
    series = list(plot.series)
    rows = [["", *(one.name for one in series)]]
    for place, category in enumerate(plot.categories):
        values = [one.values[place] if place < len(one.values) else None for one in series]
        rows.append([str(category), *("" if v is None else f"{v:g}" for v in values)])
    outline.table(rows)


def _paragraphs(frame: Any) -> Iterator[tuple[int, str]]:
    """Depth in a list and text of each paragraph that says something."""
    for paragraph in frame.paragraphs:
        if text := clean(paragraph.text.replace("\v", " ")):
            yield paragraph.level, text
