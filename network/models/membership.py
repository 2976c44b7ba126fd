"""Members of the network: the people of its municipalities and regional actors."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content.constraints import exactly_one_of
from municipalities.models import Municipality, RegionalActor


class MembershipQuerySet(models.QuerySet):
    """Memberships in time."""

    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Those that hold on a day (today, if none is given), of users who may log in."""
        return self.filter(valid_until__gte=day or timezone.localdate(), user__is_active=True)


class Membership(models.Model):
    """That a person belongs to the network for a municipality or a regional actor, until a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Person"),
        editable=False,
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    regional_actor = models.ForeignKey(
        RegionalActor,
        verbose_name=_("Regional actor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    valid_until = models.DateField(_("Member until"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Invited by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("Invited"), default=timezone.now, editable=False)
    # The last letter that left, for each kind: what is empty has not been told to the person.
    invitation_sent_at = models.DateTimeField(null=True, editable=False)
    told_until = models.DateField(null=True, editable=False)
    reminded_of = models.DateField(null=True, editable=False)
    # When the person was on the network's pages: now, and the day before that.
    visited_at = models.DateTimeField(_("Last visit"), null=True, editable=False)
    visited_before_at = models.DateTimeField(null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members of the network")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("municipality", "regional_actor"),
                name="membership_is_for_exactly_one_party",
                violation_error_message=_("Choose a municipality or a regional actor."),
            ),
            # Whoever comes back is the same member, prolonged.
            models.UniqueConstraint(
                fields=["user", "municipality"],
                name="membership_for_a_municipality_is_one",
                violation_error_message=_("The person already is a member: prolong that instead."),
            ),
            models.UniqueConstraint(
                fields=["user", "regional_actor"],
                name="membership_for_a_regional_actor_is_one",
                violation_error_message=_("The person already is a member: prolong that instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.party})"

    @property
    def party(self) -> Municipality | RegionalActor:
        """The municipality or regional actor."""
        return self.municipality or self.regional_actor  # type: ignore[return-value]

    @property
    def is_current(self) -> bool:
        """True while the membership holds, by the same rule as `current()`."""
        return self.valid_until >= timezone.localdate() and self.user.is_active
