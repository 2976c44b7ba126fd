"""Tables that staff take out, change in a spreadsheet and take in again, after a dry run."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.editing.spreadsheets import harmless

NUMBER = "id"  # the column with the number that a row is known by


@dataclass(frozen=True)
class Heading:
    """A column as staff read it; the words are those that the table's reader understands."""

    column: str
    swedish: str
    finnish: str

    def __str__(self) -> str:
        return self.swedish if languages.current() == languages.SWEDISH else self.finnish


@dataclass(frozen=True)
class Stored:
    """A row as the portal has it: what it is called, and its cells by column."""

    name: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Exchange:
    """One kind of table: how the portal's rows are written, and how a file is taken in.

    `take_in` stores a file, or raises `Refused`; it gives the line of each row it knows of.
    """

    name: str | Promise
    headings: tuple[Heading, ...]
    rows: Callable[[], dict[int, Stored]]
    take_in: Callable[[BinaryIO], dict[int, int]]
    # What somebody needs who takes a table in: it may touch more than the model of the list.
    rights: tuple[str, ...]
    hint: str | Promise = ""


@dataclass(frozen=True)
class Cell:
    """A cell that changes."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What a file does to one row of the portal: "new", "changed", "removed" or "unchanged"."""

    line: int | None
    about: str
    verb: str
    cells: tuple[Cell, ...] = ()
    key: int = 0  # of a new row only known once it is stored

    @property
    def word(self) -> str:
        """What happens to the row, in the language of the reader."""
        return {
            "new": _("New"),
            "changed": _("Is changed"),
            "removed": _("Is removed"),
            "unchanged": _("Unchanged"),
        }[self.verb]


@dataclass(frozen=True)
class Plan:
    """Everything that a file does, in the order of its lines."""

    changes: tuple[Change, ...]

    @property
    def effective(self) -> list[Change]:
        """The changes that are some."""
        return [one for one in self.changes if one.verb != "unchanged"]

    @property
    def digest(self) -> str:
        """What the plan is known by: the same as long as it does the same."""
        told = [(one.line, one.verb, one.about, one.cells) for one in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Outdated(Exception):
    """The plan that was agreed to is no longer what the file would do."""


def dry_run(exchange: Exchange, file: BinaryIO) -> Plan:
    """What the file would do: it is done for real, compared, and undone. Raises `Refused`."""
    with transaction.atomic():
        plan = _done(exchange, file)
        transaction.set_rollback(True)
    return plan


def carry_out(exchange: Exchange, file: BinaryIO, digest: str) -> Plan:
    """Do what was agreed to, and nothing else; raises `Refused` or `Outdated`."""
    with transaction.atomic():
        plan = _done(exchange, file)
        if plan.digest != digest:
            raise Outdated
    return plan


def _done(exchange: Exchange, file: BinaryIO) -> Plan:
    before = exchange.rows()
    lines = exchange.take_in(file)
    with connection.cursor() as cursor:
        # Rules that wait for the commit speak now.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    after = exchange.rows()
    keys = [*after, *(key for key in before if key not in after)]
    told = [
        _change(exchange, key, lines.get(key), before.get(key), after.get(key))
        for key in keys
        if key in lines or before.get(key) != after.get(key)
    ]
    return Plan(tuple(sorted(told, key=lambda one: (one.line is None, one.line or 0))))


def _change(
    exchange: Exchange, key: int, line: int | None, before: Stored | None, after: Stored | None
) -> Change:
    old, new = (before.cells if before else {}), (after.cells if after else {})
    cells = tuple(
        Cell(str(one), old.get(one.column, ""), new.get(one.column, ""))
        for one in exchange.headings
        # The number of a new row is given when it is stored: a dry run cannot know it.
        if one.column != NUMBER and old.get(one.column, "") != new.get(one.column, "")
    )
    known = after or before
    verb = "new" if before is None else "removed" if after is None else "changed"
    if verb == "changed" and not cells:
        verb = "unchanged"
    return Change(line, known.name if known else "", verb, cells, key)


def _table(exchange: Exchange) -> tuple[list[str], Iterable[list[str]]]:
    header = [str(one) for one in exchange.headings]
    rows = (
        [stored.cells.get(one.column, "") for one in exchange.headings]
        for stored in exchange.rows().values()
    )
    return header, rows


def as_csv(exchange: Exchange) -> bytes:
    """The table as Excel opens it rightly in Finland: semicolons, UTF-8 with its mark."""
    header, rows = _table(exchange)
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return f"\ufeff{file.getvalue()}".encode()


def as_workbook(exchange: Exchange) -> bytes:
    """The table as an Excel workbook, all of its cells text."""
    from foundation.editing.workbooks import workbook

    header, rows = _table(exchange)
    return workbook(header, rows)
