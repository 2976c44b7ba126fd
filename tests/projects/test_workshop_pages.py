"""The pages of workshops and series: what they lead with, and what readers are told of changes."""

import json
import re
from datetime import date

import pytest

from projects.models import Workshop
from tests.factories import (
    make_contact,
    make_contact_assignment,
    make_municipality,
    make_series,
    make_theme,
    make_workshop,
)

pytestmark = pytest.mark.django_db

TO_COME = date(2100, 5, 4)


def page_of(client, item, language: str = "sv") -> str:
    response = client.get(item.path(language))
    assert response.status_code == 200
    return response.content.decode()


def data_of(page: str) -> dict:
    return json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])


def order(page: str, *parts: str) -> list[str]:
    """The parts in the order they stand on the page."""
    assert all(part in page for part in parts), [part for part in parts if part not in page]
    return sorted(parts, key=page.index)


# Moved and cancelled


def moved(**given) -> Workshop:
    workshop = make_workshop(day=date(2019, 3, 5), status="confirmed", **given)
    workshop.day = workshop.last_day = date(2019, 3, 12)
    workshop.status = "moved"
    workshop.save()
    workshop.refresh_from_db()
    return workshop


def test_former_day_is_kept_by_whoever_changes_the_day() -> None:
    workshop = make_workshop(day=date(2019, 3, 5))
    rows = Workshop.objects.filter(pk=workshop.pk)
    rows.update(day=date(2019, 3, 12), last_day=date(2019, 3, 12))
    assert rows.get().former_day == date(2019, 3, 5)
    rows.update(day=date(2019, 3, 19), last_day=date(2019, 3, 19))
    assert rows.get().former_day == date(2019, 3, 12)
    rows.update(start_time=None, end_time=None)
    assert rows.get().former_day == date(2019, 3, 12)


def test_editor_may_say_another_former_day() -> None:
    workshop = make_workshop(day=date(2019, 3, 5))
    Workshop.objects.update(
        day=date(2019, 3, 12), last_day=date(2019, 3, 12), former_day=date(2019, 2, 1)
    )
    workshop.refresh_from_db()
    assert workshop.former_day == date(2019, 2, 1)


def test_day_of_a_draft_was_never_told_to_anybody() -> None:
    workshop = make_workshop(day=date(2019, 3, 5), decision="draft")
    Workshop.objects.update(day=date(2019, 3, 12), last_day=date(2019, 3, 12))
    workshop.refresh_from_db()
    assert workshop.former_day is None


def test_workshop_may_move_back_to_its_former_day() -> None:
    workshop = moved()
    workshop.day = workshop.last_day = date(2019, 3, 5)
    workshop.full_clean()
    workshop.save()
    workshop.refresh_from_db()
    assert workshop.former_day == date(2019, 3, 12)


def test_former_day_is_told_while_the_status_is_moved() -> None:
    workshop = moved()
    assert workshop.moved_from == date(2019, 3, 5)
    workshop.status = "held"
    assert workshop.moved_from is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Flyttad från"), ("fi", "Siirretty, aiemmin")],
)
def test_moved_workshop_says_from_when_on_page_list_series_and_card(
    client, language, words
) -> None:
    theme, series, place = make_theme(), make_series(), make_municipality()
    workshop = moved(theme=theme, series=series, municipalities=[place])
    told = re.compile(rf'{words} <time datetime="2019-03-05">5\.3\.2019</time>')
    for item in (workshop, series, theme, place):
        assert told.search(page_of(client, item, language)), item
    listed = client.get({"sv": "/sv/verkstader/", "fi": "/fi/tyopajat/"}[language])
    assert told.search(listed.content.decode())


@pytest.mark.parametrize(("language", "word"), [("sv", "Inställd"), ("fi", "Peruttu")])
def test_cancelled_workshop_says_so_on_page_list_series_and_card(client, language, word) -> None:
    theme, series, place = make_theme(), make_series(), make_municipality()
    workshop = make_workshop(
        theme=theme, series=series, municipalities=[place], status="cancelled", day=TO_COME
    )
    assert f"<strong>{word}.</strong>" in page_of(client, workshop, language)
    for item in (series, theme, place):
        assert f">{word}</strong>" in page_of(client, item, language), item
    listed = client.get({"sv": "/sv/verkstader/", "fi": "/fi/tyopajat/"}[language])
    assert f">{word}</strong>" in listed.content.decode()


