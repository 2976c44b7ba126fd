"""Tables that people fill in outside the portal: read strictly, taken in whole or not at all."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.editing.spreadsheets import as_written

SIZE_LIMIT = 5 * 1024 * 1024  # bytes
ROW_LIMIT = 2_000
# What a message repeats of a cell: enough to recognise it.
SHOWN_LENGTH = 40


class Refused(Exception):
    """A table that was not taken in; one line for each bad row."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def one_line(value: Any) -> str:
    """A value on one line."""
    return " ".join(str(value).split())


@dataclass(frozen=True)
class Column:
    """A column of a table: the words its heading may be, and how its cells are read and shown.

    One that is required is in every file, and none of its cells is empty. `read` raises
    `ValidationError`. Where there are `choices`, things by their words in small letters, a cell
    is one of these words; they are asked for once for each file.
    """

    name: str
    swedish: str
    finnish: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    read: Callable[[str], Any] = str
    choices: Callable[[], dict[str, Any]] | None = None
    unknown: str | Promise = ""
    show: Callable[[Any], str] = one_line

    def __str__(self) -> str:
        return self.swedish if languages.current() == languages.SWEDISH else self.finnish

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, self.swedish, self.finnish, *self.synonyms)

    def reader(self) -> Callable[[str], Any]:
        """What reads the cells of one file."""
        if self.choices is None:
            return self.read
        words = self.choices()

        def chosen(cell: str) -> Any:
            if cell.casefold() not in words:
                unknown = self.unknown or _("“%(value)s” is none of the words that can stand here.")
                raise ValidationError(unknown % {"value": shown(cell)})
            return words[cell.casefold()]

        return chosen


@dataclass(frozen=True)
class FileColumn:
    """A column as a file has it: under which heading, and what reads its cells."""

    heading: str
    read: Callable[[str], Any]
    required: bool


@dataclass
class Row:
    """A row of a table: its cells by column, and what is wrong with it."""

    line: int
    cells: dict[str, str]
    columns: dict[str, FileColumn]
    complaints: list[str] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def complain(self, problem: str, column: str = "") -> None:
        """Note what is wrong, under the heading that the file itself uses."""
        heading = self.columns[column].heading if column in self.columns else column
        self.complaints.append(f"{heading}: {problem}" if heading else problem)

    def value(self, column: str) -> Any:
        """What a cell says; None when it is empty or, with a complaint, cannot be understood."""
        is_required = column in self.columns and self.columns[column].required
        return self._read(column, self[column]) if self[column] or is_required else None

    def values_of(self, column: str) -> list[Any]:
        """What each part of a cell says that holds several, with vertical lines between them."""
        parts = [part for part in map(str.strip, self[column].split("|")) if part]
        return [self._read(column, part) for part in parts]

    def _read(self, column: str, cell: str) -> Any:
        try:
            return self.columns[column].read(cell)
        except ValidationError as error:
            self.complain(" ".join(error.messages), column)
            return None

    def __str__(self) -> str:
        return " – ".join([_("Line %(line)d") % {"line": self.line}, *self.complaints])


def shown(value: str) -> str:
    """The beginning of a cell, safe to repeat in a message."""
    visible = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value)
    return visible if len(visible) <= SHOWN_LENGTH else visible[:SHOWN_LENGTH] + "…"


def refuse_faulty(rows: Iterable[Row]) -> None:
    """Refuse the table when a row has a complaint."""
    if lines := [str(row) for row in rows if row.complaints]:
        raise Refused(lines)


