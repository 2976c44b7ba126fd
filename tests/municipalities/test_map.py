"""The map of the network: the outline, where things stand on it, and what a reader gets of it."""

import math
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from foundation.editing.table_exchange import take_in
from foundation.search.indexing import bring_up_to_date
from municipalities.map import REACH, Map, map_of_actors, map_of_regions, spread
from municipalities.models import Municipality
from municipalities.outline import (
    FILE,
    HEIGHT,
    WIDTH,
    Point,
    outline,
    place,
    rings,
    simplified,
)
from municipalities.register import REGISTER, REGISTER_TABLE
from tests import factories
from tests.html_document import Document

# Two triangles as TopoJSON has them: one of Finland, one of another country.
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.5], "translate": [20, 60]},
    "objects": {
        "countries": {
            "geometries": [
                {"id": "246", "type": "Polygon", "arcs": [[0, ~1]]},
                {"id": "752", "type": "Polygon", "arcs": [[2]]},
                {"type": "Polygon", "arcs": [[2]]},
            ]
        }
    },
    "arcs": [[[0, 0], [10, 0], [0, 10]], [[0, 0], [10, 10]], [[0, 0], [1, 0], [0, 1], [-1, -1]]],
}


def shores() -> list[list[Point]]:
    """The rings of the file, in units of the map."""
    (path,) = re.findall(r' d="([^"]+)"', FILE.read_text("utf-8"))
    found = []
    for piece in re.findall(r"M([^z]+)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        x = y = 0
        ring = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x / 10, y / 10))
        found.append(ring)
    return found


def is_inside(point: Point, ring: list[Point]) -> bool:
    """Whether a line from the point eastwards crosses the ring an odd number of times."""
    crossings = 0
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y > point[1]) != (next_y > point[1]):
            crossings += x + (point[1] - y) / (next_y - y) * (next_x - x) > point[0]
    return crossings % 2 == 1


def test_outline_is_light_and_says_where_it_comes_from() -> None:
    text = FILE.read_text("utf-8")
    assert len(text.encode()) <= 6000
    assert "Natural Earth" in text and "public domain" in text and "world-atlas 2.0.2" in text
    corners = [corner for ring in shores() for corner in ring]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in corners)


@pytest.mark.django_db
def test_points_of_the_register_lie_inside_the_outline() -> None:
    with REGISTER.open("rb") as file:
        take_in(REGISTER_TABLE, file)
    land = shores()
    astray = []
    for one in Municipality.objects.all():
        point = place(float(one.latitude), float(one.longitude))
        edge = min(math.dist(point, corner) for ring in land for corner in ring)
        # Islands of less than 3 km² are left out, and shores are smoothed.
        if edge > 7 and not any(is_inside(point, ring) for ring in land):
            astray.append(f"{one.name_fi}: {edge:.1f}")
    assert not astray


def test_projection_keeps_areas_true() -> None:
    def area(latitude: float) -> float:
        """Of a field of 0.1 by 0.1 degrees, beside the central meridian."""
        corners = [place(latitude, 27), place(latitude, 27.1), place(latitude + 0.1, 27.1)]
        (left, bottom), (right, _), (_, top) = corners
        return (right - left) * (bottom - top)

    # On the globe, fields of equal degrees are to each other as the cosines of their latitudes.
    expected = math.cos(math.radians(69)) / math.cos(math.radians(60))
    assert area(69) / area(60) == pytest.approx(expected, rel=0.01)


def test_shore_is_read_along_its_arcs_and_of_our_countries_only() -> None:
    (ring,) = rings(TOPOLOGY)
    assert ring == [place(60, 20), place(60, 25), place(65, 25), place(60, 20)]
    assert outline(TOPOLOGY).count("M") == 1


def test_simplified_ring_loses_its_least_bends_only() -> None:
    square = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    assert simplified(square, 1) == [square[0], *square[2:]]
    assert simplified(square, 0.1) == square


def test_marks_stand_apart_and_inside_the_map() -> None:
    together = ((100.0, 300.0),) * 12 + ((5.0, 5.0), (200.0, 100.0))
    standing = spread(together, (REACH,) * len(together))
    gaps = [math.dist(a, b) for number, a in enumerate(standing) for b in standing[:number]]
    assert min(gaps) >= 2 * REACH
    assert standing[-1] == together[-1]
    assert all(REACH <= x <= WIDTH - REACH and REACH <= y <= HEIGHT - REACH for x, y in standing)


