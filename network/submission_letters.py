"""Letters to members about what they have sent in."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from foundation.content.addresses import address
from foundation.content.letters import send_letter
from network.models import Submission


def tell_returned(submission: Submission, whole: Callable[[str], str]) -> bool:
    """Mail the comment of staff to the member; False when it did not leave."""
    membership = submission.membership
    if membership is None:
        return False

    def written() -> tuple[str, list[str]]:
        title = submission.item.text("title", submission.language)
        return _("Your draft needs a few changes"), [
            _("Thank you for “%(title)s”. We would like you to look at it once more:")
            % {"title": title},
            submission.comment,
            _("You find your draft on the pages of the network: %(address)s")
            % {"address": whole(address("members:home"))},
            _("Kind regards") + "\n" + _("The people of the network at the association"),
        ]

    return send_letter(membership.user, written)
