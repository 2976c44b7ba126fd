"""What benchmarks of the server share: many connections at once, and what processes use."""

import contextlib
import re
import selectors
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Run:
    """What a number of requests took: seconds each, and their statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wall: float = 0.0

    def percentile(self, part: float) -> float:
        """Seconds within which this part of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


class _Connection:
    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = request
        self.received = b""
        self.left = -1
        self.began = 0.0

    def send(self) -> None:
        self.received, self.left = b"", -1
        self.began = time.perf_counter()
        self.socket.sendall(self.request)

    def receive(self) -> int:
        """The status when the answer is whole, else 0."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("The server closed a connection in use.")
        self.received += chunk
        if self.left < 0:
            head, blank, _body = self.received.partition(b"\r\n\r\n")
            if not blank:
                return 0
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if length is None:
                raise ConnectionError("An answer without its length.")
            self.left = len(head) + 4 + int(length[1])
        return int(self.received[9:12]) if len(self.received) >= self.left else 0


def ask(port: int, path: str, *, requests: int, connections: int, headers: str = "") -> Run:
    """Ask for an address so many times over connections that are kept open."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode()
    selector, run = selectors.DefaultSelector(), Run()
    opened = [_Connection(port, request) for _ in range(connections)]
    began = time.perf_counter()
    for one in opened:
        selector.register(one.socket, selectors.EVENT_READ, one)
        one.send()
    sent = len(opened)
    while len(run.seconds) < requests:
        for key, _mask in selector.select(30):
            one = key.data
            if status := one.receive():
                run.seconds.append(time.perf_counter() - one.began)
                run.statuses[status] = run.statuses.get(status, 0) + 1
                if sent < requests:
                    sent += 1
                    one.send()
    run.wall = time.perf_counter() - began
    for one in opened:
        one.socket.close()
    return run


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
