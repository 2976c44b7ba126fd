"""Keeps the server of production busy and kills its workers at random: nothing may go wrong.

    .venv/bin/python bench/endurance.py 120

Reading, searching, downloading and editing at once, for so many seconds. The exit code is 1 at any
answer that is not as it should be, at a page that goes back to an older text, and when memory or
database connections grow.
"""

import argparse
import contextlib
import http.client
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run
from bench.load import free_port, memory, processes
from bench.pages import bench_environment, make_content, write_lead

KILL_EVERY = (8.0, 16.0)  # seconds; two deaths of one worker within 5.5 s end the server
EDIT_EVERY = 1.0
MOST_DELAY = 2.0  # seconds from an edit to its page; bench/pages.py measures it exactly
MOST_MEMORY = 160_000_000  # PSS of a worker, bytes
MOST_GROWTH = 1.10  # of the memory of all, from the second quarter to the last
WORKERS, THREADS = 2, 4
# Each thread may hold one connection, and each worker has its listener and what follows it.
MOST_CONNECTIONS = (WORKERS + 1) * (THREADS + 2) + 4  # one worker more while it is replaced
# A connection that a killed worker held breaks; whoever asks again is answered.
SECONDS_AFTER_A_KILL = 3.0
WORDS = ("hyvinvointi", "välfärd", "kommun", "kunta", "verkstad", "työpaja", "esbo", "xyzzy")


class Endurance:
    """What is going on, and what went wrong."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.until = port, time.monotonic() + seconds
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.killed_at = 0.0
        self.kills = self.asked_again = 0
        self.edit = self.seen = 0
        self.delays: list[float] = []
        self.memory: list[float] = []
        self.most_memory = self.most_connections = 0
        self._lock = threading.Lock()

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.until

    def get(self, path: str, expected: tuple[int, ...] = (200,)) -> bytes:
        """Ask once more where a killed worker took the connection along; note what is wrong."""
        for attempt in range(2):
            try:
                status, body = self._ask(path)
            except (OSError, http.client.HTTPException) as error:
                was_killed = time.monotonic() - self.killed_at < SECONDS_AFTER_A_KILL
                if was_killed and not attempt:
                    self.asked_again += 1
                    continue
                self.wrong.append(f"{path}: {error!r}")
                return b""
            with self._lock:
                self.counted[str(status)] += 1
            if status not in expected:
                self.wrong.append(f"{path}: {status}")
            return body
        return b""

    def _ask(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Accept-Encoding": "identity", "User-Agent": "Mozilla/5.0 Firefox/140.0"}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def main() -> int:
    """Go on for so long, and tell; 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=120)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        environment = bench_environment(Path(name))
        os.environ.update(environment)
        make_content()
        run.collect_static_files(environment)
        port = free_port()
        production = {**environment, "PORT": str(port), "WORKERS": str(WORKERS)}
        production |= {"THREADS": str(THREADS), "HOST": "127.0.0.1"}
        with run.child([run.PYTHON, "-m", "portal.serving"], production) as server:
            run.wait_for_answer(server, port)
            found = _go_on(server, port, seconds)
    return _told(found, seconds)


