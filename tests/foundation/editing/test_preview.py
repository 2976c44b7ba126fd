"""A preview shows both pages of an item as the form stands, and changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.content.models import Preview
from foundation.content.publication import previewing
from publications.models import Material, Story
from tests.factories import make_material, make_preview, make_story, make_user
from tests.foundation.editing.test_admin import errors_in, form_of, url
from tests.html_document import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    client.user = user
    return client


def preview_of(editor, story, **changed):
    address = url(Story, "change", story.pk)
    return editor.post(address, {**form_of(editor, address), **changed, "_preview": "1"})


def pages(editor, response):
    assert response.status_code == 302
    token = response["Location"].strip("/").split("/")[-1]
    return {
        code: editor.get(reverse("admin:drawn_page", args=[token, code])) for code in ("sv", "fi")
    }


def test_preview_shows_both_languages_as_they_stand_in_the_form(editor):
    story = make_story()
    found = pages(editor, preview_of(editor, story, title_sv="Nytt namn", title_fi="Uusi nimi"))
    for code, title in (("sv", "Nytt namn"), ("fi", "Uusi nimi")):
        page = Document(found[code].content.decode())
        assert page.all("html")[0].attributes["lang"] == code
        assert page.all("h1")[0].text == title
        assert page.all("meta", name="robots", content="noindex")


def test_preview_saves_nothing(editor):
    story = make_story()
    before = Story.objects.values().get()
    preview_of(editor, story, title_sv="Nytt namn")
    assert Story.objects.values().get() == before


def test_draft_in_one_language_can_be_previewed(editor):
    story = make_story(decision="draft", title_fi=None, lead_fi=None, body_fi=None)
    found = pages(editor, preview_of(editor, story))
    assert Document(found["fi"].content.decode()).all("h1")[0].text == str(story.title_sv)
    assert editor.get(story.path("sv")).status_code == 404


def test_item_that_is_not_stored_yet_can_be_previewed(editor):
    address = url(Story, "add")
    form = form_of(editor, address)
    response = editor.post(address, {**form, "title_sv": "Ny", "year": "2018", "_preview": "1"})
    assert Document(pages(editor, response)["sv"].content.decode()).all("h1")[0].text == "Ny"
    assert not Story.objects.exists()


def test_form_with_errors_comes_back_with_them_and_with_what_was_typed(editor):
    story = make_story()
    response = preview_of(editor, story, year="x", title_sv="Nytt namn")
    assert errors_in(response)
    assert "Nytt namn" in response.content.decode()
    assert not Preview.objects.exists()


def test_item_without_a_title_asks_for_one(editor):
    address = url(Story, "add")
    form = form_of(editor, address)
    response = editor.post(address, {**form, "year": "2018", "_preview": "1"}, follow=True)
    assert "Ge innehållet en rubrik först" in response.content.decode()


def test_preview_is_for_its_editor_until_it_is_handed_out(editor, client):
    preview = make_preview(made_by=editor.user)
    public = reverse("editing:preview", args=["sv", preview.token])
    mine = reverse("admin:drawn_page", args=[preview.token, "sv"])
    stranger = type(client)()
    assert editor.get(mine).status_code == 200
    assert stranger.get(public).status_code == 404
    editor.post(reverse("admin:share_preview", args=[preview.token]), {"share": "1"})
    response = stranger.get(public)
    assert (response.status_code, response.cookies) == (200, {})
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    editor.post(reverse("admin:share_preview", args=[preview.token]), {"share": "0"})
    assert stranger.get(public).status_code == 404


def test_colleague_cannot_hand_out_what_is_not_hers(editor, client):
    preview = make_preview(made_by=make_user())
    for name in ("preview", "share_preview"):
        address = reverse(f"admin:{name}", args=[preview.token])
        method = editor.post if name == "share_preview" else editor.get
        assert method(address).status_code == 403
    assert editor.get(reverse("admin:drawn_page", args=[preview.token, "sv"])).status_code == 404


def test_link_that_was_handed_out_expires(client):
    now = timezone.now()
    preview = make_preview(made_at=now - timedelta(days=7), shared_until=now - timedelta(seconds=1))
    assert client.get(reverse("editing:preview", args=["sv", preview.token])).status_code == 404


def handed_out(editor, **given):
    """Whether a preview of a material can be handed out, and what a stranger's link then gives."""
    material = make_material(decision="draft", publish_at=None, lead_sv="Hemlig ingress.", **given)
    address = url(Material, "change", material.pk)
    response = editor.post(address, {**form_of(editor, address), "_preview": "1"})
    preview = Preview.objects.get()
    assert "Hemlig ingress." in pages(editor, response)["sv"].content.decode()
    shared = reverse("admin:share_preview", args=[preview.token])
    answer = editor.post(shared, {"share": "1"}, follow=True)
    return material, answer, reverse("editing:preview", args=["sv", preview.token])


def test_preview_of_what_is_for_members_cannot_be_handed_out(editor, client):
    told = "Det här är bara för medlemmar: förhandsvisningen kan inte delas."
    _material, answer, public = handed_out(editor, access="members")
    assert answer.content.decode().count(told) == 2  # beside the place of the button, too
    assert 'value="1"' not in answer.content.decode().split("preview-tools")[1]
    assert not Preview.objects.get().shared_until
    assert type(client)().get(public).status_code == 404


def test_link_that_was_handed_out_stops_when_the_material_is_closed(editor, client):
    material, _answer, public = handed_out(editor)
    stranger = type(client)()
    assert "Hemlig ingress." in stranger.get(public).content.decode()
    Material.objects.filter(pk=material.pk).update(access="members")
    assert stranger.get(public).status_code == 404
    assert editor.get(public).status_code == 200


def test_preview_drawn_while_it_was_for_members_stays_theirs(editor, client):
    material, _answer, public = handed_out(editor, access="members")
    Material.objects.filter(pk=material.pk).update(access="everybody")
    preview = Preview.objects.get()
    editor.post(reverse("admin:share_preview", args=[preview.token]), {"share": "1"})
    Preview.objects.update(shared_until=timezone.now() + timedelta(days=1))
    assert type(client)().get(public).status_code == 404


def test_old_previews_are_cleared_away_by_new_ones(editor):
    make_preview(made_at=timezone.now() - timedelta(days=8))
    preview_of(editor, make_story())
    assert Preview.objects.count() == 1


def test_pages_may_stand_in_frames_of_our_own_only(editor):
    preview = make_preview(made_by=editor.user)
    page = editor.get(reverse("admin:preview", args=[preview.token]))
    frame = editor.get(reverse("admin:drawn_page", args=[preview.token, "fi"]))
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert [one.attributes["title"] for one in Document(page.content.decode()).all("iframe")]


def test_door_is_open_for_the_previewed_item_only():
    shown, hidden = make_story(decision="draft"), make_story(decision="draft")
    with previewing(shown):
        assert list(Story.objects.published()) == [shown]
        assert (shown.state_at(), hidden.state_at()) == ("published", "draft")
    assert not Story.objects.published().exists()


def test_editor_without_rights_gets_no_preview(client):
    client.force_login(make_user(is_staff=True))
    response = client.post(url(Story, "change", make_story().pk), {"_preview": "1"})
    assert response.status_code == 403
