"""Writes a backup: the rows of one moment, and the files that they name."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.utils import timezone

from foundation.backup import media, tables
from foundation.backup.archive import ArchiveWriter, check, writing
from foundation.backup.manifest import NAME, PIECE, Manifest, Table, file_member, table_member
from foundation.backup.refused import Refused
from foundation.backup.sealing import recipients_of, seal

ENDING = ".tar.gz"
ENDING_SEALED = ".tar.gz.age"
BEGINNING = "portal-"


def back_up_into(folder: Path, public_keys: Sequence[str]) -> tuple[Path, Manifest]:
    """Write a backup into a folder, and give it its name only when it is whole.

    Whatever goes wrong before leaves nothing there. Raises Refused or OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear_away_unfinished(folder)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    final = folder / f"{BEGINNING}{moment}{ENDING_SEALED if public_keys else ENDING}"
    unfinished = folder / f".{final.name}.{os.getpid()}.part"
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with suppress(OSError):  # a network drive that knows no locks
                fcntl.flock(file, fcntl.LOCK_SH)
            manifest = back_up_to(file, public_keys, waiting_in=folder)
            file.flush()
            os.fsync(file.fileno())
            _give_name(unfinished, final)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return final, manifest


def back_up_to(
    target: BinaryIO, public_keys: Sequence[str], waiting_in: Path | None = None
) -> Manifest:
    """Write a backup to a stream: first read to its last byte, then sealed for these keys, if any.

    Until then it waits in a file without a name, in the temporary folder unless another is given.
    """
    recipients = recipients_of(public_keys)
    with TemporaryFile(dir=waiting_in) as file:
        plain = cast(BinaryIO, file)
        manifest = back_up(plain)
        if check(plain) != manifest:
            raise Refused("The backup does not hold what was written into it.")
        plain.seek(0)
        if recipients:
            seal(plain, target, recipients)
        else:
            shutil.copyfileobj(plain, target, PIECE)
    return manifest


def _give_name(unfinished: Path, final: Path) -> None:
    """Give the backup its name; raises FileExistsError where that is taken."""
    try:
        os.link(unfinished, final)  # which fails where the name is taken, as a renaming would not
    except FileExistsError:
        raise
    except OSError:  # a memory stick or a network drive without hard links
        os.close(os.open(final, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.replace(unfinished, final)


def _clear_away_unfinished(folder: Path) -> None:
    """Delete what a backup has left that was killed; one that is being made is held."""
    for left in folder.glob(f".{BEGINNING}*.part"):
        with left.open("rb") as file, suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def back_up(target: BinaryIO) -> Manifest:
    """Write all rows and files, in pieces; what there is, with the files that were at fault."""
    with writing(target) as archive:
        with _one_moment():
            manifest = Manifest(timezone.now().isoformat(timespec="seconds"), tables.migrations())
            for name, columns in tables.kept_tables().items():
                write = partial(tables.copy_out, name, columns)
                rows, sha256 = archive.add(table_member(name), write)
                manifest.tables[name] = Table(columns, rows, sha256)
            named, checksums = media.names_in_rows(), media.checksums_in_rows()
            # Last: a number given since the snapshot is only skipped, one given twice is an error.
            manifest.sequences = tables.sequences()
        for name in sorted(named | set(media.names_in_storage())):
            _add_file(archive, manifest, name, is_named=name in named)
        for name in named & manifest.files.keys() & checksums.keys():
            if manifest.files[name].sha256 != checksums[name]:
                manifest.faults[name] = "its bytes are not those the database knows"
        archive.add(NAME, lambda file: file.write(manifest.as_bytes()))
    return manifest


def _add_file(archive: ArchiveWriter, manifest: Manifest, name: str, *, is_named: bool) -> None:
    try:
        member = file_member(name)
        manifest.files[name] = archive.add(member, partial(media.copy_out, name))
    except media.Unreadable as error:
        # What no row of that moment names may have been deleted since it was listed.
        if is_named:
            manifest.faults[name] = str(error)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All rows as they were at one moment, whoever writes meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables.written_alike()
        yield
        if is_outermost:
            transaction.set_rollback(True)  # nothing was written, so nothing is to follow from it


def forget_older_than(folder: Path, newest: int) -> list[Path]:
    """Delete all but the newest backups of a folder, known by their names; what was deleted."""
    found = sorted(
        path
        for path in folder.iterdir()
        if path.name.startswith(BEGINNING) and path.name.endswith((ENDING, ENDING_SEALED))
    )
    old = found[:-newest] if newest else []
    for path in old:
        path.unlink()
    return old
