"""A page that was taken down says so, with the reason, at every address it had."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_material_file, make_story, make_workshop
from tests.html_document import Document

pytestmark = pytest.mark.django_db

REASON = {
    "withdrawn_because_sv": "Uppgifterna i berättelsen hade blivit gamla.",
    "withdrawn_because_fi": "Tarinan tiedot olivat vanhentuneet.",
}


def test_withdrawn_page_answers_410_with_its_reason_in_the_readers_language(client):
    story = make_story(decision="withdrawn", **REASON)
    for language, title in (("sv", "Sidan har tagits bort"), ("fi", "Sivu on poistettu")):
        response = client.get(story.path(language))
        page = Document(response.content.decode())
        assert response.status_code == 410
        assert page.all("h1")[0].text == title
        assert (language, REASON[f"withdrawn_because_{language}"]) in page.texts
        assert page.all("meta", name="robots", content="noindex")
        assert not page.all("link", rel="canonical")


def test_reason_in_the_other_language_is_marked_as_such(client):
    story = make_story(decision="withdrawn", withdrawn_because_fi=REASON["withdrawn_because_fi"])
    page = Document(client.get(story.path("sv")).content.decode())
    assert ("fi", REASON["withdrawn_because_fi"]) in page.texts


def test_withdrawn_page_does_not_show_its_title(client):
    story = make_story(decision="withdrawn", title_sv="Hemligt", slug_sv="hemligt")
    assert "Hemligt" not in client.get(story.path("sv")).content.decode()


def test_page_is_gone_from_the_moment_it_is_taken_down(client):
    story = make_story(withdraw_at=timezone.now() + timedelta(minutes=1))
    assert client.get(story.path()).status_code == 200
    type(story).objects.filter(pk=story.pk).update(withdraw_at=timezone.now())
    assert client.get(story.path()).status_code == 410


def test_what_stands_under_a_withdrawn_page_is_gone_with_it(client):
    material = make_material_file().material
    type(material).objects.filter(pk=material.pk).update(decision="withdrawn")
    workshop = make_workshop(decision="withdrawn")
    assert client.get(material.path(route="publications:material_file")).status_code == 410
    assert client.get(workshop.path(route="projects:workshop_calendar")).status_code == 410


@pytest.mark.parametrize("state", [{"decision": "draft"}, {"publish_at": "2100-01-01T00:00Z"}])
def test_page_that_was_never_public_is_not_found(client, state):
    assert client.get(make_story(**state).path()).status_code == 404


def test_former_address_of_a_withdrawn_page_is_gone_too(client):
    story = make_story(slug_sv="forr")
    former = story.path("sv")
    story.slug_sv, story.decision = "nu", "withdrawn"
    story.save()
    assert client.get(former).status_code == 410


def test_address_that_was_given_to_another_item_shows_that_item(client):
    make_story(slug_sv="om", decision="withdrawn")
    gone = make_story(slug_sv="nytt")
    type(gone).objects.filter(slug_sv="om").update(slug_sv="gammalt")
    gone.slug_sv = "om"
    gone.save()
    assert client.get(gone.path("sv")).status_code == 200


def test_reason_that_one_language_lacks_does_not_make_a_public_page_partly_translated(client):
    story = make_story(withdrawn_because_sv="Kladd inför nästa år.")
    assert not story.is_partly_missing("fi")
