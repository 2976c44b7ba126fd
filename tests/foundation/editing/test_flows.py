"""A save and a page are short ways: what `bench/flows.py` counts stays within its limits."""

from pathlib import Path

import pytest
from django.test import Client

from bench import flows
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_save_is_a_short_way(client: Client) -> None:
    factories.make_project()
    workshop = factories.make_workshop(municipalities=[factories.make_municipality()])
    factories.make_contact_assignment(workshop=workshop)
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    save = flows.save_of(client, workshop)
    assert save.statements
    assert len(save.statements) <= flows.MOST_STATEMENTS_OF_A_SAVE, "\n".join(save.statements)
    workshop.refresh_from_db()
    assert (workshop.title_sv, workshop.title_fi) == ("2", "2")


def test_few_classes_stand_between_an_admin_and_djangos() -> None:
    assert 0 < len(flows.own_classes()) <= flows.MOST_CLASSES


def test_nobody_replaces_what_was_sent() -> None:
    rooms = [Path(flows.ROOT) / name for name in ("foundation", "network", "portal")]
    code = [path.read_text("utf-8") for room in rooms for path in room.rglob("*.py")]
    assert not [text for text in code if "request.POST = " in text]
