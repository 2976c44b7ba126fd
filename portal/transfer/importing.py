"""Takes an export into a portal, whole or not at all."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, LiteralString

from django.contrib.auth.hashers import make_password
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import Error, connection, models, transaction
from django.utils.translation import gettext as _
from psycopg.sql import SQL, Identifier

from foundation.accounts.models import User
from foundation.history.models import Change
from foundation.search.indexing import reindex
from portal.transfer.manifest import (
    Manifest,
    Refused,
    StoredFile,
    checksum,
    file_path,
    migrations,
    table_path,
)
from portal.transfer.tables import LEFT_OUT, columns_of, models_of_content, user_columns_of

BATCH = 500  # rows stored at once


def import_content(folder: Path, *, replace: bool = False) -> Manifest:
    """Store an export's rows and files as they were: with their keys, addresses and history.

    Raises Refused, with nothing changed, when the export is damaged or of other migrations, or
    when the portal holds content and is not to be replaced.
    """
    manifest = Manifest.read(folder)
    _check(folder, manifest)
    stored: list[str] = []
    try:
        with transaction.atomic():
            _make_room(replace)
            for name, file in manifest.files.items():
                if _stored(folder, name, file):
                    stored.append(name)
            people = _people(folder)
            with _without_side_effects():
                for model in models_of_content():
                    _load(folder, model, people)
                _go_on_counting(manifest)
    except BaseException as error:
        for name in stored:
            default_storage.delete(name)
        if isinstance(error, Error):
            problem = _("The rows break a rule of the database: %(error)s")
            raise Refused(problem % {"error": str(error).splitlines()[0]}) from error
        raise
    for _kind in reindex():
        pass
    return manifest


def _check(folder: Path, manifest: Manifest) -> None:
    """Refuse an export that is not whole, byte by byte, or that this portal cannot hold."""
    if manifest.migrations != migrations():
        raise Refused(
            _("The export was made by a portal with other migrations; bring both to the same ones.")
        )
    expected = {model._meta.db_table for model in models_of_content()}
    if set(manifest.tables) != expected:
        raise Refused(_("The export does not hold the tables of this portal."))
    tables = {**manifest.tables, User._meta.db_table: manifest.users}
    sums = {table_path(folder, name): table.sha256 for name, table in tables.items()}
    sums |= {file_path(folder, name): file.sha256 for name, file in manifest.files.items()}
    for path, sha256 in sums.items():
        if not path.is_file() or checksum(path) != sha256:
            problem = _("%(path)s is missing or has changed since the export was made.")
            raise Refused(problem % {"path": path.relative_to(folder)})


def _make_room(replace: bool) -> None:
    found = models_of_content()
    with connection.cursor() as cursor:
        # Else what is still to be checked at commit keeps the tables from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = SQL(", ").join(Identifier(model._meta.db_table) for model in found)
        cursor.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
        if not replace and any(model._base_manager.exists() for model in found):
            raise Refused(_("The portal holds content already: nothing was changed."))
        # The numbers of what lies in the bin come back as those of other things.
        cursor.execute(SQL("TRUNCATE {}").format(Identifier(Change._meta.db_table)))
        if replace:
            cursor.execute(SQL("TRUNCATE {}").format(tables))
            # Previews show what was there, and the index is made anew.
            made_of_it = SQL(", ").join(Identifier(model._meta.db_table) for model in LEFT_OUT)
            cursor.execute(SQL("TRUNCATE {}").format(made_of_it))


def _stored(folder: Path, name: str, file: StoredFile) -> bool:
    """Store a file under its own name; False when the very same bytes are there already."""
    source = file_path(folder, name)
    if default_storage.exists(name):
        if _checksum_in_storage(name) == file.sha256:
            return False
        raise Refused(_("The storage has another file called %(name)s.") % {"name": name})
    with source.open("rb") as opened:
        given = default_storage.save(name, File(opened))
    if given != name:
        default_storage.delete(given)
        raise Refused(_("The storage does not take the name %(name)s.") % {"name": name})
    return True


def _checksum_in_storage(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as there:
        for chunk in there.chunks():
            digest.update(chunk)
    return digest.hexdigest()


def _people(folder: Path) -> dict[int, int]:
    """The key here of each person of the export: known by the e-mail address, else made anew.

    A new person has no password and no rights: an administrator gives both.
    """
    keys: dict[int, int] = {}
    for row in map(json.loads, _lines(folder, User._meta.db_table)):
        known = User.objects.filter(email__iexact=row["email"]).first()
        if known is None:
            key = row.pop("id")
            taken = User.objects.filter(pk=key).exists()
            number = {} if taken else {"pk": key}
            known = User.objects.create(**number, **row, password=make_password(None))
            keys[key] = known.pk
        else:
            keys[row["id"]] = known.pk
    return keys


@contextmanager
def _without_side_effects() -> Iterator[None]:
    """No trigger writes of its own (history, states, notes): the export brings what they wrote.

    The rules over several rows stay, and are checked before the triggers are back.
    """
    triggers = _triggers()
    with connection.cursor() as cursor:
        _alter(cursor, "DISABLE", triggers)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _alter(cursor, "ENABLE", triggers)


def _alter(cursor: Any, verb: LiteralString, triggers: list[tuple[str, str]]) -> None:
    for table, trigger in triggers:
        statement = SQL("ALTER TABLE {} " + verb + " TRIGGER {}")
        cursor.execute(statement.format(Identifier(table), Identifier(trigger)))


def _triggers() -> list[tuple[str, str]]:
    """The triggers of our tables that are no constraints."""
    tables = [model._meta.db_table for model in (*models_of_content(), User)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgconstraint = 0 AND relname = ANY (%s) "
            "AND relnamespace = current_schema()::regnamespace",
            [tables],
        )
        return cursor.fetchall()


def _load(folder: Path, model: type[models.Model], people: dict[int, int]) -> None:
    """Store the rows of a table with every column as it was."""
    table = model._meta.db_table
    columns = SQL(", ").join(map(Identifier, columns_of(model)))
    insert = SQL(
        "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE "
        "SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)"
    ).format(table=Identifier(table), columns=columns)
    moved = _moved(user_columns_of(model), people)
    lines = map(moved, _lines(folder, table))
    with connection.cursor() as cursor:
        while batch := list(islice(lines, BATCH)):
            cursor.execute(insert, [f"[{','.join(batch)}]"])


def _moved(columns: list[str], people: dict[int, int]) -> Callable[[str], str]:
    """Names the same people by the keys they have here."""
    changed = {then: now for then, now in people.items() if then != now}
    if not columns or not changed:
        return lambda line: line

    def moved(line: str) -> str:
        row = json.loads(line)
        return json.dumps(
            row | {name: changed.get(row[name], row[name]) for name in columns}, ensure_ascii=False
        )

    return moved


def _lines(folder: Path, table: str) -> Iterator[str]:
    with table_path(folder, table).open("r", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _go_on_counting(manifest: Manifest) -> None:
    """Let the numbers of new rows follow on the highest that was ever given."""
    with connection.cursor() as cursor:
        for model in (*models_of_content(), User):
            table, key = model._meta.db_table, model._meta.pk.column
            told = manifest.users if model is User else manifest.tables[table]
            highest = SQL("SELECT max({}) FROM {}").format(Identifier(key), Identifier(table))
            cursor.execute(highest)
            last = max(told.last_number or 0, cursor.fetchone()[0] or 0)
            if last:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, key, last]
                )
