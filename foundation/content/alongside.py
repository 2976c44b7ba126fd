"""Rows of an item fetched in the item's own query, so that a page of many parts asks little."""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=models.Model)
MOST_ARGUMENTS = 100  # of a function (PostgreSQL's FUNC_MAX_ARGS)


class RowObject(JSONObject):
    """A JSON object of any number of columns.

    Before PostgreSQL 16, whose JSON_OBJECT is no function, it is put together from several.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        if connection.features.is_postgresql_16:
            return super().as_postgresql(compiler, connection, **context)
        expressions = self.get_source_expressions()
        pieces: list[str] = []
        parameters: list[Any] = []
        for start in range(0, len(expressions), MOST_ARGUMENTS):
            piece = JSONObject()
            piece.set_source_expressions(expressions[start : start + MOST_ARGUMENTS])
            sql, given = piece.as_postgresql(compiler, connection, **context)
            pieces.append(sql)
            parameters += given
        return f"({' || '.join(pieces)})", parameters


def alongside(items: QuerySet, **related: QuerySet) -> QuerySet:
    """The items with rows of other tables as JSON, each under its name with `_rows` behind it.

    A related queryset is bound to its item by `OuterRef("pk")` and has the order the rows shall
    have. `take` makes model instances of them again.
    """
    subqueries = {}
    for name, rows in related.items():
        columns = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
        extra = {annotation: annotation for annotation in rows.query.annotations}
        # Annotated first: modeltranslation takes values() without names for all columns.
        row = rows.annotate(row=RowObject(**columns, **extra)).values("row")
        subqueries[f"{name}_rows"] = ArraySubquery(row)
    return items.annotate(**subqueries)


def take(item: Any, name: str, model: type[Row]) -> list[Row]:
    """The rows that came alongside an item, as instances of their model."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    found = []
    for row in getattr(item, f"{name}_rows"):
        values = [field.to_python(row.pop(field.attname)) for field in fields]
        instance = model.from_db(item._state.db, names, values)
        for annotation, value in row.items():
            setattr(instance, annotation, value)
        found.append(instance)
    return found
