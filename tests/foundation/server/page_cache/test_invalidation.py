"""The listener: what makes everything stale, and what it says when it hears nothing."""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from foundation.server.page_cache.invalidation import ANSWER, HEARTBEAT, PATIENCE, Listener
from foundation.server.page_cache.state import ContentState
from foundation.server.page_cache.triggers import CHANNEL
from portal.page_cache_policy import direct_connection
from tests.foundation.server.page_cache.served import wait_for

NOON = datetime(2026, 11, 25, 12, 30, tzinfo=UTC).timestamp()


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def another() -> Any:
    return connections.create_connection("default")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def moments() -> list[float]:
    return []


@pytest.fixture
def followed() -> list[int]:
    return []


@pytest.fixture
def listener(db, clock: Clock, moments: list, followed: list) -> Iterator[Listener]:
    def next_moment(_wrapper: Any, after: datetime) -> datetime | None:
        later = [one for one in moments if one > after.timestamp()]
        return datetime.fromtimestamp(min(later), UTC) if later else None

    found = Listener(
        ContentState(),
        connect=another,
        next_moment=next_moment,
        after_change=lambda: followed.append(1),
        clock=clock,
    )
    found.start()
    wait_for(lambda: found.is_connected)
    yield found
    found.stop()


def notify(payload: str = "4711") -> None:
    wrapper = another()
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
    wrapper.close()


def turns(listener: Listener, cause: Callable[[], None]) -> None:
    before = listener.state.token()
    cause()
    wait_for(lambda: listener.state.token() != before)


def stays(listener: Listener) -> None:
    before = listener.state.token()
    time.sleep(0.8)
    assert listener.state.token() == before


def test_notification_makes_everything_stale(listener: Listener, followed: list) -> None:
    wait_for(lambda: followed)
    turns(listener, notify)
    wait_for(lambda: len(followed) > 1)
    stays(listener)


def test_fence_comes_after_what_was_committed_before(listener: Listener) -> None:
    for number in range(20):
        before = listener.state.token()
        notify(str(1_000 + number))
        assert listener.wait_for_earlier_commits(10)
        assert listener.state.token() != before


def test_moment_comes_once(listener: Listener, clock: Clock, moments: list) -> None:
    moments += [NOON + 40, NOON + 70]
    turns(listener, notify)  # which makes it look for the next moment
    time.sleep(0.5)
    stays(listener)
    for moment in moments:
        clock.now = moment - 0.001
        stays(listener)
        turns(listener, lambda moment=moment: setattr(clock, "now", moment))
        stays(listener)


def test_moment_that_passes_while_it_is_looked_for_is_not_missed(
    listener: Listener, clock: Clock, moments: list
) -> None:
    moments.append(NOON + 0.01)
    turns(listener, notify)
    turns(listener, lambda: setattr(clock, "now", NOON + 0.02))


def test_moment_that_comes_with_a_change_is_not_missed(
    listener: Listener, clock: Clock, moments: list
) -> None:
    """It comes after everything was made stale, and before the clock is looked at again."""
    moments.append(NOON + 0.01)
    wait_for(lambda: listener._look_at is None)
    turn, turned = listener.state.invalidate, []

    def turn_slowly(cause: int = 0) -> None:
        turn(cause)
        turned.append(cause)
        clock.now = NOON + 0.02

    listener.state.invalidate = turn_slowly  # type: ignore[method-assign]
    notify()
    wait_for(lambda: len(turned) > 1, 5)


def test_words_on_the_channel_make_everything_stale_and_nothing_worse(listener: Listener) -> None:
    for payload in ("", "words", "-1", "²", "9" * 400):
        turns(listener, lambda payload=payload: notify(payload))
    turns(listener, notify)
    assert not listener.reconnections


def test_listener_outlives_its_own_mistakes(
    listener: Listener, followed: list, caplog: pytest.LogCaptureFixture
) -> None:
    wait_for(lambda: followed)
    next_moment, after_change = listener._next_moment, listener._after_change
    mistakes = iter([KeyError("next"), KeyError("after")])

    def fail(*_: Any) -> Any:
        raise next(mistakes)

    listener._next_moment = fail
    notify()
    wait_for(lambda: listener.reconnections)
    listener._next_moment = next_moment
    wait_for(lambda: listener.is_connected)
    listener._after_change = fail
    notify("4712")
    wait_for(lambda: "What follows a change failed" in caplog.text)
    listener._after_change, count = after_change, len(followed)
    turns(listener, lambda: notify("4713"))
    wait_for(lambda: len(followed) > count)
    assert "The page cache's listener failed" in caplog.text


def test_nobody_waits_for_a_listener_that_does_not_read(db) -> None:
    found = Listener(
        ContentState(), connect=another, next_moment=lambda *_: None, after_change=lambda: None
    )

    def wake() -> None:
        for _number in range(100_000):
            found._wake()

    waking = threading.Thread(target=wake, daemon=True)
    waking.start()
    waking.join(20)
    assert not waking.is_alive()


