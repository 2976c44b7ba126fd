"""The half-year timeline: computed from data, true at any date."""

from datetime import UTC, date, datetime

import pytest

from projects.halfyears import HalfYear
from projects.timeline import timeline
from tests.factories import make_project, make_theme, make_theme_period, make_workshop

pytestmark = pytest.mark.django_db


def moments(day: date) -> list[str]:
    return [entry.moment for entry in timeline(make_project(), day)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 6, 30), ["upcoming"] * 5),
        (date(2017, 7, 1), ["current", *["upcoming"] * 4]),
        (date(2017, 12, 31), ["current", *["upcoming"] * 4]),
        (date(2018, 1, 1), ["past", "current", *["upcoming"] * 3]),
        (date(2019, 12, 31), [*["past"] * 4, "current"]),
        (date(2020, 1, 1), ["past"] * 5),
        (date(2026, 5, 1), ["past"] * 5),
    ],
)
def test_timeline_is_true_at_any_date(day, expected) -> None:
    assert moments(day) == expected


def test_timeline_has_every_half_year_of_the_project_also_an_empty_one() -> None:
    entries = timeline(make_project())
    assert [entry.half_year for entry in entries][:2] == [HalfYear(2017, 2), HalfYear(2018, 1)]
    assert len(entries) == 5
    assert all(entry.main_period is None and not entry.workshops for entry in entries)


def test_half_year_without_theme_is_unknown_once_it_has_begun() -> None:
    project = make_project()
    make_theme_period(project=project, theme=make_theme(), year=2017, half=2)
    entries = timeline(project, date(2018, 8, 1))
    assert [entry.is_unknown for entry in entries] == [False, True, True, False, False]


def test_theme_stands_in_each_of_its_half_years_and_the_main_one_first() -> None:
    project = make_project()
    main, side = make_theme(), make_theme()
    for year, half in ((2018, 1), (2018, 2)):
        make_theme_period(project=project, theme=side, year=year, half=half, is_main=False)
        make_theme_period(project=project, theme=main, year=year, half=half)
    found = {entry.half_year: entry for entry in timeline(project)}
    for half_year in (HalfYear(2018, 1), HalfYear(2018, 2)):
        assert [period.theme for period in found[half_year].periods] == [main, side]
        assert found[half_year].main_period.theme == main
    assert found[HalfYear(2017, 2)].periods == []


def test_draft_theme_does_not_show_on_the_timeline() -> None:
    project = make_project()
    make_theme_period(project=project, theme=make_theme(decision="draft"))
    make_theme_period(
        project=project, theme=make_theme(publish_at=datetime(2100, 1, 1, tzinfo=UTC))
    )
    assert not any(entry.periods for entry in timeline(project))


def test_workshops_stand_in_the_half_year_of_their_day() -> None:
    project = make_project()
    spring = make_workshop(day=date(2018, 6, 30))
    autumn = make_workshop(day=date(2018, 7, 1))
    later = make_workshop(day=date(2018, 12, 31))
    make_workshop(day=date(2017, 6, 30))
    make_workshop(day=date(2020, 1, 1))
    make_workshop(day=date(2018, 8, 1), decision="draft")
    found = {entry.half_year: entry.workshops for entry in timeline(project)}
    assert found[HalfYear(2018, 1)] == [spring]
    assert found[HalfYear(2018, 2)] == [autumn, later]
    assert sum(map(len, found.values())) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_takes_two_queries(count, django_assert_num_queries) -> None:
    project = make_project()
    for _number in range(count):
        theme = make_theme()
        make_theme_period(project=project, theme=theme)
        make_workshop(theme=theme)
    with django_assert_num_queries(2):
        for entry in timeline(project):
            [str(period) for period in entry.periods]
            [str(workshop.theme) for workshop in entry.workshops]


def test_project_is_concluded_after_its_last_half_year() -> None:
    project = make_project()
    assert not project.is_concluded(date(2019, 12, 31))
    assert project.is_concluded(date(2020, 1, 1))
