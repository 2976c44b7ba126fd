"""The list of what an export holds: its tables, its files, and a checksum of each."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from portal.transfer.tables import ROOMS

VERSION = 1
NAME = "export.json"
CHUNK = 256 * 1024  # bytes read at once


class Refused(Exception):
    """An export that cannot be made or taken in, with the reason."""


@dataclass
class Table:
    """A table of the export: its rows, its checksum and where its numbers go on."""

    rows: int
    sha256: str
    # Where the numbering stands, so that the number of a deleted row is not used again.
    last_number: int | None = None


@dataclass
class StoredFile:
    """A file of the export: its bytes and its checksum (SHA-256)."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What an export holds, and the migrations of the portal it was made in."""

    migrations: list[str]
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    users: Table = field(default_factory=lambda: Table(0, ""))
    version: int = VERSION

    def write(self, folder: Path) -> None:
        """Write the list last: a folder without one is no whole export."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The list of a folder; raises Refused for a folder that holds no whole export."""
        try:
            data = json.loads((folder / NAME).read_text("utf-8"))
            if data["version"] != VERSION:
                raise Refused(_("The export was written by another version of the portal."))
            return cls(
                migrations=list(data["migrations"]),
                tables={name: Table(**table) for name, table in data["tables"].items()},
                files={name: StoredFile(**file) for name, file in data["files"].items()},
                users=Table(**data["users"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            problem = _("%(folder)s holds no whole export: its list %(name)s cannot be read.")
            raise Refused(problem % {"folder": folder, "name": NAME}) from error


def migrations() -> list[str]:
    """The migrations of our rooms that this database has."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app in (*ROOMS, "accounts"))


def table_path(folder: Path, table: str) -> Path:
    """Where the rows of a table are: one JSON object on each line."""
    return folder / "tables" / f"{table}.jsonl"


def file_path(folder: Path, name: str) -> Path:
    """Where a file's bytes are; raises Refused for a name that leads out of the folder."""
    way = PurePosixPath(name)
    if way.is_absolute() or ".." in way.parts or not way.parts or "\\" in name or "\0" in name:
        raise Refused(_("“%(name)s” is no name of a file.") % {"name": name})
    return folder / "files" / way


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def checksum(path: Path) -> str:
    """The checksum of a file on disk (SHA-256, FIPS 180-4)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
