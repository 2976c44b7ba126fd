"""The picture that other sites show beside a link to an item."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from portal import social_pictures
from portal.social_pictures import SocialPicture
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db

LONG = "Miten johdetaan hyvinvoinnin edistämistä kunnissa " * 5
UNBROKEN = "hyvinvointijohtamisjärjestelmäkokonaisuussuunnitelma" * 3


def asked(client, item, language="sv"):
    return client.get(social_pictures.address_of(item, language))


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_page_names_its_own_picture_in_each_language(client, language):
    story = factories.make_story()
    page = Document(client.get(story.path(language)).content.decode())
    named = [
        one.attributes["content"]
        for one in page.elements
        if one.attributes.get("property") == "og:image"
    ]
    assert named == [f"http://testserver{social_pictures.address_of(story, language)}"]
    response = client.get(named[0])
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_address_changes_with_the_title_and_the_old_one_leads_to_the_new(client):
    story = factories.make_story()
    old = social_pictures.address_of(story, "sv")
    story.title_sv = "Ett annat namn"
    story.save()
    response = client.get(old)
    assert response.status_code == 302
    assert response["Location"] == social_pictures.address_of(story, "sv") != old


def test_finnish_only_item_is_drawn_in_finnish_under_both_prefixes():
    story = factories.make_story(pairing="fi", pairing_reason="x", title_sv=None)
    swedish, finnish = (social_pictures.picture_of(story, code) for code in ("sv", "fi"))
    assert swedish == finnish
    assert finnish.kind == "Tarina"


@pytest.mark.parametrize("given", [{"decision": "draft"}, {"decision": "withdrawn"}])
def test_picture_of_what_is_not_public_is_not_found(client, given):
    story = factories.make_story(**given)
    assert asked(client, story).status_code == 404


@pytest.mark.parametrize("kind,language", [("user", "sv"), ("nothing", "sv"), ("story", "en")])
def test_unknown_kinds_and_languages_are_not_found(client, kind, language):
    address = reverse(
        "social_picture",
        kwargs={"language": language, "kind": kind, "pk": 1, "digest": "0" * 12},
    )
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("title", [LONG, UNBROKEN, "Å"])
def test_any_title_fits(title):
    drawn = SocialPicture(title, "Tarina", "Kunta hyvinvoinnin edistäjänä", "lake").png()
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    edge = [picture.getpixel((1195, y)) for y in range(0, 630, 3)]
    assert len(set(edge)) == 1, "the words run over the edge"


def test_list_pages_show_the_sites_own_picture(client):
    html = client.get(reverse("portal:home")).content.decode()
    assert "portal/social" in html
