"""Every write to content leaves a row of history, whoever makes it."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection

from foundation.content.agreement import writing
from foundation.content.models import LanguageState
from foundation.history.models import Change
from foundation.history.recording import recorded_models, wholes_of
from municipalities.models import Municipality
from portal.models import Redirect
from publications.models import Figure, MaterialFile, Practice, Story
from tests import factories
from tests.constraint_cases import OUR_MODELS
from tests.foundation.editing.test_admin import save, url
from tests.foundation.history import execute

pytestmark = pytest.mark.django_db

PEOPLE_AND_ENGINES = {"accounts", "search", "history"}


def noted(**wanted):
    return list(Change.objects.filter(**wanted).order_by("pk"))


def the_change(**wanted):
    [change] = noted(operation="changed", **wanted)
    return change


@pytest.fixture
def story():
    return factories.make_story()


def test_every_model_of_content_is_recorded_or_says_why_not():
    recorded = set(recorded_models())
    for model in OUR_MODELS:
        if model._meta.app_label not in PEOPLE_AND_ENGINES and not model._meta.proxy:
            reason = getattr(model, "unrecorded", "")
            assert (model in recorded) != bool(reason), model
            assert not reason or reason.endswith("."), model


def test_every_recorded_table_has_its_trigger_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname LIKE 'pgtrigger_keep_history%%'"
        )
        tables = {table for (table,) in cursor.fetchall()}
    assert tables == {model._meta.db_table for model in recorded_models()}


def test_rows_of_many_to_many_relations_are_recorded_too():
    through = {m for m in apps.get_models(include_auto_created=True) if m._meta.auto_created}
    ours = {m for m in through if m._meta.app_label in ("projects", "publications")}
    assert ours and ours <= set(recorded_models())


def by_form(story, client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    assert save(client, url(Story, "change", story.pk), title_sv="Ny").status_code == 302


def by_save(story, client):
    story.title_sv = "Ny"
    story.save()


def by_update(story, client):
    Story.objects.filter(pk=story.pk).update(title_sv="Ny")


def by_sql(story, client):
    execute("UPDATE publications_story SET title_sv = 'Ny' WHERE id = %s", story.pk)


@pytest.mark.parametrize("write", [by_form, by_save, by_update, by_sql])
def test_change_is_noted_however_it_is_written(story, client, write):
    before = story.title_sv
    write(story, client)
    change = the_change(kind="publications_story", object_id=story.pk)
    assert (change.before["title_sv"], change.after["title_sv"]) == (before, "Ny")


def test_columns_that_did_not_change_are_not_noted(story):
    Story.objects.filter(pk=story.pk).update(title_sv="Ny")
    assert set(the_change(kind="publications_story").after) == {"title_sv"}


def test_saving_without_a_change_leaves_no_row(story):
    story.save()
    Story.objects.filter(pk=story.pk).update(year=story.year)
    assert not noted(operation="changed")


def test_author_is_whom_the_writer_names(story):
    user = factories.make_user()
    with writing(author=user.pk):
        Story.objects.filter(pk=story.pk).update(year=2018)
    Story.objects.filter(pk=story.pk).update(year=2019)
    assert [c.author_id for c in noted(operation="changed")] == [user.pk, None]


def test_history_outlives_its_author(story):
    user = factories.make_user()
    with writing(author=user.pk):
        Story.objects.filter(pk=story.pk).update(year=2018)
    user.delete()
    assert the_change().author is None


def test_saving_costs_no_query_of_its_own(story, django_assert_num_queries):
    story.title_sv = "Ny"
    with django_assert_num_queries(1):
        story.save()


def test_row_in_another_items_form_is_a_part_of_it():
    figure = factories.make_figure()
    Figure.objects.filter(pk=figure.pk).update(caption_sv="Ny bildtext")
    assert the_change(kind="publications_figure").part_of == [
        f"publications_story:{figure.story_id}"
    ]


def test_row_that_moves_is_told_of_in_both_items():
    figure, other = factories.make_figure(), factories.make_story()
    Figure.objects.filter(pk=figure.pk).update(story=other)
    wholes = {f"publications_story:{key}" for key in (figure.story_id, other.pk)}
    assert set(the_change(kind="publications_figure").part_of) == wholes


def test_tie_of_a_many_to_many_relation_is_noted(story):
    municipality = factories.make_municipality()
    story.municipalities.add(municipality)
    story.municipalities.remove(municipality)
    ties = noted(kind="publications_story_municipalities")
    assert [tie.operation for tie in ties] == ["added", "deleted"]
    assert f"publications_story:{story.pk}" in ties[0].part_of


def test_note_to_readers_is_a_part_of_its_item(story):
    factories.make_change_note(item=story)
    [note] = noted(kind="content_changenote")
    assert note.part_of == [f"publications_story:{story.pk}"]


def test_what_machines_read_of_a_file_is_no_version():
    file = factories.make_material_file()
    MaterialFile.objects.filter(pk=file.pk).update(
        reading_state="failed", reading_problem="broken", reading_text="<p>Läst.</p>"
    )
    assert not noted(kind="publications_materialfile", operation="changed")
    with writing(author=factories.make_user().pk):
        MaterialFile.objects.filter(pk=file.pk).update(reading_text="<p>Rättat.</p>")
    assert the_change(kind="publications_materialfile").after == {"reading_text": "<p>Rättat.</p>"}


def test_what_is_known_of_languages_is_noted_only_when_it_goes(story):
    kinds = {"kind": LanguageState._meta.db_table}
    assert LanguageState.objects.exists() and not noted(**kinds)
    story.delete()
    assert noted(**kinds)


def test_action_of_a_list_is_signed(client):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    municipality = factories.make_municipality()
    client.post(
        url(Municipality, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [municipality.pk],
            "post": "yes",
        },
    )
    [gone] = noted(kind="municipalities_municipality", operation="deleted")
    assert gone.author_id == user.pk


def test_form_of_another_kind_of_admin_is_signed(client):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    factories.make_story()
    given = {"address": "/sv/kort", "target": "/sv/teman/", "note": ""}
    assert client.post(url(Redirect, "add"), given).status_code == 302
    [added] = noted(kind="portal_redirect")
    assert added.author_id == user.pk
    Story.objects.update(year=2019)
    assert the_change().author_id is None


def test_deletion_is_signed_and_keeps_the_whole_row(client, story):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    client.post(url(Story, "delete", story.pk), {"post": "yes"})
    [gone] = noted(kind="publications_story", operation="deleted")
    assert gone.author_id == user.pk
    assert gone.before["title_fi"] == story.title_fi
    assert LogEntry.objects.latest("pk").is_deletion()


def test_part_is_known_by_what_takes_it_along():
    assert wholes_of(Figure) == [
        "story_id=publications_story",
        "publication_id=publications_publication",
    ]
    assert wholes_of(Practice) == []
