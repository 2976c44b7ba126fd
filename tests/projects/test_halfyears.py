"""Half-years: spring is January to June, autumn July to December."""

from datetime import date

import pytest
from django.utils import translation

from projects.halfyears import Half, HalfYear, half_years

SPRING_18, AUTUMN_18 = HalfYear(2018, Half.SPRING), HalfYear(2018, Half.AUTUMN)


@pytest.mark.parametrize(
    ("day", "half_year"),
    [
        (date(2018, 1, 1), SPRING_18),
        (date(2018, 6, 30), SPRING_18),
        (date(2018, 7, 1), AUTUMN_18),
        (date(2018, 12, 31), AUTUMN_18),
        (date(2020, 2, 29), HalfYear(2020, Half.SPRING)),
    ],
)
def test_every_day_lies_in_its_half_year(day, half_year) -> None:
    assert HalfYear.of(day) == half_year
    assert day in half_year


def test_half_year_begins_and_ends_on_its_days() -> None:
    assert (SPRING_18.first_day, SPRING_18.last_day) == (date(2018, 1, 1), date(2018, 6, 30))
    assert (AUTUMN_18.first_day, AUTUMN_18.last_day) == (date(2018, 7, 1), date(2018, 12, 31))
    assert date(2018, 7, 1) not in SPRING_18
    assert date(2017, 12, 31) not in SPRING_18


def test_half_years_follow_each_other() -> None:
    assert SPRING_18.next() == AUTUMN_18
    assert AUTUMN_18.next() == HalfYear(2019, Half.SPRING)
    assert SPRING_18 < AUTUMN_18 < HalfYear(2019, Half.SPRING)


def test_half_years_of_the_project_are_five() -> None:
    found = half_years(HalfYear(2017, Half.AUTUMN), HalfYear(2019, Half.AUTUMN))
    assert [(one.year, int(one.half)) for one in found] == [
        (2017, 2),
        (2018, 1),
        (2018, 2),
        (2019, 1),
        (2019, 2),
    ]


def test_half_years_from_a_later_to_an_earlier_are_none() -> None:
    assert half_years(AUTUMN_18, SPRING_18) == []
    assert half_years(SPRING_18, SPRING_18) == [SPRING_18]


@pytest.mark.parametrize(
    ("language", "spring", "autumn"),
    [("sv", "våren 2018", "hösten 2018"), ("fi", "kevät 2018", "syksy 2018")],
)
def test_half_year_is_named_in_both_languages(language, spring, autumn) -> None:
    with translation.override(language):
        assert (str(SPRING_18), str(AUTUMN_18)) == (spring, autumn)
