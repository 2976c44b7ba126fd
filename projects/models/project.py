"""The project, its goals, the organisations behind it and the parties that take part."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.content.addresses import address
from foundation.content.agreement import with_moments_ahead
from foundation.content.alongside import alongside, take
from foundation.content.constraints import exactly_one_of, rule_at_commit
from foundation.content.models import Bilingual, Content
from foundation.content.publication import published_is_complete
from municipalities.models import Municipality, RegionalActor
from projects.halfyears import Half, HalfYear, half_years
from projects.models.organisation import Organisation, Programme


class Project(Content):
    """A project that runs from one half-year to another."""

    route = "projects:project_detail"

    programme = models.ForeignKey(
        Programme,
        verbose_name=_("Part of the programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    first_year = models.PositiveSmallIntegerField(_("First year"))
    first_half = models.PositiveSmallIntegerField(_("First half-year"), choices=Half)
    last_year = models.PositiveSmallIntegerField(_("Last year"))
    last_half = models.PositiveSmallIntegerField(_("Last half-year"), choices=Half)

    class Meta(Content.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead", "body"),
            models.CheckConstraint(
                condition=Q(first_half__in=Half.values, last_half__in=Half.values),
                name="project_half_years_are_halves_of_years",
                violation_error_message=_("A half-year is spring or autumn."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gt=F("first_year"))
                | Q(last_year=F("first_year"), last_half__gte=F("first_half")),
                name="project_ends_after_it_begins",
                violation_error_message=_("The project must end after it begins."),
            ),
        ]
        triggers = [
            *Content.Meta.triggers,
            rule_at_commit(
                "project_has_an_owner",
                operation=pgtrigger.Insert,
                broken_when="""
                    EXISTS (SELECT FROM projects_project WHERE id = item.id) AND NOT EXISTS (
                        SELECT FROM projects_projectrole
                        WHERE project_id = item.id AND role = 'owner')""",
            ),
            rule_at_commit(
                "project_holds_its_periods",
                operation=pgtrigger.UpdateOf("first_year", "first_half", "last_year", "last_half"),
                broken_when="""
                    EXISTS (
                        SELECT FROM projects_themeperiod period
                        JOIN projects_project project ON project.id = period.project_id
                        WHERE project.id = item.id AND (period.year, period.half) NOT BETWEEN
                            (project.first_year, project.first_half)
                            AND (project.last_year, project.last_half))""",
            ),
        ]

    required_texts = ("title", "slug", "lead", "body")

    @classmethod
    def current(cls) -> "Project | None":
        """The project that the portal is about: the first that is published; one query."""
        examples = Participation.objects.filter(project=OuterRef("pk"), is_example=True)
        organisations = Organisation.objects.filter(project_roles__project=OuterRef("pk"))
        projects = cls.objects.published().select_related("programme")
        return alongside(
            with_moments_ahead(projects).annotate(has_examples=Exists(examples)),
            organisations=organisations.annotate(role=F("project_roles__role")).order_by(
                "project_roles__position"
            ),
        ).first()

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The organisations behind the current project, each with its `role`."""
        return take(self, "organisations", Organisation)

    @property
    def owner(self) -> Organisation | None:
        """The organisation that the current project belongs to."""
        return next((item for item in self.organisations if item.role == "owner"), None)

    def path(self, language: str | None = None, route: str | None = None, **extra: Any) -> str:
        """The project's fixed address: the portal is about one project."""
        return address(route or self.route, language)

    @property
    def first(self) -> HalfYear:
        """The half-year the project begins in."""
        return HalfYear(self.first_year, self.first_half)

    @property
    def last(self) -> HalfYear:
        """The half-year the project ends in."""
        return HalfYear(self.last_year, self.last_half)

    def half_years(self) -> list[HalfYear]:
        """The half-years of the project, in order."""
        return half_years(self.first, self.last)

    def has_begun(self, day: date | None = None) -> bool:
        """True from the first day of the project's first half-year on."""
        return (day or timezone.localdate()) >= self.first.first_day

    def is_concluded(self, day: date | None = None) -> bool:
        """True after the project's last half-year."""
        return (day or timezone.localdate()) > self.last.last_day


