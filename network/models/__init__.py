"""Who belongs to the network, and what they send in."""

from network.models.membership import Membership
from network.models.submission import Submission

__all__ = ["Membership", "Submission"]
