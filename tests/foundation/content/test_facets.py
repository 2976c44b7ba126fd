"""Lists with filters: what each choice says it would leave is what it leaves."""

import re
from collections.abc import Callable
from itertools import product
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import translation

from projects.models import Workshop
from publications.models import Material, Practice, Publication, Story
from tests import factories
from tests.html_document import Document, Element

pytestmark = pytest.mark.django_db


def workshops() -> str:
    first, second = factories.make_theme(), factories.make_theme()
    places = [factories.make_municipality() for _number in range(2)]
    factories.make_workshop(theme=first, municipalities=places, day="2018-10-11", status="held")
    factories.make_workshop(theme=first, municipalities=places[:1], level="municipality")
    factories.make_workshop(theme=second, level="regional", day="2019-02-05", last_day="2019-02-05")
    factories.make_workshop(theme=second, day="2100-02-05", last_day="2100-02-05")
    factories.make_workshop(theme=second, decision="draft", municipalities=places)
    return "projects:workshop_list"


def materials() -> str:
    first, second = factories.make_theme(), factories.make_theme()
    places = [factories.make_municipality() for _number in range(2)]
    workshop = factories.make_workshop(theme=first, municipalities=places)
    publication = factories.make_publication(theme=second, year=2016)
    for owner, kind, language in (
        ({"theme": first}, "slides", "sv"),
        ({"workshop": workshop}, "slides", "sv+fi"),
        ({"publication": publication}, "document", "fi"),
        ({"publication": publication}, "document", "en"),
    ):
        material = factories.make_material(**owner, type=kind)
        factories.make_material_file(material=material, language=language)
    factories.make_material(workshop=workshop, decision="draft")
    return "publications:material_list"


def stories() -> str:
    first, second = factories.make_theme(), factories.make_theme()
    places = [factories.make_municipality() for _number in range(2)]
    for theme, year, named in (
        (first, 2017, places),
        (first, 2018, places[1:]),
        (second, 2018, []),
    ):
        factories.make_story(theme=theme, year=year).municipalities.set(named)
    return "publications:story_list"


def publications() -> str:
    first, second = factories.make_theme(), factories.make_theme()
    for theme, year, kind in (
        (first, 2018, "report"),
        (second, 2018, "guide"),
        (None, 2022, "guide"),
    ):
        factories.make_publication(theme=theme, year=year, kind=kind)
    return "publications:publication_list"


def practices() -> str:
    first, second = factories.make_theme(), factories.make_theme()
    areas = [factories.make_task_area() for _number in range(2)]
    places = [factories.make_municipality() for _number in range(2)]
    for theme, of_areas, named in ((first, areas, places), (second, areas[:1], places[:1])):
        practice = factories.make_practice(theme=theme, task_areas=of_areas)
        for municipality in named:
            factories.make_adoption(practice=practice, municipality=municipality)
    factories.make_practice(theme=first)
    return "publications:practice_list"


LISTS: dict[Callable[[], str], type] = {
    workshops: Workshop,
    materials: Material,
    stories: Story,
    publications: Publication,
    practices: Practice,
}
each_list = pytest.mark.parametrize("make", LISTS, ids=lambda make: make.__name__)


def address(route: str, language: str = "sv", **query: str) -> str:
    with translation.override(language):
        path = reverse(route)
    return f"{path}?{urlencode(query)}" if query else path


def read(client, path: str) -> Document:
    response = client.get(path)
    assert response.status_code == 200, path
    return Document(response.content.decode())


def options(page: Document) -> dict[str, list[Element]]:
    """The options of each filter, by its key, without the one for all."""
    found: dict[str, list[Element]] = {}
    key = ""
    for element in page.elements:
        if element.tag == "select":
            key = element.attributes["name"]
        elif element.tag == "option" and element.attributes["value"]:
            found.setdefault(key, []).append(element)
    return found


def count_in(option: Element) -> int:
    return int(re.findall(r"\((\d+)\)$", option.text.strip())[0])


def shown(page: Document, model: type, language: str = "sv") -> set[int]:
    """The items of the model that the page links to."""
    links = set(page.links())
    return {item.pk for item in model.objects.all() if item.path(language) in links}


@each_list
def test_each_choice_leaves_as_many_as_it_says(client, make) -> None:
    route, model = make(), LISTS[make]
    page = read(client, address(route))
    everything = shown(page, model)
    for key, choices in options(page).items():
        for option in choices:
            left = read(client, address(route, **{key: option.attributes["value"]}))
            assert len(shown(left, model)) == count_in(option), (key, option.text)
            assert shown(left, model) <= everything


