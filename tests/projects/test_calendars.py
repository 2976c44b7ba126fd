"""Calendar files: read by two readers that know nothing of each other, and by their bytes."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from django.db import connection
from django.utils import timezone

from foundation.content.models import SlugHistory
from projects.calendars import HELSINKI
from projects.models import Workshop
from tests.factories import (
    make_municipality,
    make_project,
    make_series,
    make_theme,
    make_workshop,
)

pytestmark = pytest.mark.django_db

ADDRESSES = {"sv": "/sv/verkstader/kalender.ics", "fi": "/fi/tyopajat/kalenteri.ics"}


class Read:
    """A calendar file as both readers read it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.calendar = icalendar.Calendar.from_ical(content)
        assert not self.calendar.errors
        self.events = self.calendar.walk("VEVENT")
        assert not [error for event in self.events for error in event.errors]
        self.second: Any = vobject.readOne(content.decode())
        assert self.second.validate(raiseException=not self.is_empty) or self.is_empty
        self.second_events = self.second.contents.get("vevent", [])
        assert len(self.second_events) == len(self.events)

    @property
    def is_empty(self) -> bool:
        return not self.events

    @property
    def event(self) -> icalendar.Event:
        (found,) = self.events
        return found

    @property
    def second_event(self) -> Any:
        (found,) = self.second_events
        return found

    def titles(self) -> list[str]:
        found = [str(event["SUMMARY"]) for event in self.events]
        assert found == [event.summary.value for event in self.second_events]
        return found


@pytest.fixture
def read(client):
    def get(path: str) -> Read:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        return Read(response.content)

    return get


def calendar_path(item, language: str = "sv") -> str:
    kind = {"workshopseries": "series"}.get(item._meta.model_name, item._meta.model_name)
    return item.path(language, route=f"projects:{kind}_calendar")


def test_calendar_has_its_frame(read) -> None:
    make_project()
    make_workshop()
    found = read(ADDRESSES["sv"])
    name = "Verkstäder – Kommunen som välfärdsfrämjare"
    assert found.calendar["VERSION"] == found.second.version.value == "2.0"
    assert found.calendar["PRODID"].startswith("-//")
    assert found.calendar["X-WR-CALNAME"] == found.second.x_wr_calname.value == name
    assert found.calendar["NAME"] == name
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in found.content
    assert b"\r\nX-PUBLISHED-TTL:PT12H\r\n" in found.content
    assert b"\r\nMETHOD:" not in found.content
    finnish = read(ADDRESSES["fi"])
    assert finnish.calendar["X-WR-CALNAME"] == "Työpajat – Kunta hyvinvoinnin edistäjänä"


def test_event_says_what_when_where_and_whence(read) -> None:
    theme = make_theme()
    workshop = make_workshop(theme=theme, status="confirmed")
    for found in (read(ADDRESSES["sv"]), read(calendar_path(workshop))):
        event, second = found.event, found.second_event
        assert event["UID"] == second.uid.value == str(workshop.uid)
        assert event["DTSTART"].dt == workshop.starts_at
        assert event["DTEND"].dt == workshop.ends_at
        assert second.dtstart.value == workshop.starts_at
        assert second.dtend.value == workshop.ends_at
        assert b"\r\nDTSTART;TZID=Europe/Helsinki:20181011T090000\r\n" in found.content
        assert event["SUMMARY"] == second.summary.value == workshop.title_sv
        assert event["LOCATION"] == second.location.value == "Helsingfors"
        assert event["STATUS"] == second.status.value == "CONFIRMED"
        assert event["SEQUENCE"] == 0
        address = f"http://testserver{workshop.path('sv')}"
        assert event["URL"] == second.url.value == address
        assert event["DESCRIPTION"] == second.description.value
        assert event["DESCRIPTION"].startswith(workshop.lead_sv)
        assert event["DESCRIPTION"].endswith(f"\n\n{address}")
        assert event["CATEGORIES"].cats == second.categories.value == [theme.title_sv]
        for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES"):
            assert event[name].params["LANGUAGE"] == "sv", name
        stamp = workshop.updated_at.replace(microsecond=0)
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == stamp
        assert second.dtstamp.value == stamp


