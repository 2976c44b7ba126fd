"""What all example files share: four theme threads crossing a pale warp."""

import math
from dataclasses import dataclass

from portal.weave import COLOURS, THREADS

PAPER, INK = COLOURS["paper"], COLOURS["ink"]
SOFT_INK = "#46534d"
BIRCH = "#ebe5d6"  # lighter than the portal's, for areas with text on them
WARP = "#ddd5c2"
BARK = "#cfc6b0"
MARK = "#8d1f34"  # the line that says what is an example: 7:1 on paper

THEME_COLOURS = tuple(COLOURS[name] for name in THREADS)
LAKE, SPRUCE, CLOUDBERRY, LINGONBERRY = THEME_COLOURS

Point = tuple[float, float]


@dataclass(frozen=True)
class Thread:
    """One stroke of the drawing, in the units of the canvas it is made for."""

    points: tuple[Point, ...]
    width: float
    colour: str


def loose_end(start: Point, end: Point, sway: float, phase: float = 0.0) -> list[Point]:
    """Return the way from where a thread leaves the cloth to its free end.

    The sway grows with the distance from the cloth, so that the two always meet smoothly; a
    short end sways less.
    """
    (x0, y0), (x1, y1) = start, end
    if sway:
        sway *= min(1.0, abs(x1 - x0) / (10 * sway)) ** 2
    steps = 28
    way = []
    for step in range(steps + 1):
        part = step / steps
        bend = sway * part * math.sin(part * 2.2 * math.pi + phase)
        way.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part**1.6 + bend))
    return way


def cloth(
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    warps: int,
    colours: tuple[str, ...] = THEME_COLOURS,
    ground: str = PAPER,
    warp_colour: str = WARP,
    left_to: float | None = None,
    right_to: float | None = None,
    sway: float = 0.0,
    fan: float = 0.5,
    woven: float = 1.0,
    phase: float = 0.0,
) -> list[Thread]:
    """Return the strokes of a woven piece, those further back first.

    ``left_to`` and ``right_to`` are where the loose ends stop; ``fan`` is how far they spread
    there, in parts of a thread's distance from the middle (0 is straight on); ``woven`` (0–1) is
    how much of the cloth, from the left, the threads have crossed; ``phase`` moves the loose ends.
    """
    pitch = height / len(colours)
    weft_width = pitch * 0.62
    gap = pitch * 0.07
    step = width / warps
    warp_width = step * 0.5
    rim = pitch * 0.34
    reach = left + width * woven

    def warp(x: float, y0: float, y1: float, extra: float, colour: str) -> Thread:
        return Thread(((x, y0), (x, y1)), warp_width + 2 * extra, colour)

    columns = [left + step * (index + 0.5) for index in range(warps)]
    strokes = [warp(x, top - rim, top + height + rim, 0, warp_colour) for x in columns]
    for row, colour in enumerate(colours):
        y = top + pitch * (row + 0.5)
        spread = (row - (len(colours) - 1) / 2) * pitch
        points: list[Point] = []
        if left_to is not None:
            end = (left_to, y + spread * fan)
            points += reversed(loose_end((left, y), end, sway, phase + row * 0.9))
        else:
            points.append((left, y))
        crossed = [column for column, x in enumerate(columns) if x < reach]
        tip = reach
        if right_to is None and crossed:
            # An end inside the cloth goes on past a warp or hides under it: no slivers.
            last = crossed[-1]
            tip = columns[last] + (0 if (row + last) % 2 else step * 0.7)
        points.append((tip, y))
        if right_to is not None and woven >= 1:
            end = (right_to, y + spread * fan)
            points += loose_end((reach, y), end, sway, phase + 1.7 + row * 1.3)[1:]
        way = tuple(points)
        strokes.append(Thread(way, weft_width + 2 * gap, ground))
        strokes.append(Thread(way, weft_width, colour))
        half = weft_width / 2 + gap
        for column in crossed:
            x = columns[column]
            if (row + column) % 2:
                strokes.append(warp(x, y - half, y + half, gap, ground))
                strokes.append(warp(x, y - half - gap, y + half + gap, 0, warp_colour))
    return strokes


def mirrored(strokes: list[Thread], middle: float) -> list[Thread]:
    """Return the strokes turned over about a vertical line."""
    return [
        Thread(tuple((2 * middle - x, y) for x, y in thread.points), thread.width, thread.colour)
        for thread in strokes
    ]


def ribbon(thread: Thread) -> list[Point]:
    """Return the outline of a thread: along one edge and back along the other."""
    points = thread.points
    upper, lower = [], []
    for index, (x, y) in enumerate(points):
        x0, y0 = points[max(index - 1, 0)]
        x1, y1 = points[min(index + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        across, down = (
            (y0 - y1) / length * thread.width / 2,
            (x1 - x0) / length * thread.width / 2,
        )
        upper.append((x + across, y + down))
        lower.append((x - across, y - down))
    return upper + lower[::-1]


def as_svg(strokes: list[Thread], width: float, height: float, inside: str = "") -> str:
    """Return the strokes as one SVG drawing of the given size."""
    lines = "".join(
        f'<polyline fill="none" stroke="{stroke.colour}" stroke-width="{stroke.width:.2f}"'
        ' stroke-linejoin="round" points="'
        + " ".join(f"{x:.2f},{y:.2f}" for x, y in stroke.points)
        + '"/>'
        for stroke in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{lines}{inside}</svg>'
    )
