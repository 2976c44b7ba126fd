"""An embedded PostgreSQL server, started by its first user and gone with its last.

The data folder holds `cluster/` (PostgreSQL's own files), `server.log`, `socket` (where the
running server listens) and three lock files:

- `users.lock`: every process that uses the server holds a shared lock until it ends, however it
  ends; the keeper (`keeper.py`) waits for the exclusive one and then stops the server;
- `start.lock`: held by the one process that looks whether a server has to be started;
- `server.lock`: held by the keeper and by every process of the server, so whoever gets it knows
  that nothing of an older server is alive and that a `postmaster.pid` found there is stale.

Locks are never released, only closed: a forked child shares its parent's lock and stays a user
when the parent ends first.

The server listens on a Unix socket only, in a temporary folder of mode 0700; that is what
protects it, so it asks for no password. As root it runs under another account (`account.py`) and
is handed the cluster as an open folder, which works below a home that account may not enter.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from foundation.server.postgres import binaries, keeper
from foundation.server.postgres.account import Account, give, nearest_existing, server_account

ROLE = "portal"
DATABASE = "portal"
PORT = "5432"
SECONDS_OF_PATIENCE = 60

_guard = threading.RLock()
_servers: dict[Path, "EmbeddedServer"] = {}


class ServerUnavailable(psycopg.OperationalError):
    """The embedded server could not be started; the message says why and what to do."""


def embedded_server(data: str | os.PathLike[str], *, durable: bool = True) -> "EmbeddedServer":
    """Return this process's one object for the server of a data folder, without starting it."""
    path = Path(data).absolute()
    with _guard:
        return _servers.setdefault(path, EmbeddedServer(path, durable=durable))


def _fresh_guard() -> None:
    # Another thread may have held the guard when this process was forked off.
    global _guard
    _guard = threading.RLock()


os.register_at_fork(after_in_child=_fresh_guard)


