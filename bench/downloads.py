"""Measures what kits and downloads promise: memory, time to the first byte, and speed.

The promises stand in bench/README.md. Bytes and seconds; MB are millions of bytes.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run
from bench import report
from bench.pages import bench_environment
from bench.report import Result

FILMS, FILM = 12, 170_000_000
SINGLE = 200_000_000
MOST_MEMORY, MOST_WAIT, LEAST_RATIO = 64_000_000, 0.3, 0.5
FETCHES = 11


@dataclass
class Fetch:
    """One fetched answer: seconds to the first byte and to the last, bytes, and its status."""

    wait: float
    seconds: float
    size: int
    status: int

    @property
    def speed(self) -> float:
        """Bytes a second."""
        return self.size / self.seconds


def main() -> int:
    """Measure, print, and write where asked to; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = bench_environment(Path(folder))
        os.environ.update(environment)
        kit, single, stored = _made(Path(folder))
        run.collect_static_files(environment)
        results = _measured(environment, kit, single, stored)
    lines = report.section(
        "Kits and downloads", "bench/downloads.py --write", ("django", "granian"), results
    )
    print("\n".join(lines))
    if write:
        report.write(lines)
    return 0 if all(result.is_kept for result in results) else 1


def _made(folder: Path) -> tuple[str, str, Path]:
    """A workshop with its films and one more material: the addresses of both, and the file's."""
    # Before Django reads them: the words of the addresses come from the catalogues.
    run.step("", ["catalogues", "compile"], os.environ)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils.translation import override

    from tests import factories

    call_command("migrate", verbosity=0)
    workshop = factories.make_workshop()
    factories.make_project()
    block = os.urandom(1_000_000)

    def film(size: int, **owner: Any) -> Any:
        material = factories.make_material(type="video", **owner)
        content = block * (size // len(block))
        return factories.make_material_file(material=material, content=content, name="film.mp4")

    for _number in range(FILMS):
        film(FILM, workshop=workshop)
    file = film(SINGLE)
    with override("sv"):
        kit = workshop.path(route="kits:workshop_kit")
        single = file.material.path(route="publications:material_file")
    stored = folder / "media" / file.file.name
    connections.close_all()
    return kit, single, stored


def _measured(environment: Mapping[str, str], kit: str, single: str, stored: Path) -> list[Result]:
    port = _free_port()
    with run.child(run.server_command(port), environment) as server:
        run.wait_for_answer(server, port)
        wait = _of_wait(server.pid, port, kit)
        results = [*(_of_kit(server.pid, port, kit, readers) for readers in (1, 4)), wait]
        beside = _of_single(port, single, stored)
    return [*results, beside] if beside else results


def _of_wait(pid: int, port: int, path: str) -> Result:
    """Seconds until the first byte of a kit, and the processor time that the server spends."""
    _fetch(port, path, method="HEAD")  # what is loaded once counts to starting the server
    spent = _processor(pid)
    for _number in range(FETCHES):
        _fetch(port, path, method="HEAD")  # asks for all that comes before the first byte
    spent = (_processor(pid) - spent) / FETCHES
    waits = []
    for _number in range(FETCHES):
        waits.append(_fetch(port, path, most=1_000_000).wait)
        time.sleep(0.5)  # until the server has noticed that nobody reads on
    wait = statistics.median(waits)
    return Result(
        f"The same kit: its first byte within {MOST_WAIT} s",
        f"{wait:.3f} s, median of {len(waits)} (from {min(waits):.3f} to {max(waits):.3f}), of "
        f"which {spent * 1000:.0f} ms of the server's processor time",
        wait < MOST_WAIT,
    )


def _of_kit(pid: int, port: int, path: str, readers: int) -> Result:
    """Memory above the idle server while readers fetch the kit."""
    time.sleep(2)
    idle, peak = _memory(pid), 0
    fetched: list[Fetch] = []
    threads = [
        threading.Thread(target=lambda: fetched.append(_fetch(port, path))) for _ in range(readers)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, _memory(pid))
        time.sleep(0.05)
    above = peak - idle
    whole = all(one.status == 200 and one.size > FILMS * FILM for one in fetched)
    who = "one reader" if readers == 1 else f"{readers} readers at once"
    speed = sum(one.size for one in fetched) / max(one.seconds for one in fetched)
    return Result(
        f"Kit of {fetched[0].size / 1e9:.2f} GB, {who}: memory < {MOST_MEMORY / 1e6:.0f} MB above "
        "the idle server",
        f"{above / 1e6:.1f} MB above {idle / 1e6:.0f} MB; {speed / 1e6:.0f} MB/s",
        whole and above < MOST_MEMORY,
    )


def _of_single(port: int, path: str, stored: Path) -> Result | None:
    """The portal's speed beside nginx', in alternating fetches of the same stored file."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        print("NOT MEASURED: the speed beside nginx, which is not installed here.")
        return None
    ours, theirs = [], []
    with _nginx(nginx, stored) as its_port:
        for number in range(FETCHES + 1):
            pair = _fetch(port, path), _fetch(its_port, f"/{stored.name}")
            if [one.size for one in pair] != [SINGLE, SINGLE]:
                raise SystemExit(f"A fetch was cut off: {pair}")
            if number:  # the first of each fills the caches
                ours.append(pair[0].speed)
                theirs.append(pair[1].speed)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    found = subprocess.run([nginx, "-v"], capture_output=True, text=True, check=True).stderr
    return Result(
        f"File of {SINGLE / 1e6:.0f} MB: at {LEAST_RATIO} of nginx' speed or more",
        f"{ratio:.2f} of its speed, median of {FETCHES} pairs (from "
        f"{min(a / b for a, b in zip(ours, theirs, strict=True)):.2f} to "
        f"{max(a / b for a, b in zip(ours, theirs, strict=True)):.2f}); "
        f"{statistics.median(ours) / 1e6:.0f} and {statistics.median(theirs) / 1e6:.0f} MB/s; "
        f"nginx {found.strip().rpartition('/')[2]}",
        ratio >= LEAST_RATIO,
    )


@contextlib.contextmanager
def _nginx(program: str, stored: Path) -> Iterator[int]:
    """nginx as a file server of the stored file's folder; gives its port."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as folder:
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        Path(folder, "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 1; pid {folder}/pid; "
            f"error_log {folder}/error.log; events {{}} "
            f"http {{ {places} access_log off; sendfile on; tcp_nopush on; "
            f"server {{ listen 127.0.0.1:{port}; root {stored.parent}; }} }}",
            "utf-8",
        )
        command = [program, "-p", folder, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
        with run.child(command, os.environ) as server:
            while run.answer(port) is None:
                if server.poll() is not None:
                    raise SystemExit(Path(folder, "error.log").read_text("utf-8"))
                time.sleep(0.05)
            yield port
            server.terminate()
            server.wait(10)


def _fetch(port: int, path: str, most: int = sys.maxsize, method: str = "GET") -> Fetch:
    """Fetch an address as fast as it comes, and keep nothing of it; at most so many bytes."""
    buffer = memoryview(bytearray(1 << 20))
    request = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    start = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        connection.sendall(request.encode())
        head = b""
        # A body's first byte comes after the empty line; an answer to HEAD has none.
        while b"\r\n\r\n" not in head or (method == "GET" and head.endswith(b"\r\n\r\n")):
            received = connection.recv(65536)
            if not received:
                raise ConnectionError(head)
            head += received
        wait = time.perf_counter() - start
        headers, _blank, body = head.partition(b"\r\n\r\n")
        length = int((re.findall(rb"(?i)\r\ncontent-length: *(\d+)", headers) or [b"0"])[0])
        size, whole = len(body), min(length if method == "GET" else 0, most)
        while size < whole and (count := connection.recv_into(buffer)):
            size += count
    seconds = time.perf_counter() - start
    if b" 200 " not in headers.partition(b"\r\n")[0] + b" ":
        # An error page comes quickly, and must not pass for a fast download.
        raise SystemExit(f"{path} was not sent: {headers.decode()}")
    return Fetch(wait, seconds, size, int(headers.split()[1]))


def _memory(pid: int) -> int:
    """Proportional set size of a process and its children, bytes; 0 where the system has none."""
    total = 0
    for process in [pid, *_children(pid)]:
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
            total += int(re.findall(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)[0]) * 1024
    return total


def _processor(pid: int) -> float:
    """Seconds of processor time that a process and its children have used; 0 without /proc."""
    ticks = 0
    for process in [pid, *_children(pid)]:
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])  # utime and stime, see proc(5)
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _children(pid: int) -> list[int]:
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found + [grandchild for child in found for grandchild in _children(child)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
