"""Editors and members who are logged in, for the instruments: the keys of their sessions."""

import json

import django
from django.conf import settings

from checks.crawl import FOLDER

KEPT = FOLDER / "editors.json"
EDITORS = {"Svea": "sv", "Aino": "fi"}


def log_in() -> dict[str, str]:
    """Make the editors in the portal that the environment names; their and the members’ cookies."""
    from django.test import Client

    from foundation.accounts.models import User
    from portal.demo.editors import ensure_demo_members
    from tests.conftest import force_login_by

    log_in_as_staff = force_login_by(Client.force_login)
    cookies = {}
    for name, language in EDITORS.items():
        user, _is_new = User.objects.get_or_create(
            email=f"{name.lower()}@example.org",
            defaults={
                "first_name": name,
                "language": language,
                "is_staff": True,
                "is_superuser": True,
            },
        )
        client = Client()
        log_in_as_staff(client, user)
        cookies[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    for user in ensure_demo_members():
        client = Client()
        client.force_login(user)
        cookies[f"member-{user.language}"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return cookies


if __name__ == "__main__":
    django.setup()
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(log_in()), "utf-8")