def test_entry_to_add_has_no_name_of_a_calendar(read) -> None:
    found = read(calendar_path(make_workshop()))
    assert "X-WR-CALNAME" not in found.calendar
    assert "NAME" not in found.calendar
    assert "REFRESH-INTERVAL" not in found.calendar


def test_event_is_the_same_in_both_languages(read) -> None:
    workshop = make_workshop()
    swedish, finnish = (read(ADDRESSES[code]).event for code in ("sv", "fi"))
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "DTSTAMP"):
        assert swedish[name] == finnish[name], name
    assert (swedish["SUMMARY"], finnish["SUMMARY"]) == (workshop.title_sv, workshop.title_fi)
    assert finnish["SUMMARY"].params["LANGUAGE"] == "fi"
    assert finnish["URL"] == f"http://testserver{workshop.path('fi')}"
    assert finnish["DESCRIPTION"].endswith(finnish["URL"])


# When: days, times, and the clock of Helsinki


def test_time_zone_rules_agree_with_the_zone_database_for_every_change(read) -> None:
    make_workshop()
    found = read(ADDRESSES["sv"])
    (zone,) = found.calendar.walk("VTIMEZONE")
    for ours in (zone.to_tz(lookup_tzid=False), found.second_event.dtstart.value.tzinfo):
        for year in range(1997, 2061):
            for month in (1, 3, 4, 7, 10, 11):
                for day in (1, *range(24, 31)):
                    noon = datetime(year, month, day, 12)
                    offset = noon.replace(tzinfo=HELSINKI).utcoffset()
                    assert noon.replace(tzinfo=ours).utcoffset() == offset, noon
    for part, offsets in (("DAYLIGHT", (2, 3)), ("STANDARD", (3, 2))):
        (rule,) = zone.walk(part)
        start = rule["DTSTART"].dt
        moment = start.replace(tzinfo=UTC) - timedelta(hours=offsets[0])
        before, after = (
            (moment + timedelta(seconds=step)).astimezone(HELSINKI).utcoffset() for step in (-1, 0)
        )
        assert (before, after) == tuple(timedelta(hours=hours) for hours in offsets)
        assert (rule["TZOFFSETFROM"].td, rule["TZOFFSETTO"].td) == (before, after)


@pytest.mark.parametrize(
    ("given", "starts", "ends"),
    [
        # The clocks went back at four in the morning of 27 October 2019.
        (
            {"day": date(2019, 10, 26), "last_day": date(2019, 10, 27)},
            "2019-10-26T06:00",
            "2019-10-27T10:00",
        ),
        ({"day": date(2019, 10, 27)}, "2019-10-27T07:00", "2019-10-27T10:00"),
        ({"day": date(2019, 10, 26)}, "2019-10-26T06:00", "2019-10-26T09:00"),
        # Three o'clock came twice; the first is meant (RFC 5545, 3.3.5).
        (
            {"day": date(2019, 10, 27), "start_time": time(3, 30), "end_time": time(4, 30)},
            "2019-10-27T00:30",
            "2019-10-27T02:30",
        ),
        (
            {"day": date(2019, 10, 27), "start_time": time(1), "end_time": time(3)},
            "2019-10-26T22:00",
            "2019-10-27T00:00",
        ),
        # And forward at three in the morning of 31 March: half past three never was.
        (
            {"day": date(2019, 3, 31), "start_time": time(2, 30), "end_time": time(4, 30)},
            "2019-03-31T00:30",
            "2019-03-31T01:30",
        ),
    ],
)
def test_times_are_right_over_the_change_of_the_clocks(read, given, starts, ends) -> None:
    make_workshop(**given)
    found = read(ADDRESSES["sv"])
    moments = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (starts, ends)]
    read_by_one = [found.event["DTSTART"].dt, found.event["DTEND"].dt]
    read_by_other = [found.second_event.dtstart.value, found.second_event.dtend.value]
    assert [moment.astimezone(UTC) for moment in read_by_one] == moments
    assert [moment.astimezone(UTC) for moment in read_by_other] == moments


