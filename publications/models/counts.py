"""How often files and kits have been fetched, day by day; nothing of who fetched them is kept."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publications.models.material import MaterialFile


class DayQuerySet(models.QuerySet):
    """Counts of days."""

    def between(self, first: date | None, last: date | None) -> "DayQuerySet":
        """Those of the days from the first to the last, both included; None is no limit."""
        days = self.filter(day__gte=first) if first else self
        return days.filter(day__lte=last) if last else days


class DownloadDay(models.Model):
    """How often a file was fetched on a day, by the language of the page it was fetched under."""

    # Counted by machines; what was counted comes back with a material from the bin.
    recorded_when_deleted = True

    class Language(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        FINNISH = "fi", _("Finnish")

    file = models.ForeignKey(
        MaterialFile, verbose_name=_("File"), on_delete=models.CASCADE, related_name="download_days"
    )
    language = models.CharField(_("Language of the page"), max_length=2, choices=Language)
    day = models.DateField(_("Day"))  # by the calendar in Helsinki
    count = models.PositiveIntegerField(_("Downloads"))

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = pgettext_lazy("plural", "downloads of a day")
        ordering = ["day", "file", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "language", "day"],
                name="download_day_is_kept_once_for_a_file_and_language",
                violation_error_message=_("The downloads of this file and day are already kept."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "fi"]),
                name="download_day_language_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="download_day_counts_from_one",
                violation_error_message=_("A day without downloads is not kept."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {self.file_id} {self.language}: {self.count}"


class KitDay(models.Model):
    """How often the kit of an item was fetched on a day, by the languages that were chosen."""

    unrecorded = "Counted by machines, and never deleted with an item."

    class Language(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        FINNISH = "fi", _("Finnish")
        BOTH = "sv+fi", _("Swedish and Finnish")

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    language = models.CharField(_("Languages of the kit"), max_length=5, choices=Language)
    day = models.DateField(_("Day"))  # by the calendar in Helsinki
    count = models.PositiveIntegerField(_("Downloads"))

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("kits of a day")
        verbose_name_plural = pgettext_lazy("plural", "kits of a day")
        ordering = ["day", "kind", "object_id", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language", "day"],
                name="kit_day_is_kept_once_for_an_item_and_language",
                violation_error_message=_("The kits of this item and day are already kept."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "fi", "sv+fi"]),
                name="kit_day_language_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="kit_day_counts_from_one",
                violation_error_message=_("A day without downloads is not kept."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y} {self.kind} {self.object_id} {self.language}: {self.count}"
