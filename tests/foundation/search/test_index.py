"""The index follows every write, in the transaction that writes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.search import indexing
from foundation.search.declarations import declared
from foundation.search.models import SearchEntry, StaleItem
from foundation.search.query import answer, search_query
from publications.models import Publication, Story
from tests import factories

pytestmark = pytest.mark.django_db


def hits(text: str, language: str = "sv", moment: datetime | None = None) -> list[str]:
    return [hit.title for hit in answer(search_query(text, language), moment=moment).hits]


def found(text: str, language: str = "sv", moment: datetime | None = None) -> list[str]:
    """The titles of hits, once what the test has written is indexed: it never commits."""
    indexing.bring_up_to_date()
    return hits(text, language, moment)


def sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.django_db(transaction=True)
def test_save_and_entry_are_one_transaction() -> None:
    with transaction.atomic():
        factories.make_story(title_sv="Ugglan vakar")
    assert not StaleItem.objects.exists()
    assert SearchEntry.objects.filter(title="Ugglan vakar").exists()


@pytest.mark.django_db(transaction=True)
def test_save_outside_a_transaction_is_one_of_its_own() -> None:
    story = factories.make_story(title_sv="Ugglan vakar")
    assert hits("ugglan") == ["Ugglan vakar"]
    story.title_sv = "Örnen vakar"
    story.save()
    assert hits("ugglan") == []
    assert hits("örnen") == ["Örnen vakar"]
    assert not StaleItem.objects.exists()


def test_reader_never_indexes(client: Client) -> None:
    story = factories.make_story(title_sv="Ugglan vakar")
    assert found("ugglan") == ["Ugglan vakar"]
    sql("UPDATE publications_story SET title_sv = 'Örnen vakar' WHERE id = %s", story.pk)
    for page in ("portal:search", "portal:search_suggestions", "portal:search_results"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(page), {"q": "ugglan"}).status_code == 200
        statements = [query["sql"].strip() for query in captured.captured_queries]
        written = [text for text in statements if not text.startswith(("SELECT", "WITH", "("))]
        # That something was looked for is counted.
        assert not [text for text in written if "search_searchedday" not in text]
    assert StaleItem.objects.exists()
    assert hits("ugglan") == ["Ugglan vakar"]
    call_command("check_search_index")
    assert hits("örnen") == ["Örnen vakar"]


@pytest.mark.django_db(transaction=True)
def test_write_that_is_rolled_back_leaves_no_entry() -> None:
    with transaction.atomic():
        factories.make_story(title_sv="Ugglan vakar")
        transaction.set_rollback(True)
    assert not SearchEntry.objects.filter(title="Ugglan vakar").exists()


@pytest.mark.django_db(transaction=True)
def test_mistake_of_search_loses_no_save(monkeypatch, caplog) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError("no such word")

    monkeypatch.setattr(indexing, "entries_of", fail)
    with transaction.atomic():
        factories.make_term(term_sv="ugglan")
    assert "it stays noted" in caplog.text
    monkeypatch.undo()
    assert StaleItem.objects.exists()
    assert found("ugglan") == ["ugglan"]


def test_publication_state_holds_at_once_whoever_writes() -> None:
    story = factories.make_story(title_sv="Ugglan vakar")
    assert found("ugglan") == ["Ugglan vakar"]
    sql("UPDATE publications_story SET decision = 'withdrawn' WHERE id = %s", story.pk)
    entry = SearchEntry.objects.get(object_id=story.pk, kind="publications_story", language="sv")
    assert entry.public_from is None
    assert hits("ugglan") == []
    sql("UPDATE publications_story SET decision = 'public' WHERE id = %s", story.pk)
    assert hits("ugglan") == ["Ugglan vakar"]
    sql("DELETE FROM publications_story WHERE id = %s", story.pk)
    assert not SearchEntry.objects.filter(kind="publications_story").exists()


@pytest.mark.parametrize("after", [-2, -1, 0, 1, 2])
def test_scheduled_item_appears_and_leaves_as_published_says(after: int) -> None:
    moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    story = factories.make_story(
        title_sv="Ugglan vakar",
        publish_at=moment - timedelta(days=1),
        withdraw_at=moment + timedelta(days=1),
    )
    day = moment + timedelta(days=after)
    is_public = Story.objects.published(day).filter(pk=story.pk).exists()
    assert (found("ugglan", moment=day) == ["Ugglan vakar"]) == is_public


def test_item_in_one_language_is_found_in_that_language_only() -> None:
    story = factories.make_story(title_sv="Ugglan vakar", title_fi="Pöllö valvoo")
    assert found("pöllö", "fi") == ["Pöllö valvoo"]
    Story.objects.filter(pk=story.pk).update(pairing="sv", pairing_reason="Bara på svenska.")
    assert found("pöllö", "fi") == []
    assert found("ugglan") == ["Ugglan vakar"]


def _figure() -> None:
    factories.make_figure(story=factories.make_story(), caption_sv="En uggla").save()


def _proposal() -> None:
    factories.make_action_proposal(proposal_sv="Låt ugglan vaka.")


def _author() -> None:
    factories.make_authorship(family_name="Uggla")


def _file() -> None:
    factories.make_material_file(reading_text="<p>En uggla på sidan tre.</p>")


def _responsibility() -> None:
    factories.make_contact(responsibilities_sv="ugglor")


def _goal() -> None:
    factories.make_goal(goal_sv="Ugglor för alla.")


def _summary() -> None:
    factories.make_theme_period(summary_sv="Vi såg en uggla.")


def _publisher() -> None:
    organisation = factories.make_organisation()
    factories.make_publication(publisher=organisation)
    found("uggla")
    type(organisation).objects.filter(pk=organisation.pk).update(name_sv="Ugglans förlag")


def _task_area() -> None:
    area = factories.make_task_area(name_sv="Ugglor")
    practice = factories.make_practice()
    found("uggla")
    practice.task_areas.add(area)


def _workshop_place() -> None:
    factories.make_workshop(place_sv="Ugglans sal")


def _synonym() -> None:
    term = factories.make_term()
    found("uggla")
    type(term).objects.filter(pk=term.pk).update(synonyms_sv="uggla")


@pytest.mark.parametrize(
    "write",
    [
        *(_figure, _proposal, _author, _file, _responsibility, _goal, _summary, _publisher),
        *(_task_area, _workshop_place, _synonym),
    ],
)
def test_part_of_an_item_makes_it_found(write: Callable[[], None]) -> None:
    assert found("uggla") == []
    write()
    assert len(found("uggla")) == 1


def test_item_is_found_by_its_municipality_in_either_language() -> None:
    turku = factories.make_municipality(code="853", name_sv="Åbo", name_fi="Turku")
    workshop = factories.make_workshop()
    assert found("Turussa") == ["Åbo"]
    workshop.municipalities.add(turku)
    assert found("Turussa") == ["Åbo", workshop.title_sv]
    assert found("Åbo", "fi") == ["Turku", workshop.title_fi]
    workshop.municipalities.clear()
    assert found("Turussa") == ["Åbo"]


def test_material_follows_the_municipalities_of_its_workshop() -> None:
    turku = factories.make_municipality(code="853", name_sv="Åbo", name_fi="Turku")
    workshop = factories.make_workshop(decision="draft")
    material = factories.make_material(workshop=workshop)
    assert found("Åbo") == ["Åbo"]
    workshop.municipalities.add(turku)
    assert found("Åbo") == ["Åbo", material.title_sv]


def test_synonyms_lead_both_ways() -> None:
    factories.make_term()
    story = factories.make_story(title_sv="Workshop i Vasa")
    workshop = factories.make_workshop(title_sv="Verkstad om vatten")
    assert {story.title_sv, workshop.title_sv} <= set(found("workshops"))
    assert {story.title_sv, workshop.title_sv} <= set(found("verkstaden"))


def test_exact_form_ranks_first() -> None:
    factories.make_story(title_sv="Om ledningens ansvar")
    factories.make_story(title_sv="Ledning")
    factories.make_story(title_sv="Välfärdsledning")
    assert found("ledning") == ["Ledning", "Om ledningens ansvar", "Välfärdsledning"]


def test_contact_leaves_search_after_its_last_day() -> None:
    today = timezone.localdate()
    factories.make_contact(name="Ugla Stråk", visible_until=today)
    assert found("stråk") == ["Ugla Stråk"]
    assert found("stråk", moment=timezone.now() + timedelta(days=1)) == []


def test_text_of_a_file_comes_with_the_moment_it_is_public_from() -> None:
    moment = timezone.now() + timedelta(days=2)
    factories.make_material_file(reading_text="<p>En uggla.</p>", published_at=moment)
    assert found("uggla") == []
    assert SearchEntry.objects.filter(due_at=moment).count() == 2


def test_draft_is_not_found() -> None:
    factories.make_story(title_sv="Ugglan vakar", decision="draft", publish_at=None)
    assert found("ugglan") == []


def test_check_finds_and_repairs_what_went_past_the_triggers(capsys) -> None:
    story = factories.make_story(title_sv="Ugglan vakar")
    gone = factories.make_publication()
    indexing.bring_up_to_date()
    call_command("check_search_index")
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL session_replication_role = replica")  # as some restores do: no trigger fires
    Publication.objects.filter(pk=gone.pk)._raw_delete("default")
    sql("UPDATE publications_story SET title_sv = 'Örnen vakar' WHERE id = %s", story.pk)
    sql("SET LOCAL session_replication_role = origin")
    with pytest.raises(CommandError, match="2 items"):
        call_command("check_search_index")
    call_command("check_search_index", repair=True)
    call_command("check_search_index")
    assert found("örnen") == ["Örnen vakar"]
    assert f"publications_story {story.pk}: out of step" in capsys.readouterr().out


def test_reindex_reads_everything_anew(capsys) -> None:
    factories.make_story(title_sv="Ugglan vakar")
    indexing.bring_up_to_date()
    SearchEntry.objects.all().delete()
    call_command("reindex")
    assert found("ugglan") == ["Ugglan vakar"]
    assert "publications_story: 1" in capsys.readouterr().out


def test_reindex_refuses_what_is_not_searchable() -> None:
    with pytest.raises(CommandError, match="portal_feedback"):
        call_command("reindex", "portal_feedback")


@pytest.mark.parametrize("kind", declared())
def test_every_searchable_type_is_found_by_its_name(kind: str) -> None:
    item = factories.MAKERS[declared()[kind].model]()
    name = SearchEntry.objects
    indexing.bring_up_to_date()
    for entry in name.filter(kind=kind, object_id=item.pk):
        assert entry.title in found(entry.title, entry.language)
        assert entry.path.startswith(f"/{entry.language}/")
    assert name.filter(kind=kind, object_id=item.pk).count() == 2
