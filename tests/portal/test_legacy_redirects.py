"""Addresses without a page lead to the page they stand for, in one hop."""

import pytest

from foundation.content.addresses import address
from portal import legacy_redirects
from projects.models import Theme
from tests.factories import make_municipality, make_theme, make_workshop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/fi/kommuner/", "/fi/kunnat/"),
        ("/sv/kunnat/", "/sv/kommuner/"),
        ("/fi/kommuner/esbo/", "/fi/kunnat/espoo/"),
        ("/sv/kunnat/espoo/", "/sv/kommuner/esbo/"),
        ("/sv/kunnat/esbo/", "/sv/kommuner/esbo/"),
        ("/sv/workshoppar/", "/sv/verkstader/"),
        ("/fi/workshopit/", "/fi/tyopajat/"),
    ],
)
def test_section_by_another_word_leads_to_its_address(client, asked, answer):
    make_municipality(name_sv="Esbo", name_fi="Espoo", slug_sv="esbo", slug_fi="espoo")
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, answer)
    assert client.get(answer).status_code == 200


def test_former_section_with_a_former_slug_and_a_wrong_year_takes_one_hop(client):
    workshop = make_workshop(slug_sv="start")
    workshop.slug_sv = "borjan"
    workshop.save()
    response = client.get("/sv/workshoppar/1999/start/")
    assert (response.status_code, response["Location"]) == (301, workshop.path("sv"))


def test_former_slug_of_the_other_language_takes_one_hop(client):
    theme = make_theme(slug_sv="ledning", slug_fi="johtaminen")
    Theme.objects.filter(pk=theme.pk).update(slug_fi="johtaminen-uusi")
    Theme.objects.filter(pk=theme.pk).update(slug_fi="johtaminen-uusin")
    response = client.get("/sv/teemat/johtaminen/")
    assert (response.status_code, response["Location"]) == (301, "/sv/teman/ledning/")
    response = client.get("/fi/teemat/johtaminen/")
    assert (response.status_code, response["Location"]) == (301, "/fi/teemat/johtaminen-uusin/")


@pytest.mark.parametrize(
    "asked", ["/sv/finns-inte/", "/sv/kunnat/finns-inte/", "/fi/workshopit/2018/ei/", "/xx/kunnat/"]
)
def test_nothing_there_is_still_nothing(client, asked):
    assert client.get(asked).status_code == 404


def test_draft_is_not_given_away_by_its_other_address(client):
    make_theme(slug_sv="hemligt", slug_fi="salaista", decision="draft")
    assert client.get("/sv/teemat/salaista/").status_code == 404


def test_post_is_not_redirected(client):
    assert client.post("/sv/kunnat/").status_code == 404


def test_former_section_words_hide_no_section_of_today(client):
    for prefix, routes in legacy_redirects.FORMER_SECTIONS.items():
        for former, route in routes.items():
            today = address(route, prefix)
            assert client.get(today).status_code == 200
            assert legacy_redirects.moved_to(f"/{prefix}/{former}/") == today
