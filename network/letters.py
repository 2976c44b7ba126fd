"""Letters to members of the network: they are invited, prolonged, and reminded in time."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.content.addresses import address
from foundation.content.letters import send_letter
from foundation.content.pages import written_day
from network.models import Membership

# How long before its end a member hears of it.
NOTICE = timedelta(days=30)

Whole = Callable[[str], str]  # makes a whole address of a path


def on_the_site(path: str) -> str:
    """A path as a whole address, for what is mailed without anybody having asked for a page."""
    return f"{settings.SITE_URL}{path}"


def invite(membership: Membership, whole: Whole) -> bool:
    """Mail the invitation; kept as sent only when it has left."""

    def written() -> tuple[str, list[str]]:
        return _("Welcome to the network"), [
            _greeting(membership),
            _(
                "You have been invited to the pages of the network The municipality as promoter "
                "of welfare, for %(party)s. There you find what is for members only, what is new "
                "since your last visit, and a way to share what works in your own work."
            )
            % {"party": membership.party.text("name")},
            _("You get there at this address: %(address)s") % {"address": _home(whole)},
            _(
                "Log in with this e-mail address, %(email)s. You get a code by e-mail each time, "
                "so there is no password to remember."
            )
            % {"email": membership.user.email},
            _("Your membership is valid until %(day)s. We write to you before it ends.")
            % {"day": written_day(membership.valid_until)},
            *_ending(membership),
        ]

    if not send_letter(membership.user, written):
        return False
    _keep(membership, invitation_sent_at=timezone.now(), told_until=membership.valid_until)
    return True


def tell_of_new_end(membership: Membership, whole: Whole) -> bool:
    """Mail until when the membership is valid now."""

    def written() -> tuple[str, list[str]]:
        return _("Your membership of the network goes on"), [
            _greeting(membership),
            _("Your membership of the network, for %(party)s, is now valid until %(day)s.")
            % {
                "party": membership.party.text("name"),
                "day": written_day(membership.valid_until),
            },
            _("The pages of the network: %(address)s") % {"address": _home(whole)},
            *_ending(membership),
        ]

    if not send_letter(membership.user, written):
        return False
    _keep(membership, told_until=membership.valid_until)
    return True


def remind(membership: Membership, whole: Whole) -> bool:
    """Mail that the membership ends soon, and what to do."""

    def written() -> tuple[str, list[str]]:
        contacts = whole(address("projects:contact_list"))
        return _("Your membership of the network ends soon"), [
            _greeting(membership),
            _("Your membership of the network, for %(party)s, is valid until %(day)s.")
            % {
                "party": membership.party.text("name"),
                "day": written_day(membership.valid_until),
            },
            _("Would you like to go on? Write to one of us, and we prolong it: %(address)s")
            % {"address": contacts},
            _("Otherwise you need not do anything. What you have sent in stays with us."),
            *_ending(membership),
        ]

    if not send_letter(membership.user, written):
        return False
    _keep(membership, reminded_of=membership.valid_until)
    return True


def due_for_a_reminder() -> list[Membership]:
    """Memberships that end soon and whose people have not been told so."""
    today = timezone.localdate()
    soon = Membership.objects.current().filter(valid_until__lte=today + NOTICE)
    waiting = soon.exclude(invitation_sent_at=None).select_related(
        "user", "municipality", "regional_actor"
    )
    return [one for one in waiting.order_by("pk") if one.reminded_of != one.valid_until]


def _greeting(membership: Membership) -> str:
    name = membership.user.first_name
    return _("Hello %(name)s,") % {"name": name} if name else _("Hello,")


def _home(whole: Whole) -> str:
    return whole(address("members:home"))


def _ending(membership: Membership) -> list[str]:
    return [_("Kind regards") + "\n" + _("The people of the network at the association")]


def _keep(membership: Membership, **told: object) -> None:
    for name, value in told.items():
        setattr(membership, name, value)
    membership.save(update_fields=list(told))
