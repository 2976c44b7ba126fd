"""The file of a backup before it is sealed: a compressed tar."""

import gzip
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from foundation.backup.manifest import (
    IN_MEMORY,
    NAME,
    PIECE,
    Manifest,
    StoredFile,
    file_member,
    measured,
    table_member,
)
from foundation.backup.refused import Refused

COMPRESSION = 3  # of 9: pictures and PDF files are compressed already
DAMAGED = "The backup is damaged or cut off."


class ArchiveWriter:
    """Adds members to a tar, one after the other."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, write: Callable[[BinaryIO], Any]) -> Any:
        """Add what `write` writes; nothing of it when that fails. Its answer is handed on."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as waiting:
            answer = write(cast(BinaryIO, waiting))
            member = tarfile.TarInfo(name)
            member.size, member.mode = waiting.tell(), 0o600
            waiting.seek(0)
            self._tar.addfile(member, cast(BinaryIO, waiting))
        return answer


@contextmanager
def writing(target: BinaryIO) -> Iterator[ArchiveWriter]:
    """A backup written to a stream as it comes."""
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield ArchiveWriter(tar)


@contextmanager
def _members(file: BinaryIO) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Each member of a backup with its bytes, in order; damage of any kind is Refused."""
    file.seek(0)
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                yield _each(tar)
            # What follows the tar must be in order too, to the last byte.
            while packed.read(PIECE):
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Refused(DAMAGED) from error


def _each(tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for member in tar:
        content = tar.extractfile(member)
        if content is None:
            raise Refused(DAMAGED)
        yield member.name, cast(BinaryIO, content)


def check(file: BinaryIO) -> Manifest:
    """Read a backup to its last byte; its list, when everything is as that says, else Refused."""
    found: dict[str, StoredFile] = {}
    manifest = None
    with _members(file) as members:
        for name, content in members:
            if manifest is not None or name in found:
                raise Refused(DAMAGED)
            if name == NAME:
                manifest = Manifest.of(content.read())
            else:
                found[name] = measured(content)
    if manifest is None:
        raise Refused(DAMAGED)
    _compare(manifest, found)
    return manifest


def _compare(manifest: Manifest, found: dict[str, StoredFile]) -> None:
    expected = {file_member(name): file for name, file in manifest.files.items()}
    for name, table in manifest.tables.items():
        member = table_member(name)
        size = found[member].size if member in found else 0
        expected[member] = StoredFile(size, table.sha256)
    if expected != found:
        differing = sorted(
            name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
        )
        raise Refused(f"{DAMAGED} Not as its list says: {', '.join(differing[:5])}")


def each_member(file: BinaryIO, take: Callable[[str, BinaryIO], None]) -> None:
    """Hand every member but the list to `take`, in the order they were written."""
    with _members(file) as members:
        for name, content in members:
            if name != NAME:
                take(name, content)
