#!/usr/bin/env python3
"""Sets the portal up on a machine with nothing but Python, and runs it.

python3 run.py demo [--empty]      the portal with its demo content on 127.0.0.1:$PORT
python3 run.py login EMAIL         another link to log in to the demo with
python3 run.py serve               the portal in production (docs/operations.md)
python3 run.py test [ARGUMENT...]  the tests; the arguments go to pytest
python3 run.py lint                style, format, types, catalogues, locks
python3 run.py check [ARGUMENT...] the pages in a real browser; --write, --approve, or for pytest
python3 run.py catalogues update|check|compile
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this line is what an older Python has to reach)
    sys.exit(
        "The portal needs Python 3.11 or newer; this is {}.{}.{} ({}).".format(
            *sys.version_info[:3], sys.executable
        )
    )

import contextlib
import hashlib
import http.client
import importlib.util
import io
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
LOCAL = ROOT / ".local"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-lock.sha256"
# What only `check` needs, installed on top.
CHECK_LOCK = ROOT / "requirements-check.lock"
CHECK_STAMP = VENV / "installed-check-lock.sha256"

BLOCKING_THREADS = 4
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15

# Leftovers of another project's shell would lead our Python or our server elsewhere.
FOREIGN_VARIABLES = {
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    # Each of our many processes would compile every module anew.
    "PYTHONDONTWRITEBYTECODE",
    "PIP_PREFIX",
    "PIP_TARGET",
    "PIP_USER",
    "__PYVENV_LAUNCHER__",
}


class Failure(Exception):
    """Something the person at the keyboard can act on; the message says what."""


class Stopped(Exception):
    """The person or the system asked the run to end; carries the number of the signal."""


def main(arguments: list[str]) -> int:
    """Run one verb and return the exit code."""
    verbs = {
        "demo": demo,
        "login": login,
        "serve": serve_in_production,
        "test": test,
        "lint": lint,
        "check": check,
        "catalogues": catalogues,
    }
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop_on_signal)
    try:
        return verbs[arguments[0]](arguments[1:])
    except Failure as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    except PermissionError as error:
        print(f"{error.filename} belongs to another user of this machine.", file=sys.stderr)
        return 1
    except Stopped as stopped:
        say("Stopped.")
        return 0 if arguments[0] == "demo" else 128 + int(stopped.args[0])


def demo(arguments: list[str]) -> int:
    """Serve the portal with its demo content until told to stop."""
    port = port_number(os.environ)
    refuse_port_in_use(port)
    environment = set_up(demo_settings(port))
    step("Preparing the database …", ["migrate", "--noinput", "--verbosity", "0"], environment)
    said = step("Loading the demo content …", ["load_demo_content", *arguments], environment)
    collect_static_files(environment)
    # The set-up may have taken minutes, and two servers can share a port without noticing.
    refuse_port_in_use(port)
    say("Starting the server …")
    serve(port, environment, said)
    return 0


def login(arguments: list[str]) -> int:
    """Print a link that logs a user of the demo in."""
    environment = set_up(demo_settings(port_number(os.environ)))
    return run([PYTHON, "manage.py", "login_link", *arguments], environment)


def serve_in_production(arguments: list[str]) -> int:
    """Serve with the settings of the environment, in this very process; it migrates nothing."""
    environment = clean_environment(os.environ)
    LOCAL.mkdir(exist_ok=True)
    with only_one_at_a_time():
        install(environment, LOCK, STAMP)
        step("", ["catalogues", "compile"], environment)
        collect_static_files(environment)
    # The signals of whoever watches over the server must reach the server itself.
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "foundation.server.serving"], environment)  # noqa: S606


def test(arguments: list[str]) -> int:
    """Run the tests; pytest's exit code is ours. Without arguments, all of them on every core."""
    # Tests that share what is dear to make, such as the walk through every page, are a group.
    everything = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]
    return run([PYTHON, "-m", "pytest", *(arguments or everything)], set_up({}))


def lint(arguments: list[str]) -> int:
    """Run every check that needs no database and name those that failed."""
    environment = set_up({})
    checks = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        # Without its cache, which makes the Django plugin see other types at the second run.
        "mypy": ["-m", "mypy", f"--cache-dir={os.devnull}"],
        "catalogues": ["manage.py", "catalogues", "check"],
    }
    failed = []
    for name, command in checks.items():
        say(f"{name}:")
        if run([PYTHON, *command], environment) != 0:
            failed.append(name)
    say("locks:")
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    findings = [
        f"{lock.name}: {finding}"
        for lock, group in ((LOCK, "dev"), (CHECK_LOCK, "check"))
        for finding in lock_findings(pyproject, lock.read_text("utf-8"), group)
    ]
    for finding in findings:
        say(finding)
    if findings:
        failed.append("locks")
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def check(arguments: list[str]) -> int:
    """Put the instruments of checks/ to the portal, served as the demo serves it."""
    environment = set_up({})
    try:
        with only_one_at_a_time():
            install(environment, CHECK_LOCK, CHECK_STAMP)
    except Failure as failure:
        # There is no Playwright for every system; checks/ says what that leaves unchecked.
        say(str(failure))
    return run([PYTHON, "-m", "checks", *arguments], environment)


