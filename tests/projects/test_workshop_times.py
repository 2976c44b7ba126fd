"""When a workshop takes place, by the clock in Helsinki."""

from datetime import UTC, date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from projects.models import Workshop
from tests.factories import make_workshop

pytestmark = pytest.mark.django_db


def workshop_on(day: date, **given) -> Workshop:
    return Workshop.objects.get(pk=make_workshop(day=day, **given).pk)


@pytest.mark.parametrize(
    ("day", "hours_from_utc"),
    [
        (date(2018, 3, 24), 2),
        (date(2018, 3, 25), 3),  # the clocks went forward this night
        (date(2018, 10, 27), 3),
        (date(2018, 10, 28), 2),  # and back this one
    ],
)
def test_times_follow_helsinki_on_both_sides_of_the_change(day, hours_from_utc) -> None:
    workshop = workshop_on(day)
    assert workshop.starts_at.utcoffset() == timedelta(hours=hours_from_utc)
    assert workshop.starts_at.astimezone(UTC).hour == 9 - hours_from_utc
    assert workshop.ends_at.isoformat() == f"{day}T12:00:00+0{hours_from_utc}:00"


def test_workshop_over_the_night_of_the_change_ends_an_hour_later_than_the_clock_says() -> None:
    workshop = workshop_on(
        date(2018, 10, 27),
        last_day=date(2018, 10, 28),
        start_time=time(20),
        end_time=time(8),
    )
    assert workshop.ends_at.astimezone(UTC) - workshop.starts_at.astimezone(UTC) == timedelta(
        hours=13
    )


def test_workshop_without_times_takes_the_whole_day() -> None:
    workshop = workshop_on(date(2018, 10, 11), start_time=None, end_time=None)
    assert workshop.is_all_day
    assert workshop.starts_at.isoformat() == "2018-10-11T00:00:00+03:00"
    assert workshop.ends_at.isoformat() == "2018-10-11T23:59:00+03:00"


def test_workshop_without_last_day_ends_the_day_it_begins() -> None:
    day = date(2018, 10, 11)
    assert workshop_on(day, last_day=None).last_day == day
    new = Workshop(title_sv="Verkstad", title_fi="Työpaja", day=day)
    new.full_clean()
    assert new.last_day == day


def test_workshop_of_several_days_may_end_earlier_in_the_day_than_it_begins() -> None:
    workshop = workshop_on(
        date(2018, 10, 11), last_day=date(2018, 10, 12), start_time=time(13), end_time=time(11)
    )
    assert workshop.ends_at - workshop.starts_at == timedelta(hours=22)


def test_form_without_a_day_asks_for_one() -> None:
    with pytest.raises(ValidationError) as refused:
        Workshop(title_sv="Verkstad", title_fi="Työpaja").full_clean()
    assert "day" in refused.value.message_dict


def test_workshop_is_upcoming_until_its_last_day_has_passed() -> None:
    workshop = workshop_on(date(2018, 10, 11), last_day=date(2018, 10, 12))
    for day in (date(2018, 10, 10), date(2018, 10, 11), date(2018, 10, 12)):
        assert list(Workshop.objects.upcoming(day)) == [workshop]
        assert not Workshop.objects.past(day).exists()
    assert not Workshop.objects.upcoming(date(2018, 10, 13)).exists()
    assert list(Workshop.objects.past(date(2018, 10, 13))) == [workshop]


def test_upcoming_come_next_first_and_past_latest_first() -> None:
    morning, noon = (
        workshop_on(date(2018, 10, 11), start_time=time(hour), end_time=time(hour + 1))
        for hour in (9, 12)
    )
    earlier = workshop_on(date(2018, 10, 9))
    assert list(Workshop.objects.upcoming(date(2018, 10, 1))) == [earlier, morning, noon]
    assert list(Workshop.objects.past(date(2018, 11, 1))) == [noon, morning, earlier]


def test_today_is_the_day_in_helsinki(monkeypatch) -> None:
    from datetime import datetime

    from django.utils import timezone

    # Half past ten in the evening in London: already the next day in Helsinki.
    late = datetime(2018, 10, 11, 21, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    today = workshop_on(date(2018, 10, 11))
    assert list(Workshop.objects.past()) == [today]
    assert not Workshop.objects.upcoming().exists()


# Written for readers


def rendered(source: str, **context: object) -> str:
    return Template("{% load workshops %}" + source).render(Context(context))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "hours"), [("sv", "kl. 9–12.30"), ("fi", "klo 9–12.30")], ids=["sv", "fi"]
)
def test_period_writes_the_day_and_the_hours(language, hours) -> None:
    workshop = make_workshop(end_time="12:30")
    workshop.refresh_from_db()
    with translation.override(language):
        assert rendered("{% period w %}", w=workshop) == (
            '<time datetime="2018-10-11">11.10.2018</time> '
            f'<time datetime="2018-10-11T09:00:00+03:00">{hours}</time>'
        )


@pytest.mark.django_db
def test_period_of_a_day_without_times_and_of_several_days() -> None:
    workshop = make_workshop(start_time=None, end_time=None)
    assert rendered("{% period w %}", w=workshop) == '<time datetime="2018-10-11">11.10.2018</time>'
    workshop.last_day = date(2018, 10, 12)
    assert rendered("{% period w %}", w=workshop) == (
        '<time datetime="2018-10-11">11.10.2018</time>–'
        '<time datetime="2018-10-12">12.10.2018</time>'
    )


@pytest.mark.django_db
def test_hours_are_nothing_when_they_are_not_known() -> None:
    assert rendered("[{% hours w %}]", w=make_workshop(start_time=None, end_time=None)) == "[]"
