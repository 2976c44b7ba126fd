"""One thread of each worker process, which hears of changes and knows the next moment of change."""

import contextlib
import logging
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from foundation.server.page_cache.state import ContentState
from foundation.server.page_cache.triggers import CHANNEL

logger = logging.getLogger(__name__)

TICK = 0.25  # seconds between two looks at the clock, which somebody may set
HEARTBEAT = 5.0  # seconds between two proofs that the connection still brings what is sent
PATIENCE = 2.0  # seconds for such a proof
ANSWER = 5  # seconds for any other answer of the server, which `connect` sees to
RETRY = 0.4  # seconds between two attempts to connect
RETRY_AT_ONCE = 0.05  # the first time, when a connection that worked has broken
BEAT = 3600  # seconds: at each full hour, hence at midnight too, everything is made anew
QUIET = 0.1  # seconds without a change before the next moment is looked for again


class NotificationsLost(Exception):
    """The connection works but brings no notifications, as behind a pooler of transactions."""


class Listener:
    """Hears of changes as long as there is a connection, and says when there is none.

    `connect` gives a new connection on which no answer is waited for without an end, `next_moment`
    reads through it the next moment at which the clock changes a page (None when there is none),
    and `after_change` does, in a thread of its own, what a change leaves to be done.
    """

    def __init__(
        self,
        state: ContentState,
        *,
        connect: Callable[[], BaseDatabaseWrapper],
        next_moment: Callable[[BaseDatabaseWrapper, datetime], datetime | None],
        after_change: Callable[[], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.state = state
        self.is_away = False  # the database answers no attempt to connect
        self.reconnections = 0
        self._connect, self._next_moment = connect, next_moment
        self._after_change, self._clock = after_change, clock
        self._own_channel = f"{CHANNEL}_{os.getpid()}_{id(self)}"
        self._stopped = threading.Event()
        self._changed = threading.Event()
        self._waiting_for_probe: deque[threading.Event] = deque()
        self._probe_number = self._probe_heard = 0
        # Moments up to the first have been acted on; the second is the next, as far as is known.
        self._since, self._moment = clock(), 0.0
        self._look_at: float | None = None  # when to look for the next, by the monotonic clock
        self._last_warning = ""
        self._wake_read, self._wake_write = os.pipe()
        # Where nobody reads, a full pipe must not hold whoever waits for a page.
        os.set_blocking(self._wake_write, False)
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for work, name in ((self._run, "page-cache"), (self._follow, "page-cache-after"))
        ]

    def start(self) -> None:
        """Begin to listen."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Leave the connection, and wait until the threads have ended."""
        self._stopped.set()
        self._changed.set()
        self._wake()
        for thread in self._threads:
            thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)

    @property
    def is_connected(self) -> bool:
        return self.state.is_known

    def wait_for_earlier_commits(self, timeout: float = 0.25) -> bool:
        """Wait until every change that was committed before this call has been heard of.

        PostgreSQL delivers notifications in the order of commits, so that one of our own comes
        after all earlier ones. Without it, a page just made could be newer than those that other
        workers still hand out.
        """
        reached = threading.Event()
        self._waiting_for_probe.append(reached)
        self._wake()
        return reached.wait(timeout)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"w")

    def _run(self) -> None:
        while not self._stopped.is_set():
            wrapper = None
            try:
                wrapper = self._connect()
                wrapper.connect()
                connection = wrapper.connection
                connection.add_notify_handler(self._on_notification)
                connection.execute("SET synchronous_commit = off")
                connection.execute(f"LISTEN {CHANNEL}")
                connection.execute(f'LISTEN "{self._own_channel}"')
                self._probe(connection)
                began = self._clock()
                self.state.mark_known()
                self.is_away, self._last_warning = False, ""
                self._note_change(began)  # what happened while nobody listened
                self._listen(wrapper)
            except NotificationsLost:
                self.is_away = False
                self._warn(
                    "the connection brings no notifications. Behind a pooler, set "
                    "PAGE_CACHE_DATABASE_URL to the server's own address"
                )
            except (psycopg.Error, DatabaseError, OSError) as error:
                self.is_away = not self.is_connected
                self._warn(f"{type(error).__name__}: {error}".splitlines()[0])
            except Exception as error:
                # A mistake of our own costs one connection, never all freshness from then on.
                self._warn(type(error).__name__)
                logger.exception("The page cache's listener failed")
            finally:
                was_connected = self.is_connected
                self.state.mark_unknown()
                if wrapper is not None:
                    with contextlib.suppress(psycopg.Error, DatabaseError, OSError):
                        wrapper.close()  # the socket: no answer is waited for
            if not self._stopped.wait(RETRY_AT_ONCE if was_connected else RETRY):
                self.reconnections += 1

    def _warn(self, why: str) -> None:
        if why != self._last_warning:
            self._last_warning = why
            logger.warning("The page cache hears of no changes: %s", why)

    def _on_notification(self, notification: psycopg.Notify) -> None:
        if notification.channel == self._own_channel:
            self._probe_heard = max(self._probe_heard, int(notification.payload))
            return
        began, payload = self._clock(), notification.payload
        # Whoever may log in to the database may send anything here.
        is_transaction = payload.isascii() and payload.isdecimal()
        self.state.invalidate(int(payload) if is_transaction else 0)
        self._note_change(began)

    def _note_change(self, began: float) -> None:
        """Everything has become stale after that moment; what comes next may have changed with it.

        A moment that lies between the two is found again as the next one: it comes twice, while
        one counted from afterwards would be missed.
        """
        self._since = began
        if self._look_at is None:
            self._look_at = time.monotonic() + QUIET
        self._changed.set()

    def _probe(self, connection: psycopg.Connection) -> None:
        """Send ourselves a notification and wait for it.

        Raises NotificationsLost when the server answers without it, TimeoutError when it says
        nothing.
        """
        self._probe_number += 1
        probe_number, deadline = self._probe_number, time.monotonic() + PATIENCE
        # Its answer and the notification are waited for together, with one end.
        connection.pgconn.send_query(f"NOTIFY \"{self._own_channel}\", '{probe_number}'".encode())
        is_answered = False
        while not is_answered or self._probe_heard < probe_number:
            seconds_left = deadline - time.monotonic()
            if seconds_left <= 0:
                raise NotificationsLost if is_answered else TimeoutError("the server says nothing")
            select.select([connection.fileno()], [], [], seconds_left)
            is_answered = self._receive(connection)

    def _receive(self, connection: psycopg.Connection) -> bool:
        """Take in what has come; True when nothing that was asked is open."""
        pgconn = connection.pgconn
        pgconn.consume_input()  # raises OperationalError when the server has gone
        while not pgconn.is_busy() and pgconn.get_result() is not None:
            pass
        while notification := pgconn.notifies():
            self._on_notification(
                psycopg.Notify(
                    notification.relname.decode(), notification.extra.decode(), notification.be_pid
                )
            )
        return pgconn.transaction_status == TransactionStatus.IDLE

    def _listen(self, wrapper: BaseDatabaseWrapper) -> None:
        connection = wrapper.connection
        self._find_next_moment(wrapper)
        beat_at = time.monotonic() + HEARTBEAT
        looked_at = self._clock()
        while not self._stopped.is_set():
            ready, _, _ = select.select(
                [connection.fileno(), self._wake_read], [], [], self._pause()
            )
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
            self._receive(connection)
            if self._waiting_for_probe or time.monotonic() >= beat_at:
                waiting = [
                    self._waiting_for_probe.popleft()
                    for _number in range(len(self._waiting_for_probe))
                ]
                self._probe(connection)
                for request_waiting in waiting:
                    request_waiting.set()
                beat_at = time.monotonic() + HEARTBEAT
            looked_at = self._look_at_the_clock(looked_at)
            if self._look_at is not None and time.monotonic() >= self._look_at:
                self._find_next_moment(wrapper)

    def _pause(self) -> float:
        """Seconds until something is to be done of our own accord."""
        pause = min(TICK, self._moment - self._clock())
        if self._look_at is not None:
            pause = min(pause, self._look_at - time.monotonic())
        return max(pause, 0)

    def _look_at_the_clock(self, looked_at: float) -> float:
        now = self._clock()
        if now < looked_at or now > looked_at + 60:
            # The clock was set, or the machine slept: what counted as past or to come may not.
            self.state.invalidate()
            self._note_change(now)
        elif now >= self._moment:
            # The same cause in every process, so that the first one invalidates for all.
            self.state.invalidate(-int(self._moment * 1_000_000))
            self._note_change(now)
            self._moment = self._hour_after(now)
        return now

    def _find_next_moment(self, wrapper: BaseDatabaseWrapper) -> None:
        """The first moment after those that were acted on, which may have passed meanwhile."""
        self._look_at = None
        next_change = self._next_moment(wrapper, datetime.fromtimestamp(self._since, UTC))
        hour = self._hour_after(self._since)
        self._moment = min(hour, next_change.timestamp()) if next_change else hour

    def _hour_after(self, moment: float) -> float:
        return (moment // BEAT + 1) * BEAT

    def _follow(self) -> None:
        while not self._stopped.is_set():
            self._changed.wait()
            if self._stopped.wait(QUIET):
                return
            self._changed.clear()
            if not self.is_connected:
                continue
            try:
                self._after_change()
            except (psycopg.Error, DatabaseError, OSError) as error:
                logger.warning("What follows a change is left: %s", type(error).__name__)
            except Exception:
                # The next change is followed all the same.
                logger.exception("What follows a change failed")
