"""The four themes, and the half-years they are worked on."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.content.constraints import rule_at_commit
from foundation.content.models import Bilingual, Content
from foundation.content.publication import published_is_complete
from projects.halfyears import Half, HalfYear
from projects.models.project import Project


class Theme(Content):
    """One of the themes of the work; its thread is the colour and motif that mark its items."""

    route = "projects:theme_detail"

    thread = models.PositiveSmallIntegerField(
        _("Thread"),
        unique=True,
        choices=[(number, str(number)) for number in range(1, 5)],
        help_text=_("The colour and motif that mark the theme's workshops, materials and stories."),
    )

    class Meta(Content.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["thread"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
            models.CheckConstraint(
                condition=Q(thread__range=(1, 4)),
                name="theme_has_one_of_four_threads",
                violation_error_message=_("There are four threads."),
            ),
        ]


class ThemePeriod(Bilingual):
    """That a theme is worked on in a half-year, with what was done then."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="periods")
    theme = models.ForeignKey(
        Theme, verbose_name=_("Theme"), on_delete=models.PROTECT, related_name="periods"
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    half = models.PositiveSmallIntegerField(_("Half-year"), choices=Half)
    is_main = models.BooleanField(_("Main theme"), default=True)
    summary = models.CharField(
        _("What was done"),
        max_length=300,
        null=True,
        blank=True,
        help_text=_("One sentence for the timeline, for example which part of a process it was."),
    )

    class Meta:
        verbose_name = _("theme of a half-year")
        verbose_name_plural = _("themes of half-years")
        ordering = ["year", "half", "-is_main"]
        constraints = [
            models.CheckConstraint(
                condition=Q(half__in=Half.values),
                name="theme_period_is_a_half_of_a_year",
                violation_error_message=_("A half-year is spring or autumn."),
            ),
            models.UniqueConstraint(
                fields=["project", "theme", "year", "half"],
                name="theme_has_a_half_year_once",
                violation_error_message=_("The theme already has this half-year."),
            ),
            models.UniqueConstraint(
                fields=["project", "year", "half"],
                condition=Q(is_main=True),
                name="half_year_has_one_main_theme",
                violation_error_message=_("The half-year already has a main theme."),
            ),
        ]
        triggers = [
            rule_at_commit(
                "theme_period_lies_inside_its_project",
                operation=pgtrigger.Insert | pgtrigger.Update,
                broken_when="""
                    EXISTS (
                        SELECT FROM projects_themeperiod period
                        JOIN projects_project project ON project.id = period.project_id
                        WHERE period.id = item.id AND (period.year, period.half) NOT BETWEEN
                            (project.first_year, project.first_half)
                            AND (project.last_year, project.last_half))""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.half_year}: {self.theme}"

    @property
    def half_year(self) -> HalfYear:
        return HalfYear(self.year, self.half)