def lock_against_writing(*models: type[Model]) -> None:
    """Let nobody else write to the models' tables until this transaction ends.

    What an import has checked then still holds when it saves.
    """
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def read_table(file: BinaryIO, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file in UTF-8, or of the first sheet of an Excel workbook.

    A CSV file's cells are separated by commas, semicolons or tabs.
    Rows without content are passed over, and columns may stand in any order. Raises `Refused` when
    the file as a whole cannot be read; a row that cannot is returned with a complaint.
    """
    data = _data(file)
    lines = _workbook(data) if data.startswith(b"PK\x03\x04") else _lines(_text(data))
    header = next(lines, None)
    if header is None:
        raise Refused([_("The file is empty.")])
    in_file = _columns(*header, columns)
    rows: list[Row] = []
    for number, cells in lines:
        if len(rows) == ROW_LIMIT:
            raise Refused([_("The file has more than %(limit)d rows.") % {"limit": ROW_LIMIT}])
        rows.append(_row(number, cells, in_file))
    if not rows:
        raise Refused([_("The file has headings but no rows.")])
    return rows


def _data(file: BinaryIO) -> bytes:
    data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        limit = SIZE_LIMIT // (1024 * 1024)
        raise Refused([_("The file is larger than %(limit)d MB.") % {"limit": limit}])
    return data


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows that have content, each with its number in the sheet."""
    # Half a second of imports that only those who upload a workbook wait for.
    from foundation.editing import workbooks

    try:
        for line, cells in workbooks.lines(data):
            tidied = [_tidied(cell) for cell in cells]
            if any(tidied):
                yield line, tidied
    except workbooks.Unreadable as error:
        problem = _("The workbook cannot be read. Save the sheet as “CSV UTF-8” in Excel.")
        raise Refused([problem]) from error


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise Refused(
            [_("The file holds null bytes, so it is no text. Save it as “CSV UTF-8” in Excel.")]
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = _("Line %(line)d is not UTF-8. Save the file as “CSV UTF-8” in Excel.")
        raise Refused([problem % {"line": line}]) from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that have content, each with the number of the line it begins on."""
    first = next((line for line in text.splitlines() if line.strip(" ;,\t")), text)
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problem = _(
                "Line %(line)d cannot be read: a quotation mark is missing or one too many, or "
                "a cell is far too long."
            )
            raise Refused([problem % {"line": line}]) from error
        if cells is None:
            return
        cells = [_tidied(cell) for cell in cells]
        if any(cells):
            yield line, cells


def _tidied(cell: str) -> str:
    """The cell with composed letters and without the spaces that spreadsheets leave behind."""
    cell = as_written(cell)
    spaced = unicodedata.normalize("NFC", cell).replace("\xa0", " ").replace("\u202f", " ").strip()
    while "  " in spaced:
        spaced = spaced.replace("  ", " ")
    return spaced


def _columns(line: int, cells: list[str], columns: Sequence[Column]) -> dict[str, FileColumn]:
    """The columns by their names, in the file's order."""
    while not cells[-1]:
        cells.pop()
    meant = {word.casefold(): column for column in columns for word in column.headings}
    header, in_file = Row(line, {}, {}), dict[str, FileColumn]()
    for number, cell in enumerate(cells, start=1):
        column = meant.get(cell.casefold())
        if not cell:
            header.complain(_("column %(number)d has no heading.") % {"number": number})
        elif not column:
            header.complain(_("there is no column “%(heading)s”.") % {"heading": shown(cell)})
        elif column.name in in_file:
            header.complain(_("the column “%(heading)s” is there twice.") % {"heading": cell})
        else:
            in_file[column.name] = FileColumn(cell, column.reader(), column.required)
    missing = [
        " / ".join(column.headings)
        for column in columns
        if column.required and column.name not in in_file
    ]
    if missing:
        problem = _("these columns are missing: %(columns)s.")
        header.complain(problem % {"columns": ", ".join(missing)})
    refuse_faulty([header])
    return in_file


def _row(line: int, cells: list[str], columns: dict[str, FileColumn]) -> Row:
    row = Row(line, dict(zip(columns, cells, strict=False)), columns)
    if any(cells[len(columns) :]):
        row.complain(_("the row has more cells than there are headings."))
    for name, cell in row.cells.items():
        if not cell.isprintable():
            row.complain(_("the cell holds a line break or an invisible sign."), name)
    return row
