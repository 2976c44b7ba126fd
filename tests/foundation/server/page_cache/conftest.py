import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.server.page_cache.served import Database, Portal, served


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Portal, Database]]:
    """The portal on a database of its own, both for the tests of one file."""
    # pytest's own folders have names that are too long for the address of a socket.
    with tempfile.TemporaryDirectory(prefix="served-") as folder:
        Path(folder).chmod(0o755)  # the account that the database runs under passes through
        with served(Path(folder)) as both:
            yield both


@pytest.fixture
def portal(running: tuple[Portal, Database]) -> Portal:
    return running[0]


@pytest.fixture
def database(running: tuple[Portal, Database]) -> Database:
    return running[1]
