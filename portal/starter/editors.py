"""The two editors who can log in to a demo, by the links that it prints."""

from portal.accounts.models import User

EDITORS = {"redaktor@example.fi": "sv", "toimittaja@example.fi": "fi"}


def ensure_demo_editors() -> list[User]:
    """The demo's editors, one in each language; made where they are missing."""
    for email, language in EDITORS.items():
        if not User.objects.filter(email__iexact=email).exists():
            User.objects.create_superuser(email, language=language)
    return list(User.objects.filter(email__in=EDITORS).order_by("pk"))