class EmbeddedServer:
    """The server of one data folder, as one process sees it.

    `durable=False` trades safety against a power cut for speed (no fsync): for tests. A killed
    server loses nothing either way, since what it wrote is with the operating system.
    """

    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data = data
        self.durable = durable
        self.cluster = data / "cluster"
        self._users_lock: int | None = None
        self._folder = ""

    def folder(self) -> str:
        """Return the folder of the server's socket, after starting a server if need be.

        Does not look again once this process knows the server; a failed connection calls
        `ensure()`. Raises ServerUnavailable.
        """
        return self._folder or self.ensure()

    def ensure(self) -> str:
        """Make sure that a server accepts connections and return the folder of its socket."""
        with _guard:
            try:
                self._folder = self._running_folder()
            except PermissionError as error:
                raise ServerUnavailable(
                    f"The embedded database could not be started: {error}. If {self.data} belongs"
                    " to another account, run as that one; else set DATABASE_URL."
                ) from error
            except (OSError, LookupError) as error:
                raise ServerUnavailable(
                    f"The embedded database could not be started: {error}"
                ) from error
            return self._folder

    def _running_folder(self) -> str:
        deadline = time.monotonic() + SECONDS_OF_PATIENCE
        self._make_data_folder()
        self._become_user(deadline)
        with self._locked("start.lock", deadline):
            while not self._accepts(folder := self._recorded_folder()):
                # The lock is taken while an older server is still on its way out.
                if (server_lock := self._try_lock("server.lock")) is not None:
                    self._start(server_lock, deadline)
                else:
                    self._pause(deadline)
            _create_database(folder)
        return folder

    # Locks

    def _become_user(self, deadline: float) -> None:
        if self._users_lock is not None:
            # Somebody may have deleted the data folder; the lock in it must be one others see.
            path = self.data / "users.lock"
            if path.exists() and os.path.samestat(os.fstat(self._users_lock), path.stat()):
                return
            os.close(self._users_lock)
            self._users_lock = None
        while (lock := self._try_lock("users.lock", fcntl.LOCK_SH)) is None:
            self._pause(deadline)
        self._users_lock = lock

    @contextmanager
    def _locked(self, name: str, deadline: float) -> Iterator[None]:
        while (lock := self._try_lock(name)) is None:
            self._pause(deadline)
        try:
            yield
        finally:
            os.close(lock)

    def _try_lock(self, name: str, kind: int = fcntl.LOCK_EX) -> int | None:
        lock = self._open(name)
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock

    def _pause(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise TimeoutError(
                f"no answer within {SECONDS_OF_PATIENCE} seconds. The server's log"
                f" ({self.data / 'server.log'}) ends:\n{self._end_of_log()}"
            )
        time.sleep(0.01)

    # Files

    def _make_data_folder(self) -> None:
        if self.data.is_dir():
            return
        owner = nearest_existing(self.data).stat()
        missing = [path for path in (self.data, *self.data.parents) if not path.exists()]
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            for path in missing:
                os.chown(path, owner.st_uid, owner.st_gid)

    def _open(self, name: str, flags: int = os.O_RDWR) -> int:
        # O_NOFOLLOW because root may be working in a folder that is somebody else's.
        file = os.open(self.data / name, flags | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        if os.geteuid() == 0:
            owner = self.data.stat()
            os.fchown(file, owner.st_uid, owner.st_gid)
        return file

    def _recorded_folder(self) -> str:
        try:
            return (self.data / "socket").read_text()
        except FileNotFoundError:
            return ""

    def _end_of_log(self) -> str:
        try:
            return (self.data / "server.log").read_text(errors="replace")[-2000:]
        except FileNotFoundError:
            return ""

    # Starting

    def _accepts(self, folder: str) -> bool:
        try:
            # A folder of that name made by somebody else must not be mistaken for ours.
            if not folder or os.stat(folder).st_uid != self.cluster.stat().st_uid:
                return False
        except FileNotFoundError:
            return False
        return pq.PGconn.ping(_address(folder, "postgres").encode()) == pq.Ping.OK

    def _start(self, server_lock: int, deadline: float) -> None:
        account = server_account(self.cluster)
        self._clear_remains(account)
        folder = Path(tempfile.mkdtemp(prefix="portal-", dir=_short_temporary_folder()))
        try:
            give(folder, account)
            version_file = self.cluster / "PG_VERSION"
            made_by = int(version_file.read_text()) if version_file.exists() else None
            programs, version = binaries.choose(made_by)
            programs = binaries.reachable(programs, account, folder)
            if made_by is None:
                self._make_cluster(programs, version, account, server_lock)
            _write(self.cluster / "portal.conf", self._configuration(folder), account)
            _write(self.data / "socket", str(folder), self._owner())
            self._start_keeper(programs, folder, account, server_lock)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            os.close(server_lock)
        while not self._accepts(str(folder)):
            if (lock := self._try_lock("server.lock")) is not None:
                os.close(lock)
                raise OSError(f"the server ended at once. Its log ends:\n{self._end_of_log()}")
            self._pause(deadline)

    def _owner(self) -> Account | None:
        owner = self.data.stat()
        return Account(owner.st_uid, owner.st_gid) if os.geteuid() == 0 else None

    def _clear_remains(self, account: Account | None) -> None:
        """Remove what a killed server or a killed start left; the server's lock must be held."""
        # After a restart of the machine its number may be another process's.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.data / "cluster.new", ignore_errors=True)
        old = Path(self._recorded_folder() or "/nonexistent")
        owner = account.uid if account else os.geteuid()
        if old.name.startswith("portal-") and old.is_dir() and old.stat().st_uid == owner:
            shutil.rmtree(old, ignore_errors=True)

    def _make_cluster(
        self, programs: Path, version: int, account: Account | None, server_lock: int
    ) -> None:
        """Run initdb beside the final place, so that a cluster found there is a whole one.

        Its files are not forced to disk: a power cut in the seconds after the very first start
        may cost a database that has nothing of its own in it yet.
        """
        new = self.data / "cluster.new"
        new.mkdir(mode=0o700)
        give(new, account)
        command = [
            str(programs / "initdb"),
            f"--username={ROLE}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--no-instructions",
        ]
        with _within_reach(new, account) as (name, files):
            for locale in _locales(version):
                initdb = subprocess.run(
                    [*command, f"--pgdata={name}", *locale],
                    cwd="/",
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    text=True,
                    pass_fds=(server_lock, *files),
                    **(account.options() if account else {}),
                )
                if initdb.returncode == 0:
                    break
            else:
                raise OSError(f"initdb failed:\n{initdb.stderr}")
        settings = new / "postgresql.conf"
        _write(settings, settings.read_text() + "\ninclude 'portal.conf'\n", account)
        new.rename(self.cluster)

    def _configuration(self, folder: Path) -> str:
        lines = [
            "# Written by foundation.server.postgres at every start.",
            "listen_addresses = ''",
            f"port = {PORT}",
            "unix_socket_directories = '{}'".format(str(folder).replace("'", "''")),
            "unix_socket_permissions = 0700",
            "log_checkpoints = off",
        ]
        if not self.durable:
            lines += [
                "fsync = off",
                "full_page_writes = off",
                "wal_level = minimal",
                "max_wal_senders = 0",
            ]
        return "\n".join(lines) + "\n"

    def _start_keeper(
        self, programs: Path, folder: Path, account: Account | None, server_lock: int
    ) -> None:
        # Not this process's own descriptor, whose lock the keeper would share instead of await.
        users_lock = self._open("users.lock")
        log = self._open("server.log", os.O_WRONLY | os.O_APPEND)
        if os.fstat(log).st_size > 1_000_000:
            os.ftruncate(log, 0)
        try:
            with _within_reach(self.cluster, account) as (name, files):
                order = {
                    "command": [str(programs / "postgres"), "-D", name],
                    "files": [server_lock, *files],
                    "environment": _environment(),
                    "account": account.options() if account else {},
                    "users_lock": users_lock,
                    "socket": str(folder / f".s.PGSQL.{PORT}"),
                }
                subprocess.run(
                    [sys.executable, "-I", "-S", keeper.__file__, json.dumps(order)],
                    check=True,
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(users_lock, server_lock, *files),
                    # Ctrl-C at the terminal is for the users; the server ends after them.
                    start_new_session=True,
                )
        except subprocess.CalledProcessError as error:
            raise OSError(f"its keeper failed:\n{self._end_of_log()}") from error
        finally:
            os.close(users_lock)
            os.close(log)


@contextmanager
def _within_reach(folder: Path, account: Account | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield a name of the folder for the server's account, and the open files it depends on."""
    if account is None or not os.path.isdir("/proc/self/fd"):
        yield str(folder), ()
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}", (opened,)
    finally:
        os.close(opened)


def _locales(version: int) -> Iterator[list[str]]:
    """Yield initdb's language options, the best first: bytes in order, letters of all languages.

    pg_trgm asks LC_CTYPE for what a letter is in versions before 18.
    """
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= 17 else []
    for letters in ("C.UTF-8", "en_US.UTF-8", "C"):
        yield [*builtin, "--locale=C", f"--lc-ctype={letters}"]


def _environment() -> dict[str, str]:
    """Return the server's environment: none of the portal's secrets, no PG* that would redirect."""
    library_path = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C", **library_path}


def _short_temporary_folder() -> str:
    # The address of a Unix socket has room for about 100 characters, less than TMPDIR may take.
    short = "/tmp"  # noqa: S108 - only mkdtemp writes there
    return short if os.access(short, os.W_OK | os.X_OK) else tempfile.gettempdir()


def _write(path: Path, text: str, owner: Account | None) -> None:
    """Replace a file whole, without following a link somebody may have put in its place."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        if owner:
            os.fchown(handle, *owner)
    os.replace(name, path)


def _address(folder: str, database: str) -> str:
    return make_conninfo(host=folder, port=PORT, user=ROLE, dbname=database, connect_timeout=5)


def _create_database(folder: str) -> None:
    with psycopg.connect(_address(folder, "postgres"), autocommit=True) as connection:
        rows = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
        if rows.rowcount == 0:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')
