"""Good practice: what works somewhere, described so that others can do it too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import NAMED_IN_BOTH, Municipality
from portal.content.models import Bilingual, Content
from portal.content.publication import published_is_complete
from portal.content.richtext import RichTextField
from projects.models import Contact, Theme


class TaskArea(Bilingual):
    """A statutory task area of municipalities, by which practices are grouped."""

    name = models.CharField(_("Name"), max_length=120, null=True)
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta:
        verbose_name = _("task area")
        verbose_name_plural = _("task areas")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="task_area_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("name"))


class Practice(Content):
    """A good practice: the need, the idea, how it is done and what came of it."""

    route = "publications:practice_detail"

    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    task_areas = models.ManyToManyField(
        TaskArea, verbose_name=_("Task areas"), blank=True, related_name="practices"
    )
    municipalities = models.ManyToManyField(
        Municipality,
        through="Adoption",
        related_name="practices",
        verbose_name=_("Municipalities"),
    )
    need = RichTextField(_("The need"), null=True, blank=True)
    how = RichTextField(_("How it is done"), null=True, blank=True)
    results = RichTextField(_("Results"), null=True, blank=True)
    requirements = RichTextField(_("What it takes"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("Contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    full_model = models.URLField(
        _("Full description elsewhere"),
        blank=True,
        help_text=_("Address of the full model, for example in a national model bank."),
    )

    class Meta(Content.Meta):
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
        ]


class PracticeTaskArea(Practice.task_areas.through):  # type: ignore[name-defined]
    """A task area of a practice: the place of the trigger that tells search of it."""

    class Meta:
        proxy = True


class Adoption(models.Model):
    """That a municipality works by a practice, as its origin or after others."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    is_origin = models.BooleanField(_("Began here"), default=False)

    class Meta:
        verbose_name = _("municipality that does this")
        verbose_name_plural = _("municipalities that do this")
        ordering = ["-is_origin", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "municipality"],
                name="practice_names_a_municipality_once",
                violation_error_message=_("The municipality is already named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)
