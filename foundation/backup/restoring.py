"""Takes a backup into an empty place, whole or not at all."""

from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import Error, connection, transaction

from foundation.backup import media, tables
from foundation.backup.archive import check, each_member
from foundation.backup.manifest import Manifest, file_member, table_member
from foundation.backup.refused import Refused
from foundation.backup.sealing import opened


def restore(path: Path, identity: Path | None) -> Manifest:
    """Read the backup to its last byte, then store its rows and files as they were.

    An empty database is migrated first. Raises Refused, with nothing changed, when the backup is
    damaged, stays closed to the identity or is of other migrations, or when there is something
    here already.
    """
    with opened(path, identity) as file:
        manifest = check(file)
        _restore(file, manifest)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest


def _restore(file: BinaryIO, manifest: Manifest) -> None:
    if not tables.tables():
        call_command("migrate", verbosity=0, interactive=False)
    _refuse_another_portal(manifest)
    _refuse_what_is_not_empty()
    stored: list[str] = []
    try:
        with transaction.atomic():
            tables.written_alike()
            _store(file, manifest, stored)
            _compare(manifest)
    except BaseException as error:
        for name in stored:
            default_storage.delete(name)
        if isinstance(error, Error):
            reason = str(error).splitlines()[0]
            raise Refused(f"The database does not take the rows: {reason}") from error
        raise


def _refuse_another_portal(manifest: Manifest) -> None:
    here = set(tables.migrations())
    differing = here ^ set(manifest.migrations)
    if differing:
        where = "here only" if differing & here else "in the backup only"
        raise Refused(
            "The backup was made by a portal with other migrations: "
            f"{len(differing)} differ, such as {min(differing)} ({where}). "
            "Restore it with the version it was made with, then upgrade."
        )
    columns = {name: table.columns for name, table in manifest.tables.items()}
    kept = tables.kept_tables()
    if kept != columns:
        names = sorted(name for name in kept | columns if kept.get(name) != columns.get(name))
        raise Refused(f"The tables are not those of the backup: {', '.join(names[:5])}")


def _refuse_what_is_not_empty() -> None:
    found = tables.tables_with_rows(sorted(tables.tables().keys() - tables.WRITTEN_BY_MIGRATE))
    if found:
        raise Refused(
            "A backup is restored into an empty database only; "
            f"this one has rows in {', '.join(found[:5])}."
        )
    there = next(media.names_in_storage(), None)
    if there is not None:
        raise Refused(
            f"A backup is restored into an empty storage only; this one holds {there}, for one."
        )


def _store(file: BinaryIO, manifest: Manifest, stored: list[str]) -> None:
    of_table = {table_member(name): name for name in manifest.tables}
    of_file = {file_member(name): name for name in manifest.files}

    def take(member: str, content: BinaryIO) -> None:
        if member in of_table:
            name = of_table[member]
            tables.copy_in(name, manifest.tables[name].columns, content)
        else:
            name = of_file[member]
            stored.append(name)
            media.copy_in(name, content)

    tables.empty(tables.tables())
    with tables.without_triggers(manifest.tables):
        each_member(file, take)
    tables.go_on_counting(manifest.sequences)


def _compare(manifest: Manifest) -> None:
    """Read everything back; Refused unless it is, row by row and byte by byte, as it was."""
    unlike = []
    for name, table in manifest.tables.items():
        rows, sha256 = tables.copy_out(name, table.columns)
        if (rows, sha256) != (table.rows, table.sha256):
            unlike.append(name)
    unlike += [name for name, file in manifest.files.items() if media.checksum(name) != file]
    if unlike:
        raise Refused(f"Not what it was after restoring: {', '.join(unlike[:5])}")