class Goal(Bilingual):
    """One of the project's goals."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(_("Number"))
    goal = models.TextField(_("Goal"), max_length=400, null=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position"],
                name="goal_number_is_its_own",
                violation_error_message=_("Another goal has this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class ProjectRole(models.Model):
    """What an organisation is to the project."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        FUNDER = "funder", _("Funder")
        PARTNER = "partner", _("Partner")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("Organisation"),
        on_delete=models.PROTECT,
        related_name="project_roles",
    )
    role = models.CharField(_("Role"), max_length=7, choices=Role)
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta:
        verbose_name = _("organisation in the project")
        verbose_name_plural = _("organisations in the project")
        ordering = ["role", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role="owner"),
                name="project_has_one_owner_only",
                violation_error_message=_("A project has exactly one owner."),
            ),
            models.UniqueConstraint(
                fields=["project", "organisation", "role"],
                name="project_names_an_organisation_once_in_a_role",
                violation_error_message=_("The organisation already has this role."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "funder", "partner"]),
                name="project_role_is_known",
                violation_error_message=_("Choose owner, funder or partner."),
            ),
        ]
        triggers = [
            rule_at_commit(
                "project_keeps_an_owner",
                operation=pgtrigger.Delete | pgtrigger.Update,
                broken_when="""
                    EXISTS (SELECT FROM projects_project WHERE id = OLD.project_id)
                    AND NOT EXISTS (
                        SELECT FROM projects_projectrole
                        WHERE project_id = OLD.project_id AND role = 'owner')""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class DateRange(Func):
    """A range of days in SQL, both ends included; no end means for the time being."""

    function = "DATERANGE"
    output_field = DateRangeField()


class ParticipationQuerySet(models.QuerySet):
    """Parties of the project."""

    def of_municipalities(self) -> "ParticipationQuerySet":
        """Municipalities that take or took part."""
        return self.filter(municipality__isnull=False)

    def of_regional_actors(self) -> "ParticipationQuerySet":
        """Regional actors that take or took part."""
        return self.filter(regional_actor__isnull=False)

    def counted(self) -> dict[str, int]:
        """How many parties of each kind there are, each once, and in how many regions."""
        return self.aggregate(
            municipality_count=Count("municipality", distinct=True),
            regional_actor_count=Count("regional_actor", distinct=True),
            region_count=Count("municipality__region", distinct=True),
        )


def _no_overlap_of(party: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=f"participation_of_a_{party}_does_not_overlap",
        expressions=[
            ("project", RangeOperators.EQUAL),
            (party, RangeOperators.EQUAL),
            (DateRange(F("start"), F("end"), Value("[]")), RangeOperators.OVERLAPS),
        ],
        condition=Q(**{f"{party}__isnull": False}),
        violation_error_message=_("The party already takes part during these dates."),
    )


class Participation(models.Model):
    """That a municipality or a regional actor takes part in the project, from a day to a day."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    regional_actor = models.ForeignKey(
        RegionalActor,
        verbose_name=_("Regional actor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    start = models.DateField(_("From"))
    end = models.DateField(_("Until"), null=True, blank=True)
    is_example = models.BooleanField(
        _("Example data"),
        default=False,
        help_text=_("While one participation is an example, every page says so."),
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("municipality", "regional_actor"),
                name="participation_is_of_exactly_one_party",
                violation_error_message=_("Choose a municipality or a regional actor."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="participation_ends_after_it_begins",
                violation_error_message=_("The participation must end after it begins."),
            ),
            _no_overlap_of("municipality"),
            _no_overlap_of("regional_actor"),
        ]

    def __str__(self) -> str:
        return str(self.municipality or self.regional_actor)
