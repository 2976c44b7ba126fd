"""Files that people open in a spreadsheet."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

# Signs by which a spreadsheet takes a cell for a formula (OWASP, CSV injection).
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Rows as CSV that Excel opens rightly in Finland: semicolons, UTF-8 with its mark, CRLF."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";")
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers and days stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else cell


def as_written(cell: str) -> str:
    """What was written, of a cell that `csv_lines` may have marked."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip(" ").startswith(_BEGIN_A_FORMULA)
