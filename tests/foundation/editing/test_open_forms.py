"""Who else has a form open is told: at once, while it stays so, and to those who may know."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.content.models import OpenForm
from publications.models import Story
from tests import factories
from tests.foundation.editing.test_admin import url
from tests.html_document import Document

pytestmark = pytest.mark.django_db


def editor(name: str, **given) -> Client:
    client = Client()
    rights = {"is_staff": True, "is_superuser": True, **given}
    client.force_login(factories.make_user(first_name=name, last_name="", **rights))
    return client


def banner(client: Client, story: Story) -> str:
    document = Document(client.get(url(Story, "change", story.pk)).content.decode())
    [said] = document.all("p", id="open-elsewhere")
    return said.text.strip()


def address(story: Story) -> str:
    return reverse("admin:open_form", args=["publications_story", story.pk])


def test_second_editor_is_told_without_scripts():
    story, svea, aino = factories.make_story(), editor("Svea"), editor("Aino", language="fi")
    assert banner(svea, story) == ""
    assert banner(aino, story).startswith("Myös Svea pitää tätä sivua auki.")
    assert banner(svea, story).startswith("Aino har också den här sidan öppen.")
    assert banner(svea, factories.make_story()) == ""


def test_several_editors_are_named_together():
    story = factories.make_story()
    for name in ("Svea", "Aino", "Eeva"):
        editor(name).get(url(Story, "change", story.pk))
    assert banner(editor("Bo"), story).startswith("Aino, Eeva och Svea har också")


def test_heartbeat_keeps_a_form_open_and_silence_closes_it():
    story, svea, aino = factories.make_story(), editor("Svea"), editor("Aino")
    svea.get(url(Story, "change", story.pk))
    assert "Svea" in aino.post(address(story)).json()["others"]
    OpenForm.objects.update(last_seen=timezone.now() - timedelta(seconds=61))
    assert aino.get(address(story)).json()["others"] == ""
    svea.post(address(story))
    assert "Svea" in aino.get(address(story)).json()["others"]
    # To ask is not to have it open.
    OpenForm.objects.all().delete()
    svea.get(address(story))
    assert not OpenForm.objects.exists()


def test_forms_closed_long_ago_are_forgotten():
    story, svea = factories.make_story(), editor("Svea")
    old = factories.make_open_form(last_seen=timezone.now() - timedelta(hours=2))
    svea.get(url(Story, "change", story.pk))
    assert list(OpenForm.objects.exclude(pk=old.pk)) == list(OpenForm.objects.all())


def test_only_those_who_may_change_the_item_ask_and_are_shown():
    story = factories.make_story()
    reader = editor("Bo", is_superuser=False)
    reader_of = Permission.objects.get(codename="view_story")
    OpenForm.objects.all().delete()
    from foundation.accounts.models import User

    User.objects.get(first_name="Bo").user_permissions.add(reader_of)
    assert reader.get(url(Story, "change", story.pk)).status_code == 200
    assert not OpenForm.objects.exists()
    for ask in (reader.get, reader.post):
        assert ask(address(story)).status_code == 403
    assert Client().get(address(story)).status_code == 302
    svea = editor("Svea")
    for kind, pk in (("publications_story", 0), ("django_session", 1), ("x", 1)):
        assert svea.get(reverse("admin:open_form", args=[kind, pk])).status_code == 404


def test_post_needs_the_token_and_the_answer_brings_a_fresh_one():
    story = factories.make_story()
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    assert client.post(address(story)).status_code == 403
    token = client.get(address(story)).json()["token"]
    assert client.post(address(story), headers={"X-CSRFToken": token}).status_code == 200
    assert client.get(reverse("admin:alive")).json()["token"]


def test_new_item_has_drafts_and_no_banner():
    document = Document(editor("Svea").get(url(Story, "add")).content.decode())
    [watch] = document.all("div", id="open-form")
    assert watch.attributes["data-address"] == reverse("admin:alive")
    assert "data-heartbeat" not in watch.attributes
