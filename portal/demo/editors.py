"""The editors and the members of the network who can log in to a demo, by the links it prints."""

from django.utils import timezone

from foundation.accounts.models import User
from network.membership_admin import two_years_from
from network.models import Membership
from projects.models import Participation

EDITORS = {"redaktor@example.fi": "sv", "toimittaja@example.fi": "fi"}
MEMBERS = {"medlem@example.fi": "sv", "jasen@example.fi": "fi"}


def ensure_demo_editors() -> list[User]:
    """The demo's editors, one in each language; made where they are missing."""
    for email, language in EDITORS.items():
        if not User.objects.filter(email__iexact=email).exists():
            User.objects.create_superuser(email, language=language)
    return list(User.objects.filter(email__in=EDITORS).order_by("pk"))


def ensure_demo_members() -> list[User]:
    """Two members of an example municipality, one in each language; none where there is no such."""
    example = Participation.objects.of_municipalities().filter(is_example=True)
    # One that has had workshops shows most.
    busy = example.filter(municipality__workshops__isnull=False)
    chosen = busy.order_by("pk").first() or example.order_by("pk").first()
    if chosen is None:
        return []
    for email, language in MEMBERS.items():
        user = User.objects.filter(email__iexact=email).first()
        Membership.objects.get_or_create(
            user=user or User.objects.create_user(email, language=language),
            municipality=chosen.municipality,
            defaults={"valid_until": two_years_from(timezone.localdate())},
        )
    return list(User.objects.filter(email__in=MEMBERS).order_by("pk"))
