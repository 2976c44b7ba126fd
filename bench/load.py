"""What benchmarks of the server share: many connections at once, and what processes use."""

import contextlib
import re
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Busy:
    """What a server did while it was asked without a pause."""

    requests: int
    p50: float  # seconds
    p99: float  # seconds


def keep_busy(port: int, path: str, *, seconds: int, connections: int, headers: str) -> Busy:
    """Ask with wrk, which is fast enough to leave no server idle; raises SystemExit on an error.

    Beside a client that makes the server wait, each answer would also pay for waking it up.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", headers]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise SystemExit(done.stdout)
    found = dict(re.findall(r"(50|99)% +([\d.]+(?:us|ms|s))", done.stdout))
    number = re.search(r"(\d+) requests in", done.stdout)
    if number is None:
        raise SystemExit(done.stdout)
    return Busy(int(number[1]), _seconds(found["50"]), _seconds(found["99"]))


def _seconds(told: str) -> float:
    for unit, factor in (("us", 1e-6), ("ms", 1e-3), ("s", 1.0)):
        if told.endswith(unit):
            return float(told.removesuffix(unit)) * factor
    raise ValueError(told)


def processes(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += processes(int(child))
    return found


def processor(pid: int) -> float:
    """Seconds on a processor of a process, its threads and descendants (schedstat, Linux)."""
    total = 0
    for process in processes(pid):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text("ascii").split()[0])
    return total / 1e9


def memory(pid: int) -> int:
    """Proportional set size (PSS) of one process, bytes (Linux)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return int(re.findall(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)[0]) * 1024


def worker_of(connection: socket.socket, workers: list[int]) -> int:
    """The process at the other end of a connection on this machine; raises LookupError."""
    ours, theirs = connection.getsockname()[1], connection.getpeername()[1]
    wanted = None
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        parts = line.split()
        local, remote = (int(one.partition(":")[2], 16) for one in parts[1:3])
        if (local, remote) == (theirs, ours):
            wanted = f"socket:[{parts[9]}]"
    for worker in workers:
        for file in Path(f"/proc/{worker}/fd").iterdir():
            with contextlib.suppress(OSError):
                if str(file.readlink()) == wanted:
                    return worker
    raise LookupError("Nobody has accepted the connection yet.")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
