"""The drawings of the themes: each has a colour and a motif, drawn as SVG.

Everything here is a pure function from numbers to SVG text. Colours are left to the style sheet
(classes ``thread-lake`` …) except in the files that live outside a page.
``python -m projects.motifs FOLDER`` writes those files anew.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

THREADS = ("lake", "spruce", "cloudberry", "lingonberry")

# For drawings shown without the style sheet; the same values as the thread tokens in portal.css.
COLOURS = {
    "lake": "#2f76a6",
    "spruce": "#2f7a57",
    "cloudberry": "#e39a2d",
    "lingonberry": "#bf3a4f",
    "paper": "#fbfaf6",
    "birch": "#d8d0bc",
    "ink": "#14231d",
}

# Left half and middle column of each pattern, as on a weaver's chart: the right half mirrors it.
_CHARTS = {
    # Gables: the municipality that changes.
    "lake": """
        ......#
        .....##
        ....##.
        ...##..
        ..##..#
        .##..##
        ##..##.
        #..##..
        ..##..#
        .##..##
        .#..###
        .#..#.#
        .####.#
        """,
    # The eight-pointed star one steers by: welfare leadership.
    "spruce": """
        ...#...
        ...##..
        ...###.
        ######.
        .#####.
        ..####.
        .......
        ..####.
        .#####.
        ######.
        ...###.
        ...##..
        ...#...
        """,
    # A plant in flower: practice that has taken root.
    "cloudberry": """
        ......#
        .....##
        ..##.##
        .####.#
        .#####.
        ..##.##
        .....##
        .#....#
        ###...#
        .###..#
        ..###.#
        ....###
        ......#
        """,
    # Goose-eye, the weaver's name for nested diamonds: looking ahead.
    "lingonberry": """
        ......#
        .....#.
        ....#..
        ...#..#
        ..#..##
        .#..##.
        #..##.#
        .#..##.
        ..#..##
        ...#..#
        ....#..
        .....#.
        ......#
        """,
}

CHART = 13


def motif_cells(thread: str) -> list[str]:
    """Return the chart of a thread's motif as 13 rows of 13 characters, ``#`` where it shows."""
    rows = [row.strip() for row in _CHARTS[thread].split()]
    return [row + row[-2::-1] for row in rows]


def motif_path(thread: str) -> str:
    """Return the motif as path data in a square of 13 units, one piece for each run of cells."""
    pieces = []
    for y, row in enumerate(motif_cells(thread)):
        x = 0
        while x < CHART:
            run = len(row[x:]) - len(row[x:].lstrip("#"))
            if run:
                pieces.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run or 1
    return "".join(pieces)


def timeline_piece(active: Iterable[str], *, is_unknown: bool = False) -> str:
    """Return one half-year of the timeline: four threads, those of ``active`` raised to the top.

    Where it is unknown which was raised, a dotted one stands for it. The threads enter and leave
    at the same heights, so that pieces set side by side join. The piece is stretched to its column,
    hence the strokes that do not scale.
    """
    raised = set(active)
    pieces = []
    for number, thread in sorted(enumerate(THREADS), key=lambda pair: pair[1] in raised):
        y = 58 + number * 11
        way = f"C28 {y} 22 26 50 26S72 {y} 100 {y}" if thread in raised else "H100"
        kind = "strand raised" if thread in raised else "strand"
        pieces.append(
            f'<g class="{kind} thread-{thread}"><path class="halo" d="M0 {y}{way}"/>'
            f'<path class="yarn" d="M0 {y}{way}"/></g>'
        )
    if is_unknown:
        pieces.append('<path class="unknown" d="M0 74.5C28 74.5 22 26 50 26S72 74.5 100 74.5"/>')
    return (
        '<svg class="strands" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(pieces)}</svg>'
    )


def poster(threads: Sequence[str]) -> str:
    """Return what stands for a video without a picture: the motifs given, on a piece of cloth."""
    scale = 22 if len(threads) == 1 else 13
    size, pitch = CHART * scale, CHART * scale + 84
    left = 640 - ((len(threads) - 1) * pitch + size) // 2
    motifs = "".join(
        f'<path fill="{COLOURS[thread]}" d="{motif_path(thread)}" '
        f'transform="translate({left + place * pitch} {300 - size // 2}) scale({scale})"/>'
        for place, thread in enumerate(threads)
    )
    yarns = "".join(
        f'<path d="M0 {572 + place * 26}h1280" stroke="{COLOURS[thread]}" stroke-width="14"/>'
        for place, thread in enumerate(THREADS)
    )
    warp = "".join(
        f"M{x} {565 + place * 26}v14"
        for place in range(4)
        for x in range(20 + place % 2 * 20, 1280, 40)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">'
        f'<path fill="{COLOURS["paper"]}" d="M0 0h1280v720H0z"/>{motifs}{yarns}'
        f'<path d="{warp}" stroke="{COLOURS["paper"]}" stroke-width="9"/></svg>\n'
    )


def files() -> dict[str, str]:
    """Return the name and content of every drawing that is served as a file."""
    posters = {f"poster-{thread}.svg": poster([thread]) for thread in THREADS}
    return {"poster.svg": poster(THREADS), **posters}


if __name__ == "__main__":
    for name, content in files().items():
        (Path(sys.argv[1]) / name).write_text(content, encoding="utf-8")
