"""Pages of items that much belongs to: they stay short, and lead to all of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from foundation.content.excerpt import MOST
from foundation.content.models import Addressed
from municipalities.models import Municipality
from projects.models import Theme
from tests import factories
from tests.html_document import Document


def page(client: Client, item: Addressed, language: str) -> Document:
    return Document(client.get(item.path(language)).content.decode())


def theme_with(count: int) -> Theme:
    theme: Theme = factories.make_theme(slug_sv="temat", slug_fi="teema")
    for number in range(count):
        day = f"2018-10-{number + 1:02}"
        title = {"title_sv": f"Verkstad nr {number + 1}", "title_fi": f"Työpaja nro {number + 1}"}
        factories.make_workshop(theme=theme, day=day, last_day=day, **title)
        factories.make_story(theme=theme)
        factories.make_publication(theme=theme)
        factories.make_material(theme=theme)
    return theme


def municipality_with(count: int) -> Municipality:
    municipality: Municipality = factories.make_municipality(slug_sv="esbo", slug_fi="espoo")
    for _number in range(count):
        factories.make_workshop(municipalities=[municipality])
        factories.make_story().municipalities.add(municipality)
        factories.make_adoption(practice=factories.make_practice(), municipality=municipality)
    return municipality


LISTS = [
    (theme_with, "sv", "tema=temat", ["verkstader", "material", "berattelser", "publikationer"]),
    (theme_with, "fi", "teema=teema", ["tyopajat", "materiaalit", "tarinat", "julkaisut"]),
    (municipality_with, "sv", "kommun=esbo", ["verkstader", "berattelser", "god-praxis"]),
    (municipality_with, "fi", "kunta=espoo", ["tyopajat", "tarinat", "hyvat-kaytannot"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "language", "query", "lists"), LISTS)
def test_page_of_much_leads_to_all_of_it(
    client: Client, make: Any, language: str, query: str, lists: list[str]
) -> None:
    links = page(client, make(MOST + 1), language).links()
    expected = [f"/{language}/{name}/?{query}" for name in lists]
    assert [link for link in links if query in link and link in expected] == expected
    for link in expected:
        assert str(MOST + 1) in client.get(link).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "language", "query", "lists"), LISTS)
def test_page_of_all_leads_to_no_more(
    client: Client, make: Any, language: str, query: str, lists: list[str]
) -> None:
    links = page(client, make(MOST), language).links()
    assert not {f"/{language}/{name}/?{query}" for name in lists} & set(links)


@pytest.mark.django_db
def test_theme_leaves_out_its_earliest_workshop(client: Client) -> None:
    theme = theme_with(MOST + 1)
    with translation.override("sv"):
        links = page(client, theme, "sv").links()
        shown = [one.path() for one in theme.workshops.order_by("day")]
    assert [link for link in links if link in shown] == shown[1:]


@pytest.mark.django_db
def test_list_of_good_practices_has_pages(client: Client) -> None:
    last = [factories.make_practice() for _number in range(MOST + 1)][-1].path("sv")
    first, second = (
        Document(client.get("/sv/god-praxis/", {"sida": page}).content.decode()) for page in "12"
    )
    assert last not in first.links()
    assert last in second.links()
