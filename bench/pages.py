"""Measures what pages promise: processor time of a stored one, freshness, memory, start.

The promises stand in bench/README.md. Every ratio is one of alternating runs on this machine.
"""

import argparse
import contextlib
import gzip
import http.client
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run
from bench import report
from bench.load import free_port, keep_busy, memory, processes, processor, worker_of
from bench.report import Result

MOST_OF_NGINX, MOST_OF_DJANGO = 4.0, 0.12
MOST_DELAY, MOST_MEMORY, MOST_START = 0.3, 160_000_000, 2.0
RUNS, SECONDS, CONNECTIONS = 5, 5, 64
EDITS = 200
HOME = "/sv/"
GZIP = "Accept-Encoding: gzip"

# One view that returns bytes it has at hand, in Django with nothing else.
BARE = """
import os, sys, json
from pathlib import Path
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
BODY = Path(os.environ["BARE_BODY"]).read_bytes()
HEADERS = json.loads(Path(os.environ["BARE_HEADERS"]).read_text())
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], SECRET_KEY="x")
import django
django.setup()
def page(request):
    return HttpResponse(BODY, headers=HEADERS)
urlpatterns = [path("sv/", page)]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


# What the server itself takes: an application that has nothing to look up.
LEAST = """
import json, os
from pathlib import Path
BODY = [Path(os.environ["BARE_BODY"]).read_bytes()]
HEADERS = list(json.loads(Path(os.environ["BARE_HEADERS"]).read_text()).items())
def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return BODY
"""

# Production's server of another application, whose name is the argument.
SERVER = "import sys; from portal import serving; serving.server(sys.argv[1]).serve()"


def main() -> int:
    """Measure, print, and write where asked to; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of each run")
    parser.add_argument("--edits", type=int, default=EDITS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        environment = bench_environment(folder)
        os.environ.update(environment)
        make_content()
        run.collect_static_files(environment)
        results = [
            *_of_cached_pages(environment, folder, options.seconds),
            *_of_workers(environment, options.edits),
        ]
    libraries = ["django", "granian", "brotli"]
    lines = report.section("Pages", "bench/pages.py --write", libraries, results)
    print("\n".join(lines))
    if options.write:
        report.write(lines)
    return 0 if all(result.is_kept for result in results) else 1


def bench_environment(folder: Path) -> dict[str, str]:
    return (
        run.clean_environment(os.environ)
        | run.demo_settings(0)
        | {
            "SECRET_KEY": "of-a-benchmark",
            "POSTGRES_DATA": str(folder / "postgres"),
            "MEDIA_ROOT": str(folder / "media"),
            "DATABASE_URL": "",
            "METRICS": "",
        }
    )


def make_content() -> None:
    """The demo content, and with it the pages that are asked for."""
    run.step("", ["catalogues", "compile"], os.environ)
    import django

    django.setup()
    from django.core.management import call_command

    from tests.migrated import copy_migrated

    copy_migrated(Path(os.environ["POSTGRES_DATA"]))
    call_command("migrate", verbosity=0)
    call_command("load_demo_content", stdout=io.StringIO())


# A stored page beside nginx and a bare view


def _of_cached_pages(environment: Mapping[str, str], folder: Path, seconds: int) -> list[Result]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("wrk") is None:
        print("NOT MEASURED: stored pages, for want of nginx or of wrk, which asks for them.")
        return []
    port = free_port()
    one_worker = {**environment, "WORKERS": "1", "HOST": "127.0.0.1"}
    command = [run.PYTHON, "-m", "foundation.server.serving"]
    with run.child(command, {**one_worker, "PORT": str(port)}) as portal:
        run.wait_for_answer(portal, port)
        status, headers, body = _fetch(port, HOME)
        _until_stored(port)
        files = _files_of(folder, headers, body)
        with (
            _other("bare", one_worker, files) as bare,
            _other("least", one_worker, files) as least,
            _nginx(nginx, folder, headers, body) as other,
        ):
            servers = {
                "portal": (portal.pid, port),
                "django": bare,
                "least": least,
                "nginx": other,
            }
            for one, (_pid, its_port) in servers.items():
                if _fetch(its_port, HOME)[::2] != (status, body):
                    raise SystemExit(f"{one} sends other bytes.")
            spent, waits, speed = _alternating(servers, seconds)
    nginx_ratio, django_ratio, least_ratio = (
        [ours / theirs for ours, theirs in zip(spent["portal"], spent[other], strict=True)]
        for other in ("nginx", "django", "least")
    )
    micros = {one: statistics.median(values) * 1e6 for one, values in spent.items()}
    return [
        Result(
            f"Stored page: at most {MOST_OF_NGINX:g} × the processor time of nginx `gzip_static`",
            f"{statistics.median(nginx_ratio):.2f} ×, median of {RUNS} alternating runs "
            f"({min(nginx_ratio):.2f} to {max(nginx_ratio):.2f}); {micros['portal']:.1f} and "
            f"{micros['nginx']:.1f} µs a page of {len(body)} bytes",
            statistics.median(nginx_ratio) <= MOST_OF_NGINX,
        ),
        Result(
            f"Stored page: at most {MOST_OF_DJANGO:g} × a bare Django view of the same bytes",
            f"{statistics.median(django_ratio):.3f} × ({min(django_ratio):.3f} to "
            f"{max(django_ratio):.3f}); the view {micros['django']:.1f} µs on production's server "
            f"with the same options. That server takes {micros['least']:.1f} µs itself for an "
            "application of two lines that has the bytes at hand, of which the stored page costs "
            f"{statistics.median(least_ratio):.2f} × ({min(least_ratio):.2f} to "
            f"{max(least_ratio):.2f})",
            statistics.median(django_ratio) <= MOST_OF_DJANGO,
        ),
        Result(
            f"Stored page at {CONNECTIONS} connections: time to the last byte reported",
            f"p50 {waits['portal'][0] * 1000:.1f} ms, p99 {waits['portal'][1] * 1000:.1f} ms at "
            f"{speed['portal']:.0f} pages a second (nginx p99 {waits['nginx'][1] * 1000:.1f} ms, "
            f"the view p99 {waits['django'][1] * 1000:.1f} ms), asked by wrk on the same cores",
            True,
        ),
    ]


def _alternating(
    servers: Mapping[str, tuple[int, int]], seconds: int
) -> tuple[dict[str, list[float]], dict[str, tuple[float, float]], dict[str, float]]:
    """Seconds of processor a page in each run; p50 and p99 and pages a second over all runs."""
    spent: dict[str, list[float]] = {one: [] for one in servers}
    waits: dict[str, list[tuple[float, float]]] = {one: [] for one in servers}
    speed: dict[str, list[float]] = {one: [] for one in servers}
    for number in range(RUNS + 1):
        for one, (pid, port) in servers.items():
            before = processor(pid)
            found = keep_busy(port, HOME, seconds=seconds, connections=CONNECTIONS, headers=GZIP)
            used = processor(pid) - before
            if number:  # the first of each warms up
                spent[one].append(used / found.requests)
                waits[one].append((found.p50, found.p99))
                speed[one].append(found.requests / seconds)
    middle = {
        one: (
            statistics.median(p50 for p50, _p99 in found),
            statistics.median(p99 for _p50, p99 in found),
        )
        for one, found in waits.items()
    }
    return spent, middle, {one: statistics.median(found) for one, found in speed.items()}


def _fetch(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def _until_stored(port: int) -> None:
    """Until the page is answered in no time, which only the store does."""
    for _number in range(100):
        began = time.perf_counter()
        _fetch(port, HOME)
        if time.perf_counter() - began < 0.005:
            return
    raise SystemExit("The page is never stored.")


def _files_of(folder: Path, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    import json

    kept = {name: value for name, value in headers.items() if name not in _OF_THE_SERVER}
    kept["content-length"] = str(len(body))
    (folder / "body").write_bytes(body)
    (folder / "headers").write_text(json.dumps(kept), "utf-8")
    (folder / "bare.py").write_text(BARE, "utf-8")
    (folder / "least.py").write_text(LEAST, "utf-8")
    return {
        "BARE_BODY": str(folder / "body"),
        "BARE_HEADERS": str(folder / "headers"),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder))),
    }


