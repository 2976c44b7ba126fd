"""What has been read of an uploaded file: its text, and pictures of its first pages."""

import re
from functools import partial
from html import unescape
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content.richtext import RichTextField
from publications.text_extraction.page_picture_names import WIDTHS, drawn_name


class Readable(models.Model):
    """A file whose text stands on the page; found by reading, put right and checked by people."""

    class Reading(models.TextChoices):
        NONE = "none", _("Nothing to read in such a file")
        WAITING = "waiting", _("Being read …")
        READ = "read", _("Read automatically")
        FAILED = "failed", _("Could not be read")

    # Formats whose text is read, and those of which only the length is.
    WITH_TEXT = ("pdf", "pptx", "docx")
    WITH_LENGTH = ("mp4", "webm")

    # Read from the file itself, hence in the file's language: no translated field.
    reading_text = RichTextField(
        _("The text of the file"),
        blank=True,
        default="",
        help_text=_("Shown under “Read as text”, in the file's own language."),
    )
    reading_state = models.CharField(
        _("Reading"), max_length=7, choices=Reading, default=Reading.NONE, editable=False
    )
    reading_problem = models.CharField(max_length=12, blank=True, editable=False)
    text_checked_at = models.DateTimeField(_("Checked"), null=True, blank=True, editable=False)
    text_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Checked by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Of each drawn page its number, heading, size in pixels and folder in the storage; they are
    # drawn anew all together, and never asked for one by one.
    page_pictures = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(reading_state__in=["none", "waiting", "read", "failed"]),
                name="%(class)s_reading_state_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=(Q(reading_state="failed") & ~Q(reading_problem=""))
                | (~Q(reading_state="failed") & Q(reading_problem="")),
                name="%(class)s_that_could_not_be_read_has_a_reason",
                violation_error_message=_("Say why the file could not be read."),
            ),
            models.CheckConstraint(
                condition=Q(text_checked_at__isnull=True) | ~Q(reading_text=""),
                name="%(class)s_has_a_text_before_it_is_checked",
                violation_error_message=_("Only a text that is there can be checked."),
            ),
            models.CheckConstraint(
                condition=Q(text_checked_by__isnull=True) | Q(text_checked_at__isnull=False),
                name="%(class)s_is_checked_at_a_moment",
                violation_error_message=_("Say when the text was checked."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a file with new bytes is read as soon as they are there to stay."""
        is_new = bool(self.file) and not self.file._committed
        if is_new:
            self.await_reading()
        super().save(*args, **kwargs)
        if is_new and self.reading_state == self.Reading.WAITING:
            self.read_later()

    def await_reading(self) -> None:
        """Note that the file is to be read; without reading there is nothing to wait for."""
        can_be_read = self.format in (*self.WITH_TEXT, *self.WITH_LENGTH)
        self.reading_state = self.Reading.WAITING if can_be_read else self.Reading.NONE
        self.reading_problem = ""

    def read_later(self) -> None:
        """Have the file read once the change is committed."""
        # The task is of this model, so it can be imported only when both are there.
        from publications.text_extraction.tasks import read_file

        transaction.on_commit(partial(read_file.enqueue, self.pk))

    def read_again(self) -> None:
        """Have the file read anew, and its text replaced by what is found."""
        self.await_reading()
        self.text_checked_at = self.text_checked_by = None
        self.save(
            update_fields=[
                *("reading_state", "reading_problem", "text_checked_at", "text_checked_by")
            ]
        )
        self.read_later()

    def check_text(self, user: Any) -> None:
        """Note that a person has checked the text now."""
        self.text_checked_at, self.text_checked_by = timezone.now(), user

    @staticmethod
    def drawn_of(row: dict[str, Any]) -> list[str]:
        """Names in the storage of the drawn pages of a file, by the columns of its row."""
        return [
            f"{picture['folder']}/{drawn_name(picture['number'], width)}"
            for picture in row["page_pictures"]
            for width in WIDTHS
        ]

    @property
    def is_unchecked(self) -> bool:
        """True for a text that nobody has looked at since it was read."""
        return bool(self.reading_text) and self.text_checked_at is None

    def plain_text(self) -> str:
        """The text of the file without its markup, a line for each block."""
        broken = re.sub(r"</?(p|h\d|li|tr|br)\b[^>]*>", "\n", self.reading_text)
        lines = unescape(re.sub(r"<[^>]*>", " ", broken)).split("\n")
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
