"""Half-years, the beat of the project: the theme changes twice a year."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext, pgettext_lazy


class Half(models.IntegerChoices):
    """Spring is January to June, autumn July to December."""

    SPRING = 1, pgettext_lazy("half-year", "spring")
    AUTUMN = 2, pgettext_lazy("half-year", "autumn")


@dataclass(frozen=True, order=True)
class HalfYear:
    """One half of a year, such as autumn 2018."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """The half-year a day lies in."""
        return cls(day.year, Half.SPRING if day.month <= 6 else Half.AUTUMN)

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == Half.SPRING else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == Half.SPRING else date(self.year, 12, 31)

    def next(self) -> "HalfYear":
        """The half-year that follows."""
        if self.half == Half.SPRING:
            return HalfYear(self.year, Half.AUTUMN)
        return HalfYear(self.year + 1, Half.SPRING)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        if self.half == Half.SPRING:
            return gettext("spring %(year)d") % {"year": self.year}
        return gettext("autumn %(year)d") % {"year": self.year}


def half_years(first: HalfYear, last: HalfYear) -> list[HalfYear]:
    """Every half-year from the first to the last, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = first.next()
    return found
