"""The half-year timeline: computed from data, and true at any date."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from projects.halfyears import HalfYear
from projects.models import Project, ThemePeriod, Workshop


@dataclass
class TimelineEntry:
    """One half-year of a project: its themes, its workshops, and where today is seen from it."""

    half_year: HalfYear
    moment: str  # "past", "current" or "upcoming"
    periods: list[ThemePeriod] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)

    @property
    def main_period(self) -> ThemePeriod | None:
        """The half-year's main theme; None where it is not known."""
        return next((period for period in self.periods if period.is_main), None)

    @property
    def is_unknown(self) -> bool:
        """Whether the half-year has begun without a theme that is recorded."""
        return not self.periods and self.moment != "upcoming"


def timeline(project: Project, day: date | None = None) -> list[TimelineEntry]:
    """The half-years of a project as seen on a day (today, if none is given); two queries.

    Example workshops are left out: they say nothing about what was done.
    """
    now = timezone.now()
    day = day or timezone.localdate(now)
    periods: dict[HalfYear, list[ThemePeriod]] = defaultdict(list)
    for period in ThemePeriod.objects.filter(project=project).select_related("theme"):
        if period.theme.state_at(now) == "published":
            periods[period.half_year].append(period)
    held = (
        Workshop.objects.published(now)
        .filter(day__range=(project.first.first_day, project.last.last_day), is_example=False)
        .select_related("theme", "series__theme")
        .order_by("day", "start_time")
    )
    workshops: dict[HalfYear, list[Workshop]] = defaultdict(list)
    for workshop in held:
        workshops[HalfYear.of(workshop.day)].append(workshop)
    return [
        TimelineEntry(half_year, _moment(half_year, day), periods[half_year], workshops[half_year])
        for half_year in project.half_years()
    ]


def _moment(half_year: HalfYear, day: date) -> str:
    if day in half_year:
        return "current"
    return "past" if half_year.last_day < day else "upcoming"
