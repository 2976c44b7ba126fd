"""The list of what a backup holds, its last member: without it the backup is not whole."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from foundation.backup.refused import OLDER, Refused

VERSION = 2
NAME = "backup.json"
PIECE = 256 * 1024  # bytes held at once
IN_MEMORY = 4 * 1024 * 1024  # bytes of one member; more waits in the temporary folder


@dataclass
class Table:
    """A table: its columns as "name type", its rows and the checksum of its member (SHA-256)."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass
class StoredFile:
    """An uploaded or drawn file: its bytes and its checksum (SHA-256)."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds, and of which moment."""

    made_at: str  # ISO 8601, of the snapshot that all rows are of
    migrations: list[str]
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, int | None] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    # Files that rows name and that were not to be had, or were not what the rows say; and why.
    faults: dict[str, str] = field(default_factory=dict)
    version: int = VERSION

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def of(cls, data: bytes) -> "Manifest":
        """The list written in a backup; raises Refused for one of another version."""
        try:
            read = json.loads(data)
            if read["version"] < VERSION:
                raise Refused(OLDER)
            if read["version"] > VERSION:
                raise Refused("The backup was written by a newer version of the portal.")
            return cls(
                made_at=read["made_at"],
                migrations=list(read["migrations"]),
                tables={name: Table(**table) for name, table in read["tables"].items()},
                sequences=dict(read["sequences"]),
                files={name: StoredFile(**file) for name, file in read["files"].items()},
                faults=dict(read["faults"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(f"The backup's list {NAME} cannot be read.") from error

    def told(self) -> str:
        """What it holds, in one line for the operator."""
        rows = sum(table.rows for table in self.tables.values())
        size = sum(file.size for file in self.files.values())
        return (
            f"{rows} rows of {len(self.tables)} tables and {len(self.files)} files "
            f"({size / 1_000_000:.1f} MB), as of {self.made_at}"
        )


def measured(content: BinaryIO) -> StoredFile:
    """Size and checksum of what is left to read."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces(content):
        digest.update(piece)
        size += len(piece)
    return StoredFile(size, digest.hexdigest())


def pieces(content: BinaryIO) -> Iterator[bytes]:
    """What is left to read, a piece at a time."""
    while piece := content.read(PIECE):
        yield piece


def table_member(table: str) -> str:
    """Where the rows of a table are within a backup: as COPY writes them."""
    return f"tables/{table}.copy"


def file_member(name: str) -> str:
    """Where a file's bytes are within a backup; raises Refused for a name that leads out of it."""
    way = PurePosixPath(name)
    if way.is_absolute() or ".." in way.parts or not way.parts or "\\" in name or "\0" in name:
        raise Refused(f"{name!r} is no name of a file.")
    return f"files/{name}"
