"""The two editors who can log in to a demo."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from portal.accounts.models import User

EDITORS = {"redaktor@example.fi": "sv", "toimittaja@example.fi": "fi"}
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
        editor = User.objects.filter(email__iexact=email).first()
        if editor is None:
            editor = User(email=email, language=language, is_staff=True, is_superuser=True)
        elif editor.check_password(password):
            continue
        editor.set_password(password)
        editor.full_clean()
        editor.save()