def catalogues(arguments: list[str]) -> int:
    """Hand the verb to the catalogue tool."""
    return run([PYTHON, "manage.py", "catalogues", *arguments], set_up({}))


def set_up(settings: Mapping[str, str]) -> dict[str, str]:
    """Make the checkout ready and return the environment for its commands."""
    environment = clean_environment(os.environ)
    LOCAL.mkdir(exist_ok=True)
    with only_one_at_a_time():
        install(environment, LOCK, STAMP)
        environment.update(settings, SECRET_KEY=secret_key(LOCAL / "secret_key"))
        step("", ["catalogues", "compile"], environment)
    return environment


def demo_settings(port: int) -> dict[str, str]:
    """Production's settings, but for plain HTTP on the own machine."""
    return {
        "PORTAL_DEMO": "1",
        "DEBUG": "0",
        "SECURE": "0",
        "BEHIND_PROXY": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PORT": str(port),
    }


def clean_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what another project's shell has left in it."""
    kept = {
        name: value
        for name, value in environ.items()
        if name not in FOREIGN_VARIABLES and not name.startswith("GRANIAN_")
    }
    # File names and output hold å, ä and ö also where the system's locale is a bare "C".
    return {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", "PYTHONUTF8": "1"}


def install(environment: Mapping[str, str], lock: Path, stamp: Path) -> None:
    """Install what the lock names into .venv, unless this very lock has been installed."""
    wanted = lock_stamp(lock.read_bytes())
    works = venv_works(environment)
    if works and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    say("Installing the packages …")
    stamp.unlink(missing_ok=True)
    if VENV.exists() and not works:
        shutil.rmtree(VENV)
    uv = shutil.which("uv", path=environment.get("PATH"))
    if not (uv and install_with_uv(uv, environment, lock)):
        install_with_pip(environment, lock)
    stamp.write_text(wanted, "utf-8")


def install_with_uv(uv: str, environment: Mapping[str, str], lock: Path) -> bool:
    """Whether uv could do it; it may not know the package index that pip has been told of."""
    if not PYTHON.exists() and run([uv, "venv", "--quiet", "--python", base(), VENV], environment):
        return False
    target = ["--quiet", "--python", PYTHON, "--require-hashes", "-r", lock]
    if run([uv, "pip", "install", *target], environment) == 0:
        return True
    say("uv could not install the packages; trying pip …")
    return False


def install_with_pip(environment: Mapping[str, str], lock: Path) -> None:
    """Install with the tools that come with Python, or say which are missing."""
    made = PYTHON.exists()
    if not (made and has_pip(environment)):
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise Failure(
                "This Python cannot make virtual environments. On Debian and Ubuntu, install the "
                f"package python{version}-venv; or install uv. Then run the command again."
            )
        command = [PYTHON, "-m", "ensurepip"] if made else [base(), "-m", "venv", VENV]
        if run(command, environment) != 0:
            raise Failure(f"The virtual environment {VENV} could not be made.")
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    locked = ["--require-hashes", "-r", lock]
    if run([PYTHON, "-m", "pip", "install", *quiet, *locked], environment) != 0:
        raise Failure("The packages could not be installed; the lines above say why.")


def base() -> str:
    """The Python to build .venv from; outside, when this one is itself in an environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def venv_works(environment: Mapping[str, str]) -> bool:
    """Whether .venv holds a Python that starts and is new enough."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and succeeds([PYTHON, "-c", code], environment)


def has_pip(environment: Mapping[str, str]) -> bool:
    """Whether .venv has pip, which uv leaves out."""
    return succeeds([PYTHON, "-m", "pip", "--version"], environment)


def lock_stamp(lock: bytes) -> str:
    """What identifies the content of a lock."""
    return hashlib.sha256(lock).hexdigest()


def lock_findings(pyproject: str, lock: str, group: str = "dev") -> list[str]:
    """Where the lock does not fit pyproject.toml, lacks a hash or names an address.

    The lock of the group dev is also that of the portal itself.
    """
    pins = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    names = {normal_name(pin) for pin in pins}
    project = tomllib.loads(pyproject)
    portal = project["project"]["dependencies"] if group == "dev" else []
    direct = [*portal, *project["dependency-groups"][group]]
    findings = [
        f"{normal_name(requirement)} is missing"
        for requirement in direct
        if normal_name(requirement) not in names
    ]
    for pin in pins:
        if "==" not in pin.splitlines()[0]:
            findings.append(f"{normal_name(pin)} is not pinned to one version")
        if "--hash=sha256:" not in pin:
            findings.append(f"{normal_name(pin)} has no hash")
    for line in lock.splitlines():
        if "://" in line or re.match(r"\s*(-i|-f|--(extra-)?index|--find-links)\b", line):
            findings.append(f"it names an address: {line.strip()}")
    return findings


def normal_name(requirement: str) -> str:
    """The package's name in a requirement, in the packaging standard's spelling (PEP 503)."""
    name = re.match(r"[A-Za-z0-9._-]*[A-Za-z0-9]", requirement)
    return re.sub(r"[-_.]+", "-", name.group() if name else requirement).lower()


def secret_key(path: Path) -> str:
    """This checkout's own key, made at the first use and readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text("utf-8")


def port_number(environ: Mapping[str, str]) -> int:
    """The port to serve on, from PORT; 8000 when it is unset."""
    value = environ.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise Failure(f"PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def refuse_port_in_use(port: int) -> None:
    """Fail with one clear line unless the port is free."""
    with socket.socket() as probe:
        if os.name != "nt":
            # Else a port whose last connections are still fading away counts as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Failure(f"Port {port} is not open to this user; try PORT=8000.") from error
        except OSError as error:
            raise Failure(
                f"Port {port} is in use. Choose another one, for instance: PORT={port % 60000 + 1}"
            ) from error


def collect_static_files(environment: Mapping[str, str]) -> None:
    """Collect, hash and compress the static files, which takes a while, if one has changed."""
    wanted, stamp = static_stamp(ROOT), LOCAL / "collected-static.sha256"
    collected = (ROOT / "staticfiles" / "staticfiles.json").exists() and stamp.exists()
    if collected and stamp.read_text("utf-8") == wanted:
        return
    arguments = ["collectstatic", "--noinput", "--verbosity", "0"]
    step("Collecting the static files …", arguments, environment)
    stamp.write_text(wanted, "utf-8")


def static_stamp(root: Path) -> str:
    """What identifies the static files: the libraries' by the lock, ours by content."""
    stamp = hashlib.sha256()
    decisive = [root / "requirements.lock"]
    decisive += [root / "portal/settings.py", root / "foundation/server/style_sheet.py"]
    ours = [*root.glob("*/static/**/*"), *root.glob("foundation/*/static/**/*")]
    for path in [*decisive, *sorted(ours)]:
        if path.is_file():
            stamp.update(f"{path.relative_to(root)}\n".encode())
            stamp.update(path.read_bytes())
    return stamp.hexdigest()


def serve(port: int, environment: Mapping[str, str], said: str) -> None:
    """Serve until a signal comes; said is printed once the portal answers."""
    with child(server_command(port), environment) as server:
        wait_for_answer(server, port)
        say(f"Portal ready: http://127.0.0.1:{port}/")
        say(f"{said.strip()}\nStop with Ctrl-C.".strip())
        raise Failure(f"The server ended by itself (exit code {server.wait()}).")


def server_command(port: int) -> list:
    """The command that serves the portal to this machine, with production's options."""
    return [
        *[PYTHON, "-m", "granian", "portal.wsgi:application"],
        *["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)],
        # Each blocking thread may hold a database connection.
        *["--workers", "1", "--blocking-threads", str(BLOCKING_THREADS)],
        *["--no-ws", "--no-reload", "--log-level", "warning"],
    ]


def wait_for_answer(server: subprocess.Popen, port: int) -> None:
    """Return when the start page answers; fail when it does not, or with an error."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Failure(f"The server did not start (exit code {server.returncode}).")
        status = answer(port)
        if status is not None and status >= 400:
            raise Failure(f"The start page answers with the error {status}.")
        if status is not None:
            return
        time.sleep(0.1)
    raise Failure(f"The server did not answer within {SECONDS_TO_ANSWER} seconds.")


def answer(port: int) -> int | None:
    """The status of the start page, or None while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def step(title: str, arguments: list[str], environment: Mapping[str, str]) -> str:
    """Run a command of manage.py silently and return what it said; show it all when it fails."""
    if title:
        say(title)
    with child(
        [PYTHON, "manage.py", *arguments],
        environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        output, errors = process.communicate()
    if process.returncode != 0:
        raise Failure(f"{output}{errors}\nmanage.py {arguments[0]} failed; see above.")
    return output


def run(command: list, environment: Mapping[str, str]) -> int:
    """Run the command in the checkout and return its exit code."""
    with child(command, environment) as process:
        return process.wait()


def succeeds(command: list, environment: Mapping[str, str]) -> bool:
    """Whether the command ends with 0; its output is of no interest."""
    silent = subprocess.DEVNULL
    with child(command, environment, stdout=silent, stderr=silent) as process:
        return process.wait() == 0


@contextlib.contextmanager
def child(command: list, environment: Mapping[str, str], **options) -> Iterator[subprocess.Popen]:
    """A process in the checkout that does not outlive the block."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=dict(environment),
        # Ctrl-C in a terminal reaches only us; we pass it on once, so that nothing is interrupted
        # a second time while it cleans up.
        start_new_session=True,
        **options,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Ask the process to end; make what is then left of it and of its children end."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        process.terminate()
        process.wait()
        return
    # Not to the whole group: the server hangs when its worker is told twice.
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_STOP)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two set-ups of one checkout would write into the same .venv."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (LOCAL / "set-up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this checkout …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


def _stop_on_signal(number: int, _frame: object) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Stopped(number)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
