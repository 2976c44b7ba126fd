"""What is new: what makes an entry and what does not, for whom, in which language, and when."""

from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from foundation.content.agreement import writing
from foundation.content.models import ChangeNote
from projects.models import Workshop
from publications.news import Entry, News, Scope
from tests import factories
from tests.html_document import Document

EARLY = datetime(2018, 3, 1, 7, 0, tzinfo=UTC)
SOON = date(2100, 10, 11)


def entries(scope: Scope | None = None, moment: datetime | None = None) -> list[Entry]:
    return News(scope or Scope(), moment)[:100]


def told(scope: Scope | None = None, moment: datetime | None = None) -> list[tuple[str, str]]:
    return [(entry.event, str(entry.heading)) for entry in entries(scope, moment)]


def events(scope: Scope | None = None, moment: datetime | None = None) -> list[str]:
    return [event for event, _heading in told(scope, moment)]


# What has become public

MAKERS = [
    factories.make_workshop,
    factories.make_series,
    factories.make_story,
    factories.make_publication,
    factories.make_practice,
    lambda **given: factories.make_material(project=factories.make_project(), **given),
]


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_item_is_news_from_the_moment_it_is_public(make) -> None:
    item = make(publish_at=EARLY, withdraw_at=EARLY + timedelta(days=10))
    assert told(moment=EARLY - timedelta(seconds=1)) == []
    assert told(moment=EARLY) == [("public", str(item.text("title")))]
    assert told(moment=EARLY + timedelta(days=10)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_draft_and_withdrawn_item_is_no_news(make) -> None:
    make(decision="draft", publish_at=None)
    assert events() == []


@pytest.mark.django_db
def test_small_change_makes_no_entry() -> None:
    story = factories.make_story()
    story.body_sv = "<p>En mening till.</p>"
    story.save()
    assert events() == ["public"]


# Files


@pytest.fixture
def material(db):
    """A material that has been public since 15 January 2018."""
    return factories.make_material()


def test_file_that_comes_with_its_material_is_no_news_beside_it(material) -> None:
    for since in (timedelta(days=-3), timedelta(0), timedelta(minutes=59)):
        factories.make_material_file(material=material, published_at=factories.LONG_AGO + since)
    assert events() == ["public"]


def test_new_version_new_language_and_first_file_are_told_apart(material) -> None:
    factories.make_material_file(material=material, language="sv", version=1, published_at=EARLY)
    later = EARLY + timedelta(days=1)
    factories.make_material_file(material=material, language="sv", version=2, published_at=later)
    later += timedelta(days=1)
    factories.make_material_file(material=material, language="fi", version=2, published_at=later)
    assert events() == ["language", "version", "file", "public"]
    assert str(entries()[0].details) == "En fil på finska, version 2."


def test_other_format_and_captions_are_no_news(material) -> None:
    factories.make_material_file(material=material, version=1, published_at=EARLY)
    later = EARLY + timedelta(days=9)
    given = {"material": material, "version": 1, "published_at": later}
    factories.make_material_file(name="bilder.pptx", **given)
    factories.make_material_file(name="text.vtt", role="captions", **given)
    assert events() == ["file", "public"]


def test_file_that_is_not_public_yet_is_no_news(material) -> None:
    factories.make_material_file(material=material, published_at=None)
    factories.make_material_file(material=material, published_at=EARLY)
    assert events(moment=EARLY - timedelta(seconds=1)) == ["public"]
    assert events(moment=EARLY) == ["file", "public"]


# Workshops that are moved or cancelled


@pytest.fixture
def workshop(db) -> Workshop:
    """A workshop to come."""
    return factories.make_workshop(day=SOON, status="confirmed")


def change(workshop: Workshop, **columns: object) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(**columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"day": date(2100, 10, 10)},
        {"last_day": date(2100, 10, 12)},
        {"start_time": "08:30"},
        {"end_time": "12:30"},
        {"start_time": None, "end_time": None},
        {"place_sv": "Åbo"},
        {"place_fi": "Turku"},
        {"status": "moved"},
    ],
    ids=str,
)
def test_workshop_that_is_moved_is_news_whoever_writes(workshop, columns) -> None:
    change(workshop, **columns)
    assert events() == ["moved", "public"]


def test_workshop_that_is_cancelled_is_news_and_so_is_its_return(workshop) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_workshop SET status = 'cancelled'")
    assert events() == ["cancelled", "public"]
    change(workshop, status="confirmed")
    assert set(events()) == {"reinstated", "cancelled", "public"}


