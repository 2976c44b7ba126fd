"""Queries that are put into SQL once for each process, and asked with new values each time.

Django builds a queryset and writes its SQL anew for every request. For a page of many parts that
takes several times as long as the database takes to answer, though only moments, days and numbers
differ. `compiled` keeps the SQL and what Django needs to make objects of the rows. No row is kept.
"""

import copy
from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache, wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import Expression, QuerySet
from django.db.models.sql import Query
from django.utils import translation

from foundation.content.publication import is_previewing

# Of one function: a bound against arguments that readers make up, such as numbers of pages.
MOST_KEPT = 64

# What querysets are built by beside their arguments: each set of answers has an SQL of its own.
_circumstances: list[Callable[[], Hashable]] = [translation.get_language]


def varies_by(circumstance: Callable[[], Hashable]) -> None:
    """Have compiled queries ask for something that is neither an argument nor in the database."""
    _circumstances.append(circumstance)


class Parameter(Expression):
    """The place in a query of a value that comes when the query is asked."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class _Written(SQLCompiler):
    """A compiler that has written its SQL already."""

    sql: str
    values: tuple[Any, ...]

    def write(self) -> None:
        """Write the SQL; raises TypeError if it holds a moment, which would never pass."""
        try:
            self.sql, values = super().as_sql()
        except EmptyResultSet:  # as of an empty slice; Django asks nothing without SQL
            self.sql, values = "", ()
        self.values = tuple(values)
        if any(isinstance(value, date) for value in self.values):
            raise TypeError("A compiled query takes its moments and days as parameters.")
        # It outlives the thread, whose connection is to be closed with it.
        self.connection = None  # type: ignore[assignment]

    def with_values(self, values: tuple[Any, ...], alias: str) -> "_Written":
        """The same for the connection of this thread, with values in the places of parameters."""
        ready = copy.copy(self)
        ready.connection = connections[alias]
        ready.values = tuple(
            values[value.number] if isinstance(value, Parameter) else value for value in self.values
        )
        return ready

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return self.sql, self.values


class _Asked(Query):
    """A query whose compiler has written the SQL already; to be evaluated, not refined."""

    written: _Written

    def get_compiler(self, *args: Any, **kwargs: Any) -> _Written:
        return self.written


def compiled(build: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """A function that returns the rows of the queryset that `build` makes of its arguments.

    Positional arguments are values for the database, never None: at the first call `build` gets
    parameters in their stead, for lookups to compare with. What decides how the query is made is
    a keyword argument and hashable. A preview opens the door of `published()` for one item: in it
    the queryset is built and asked as usual.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def written(
        circumstances: tuple[Hashable, ...], number: int, *made: tuple[str, Any]
    ) -> tuple[QuerySet, _Written]:
        rows = build(*(Parameter(place) for place in range(number)), **dict(made))
        if rows._prefetch_related_lookups:
            # Their querysets would keep the moment of the first asking.
            raise TypeError(
                "A compiled query fetches nothing after it: see prefetch_related_objects."
            )
        writer = _Written(rows.query, connections[rows.db], rows.db)
        writer.write()
        return rows, writer

    @wraps(build)
    def ask(*values: Any, **made: Any) -> list[Any]:
        if is_previewing():
            return list(build(*values, **made))
        circumstances = tuple(circumstance() for circumstance in _circumstances)
        rows, writer = written(circumstances, len(values), *made.items())
        asked = rows.all()
        asked.query = asked.query.chain(klass=_Asked)
        asked.query.written = writer.with_values(values, rows.db)
        return list(asked)

    return ask