@pytest.mark.parametrize(
    ("last_day", "end"),
    [
        (date(2019, 10, 27), date(2019, 10, 28)),
        (date(2019, 10, 28), date(2019, 10, 29)),
        (date(2019, 12, 31), date(2020, 1, 1)),
    ],
)
def test_workshop_without_times_takes_whole_days(read, last_day, end) -> None:
    day = date(2019, 10, 27)
    make_workshop(day=day, last_day=last_day, start_time=None, end_time=None)
    found = read(ADDRESSES["sv"])
    assert (found.event["DTSTART"].dt, found.event["DTEND"].dt) == (day, end)
    assert (found.second_event.dtstart.value, found.second_event.dtend.value) == (day, end)
    assert b"\r\nDTSTART;VALUE=DATE:20191027\r\n" in found.content


def test_workshop_of_several_days_ends_on_its_last(read) -> None:
    workshop = make_workshop(day=date(2018, 10, 11), last_day=date(2018, 10, 12))
    assert read(ADDRESSES["sv"]).event["DTEND"].dt == workshop.ends_at
    assert workshop.ends_at.date() == date(2018, 10, 12)


# What happens to it


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("planned", "TENTATIVE"),
        ("confirmed", "CONFIRMED"),
        ("moved", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_status_is_told(read, status, shown) -> None:
    make_workshop(status=status)
    found = read(ADDRESSES["sv"])
    assert found.event["STATUS"] == found.second_event.status.value == shown


def test_cancelled_workshop_stays_and_says_so_in_its_title(read) -> None:
    workshop = make_workshop(status="cancelled", day=date(2100, 5, 4))
    swedish, finnish = (read(ADDRESSES[code]).event for code in ("sv", "fi"))
    assert swedish["SUMMARY"] == f"Inställd: {workshop.title_sv}"
    assert finnish["SUMMARY"] == f"Peruttu: {workshop.title_fi}"
    assert swedish["TRANSP"] == "TRANSPARENT"
    assert "Verkstaden hålls inte." in swedish["DESCRIPTION"]


def test_address_for_taking_part_is_told_until_it_is_over(read) -> None:
    address = "https://example.fi/mote?a=1;b=2"
    workshop = make_workshop(
        day=date(2100, 5, 4), online_url=address, place_sv=None, place_fi=None, status="confirmed"
    )
    event = read(ADDRESSES["fi"]).event
    assert f"Osallistu verkossa: {address}" in event["DESCRIPTION"]
    assert event["LOCATION"] == "Verkossa"
    Workshop.objects.update(day=date(2018, 5, 4), last_day=date(2018, 5, 4))
    workshop.refresh_from_db()
    assert address not in read(calendar_path(workshop)).event["DESCRIPTION"]


RAISING: list[dict[str, Any]] = [
    {"day": date(2018, 10, 10)},
    {"last_day": date(2018, 10, 12)},
    {"start_time": time(8), "end_time": time(11)},
    {"end_time": time(13)},
    {"start_time": None, "end_time": None},
    {"status": "cancelled"},
    {"status": "moved"},
    {"place_sv": "Esbo"},
    {"place_fi": "Espoo"},
    {"place_fi": None},
    {"online_url": "https://example.fi/mote"},
]
NOT_RAISING: list[dict[str, Any]] = [
    {"status": "held"},  # as before
    {"day": date(2018, 10, 11), "place_sv": "Helsingfors"},
    {"title_sv": "Ny rubrik"},
    {"lead_fi": "Uusi ingressi."},
    {"outcome_sv": "<p>Nytt.</p>"},
    {"slug_sv": "ny-adress"},
    {"level": "regional"},
    {"decision": "withdrawn"},
    {"review_by": date(2026, 5, 1)},
    {"sequence": 7},
]


@pytest.mark.parametrize("changes", RAISING, ids=lambda changes: "-".join(changes))
def test_sequence_is_raised_by_whoever_changes_day_time_place_or_status(changes) -> None:
    workshop = make_workshop()
    rows = Workshop.objects.filter(pk=workshop.pk)
    rows.update(updated_at=datetime(2018, 1, 1, tzinfo=UTC))
    rows.update(**changes)
    changed = rows.get()
    assert changed.sequence == 1
    assert timezone.now() - changed.updated_at < timedelta(minutes=5)


@pytest.mark.parametrize("changes", NOT_RAISING, ids=lambda changes: "-".join(changes))
def test_sequence_is_not_raised_by_anything_else(changes) -> None:
    workshop = make_workshop()
    rows = Workshop.objects.filter(pk=workshop.pk)
    rows.update(**changes)
    assert rows.get().sequence == 0


def test_sequence_is_raised_by_forms_and_plain_sql_and_never_taken_back(read) -> None:
    workshop = make_workshop()
    stale = Workshop.objects.get(pk=workshop.pk)
    workshop.place_sv = "Esbo"
    workshop.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_workshop SET end_time = '13:00'")
    stale.refresh_from_db(fields=["end_time", "place", "place_sv"])
    stale.title_sv = "Ny rubrik"
    stale.save()  # it still believes in a sequence of 0
    event = read(ADDRESSES["sv"]).event
    assert (event["SEQUENCE"], event["SUMMARY"]) == (2, "Ny rubrik")
    assert event["UID"] == str(workshop.uid)


def test_moved_workshop_says_from_which_day(read) -> None:
    workshop = make_workshop(day=date(2100, 5, 4), status="confirmed")
    workshop.day = workshop.last_day = date(2100, 6, 4)
    workshop.status = "moved"
    workshop.save()
    swedish, finnish = (read(ADDRESSES[code]).event for code in ("sv", "fi"))
    assert "Flyttad från 4.5.2100." in swedish["DESCRIPTION"]
    assert "Siirretty, aiemmin 4.5.2100." in finnish["DESCRIPTION"]


def test_blank_place_is_no_other_place_than_none() -> None:
    workshop = make_workshop(place_sv=None, place_fi=None)
    Workshop.objects.filter(pk=workshop.pk).update(place_sv="", place_fi="")
    assert Workshop.objects.get().sequence == 0


# In which language


@pytest.mark.parametrize(("only", "there"), [("fi", "sv"), ("sv", "fi")])
def test_workshop_in_one_language_says_so_under_the_other_prefix(read, only, there) -> None:
    missing = {f"{field}_{there}": None for field in ("title", "slug", "lead", "body", "place")}
    workshop = make_workshop(pairing=only, pairing_reason="Endast ett språk.", **missing)
    event = read(ADDRESSES[there]).event
    note = {"fi": "Den här texten finns bara på finska.", "sv": "Tämä teksti on vain ruotsiksi."}
    assert event["DESCRIPTION"].startswith(note[only])
    assert event["SUMMARY"] == getattr(workshop, f"title_{only}")
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        assert event[name].params["LANGUAGE"] == only, name
    assert event["URL"] == f"http://testserver{workshop.path(there)}"
    own = read(ADDRESSES[only]).event
    assert own["DESCRIPTION"].startswith(getattr(workshop, f"lead_{only}"))
    assert own["UID"] == event["UID"]


def test_cancelled_workshop_in_one_language_says_so_in_that_language(read) -> None:
    make_workshop(pairing="fi", pairing_reason="Vain suomeksi.", title_sv=None, status="cancelled")
    summary = read(ADDRESSES["sv"]).event["SUMMARY"]
    assert summary.startswith("Peruttu: ")
    assert summary.params["LANGUAGE"] == "fi"


def test_place_known_in_one_language_carries_that_language(read) -> None:
    make_workshop(place_sv=None)
    event = read(ADDRESSES["sv"]).event
    assert event["LOCATION"] == "Helsinki"
    assert event["LOCATION"].params["LANGUAGE"] == "fi"
    assert event["SUMMARY"].params["LANGUAGE"] == "sv"


# How it is written


NASTY = [
    "a;b,c\\d:e\"f'g",
    "Rad ett\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:in",
    "Rad ett\nBEGIN:VEVENT\nUID:x",
    "a\\nb\\;c",
    "a\x85b\u2028c\u2029d\x0be\x1cf\x7fg",
    "BEGIN:VEVENT",
    "äöÅ" * 60,
    "👩‍👩‍👧‍👦🦄" * 20,
    "x" * 200,
    "%(title)s {0} <b>",
]


@pytest.mark.parametrize("title", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_no_text_breaks_out_of_its_line(read, title, status) -> None:
    make_workshop()
    title = title[:200]
    make_workshop(
        title_sv=title, place_sv=title, lead_sv=f"{title}\n\n{title}", slug_sv="elak", status=status
    )
    found = read(ADDRESSES["sv"])
    flat = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", title).split())
    beginning = "Inställd: " if status == "cancelled" else ""
    assert len(found.events) == 2
    assert found.titles()[1] == f"{beginning}{flat}"
    assert found.events[1]["LOCATION"] == found.second_events[1].location.value == flat
    assert flat in " ".join(found.events[1]["DESCRIPTION"].split())
    assert well_written(found.content)


def test_name_of_a_calendar_does_not_break_out_of_its_line_either(read) -> None:
    theme = make_theme(title_sv="a;b,\\c\r\nBEGIN:VEVENT\r\nX:y")
    make_workshop(theme=theme)
    found = read(calendar_path(theme))
    name = "Verkstäder: a;b,\\c BEGIN:VEVENT X:y"
    assert found.second.x_wr_calname.value == name
    # The first reader leaves a name it has no type for as it is written.
    assert found.calendar["X-WR-CALNAME"] == name.replace("\\", "\\\\").replace(";", "\\;").replace(
        ",", "\\,"
    )
    assert len(found.events) == 1
    assert well_written(found.content)


def well_written(content: bytes) -> bool:
    """Lines end in CRLF, hold 75 octets at most and no half of a character."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line)
    return True


# Which workshops


def test_calendars_hold_what_belongs_to_them(read) -> None:
    theme, series, municipality = make_theme(), make_series(), make_municipality()
    of_theme = make_workshop(theme=theme)
    of_series = make_workshop(series=series)
    of_municipality = make_workshop(municipalities=[municipality, make_municipality()])
    for item, workshop in (
        (theme, of_theme),
        (series, of_series),
        (municipality, of_municipality),
        (of_theme, of_theme),
    ):
        for language in ("sv", "fi"):
            found = read(calendar_path(item, language))
            assert found.titles() == [getattr(workshop, f"title_{language}")]
    assert len(read(ADDRESSES["sv"]).events) == 3


def test_addresses_of_calendars_stand_under_their_pages() -> None:
    theme, municipality = make_theme(), make_municipality()
    workshop, series = make_workshop(), make_series()
    assert calendar_path(theme, "fi") == f"{theme.path('fi')}kalenteri.ics"
    for item in (theme, municipality, workshop, series):
        assert calendar_path(item, "sv") == f"{item.path('sv')}kalender.ics"


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_empty_calendar_is_valid_and_has_a_name(client, language) -> None:
    make_project()
    items = [make_theme(), make_series(), make_municipality()]
    for path in (ADDRESSES[language], *(calendar_path(item, language) for item in items)):
        content = client.get(path).content
        found = icalendar.Calendar.from_ical(content)
        assert not found.walk("VEVENT")
        assert found.walk("VTIMEZONE")
        assert " – K" in str(found["X-WR-CALNAME"])
        assert vobject.readOne(content.decode()).x_wr_calname.value == found["X-WR-CALNAME"]
        assert well_written(content)


@pytest.fixture
def three():
    """Workshops on two themes for two municipalities, and a theme and a municipality of none."""
    leading, moving = make_theme(slug_sv="ledning", slug_fi="johto"), make_theme()
    espoo = make_municipality(slug_sv="esbo", slug_fi="espoo")
    turku = make_municipality(slug_sv="abo", slug_fi="turku")
    make_theme(slug_sv="tomt", slug_fi="tyhja")
    make_municipality(slug_sv="vasa", slug_fi="vaasa")
    return [
        make_workshop(theme=leading, municipalities=[espoo]),
        make_workshop(theme=leading, municipalities=[turku, espoo]),
        make_workshop(
            theme=moving, municipalities=[turku], level="municipality", day=date(2019, 2, 5)
        ),
    ]


@pytest.mark.parametrize(
    ("language", "query", "held"),
    [
        ("sv", "", [0, 1, 2]),
        ("sv", "tema=ledning", [0, 1]),
        ("fi", "teema=johto", [0, 1]),
        ("sv", "kommun=esbo", [0, 1]),
        ("fi", "kunta=turku", [1, 2]),
        ("sv", "tema=ledning&kommun=abo", [1]),
        ("sv", "kommun=ABO", [1, 2]),
        ("sv", "tema=tomt", []),
        ("sv", "kommun=vasa", []),
        ("sv", "kommun=vaasa", []),  # by its name in the other language
        ("sv", "kommun=%C3%85bo", [1, 2]),  # as it is written
        ("fi", "kunta=Abo", [1, 2]),
        ("sv", "niva=for-en-kommun", [2]),
        ("fi", "taso=valtakunnallinen", [0, 1]),
        ("sv", "ar=2018", [0, 1]),
        ("fi", "vuosi=2019", [2]),
        ("sv", "ar=2050", []),
        ("fi", "teema=johto&kunta=turku&taso=valtakunnallinen&vuosi=2018", [1]),
        ("fi", "teema=johto&vuosi=2019", []),
        ("sv", "tema=&kommun=", [0, 1, 2]),
        ("sv", "skrap=1&sida=7", [0, 1, 2]),
    ],
)
def test_calendar_of_a_filter_holds_what_the_list_shows(
    client, three, language, query, held
) -> None:
    response = client.get(f"{ADDRESSES[language]}?{query}")
    found = icalendar.Calendar.from_ical(response.content)
    titles = [str(event["SUMMARY"]) for event in found.walk("VEVENT")]
    wanted = [getattr(three[number], f"title_{language}") for number in held]
    assert titles == wanted
    page = client.get(f"{ADDRESSES[language].rpartition('/')[0]}/?{query}").content.decode()
    assert [workshop for workshop in three if f">{workshop.text('title', language)}<" in page] == [
        three[number] for number in held
    ]


@pytest.mark.parametrize(
    "query",
    [
        "tema=okant",
        "kommun=okand",
        "kommun=esbo&tema=%F0%9F%A6%84",
        "tema=1%20OR%201=1",
        "kommun=%00esbo",
        "tema=" + "a" * 5000,
        "kommun=../../etc",
        "niva=okand",
        "niva=municipality",
        "ar=18",
        "ar=20189",
        "ar=%D9%A2%D9%A0%D9%A1%D9%A8",  # 2018 in Arabic digits
        "ar=-2018",
    ],
)
def test_calendar_of_an_unknown_filter_is_not_the_calendar_of_everything(
    client, three, query
) -> None:
    response = client.get(f"{ADDRESSES['sv']}?{query}")
    if query == "kommun=%00esbo":  # read as esbo
        assert response.content.count(b"BEGIN:VEVENT") == 2
    else:
        assert response.status_code == 404


def test_subscription_outlives_a_new_slug_and_a_former_section_word(client, three) -> None:
    theme = three[0].theme
    address, filtered = calendar_path(theme), f"{ADDRESSES['sv']}?tema=ledning"
    type(theme).objects.filter(pk=theme.pk).update(slug_sv="att-leda")
    assert SlugHistory.objects.filter(slug="ledning").exists()
    response = client.get(address)
    assert response.status_code == 301
    assert response["Location"].endswith("/att-leda/kalender.ics")
    assert client.get(filtered).content.count(b"BEGIN:VEVENT") == 2
    response = client.get("/sv/workshoppar/kalender.ics?tema=ledning")
    assert response.status_code == 301
    assert response["Location"] == filtered
    assert client.get("/sv/tyopajat/kalenteri.ics?kunta=espoo").status_code == 404


@pytest.mark.parametrize(
    "hidden",
    [
        {"decision": "draft"},
        {"decision": "withdrawn"},
        {"publish_at": datetime(2100, 1, 1, tzinfo=UTC)},
        {"withdraw_at": datetime(2019, 1, 1, tzinfo=UTC)},
    ],
    ids=["draft", "withdrawn", "scheduled", "expired"],
)
def test_what_is_not_published_is_in_no_calendar(client, hidden) -> None:
    municipality = make_municipality()
    theme, series = make_theme(), make_series()
    secret = make_workshop(
        title_sv="Hemligt", theme=theme, series=series, municipalities=[municipality], **hidden
    )
    addresses = [calendar_path(item) for item in (theme, series, municipality)]
    for path in (ADDRESSES["sv"], *addresses):
        content = client.get(path).content
        assert b"BEGIN:VEVENT" not in content
        assert str(secret.uid).encode() not in content
    was_public = secret.state_at() == "withdrawn"
    assert client.get(calendar_path(secret)).status_code == (410 if was_public else 404)
    page = client.get("/sv/verkstader/").content.decode()
    assert municipality.name_sv not in page


@pytest.mark.parametrize("decision", ["draft", "withdrawn"])
def test_theme_or_series_that_is_not_published_is_not_told(client, decision) -> None:
    theme = make_theme(title_sv="Hemligt tema", slug_sv="hemligt", decision=decision)
    series = make_series(title_sv="Hemlig serie", decision=decision)
    make_workshop(theme=theme, series=series)
    content = client.get(ADDRESSES["sv"]).content.decode()
    assert "BEGIN:VEVENT" in content
    assert "Hemlig" not in content
    refusal = 410 if decision == "withdrawn" else 404
    assert client.get(calendar_path(theme)).status_code == refusal
    assert client.get(calendar_path(series)).status_code == refusal
    assert client.get(f"{ADDRESSES['sv']}?tema=hemligt").status_code == 404


# How it is handed over


def test_calendar_is_asked_again_without_being_sent_again(client) -> None:
    workshop = make_workshop()
    for path in (ADDRESSES["sv"], calendar_path(workshop)):
        first = client.get(path)
        assert first["Cache-Control"] == "public, max-age=900"
        assert "Last-Modified" not in first
        assert not first.cookies
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == first["ETag"]
        assert client.post(path).status_code == 405
        Workshop.objects.update(place_sv=f"Esbo {path}")
        changed = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]


def test_calendar_has_a_speaking_file_name(client) -> None:
    theme = make_theme(title_sv="Rörelse i vardagen", title_fi="Arjen liikkuminen")
    workshop = make_workshop(slug_sv="leda-valfard")
    names = {
        ADDRESSES["fi"]: "tyopajat.ics",
        calendar_path(theme): "verkstader-rorelse-i-vardagen.ics",
        calendar_path(workshop): "leda-valfard-2018-10-11.ics",
    }
    for path, name in names.items():
        assert client.get(path)["Content-Disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize("count", [1, 3])
def test_calendars_take_few_queries(client, django_assert_num_queries, count) -> None:
    make_project()
    theme, series, municipality = make_theme(), make_series(), make_municipality()
    for _number in range(count):
        workshop = make_workshop(theme=theme, series=series, municipalities=[municipality])
    for path, queries in (
        (ADDRESSES["sv"], 5),
        (f"{ADDRESSES['sv']}?kommun=okand", 7),  # looked up as a short address too
        (calendar_path(theme), 3),
        (calendar_path(series), 3),
        (calendar_path(municipality), 3),
        (calendar_path(workshop), 1),
    ):
        with django_assert_num_queries(queries):
            client.get(path)


# On the pages


def links(client, path: str) -> list[str]:
    return re.findall(r'href="([^"]*\.ics[^"]*)"', client.get(path).content.decode())


def test_pages_offer_their_calendar_to_subscribe_to(client) -> None:
    theme, series, municipality = make_theme(), make_series(), make_municipality()
    make_workshop(theme=theme, series=series, municipalities=[municipality])
    for item in (theme, series, municipality):
        for language in ("sv", "fi"):
            address = calendar_path(item, language)
            found = links(client, item.path(language))
            assert found == [f"webcal://testserver{address}", address]
            for link in found:
                assert client.get(link.removeprefix("webcal://testserver")).status_code == 200


def test_list_offers_the_calendar_of_what_it_shows(client, three) -> None:
    assert links(client, "/sv/verkstader/")[1] == ADDRESSES["sv"]
    found = links(client, "/fi/tyopajat/?teema=johto&kunta=espoo&sivu=1")
    assert found[1] == f"{ADDRESSES['fi']}?teema=johto&amp;kunta=espoo"
    page = client.get("/sv/verkstader/?kommun=esbo").content.decode()
    assert 'href="/fi/tyopajat/?kunta=espoo"' in page
    found = links(client, "/sv/verkstader/?kommun=abo&niva=for-en-kommun&ar=2019&nar=tidigare")
    assert found[1] == f"{ADDRESSES['sv']}?kommun=abo&amp;niva=for-en-kommun&amp;ar=2019"
    assert client.get(found[1].replace("&amp;", "&")).content.count(b"BEGIN:VEVENT") == 1
    assert "Prenumerera på kalendern" in page


def test_list_offers_the_municipalities_that_workshops_are_for(client, three) -> None:
    page = client.get("/sv/verkstader/").content.decode()
    offered = re.findall(r'<option value="(\w+)">((?:Esbo|Helsingfors|Åbo)[^<]*)<', page)
    assert offered == [("esbo", "Esbo / Espoo (2)"), ("abo", "Helsingfors / Helsinki (2)")]
    asked = client.get("/sv/verkstader/?kommun=vasa").content.decode()
    assert '<option value="vasa" selected>' in asked
    assert "Ingen verkstad motsvarar alla val." in asked


def test_list_by_municipality_shows_the_series_that_meet_there(client) -> None:
    espoo, turku = make_municipality(), make_municipality()
    here, elsewhere = make_series(), make_series()
    make_workshop(series=here, municipalities=[espoo])
    make_workshop(series=elsewhere, municipalities=[turku])
    make_workshop(series=elsewhere, municipalities=[espoo], decision="draft")
    page = client.get(f"/sv/verkstader/?kommun={espoo.slug_sv}").content.decode()
    assert here.path("sv") in page
    assert elsewhere.path("sv") not in page


@pytest.mark.parametrize(
    ("given", "is_offered"),
    [
        ({"day": date(2100, 5, 4)}, True),
        ({"day": date(2100, 5, 4), "status": "cancelled"}, False),
        ({}, False),
    ],
    ids=["upcoming", "cancelled", "past"],
)
def test_workshop_to_come_is_offered_to_the_readers_calendar(client, given, is_offered) -> None:
    workshop = make_workshop(**{"status": "confirmed", **given})
    for language in ("sv", "fi"):
        found = links(client, workshop.path(language))
        assert found == ([calendar_path(workshop, language)] if is_offered else [])


def test_concluded_project_offers_no_empty_calendar(client) -> None:
    project = make_project()
    municipality = make_municipality()
    assert not links(client, municipality.path())
    assert not links(client, "/sv/verkstader/")
    type(project).objects.update(last_year=2100)
    assert len(links(client, municipality.path())) == 2
    assert len(links(client, "/sv/verkstader/")) == 2
