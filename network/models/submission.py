"""What members of the network send in: drafts that staff look through."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.content.constraints import exactly_one_of
from foundation.content.publication import Decision, State
from network.models.membership import Membership
from publications.models.material import Material
from publications.models.practice import Practice


class SubmissionQuerySet(models.QuerySet):
    """Submissions, latest first."""

    def of(self, user_id: int | None) -> "SubmissionQuerySet":
        """Those of one member, with what they are."""
        return self.filter(membership__user=user_id).select_related("practice", "material")

    def waiting(self) -> "SubmissionQuerySet":
        """Those that nobody of the staff has taken up yet."""
        return self.filter(state=Submission.State.SENT)


class Submission(models.Model):
    """That a member has written a draft, and how far it has come."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written by the member")
        SENT = "sent", _("Waits for staff")
        TAKEN_UP = "taken_up", _("Taken up by staff")
        RETURNED = "returned", _("Returned with a comment")

    # While it is one of these, the text is the member's.
    EDITABLE: ClassVar = (State.DRAFT, State.SENT, State.RETURNED)

    practice = models.ForeignKey(
        Practice,
        verbose_name=_("good practice"),
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="submissions",
    )
    material = models.ForeignKey(
        Material,
        verbose_name=_("material"),
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="submissions",
    )
    membership = models.ForeignKey(
        Membership,
        verbose_name=_("Sender"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    language = models.CharField(
        _("Written in"), max_length=2, choices=settings.LANGUAGES, editable=False
    )
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.DRAFT)
    comment = models.TextField(
        _("Comment to the member"),
        max_length=2000,
        blank=True,
        help_text=_("Mailed when you return the draft. Write in the member's language."),
    )
    made_at = models.DateTimeField(_("Begun"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("Sent"), null=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Handled by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a member")
        verbose_name_plural = _("drafts of members")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("practice", "material"),
                name="submission_is_of_exactly_one_item",
                violation_error_message=_("Choose a good practice or a material."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "taken_up", "returned"]),
                name="submission_state_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="submission_language_is_known",
                violation_error_message=_("Choose Swedish or Finnish."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""),
                name="submission_returned_says_why",
                violation_error_message=_("Write to the member what is to be changed."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False),
                name="submission_sent_at_a_moment",
                violation_error_message=_("Say when the draft was sent."),
            ),
            models.UniqueConstraint(
                fields=["practice"],
                name="submission_of_a_practice_is_one",
                violation_error_message=_("The good practice has been sent in already."),
            ),
            models.UniqueConstraint(
                fields=["material"],
                name="submission_of_a_material_is_one",
                violation_error_message=_("The material has been sent in already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def item(self) -> Practice | Material:
        """The draft itself."""
        return self.practice or self.material  # type: ignore[return-value]

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return capfirst(str(self.item._meta.verbose_name))

    @property
    def is_editable(self) -> bool:
        """True while the member may go on writing."""
        return self.state in self.EDITABLE and self.item.decision == Decision.DRAFT

    @property
    def is_published(self) -> bool:
        """True when readers can see what came of it."""
        return self.item.state_at() == State.PUBLISHED

    @property
    def state_for_member(self) -> str:
        """How far it has come, in the member's words."""
        if self.item.decision == Decision.WITHDRAWN:
            return str(_("Taken down"))
        if self.is_published:
            return str(_("Published"))
        return str(
            {
                self.State.DRAFT: _("Draft, seen by nobody but you"),
                self.State.SENT: _("Sent, waits for the association"),
                self.State.TAKEN_UP: _("The association works on it"),
                self.State.RETURNED: _("Returned to you with a comment"),
            }[self.State(self.state)]
        )
