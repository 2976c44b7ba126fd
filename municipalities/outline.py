"""The outline of Finland with Åland, and where on it a point of the register lies.

``python -m municipalities.outline countries-10m.json`` writes the outline anew from the file of
that name in the npm package world-atlas: a topology (TopoJSON 1.0) of Natural Earth's countries.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from pathlib import Path
from typing import Any

Point = tuple[float, float]

FILE = Path(__file__).parents[1] / "templates" / "municipalities" / "_outline.html"
COUNTRIES = ("246", "248")  # Finland and Åland, by ISO 3166-1

# The map in units of its own view box: one unit is a pixel in a window of 320 pixels.
WIDTH, HEIGHT = 288, 500
_SCALE = 46.5  # units to a degree of latitude, about 111 km
_MERIDIAN = 27.0  # of Finland's own grid, ETRS-TM35FIN
_LEFT, _TOP = 182.5, 70.31  # where that meridian and the northern edge lie

_LEAST_ISLAND = 0.5  # square units, about 3 km²: the parishes of the Åland archipelago show
_LEAST_BEND = 0.6  # square units


def place(latitude: float, longitude: float) -> Point:
    """Where a point, in degrees of WGS 84, lies on the map.

    The sinusoidal projection, x = (λ - λ₀) cos φ and y = -φ: areas are true, and so near to the
    central meridian shapes are as well (Snyder 1987, USGS Professional Paper 1395, 243-248).
    """
    x = (longitude - _MERIDIAN) * math.cos(math.radians(latitude))
    return _LEFT + _SCALE * x, _SCALE * (_TOP - latitude)


def rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Return the outer shores of the countries, on the map; each ends where it begins."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") not in COUNTRIES:
            continue
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for shore, *_lakes in shapes:
            ring: list[Point] = []
            for number in shore:
                # Arcs begin where the one before ends; ~n is arc n taken backwards.
                steps = topology["arcs"][number if number >= 0 else ~number]
                x = y = 0
                arc = []
                for step_x, step_y in steps:
                    x, y = x + step_x, y + step_y
                    arc.append(place(y * scale[1] + shift[1], x * scale[0] + shift[0]))
                ring += (arc if number >= 0 else arc[::-1])[1 if ring else 0 :]
            yield ring


def _area(*corners: Point) -> float:
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs)) / 2


def simplified(ring: list[Point], least: float) -> list[Point]:
    """Return a ring without the corners that span less than an area with those beside them.

    The least goes first (Visvalingam & Whyatt 1993, The Cartographic Journal 30:1, 46-51).
    """
    before, after = list(range(-1, len(ring) - 1)), list(range(1, len(ring) + 1))
    size = {at: _area(*ring[at - 1 : at + 2]) for at in range(1, len(ring) - 1)}
    waiting = [(area, at) for at, area in size.items()]
    heapify(waiting)
    while waiting:
        area, at = heappop(waiting)
        if area >= least:
            break
        if size.get(at) != area:
            continue
        del size[at]
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for corner in (left, right):
            if corner in size:
                spanned = _area(ring[before[corner]], ring[corner], ring[after[corner]])
                size[corner] = max(area, spanned)
                heappush(waiting, (size[corner], corner))
    return [ring[0], *(ring[at] for at in sorted(size)), ring[-1]]


def path(shapes: Iterable[list[Point]]) -> str:
    """Return rings as path data, in tenths of a unit and from point to point."""
    pieces = []
    for ring in shapes:
        corners = [(round(10 * x), round(10 * y)) for x, y in ring[:-1]]
        (x, y), *others = corners
        steps = []
        for next_x, next_y in others:
            steps.append(f"{next_x - x} {next_y - y}".replace(" -", "-"))
            x, y = next_x, next_y
        lines = " ".join(steps).replace(" -", "-")
        pieces.append(f"M{corners[0][0]} {corners[0][1]}l{lines}z")
    return "".join(pieces)


def outline(topology: dict[str, Any]) -> str:
    """Return the outline as a piece of an SVG drawing, for templates to include."""
    shapes = [simplified(ring, _LEAST_BEND) for ring in rings(topology)]
    large = sorted(
        (ring for ring in shapes if len(ring) > 3 and _area(*ring) >= _LEAST_ISLAND),
        key=lambda ring: -_area(*ring),
    )
    return (
        "{# Finland and Åland: Natural Earth 1:10m (public domain), from world-atlas 2.0.2 (npm, "
        "ISC), projected and simplified by municipalities/outline.py #}"
        f'<path class="land" transform="scale(.1)" d="{path(large)}"/>\n'
    )


if __name__ == "__main__":
    FILE.write_text(outline(json.loads(Path(sys.argv[1]).read_text("utf-8"))), "utf-8")