@pytest.mark.parametrize(
    "columns",
    [
        {"title_sv": "Verkstad om ledning"},
        {"outcome_sv": "<p>Tre steg.</p>"},
        {"status": "held"},
        {"status": "planned"},
        {"online_url": "https://example.fi/"},
        {"audience_sv": "Alla"},
    ],
    ids=str,
)
def test_change_that_moves_nobody_is_no_news(workshop, columns) -> None:
    change(workshop, **columns)
    assert events() == ["public"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"start_time": None, "end_time": None}, {"start_time": "09:00", "end_time": "12:00"}),
        ({"place_sv": None, "place_fi": ""}, {"place_sv": "Åbo", "place_fi": "Turku"}),
    ],
)
def test_time_or_place_that_is_told_for_the_first_time_is_no_move(db, before, after) -> None:
    change(factories.make_workshop(day=SOON, **before), **after)
    assert events() == ["public"]


def test_small_change_of_the_place_is_no_move(workshop) -> None:
    with writing(small_change=True):
        change(workshop, place_sv="Helsingfors, Kommunernas hus")
    assert events() == ["public"]


def test_correction_of_a_workshop_that_has_passed_is_no_news(db) -> None:
    change(factories.make_workshop(day=date(2018, 10, 11)), start_time="08:30")
    assert events() == ["public"]


@pytest.mark.parametrize(
    "given",
    [
        {"decision": "draft", "publish_at": None},
        {"decision": "withdrawn"},
        {"publish_at": datetime(2099, 1, 1, tzinfo=UTC)},
        {"withdraw_at": datetime(2019, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_move_that_no_reader_could_see_is_not_noted(db, given) -> None:
    change(factories.make_workshop(day=SOON, **given), start_time="08:30")
    assert not ChangeNote.objects.exists()


def test_moves_within_the_hour_are_one_change(workshop) -> None:
    change(workshop, start_time="08:30")
    ChangeNote.objects.update(moment=timezone.now() - timedelta(minutes=50))
    change(workshop, start_time="08:15")
    assert events() == ["moved", "public"]
    ChangeNote.objects.update(moment=timezone.now() - timedelta(minutes=61))
    change(workshop, start_time="08:00")
    assert events() == ["moved", "moved", "public"]


def test_news_of_a_workshop_leave_with_it(workshop) -> None:
    change(workshop, status="cancelled")
    change(workshop, decision="withdrawn")
    assert events() == []


# Notes by editors


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_note_of_an_editor_is_news_of_its_item(make) -> None:
    item = make()
    factories.make_change_note(item=item)
    newest = entries()[0]
    assert (newest.event, newest.item) == ("note", item)
    assert newest.path == item.path()
    for language, words in {"sv": "Programmet är klart.", "fi": "Ohjelma on valmis."}.items():
        with translation.override(language):
            assert (newest.details.value, newest.details.language) == (words, language)


@pytest.mark.django_db
def test_note_from_before_the_item_was_public_is_not_shown() -> None:
    story = factories.make_story(publish_at=EARLY)
    factories.make_change_note(item=story, moment=EARLY - timedelta(seconds=1))
    assert events() == ["public"]


@pytest.mark.django_db
def test_note_of_an_item_that_is_gone_is_not_shown() -> None:
    story = factories.make_story()
    factories.make_change_note(item=story)
    story.delete()
    assert events() == []


@pytest.mark.django_db
def test_note_of_an_item_in_one_language_is_marked_in_the_other() -> None:
    given = {"pairing": "fi", "pairing_reason": "Vain suomeksi.", "title_sv": None, "slug_sv": None}
    story = factories.make_story(lead_sv=None, body_sv=None, **given)
    factories.make_change_note(item=story, pairing="fi", note_sv=None)
    details = entries()[0].details
    assert (details.value, details.language, details.is_other) == ("Ohjelma on valmis.", "fi", True)


# The network


def test_participations_of_a_day_are_one_entry_of_the_portal(db) -> None:
    project = factories.make_project()
    for _number in range(3):
        factories.make_participation(project=project)
    factories.make_participation(project=project, regional_actor=factories.make_regional_actor())
    assert told() == [
        ("left", "3 kommuner och 1 aktör på landskapsnivå"),
        ("joined", "3 kommuner och 1 aktör på landskapsnivå"),
    ]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2017, 8, 31, 20, 59, 59, tzinfo=UTC), []),
        (datetime(2017, 8, 31, 21, 0, 0, tzinfo=UTC), ["joined"]),
        (datetime(2019, 12, 31, 21, 59, 59, tzinfo=UTC), ["joined"]),
        (datetime(2019, 12, 31, 22, 0, 0, tzinfo=UTC), ["left", "joined"]),
    ],
)
def test_participation_begins_and_ends_at_midnight_in_helsinki(db, moment, expected) -> None:
    project = factories.make_project(publish_at=datetime(2017, 1, 1, tzinfo=UTC))
    municipality = factories.make_participation(project=project).municipality
    for scope in (Scope(), Scope(municipality=municipality)):
        assert events(scope, moment) == expected