_OF_THE_SERVER = {"server", "date", "content-length", "transfer-encoding", "connection"}


@contextlib.contextmanager
def _other(
    module: str, environment: Mapping[str, str], files: Mapping[str, str]
) -> Iterator[tuple[int, int]]:
    """Another application on production's server, with the same options."""
    port = free_port()
    command = [run.PYTHON, "-c", SERVER, f"{module}:application"]
    with run.child(command, {**environment, **files, "PORT": str(port)}) as server:
        for _number in range(200):
            with contextlib.suppress(OSError):
                if _fetch(port, HOME)[0] == 200:
                    break
            time.sleep(0.05)
        yield server.pid, port


@contextlib.contextmanager
def _nginx(
    program: str, folder: Path, headers: Mapping[str, str], body: bytes
) -> Iterator[tuple[int, int]]:
    """nginx with the page as a compressed file beside a plain one, and the same headers."""
    port, root = free_port(), folder / "nginx"
    (root / "www" / "sv").mkdir(parents=True)
    folder.chmod(0o755)
    (root / "www" / "sv" / "index.html").write_bytes(gzip.decompress(body))
    (root / "www" / "sv" / "index.html.gz").write_bytes(body)
    own = {*_OF_THE_SERVER, "content-type", "content-encoding", "etag", "vary"}
    added = " ".join(
        f'add_header {name} "{value}";' for name, value in headers.items() if name not in own
    )
    places = "".join(
        f"{kind}_temp_path {root}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (root / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {root}/pid; error_log {root}/error.log; "
        f"events {{}} http {{ {places} access_log off; sendfile on; keepalive_requests 1000000; "
        "types { text/html html; } charset utf-8; gzip_static on; gzip_vary on; "
        f"server {{ listen 127.0.0.1:{port}; root {root}/www; {added} }} }}",
        "utf-8",
    )
    command = [program, "-p", root, "-c", f"{root}/nginx.conf", "-e", f"{root}/error.log"]
    with run.child(command, os.environ) as server:
        for _number in range(200):
            with contextlib.suppress(OSError):
                if _fetch(port, HOME)[0] == 200:
                    break
            time.sleep(0.05)
        yield server.pid, port
        server.terminate()
        server.wait(10)


