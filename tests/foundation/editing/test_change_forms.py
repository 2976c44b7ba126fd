"""The forms of the admin: as many queries for three rows as for one, both names, and states."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.content.models import LanguageState
from foundation.editing.editing_admin import EditingAdmin
from projects.models import Contact, Programme, Project, Theme, Workshop
from publications.models import Material, Practice, Publication, Story
from tests import factories
from tests.foundation.editing.test_admin import url

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["sv", "fi"])
def editor(request: Any, db: None, client: Client) -> Client:
    client.force_login(
        factories.make_user(is_staff=True, is_superuser=True, language=request.param)
    )
    client.language = request.param
    return client


def rows_of_project(count: int) -> Project:
    project = factories.make_project()
    for _number in range(count):
        factories.make_goal(project=project)
        factories.make_project_role(project=project, role="funder")
        factories.make_theme_period(project=project, theme=factories.make_theme())
        factories.make_participation(project=project)
        factories.make_participation(
            project=project, regional_actor=factories.make_regional_actor()
        )
        factories.make_contact_assignment(project=project, contact=factories.make_contact())
    return project


def rows_of_programme(count: int) -> Programme:
    programme = factories.make_programme()
    for _number in range(count):
        factories.make_programme_participant(
            programme=programme, municipality=factories.make_municipality()
        )
    return programme


def rows_of_publication(count: int) -> Publication:
    publication = factories.make_publication()
    for _number in range(count):
        factories.make_authorship(publication=publication)
        factories.make_action_proposal(publication=publication)
        factories.make_reflection_question(publication=publication)
        factories.make_publication_event(publication=publication)
        factories.make_figure(publication=publication)
        factories.make_publication_contact(
            publication=publication, contact=factories.make_contact()
        )
    return publication


def rows_of_practice(count: int) -> Practice:
    practice = factories.make_practice()
    for _number in range(count):
        factories.make_adoption(practice=practice, municipality=factories.make_municipality())
    return practice


def rows_of_contact(count: int) -> Contact:
    contact = factories.make_contact()
    for _number in range(count):
        factories.make_contact_assignment(contact=contact, theme=factories.make_theme())
    return contact


def rows_of_workshop(count: int) -> Workshop:
    workshop = factories.make_workshop()
    for _number in range(count):
        workshop.municipalities.add(factories.make_municipality())
        factories.make_contact_assignment(workshop=workshop, contact=factories.make_contact())
    return workshop


def rows_of_material(count: int) -> Material:
    material = factories.make_material()
    for number in range(count):
        factories.make_material_file(material=material, version=number + 1)
        factories.make_material_file(
            material=material, language="sv", published_at=None, version=number + 1
        )
    return material


def rows_of_theme(count: int) -> Theme:
    theme = factories.make_theme()
    for _number in range(count):
        factories.make_contact_assignment(theme=theme, contact=factories.make_contact())
    return theme


@pytest.mark.parametrize(
    "make",
    [
        rows_of_project,
        rows_of_programme,
        rows_of_publication,
        rows_of_practice,
        rows_of_contact,
        rows_of_workshop,
        rows_of_material,
        rows_of_theme,
    ],
)
def test_form_takes_as_many_queries_for_three_rows_as_for_one(client, make):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    one, three = make(1), make(3)
    taken = []
    for item in (one, one, three):  # the first visit remembers content types
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url(type(item), "change", item.pk)).status_code == 200
        taken.append([query["sql"] for query in queries.captured_queries])
    assert len(taken[1]) == len(taken[2]), "\n".join(sorted(taken[2]))


def test_municipality_is_chosen_by_both_names_that_of_the_editor_first(editor):
    story = factories.make_story()
    for _number in range(3):
        story.municipalities.add(factories.make_municipality())
    expected = {
        "sv": ["Esbo – Espoo", "Helsingfors – Helsinki", "Åbo – Turku"],
        "fi": ["Espoo – Esbo", "Helsinki – Helsingfors", "Turku – Åbo"],
    }[editor.language]
    page = editor.get(url(Story, "change", story.pk)).content.decode()
    suggested = editor.get(
        reverse("admin:autocomplete"),
        {
            "term": "",
            "app_label": "publications",
            "model_name": "story",
            "field_name": "municipalities",
        },
    ).json()["results"]
    assert [row["text"] for row in suggested] == expected
    for names in expected:
        assert f">{names}</option>" in page


def test_place_with_one_name_is_named_once(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    factories.make_municipality(name_sv="Kustavi", name_fi="Kustavi")
    asked = {"app_label": "publications", "model_name": "story", "field_name": "municipalities"}
    found = client.get(reverse("admin:autocomplete"), {"term": "kustavi", **asked}).json()
    assert [row["text"] for row in found["results"]] == ["Kustavi"]


def states(client: Client, story: Story) -> dict[str, str]:
    form = client.get(url(Story, "change", story.pk)).context["adminform"].form
    return {
        name: str(form[name].label).partition("field-state is-")[2].partition('"')[0]
        for name in form.fields
    }


def test_each_text_says_how_it_stands(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    story = factories.make_story(decision="draft", publish_at=None, lead_fi=None)
    LanguageState.objects.filter(field="title").update(sv_changed_at=None, fi_changed_at=None)
    Story.objects.filter(pk=story.pk).update(body_sv="<p>Ändrad.</p>")
    found = states(client, story)
    assert (found["title_sv"], found["title_fi"]) == ("agreed", "agreed")
    assert (found["lead_sv"], found["lead_fi"]) == ("changed", "empty")
    assert (found["body_sv"], found["body_fi"]) == ("changed", "older")
    assert (found["slug_sv"], found["year"]) == ("", "")


def test_text_in_one_language_only_waits_for_none(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    story = factories.make_story(pairing="sv", pairing_reason="Bara här", lead_fi=None)
    assert not any(states(client, story).values())


def test_every_form_of_ours_carries_what_it_was_opened_with():

    forms = {
        model._meta.label
        for model, shown in admin.site._registry.items()
        if not isinstance(shown, EditingAdmin)
    }
    # Written by readers and the database only, or by superusers one at a time.
    assert {name for name in forms if name.partition(".")[0] not in ("auth", "accounts")} == {
        "content.LanguageState",
        "content.SlugHistory",
        "history.Change",
        "portal.BrokenLink",
        "publications.AdoptionRequest",
        "search.SearchedDay",
    }
