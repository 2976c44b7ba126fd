"""Tables whose rows are items of a model, known by their numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from foundation.editing.table_cells import number_of
from foundation.editing.table_exchange import NUMBER, Heading, Stored
from foundation.editing.table_import import (
    Column,
    Row,
    lock_against_writing,
    read_table,
    refuse_faulty,
)

Read = Callable[[str], Any]


def as_text() -> Read:
    """Reads a cell as it stands."""
    return str


def shown_as_text(value: Any) -> str:
    """A value on one line."""
    return " ".join(str(value).split())


@dataclass(frozen=True)
class TableColumn:
    """A column of a model's table; `reader` makes, once for a table, what reads its cells."""

    name: str
    swedish: str
    finnish: str
    reader: Callable[[], Read] = as_text
    show: Callable[[Any], str] = shown_as_text

    @property
    def heading(self) -> Heading:
        return Heading(self.name, self.swedish, self.finnish)


class ModelTable:
    """Reads and writes the items of a model as a table.

    A row with a number changes the item, one without makes a new one; a column that the file lacks
    leaves its field as it is. `check` complains of what only the whole row tells.
    """

    def __init__(
        self,
        model: type[models.Model],
        columns: tuple[TableColumn, ...],
        *,
        name_field: str = "",
        check: Callable[[Row, Any, dict[str, list]], None] | None = None,
    ) -> None:
        self.model = model
        self.columns = columns
        self.name_field = name_field
        self.check = check
        self.many = {field.name for field in model._meta.many_to_many}

    @property
    def headings(self) -> tuple[Heading, ...]:
        return (Heading(NUMBER, "nummer", "numero"), *(one.heading for one in self.columns))

    def rows(self) -> dict[int, Stored]:
        """Every item with its cells, by its number."""
        related = [
            one.name
            for one in self.columns
            if one.name not in self.many and self.model._meta.get_field(one.name).is_relation
        ]
        items = self.model._default_manager.select_related(*related)
        items = items.prefetch_related(*sorted(self.many & {one.name for one in self.columns}))
        return {item.pk: self._stored(item) for item in items.order_by("pk")}

    def _stored(self, item: Any) -> Stored:
        cells = {NUMBER: str(item.pk)}
        cells |= {one.name: self._cell(item, one) for one in self.columns}
        return Stored(str(item), cells)

    def _cell(self, item: Any, column: TableColumn) -> str:
        value = self._value(item, column)
        return "" if value in (None, "", []) else column.show(value)

    def _value(self, item: Any, column: TableColumn) -> Any:
        if column.name not in self.many:
            return getattr(item, column.name)
        return list(getattr(item, column.name).all()) if item.pk else []

    @transaction.atomic
    def take_in(self, file: BinaryIO) -> dict[int, int]:
        """Store a table; raises `Refused`, with nothing stored, when a row is faulty."""
        number = Column(NUMBER, ("nummer", "numero", "nr"), required=False)
        columns = [Column(c.name, (c.swedish, c.finnish), required=False) for c in self.columns]
        rows = read_table(file, [number, *columns])
        lock_against_writing(self.model)
        known = {item.pk: item for item in self.model._default_manager.all()}
        readers = {one.name: one.reader() for one in self.columns}
        lines: dict[int, int] = {}
        for row in rows:
            item = self._item(row, known, lines)
            if item is None:
                continue
            self._store(row, item, readers)
            if item.pk:
                lines[item.pk] = row.line
        refuse_faulty(rows)
        return lines

    def _item(self, row: Row, known: dict[int, Any], lines: dict[int, int]) -> Any:
        """The item that a row is about, or None, with a complaint."""
        if not row[NUMBER]:
            return self.model()
        number = row.read(NUMBER, number_of)
        if number is None:
            return None
        if number in lines:
            problem = _("%(code)s stands on line %(line)d already.")
            row.complain(problem % {"code": number, "line": lines[number]}, NUMBER)
        elif number not in known:
            problem = _("there is no row with the number %(number)d.")
            row.complain(problem % {"number": number}, NUMBER)
        return known.get(number) if not row.complaints else None

    def _store(self, row: Row, item: Any, readers: dict[str, Read]) -> None:
        """Put the cells into the item and save it, or complain."""
        changed, many = item.pk is None, {}
        for column in self.columns:
            if column.name not in row.cells or row[column.name] == self._cell(item, column):
                continue
            cell = row[column.name]
            if column.name in self.many:
                many[column.name] = (
                    row.read(column.name, readers[column.name]) if cell else []
                ) or []
            elif cell:
                setattr(item, column.name, row.read(column.name, readers[column.name]))
            else:
                setattr(item, column.name, self._empty(column.name))
            changed = True
        if not changed or row.complaints:
            return
        if self.check:
            self.check(row, item, many)
        if not row.complaints:
            self._save(row, item, many)

    def _empty(self, name: str) -> Any:
        field: Any = self.model._meta.get_field(name)
        return None if field.null else field.get_default()

    def _save(self, row: Row, item: Any, many: dict[str, list]) -> None:
        try:
            item.full_clean()
            with transaction.atomic():
                item.save()
                for name, found in many.items():
                    getattr(item, name).set(found)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                column = "" if name == NON_FIELD_ERRORS else name
                row.complain(" ".join(problems), column)
        except IntegrityError as error:
            row.complain(str(error).splitlines()[0])
