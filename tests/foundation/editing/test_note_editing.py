"""The admin: editors tell readers what is new, and take it back."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from foundation.content.models import ChangeNote
from projects.models import Workshop, WorkshopSeries
from publications.models import Material, Practice, Publication, Story
from publications.news import News, Scope
from tests import factories
from tests.foundation.editing.test_admin import errors_in, save, url
from tests.html_document import Document

NEWS = {"news_sv": "Programmet är klart.", "news_fi": "Ohjelma on valmis."}
KINDS = [Workshop, WorkshopSeries, Material, Publication, Story, Practice]


@pytest.fixture
def editor(db, client: Client) -> Client:
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    return client


def saved(editor: Client, item: Model, **changed: Any) -> HttpResponse:
    return save(editor, url(type(item), "change", item.pk), **changed)


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_note_in_both_languages_is_told_to_readers(editor, model) -> None:
    item = factories.MAKERS[model]()
    assert saved(editor, item, **NEWS).status_code == 302
    entry = News(Scope())[:1][0]
    assert (entry.event, entry.item, str(entry.details)) == ("note", item, NEWS["news_sv"])


def test_saving_without_a_note_tells_nothing(editor) -> None:
    assert saved(editor, factories.make_story(), title_sv="Rättad rubrik").status_code == 302
    assert not ChangeNote.objects.exists()


@pytest.mark.parametrize("blank", ["", "   "])
@pytest.mark.parametrize("missing", ["news_sv", "news_fi"])
def test_note_in_one_language_is_sent_back_and_nothing_is_saved(editor, missing, blank) -> None:
    story = factories.make_story()
    response = saved(editor, story, **{**NEWS, missing: blank, "title_sv": "Ny rubrik"})
    assert "också på det här språket" in errors_in(response)
    story.refresh_from_db()
    assert story.title_sv != "Ny rubrik"
    assert not ChangeNote.objects.exists()


def only_in_finnish() -> Story:
    empty = dict.fromkeys(["title_sv", "slug_sv", "lead_sv", "body_sv"])
    return factories.make_story(pairing="fi", pairing_reason="Vain suomeksi.", **empty)


def test_note_of_an_item_in_one_language_is_in_that_language(editor) -> None:
    story = only_in_finnish()
    assert "Lämna fältet tomt" in errors_in(saved(editor, story, **NEWS))
    assert saved(editor, story, news_fi=NEWS["news_fi"]).status_code == 302
    note = ChangeNote.objects.get()
    assert (note.pairing, note.note_sv, note.note_fi) == ("fi", None, NEWS["news_fi"])


def test_note_that_is_too_long_is_sent_back(editor) -> None:
    response = saved(editor, factories.make_story(), news_sv="a" * 301, news_fi="b" * 301)
    assert "300" in errors_in(response)


def test_notes_are_listed_each_language_marked_and_can_be_removed(editor) -> None:
    story = factories.make_story()
    kept, removed = (factories.make_change_note(item=story) for _number in range(2))
    factories.make_change_note()  # of another story
    page = Document(editor.get(url(Story, "change", story.pk)).content.decode())
    boxes = page.all("input", name="removed_notes")
    assert {one.attributes["value"] for one in boxes} == {str(kept.pk), str(removed.pk)}
    assert ("fi", "Ohjelma on valmis.") in page.texts
    assert saved(editor, story, removed_notes=[removed.pk]).status_code == 302
    assert set(ChangeNote.objects.filter(object_id=story.pk)) == {kept}
    assert ChangeNote.objects.count() == 2


def test_note_of_another_item_cannot_be_removed_here(editor) -> None:
    story, other = factories.make_story(), factories.make_change_note()
    factories.make_change_note(item=story)
    assert errors_in(saved(editor, story, removed_notes=[other.pk]))
    assert ChangeNote.objects.filter(pk=other.pk).exists()


def test_move_that_was_none_can_be_taken_back(editor) -> None:
    workshop = factories.make_workshop(day="2100-10-11", last_day="2100-10-11")
    Workshop.objects.filter(pk=workshop.pk).update(status="cancelled")
    note = ChangeNote.objects.get()
    page = editor.get(url(Workshop, "change", workshop.pk)).content.decode()
    assert "Inställd" in page
    assert saved(editor, workshop, removed_notes=[note.pk]).status_code == 302
    assert not ChangeNote.objects.exists()


def test_form_offers_a_note_once_there_is_an_item_to_tell_of(editor) -> None:
    page = Document(editor.get(url(Story, "add")).content.decode())
    assert not page.all("textarea", name="news_sv")
    page = Document(editor.get(url(Story, "change", factories.make_story().pk)).content.decode())
    for language in ("sv", "fi"):
        assert page.all("textarea", name=f"news_{language}", lang=language)
    assert not page.all("input", name="removed_notes")


def test_who_may_only_look_tells_and_removes_nothing(client, db) -> None:
    story = factories.make_story()
    note = factories.make_change_note(item=story)
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    address = url(Story, "change", story.pk)
    assert "news_sv" not in client.get(address).content.decode()
    assert client.post(address, {**NEWS, "removed_notes": [note.pk]}).status_code == 403
    assert ChangeNote.objects.get() == note
