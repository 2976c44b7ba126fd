"""Tables whose rows are items of a model, known by their numbers."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from foundation.editing.table_cells import number_of
from foundation.editing.table_exchange import NUMBER, Stored, Table
from foundation.editing.table_import import Column, Row

NUMBER_COLUMN = Column(NUMBER, "nummer", "numero", ("nr",), read=number_of)


class ModelTable(Table):
    """Reads and writes the items of a model as a table; each column but the number is a field.

    A row with a number changes the item, one without makes a new one; a column that the file lacks
    leaves its field as it is.
    """

    @property
    def model(self) -> type[models.Model]:
        return self.models[0]

    def check(self, row: Row, item: Any, many: dict[str, list]) -> None:
        """Complain of what only the whole row tells; `many` holds what the item is to point to."""

    def stored(self) -> dict[int, Stored]:
        fields = {column.name: self.model._meta.get_field(column.name) for column in self.columns}
        many = [name for name, field in fields.items() if field.many_to_many]
        related = [name for name, field in fields.items() if field.many_to_one]
        items = self.model._default_manager.select_related(*related).prefetch_related(*many)
        return {
            item.pk: Stored(
                item, {column.name: self._cell(item, column) for column in self.columns}
            )
            for item in items.order_by("pk")
        }

    def _cell(self, item: Any, column: Column) -> str:
        value = getattr(item, column.name)
        if isinstance(value, models.Manager):
            value = list(value.all())
        return "" if value in (None, "", []) else column.show(value)

    def store(self, rows: list[Row], before: dict[int, Stored]) -> dict[int, int]:
        lines: dict[int, int] = {}
        for row in rows:
            known = self._known(row, before, lines)
            if known or not row[NUMBER]:
                item = known.item if known else self.model()
                self._fill_in(row, item, known.cells if known else {})
                if item.pk:
                    lines[item.pk] = row.line
        return lines

    def _known(self, row: Row, before: dict[int, Stored], lines: dict[int, int]) -> Stored | None:
        """What the portal has of a row with a number, or None with a complaint."""
        number = row.value(NUMBER)
        if number in lines:
            problem = _("%(code)s stands on line %(line)d already.")
            row.complain(problem % {"code": number, "line": lines[number]}, NUMBER)
            return None
        if number is not None and number not in before:
            problem = _("there is no row with the number %(number)d.")
            row.complain(problem % {"number": number}, NUMBER)
        return before.get(number)

    def _fill_in(self, row: Row, item: Any, cells: dict[str, str]) -> None:
        """Put the cells that differ into the item and save it, or complain."""
        differing = [
            name for name in row.cells if name != NUMBER and row[name] != cells.get(name, "")
        ]
        many: dict[str, list] = {}
        for name in differing:
            field: Any = self.model._meta.get_field(name)
            if field.many_to_many:
                many[name] = row.values_of(name)
            elif row[name]:
                setattr(item, name, row.value(name))
            else:
                setattr(item, name, None if field.null else field.get_default())
        if not differing and item.pk:
            return
        if not row.complaints:
            self.check(row, item, many)
        if not row.complaints:
            self._save(row, item, many)

    def _save(self, row: Row, item: Any, many: dict[str, list]) -> None:
        try:
            item.full_clean()
            with transaction.atomic():
                item.save()
                for name, others in many.items():
                    getattr(item, name).set(others)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                row.complain(" ".join(problems), "" if name == NON_FIELD_ERRORS else name)
        except IntegrityError as error:
            row.complain(str(error).splitlines()[0])