# Freshness, memory and start, with the workers of production


def _of_workers(environment: Mapping[str, str], edits: int) -> list[Result]:
    port = free_port()
    production = {**environment, "PORT": str(port), "WORKERS": "2", "HOST": "127.0.0.1"}
    began = time.perf_counter()
    with run.child([run.PYTHON, "-m", "foundation.server.serving"], production) as server:
        while run.answer(port) is None:
            time.sleep(0.01)
        _fetch(port, HOME)
        started = time.perf_counter() - began
        fresh = _of_freshness(server, port, edits)
        memories = [memory(pid) for pid in processes(server.pid)[1:]]
    return [
        fresh,
        Result(
            f"Memory of a worker with search loaded: at most {MOST_MEMORY / 1e6:.0f} MB (PSS)",
            f"{', '.join(f'{one / 1e6:.0f}' for one in memories)} MB, after the edits, searches "
            "and reading above",
            max(memories) <= MOST_MEMORY,
        ),
        Result(
            f"From the start of the server to its first page: at most {MOST_START:g} s",
            f"{started:.2f} s with two workers and a database that runs",
            started <= MOST_START,
        ),
    ]


class _Reader(threading.Thread):
    """Reads one page over one connection, and notes which edit it shows."""

    seen = 0  # the latest edit that any reader has been shown
    stale = 0
    _lock = threading.Lock()

    def __init__(self, port: int, path: str, workers: list[int]) -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.path, self.shown, self.is_over = path, 0, False
        self.ask()
        self.worker = worker_of(self.connection.sock, workers)

    def ask(self) -> None:
        before = _Reader.seen
        self.connection.request("GET", self.path, headers={"Accept-Encoding": "identity"})
        text = self.connection.getresponse().read().decode()
        found = re.search(r"Redigering (\d+)", text)
        number = int(found[1]) if found else 0
        with _Reader._lock:
            _Reader.stale += number < before
            _Reader.seen = max(_Reader.seen, number)
        self.shown = number

    def run(self) -> None:
        while not self.is_over:
            self.ask()
            time.sleep(0.002)


def _of_freshness(server: subprocess.Popen, port: int, edits: int) -> Result:
    """Seconds from the commit of an edit until every worker shows it, while others read on."""
    from projects.models import Project

    project = Project.objects.get()
    path = project.path("sv")
    workers = processes(server.pid)[1:]
    readers = [_Reader(port, path, workers) for _ in range(16)]
    first = {one.worker: one for one in readers}
    if len(first) < 2:
        raise SystemExit("One worker has taken every connection.")
    for one in first.values():
        one.start()
    others = _load(port)
    delays = []
    for number in range(1, edits + 1):
        write_lead(f"Redigering {number}.")
        began = time.perf_counter()
        while any(one.shown < number for one in first.values()):
            time.sleep(0.0005)
            if time.perf_counter() - began > 30:
                raise SystemExit("An edit was never shown.")
        delays.append(time.perf_counter() - began)
        time.sleep(0.05)
    for one in first.values():
        one.is_over = True
    others()
    delays.sort()
    p99 = delays[min(int(len(delays) * 0.99), len(delays) - 1)]
    return Result(
        f"Edit → every worker: p99 of {edits} at most {MOST_DELAY:g} s, nothing stale afterwards",
        f"p50 {statistics.median(delays) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, "
        f"longest {max(delays) * 1000:.0f} ms; {_Reader.stale} stale answers after the first fresh "
        "one; 2 workers, other pages and searches being read",
        p99 <= MOST_DELAY and not _Reader.stale,
    )


def write_lead(text: str) -> None:
    """Give the project another lead: an edit that the start page and others show."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET lead_sv = %s", [text])


def _load(port: int) -> Callable[[], None]:
    """Others who read and search all the time; returns what ends it."""
    is_over = threading.Event()

    def read() -> None:
        paths = [HOME, "/fi/", "/sv/material/", "/fi/haku/?q=hyvinvointi", "/sv/sok/?q=kommun"]
        while not is_over.is_set():
            for path in paths:
                _fetch(port, path)
                is_over.wait(0.01)

    threads = [threading.Thread(target=read, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()

    def end() -> None:
        is_over.set()
        for thread in threads:
            thread.join()

    return end


if __name__ == "__main__":
    sys.exit(main())