# What a page leads with


def test_workshop_to_come_leads_with_its_facts_and_a_past_one_with_its_outcome(client) -> None:
    workshop = make_workshop(day=TO_COME, status="confirmed")
    page = page_of(client, workshop)
    assert "Vad det ledde till" not in page
    Workshop.objects.update(day=date(2018, 10, 11), last_day=date(2018, 10, 11), status="held")
    workshop.refresh_from_db()
    page = page_of(client, workshop)
    outcome, facts = "Vi enades om tre steg.", '<dl class="facts">'
    assert order(page, facts, outcome) == [outcome, facts]


def test_past_workshop_without_an_outcome_names_that_of_its_series(client) -> None:
    series = make_series()
    workshop = make_workshop(series=series, outcome_sv=None, outcome_fi=None)
    page = page_of(client, workshop)
    assert "Resultatet av hela serien finns på seriens sida:" in page
    type(series).objects.update(decision="draft")
    page = page_of(client, workshop)
    assert "Resultatet av hela serien" not in page
    assert series.title_sv not in page


def test_cancelled_workshop_tells_of_no_outcome(client) -> None:
    page = page_of(client, make_workshop(status="cancelled"))
    assert "Vi enades om tre steg." not in page


def test_series_leads_with_its_outcome_once_no_date_is_to_come(client) -> None:
    series = make_series()
    make_workshop(series=series)
    coming = make_workshop(series=series, day=TO_COME, status="confirmed")
    outcome, facts = "En modell växte fram.", '<dl class="facts">'
    page = page_of(client, series)
    assert order(page, facts, outcome) == [facts, outcome]
    assert "Vad arbetet har gett hittills" in page
    fact = page[page.index("<dt>Nästa träff</dt>") :].split("</div>")[0]
    assert coming.path() in fact
    Workshop.objects.filter(pk=coming.pk).update(status="cancelled")
    page = page_of(client, series)
    assert order(page, facts, outcome) == [outcome, facts]
    assert "Nästa träff" not in page


def test_series_shows_its_dates_in_order_with_half_years_and_status(client) -> None:
    series, place = make_series(), make_municipality()
    second = make_workshop(series=series, day=date(2019, 2, 5), municipalities=[place])
    first = make_workshop(series=series, day=date(2018, 10, 11))
    make_workshop(series=series, day=date(2018, 12, 1), decision="draft", title_sv="Hemligt")
    page = page_of(client, series)
    assert order(page, second.path(), first.path()) == [first.path(), second.path()]
    assert "hösten 2018 – våren 2019" in page
    assert "2 träffar" in page
    assert page.count(">Hållen<") == 2
    assert place.path() in page
    assert "Hemligt" not in page


def test_workshop_leads_to_the_dates_before_and_after_it(client) -> None:
    series = make_series()
    dates = [make_workshop(series=series) for _number in range(3)]
    hidden = make_workshop(series=series, decision="draft", title_sv="Hemligt")
    pages = [page_of(client, workshop) for workshop in dates]
    for number, page in enumerate(pages):
        assert f"Verkstad {number + 1} av 3" in page
        assert ("Före den här" in page) == (number > 0)
        assert ("Efter den här" in page) == (number < 2)
        assert hidden.title_sv not in page
    assert dates[0].path() in pages[1]
    assert dates[2].path() in pages[1]
    assert dates[2].path() not in pages[0]


def test_workshop_alone_in_its_series_has_no_neighbours(client) -> None:
    for series in (None, make_series()):
        page = page_of(client, make_workshop(series=series))
        assert "Läs också" not in page
        assert " av 1" not in page


# Who, where


