"""Tables as Excel workbooks (Office Open XML, ECMA-376): the first sheet, cells as text."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# A small upload can unpack to gigabytes; a table of this size never does.
UNPACKED_LIMIT = 30 * 1024 * 1024  # bytes
PARTS_LIMIT = 200
COLUMNS_LIMIT = 100
# A single cell far down makes the library fill in all rows above it.
LINES_LIMIT = 50_000


class Unreadable(Exception):
    """Bytes that are no workbook, or one that no table needs to be."""


def lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers; formulas as the values they last had."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > PARTS_LIMIT or sum(sizes) > UNPACKED_LIMIT:
            raise Unreadable
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, cells in enumerate(
            sheet.iter_rows(max_col=COLUMNS_LIMIT, values_only=True), start=1
        ):
            if number > LINES_LIMIT:
                raise Unreadable
            yield number, [written(cell) for cell in cells]
    except Unreadable:
        raise
    except Exception as error:  # the library tells of broken files by errors of many kinds
        raise Unreadable from error


def written(cell: Any) -> str:
    """A cell as a person would have typed it: days by ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, datetime.time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def workbook(rows: Iterable[list[str]]) -> bytes:
    """A workbook of one sheet, headings first, all text: no spreadsheet calculates any of it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_heading=number == 0) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: str, *, is_heading: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=None)
    # Signs that no XML document may hold (XML 1.0, 2.2) would make the workbook unreadable.
    cell.value = "".join(sign for sign in value if sign.isprintable() or sign in "\n\t")
    cell.data_type, cell.number_format = "s", "@"
    if is_heading:
        cell.font = Font(bold=True)
    return cell