def _go_on(server: subprocess.Popen, port: int, seconds: float) -> Endurance:
    going = Endurance(port, seconds)
    paths = _paths(going)
    work: list[Callable[[], None]] = [
        *[lambda: _read(going, paths)] * 4,
        *[lambda: _search(going)] * 2,
        lambda: _download(going),
        lambda: _edit(going),
        lambda: _kill(going, server),
        lambda: _watch(going, server),
    ]
    threads = [threading.Thread(target=_noting(going, one)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if server.poll() is not None:
        going.wrong.append("The server has ended.")
    return going


def _noting(going: Endurance, work: Callable[[], None]) -> Callable[[], None]:
    """A mistake of the benchmark's own must not look like a success."""

    def noted() -> None:
        try:
            work()
        except Exception as error:
            going.wrong.append(repr(error))

    return noted


def _paths(going: Endurance) -> list[str]:
    sitemap = going.get("/sitemap.xml").decode()
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", sitemap)
    return [*found, "/", "/robots.txt", "/sv/nytt/flode.atom", "/fi/tyopajat/kalenteri.ics"]


def _read(going: Endurance, paths: list[str]) -> None:
    dice = random.Random()  # noqa: S311  (which page is read next is no secret)
    while going.goes_on:
        if dice.random() < 0.05:
            going.get(f"/sv/finns-inte-{dice.randrange(10_000)}/", (404,))
        going.get(dice.choice(paths), (200, 301, 302))
        time.sleep(0.005)


def _search(going: Endurance) -> None:
    dice = random.Random()  # noqa: S311
    while going.goes_on:
        page = dice.choice(("/sv/sok/", "/fi/haku/"))
        word = dice.choice(WORDS)
        going.get(f"{page}?q={quote(word)}")
        time.sleep(0.02)


def _download(going: Endurance) -> None:
    from publications.models import Material, MaterialFile

    published = MaterialFile.objects.published().values("material")
    found = Material.objects.filter(pk__in=published, decision="public")
    paths = [one.path("sv") for one in found]
    while going.goes_on:
        for path in paths:
            going.get(f"{path}fil/", (200, 301, 302))
            time.sleep(0.05)


def _edit(going: Endurance) -> None:
    """Change a text, and wait until it is read; from then on nothing older may be."""
    from django.db import close_old_connections

    from projects.models import Project

    project = Project.objects.get()
    path = project.path("sv")
    while going.goes_on:
        going.edit += 1
        close_old_connections()
        write_lead(f"Redigering {going.edit}.")
        began = time.monotonic()
        while _shown(going, path) < going.edit:
            if time.monotonic() - began > 30:
                going.wrong.append(f"Edit {going.edit} was never shown.")
                return
        delay = time.monotonic() - began
        going.delays.append(delay)
        for _number in range(10):
            if (shown := _shown(going, path)) < going.edit:
                going.wrong.append(f"Edit {going.edit} was shown, and then {shown} again.")
        time.sleep(EDIT_EVERY)


def _shown(going: Endurance, path: str) -> int:
    found = re.search(rb"Redigering (\d+)", going.get(path))
    return int(found[1]) if found else 0


def _kill(going: Endurance, server: subprocess.Popen) -> None:
    dice = random.Random()  # noqa: S311
    while going.goes_on:
        time.sleep(min(dice.uniform(*KILL_EVERY), max(going.until - time.monotonic(), 0)))
        if going.goes_on and (workers := processes(server.pid)[1:]):
            going.killed_at = time.monotonic()
            os.kill(dice.choice(workers), signal.SIGKILL)
            going.kills += 1


def _watch(going: Endurance, server: subprocess.Popen) -> None:
    from django.db import connection

    while going.goes_on:
        used = []
        for worker in processes(server.pid)[1:]:
            with contextlib.suppress(OSError, IndexError):
                used.append(memory(worker))
        if len(used) == WORKERS:  # not while one of them is being replaced
            going.memory.append(sum(used))
            going.most_memory = max(going.most_memory, *used)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'client%'"
            )
            going.most_connections = max(going.most_connections, cursor.fetchone()[0])
        time.sleep(1)


def _told(going: Endurance, seconds: float) -> int:
    quarter = max(len(going.memory) // 4, 1)
    early = statistics.median(going.memory[quarter : quarter * 2] or [1])
    late = statistics.median(going.memory[-quarter:] or [1])
    if late > early * MOST_GROWTH:
        going.wrong.append(f"Memory grew from {early / 1e6:.0f} to {late / 1e6:.0f} MB.")
    if going.most_memory > MOST_MEMORY:
        going.wrong.append(f"A worker took {going.most_memory / 1e6:.0f} MB.")
    if going.most_connections > MOST_CONNECTIONS:
        going.wrong.append(f"{going.most_connections} connections to the database.")
    if going.delays and max(going.delays) > MOST_DELAY:
        going.wrong.append(f"An edit was shown after {max(going.delays):.1f} s.")
    print(
        f"{seconds:.0f} s: {sum(going.counted.values())} answers ({dict(going.counted)}), "
        f"{going.edit} edits (shown after {statistics.median(going.delays or [0]) * 1000:.0f} ms, "
        f"at most {max(going.delays or [0]) * 1000:.0f} ms), {going.kills} workers killed, "
        f"{going.asked_again} requests asked again that they took along; "
        f"memory of both workers {early / 1e6:.0f} MB, in the end {late / 1e6:.0f} MB, "
        f"at most {going.most_connections} database connections."
    )
    for one, count in Counter(going.wrong).most_common(20):
        print(f"WRONG ({count} times): {one}")
    return 1 if going.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
