"""Log-in links: made at the server's own shell, good for one use within ten minutes."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from foundation.accounts.models import AuditEntry, LoginLink, User

VALID = timedelta(minutes=10)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def make_login_link(user: User) -> str:
    """The key of a new link; only its hash is kept."""
    LoginLink.objects.filter(expires_at__lt=timezone.now()).delete()
    key = secrets.token_urlsafe(32)
    LoginLink.objects.create(key_hash=_hash(key), user=user, expires_at=timezone.now() + VALID)
    AuditEntry.objects.create(event=AuditEntry.Event.LINK_MADE, about=user.email)
    return key


def take_login_link(key: str) -> User | None:
    """The user whom a link logs in, once; None for one that is used, expired or unknown.

    The database deletes the row for one of several who come at the same time.
    """
    links = LoginLink.objects.filter(key_hash=_hash(key), expires_at__gt=timezone.now())
    link = links.select_related("user").first()
    if link is None or not links.delete()[0]:
        return None
    return link.user if link.user.is_active else None
