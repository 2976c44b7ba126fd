"""The editors and the members of the network who can log in to a demo."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from portal.accounts.models import User
from projects.membership_admin import two_years_from
from projects.models import Membership, Participation

EDITORS = {"redaktor@example.fi": "sv", "toimittaja@example.fi": "fi"}
MEMBERS = {"medlem@example.fi": "sv", "jasen@example.fi": "fi"}
# Nothing that could be read as something else.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def demo_password(path: Path | None = None) -> str:
    """The password of the demo's editors: made once, and kept where only its owner can read it."""
    path = path or settings.BASE_DIR / ".local" / "demo_password"
    path.parent.mkdir(exist_ok=True)
    made = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{made}\n")
    except FileExistsError:
        return path.read_text("utf-8").strip()
    return made


def ensure_demo_editors(password: str) -> None:
    """Let the demo's editors log in with the password, one in each language."""
    for email, language in EDITORS.items():
        _ensure(email, language, password, is_staff=True, is_superuser=True)


def ensure_demo_members(password: str) -> bool:
    """Let two members of an example municipality log in; False where there is no such one."""
    example = Participation.objects.of_municipalities().filter(is_example=True)
    # One that has had workshops shows most.
    busy = example.filter(municipality__workshops__isnull=False)
    chosen = busy.order_by("pk").first() or example.order_by("pk").first()
    if chosen is None:
        return False
    for email, language in MEMBERS.items():
        Membership.objects.get_or_create(
            user=_ensure(email, language, password),
            municipality=chosen.municipality,
            defaults={"valid_until": two_years_from(timezone.localdate())},
        )
    return True


def _ensure(email: str, language: str, password: str, **rights: bool) -> User:
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=email, language=language, **rights)
    elif user.check_password(password):
        return user
    user.set_password(password)
    user.full_clean()
    user.save()
    return user
