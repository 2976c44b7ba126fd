"""How pages looked before they were saved."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def preview_token() -> str:
    """What the address of a preview cannot be guessed without (128 bits)."""
    return secrets.token_urlsafe(16)


class Preview(models.Model):
    """How an item's two pages looked as an editor had them in the form; kept for a few days."""

    unrecorded = "Drawn pages, kept for a few days."

    token = models.CharField(max_length=22, unique=True, default=preview_token)
    title = models.CharField(max_length=200)
    page_sv = models.TextField()
    page_fi = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    # Table and id of the item, which may have been none but the form's own.
    kind = models.CharField(max_length=63, blank=True, db_default="")
    object_id = models.BigIntegerField(null=True, blank=True)
    # Taken for such where nobody has said so: a release that knows nothing of it may still run.
    is_for_members = models.BooleanField(default=True, db_default=True)
    # While this is empty, only the editor who made it can see it.
    shared_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_until__isnull=True) | Q(shared_until__gt=models.F("made_at")),
                name="preview_is_shared_until_after_it_is_made",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title
