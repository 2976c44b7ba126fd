"""The map of the network: those that take part as marks, all municipalities as small dots."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.content import languages
from foundation.content.texts import Text
from municipalities.models import Municipality, RegionalActor
from municipalities.outline import HEIGHT, WIDTH, Point, place

Party = Municipality | RegionalActor

# In units of the map, which are pixels at least. Half a target of 24 (WCAG 2.2, 2.5.8).
REACH = 12
_REACH_OF_NUMBER = 6
_ROUNDS, _ROUNDS_WITH_PULL = 160, 60
_PULL = 0.25  # of the way home, in the first round
_MOST = 100
_GOLDEN_ANGLE = 2.4  # radians: things in one place leave it in directions that differ
_NEAR = 4  # a mark moved by less needs no thread back to its place


@dataclass(frozen=True)
class Mark:
    """A party on the map: where its mark stands, and the place it belongs to."""

    party: Party
    x: int
    y: int
    home: Point

    @property
    def is_actor(self) -> bool:
        return isinstance(self.party, RegionalActor)

    @property
    def thread(self) -> str:
        """The thread from the mark to its place as path data, "" where the mark stands there."""
        if math.dist((self.x, self.y), self.home) < _NEAR:
            return ""
        return f"M{self.x} {self.y}L{round(self.home[0])} {round(self.home[1])}"

    @property
    def is_eastern(self) -> bool:
        """Whether the name has more room on the left of the mark."""
        return self.x > WIDTH / 2

    @property
    def name_x(self) -> int:
        """Where the name begins, or ends on the left of the mark."""
        return self.x - REACH if self.is_eastern else self.x + REACH

    @property
    def other_name(self) -> Text | None:
        """The name in the other language, where it is another."""
        found = self.party.text("name", languages.other(languages.current()))
        return found if found.value != self.party.text("name").value else None


@dataclass(frozen=True)
class RegionOnMap:
    """A region on the map: a dot for each municipality, and where its number stands."""

    dots: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """What is drawn over the outline; marks from north to south, as one reads a map."""

    marks: list[Mark]
    regions: list[RegionOnMap]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def has_municipalities(self) -> bool:
        return any(not mark.is_actor for mark in self.marks)

    @property
    def has_actors(self) -> bool:
        return any(mark.is_actor for mark in self.marks)


@dataclass(frozen=True)
class PlaceOnMap:
    """Where one municipality lies, among the dots of its region."""

    x: int
    y: int
    dots: str
    width: int = WIDTH
    height: int = HEIGHT


def place_of(municipality: Municipality, neighbours: Iterable[Municipality]) -> PlaceOnMap | None:
    """Return where a municipality lies, or None for one whose point is not known."""
    point = _point(municipality)
    if point is None:
        return None
    dots = _dots(found for one in neighbours if (found := _point(one)))
    return PlaceOnMap(round(point[0]), round(point[1]), dots)


def map_of_regions(
    regions: Iterable[tuple[Sequence[Municipality], Sequence[RegionalActor]]],
) -> Map:
    """Return the map of regions: of each its municipalities, and the actors that take part.

    Municipalities carry `is_participant`; those without a point are on no map. An actor stands in
    the middle of its region's points.
    """
    homes: list[tuple[Party, Point]] = []
    grounds: list[tuple[list[Point], Point]] = []
    for municipalities, actors in regions:
        placed = [(one, point) for one in municipalities if (point := _point(one))]
        points = [point for _one, point in placed]
        if not points:
            continue
        homes += [(one, point) for one, point in placed if one.is_participant]
        homes += [(actor, _mean(points)) for actor in actors]
        grounds.append((points, _mean(points)))
    standing = spread(
        (*(home for _party, home in homes), *(centre for _points, centre in grounds)),
        (REACH,) * len(homes) + (_REACH_OF_NUMBER,) * len(grounds),
    )
    return Map(
        _marks(homes, standing),
        [
            RegionOnMap(_dots(points), round(x), round(y))
            for (points, _centre), (x, y) in zip(grounds, standing[len(homes) :], strict=True)
        ],
    )


def map_of_actors(actors: Iterable[RegionalActor]) -> Map:
    """Return the map of actors, each with the `latitude` and `longitude` of its region's middle."""
    homes: list[tuple[Party, Point]] = [
        (actor, point) for actor in actors if (point := _point(actor))
    ]
    standing = spread(tuple(home for _actor, home in homes), (REACH,) * len(homes))
    return Map(_marks(homes, standing), [])


def _point(item: Party) -> Point | None:
    # An actor has no point of its own: the map of actors is given one beside it.
    latitude, longitude = getattr(item, "latitude", None), getattr(item, "longitude", None)
    if latitude is None or longitude is None:
        return None
    return place(float(latitude), float(longitude))


def _mean(points: Sequence[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)


def _dots(points: Iterable[Point]) -> str:
    return "".join(f"M{round(x)} {round(y)}h0" for x, y in points)


def _marks(homes: Sequence[tuple[Party, Point]], standing: Sequence[Point]) -> list[Mark]:
    marks = [
        Mark(party, round(x), round(y), home)
        for (party, home), (x, y) in zip(homes, standing, strict=False)
    ]
    return sorted(marks, key=lambda mark: (mark.y, mark.x))


@lru_cache(maxsize=8)  # the network changes seldom, and its map is asked for often
def spread(places: tuple[Point, ...], reaches: tuple[int, ...]) -> tuple[Point, ...]:
    """Move what stands too close apart until nothing within reach of one thing is another's.

    What reaches less far gives way more, all stay inside the map, and each is drawn back to its
    place, ever less as the rounds go by. More things than the country has room for stay where they
    are.
    """
    if len(places) > _MOST:
        return places
    found = [[x, y] for x, y in places]
    farthest = 2 * max(reaches, default=0) + 1
    for number in range(_ROUNDS):
        pull = max(0, _PULL * (1 - number / _ROUNDS_WITH_PULL))
        for point, home in zip(found, places, strict=True):
            for axis in (0, 1):
                point[axis] += pull * (home[axis] - point[axis])
        is_calm = True
        southwards = sorted(range(len(found)), key=lambda at: found[at][1])
        for rank, one in enumerate(southwards):
            for other in southwards[rank + 1 :]:
                if found[other][1] - found[one][1] > farthest:
                    break
                lacking = reaches[one] + reaches[other] + 1 - math.dist(found[one], found[other])
                if lacking > 0:
                    is_calm = False
                    _part(found, one, other, lacking, reaches)
        for point, reach in zip(found, reaches, strict=True):
            point[0] = min(max(point[0], reach), WIDTH - reach)
            point[1] = min(max(point[1], reach), HEIGHT - reach)
        if is_calm and not pull:
            break
    return tuple((x, y) for x, y in found)


def _part(
    found: list[list[float]], one: int, other: int, lacking: float, reaches: Sequence[int]
) -> None:
    """Move two things away from each other by what they lack in distance."""
    east, south = (found[other][axis] - found[one][axis] for axis in (0, 1))
    angle = math.atan2(south, east) if east or south else _GOLDEN_ANGLE * other
    weight, others_weight = reaches[one] ** 4, reaches[other] ** 4
    share = weight / (weight + others_weight)
    for which, way in ((one, share - 1), (other, share)):
        found[which][0] += lacking * way * math.cos(angle)
        found[which][1] += lacking * way * math.sin(angle)
