"""Organisations, and the programmes that projects belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.content.models import Bilingual, Content
from foundation.content.publication import published_is_complete
from municipalities.models import NAMED_IN_BOTH, Municipality


class Organisation(Bilingual):
    """A body that owns, funds or takes part in work: an association, a ministry, a university."""

    name = models.CharField(_("Name"), max_length=160, null=True)
    abbreviation = models.CharField(_("Abbreviation"), max_length=20, null=True, blank=True)
    gloss = models.CharField(
        _("Explanation"),
        max_length=160,
        null=True,
        blank=True,
        help_text=_("When the name itself is in the other language: what it means."),
    )
    name_language = models.CharField(
        _("Language of the name"),
        max_length=2,
        choices=[("sv", _("Swedish")), ("fi", _("Finnish"))],
        blank=True,
        help_text=_("Only for a name that is the same in both languages but belongs to one."),
    )
    website = models.URLField(_("Website"), null=True, blank=True)
    phone = models.CharField(
        _("Switchboard"),
        max_length=60,
        blank=True,
        help_text=_("Shown on the page of contacts, for the owner of the project."),
    )
    visiting_address = models.CharField(
        _("Visiting address"), max_length=200, null=True, blank=True
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="organisation_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("name"))


class Programme(Content):
    """A programme that projects or studies belong to; its participants are its own."""

    route = "projects:programme_detail"

    coordinator = models.ForeignKey(
        Organisation,
        verbose_name=_("Co-ordinated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    municipalities = models.ManyToManyField(
        Municipality,
        through="ProgrammeParticipant",
        related_name="programmes",
        verbose_name=_("Municipalities"),
    )

    class Meta(Content.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
        ]


class ProgrammeParticipant(models.Model):
    """A municipality in a programme: another relation than taking part in the project."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participants")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        on_delete=models.PROTECT,
        related_name="programme_participations",
    )
    is_case = models.BooleanField(
        _("Studied in depth"), default=False, help_text=_("A case municipality of the study.")
    )

    class Meta:
        verbose_name = _("municipality in the programme")
        verbose_name_plural = _("municipalities in the programme")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality"],
                name="programme_names_a_municipality_once",
                violation_error_message=_("The municipality is already in the programme."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)
