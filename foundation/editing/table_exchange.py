"""Tables that staff take out, change in a spreadsheet and take in again, after a dry run."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, ClassVar

from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.editing.spreadsheets import csv_lines
from foundation.editing.table_import import (
    Column,
    Row,
    lock_against_writing,
    read_table,
    refuse_faulty,
)

NUMBER = "id"  # the column with the number that a row is known by


@dataclass(frozen=True)
class Stored:
    """A row as the portal has it: the item, and its cells by column."""

    item: Any
    cells: dict[str, str]


class Table:
    """One kind of table: how the portal's rows are written, and how a file is taken in."""

    name: ClassVar[str | Promise]
    hint: ClassVar[str | Promise] = ""
    columns: tuple[Column, ...]
    # What nobody else may write to while a file is taken in.
    models: ClassVar[tuple[type[Model], ...]]
    # What somebody needs who takes a table in: it may touch more than the model of the list.
    rights: ClassVar[tuple[str, ...]]

    def stored(self) -> dict[int, Stored]:
        """Every row that the portal has, by its key."""
        raise NotImplementedError

    def store(self, rows: list[Row], before: dict[int, Stored]) -> dict[int, int]:
        """Store what the rows say, or complain of them; the line of each key they are about."""
        raise NotImplementedError


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
    """Everything that a file does, in the order of its lines, and how many rows it leaves alone."""

    changes: tuple[Change, ...]
    untouched: int

    @property
    def effective(self) -> list[Change]:
        """The changes that are some."""
        return [change for change in self.changes if change.verb != "unchanged"]

    @property
    def counts(self) -> Counter[str]:
        """The number of rows by what happens to them."""
        counts = Counter(change.verb for change in self.changes)
        counts["untouched"] = self.untouched
        return counts

    @property
    def digest(self) -> str:
        """What the plan is known by: the same as long as it does the same."""
        changes = [(row.line, row.verb, row.about, row.cells) for row in self.changes]
        return hashlib.sha256(repr(changes).encode()).hexdigest()


class Outdated(Exception):
    """The plan that was agreed to is no longer what the file would do."""


@transaction.atomic
def take_in(table: Table, file: BinaryIO, *, agreed: str | None = None) -> Plan:
    """Do what a file says, whole or not at all; raises `Refused` when a row is faulty.

    With the digest of what was agreed to, nothing else is done: raises `Outdated`.
    """
    rows = read_table(file, table.columns)
    lock_against_writing(*table.models)
    before = table.stored()
    lines = table.store(rows, before)
    refuse_faulty(rows)
    plan = _plan(table, lines, before, table.stored())
    if agreed is not None and plan.digest != agreed:
        raise Outdated
    return plan


def dry_run(table: Table, file: BinaryIO) -> Plan:
    """What the file would do: it is done for real, compared, and undone. Raises `Refused`."""
    with transaction.atomic():
        plan = take_in(table, file)
        connection.check_constraints()  # rules that wait for a commit: none will come
        transaction.set_rollback(True)
    return plan


def _plan(
    table: Table, lines: dict[int, int], before: dict[int, Stored], after: dict[int, Stored]
) -> Plan:
    changes = [
        _change(table, key, lines.get(key), before.get(key), after.get(key))
        for key in dict.fromkeys([*after, *before])
    ]
    shown = [change for change in changes if change.line or change.verb != "unchanged"]
    shown.sort(key=lambda change: (change.line is None, change.line or 0))
    return Plan(tuple(shown), untouched=len(changes) - len(shown))


def _change(
    table: Table, key: int, line: int | None, before: Stored | None, after: Stored | None
) -> Change:
    old, new = (before.cells if before else {}), (after.cells if after else {})
    cells = tuple(
        Cell(str(column), old.get(column.name, ""), new.get(column.name, ""))
        for column in table.columns
        # The number of a new row is given when it is stored: a dry run cannot know it.
        if column.name != NUMBER and old.get(column.name, "") != new.get(column.name, "")
    )
    if after is None:
        return Change(line, str(before.item) if before else "", "removed", cells, key)
    verb = "new" if before is None else "changed" if cells else "unchanged"
    return Change(line, str(after.item), verb, cells, key)


def _cells(table: Table) -> Iterable[list[str]]:
    yield [str(column) for column in table.columns]
    for row in table.stored().values():
        yield [row.cells.get(column.name, "") for column in table.columns]


def as_csv(table: Table) -> bytes:
    """The table as a CSV file."""
    return b"".join(csv_lines(_cells(table)))


def as_workbook(table: Table) -> bytes:
    """The table as an Excel workbook, all of its cells text."""
    from foundation.editing.workbooks import workbook

    return workbook(_cells(table))
