"""The server of production: `python -m foundation.server.serving`, or `python3 run.py serve`.

Every number that decides how many things happen at once stands here. docs/operations.md tells how
to run it, reload it and watch it.
"""

import ipaddress
import os
import shutil
import socket
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec
from granian.server.mp import MPServer

from foundation.server.page_cache.metrics import CONTENT_TYPE, as_prometheus

BACKLOG = 1024  # connections that the system keeps waiting for us
WAITING = 256  # requests in a worker, waiting ones included; more wait in the backlog
HEADER_MILLISECONDS = 10_000  # a client may take for its headers
HEADER_BYTES = 64 * 1024
SECONDS_TO_FINISH = 30  # a worker that is to end may take for the requests it has begun
SECONDS_TO_START = 3.0  # a new worker gets before the old one is told to end
LOG_FORMAT = "json"
STATEMENT_SECONDS = "20"  # the longest that one question to the database may take
HEAPS = "2"  # of a worker, for all of its threads
LARGE = "131072"  # bytes


class Server(MPServer):
    """Granian, whose workers take their connections from one socket.

    With a socket for each, as it has them on Linux, a connection that waits at a worker that ends
    is lost.
    """

    def _init_shared_socket(self) -> None:
        self._shd: Any = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._sfd = self._shd.get_fd()
        self._ssp = None
        self._share()

    def _share(self) -> None:
        import socket

        shared = socket.socket(fileno=self._sfd)
        shared.set_inheritable(True)
        self._sso = shared


def main() -> None:
    """Serve until a signal comes; SIGHUP puts new workers in the place of the old."""
    folder = Path(tempfile.mkdtemp(prefix="portal-serving-"))
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        os.environ.setdefault("LOG_FORMAT", LOG_FORMAT)
        os.environ.setdefault("STATEMENT_SECONDS", STATEMENT_SECONDS)
        # Threads that share their heaps leave fewer holes in them, and what is large goes back to
        # the system at once (mallopt(3): M_ARENA_MAX, M_MMAP_THRESHOLD).
        os.environ.setdefault("MALLOC_ARENA_MAX", HEAPS)
        os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", LARGE)
        os.environ["PAGE_CACHE_SHARED"] = str(folder / "state")
        address = os.environ.get("METRICS", "127.0.0.1:9108")
        if address:
            _serve_metrics(address, folder)
        server().serve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server(application: str = "portal.wsgi:application") -> Server:
    """The server with production's options, of this or, to compare it with, another application."""
    return Server(
        application,
        address=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT") or 8000),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("WORKERS") or 2),
        # Each holds at most one connection to the database, the listener one more.
        blocking_threads=int(os.environ.get("THREADS") or 4),
        backlog=BACKLOG,
        backpressure=WAITING,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_MILLISECONDS, max_buffer_size=HEADER_BYTES
        ),
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=SECONDS_TO_START,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.warning,
        log_dictconfig=_logging(),
        log_access=os.environ.get("ACCESS_LOG") == "1",
        # Neither the address of who asks nor what is asked for: only which page, how, how long.
        log_access_format="%(method)s %(path)s %(status)d %(dt_ms).3f",
    )


def _logging() -> dict[str, Any]:
    handler = {"class": "logging.StreamHandler", "formatter": "json"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "foundation.server.logs.JsonLines"}},
        "handlers": {"console": handler},
        "loggers": {
            "_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": ["console"], "level": "INFO", "propagate": False},
        },
    }


def private_address(address: str) -> tuple[str, int]:
    """Host and port of an address that only this machine or its own network can reach.

    Raises ValueError for any other: metrics are nobody else's business.
    """
    host, _colon, port = address.rpartition(":")
    ip = ipaddress.ip_address(host.strip("[]"))
    # Python counts all addresses at once (0.0.0.0) and reserved ones among the private.
    is_of_network = ip.is_private and not ip.is_unspecified and not ip.is_reserved
    if not ip.is_loopback and not is_of_network:
        raise ValueError(f"METRICS must be an address of this machine or its network: {address}")
    return host.strip("[]"), int(port)


def _serve_metrics(address: str, folder: Path) -> None:
    class Metrics(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = as_prometheus(folder).encode()
            self.send_response(200 if self.path == "/metrics" else 404)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing: who reads the metrics is of no interest."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if address.startswith("[") else socket.AF_INET

    server = Server(private_address(address), Metrics)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


if __name__ == "__main__":
    main()
