"""Who has which form open."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OpenForm(models.Model):
    """The form of an item in somebody's browser, as long as the browser says so."""

    unrecorded = "Noted by browsers every few seconds, and forgotten within the hour."

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=63)
    object_id = models.BigIntegerField()
    last_seen = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "user"],
                name="open_form_is_kept_once_for_an_item_and_a_user",
                violation_error_message=_("It is already known that the form is open."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.user_id}"
