"""An item's row and the rows that are a part of it: as they are, and as they once were."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db import connection, models
from django.forms.models import _get_foreign_key
from psycopg.sql import SQL, Identifier, Literal

from foundation.history.models import Change
from foundation.history.recording import mirrored_columns, recorded_models

# A row: each column with its value as PostgreSQL writes it in JSON.
Row = dict[str, Any]
# Rows by their table and number.
Rows = dict[tuple[str, int], Row]


@dataclass(frozen=True)
class Part:
    """A table whose rows stand in the form of an item."""

    model: type[models.Model]
    # The column that names the item.
    column: str
    # Of a many-to-many relation the field in the form, whose rows are mere ties.
    field: str = ""

    @property
    def kind(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Shape:
    """Which rows make an item: its own, and those that are edited in its form."""

    model: type[models.Model]
    parts: tuple[Part, ...]

    @property
    def kind(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def part_of_kind(self) -> dict[str, Part]:
        return {part.kind: part for part in self.parts}

    def model_of(self, kind: str) -> type[models.Model]:
        return self.model if kind == self.kind else self.part_of_kind[kind].model


def shape_of(admin: ModelAdmin) -> Shape:
    """The rows that the form of an admin holds, as far as a history is kept of them."""
    recorded, model = set(recorded_models()), admin.model
    parts: dict[str, Part] = {}
    for inline in admin.inlines:
        if inline.model in recorded:
            key = _get_foreign_key(model, inline.model, fk_name=inline.fk_name)
            parts[inline.model._meta.db_table] = Part(inline.model, key.column)
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        if through._meta.auto_created and through in recorded:
            parts[through._meta.db_table] = Part(through, field.m2m_column_name(), field.name)
    return Shape(model, tuple(parts.values()))


def rows_now(shape: Shape, object_id: int, moved: Iterable[tuple[str, int]] = ()) -> Rows:
    """The rows of an item, and other rows that were a part of it once; one query."""
    wanted = SQL(
        "SELECT {name}, to_jsonb(t) FROM {table} t WHERE {column} = {id} OR id = ANY({ids})"
    )
    ids: dict[str, list[int]] = {part.kind: [] for part in shape.parts}
    for kind, key in moved:
        ids.setdefault(kind, []).append(key)
    queries = [
        wanted.format(
            name=Literal(kind),
            table=Identifier(kind),
            column=Identifier(column),
            id=Literal(object_id),
            ids=Literal(ids.get(kind, [])),
        )
        for kind, column in [(shape.kind, "id"), *((p.kind, p.column) for p in shape.parts)]
    ]
    with connection.cursor() as cursor:
        cursor.execute(SQL(" UNION ALL ").join(queries))
        kinds_and_rows = [(kind, _decoded(row)) for kind, row in cursor.fetchall()]
    return {(kind, row["id"]): row for kind, row in kinds_and_rows}


def _decoded(value: Any) -> Row:
    return json.loads(value) if isinstance(value, str) else value


def taken_back(rows: Rows, changes: Iterable[Change]) -> Rows:
    """The rows as they were before the changes, which come newest first."""
    rows = dict(rows)
    for change in changes:
        key = (change.kind, change.object_id)
        if change.operation == Change.Operation.ADDED:
            rows.pop(key, None)
        elif change.operation == Change.Operation.DELETED:
            rows[key] = dict(change.before)
        elif key in rows:
            rows[key] = rows[key] | change.before
    return rows


def of_item(shape: Shape, object_id: int, rows: Rows) -> Rows:
    """Those of the rows that are the item's at that moment."""
    return {
        key: row
        for key, row in rows.items()
        if (key == (shape.kind, object_id))
        or (key[0] in shape.part_of_kind and row[shape.part_of_kind[key[0]].column] == object_id)
    }


def insert(model: type[models.Model], rows: list[Row]) -> None:
    """Put rows back as they were, keys and all; columns that the table has lost are left out."""
    columns = [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.generated and all(field.column in row for row in rows)
    ]
    names = SQL(", ").join(map(Identifier, columns))
    query = SQL(
        "INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE "
        "SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    ).format(table=Identifier(model._meta.db_table), names=names)
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(rows)])


def instance_of(model: type[models.Model], row: Row) -> Any:
    """An object of the model with a row's values; nothing is read from the database."""
    mirrored = mirrored_columns(model)
    return model(
        **{
            field.attname: field.to_python(row[str(field.column)])
            for field in model._meta.concrete_fields
            if not field.generated and field.column in row and field.column not in mirrored
        }
    )
