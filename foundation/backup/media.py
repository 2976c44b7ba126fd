"""The files of a backup: which there are, read from the storage and written into an empty one."""

import hashlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models

from foundation.backup.manifest import IN_MEMORY, StoredFile, measured, pieces
from foundation.backup.refused import Refused
from publications.models import MaterialFile


class Unreadable(Exception):
    """A file that is missing or cannot be read, and why."""


def names_in_rows() -> set[str]:
    """The files that rows name. To be asked in the transaction that the rows are read in."""
    names: set[Any] = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                names |= set(model._base_manager.values_list(field.name, flat=True))
    return {str(name) for name in names if name}


def checksums_in_rows() -> dict[str, str]:
    """The checksums (SHA-256) that the database knows of, by the files' names."""
    return dict(MaterialFile._base_manager.values_list("file", "sha256"))


def names_in_storage(folder: str = "") -> Iterator[str]:
    """Every file of the storage: uploads, the pictures drawn of them, and what lies in the bin."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(filter(None, files)):
        yield f"{folder}{name}"
    for name in sorted(filter(None, folders)):
        yield from names_in_storage(f"{folder}{name}/")


def copy_out(name: str, target: BinaryIO) -> StoredFile:
    """Write a file's bytes; raises Unreadable for one that is missing or cannot be read."""
    digest, size = hashlib.sha256(), 0
    for piece in _read(name):
        target.write(piece)
        digest.update(piece)
        size += len(piece)
    return StoredFile(size, digest.hexdigest())


def _read(name: str) -> Iterator[bytes]:
    """A file's bytes. What goes wrong on the other side, where they are written, is not caught."""
    try:
        with default_storage.open(name, "rb") as source:
            yield from pieces(cast(BinaryIO, source))
    except FileNotFoundError as error:
        raise Unreadable("it is missing") from error
    except Exception as error:  # an object storage has errors of its own
        raise Unreadable(f"it cannot be read ({error})") from error


def copy_in(name: str, source: BinaryIO) -> None:
    """Store a file under its own name; raises Refused where the storage gives it another."""
    # An object storage goes to and fro in what it is given, and closes it; the backup only goes on.
    with SpooledTemporaryFile(max_size=IN_MEMORY) as waiting:
        for piece in pieces(source):
            waiting.write(piece)
        waiting.seek(0)
        given = default_storage.save(name, File(waiting, name))
    if given != name:
        default_storage.delete(given)
        raise Refused(f"The storage does not take the name {name}.")


def checksum(name: str) -> StoredFile:
    """Size and checksum of a stored file."""
    with default_storage.open(name, "rb") as stored:
        return measured(cast(BinaryIO, stored))