def test_participation_is_dated_by_the_days_that_are_stored(db) -> None:
    factories.make_participation()
    days = [timezone.localtime(entry.moment).date() for entry in entries()]
    assert days == [date(2019, 12, 31), date(2017, 9, 1)]


def test_participation_in_a_project_that_is_not_public_is_no_news(db) -> None:
    project = factories.make_project(decision="draft", publish_at=None)
    factories.make_participation(project=project)
    assert events() == []


# Whose news they are


def test_news_of_a_municipality_are_what_it_is_named_in(db) -> None:
    ours, theirs = factories.make_municipality(), factories.make_municipality()
    series = factories.make_series()
    for municipality in (theirs, ours):
        workshop = factories.make_workshop(municipalities=[municipality], series=series)
        factories.make_material(workshop=workshop)
        factories.make_story().municipalities.add(municipality)
        factories.make_adoption(municipality=municipality)
        factories.make_participation(municipality=municipality)
    factories.make_publication()
    found = told(Scope(municipality=ours))
    assert len(found) == len(set(found)) == 7
    assert dict(found)["joined"] == dict(found)["left"] == "Esbo"
    assert {heading for event, heading in found if event == "public"} == {
        "Trygghet i bostadsområdet",
        "Verkstad om välfärdsledning 2",
        "Bilder om välfärdsledning 2",
        "Små detaljer i vardagen 2",
        "Motion på recept 2",
    }


def test_workshop_that_is_no_longer_public_ties_nothing_to_its_municipality(db) -> None:
    municipality = factories.make_municipality()
    workshop = factories.make_workshop(
        municipalities=[municipality], series=factories.make_series(), decision="withdrawn"
    )
    factories.make_material(workshop=workshop)
    assert events(Scope(municipality=municipality)) == []


def test_news_of_a_theme_are_everything_about_it(db) -> None:
    ours, theirs = factories.make_theme(), factories.make_theme()
    for theme in (theirs, ours):
        workshop = factories.make_workshop(theme=theme, series=factories.make_series(theme=theme))
        publication = factories.make_publication(theme=theme)
        for owner in ({"theme": theme}, {"workshop": workshop}, {"publication": publication}):
            factories.make_material(**owner)
        factories.make_story(theme=theme)
        factories.make_practice(theme=theme)
        factories.make_change_note(item=workshop)
    factories.make_participation()
    found = entries(Scope(theme=ours))
    assert len(found) == 9
    assert {entry.thread for entry in found} == {1}


def test_news_are_counted_as_they_are_listed(db) -> None:
    home_of_everything()
    for scope in (Scope(), Scope(theme=factories.make_theme())):
        news = News(scope)
        assert news.count() == len(news[:1000])


def home_of_everything() -> Workshop:
    theme, municipality = factories.make_theme(), factories.make_municipality()
    workshop = factories.make_workshop(theme=theme, municipalities=[municipality])
    factories.make_material_file(
        material=factories.make_material(workshop=workshop), published_at=EARLY
    )
    factories.make_participation(municipality=municipality)
    factories.make_change_note(item=factories.make_story(theme=theme))
    return workshop


# Pages


