"""The folder of a copy: unchanged files are kept, and it takes the place of the old one at once."""

import fcntl
import glob
import gzip
import hashlib
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
# Other programs write lists of that name too; of a copy it names these.
_IN_EVERY_COPY = {"index.html", "sitemap.xml", "sv/index.html", "fi/index.html"}
_UNFINISHED, _OLD = "unfinished", "old"


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
            if is_kept and _holds(old, content):
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


def _holds(compressed: Path, content: bytes) -> bool:
    """True when the file is these bytes, compressed: a disk may have changed it since."""
    if not compressed.is_file():
        return False
    data = compressed.read_bytes()
    try:
        return (gzip if compressed.suffix == ".gz" else brotli).decompress(data) == content
    except (OSError, EOFError, zlib.error, brotli.error):
        return False


def something_else(target: Path) -> str:
    """The name of something in the folder that no copy has put there; "" if there is nothing."""
    if not target.exists():
        return ""
    if not target.is_dir():
        return target.name
    named = _named_in(target / SUMS)
    if not named >= _IN_EVERY_COPY:
        return min((path.name for path in target.iterdir()), default="")
    found = (path.relative_to(target).as_posix() for path in target.rglob("*") if _is_leaf(path))
    return min((name for name in found if name not in named), default="")


def _is_leaf(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir()


def _named_in(sums: Path) -> set[str]:
    try:
        lines = sums.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    return {SUMS, *(line.partition("  ")[2] for line in lines)}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A working folder next to the target, on the same disk; it goes away in the end.

    What a run that was killed has left goes away too.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}-{_UNFINISHED}-"
    for left in target.parent.glob(f"{glob.escape(prefix)}*"):
        _clear_away(left, target)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    held = os.open(made, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network drive that knows no locks
            fcntl.flock(held, fcntl.LOCK_SH)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(held)


def _clear_away(left: Path, target: Path) -> None:
    """Remove a working folder that no process holds, and take the copy back that was set aside."""
    held = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return
    else:
        if (left / _OLD).is_dir() and not target.exists():
            os.rename(left / _OLD, target)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(held)


def swap(new: Path, target: Path, working: Path) -> None:
    """Put the new folder in the target's place; the old one goes into the working folder."""
    if not target.exists():
        os.rename(new, target)
        return
    aside = working / _OLD
    os.rename(target, aside)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(aside, target)
        raise