def test_more_marks_than_there_is_room_for_stay_in_their_places() -> None:
    many = tuple((float(number), 100.0) for number in range(200))
    assert spread(many, (REACH,) * 200) == many


def drawn(*municipalities: Municipality, members: int = 0, actors: int = 0) -> Map:
    for number, one in enumerate(municipalities):
        one.is_participant = number < members
    return map_of_regions(
        [(municipalities, [factories.make_regional_actor() for _number in range(actors)])]
    )


@pytest.mark.django_db
def test_members_are_marks_from_north_to_south_and_others_dots() -> None:
    south, north, other, nowhere = (factories.make_municipality() for _number in range(4))
    south.latitude, south.longitude = 60, 25
    north.latitude, north.longitude = 69, 27
    other.latitude, other.longitude = 65, 26
    nowhere.latitude = nowhere.longitude = None
    found = drawn(north, south, nowhere, other, members=3)
    assert [mark.party for mark in found.marks] == [north, south]
    assert [region.dots.count("M") for region in found.regions] == [3]
    assert found.has_municipalities and not found.has_actors
    assert [mark.thread for mark in found.marks] == ["", ""]


@pytest.mark.django_db
def test_actor_stands_in_the_middle_of_its_region() -> None:
    west, east = factories.make_municipality(), factories.make_municipality()
    west.latitude = east.latitude = 64
    west.longitude, east.longitude = 25, 29
    (mark,) = drawn(west, east, actors=1).marks
    assert mark.is_actor
    assert math.dist((mark.x, mark.y), place(64, 27)) < REACH


@pytest.mark.django_db
def test_map_of_actors_leaves_out_whom_no_point_is_known_of() -> None:
    placed, unplaced = factories.make_regional_actor(), factories.make_regional_actor()
    placed.latitude, placed.longitude = 61, 25
    unplaced.latitude = unplaced.longitude = None
    assert [mark.party for mark in map_of_actors([placed, unplaced]).marks] == [placed]


def read(client: Client, route: str, language: str) -> Document:
    with override(language):
        response = client.get(reverse(f"municipalities:{route}"))
    assert response.status_code == 200
    return Document(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "names"), [("sv", "Esbo Espoo"), ("fi", "Espoo Esbo")])
def test_marks_are_links_named_in_both_languages(client: Client, language: str, names: str) -> None:
    esbo, other = factories.make_municipality(), factories.make_municipality()
    factories.make_participation(municipality=esbo)
    page = read(client, "municipality_list", language)
    with override(language):
        (mark, *_in_the_list) = page.all("a", href=esbo.path())
        assert len(page.all("a", href=other.path())) == 1
    assert page.all("text", id=mark.attributes["aria-labelledby"])
    assert " ".join(one.text for one in page.all("tspan")) == names
    there = "fi" if language == "sv" else "sv"
    (other_name,) = [one for one in page.all("tspan") if one.attributes.get("lang") == there]
    assert other_name.text == names.split()[1]


@pytest.mark.django_db
def test_list_says_what_the_map_shows(client: Client) -> None:
    factories.make_participation(municipality=factories.make_municipality())
    factories.make_municipality()
    page = read(client, "municipality_list", "sv")
    regions = [one.text.split() for one in page.all("h2") if one.text.strip()[:1].isdigit()]
    numbers = [one.text for one in page.all("text", **{"class": "region-number"})]
    # The last one is the key's.
    assert [number for number, *_name in regions] == numbers[:-1]
    assert any("2 kommuner, 1 i nätverket" in one.text for one in page.all("summary"))
    assert [one.text for one in page.all("span", **{"class": "tag"})] == ["i nätverket"]
    assert page.all("a", href="#lista")
    assert page.all("div", id="lista")


@pytest.mark.django_db
def test_map_marks_nobody_while_it_is_not_known_who_took_part(client: Client) -> None:
    factories.make_municipality()
    page = read(client, "municipality_list", "fi")
    assert not [one for one in page.all("a") if "aria-labelledby" in one.attributes]
    assert len(page.all("path", **{"class": "dots"})) == 2  # a region's and the key's
    notice = [one.text for one in page.all("p", **{"class": "notice"})]
    assert notice == ["Tieto mukana olleista kunnista puuttuu vielä."]
    key = " ".join(one.text for one in page.all("ul", **{"class": "map-key"}))
    assert "verkosto" not in key.lower()