@pytest.mark.parametrize(("language", "word"), [("sv", "Processledare"), ("fi", "Fasilitoija")])
def test_facilitator_is_named_among_the_facts_of_workshop_and_series(
    client, language, word
) -> None:
    series = make_series()
    workshop = make_workshop(series=series)
    leader, other = make_contact(name="Eeva Ström"), make_contact(name="Matti Ahlqvist")
    make_contact_assignment(workshop=workshop, contact=leader, is_facilitator=True)
    make_contact_assignment(workshop=workshop, contact=other)
    for item in (workshop, series):
        page = page_of(client, item, language)
        fact = page[page.index(f"<dt>{word}</dt>") :].split("</div>")[0]
        assert "Eeva Ström" in fact
        assert "Matti Ahlqvist" not in fact
    type(leader).objects.update(visible_until=date(2020, 1, 1))
    for item in (workshop, series):
        assert "Eeva Ström" not in page_of(client, item, language)


def test_number_of_participants_is_told_after_the_workshop_and_only_where_it_is_known(
    client,
) -> None:
    workshop = make_workshop(participants=34)
    assert "34 personer" in page_of(client, workshop)
    assert "34 henkilöä" in page_of(client, workshop, "fi")
    Workshop.objects.update(day=TO_COME, last_day=TO_COME)
    workshop.refresh_from_db()
    assert "deltagare" not in page_of(client, workshop)
    Workshop.objects.update(day=date(2018, 1, 9), last_day=date(2018, 1, 9), participants=None)
    workshop.refresh_from_db()
    assert "deltagare" not in page_of(client, workshop)


ADDRESS = "https://example.fi/mote"
NO_PLACE = {"place_sv": None, "place_fi": None}


@pytest.mark.parametrize(
    ("given", "link_shown"),
    [
        ({"day": TO_COME, "status": "confirmed"}, True),
        ({"day": TO_COME, "status": "cancelled"}, False),
        ({"status": "held"}, False),
    ],
)
def test_address_for_taking_part_is_shown_until_it_is_of_no_use(client, given, link_shown) -> None:
    workshop = make_workshop(online_url=ADDRESS, **NO_PLACE, **given)
    page = page_of(client, workshop)
    assert (ADDRESS in page) == link_shown
    assert ("På nätet" in page) != link_shown


# What search engines read


@pytest.mark.parametrize(
    ("given", "mode", "kinds"),
    [
        ({}, "Offline", ["Place"]),
        ({"online_url": ADDRESS}, "Mixed", ["Place", "VirtualLocation"]),
        (
            {"online_url": ADDRESS, "place_sv": None, "place_fi": None},
            "Online",
            ["VirtualLocation"],
        ),
        ({"place_sv": None, "place_fi": None}, "", []),
    ],
)
def test_structured_data_says_how_one_takes_part(client, given, mode, kinds) -> None:
    data = data_of(page_of(client, make_workshop(day=TO_COME, status="confirmed", **given)))
    wanted = f"https://schema.org/{mode}EventAttendanceMode" if mode else None
    assert data.get("eventAttendanceMode") == wanted
    location = data.get("location", [])
    places = [location] if isinstance(location, dict) else location
    assert [place["@type"] for place in places] == kinds


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("planned", "EventScheduled"),
        ("confirmed", "EventScheduled"),
        ("held", "EventScheduled"),
        ("cancelled", "EventCancelled"),
    ],
)
def test_structured_data_says_the_status(client, status, shown) -> None:
    data = data_of(page_of(client, make_workshop(status=status)))
    assert data["eventStatus"] == f"https://schema.org/{shown}"
    assert "previousStartDate" not in data


def test_structured_data_says_from_when_a_workshop_moved(client) -> None:
    workshop = moved()
    data = data_of(page_of(client, workshop))
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2019-03-05"
    assert data["startDate"].startswith("2019-03-12T09:00")


def test_structured_data_of_a_series_holds_its_workshops(client) -> None:
    series = make_series()
    first, last = make_workshop(series=series), make_workshop(series=series)
    data = data_of(page_of(client, series))
    assert data["@type"] == "EventSeries"
    assert [one["name"] for one in data["subEvent"]] == [first.title_sv, last.title_sv]
    assert data["startDate"] == first.starts_at.isoformat()
    assert data["endDate"] == last.ends_at.isoformat()
