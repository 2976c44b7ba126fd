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


_opened: ContextVar[bool] = ContextVar("opened_to_a_member", default=False)


@contextmanager
def opened_to_a_member() -> Iterator[None]:
    """Open the doors inside the block, for a reader who has been found to be a member."""
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


def is_opened() -> bool:
    """True while a page is drawn for a member."""
    return _opened.get()
