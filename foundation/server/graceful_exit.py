"""A command that is told to end clears away what it has begun."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# systemd, a container engine or a shutdown; a log-in that is closed.
_TOLD_TO_END = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def graceful_exit() -> Iterator[None]:
    """Let a signal to end unwind what runs, as an error does, instead of killing it at once."""
    if threading.current_thread() is not threading.main_thread():  # which alone hears of signals
        yield
        return
    before = {number: signal.signal(number, _end) for number in _TOLD_TO_END}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)  # as a shell tells of it
