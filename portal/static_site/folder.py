"""The folder of a copy: unchanged files are kept, and it takes the place of the old one at once."""

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

SUMS = "SHA256SUMS"
_CHUNK = 1 << 20  # bytes
_TEXTS = {
    *(".html", ".css", ".js", ".svg", ".xml", ".atom", ".json", ".csv", ".ics", ".txt", ".vtt"),
    *(".bib", ".ris"),
}
_SMALL = 200  # bytes: what is smaller does not shrink
_MUCH = 1 << 20  # bytes: from here on brotli's last step costs seconds
_COMPRESSED = (".gz", ".br")


class Folder:
    """A copy while it is written, beside the one it will replace."""

    def __init__(self, path: Path, old: Path, *, is_compressed: bool) -> None:
        self.path = path
        self._old = old
        self._is_compressed = is_compressed
        self._sums: dict[str, str] = {}
        self.changed = 0  # files that are not as they were

    def write(self, name: str, content: bytes) -> None:
        """Write a file, and its compressed forms if it is a text for a web server."""
        new = self._place(name)
        old = self._old / name
        is_kept = old.is_file() and old.stat().st_size == len(content)
        is_kept = is_kept and old.read_bytes() == content
        if is_kept:
            _keep(old, new)
        else:
            new.write_bytes(content)
            self.changed += 1
        self._sums[name] = hashlib.sha256(content).hexdigest()
        if self._is_compressed and new.suffix in _TEXTS and len(content) > _SMALL:
            self._compress(name, content, is_kept=is_kept)

    def move(self, name: str, source: Path, sha256: str) -> None:
        """Take over a file of any size."""
        new, old = self._place(name), self._old / name
        is_kept = old.is_file() and old.stat().st_size == source.stat().st_size
        if is_kept and sha256_of(old) == sha256:
            _keep(old, new)
        else:
            shutil.copyfile(source, new)
            self.changed += 1
        self._sums[name] = sha256

    @property
    def number(self) -> int:
        """How many files there are."""
        return len(self._sums)

    def __contains__(self, name: str) -> bool:
        return name in self._sums

    def finish(self) -> None:
        """Write the checksums of all files, in the form that `sha256sum --check` reads."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())]
        self.write(SUMS, "".join(lines).encode())

    def _place(self, name: str) -> Path:
        new = self.path / name
        new.parent.mkdir(parents=True, exist_ok=True)
        return new

    def _compress(self, name: str, content: bytes, *, is_kept: bool) -> None:
        for suffix in _COMPRESSED:
            old = self._old / f"{name}{suffix}"
            new = self._place(f"{name}{suffix}")
            if is_kept and old.is_file():
                _keep(old, new)
            elif suffix == ".gz":
                new.write_bytes(gzip.compress(content, 9, mtime=0))
            else:
                quality = 11 if len(content) < _MUCH else 9
                new.write_bytes(brotli.compress(content, quality=quality))
            self._sums[f"{name}{suffix}"] = sha256_of(new)


def _keep(old: Path, new: Path) -> None:
    """The same file in both folders, with its date: whoever mirrors the copy sees no change."""
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A working folder next to the target, on the same disk; it goes away in the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def swap(new: Path, target: Path, aside: Path) -> None:
    """Put the new folder in the target's place; the old one goes to `aside`."""
    if not target.exists():
        os.rename(new, target)
        return
    os.rename(target, aside)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(aside, target)
        raise
