"""Short addresses that staff hand out lead where they should, in one hop and never in circles."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.models import Redirect
from tests.making import make_programme, make_redirect, make_theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["/sv/arttu2", "/sv/arttu2/", "/sv/ARTTU2"])
def test_short_address_leads_to_its_page(client, asked):
    programme = make_programme(slug_sv="arttu2")
    make_redirect(address="/sv/arttu2", target="/sv/program/arttu2/#kommuner")
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (302, "/sv/program/arttu2/#kommuner")
    assert client.get(programme.path("sv")).status_code == 200


def test_short_address_leads_past_a_changed_slug_in_one_hop(client):
    theme = make_theme(slug_sv="ledning")
    make_redirect(address="/sv/leda", target="/sv/teman/ledning/?sida=2#nu")
    theme.slug_sv = "leda-valfard"
    theme.save()
    assert client.get("/sv/leda")["Location"] == f"{theme.path('sv')}?sida=2#nu"


def test_short_address_leads_past_other_short_addresses_in_one_hop(client):
    make_redirect(address="/sv/c", target="https://www.kommunforbundet.fi/arttu2")
    make_redirect(address="/sv/b", target="/sv/c/")
    make_redirect(address="/sv/a", target="/sv/b")
    assert client.get("/sv/a")["Location"] == "https://www.kommunforbundet.fi/arttu2"


def test_page_keeps_its_address_whatever_a_redirect_says(client):
    make_theme(slug_sv="ledning")
    make_redirect(address="/sv/teman/ledning", target="/sv/kontakter/")
    assert client.get("/sv/teman/ledning/").status_code == 200


def test_nobody_posts_to_a_short_address(client):
    make_redirect(address="/sv/a", target="/sv/kontakter/")
    assert client.post("/sv/a").status_code == 404


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/sv/a", "/sv/a/"),
        ("/sv/a", "/sv/a?x=1#y"),
        ("/sv/a", "/sv/b/"),  # which leads to /sv/a
        ("/sv/teman", "/sv/kontakter/"),
        ("/fi/teemat/mika-vain", "/fi/yhteystiedot/"),
        ("/arttu2", "/sv/kontakter/"),
        ("/sv/välfärd", "/sv/kontakter/"),
        ("/sv/a", "kontakter"),
        ("/sv/a", "javascript:alert(1)"),
        ("/sv/a", "//example.fi/"),
        ("/sv/a", "http://example.fi/"),
        ("/sv/a", "/sv/\\example.fi"),
    ],
)
def test_form_refuses(address, target):
    make_redirect(address="/sv/b", target="/sv/a")
    with pytest.raises(ValidationError) as refused:
        Redirect(address=address, target=target).full_clean()
    assert all(message.endswith(".") for message in refused.value.messages)


def test_form_takes_an_address_as_people_type_it():
    redirect = Redirect(address=" SV/Arttu2/ ", target=" /sv/kontakter/ ")
    redirect.full_clean()
    assert (redirect.address, redirect.target) == ("/sv/arttu2", "/sv/kontakter/")


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_database_refuses_a_circle_of_any_length(steps):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        for step in range(steps):
            make_redirect(address=f"/sv/{step}", target=f"/sv/{(step + 1) % steps}/")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    rule = refusal.value.__cause__.diag.constraint_name
    assert rule == "redirect_never_leads_back_to_itself"