@each_list
def test_choices_of_two_filters_count_together(client, make) -> None:
    route, model = make(), LISTS[make]
    first, *others = options(read(client, address(route))).items()
    asked = 0
    for (key, choices), chosen in product(others, first[1]):
        given = {first[0]: chosen.attributes["value"]}
        after = options(read(client, address(route, **given)))
        for option in after[key]:
            query = given | {key: option.attributes["value"]}
            left = shown(read(client, address(route, **query)), model)
            assert len(left) == count_in(option), query
            assert ("disabled" in option.attributes) == (not left)
            asked += 1
        assert len(choices) == len(after[key])
    assert asked


@each_list
def test_language_switch_keeps_every_choice(client, make) -> None:
    route, model = make(), LISTS[make]
    swedish = {
        key: choices[0].attributes["value"]
        for key, choices in options(read(client, address(route))).items()
    }
    page = read(client, address(route, **swedish))
    (switch,) = page.all("a", hreflang="fi", lang="fi")
    there = read(client, switch.attributes["href"])
    assert shown(there, model, "fi") == shown(page, model)
    (back,) = there.all("a", hreflang="sv", lang="sv")
    assert back.attributes["href"] == address(route, **swedish)


@each_list
def test_chosen_filters_can_be_removed_one_by_one(client, make) -> None:
    route = make()
    choices = options(read(client, address(route)))
    chosen = {key: offered[0].attributes["value"] for key, offered in choices.items()}
    page = read(client, address(route, **chosen))
    chips = [one for one in page.all("a") if one.attributes.get("class") == "chip"]
    assert [chip.attributes["href"] for chip in chips] == [
        address(route, **{other: value for other, value in chosen.items() if other != key})
        for key in chosen
    ]
    assert all(chip.text.startswith("Ta bort avgränsningen") for chip in chips)
    kept = [one for one in page.all("option") if "selected" in one.attributes]
    assert [one.attributes["value"] for one in kept] == list(chosen.values())
    assert not any("disabled" in one.attributes for one in kept)


@each_list
def test_unknown_value_is_said_to_be_left_out(client, make) -> None:
    route = make()
    key = next(iter(options(read(client, address(route)))))
    page = client.get(address(route, **{key: "<okänd>"})).content.decode()
    assert "valet ”&lt;okänd&gt;” finns inte här. Det lämnades bort." in page
    assert "<details open>" in page
    assert 'class="chip"' not in page


@each_list
def test_filtered_list_is_no_page_of_its_own_for_search_engines(client, make) -> None:
    route = make()
    plain = read(client, address(route))
    assert not plain.all("meta", name="robots")
    key, choices = next(iter(options(plain).items()))
    query = {key: choices[0].attributes["value"]}
    page = read(client, f"{address(route, **query)}&skrap=1")
    (robots,) = page.all("meta", name="robots")
    assert robots.attributes["content"] == "noindex, follow"
    (canonical,) = page.all("link", rel="canonical")
    assert canonical.attributes["href"] == f"http://testserver{address(route, **query)}"


@each_list
def test_choices_that_leave_nothing_together_say_so(client, make) -> None:
    route, model = make(), LISTS[make]
    choices = options(read(client, address(route)))
    empty = next(
        {key: option.attributes["value"], other: last.attributes["value"]}
        for (key, offered), (other, against) in product(choices.items(), choices.items())
        if key != other
        for option, last in product(offered, against)
        if not shown(
            read(
                client,
                address(
                    route, **{key: option.attributes["value"], other: last.attributes["value"]}
                ),
            ),
            model,
        )
    )
    page = client.get(address(route, **empty)).content.decode()
    assert 'class="empty"' in page


def test_year_without_workshops_is_a_choice_and_not_unknown(client) -> None:
    route = workshops()
    page = client.get(address(route, ar="2050")).content.decode()
    assert '<option value="2050" selected>2050 (0)</option>' in page
    assert "finns inte här" not in page
    assert "Ingen verkstad motsvarar alla val." in page


def test_municipality_is_chosen_by_either_name_as_it_is_written(client) -> None:
    route = workshops()
    for name in ("Esbo", "espoo", "ESPOO", "esbo"):
        page = client.get(address(route, kommun=name)).content.decode()
        assert '<option value="esbo" selected>Esbo / Espoo (2)</option>' in page, name


def test_pages_of_a_filtered_library_keep_its_filters(client) -> None:
    theme = factories.make_theme()
    for _number in range(25):
        factories.make_material(theme=theme)
    page = read(client, address("publications:material_list", tema=theme.slug_sv))
    following = [one for one in page.all("a", rel="next")]
    assert [one.attributes["href"] for one in following] == [f"?tema={theme.slug_sv}&sida=2"]
    assert len(shown(page, Material)) == 24


def test_material_of_a_hidden_theme_keeps_the_theme_to_itself(client) -> None:
    theme = factories.make_theme(decision="draft", title_sv="Hemligt")
    factories.make_material(theme=theme)
    assert "Hemligt" not in client.get(address("publications:material_list")).content.decode()
