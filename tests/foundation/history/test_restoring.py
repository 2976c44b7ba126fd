"""Going back to a version: whole or in one language, by the rules, and never past a colleague."""

import pytest
from django.contrib.admin.models import LogEntry

from foundation.content.models import LanguageState
from foundation.history.models import Change
from publications.models import Figure, Material, MaterialFile, Story
from tests import factories
from tests.foundation.history import end_version, one_version
from tests.foundation.history.test_versions import page, version_of
from tests.portal.test_dashboard import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    return staff(client, is_superuser=True, first_name="Svea")


@pytest.fixture
def story():
    story = factories.make_story()
    end_version()
    return story


def newest():
    return Change.objects.order_by("-pk").first().pk


def go_back(client, item, version, language="", **given):
    address = version_of(item, version)
    seen = page(client, address).context["newest"]
    return client.post(f"{address}restore/", {"newest": seen, "language": language, **given})


def change(story, **columns):
    with one_version():
        Story.objects.filter(pk=story.pk).update(**columns)


def said(response):
    return " ".join(str(message) for message in response.wsgi_request._messages)


def texts(story):
    found = Story.objects.values("title_sv", "title_fi", "lead_sv", "lead_fi", "year")
    return found.get(pk=story.pk)


def test_whole_version_comes_back_as_a_new_version(client, editor, story):
    then, version = texts(story), newest()
    change(story, title_sv="Ny", title_fi="Uusi", year=2019)
    assert go_back(client, story, version).status_code == 302
    assert texts(story) == then
    change_back = Change.objects.filter(kind="publications_story").first()
    assert change_back.author == editor
    assert LogEntry.objects.latest("pk").is_change()


def test_restore_can_itself_be_taken_back(client, editor, story):
    first = newest()
    change(story, title_sv="Ny")
    second = newest()
    go_back(client, story, first)
    end_version()
    go_back(client, story, second)
    assert texts(story)["title_sv"] == "Ny"


@pytest.mark.parametrize(("language", "other"), [("sv", "fi"), ("fi", "sv")])
def test_one_language_alone_leaves_the_other(client, editor, story, language, other):
    figure = factories.make_figure(story=story)
    end_version()
    then, version = texts(story), newest()
    change(story, title_sv="Ny", title_fi="Uusi", year=2019)
    with one_version():
        Figure.objects.update(caption_sv="Ny bildtext", caption_fi="Uusi kuvateksti", position=9)
        factories.make_figure(story=story)
    go_back(client, story, version, language)
    now = texts(story)
    assert now[f"title_{language}"] == then[f"title_{language}"]
    assert now[f"title_{other}"] == {"sv": "Ny", "fi": "Uusi"}[other]
    assert now["year"] == 2019
    stored = Figure.objects.get(pk=figure.pk)
    assert getattr(stored, f"caption_{language}") == getattr(figure, f"caption_{language}")
    changed = {"sv": "Ny bildtext", "fi": "Uusi kuvateksti"}[other]
    assert (getattr(stored, f"caption_{other}"), stored.position) == (changed, 9)
    assert Figure.objects.count() == 2


def test_comparison_of_languages_goes_on_after_a_restore(client, editor, story):
    version = newest()
    change(story, title_sv="Ny")
    state = LanguageState.objects.get(kind="publications_story", field="title")
    assert state.sv_changed_at
    go_back(client, story, version, "sv")
    state.refresh_from_db()
    assert state.sv_changed_at is None


def test_parts_and_ties_come_and_go_with_their_version(client, editor, story):
    municipality = factories.make_municipality()
    figure = factories.make_figure(story=story)
    story.municipalities.add(municipality)
    end_version()
    version, kept = newest(), Figure.objects.values().get()
    with one_version():
        figure.delete()
        story.municipalities.set([factories.make_municipality()])
        factories.make_figure(story=story)
    go_back(client, story, version)
    assert Figure.objects.values().get() == kept
    assert list(Story.objects.get().municipalities.all()) == [municipality]


