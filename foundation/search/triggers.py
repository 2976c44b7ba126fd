"""The triggers that tell search of every write: a form, an import, `update()` or plain SQL.

In the transaction that writes, they correct when an entry is public, drop entries of what is
deleted, and note which items have to be read anew (`foundation.search.indexing` does). What they
do is two functions in the database (migration 0001 of this app).
"""

from collections import defaultdict
from typing import Any

import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from foundation.search.declarations import Searchable, declared


class NoteForSearch(pgtrigger.Trigger):
    """The trigger of one table: its own items, and those that its rows are a part of."""

    name = "note_for_search"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        """What is to be noted of a row of the table."""
        return "\n".join([*_lines()[model._meta.db_table], "RETURN NULL;"])


def _lines() -> dict[str, list[str]]:
    """For each table the statements of its trigger."""
    lines: dict[str, list[str]] = defaultdict(list)
    for one in declared().values():
        lines[one.kind].append(
            "PERFORM search_item_changed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW));"
        )
    for one in declared().values():
        for name in one.follows:
            for table, statement in _followed(one, name):
                if statement not in lines[table]:
                    lines[table].append(statement)
    return lines


def _followed(one: Searchable, name: str) -> list[tuple[str, str]]:
    """Tables behind a relation, each with the statement that notes the items it belongs to.

    Of a relation of a relation (`workshop__municipalities`, a many-to-many one behind a foreign
    key) the rows between are what counts: they change without either end.
    """
    if "__" in name:
        first, second = name.split("__")
        key: Any = one.model._meta.get_field(first)
        field = key.related_model._meta.get_field(second)
        near = field.m2m_column_name()
        found = _keys("id", one.kind, key.column, f"OLD.{near}, NEW.{near}")
        return [(field.m2m_db_table(), f"PERFORM search_note('{one.kind}', ARRAY({found}));")]
    relation: Any = one.model._meta.get_field(name)
    far = relation.related_model._meta.db_table
    if relation.many_to_many:
        field = relation if hasattr(relation, "m2m_column_name") else relation.remote_field
        near, other = field.m2m_column_name(), field.m2m_reverse_name()
        through = field.m2m_db_table()
        found = _keys(near, through, other, "OLD.id, NEW.id")
        return [
            (through, f"PERFORM search_note('{one.kind}', ARRAY[OLD.{near}, NEW.{near}]);"),
            (far, f"PERFORM search_note('{one.kind}', ARRAY({found}));"),
        ]
    if relation.one_to_many or (relation.one_to_one and relation.auto_created):
        near = relation.remote_field.column
        return [(far, f"PERFORM search_note('{one.kind}', ARRAY[OLD.{near}, NEW.{near}]);")]
    column = relation.column
    found = _keys("id", one.kind, column, "OLD.id, NEW.id")
    return [(far, f"PERFORM search_note('{one.kind}', ARRAY({found}));")]


def _keys(column: str, table: str, where: str, values: str) -> str:
    return f"SELECT {column} FROM {table} WHERE {where} IN ({values})"  # noqa: S608  (names of ours)


def watched_tables() -> set[str]:
    """Every table of which search has to hear."""
    return set(_lines())


def watch_every_searchable_model(models_of_tables: dict[str, type[models.Model]]) -> None:
    """Put the trigger on every table that search reads, so that none can be forgotten."""
    for table in sorted(watched_tables()):
        model = models_of_tables[table]
        if model._meta.auto_created:
            raise ImproperlyConfigured(
                f"Search follows the rows of {table}: give them a proxy model, so that migrations "
                "can put a trigger on them."
            )
        pgtrigger.register(NoteForSearch())(model)
