"""Keeps the server of production busy and kills its workers at random: nothing may go wrong.

    .venv/bin/python bench/endurance.py 120
    .venv/bin/python bench/endurance.py 3600 --write

Reading, searching, downloading and editing at once, for so many seconds. The exit code is 1 at any
answer that is not as it should be, at a page that goes back to an older text, and when memory or
database connections grow. The short run is a step of .ci/run, the long one writes its section of
docs/performance.md.
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
from bench import report
from bench.load import free_port, memory, processes
from bench.pages import bench_environment, make_content, write_lead
from bench.report import Result

KILL_EVERY = (8.0, 16.0)  # seconds; two deaths of one worker within 5.5 s end the server
EDIT_EVERY = 1.0
# From an edit to its page; bench/pages.py measures exactly what is promised of it. The rest may
# take longer: those that come while a killed worker is being replaced on a busy machine.
MOST_DELAY, NEARLY_ALL, LONGEST_DELAY = 2.0, 0.95, 5.0
# Of the memory of the worker that is spared, from the second quarter to the last; a short run is
# over before everything that is kept once has been met.
MOST_GROWTH, MOST_GROWTH_OF_A_SHORT_RUN = 1.10, 1.25
SHORT = 600  # seconds
# PSS of a worker, bytes. The promise is judged over an hour; a short run, on whatever machine, only
# warns of what would break it by far.
MOST_MEMORY, MOST_MEMORY_OF_A_SHORT_RUN = 160_000_000, 175_000_000
WORKERS, THREADS = 2, 4
# Each thread may hold one connection, and each worker has its listener and what follows it. The
# database may still count those of a worker that was killed beside those of the one in its place.
OF_A_WORKER = THREADS + 2
OURS = 4  # of this process: who made the content, who downloads, who edits, who counts
MOST_CONNECTIONS = (WORKERS + 1) * OF_A_WORKER + OURS
# A connection that a killed worker held breaks; whoever asks again is answered.
SECONDS_AFTER_A_KILL = 5.0
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
        self.spared = 0  # the worker that lives through it all: only there can memory grow
        self.memory: list[int] = []
        self.connections: list[int] = []
        self.most_memory = 0
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
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    run.LOCAL.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        environment = bench_environment(Path(name))
        os.environ.update(environment)
        make_content()
        run.collect_static_files(environment)
        port = free_port()
        production = {**environment, "PORT": str(port), "WORKERS": str(WORKERS)}
        production |= {"THREADS": str(THREADS), "HOST": "127.0.0.1"}
        with run.child([run.PYTHON, "-m", "foundation.server.serving"], production) as server:
            run.wait_for_answer(server, port)
            found = _go_on(server, port, options.seconds)
    results = _told(found, options.seconds)
    command = f"bench/endurance.py {options.seconds:.0f} --write"
    lines = report.section("Endurance", command, ["django", "granian", "psycopg"], results)
    print("\n".join(lines))
    for one, count in Counter(found.wrong).most_common(20):
        print(f"WRONG ({count} times): {one}")
    if options.write:
        report.write(lines)
    return 0 if all(result.is_kept for result in results) and not found.wrong else 1


def _go_on(server: subprocess.Popen, port: int, seconds: float) -> Endurance:
    going = Endurance(port, seconds)
    going.spared = processes(server.pid)[1]
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
        workers = [one for one in processes(server.pid)[1:] if one != going.spared]
        if going.goes_on and workers:
            going.killed_at = time.monotonic()
            os.kill(dice.choice(workers), signal.SIGKILL)
            going.kills += 1


def _watch(going: Endurance, server: subprocess.Popen) -> None:
    from django.db import connection

    while going.goes_on:
        used = {}
        for worker in processes(server.pid)[1:]:
            with contextlib.suppress(OSError, IndexError):
                used[worker] = memory(worker)
        # Not while one of them is being replaced: who is alone has all that they share.
        if len(used) == WORKERS:
            going.memory.append(used[going.spared])
            going.most_memory = max(going.most_memory, *used.values())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'client%'"
            )
            going.connections.append(cursor.fetchone()[0])
        time.sleep(1)


def _told(going: Endurance, seconds: float) -> list[Result]:
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(going.counted.items()))
    memory_early, memory_late = _quarters(going.memory)
    is_short = seconds < SHORT
    growth = MOST_GROWTH_OF_A_SHORT_RUN if is_short else MOST_GROWTH
    most_memory = MOST_MEMORY_OF_A_SHORT_RUN if is_short else MOST_MEMORY
    held_early, held_late = _quarters(going.connections)
    delays = sorted(going.delays) or [LONGEST_DELAY]
    nearly_longest = delays[int(len(delays) * NEARLY_ALL) - 1]
    return [
        Result(
            f"{seconds:.0f} s of reading, searching, downloading and editing, workers killed at "
            "random: no error, and no page that goes back to an older text",
            f"{len(going.wrong)} wrong of {sum(going.counted.values())} answers ({answers}); "
            f"{going.kills} workers killed, which took {going.asked_again} requests along that "
            "were asked again",
            not going.wrong and going.kills > 0 and bool(going.counted),
        ),
        Result(
            f"Meanwhile {NEARLY_ALL:.0%} of edits are shown within {MOST_DELAY:g} s, all within "
            f"{LONGEST_DELAY:g}",
            f"{going.edit} edits: half within {statistics.median(delays) * 1000:.0f} ms, "
            f"{NEARLY_ALL:.0%} within {nearly_longest * 1000:.0f}, all within "
            f"{delays[-1] * 1000:.0f}",
            bool(going.delays) and nearly_longest <= MOST_DELAY and delays[-1] <= LONGEST_DELAY,
        ),
        Result(
            f"Memory (PSS) of a worker that lives through it all: at most {growth:g} × in the "
            f"last quarter what it was in the second; of each at most {most_memory / 1e6:.0f} MB",
            f"{memory_early / 1e6:.0f} MB, then {memory_late / 1e6:.0f} MB; of each at most "
            f"{going.most_memory / 1e6:.0f} MB, with all the pages that it may keep",
            0 < memory_late <= memory_early * growth and going.most_memory <= most_memory,
        ),
        Result(
            f"Connections to the database: at most {MOST_CONNECTIONS}, which is (workers + 1) × "
            f"(threads + 2) and {OURS} of the benchmark, and no more in the last quarter than the "
            f"living may hold ({WORKERS * OF_A_WORKER + OURS})",
            f"at most {max(going.connections, default=0)}; median {held_early:.0f} in the second "
            f"quarter, {held_late:.0f} in the last",
            max(going.connections, default=MOST_CONNECTIONS + 1) <= MOST_CONNECTIONS
            and held_late <= WORKERS * OF_A_WORKER + OURS,
        ),
    ]


def _quarters(values: list[int]) -> tuple[float, float]:
    """Medians of the second and of the last quarter."""
    quarter = max(len(values) // 4, 1)
    early, late = values[quarter : quarter * 2], values[-quarter:]
    return statistics.median(early or [0]), statistics.median(late or [0])


if __name__ == "__main__":
    sys.exit(main())
