"""An empty database as `migrate` leaves it: made once for these migrations, copied from then on.

`python -m tests.migrated FOLDER` is for who has no Django running. The cluster lies in
.local/migrated, under a hash of all that shapes it. Whatever `migrate` does
beside the migrations (roles, rights, triggers of the page cache) it does again on each copy, where
it takes half a second.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps

import run
from foundation.server.postgres import binaries
from foundation.server.postgres.account import give, server_account

MIGRATED = run.LOCAL / "migrated"
SECONDS_TO_STOP = 60


def copy_migrated(data: Path) -> None:
    """Give a server that has no cluster yet a migrated one; Django's apps must be ready.

    `data` is the folder that the server is then started with.
    """
    MIGRATED.mkdir(parents=True, exist_ok=True)
    with (MIGRATED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # others copy meanwhile, or make it
        made = MIGRATED / fingerprint()
        if not made.is_dir():
            _remove_others()
            _make(made, lock.fileno())
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(made / "cluster", data / "cluster")
    give(data / "cluster", server_account(data / "cluster"))


def fingerprint() -> str:
    """What identifies the schema: migrations, what they import of ours, libraries and server."""
    found = hashlib.sha256(f"PostgreSQL {binaries.choose(None)}".encode())
    for path in (run.LOCK, *sorted(_migrations()), *sorted(set(_imported()))):
        found.update(f"{path}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:32]


def _migrations() -> Iterator[Path]:
    for app in apps.get_app_configs():
        yield from Path(app.path, "migrations").glob("*.py")


def _imported() -> Iterator[Path]:
    for path in _migrations():
        if run.ROOT in path.parents and run.VENV not in path.parents:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in getattr(node, "names", ())]
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                for name in names:
                    module = run.ROOT.joinpath(*name.split("."))
                    sources = (module.with_suffix(".py"), module / "__init__.py")
                    yield from (source for source in sources if name and source.is_file())


def _remove_others() -> None:
    for path in MIGRATED.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _make(target: Path, lock: int) -> None:
    new = MIGRATED / f"new-{os.getpid()}"
    environment = {**os.environ, "DATABASE_URL": "", "POSTGRES_DATA": str(new)}
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    # It holds the lock as well: it goes on when the tests that wait for it are killed.
    subprocess.run(command, cwd=run.ROOT, env=environment, check=True, pass_fds=(lock,))
    _wait_for_the_end(new)
    new.rename(target)


def _wait_for_the_end(data: Path) -> None:
    """Return when the server has written everything and gone."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    with (data / "server.lock").open("r+") as lock:
        while True:
            try:
                return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                assert time.monotonic() < deadline, "The server does not stop."
                time.sleep(0.02)


if __name__ == "__main__":
    django.setup()
    copy_migrated(Path(sys.argv[1]))
