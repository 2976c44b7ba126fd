"""Runs one PostgreSQL server for exactly as long as somebody uses it.

Started by `foundation.server.postgres.server` as a program of its own, standard library only. Users
hold a shared lock on one file, so the exclusive lock comes free when the last of them has gone,
killed ones included; the keeper waits for it, stops the server and clears its socket folder away. A
second lock file is inherited by every process of the server: while one of them lives, nobody can
start another server on the same data.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SECONDS_FOR_A_CLEAN_STOP = 20


def keep(order: dict) -> None:
    """Run the server that `order` describes until it ends or nobody uses it any more."""
    # A keeper that is nobody's child leaves no zombie in a client that lives on.
    if os.fork():
        os._exit(0)
    linux = ctypes.CDLL(None) if sys.platform == "linux" else None
    if linux:
        # What a killed server leaves running becomes ours, to be ended before the next start.
        linux.prctl(PR_SET_CHILD_SUBREAPER, 1)
    keeper = os.getpid()

    def end_with_the_keeper() -> None:
        if linux:
            linux.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != keeper:
                os._exit(1)

    server = subprocess.Popen(
        order["command"],
        cwd="/",
        env=order["environment"],
        stdin=subprocess.DEVNULL,
        pass_fds=order["files"],
        preexec_fn=end_with_the_keeper,
        **order["account"],
    )

    def stop_when_unused() -> None:
        fcntl.flock(order["users_lock"], fcntl.LOCK_EX)
        server.send_signal(signal.SIGINT)
        time.sleep(SECONDS_FOR_A_CLEAN_STOP)
        server.send_signal(signal.SIGQUIT)

    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))
    threading.Thread(target=stop_when_unused, daemon=True).start()
    wait_for_the_end(server, Path(order["socket"]))
    end_orphans()
    shutil.rmtree(Path(order["socket"]).parent, ignore_errors=True)


def wait_for_the_end(server: subprocess.Popen, socket: Path) -> None:
    """Wait for the server, ending one whose socket was deleted: nobody can reach it any more.

    Cleaners of temporary folders do that; the next user then starts a new server.
    """
    has_been_used = False
    while True:
        try:
            server.wait(0.5)
            return
        except subprocess.TimeoutExpired:
            if socket.exists():
                has_been_used = True
            elif has_been_used:
                server.send_signal(signal.SIGINT)


def end_orphans() -> None:
    """Kill and collect the processes a killed server left behind.

    An idle one ends by itself; one in a long query would keep the data locked for as long.
    """
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while True:
        if children.exists():
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    keep(json.loads(sys.argv[1]))
