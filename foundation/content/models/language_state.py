"""What is known of the two languages of a text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.content.publication import Pairing


class LanguageState(models.Model):
    """What is known of a text's two languages; written by a trigger (see `agreement`).

    A side has a moment of change while it is ahead of the other: the other is then due, or missing
    when it is not filled. Both sides can be ahead at once; the moment of the latest revision then
    tells which of them is the newer.
    """

    # Written by a trigger beside each text; what it knew comes back with an item from the bin.
    recorded_when_deleted = True

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    field = models.CharField(_("Field"), max_length=63)
    pairing = models.CharField(_("Languages"), max_length=4, choices=Pairing)
    agreed_sv = models.TextField(null=True)
    agreed_fi = models.TextField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sv_is_filled = models.BooleanField()
    fi_is_filled = models.BooleanField()
    sv_changed_at = models.DateTimeField(null=True)
    sv_revised_at = models.DateTimeField(null=True)
    sv_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    fi_changed_at = models.DateTimeField(null=True)
    fi_revised_at = models.DateTimeField(null=True)
    fi_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("language state")
        verbose_name_plural = _("language states")
        # Rights over texts and their publication, beside those that Django makes for each table.
        permissions = [
            ("publish", "Can publish, schedule and take down"),
            ("exchange_tables", "Can take whole tables out and in"),
            ("edit_own", "Can edit what belongs to the own municipality or regional actor"),
            ("translate_sv", "Can write texts in Swedish"),
            ("translate_fi", "Can write texts in Finnish"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "field"],
                name="language_state_is_kept_once_for_a_text",
                violation_error_message=_("The state of this text is already kept."),
            )
        ]
        indexes = [
            models.Index(
                fields=["sv_changed_at"],
                name="languagestate_sv_is_ahead",
                condition=Q(sv_changed_at__isnull=False),
            ),
            models.Index(
                fields=["fi_changed_at"],
                name="languagestate_fi_is_ahead",
                condition=Q(fi_changed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.field}"
