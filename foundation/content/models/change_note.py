"""What readers are told of changes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models.bilingual import Bilingual
from foundation.content.publication import Pairing, filled

NOTE_LENGTH = 300  # characters


class ChangeNote(Bilingual):
    """What readers are told of a change to an item: a note by an editor, or a fact of its course.

    Notes are added and removed, never rewritten. What follows from an item's own columns (that it
    has become public, that a file has a new version) is no row here: it is computed.
    """

    class Event(models.TextChoices):
        NOTE = "note", _("Note by an editor")
        MOVED = "moved", _("Time or place changed")
        CANCELLED = "cancelled", _("Cancelled")
        REINSTATED = "reinstated", _("Takes place after all")

    # A note is written in both languages at once, and then stays as it is.
    not_compared = ("note",)

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    moment = models.DateTimeField(_("When"), default=timezone.now)
    event = models.CharField(_("What happened"), max_length=10, choices=Event, default=Event.NOTE)
    pairing = models.CharField(_("Languages"), max_length=4, choices=Pairing, default=Pairing.BOTH)
    note = models.CharField(
        _("What is new for the reader"), max_length=NOTE_LENGTH, null=True, blank=True
    )

    class Meta:
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")
        ordering = ["-moment", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=["note", "moved", "cancelled", "reinstated"]),
                name="change_note_event_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=Q(pairing__in=["both", "sv", "fi"]),
                name="change_note_pairing_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=~Q(event="note")
                | Q(pairing="both") & filled("note", "sv") & filled("note", "fi")
                | Q(pairing="sv") & filled("note", "sv")
                | Q(pairing="fi") & filled("note", "fi"),
                name="change_note_is_complete_or_declared",
                violation_error_message=_("Write what is new in every language the item is in."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="changenote_by_item")]

    def __str__(self) -> str:
        return str(self.text("note")) or str(self.get_event_display())

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the note is in: those of its item when it was written."""
        return languages.CODES if self.pairing == Pairing.BOTH else (self.pairing,)
