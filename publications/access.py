"""Who may have a material: everybody, or the members of the network while a page is drawn for one.

Doors are closed unless somebody says otherwise: whoever asks for what is published, and knows
nothing of members, gets nothing of theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """For whom a published material is."""

    EVERYBODY = "everybody", _("Everybody")
    MEMBERS = "members", _("Only members of the network")


_unnamed: ContextVar[bool] = ContextVar("closed_is_unnamed", default=False)
_opened: ContextVar[bool] = ContextVar("opened_to_a_member", default=False)


@contextmanager
def opened_to_a_member() -> Iterator[None]:
    """Open the doors inside the block, for a reader who has been found to be a member."""
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


@contextmanager
def closed_is_unnamed() -> Iterator[None]:
    """Inside the block, not even the title of what is closed is told: nobody can ask for it."""
    token = _unnamed.set(True)
    try:
        yield
    finally:
        _unnamed.reset(token)


def is_closed_unnamed() -> bool:
    """True while pages are drawn that must not name what is for members."""
    return _unnamed.get()


def is_opened() -> bool:
    """True while a page is drawn for a member."""
    return _opened.get()
