"""The portal as production serves it, in processes of its own, on databases that can be stopped."""

import contextlib
import fcntl
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

import run
from bench.load import worker_of
from foundation.server.postgres.account import give, server_account
from foundation.server.postgres.binaries import installed, reachable
from foundation.server.postgres.server import PORT, ROLE, EmbeddedServer
from tests.migrated import copy_migrated

CHECKOUT = Path(__file__).resolve().parents[4]
WORKERS = 2
SECONDS_TO_TELL = 0.1  # from one writing of a worker's numbers to the next
PATIENCE = 60  # seconds for what is promised in less; the machine may be busy

CONTENT = """
import django
django.setup()
from django.core.management import call_command
from tests import factories
call_command("migrate", verbosity=0)
project = factories.make_project()
theme = factories.make_theme()
factories.make_theme_period(project=project, theme=theme)
factories.make_workshop(theme=theme)
factories.make_story(title_sv="Promenaden", slug_sv="promenaden")
factories.make_material_file(material=factories.make_material(title_sv="Bilder", slug_sv="bilder"))
"""


class Database:
    """A server that can be stopped and started, always found at the same place."""

    def __init__(self, folder: Path, name: str = "primary") -> None:
        # Sockets have short addresses: the link stands in for the folder that each start makes.
        self.data, self.link = folder / name, folder / f"{name}-socket"
        self.server = EmbeddedServer(self.data, durable=True)

    def start(self) -> None:
        folder = self.server.ensure()
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(folder)

    def stop(self, number: int = signal.SIGINT) -> None:
        pid = int((self.data / "cluster" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, number)
        wait_for(lambda: not (self.data / "cluster" / "postmaster.pid").exists())
        wait_for(lambda: not self.link.exists())

    def connect(self) -> psycopg.Connection:
        address = {"host": str(self.link), "port": PORT, "user": ROLE, "dbname": "portal"}
        return psycopg.connect(**address, autocommit=True)

    def execute(self, statement: str, *values: Any) -> list[tuple]:
        with self.connect() as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def standby(self, name: str) -> "Database":
        """A second server that follows this one, not started yet."""
        other = Database(self.data.parent, name)
        other.data.mkdir(mode=0o700)
        account = server_account(self.data / "cluster")
        give(other.data, account)
        programs = reachable(next(installed()), account, self.data.parent)
        source = f"host={self.link} port={PORT} user={ROLE}"
        command = [str(programs / "pg_basebackup"), "-R", "-c", "fast", "-d", source]
        with_account = account.options() if account else {}
        subprocess.run(
            [*command, "-D", str(other.data / "cluster")], check=True, cwd="/", **with_account
        )
        return other


class Portal:
    """Two workers of the portal on databases, in the settings of production but for TLS."""

    def __init__(self, folder: Path, *databases: Database, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        hosts = quote(",".join(str(one.link) for one in databases), safe=",/")
        url = f"postgresql:///portal?user={ROLE}&host={hosts}&target_session_attrs=read-write"
        self.metrics = free_port()
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(CHECKOUT),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": "of-a-test",
            "SECURE": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": url,
            "MEDIA_ROOT": str(folder / "media"),
            "PORT": str(self.port),
            "WORKERS": str(WORKERS),
            "METRICS": f"127.0.0.1:{self.metrics}",
            "METRICS_SECONDS": str(SECONDS_TO_TELL),
            **settings,
        }
        self.process: subprocess.Popen | None = None

    def prepare(self) -> None:
        collect_static_files(self.environment)
        subprocess.run(
            [sys.executable, "-c", CONTENT], env=self.environment, cwd=CHECKOUT, check=True
        )

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, env=self.environment, cwd=CHECKOUT, check=True)

    def start(self) -> None:
        with (self.folder / "portal.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "foundation.server.serving"],
                env=self.environment,
                cwd=CHECKOUT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(lambda: self.answers("/healthz"), 120)
        self.wait_until_ready()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def answers(self, path: str) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.get(path)[0] == 200
        return False

    def wait_until_ready(self) -> None:
        """Until every worker hears of changes; several askings in a row meet them all."""
        wait_for(lambda: all(self.answers("/readyz") for _ in range(12)), 120)

    def get(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        with self._connection() as connection:
            return _asked(connection, path, method, body, headers)

    def everywhere(self, path: str, times: int = 16) -> list[str]:
        """What an address shows, asked so often that each worker has been met."""
        pages, met, deadline = [], set(), time.monotonic() + PATIENCE
        while len(pages) < times or len(met) < WORKERS:
            assert time.monotonic() < deadline, "One worker never answers."
            with self._connection() as connection:
                pages.append(_asked(connection, path, "GET", None, {})[1])
                with contextlib.suppress(LookupError):
                    met.add(worker_of(connection.sock, self.workers()))
        return pages

    @contextlib.contextmanager
    def _connection(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()

    def shows(self, path: str, text: str) -> None:
        """Wait until an address shows a text, and make sure that it then does at every worker."""
        wait_for(lambda: text in self.get(path)[1])
        assert all(text in page for page in self.everywhere(path))

    def workers(self) -> list[int]:
        """The numbers of the worker processes."""
        assert self.process
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in found.read_text().split()]

    def log(self) -> str:
        return (self.folder / "portal.log").read_text("utf-8")

    def measure(self, name: str) -> list[float]:
        """A metric of each worker, of all that it has done until now."""
        time.sleep(SECONDS_TO_TELL + 0.5)  # until the workers have told their numbers
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics, timeout=10)
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        return [float(one) for one in re.findall(rf"^portal_{name}{{.*}} (\S+)$", text, re.M)]


def collect_static_files(environment: Mapping[str, str]) -> None:
    """Give production's pages their style sheet; a checkout where nothing was served has none."""
    run.LOCAL.mkdir(exist_ok=True)
    with (run.LOCAL / "collected-static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests that run beside each other share the folder
        run.collect_static_files(environment)


def _asked(
    connection: http.client.HTTPConnection,
    path: str,
    method: str,
    body: str | None,
    headers: Mapping[str, str],
) -> tuple[int, str, dict[str, str]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, answer.read().decode("utf-8", "replace"), named


@contextlib.contextmanager
def served(folder: Path, **settings: str) -> Iterator[tuple[Portal, Database]]:
    database = Database(folder)
    copy_migrated(database.data)
    database.start()
    portal = Portal(folder, database, **settings)
    portal.prepare()
    portal.start()
    try:
        yield portal, database
    finally:
        portal.stop()


def wait_for(condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come in time."
        time.sleep(0.02)


def within(
    seconds: float, act: Callable[[], Any], *, before: Callable[[], None] = lambda: None
) -> None:
    """Assert that it takes less than is promised: once of three times, for others work here too."""
    taken: list[float] = []
    while not taken or (taken[-1] >= seconds and len(taken) < 3):
        before()
        began = time.monotonic()
        act()
        taken.append(time.monotonic() - began)
    assert min(taken) < seconds, f"{taken} s, not {seconds}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