def test_what_readers_see_stays_decided_as_it_is(client, editor, story):
    version, slug = newest(), story.slug_sv
    change(story, title_sv="Ny", decision="withdrawn", slug_sv="ny-adress")
    go_back(client, story, version)
    stored = Story.objects.get()
    assert (stored.decision, stored.slug_sv) == ("withdrawn", "ny-adress")
    assert stored.title_sv == story.title_sv and slug != "ny-adress"


def test_files_of_a_material_stay(client, editor):
    material = factories.make_material()
    end_version()
    version = newest()
    with one_version():
        file = factories.make_material_file(material=material)
        Material.objects.update(title_sv="Ny")
    go_back(client, material, version)
    assert MaterialFile.objects.get() == file
    assert Material.objects.get().title_sv == material.title_sv


def test_rule_speaks_in_plain_words_and_nothing_changes(client, editor, story):
    change(story, decision="draft", lead_fi=None)
    draft = newest()
    change(story, decision="public", lead_fi="Ingressi", title_sv="Ny")
    now = texts(story)
    response = go_back(client, story, draft)
    assert "Behövs innan" in said(response)
    assert texts(story) == now


def test_value_taken_meanwhile_is_said(client, editor):
    term = factories.make_term()
    end_version()
    version, was = newest(), term.term_sv
    with one_version():
        type(term).objects.update(term_sv="annat")
        factories.make_term(term_sv=was)
    response = go_back(client, term, version)
    assert "Ordlistan har redan" in said(response)
    term.refresh_from_db()
    assert term.term_sv == "annat"


def test_colleagues_newer_change_is_not_overwritten_unseen(client, editor, story):
    version = newest()
    change(story, title_sv="Ny")
    seen = newest()
    change(story, title_sv="Kollegans")
    response = go_back(client, story, version, newest=seen)
    assert "har ändrats" in said(response)
    assert texts(story)["title_sv"] == "Kollegans"


def test_thing_that_is_no_longer_there_cannot_be_referred_to(client, editor, story):
    theme = factories.make_theme()
    end_version()
    change(story, theme=theme)
    version = newest()
    change(story, theme=None)
    theme.delete()
    response = go_back(client, story, version)
    assert said(response)
    assert Story.objects.get().theme is None


def test_restore_needs_the_right_to_change(client, story):
    version = newest()
    change(story, title_sv="Ny")
    staff(client, "view_story")
    response = go_back(client, story, version)
    assert response.status_code == 403
    assert texts(story)["title_sv"] == "Ny"


def test_restore_reaches_only_parts_that_the_user_may_change(client, story):
    factories.make_figure(story=story)
    end_version()
    version = newest()
    change(story, title_sv="Ny")
    with one_version():
        Figure.objects.update(caption_sv="Ny bildtext")
    staff(client, "view_story", "change_story", "view_figure")
    go_back(client, story, version)
    assert texts(story)["title_sv"] == story.title_sv
    assert Figure.objects.get().caption_sv == "Ny bildtext"


def test_restore_reaches_only_fields_that_the_form_lets_change(client, editor, story, monkeypatch):
    from django.contrib import admin

    version = newest()
    change(story, title_sv="Ny", title_fi="Uusi")
    shown = admin.site._registry[Story]
    monkeypatch.setattr(shown, "get_readonly_fields", lambda request, obj=None: ("title_fi",))
    go_back(client, story, version)
    assert (texts(story)["title_sv"], texts(story)["title_fi"]) == (story.title_sv, "Uusi")


@pytest.mark.parametrize("language", ["en", "sv-FI", "' OR 1=1"])
def test_restore_knows_two_languages(client, editor, story, language):
    version = newest()
    change(story, title_sv="Ny")
    assert go_back(client, story, version, language).status_code == 404


def test_restore_is_no_link(client, editor, story):
    assert client.get(f"{version_of(story)}restore/").status_code == 405


def test_page_shows_what_a_restore_would_change(client, editor, story):
    version = newest()
    change(story, title_sv="Ny", year=2019)
    ways = page(client, version_of(story, version)).context["ways_back"]
    labels = {way["language"]: [f.label for f in way["differences"][0].fields] for way in ways}
    assert set(labels) == {"", "sv"}
    assert labels["sv"] == ["Rubrik"] and set(labels[""]) == {"Rubrik", "År"}
