"""What was written, by whom and when; the way back to it; and the bin."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from foundation.content.agreement import writing
from foundation.history.models import Change

_numbers = itertools.count(1)


@contextmanager
def one_version(author: int | None = None) -> Iterator[None]:
    """Writes that stand for a transaction of their own, within the one of a test."""
    with writing(author=author):
        yield
    end_version()


def end_version() -> None:
    """Let what was written so far be a transaction that is over."""
    Change.objects.filter(transaction__gt=0).update(transaction=-next(_numbers))


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
