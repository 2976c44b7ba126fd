"""Writes all content into a folder: every row as the database has it, every file byte by byte."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from psycopg.sql import SQL, Composable, Identifier

from foundation.accounts.models import User
from portal.transfer.manifest import (
    Manifest,
    Refused,
    StoredFile,
    Table,
    chunks,
    file_path,
    migrations,
    table_path,
)
from portal.transfer.tables import USER_COLUMNS, columns_of, file_fields_of, models_of_content

BATCH = 500  # rows fetched at once


def export_content(folder: Path) -> tuple[Manifest, list[str]]:
    """Write everything into a new or empty folder; the names of files that the storage lacks.

    The rows are of one moment, whoever writes meanwhile. Raises Refused for a folder that holds
    something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(_("%(folder)s is not empty.") % {"folder": folder})
    (folder / "tables").mkdir(parents=True)
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        manifest = Manifest(migrations())
        for model in models_of_content():
            name = model._meta.db_table
            manifest.tables[name] = _table(folder, model, columns_of(model))
        manifest.users = _table(folder, User, list(USER_COLUMNS))
        missing = _names_that_rows_have()
    for name in _names_in_storage():
        manifest.files[name] = _copied(folder, name)
    manifest.write(folder)
    return manifest, sorted(missing - set(manifest.files))


def _table(folder: Path, model: type[models.Model], columns: list[str]) -> Table:
    """Write the rows of a table in the order of their keys."""
    table, key = model._meta.db_table, str(model._meta.pk.column)
    digest, count = hashlib.sha256(), 0
    with table_path(folder, table).open("wb") as file:
        for line in _lines(table, key, columns):
            file.write(line)
            digest.update(line)
            count += 1
    return Table(count, digest.hexdigest(), _last_number(table, key))


def _lines(table: str, key: str, columns: list[str]) -> Iterator[bytes]:
    """Each row as the database itself writes it in JSON: exact to the microsecond and digit."""
    rows = SQL("SELECT row_to_json(found)::text FROM (SELECT {} FROM {} ORDER BY {}) found")
    names: Composable = SQL(", ").join(map(Identifier, columns))
    query = rows.format(names, Identifier(table), Identifier(key))
    with connection.chunked_cursor() as cursor:
        cursor.itersize = BATCH
        cursor.execute(query)
        while found := cursor.fetchmany(BATCH):
            for (text,) in found:
                yield f"{text}\n".encode()


def _last_number(table: str, key: str) -> int | None:
    """The last number that the table has given to a row, deleted ones included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
        (sequence,) = cursor.fetchone()
        if sequence is None:
            return None
        schema, _dot, name = sequence.partition(".")
        number = SQL("SELECT CASE WHEN is_called THEN last_value END FROM {}.{}")
        cursor.execute(number.format(Identifier(schema), Identifier(name.strip('"'))))
        return cursor.fetchone()[0]


def _names_that_rows_have() -> set[str]:
    names: set[Any] = set()
    for model in models_of_content():
        for field in file_fields_of(model):
            names |= set(model._default_manager.values_list(field.name, flat=True))
    return {str(name) for name in names if name}


def _names_in_storage(folder: str = "") -> Iterator[str]:
    """Every file of the storage: originals, and the pictures drawn of them."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(filter(None, folders)):
        yield from _names_in_storage(f"{folder}{name}/")


def _copied(folder: Path, name: str) -> StoredFile:
    target = file_path(folder, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with default_storage.open(name, "rb") as source, target.open("wb") as copy:
        for chunk in chunks(source):  # type: ignore[arg-type]
            copy.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return StoredFile(size, digest.hexdigest())