def test_full_hour_makes_everything_stale(listener: Listener, clock: Clock) -> None:
    for minute in range(29):  # in steps that no clock would be set by
        clock.now = NOON + minute * 60
        time.sleep(0.02)
    turns(listener, lambda: setattr(clock, "now", NOON + 30 * 60))


@pytest.mark.parametrize("jump", [-3600, 7200])
def test_clock_that_is_set_makes_everything_stale(
    listener: Listener, clock: Clock, jump: int
) -> None:
    time.sleep(0.5)
    turns(listener, lambda: setattr(clock, "now", clock.now + jump))


def test_broken_connection_is_made_anew_and_everything_stale(listener: Listener) -> None:
    before = listener.state.token()
    wrapper = another()
    with wrapper.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE %s "
            "AND datname = current_database() AND pid <> pg_backend_pid()",
            ["%portal_pages_%"],
        )
        assert cursor.rowcount == 1
    wrapper.close()
    wait_for(lambda: listener.reconnections)
    wait_for(lambda: listener.is_connected)
    assert listener.state.token() != before
    turns(listener, notify)


def test_connection_that_brings_nothing_makes_nothing_fresh(db, caplog) -> None:
    """As behind a pooler: LISTEN is accepted, but for a connection that is somebody else's soon."""

    def deaf() -> Any:
        wrapper = another()
        wrapper.connect()
        execute = wrapper.connection.execute

        def without_listening(statement: str, *values: Any) -> Any:
            return execute("SELECT 1" if statement.startswith("LISTEN") else statement, *values)

        wrapper.connection.execute = without_listening
        wrapper.connect = lambda: None
        return wrapper

    listener = Listener(
        ContentState(), connect=deaf, next_moment=lambda *_: None, after_change=lambda: None
    )
    listener.start()
    try:
        wait_for(lambda: "PAGE_CACHE_DATABASE_URL" in caplog.text)
        assert not listener.is_connected
        assert not listener.is_away
    finally:
        listener.stop()


NOTICED = HEARTBEAT + max(PATIENCE, ANSWER) + 20  # seconds, with room for a busy machine


class Cable:
    """Passes bytes to the server and back until it is cut: all stays open, and nothing comes."""

    def __init__(self, host: str, port: str) -> None:
        self.server = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(port))
        self.entrance = socket.create_server(("127.0.0.1", 0))
        self.port = self.entrance.getsockname()[1]
        self.is_cut = self._is_over = False
        self._other_end: dict[socket.socket, socket.socket] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._is_over = True
        self._thread.join()
        for one in (self.entrance, *self._other_end):
            one.close()

    def _run(self) -> None:
        while not self._is_over:
            ready, _, _ = select.select([self.entrance, *self._other_end], [], [], 0.02)
            if self.is_cut:
                time.sleep(0.02)
                continue
            for one in ready:
                self._bypass(one)

    def _bypass(self, one: socket.socket) -> None:
        if one is self.entrance:
            client = self.entrance.accept()[0]
            server = socket.socket(
                socket.AF_UNIX if isinstance(self.server, str) else socket.AF_INET
            )
            server.connect(self.server)
            self._other_end |= {client: server, server: client}
        elif one in self._other_end:
            data = b""
            with contextlib.suppress(OSError):  # one end has given up while the cable was cut
                data = one.recv(65_536)
                self._other_end[one].sendall(data)
            if not data:
                for end in (self._other_end.pop(one), one):
                    self._other_end.pop(end, None)
                    end.close()


@pytest.fixture
def cable(db, settings) -> Iterator[Cable]:
    """The way from a listener to the test database."""
    found = another().get_connection_params()
    cable = Cable(str(found["host"]), str(found.get("port", 5432)))
    account = {"USER": found.get("user", ""), "PASSWORD": found.get("password", "")}
    settings.PAGE_CACHE_DATABASE = {
        "ENGINE": "foundation.server.postgres",
        "NAME": found["dbname"],
        **{"HOST": "127.0.0.1", "PORT": str(cable.port), **account},
    }
    yield cable
    cable.close()


@pytest.mark.parametrize("asks", [False, True], ids=["between two proofs", "while it asks"])
def test_server_that_falls_silent_makes_nothing_fresh(cable: Cable, asks: bool, caplog) -> None:
    """As with a cut cable or a frozen server: the connection stays open and brings nothing."""

    def next_moment(wrapper: Any, _after: datetime) -> None:
        if asks and not listener.reconnections:
            cable.is_cut = True
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT now()")

    listener = Listener(
        ContentState(),
        connect=direct_connection,
        next_moment=next_moment,
        after_change=lambda: None,
    )
    listener.start()
    try:
        wait_for(lambda: listener.is_connected)
        cable.is_cut = True
        wait_for(lambda: not listener.is_connected, NOTICED)
        wait_for(lambda: listener.is_away, NOTICED)  # it answers no attempt to connect either
        assert "PAGE_CACHE_DATABASE_URL" not in caplog.text
        cable.is_cut = False
        wait_for(lambda: listener.is_connected)
        turns(listener, notify)
    finally:
        cable.is_cut = False
        listener.stop()
