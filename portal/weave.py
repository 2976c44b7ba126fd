"""The drawings of the portal: four threads, one a theme, that cross the warp of five half-years.

Everything here is a pure function from numbers to SVG text. Colours are left to the style sheet
(classes ``thread-lake`` …) except in the files that live outside a page, such as the favicon.
``python -m portal.weave FOLDER`` writes those files anew.
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


def band() -> str:
    """Return one repeat of the woven band: the four motifs with a row of seeds between them."""
    pitch = CHART + 8
    seeds = "M0 6h1v1h-1zM2 4h1v1h-1zM2 8h1v1h-1zM4 6h1v1h-1z"
    pieces = "".join(
        f'<path transform="translate({place * pitch})" d="{motif_path(thread)}"/>'
        f'<path transform="translate({place * pitch + CHART + 1.5})" d="{seeds}"/>'
        for place, thread in enumerate(THREADS)
    )
    width = pitch * len(THREADS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * 2}" height="{CHART * 2}" '
        f'viewBox="0 0 {width} {CHART}">{pieces}</svg>\n'
    )


def _mark_shapes() -> list[tuple[str, int, int, int, int]]:
    """Return the bars of the mark in the order they are laid, as (thread, x, y, width, height)."""
    return [
        ("lingonberry", 4, 15, 56, 12),
        ("lake", 4, 37, 56, 12),
        ("spruce", 15, 4, 12, 56),
        ("cloudberry", 37, 4, 12, 56),
        ("lingonberry", 11, 15, 20, 12),
        ("lake", 33, 37, 20, 12),
    ]


def mark(*, coloured: bool = False) -> str:
    """Return the shapes of the mark on a 64-unit square: two threads over and under two others.

    ``coloured`` writes the colours into the shapes, for use outside a page.
    """
    pieces = []
    for number, (thread, x, y, width, height) in enumerate(_mark_shapes()):
        if number >= 2:
            # A gap in the colour of the ground makes the upper thread lie above the lower one.
            gap = (
                (x - 3, y + 4, width + 6, height - 8)
                if number < 4
                else (x + 1, y - 3, width - 2, height + 6)
            )
            ground = f'fill="{COLOURS["paper"]}"' if coloured else 'class="ground"'
            pieces.append(
                f'<rect {ground} x="{gap[0]}" y="{gap[1]}" width="{gap[2]}" height="{gap[3]}"/>'
            )
        paint = f'fill="{COLOURS[thread]}"' if coloured else f'class="thread-{thread}"'
        # The pieces laid again over a crossing must not show rounded ends there.
        radius = ' rx="3"' if number < 4 else ""
        pieces.append(f'<rect {paint} x="{x}" y="{y}" width="{width}" height="{height}"{radius}/>')
    return "".join(pieces)


def favicon() -> str:
    """Return the mark on a rounded ground that reads on light and dark browser bars alike."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{COLOURS["paper"]}"/>'
        f"{mark(coloured=True)}</svg>\n"
    )


# The large weave of the start page, in units of its own view box.
_WIDTH, _HEIGHT = 1600, 640
_LANES = (118, 252, 386, 520)
_YARNS = (-19, 0, 19)
_WARP_LEFT, _WARP_PITCH = 1016, 126
_WARP_THREADS = (-25, 0, 25)
# From which place in the bundle at the left each lane is drawn: the threads must cross to arrive.
_BUNDLE = {"lake": 2, "spruce": 0, "cloudberry": 3, "lingonberry": 1}


def _yarn(thread: str, lane: int, offset: int) -> str:
    """Return the way of one yarn, from the loose bundle at the left into its lane of the weave."""
    y = lane + offset
    start = 528 + _BUNDLE[thread] * 30 + offset * 0.36
    lean = _BUNDLE[thread] * 14 + offset * 0.5
    return (
        f"M-1600 {start:.0f}H-500C-350 {start:.0f} -200 {start - 40:.0f} -20 {start - 32:.0f}"
        f"S400 {start + 44:.0f} {630 + lean:.0f} {start - 6:.0f}"
        f"S{800 + lean:.0f} {y} 985 {y}H{_WIDTH + 20}"
    )


def hero(main_threads: Sequence[str | None]) -> str:
    """Return the weave of the start page, decorative and without text.

    ``main_threads`` names the thread of each half-year's main theme, in order, None where there
    is none: at that crossing the cloth shows the motif of the theme.
    """
    wefts = []
    # Drawn from the bottom lane upwards: each thread lies over those drawn before it.
    for thread, lane in reversed(list(zip(THREADS, _LANES, strict=True))):
        ways = "".join(_yarn(thread, lane, offset) for offset in _YARNS)
        wefts.append(
            f'<g class="weft thread-{thread}"><path class="halo" d="{ways}"/>'
            f'<path class="yarn" d="{ways}"/><path class="twist" d="{ways}"/></g>'
        )
    warps = [
        _WARP_LEFT + half * _WARP_PITCH + offset
        for half in range(len(main_threads))
        for offset in _WARP_THREADS
    ]
    full = "".join(f"M{x} -900V{_HEIGHT + 20}" for x in warps)
    over = "".join(
        f"M{x} {lane + offset - 9}v18"
        for row, (lane, offset) in enumerate((lane, offset) for lane in _LANES for offset in _YARNS)
        for column, x in enumerate(warps)
        if (row + column) % 2
    )
    patches = "".join(
        f'<g class="patch thread-{thread}" transform="translate('
        f'{_WARP_LEFT + half * _WARP_PITCH - 52} {_LANES[THREADS.index(thread)] - 52})">'
        '<rect class="ground" width="104" height="104" rx="3"/>'
        f'<path transform="translate(6.5 6.5) scale(7)" d="{motif_path(thread)}"/></g>'
        for half, thread in enumerate(main_threads)
        if thread
    )
    return (
        f'<svg class="weave" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="xMaxYMid slice"'
        f' aria-hidden="true" focusable="false"><path class="warp" d="{full}"/>{"".join(wefts)}'
        f'<path class="warp-halo" d="{over}"/><path class="warp" d="{over}"/>{patches}</svg>'
    )


def strand(active: Iterable[str], *, is_unknown: bool = False) -> str:
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


def write_files(folder: Path) -> None:
    """Write the drawings that are served as files into ``folder``."""
    for name, content in files().items():
        (folder / name).write_text(content, encoding="utf-8")


def files() -> dict[str, str]:
    """Return the name and content of every drawing that is served as a file."""
    posters = {f"poster-{thread}.svg": poster([thread]) for thread in THREADS}
    posters["poster.svg"] = poster(THREADS)
    return {"band.svg": band(), "favicon.svg": favicon(), **posters}


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