PAGES = {
    "sv": ("/sv/nytt/", "/sv/teman/valfardsledning/nytt/", "/sv/kommuner/esbo/nytt/"),
    "fi": ("/fi/uutta/", "/fi/teemat/hyvinvointijohtaminen/uutta/", "/fi/kunnat/espoo/uutta/"),
}
FEEDS = {
    "sv": [f"{page}flode.atom" for page in PAGES["sv"]],
    "fi": [f"{page}syote.atom" for page in PAGES["fi"]],
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_pages_and_feeds_stand_at_their_addresses(client, language) -> None:
    home_of_everything()
    for page, feed in zip(PAGES[language], FEEDS[language], strict=True):
        document = Document(client.get(page).content.decode())
        alternates = document.all("link", type="application/atom+xml")
        assert [one.attributes["href"] for one in alternates] == [feed]
        assert document.all("a", href=feed)
        assert client.get(feed)["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.django_db
def test_page_groups_its_entries_by_month(client) -> None:
    factories.make_story(publish_at=datetime(2018, 3, 31, 21, 0, tzinfo=UTC))  # 1 April in Helsinki
    factories.make_story(publish_at=datetime(2018, 3, 31, 20, 0, tzinfo=UTC))
    for address, months in (("/sv/nytt/", ["April 2018", "Mars 2018"]), ("/fi/uutta/", None)):
        page = Document(client.get(address).content.decode())
        headings = [one.text for one in page.all("h2") if "2018" in one.text]
        assert headings == (months or ["Huhtikuu 2018", "Maaliskuu 2018"])
    times = [one.attributes["datetime"] for one in page.all("time")]
    assert times == ["2018-04-01", "2018-03-31"]


@pytest.mark.django_db
def test_page_turns_and_the_switch_keeps_its_number(client) -> None:
    for _number in range(30):
        factories.make_story()
    page = Document(client.get("/sv/nytt/?sida=2").content.decode())
    assert len(page.all("li")) >= 6
    switch = page.all("a", lang="fi", hreflang="fi")[0]
    assert switch.attributes["href"] == "/fi/uutta/?sivu=2"
    assert page.all("a", rel="prev")


@pytest.mark.django_db
def test_empty_page_helps(client) -> None:
    factories.make_municipality()
    page = Document(client.get("/sv/kommuner/esbo/nytt/").content.decode())
    assert page.all("a", href="/sv/nytt/")
    assert client.get("/sv/nytt/").status_code == 200


@pytest.mark.django_db
def test_page_of_the_other_languages_slug_leads_to_the_right_one(client) -> None:
    factories.make_municipality()
    response = client.get("/sv/kommuner/espoo/nytt/")
    assert (response.status_code, response["Location"]) == (301, "/sv/kommuner/esbo/nytt/")
    response = client.get("/fi/kunnat/esbo/uutta/syote.atom")
    assert response["Location"] == "/fi/kunnat/espoo/uutta/syote.atom"


@pytest.mark.django_db
def test_pages_of_municipality_and_theme_lead_to_their_news(client) -> None:
    home_of_everything()
    for page in ("/sv/kommuner/esbo/", "/sv/teman/valfardsledning/", "/sv/"):
        document = Document(client.get(page).content.decode())
        news = "/sv/nytt/" if page == "/sv/" else f"{page}nytt/"
        assert document.all("a", href=news)
        assert document.all("link", type="application/atom+xml")


@pytest.mark.django_db
def test_page_marks_what_is_in_the_other_language(client) -> None:
    given = {"pairing": "fi", "pairing_reason": "Vain suomeksi.", "title_sv": None, "slug_sv": None}
    factories.make_story(lead_sv=None, body_sv=None, **given)
    page = Document(client.get("/sv/nytt/").content.decode())
    link = page.all("a", lang="fi", hreflang="fi")[-1]
    assert link.text == "Arjen pienet asiat"
    assert "på finska" in [one.text for one in page.all("span")]
    assert ("fi", "Hyvinvointi rakentuu arjen monista pienistä asioista.") in page.texts


@pytest.mark.django_db
def test_page_of_feeds_names_every_feed_and_calendar(client) -> None:
    home_of_everything()
    page = Document(client.get(reverse("portal:feeds")).content.decode())
    links = set(page.links())
    assert {*PAGES["sv"], *FEEDS["sv"]} <= links
    calendars = ("verkstader", "teman/valfardsledning", "kommuner/esbo")
    assert {f"/sv/{of}/kalender.ics" for of in calendars} <= links


# Feeds, as readers' programs read them


def read(client, address: str) -> feedparser.FeedParserDict:
    found = feedparser.parse(client.get(address).content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_feeds_are_read_by_another_library(client, language) -> None:
    factories.make_project()
    home_of_everything()
    for page, address in zip(PAGES[language], FEEDS[language], strict=True):
        found = read(client, address)
        assert found.feed.language == language
        assert found.feed.link == f"http://testserver{page}"
        own = [link.href for link in found.feed.links if link.rel == "self"]
        assert own == [f"http://testserver{address}"]
        assert found.feed.author
        assert found.feed.id.startswith("urn:uuid:")
        assert found.entries
        for entry in found.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.title
            assert entry.updated_parsed <= found.feed.updated_parsed
            assert entry.link.startswith(f"http://testserver/{language}/")
        assert len({entry.id for entry in found.entries}) == len(found.entries)


@pytest.mark.django_db
def test_entries_have_one_id_in_both_languages_and_over_changes(client) -> None:
    factories.make_project()
    workshop = home_of_everything()

    def ids(address: str) -> list[str]:
        return [entry.id for entry in read(client, address).entries]

    before = ids("/sv/nytt/flode.atom")
    assert ids("/fi/uutta/syote.atom") == before
    workshop.title_sv, workshop.slug_sv = "Verkstad om ledning", "ledning"
    workshop.save()
    assert ids("/sv/nytt/flode.atom") == before
    feeds = {read(client, feed).feed.id for language in FEEDS for feed in FEEDS[language]}
    assert len(feeds) == 6


@pytest.mark.django_db
def test_entry_says_what_happened_and_when(client) -> None:
    workshop = factories.make_workshop(day=SOON)
    change(workshop, status="cancelled")
    cancelled, public = read(client, "/fi/uutta/syote.atom").entries
    assert cancelled.title == "Peruttu: Hyvinvointijohtamisen työpaja"
    assert cancelled.summary.startswith("Peruttu. 11.10.2100 klo 9–12.")
    assert public.title == "Uusi työpaja: Hyvinvointijohtamisen työpaja"
    assert public.updated == public.published == "2018-01-15T07:00:00+00:00"


@pytest.mark.django_db
def test_entry_in_the_other_language_says_so(client) -> None:
    given = {"pairing": "fi", "pairing_reason": "Vain suomeksi.", "title_sv": None, "slug_sv": None}
    factories.make_story(lead_sv=None, body_sv=None, **given)
    (entry,) = read(client, "/sv/nytt/flode.atom").entries
    assert (entry.title, entry.title_detail.language) == ("Arjen pienet asiat", "fi")
    assert entry.summary == "Ny berättelse. Den här texten finns bara på finska."
    assert entry.summary_detail.language == "sv"


@pytest.mark.django_db
def test_example_says_so_in_the_feed(client) -> None:
    factories.make_story(is_example=True)
    assert "Det här är ett exempel" in read(client, "/sv/nytt/flode.atom").entries[0].summary


@pytest.mark.django_db
def test_feed_holds_the_newest_only_and_nothing_that_is_not_public(client) -> None:
    for number in range(52):
        factories.make_story(publish_at=EARLY + timedelta(minutes=number))
    factories.make_story(decision="draft", publish_at=None)
    factories.make_story(publish_at=datetime(2099, 1, 1, tzinfo=UTC))
    found = read(client, "/sv/nytt/flode.atom")
    assert len(found.entries) == 50
    assert found.feed.updated == "2018-03-01T07:51:00+00:00"


@pytest.mark.django_db
def test_feed_that_has_not_changed_is_not_sent_again(client) -> None:
    story = factories.make_story()
    first = client.get("/sv/nytt/flode.atom")
    assert "Last-Modified" not in first
    assert first["Cache-Control"] == "public, max-age=900"
    again = client.get("/sv/nytt/flode.atom", headers={"if_none_match": first["ETag"]})
    assert again.status_code == 304
    story.decision = "withdrawn"
    story.save()
    again = client.get("/sv/nytt/flode.atom", headers={"if_none_match": first["ETag"]})
    assert again.status_code == 200


@pytest.mark.django_db
def test_empty_feed_is_a_feed_and_the_same_each_time(client) -> None:
    factories.make_municipality()
    found = read(client, "/sv/kommuner/esbo/nytt/flode.atom")
    assert found.entries == []
    assert found.feed.updated == "1970-01-01T00:00:00+00:00"


@pytest.mark.django_db
def test_signs_that_no_xml_may_hold_do_not_break_the_feed(client) -> None:
    factories.make_story(title_sv="Före\x0befter <b>&\uffff", lead_sv="Rad ett\nrad\x1f två")
    (entry,) = read(client, "/sv/nytt/flode.atom").entries
    assert entry.title == "Ny berättelse: Före efter <b>&"
    assert entry.summary == "Ny berättelse. Rad ett rad två"


@pytest.mark.django_db
def test_page_of_many_kinds_is_two_queries_for_its_entries() -> None:
    home_of_everything()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        shown = [(one.heading, one.details, one.path, one.languages) for one in entries()]
    assert len(captured) == 2
    assert len(shown) > 5
