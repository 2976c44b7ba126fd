"""Pictures."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.content import pictures
from foundation.content.models.bilingual import Bilingual


class Image(Bilingual):
    """A picture with what a reader who cannot see it needs to know."""

    file = models.ImageField(
        _("File"),
        upload_to=pictures.upload_path,
        width_field="width",
        height_field="height",
        validators=[pictures.validate_picture],
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("Text alternative"),
        max_length=250,
        null=True,
        blank=True,
        help_text=_("What the picture shows, for a reader who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("Decoration only"),
        default=False,
        help_text=_("The picture says nothing that the text does not: it needs no alternative."),
    )
    credit = models.CharField(_("Picture by"), max_length=120)
    licence = models.CharField(_("Licence"), max_length=120, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("Focus from the left, %"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("Focus from the top, %"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True)
                | (Q(alt_sv__isnull=False, alt_fi__isnull=False) & ~Q(alt_sv="") & ~Q(alt_fi="")),
                name="image_has_text_alternative_or_is_decorative",
                violation_error_message=_(
                    "Give a text alternative in both languages, or mark the picture as decoration."
                ),
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                name="image_focus_is_inside_the_picture",
                violation_error_message=_("The focus must lie inside the picture."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("alt") or self.file.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and draw the widths that pages use when the file is new."""
        is_new_file = bool(self.file) and not self.file._committed
        super().save(*args, **kwargs)
        if is_new_file:
            # A camera held upright notes that its picture is to be turned: as drawn, it is.
            self.width, self.height = pictures.draw_widths(self.file)
            super().save(update_fields=["width", "height"])

    @staticmethod
    def drawn_of(row: dict[str, Any]) -> list[str]:
        """Names in the storage of what was drawn of a picture, by the columns of its row."""
        return [
            pictures.width_path(row["file"], width) for width in pictures.widths_of(row["width"])
        ]

    def sources(self) -> list[tuple[int, str]]:
        """Widths in pixels and addresses of the drawn pictures, narrowest first."""
        return [
            (width, reverse("content:picture", args=[self.pk, width]))
            for width in pictures.widths_of(self.width)
        ]
