"""Real processes on real servers, each test with a data folder of its own."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[4]

# Answers each line of SQL with a line of JSON: the rows, or the kind of error and its words.
PROGRAM = """
import json, os, sys, time
from django.conf import settings
from foundation.server.postgres.url import database_from_url
settings.configure(
    DATABASES={"default": database_from_url(None, data=sys.argv[1], durable=False)},
    USE_TZ=True,
)
import django
django.setup()
from django.db import Error, connection
for line in sys.stdin:
    if line == "fork\\n":
        if os.fork():
            os._exit(0)
        continue
    try:
        with connection.cursor() as cursor:
            cursor.execute(line)
            answer = cursor.fetchall() if cursor.description else []
    except Error as error:
        connection.close()
        answer = [type(error).__name__, str(error)]
    print(json.dumps(answer, default=str), flush=True)
"""


class PortalProcess:
    """A process that uses the database through Django."""

    def __init__(self, data: Path, *, path: Path | None = None, **options) -> None:
        found_first = [str(path)] if path else []
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join([*found_first, str(CODE)])},
            **options,
        )

    def ask(self, sql: str):
        self.send(sql)
        return self.answer()

    def send(self, line: str) -> None:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def kill(self) -> None:
        self.process.kill()
        self.leave()


class Cluster:
    """A data folder and the processes that use it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.processes = []

    def process(self, **options) -> PortalProcess:
        started = PortalProcess(self.data, **options)
        self.processes.append(started)
        return started

    @property
    def server_pid(self) -> int:
        return int((self.data / "cluster" / "postmaster.pid").read_text().split()[0])

    @property
    def keeper_pid(self) -> int:
        return int(Path(f"/proc/{self.server_pid}/stat").read_text().rpartition(")")[2].split()[1])

    def is_gone(self, seconds: float = 4) -> bool:
        """Wait until no process of the server lives, as its lock tells."""
        if not self.data.is_dir():
            return True
        lock = os.open(self.data / "server.lock", os.O_RDWR | os.O_CREAT)
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(0.02)
                else:
                    return True
            return False
        finally:
            os.close(lock)

    def end(self) -> None:
        for started in self.processes:
            if started.process.poll() is None:
                started.kill()
        self.processes.clear()
        record = self.data / "socket"
        folder = Path(record.read_text()) if record.exists() else None
        left_behind = not self.is_gone(10)
        if left_behind:
            os.kill(self.server_pid, signal.SIGQUIT)
        assert not left_behind, "the test left a server behind"
        assert folder is None or not folder.exists(), "the test left a socket folder behind"


@contextmanager
def temporary_cluster():
    folder = Path(tempfile.mkdtemp(prefix="a b "))
    made = Cluster(folder / "local data" / "postgres")
    try:
        yield made
        made.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_cluster():
    """A data folder that does not exist yet, in a path with a space and in a closed folder."""
    with temporary_cluster() as made:
        yield made


@pytest.fixture(scope="session")
def shared_cluster():
    with temporary_cluster() as made:
        yield made


@pytest.fixture
def cluster(shared_cluster):
    """A data folder that other tests have used too; its server must be gone after each."""
    yield shared_cluster
    shared_cluster.end()
