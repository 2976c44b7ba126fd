"""Short addresses that staff hand out lead where they should, in one hop and never in circles."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.models import Redirect, redirected
from tests.factories import make_programme, make_redirect, make_theme

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
        ("/sv/a", "/sv/A"),
        ("/sv/a", "/sv/B?x=1"),
        ("/sv/a", "/sv/%61"),
        ("/sv/a", "/sv/./x/../a"),
        ("/sv/a", "https://testserver/sv/a"),
        ("/sv/a", "https://TESTSERVER:443/sv/B/#y"),
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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://valfard.example.fi/sv/kontakter/?x=1#y", "/sv/kontakter/?x=1#y"),
        ("https://Valfard.Example.fi:443/fi/yhteystiedot/", "/fi/yhteystiedot/"),
        ("https://valfard.example.fi/", "https://valfard.example.fi/"),
        ("https://valfard.example.fi:8443/sv/", "https://valfard.example.fi:8443/sv/"),
        ("https://valfard.example.fi.example.com/sv/", None),
        ("https://valfard.example.fi@example.com/sv/", None),
        ("https://example.com/sv/?https://valfard.example.fi/sv/", None),
        ("https://example.com:x/sv/", None),
        ("https://[example.com/sv/", None),
    ],
)
def test_form_keeps_an_address_of_the_portal_as_a_path(settings, typed, kept):
    settings.SITE_URL = "https://valfard.example.fi"
    redirect = Redirect(address="/sv/a", target=typed)
    redirect.full_clean()
    assert redirect.target == (kept or typed)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_database_refuses_a_circle_of_any_length(steps):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        for step in range(steps):
            make_redirect(address=f"/sv/{step}", target=f"/sv/{(step + 1) % steps}/")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    rule = refusal.value.__cause__.diag.constraint_name
    assert rule == "redirect_never_leads_back_to_itself"


def test_database_refuses_a_circle_in_capital_letters():
    with pytest.raises(IntegrityError, match="never_leads_back"), transaction.atomic():
        make_redirect(address="/sv/a", target="/sv/A/")
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_cannot_close_a_circle():
    refusals = []

    def lead_back() -> None:
        try:
            make_redirect(address="/sv/b", target="/sv/a")
        except IntegrityError as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    second = Thread(target=lead_back)
    with transaction.atomic():
        make_redirect(address="/sv/a", target="/sv/b")
        connection.check_constraints()
        second.start()
        second.join(0.3)
        assert second.is_alive(), "the second commit should wait for the first"
    second.join()
    assert len(refusals) == 1
    assert list(Redirect.objects.values_list("address", flat=True)) == ["/sv/a"]


class AskedTooOften(Exception):
    """A page asked the database as if it would never end."""


def at_most(queries: int) -> Callable:
    """A wrapper of a connection's queries that stops what goes round and round."""
    left = iter(range(queries))

    def execute(ask: Callable, *given: Any) -> Any:
        if next(left, None) is None:
            raise AskedTooOften
        return ask(*given)

    return execute


@pytest.mark.parametrize(
    "targets",
    [
        ["/sv/0"],
        ["/sv/1", "/sv/0/?x=1"],
        ["/sv/1", "/sv/2", "/sv/1"],  # a circle that does not come back to where it began
        ["/sv/./0"],
        ["https://testserver/sv/0"],
    ],
)
def test_circle_that_got_in_all_the_same_leads_nowhere(client, targets):
    with transaction.atomic():
        for number, target in enumerate(targets):
            make_redirect(address=f"/sv/{number}", target=target)
        with connection.execute_wrapper(at_most(20)):
            assert redirected("/sv/0") is None
            assert client.get("/sv/0").status_code == 404
        transaction.set_rollback(True)  # the rule is due at commit
