"""The status of the languages: what the page says is what plain SQL counts."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.content.agreement import EVERY_FIELD, writing
from foundation.content.models import LanguageState
from foundation.content.pages import written_day
from portal.language_status import LanguageStatus, Tally, content_models, status_pages
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db

ADDRESSES = {"sv": "/sv/sprak/", "fi": "/fi/kielet/"}
LONG_AGO = datetime(2018, 10, 11, 6, 0, tzinfo=UTC)
NO_TEXTS = {"slug", "link", "website"}
UNFORMATTED = "regexp_replace({}, '<[^>]*>', '', 'g')"


def shown(language: str) -> Document:
    response = Client().get(ADDRESSES[language])
    assert response.status_code == 200
    return Document(response.content.decode())


def table_rows(page: Document) -> list[list[str]]:
    """The cells of every row with data, in both tables of the page."""
    cells = [
        (one.tag, " ".join(one.text.split()))
        for one in page.elements
        if one.tag == "td" or (one.tag == "th" and one.attributes.get("scope") == "row")
    ]
    rows: list[list[str]] = []
    for tag, text in cells:
        if tag == "th":
            rows.append([])
        rows[-1].append(text)
    return rows


def status_in(language: str) -> LanguageStatus:
    return next(one for one in status_pages() if one.language == language)


def counted_by_hand(language: str) -> dict[str, tuple[int, int, int, int]]:
    """Total, complete, partly and missing of each table, from the texts themselves.

    It holds each text against the one last agreed on, and never asks which side is ahead.
    """
    there = {"sv": "fi", "fi": "sv"}[language]
    found = {}
    for model in content_models():
        table = model._meta.db_table
        columns = {
            name
            for (name,) in asked(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", table
            )
        }
        fields = {name[:-3] for name in columns if f"{name[:-3]}_fi" in columns} - NO_TEXTS
        waits = " OR ".join(
            f"""(coalesce(item.{field}_{there}, '') <> '' AND (
                coalesce(item.{field}_{language}, '') = '' OR EXISTS (
                    SELECT 1 FROM content_languagestate AS state
                    WHERE state.kind = '{table}' AND state.object_id = item.id
                    AND state.field = '{field}'
                    AND {UNFORMATTED.format(f"state.agreed_{there}")}
                        <> {UNFORMATTED.format(f"item.{field}_{there}")})))"""
            for field in fields
        )
        ((total, missing, partly),) = asked(
            f"""SELECT count(*), count(*) FILTER (WHERE pairing = '{there}'),
                count(*) FILTER (WHERE pairing = 'both' AND ({waits}))
            FROM {table} AS item
            WHERE decision = 'public' AND publish_at <= now()
                AND (withdraw_at IS NULL OR withdraw_at > now())"""
        )
        if total:
            found[table] = (total, total - partly - missing, partly, missing)
    return found


def asked(sql: str, *arguments: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments or None)
        return cursor.fetchall()


def counted_by_the_page(language: str) -> dict[str, tuple[int, int, int, int]]:
    return {
        one.model._meta.db_table: (one.total, one.complete, one.partly, one.missing)
        for one in status_in(language).types
    }


def make_mixed_content() -> None:
    """Items in every state there is, of three types."""
    factories.make_story()
    factories.make_story(kicker_fi=None)
    factories.make_story(kicker_sv="")
    only = {"pairing_reason": "Rapporten skrevs på ett språk."}
    factories.make_story(
        pairing="sv", title_fi=None, slug_fi=None, lead_fi=None, body_fi=None, **only
    )
    factories.make_story(pairing="fi", **only)
    factories.make_story(decision="draft", publish_at=None, lead_sv=None)
    factories.make_story(publish_at=datetime(2100, 1, 1, tzinfo=UTC), kicker_sv=None)
    factories.make_story(withdraw_at=LONG_AGO.replace(year=2020), kicker_fi=None)
    changed = factories.make_story()
    changed.lead_fi = "Aivan uusi ingressi."
    changed.save()
    both_changed = factories.make_story()
    both_changed.title_fi, both_changed.lead_sv = "Toinen otsikko", "En annan ingress."
    both_changed.save()
    agreed = factories.make_story()
    agreed.lead_sv = "En ny ingress som motsvarar den finska."
    with writing(agreeing=[EVERY_FIELD]):
        agreed.save()
    small = factories.make_story()
    small.lead_sv = "En ingress utan stavfel."
    with writing(small_change=True):
        small.save()
    formatted = factories.make_story()
    formatted.body_sv = "<p>Kommunen <strong>främjar</strong> invånarnas välfärd.</p>"
    formatted.save()
    factories.make_practice(need_fi=None)
    factories.make_theme()


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_numbers_are_those_of_plain_sql(language: str) -> None:
    make_mixed_content()
    assert counted_by_the_page(language) == counted_by_hand(language)


def test_each_state_is_counted_where_it_belongs() -> None:
    make_mixed_content()
    assert counted_by_the_page("sv") == {
        "publications_story": (10, 6, 3, 1),
        "publications_practice": (1, 1, 0, 0),
        "projects_theme": (1, 1, 0, 0),
    }
    assert counted_by_the_page("fi") == {
        "publications_story": (10, 7, 2, 1),
        "publications_practice": (1, 0, 1, 0),
        "projects_theme": (1, 1, 0, 0),
    }


def test_page_shows_the_numbers_of_both_languages_and_their_sums() -> None:
    make_mixed_content()
    today = written_day(timezone.now())
    assert table_rows(shown("sv")) == [
        ["Berättelser", "10", "6", "3", "1", "60 %", today],
        ["God praxis", "1", "1", "0", "0", "100 %", ""],
        ["Teman", "1", "1", "0", "0", "100 %", ""],
        ["Alla sidor", "12", "8", "3", "1", "66 %", today],
        ["Berättelser", "10", "7", "2", "1", "70 %", today],
        ["God praxis", "1", "0", "1", "0", "0 %", today],
        ["Teman", "1", "1", "0", "0", "100 %", ""],
        ["Alla sidor", "12", "8", "3", "1", "66 %", today],
    ]
    kinds = [row[0] for row in table_rows(shown("fi"))]
    assert kinds == ["Hyvät käytännöt", "Tarinat", "Teemat", "Kaikki sivut"] * 2


def test_oldest_text_is_named_with_its_day_and_a_link() -> None:
    make_mixed_content()
    story = factories.make_story(title_sv="Äldst", title_fi="Vanhin", kicker_fi=None)
    draft = factories.make_story(decision="draft", kicker_fi=None)
    states = LanguageState.objects.filter(kind="publications_story", field="kicker")
    states.filter(object_id=story.pk).update(sv_changed_at=LONG_AGO)
    states.filter(object_id=draft.pk).update(sv_changed_at=LONG_AGO.replace(year=2017))
    oldest = status_in("fi").oldest
    assert oldest is not None
    assert (oldest.item, oldest.since) == (story, LONG_AGO)
    for language, title, told in (
        ("sv", "Äldst", "Delen ”Rad ovanför rubriken” har saknats sedan 11.10.2018."),
        ("fi", "Vanhin", "Kohta ”Rivi otsikon yläpuolella” on puuttunut 11.10.2018 alkaen."),
    ):
        page = shown(language)
        assert [one.text for one in page.all("a", href=story.path(language))] == [title]
        assert any(told in " ".join(one.text.split()) for one in page.all("p"))
        assert page.all("time", datetime="2018-10-11")


def test_text_that_has_changed_is_told_apart_from_one_that_is_missing() -> None:
    story = factories.make_story()
    story.lead_fi = "Aivan uusi ingressi."
    story.save()
    told = "Delen ”Ingress” har varit äldre än på det andra språket sedan"
    assert any(told in " ".join(one.text.split()) for one in shown("sv").all("p"))


def test_nothing_outstanding_is_said_in_words() -> None:
    factories.make_story()
    page = shown("sv")
    assert ("sv", "Ingen text väntar på att översättas till svenska.") in page.texts
    assert ("sv", "Ingen text väntar på att översättas till finska.") in page.texts
    assert ("sv", "Väntar sedan") not in page.texts
    assert ("sv", "1 av 1 publicerad sida är klar.") in page.texts
    assert len(table_rows(page)[0]) == 6


def test_portal_without_pages_has_no_empty_tables() -> None:
    factories.make_story(decision="draft", publish_at=None)
    page = shown("fi")
    assert ("fi", "Mitään ei ole vielä julkaistu.") in page.texts
    assert not page.all("table")


def test_share_is_a_hundred_only_when_all_are_complete() -> None:
    assert Tally(total=300, complete=299, partly=1, missing=0).share == 99
    assert Tally(total=300, complete=300, partly=0, missing=0).share == 100
    assert Tally(total=0, complete=0, partly=0, missing=0).share == 0


@pytest.mark.parametrize("count", [1, 3])
def test_status_takes_seven_queries_at_most(django_assert_num_queries, count: int) -> None:
    for _number in range(count):
        factories.make_story(kicker_fi=None)
        factories.make_theme(lead_sv=None, pairing="fi", pairing_reason="Vain suomeksi.")
        factories.make_practice(need_sv=None)
    # For each language the counts, the oldest state and its item; and the frame of the page.
    with django_assert_num_queries(7):
        shown("sv")