@pytest.mark.django_db
def test_map_names_its_sources(client: Client) -> None:
    factories.make_municipality()
    page = read(client, "municipality_list", "sv")
    sources = " ".join(one.text for one in page.all("figcaption"))
    assert "GeoNames (CC BY 4.0)" in sources
    assert "Natural Earth" in sources


@pytest.mark.django_db
def test_regional_actors_have_a_map_of_their_own(client: Client) -> None:
    actor = factories.make_regional_actor()
    factories.make_municipality(region=actor.region)
    factories.make_participation(regional_actor=actor)
    factories.make_participation(regional_actor=actor, project=factories.make_project())
    page = read(client, "regional_actor_list", "sv")
    marks = [
        one for one in page.all("a", href=actor.path("sv")) if "aria-labelledby" in one.attributes
    ]
    assert len(marks) == 1
    assert not page.all("text", **{"class": "region-number"})


def suggested(client: Client, words: str, language: str = "sv") -> list:
    bring_up_to_date()
    with override(language):
        response = client.get(reverse("municipalities:municipality_suggestions"), {"q": words})
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert not response.cookies
    return response.json()


@pytest.mark.django_db
def test_municipality_is_suggested_by_either_name(client: Client) -> None:
    factories.make_municipality()
    for words in ("esb", "ESPO"):
        found = suggested(client, words)
        assert found == [words, ["Esbo"], ["Espoo"], ["http://testserver/sv/kommuner/esbo/"]]
    assert suggested(client, "esb", "fi")[1:3] == [["Espoo"], ["Esbo"]]
    assert suggested(client, "qw") == ["qw", [], [], []]
    assert suggested(client, "") == ["", [], [], []]
    assert suggested(client, "\0")[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Espoossa", "esbos"])
def test_municipality_is_found_by_its_name_in_any_case(client: Client, words: str) -> None:
    esbo = factories.make_municipality()
    factories.make_municipality()
    assert suggested(client, words)[1] == ["Esbo"]
    address = reverse("municipalities:municipality_list")
    body = client.get(address, {"q": words}).content.decode()
    assert f'href="{esbo.path("sv")}"' in body
    # What anybody can make up is no page for search engines; the list is one.
    assert [
        text.count('name="robots"') for text in (body, client.get(address).content.decode())
    ] == [1, 0]


@pytest.mark.django_db
def test_few_are_suggested_and_whole_names_come_first(client: Client) -> None:
    for number in range(8):
        name = f"Sankt Mark {number}" if number < 7 else "Markby"
        municipality = factories.make_municipality()
        names = {"name_sv": name, "name_fi": "Markku" if number == 6 else name}
        Municipality.objects.filter(pk=municipality.pk).update(**names)
    _typed, names_here, names_there, _addresses = suggested(client, "mark")
    few = [f"Sankt Mark {number}" for number in range(3)]
    assert names_here == ["Markby", "Sankt Mark 6", *few]
    assert names_there == ["", "Markku", "", "", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_form_for_finding_says_where_suggestions_are(client: Client, language: str) -> None:
    page = read(client, "municipality_list", language)
    (form,) = page.all("form", **{"class": "find"})
    with override(language):
        assert form.attributes["data-suggest"] == reverse("municipalities:municipality_suggestions")
    assert form.attributes["data-lang"] == ("fi" if language == "sv" else "sv")


@pytest.mark.django_db
def test_municipality_page_shows_where_it_lies_and_who_else_works_on_its_themes(client):
    here = factories.make_municipality(latitude=60.2, longitude=24.66)
    other, foreign = factories.make_municipality(), factories.make_municipality()
    theme, another = factories.make_theme(), factories.make_theme()
    factories.make_workshop(theme=theme, municipalities=[here])
    factories.make_workshop(theme=theme, municipalities=[other])
    factories.make_workshop(theme=another, municipalities=[foreign])
    html = client.get(here.path("sv")).content.decode()
    assert 'class="locator"' in html
    companions = html[html.index("Andra med samma teman") :].split("</section>")[0]
    assert other.path("sv") in companions
    assert foreign.path("sv") not in companions and here.path("sv") not in companions


@pytest.mark.django_db
def test_municipality_without_a_point_has_no_map_and_without_workshops_no_companions(client):
    here = factories.make_municipality(latitude=None, longitude=None)
    html = client.get(here.path("sv")).content.decode()
    assert 'class="locator"' not in html
    assert "Andra med samma teman" not in html
