"""The history of an item in the admin: who, when and what, by field and language."""

import pytest
from django.urls import reverse

from foundation.history.models import Change
from projects.models import Theme, Workshop
from publications.models import Figure, Material, Story
from tests import factories
from tests.foundation.history import end_version, one_version
from tests.html_document import Document
from tests.portal.test_dashboard import staff

pytestmark = pytest.mark.django_db


def history_of(item):
    options = item._meta
    return reverse("admin:item_history", args=[options.app_label, options.model_name, item.pk])


def version_of(item, last=None):
    last = last or Change.objects.order_by("-pk").first().pk
    return f"{history_of(item)}{last}/"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response


def differences(client, item, last=None):
    return page(client, version_of(item, last)).context["differences"]


@pytest.fixture
def editor(client):
    return staff(client, is_superuser=True, first_name="Svea")


@pytest.fixture
def story():
    story = factories.make_story()
    end_version()
    return story


def change(story, **columns):
    with one_version():
        Story.objects.filter(pk=story.pk).update(**columns)


def test_address_of_djangos_own_history_leads_here(client, editor, story):
    own = reverse("admin:publications_story_history", args=[story.pk])
    assert own == history_of(story)
    assert "versions" in page(client, own).context


def test_versions_say_who_when_and_which_fields(client, editor, story):
    with one_version(editor.pk):
        Story.objects.filter(pk=story.pk).update(title_sv="Ny", title_fi="Uusi", lead_fi="Ingressi")
    change(story, year=2019)
    versions = page(client, history_of(story)).context["versions"]
    assert [version.author for version, _done in versions] == [None, editor, None]
    assert [done for _version, done in versions] == [
        [("Ändrat", [("År", "")])],
        [("Ändrat", [("Rubrik", "på båda språken"), ("Ingress", "på finska")])],
        [("Nytt", [("Allt", "")])],
    ]


def test_difference_shows_both_languages_beside_each_other(client, editor, story):
    change(story, title_sv="Små detaljer i arbetet")
    [row] = differences(client, story)
    [field] = row.fields
    assert (row.is_item, field.label) == (True, "Rubrik")
    swedish, finnish = field.sides
    assert (swedish.language, finnish.language, finnish.difference) == ("sv", "fi", "")
    assert "vardagen</del>" in swedish.difference and "arbetet</ins>" in swedish.difference
    html = page(client, version_of(story)).content.decode()
    assert '<div class="difference" lang="sv">Små detaljer i <del>' in html


def test_values_are_said_as_the_form_says_them(client, editor, story):
    theme = factories.make_theme(title_sv="Delaktighet")
    end_version()
    change(story, theme=theme, decision="draft", is_example=True)
    [row] = differences(client, story)
    said = {field.label: str(field.sides[0].difference) for field in row.fields}
    assert "Delaktighet</ins>" in said["Tema"]
    assert "Utkast</ins>" in said["Publicering"]
    assert "Ja</ins>" in said["Exempeldata"]


def test_formatting_alone_is_said_to_be_that(client, editor, story):
    change(story, body_sv="<p>Hej</p>")
    change(story, body_sv="<p><strong>Hej</strong></p>")
    [row] = differences(client, story)
    assert row.fields[0].sides[0].difference == "Bara formateringen har ändrats."


def test_parts_are_named_when_they_come_change_and_go(client, editor, story):
    with one_version():
        figure = factories.make_figure(story=story)
    [row] = differences(client, story)
    assert (row.operation, row.kind_name) == ("added", "Figur")
    with one_version():
        Figure.objects.filter(pk=figure.pk).update(caption_fi="Uusi kuvateksti")
    [row] = differences(client, story)
    assert (row.operation, [field.label for field in row.fields]) == ("changed", ["Bildtext"])
    with one_version():
        figure.delete()
    [row] = differences(client, story)
    assert row.operation == "deleted" and "kuvateksti" in str(row.fields)


def test_ties_are_named_by_what_they_lead_to(client, editor):
    workshop = factories.make_workshop()
    municipality = factories.make_municipality()
    end_version()
    with one_version():
        workshop.municipalities.add(municipality)
    [row] = differences(client, workshop)
    assert (row.operation, row.kind_name, str(row.called)) == ("added", "Kommuner", "Esbo")


def test_file_is_named_as_it_was_uploaded(client, editor):
    material = factories.make_material()
    end_version()
    with one_version():
        factories.make_material_file(material=material, name="kalvot.pdf")
    [row] = differences(client, material)
    assert "kalvot.pdf" in str(row.fields)


def test_version_shows_the_texts_of_its_time_whatever_came_after(client, editor, story):
    change(story, title_sv="Första")
    first = Change.objects.order_by("-pk").first().pk
    change(story, title_sv="Andra")
    [row] = differences(client, story, first)
    assert "Första</ins>" in row.fields[0].sides[0].difference


def test_text_in_a_history_is_never_markup(client, editor, story):
    change(story, title_sv="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, version_of(story)).content.decode()
    assert "<script>alert" not in page(client, history_of(story)).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_history_takes_a_constant_number_of_queries(
    client, editor, story, django_assert_num_queries, count
):
    for number in range(count):
        with one_version():
            factories.make_figure(story=story)
            Story.objects.filter(pk=story.pk).update(title_sv=f"Rubrik {number}")
    newest = version_of(story)
    with django_assert_num_queries(6):
        page(client, history_of(story))
    with django_assert_num_queries(7):
        page(client, newest)


def test_long_history_is_leafed_through(client, editor, story):
    for number in range(31):
        change(story, title_sv=f"Rubrik {number}")
    assert len(page(client, history_of(story)).context["versions"]) == 30
    assert len(page(client, f"{history_of(story)}?p=2").context["versions"]) == 2


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_pages_speak_the_editors_language(client, story, language):
    staff(client, is_superuser=True, language=language)
    change(story, title_sv="Ny")
    for address in (history_of(story), version_of(story)):
        html = page(client, address).content.decode()
        assert Document(html) and f'<html lang="{language}"' in html
        assert "Open one" not in html and "Going back" not in html


def test_history_is_shown_to_those_who_may_see_the_item(client, story):
    staff(client, "view_theme")
    change(story, title_sv="Ny")
    for address in (history_of(story), version_of(story)):
        assert client.get(address).status_code == 403
    staff(client, "view_story", email="annan@example.fi")
    response = page(client, version_of(story))
    assert "/restore/" not in response.content.decode()


def test_other_items_changes_are_no_version(client, editor, story):
    with one_version():
        theme = factories.make_theme()
    own = Change.objects.get(kind=Theme._meta.db_table, object_id=theme.pk).pk
    assert client.get(version_of(story, own)).status_code == 404
    assert client.get(version_of(story, 1)).status_code == 404


def test_unknown_item_has_no_history(client, editor):
    for address in ("publications/story/99/", "publications/nothing/1/", "content/preview/1/"):
        assert client.get(f"/admin/{address}history/").status_code == 404


def test_what_leaves_no_history_of_ours_keeps_djangos(client, editor):
    feedback = factories.make_feedback()
    response = page(client, history_of(feedback))
    assert "action_list" in response.context


@pytest.mark.parametrize("model", [Workshop, Material, Story, Theme])
def test_delete_page_says_until_when_it_can_be_had_back(client, editor, model):
    item = factories.MAKERS[model]()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
    assert "papperskorgen" in page(client, reverse(name, args=[item.pk])).content.decode()
