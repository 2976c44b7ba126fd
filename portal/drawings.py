"""The drawings of the site's frame and start page, made of the colours and motifs of the themes.

Everything here is a pure function from numbers to SVG text. Colours are left to the style sheet
(classes ``thread-lake`` …) except in the files that live outside a page, such as the favicon.
``python -m portal.drawings FOLDER`` writes those files anew.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from projects.motifs import CHART, COLOURS, THREADS, motif_path


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


def files() -> dict[str, str]:
    """Return the name and content of every drawing that is served as a file."""
    return {"band.svg": band(), "favicon.svg": favicon()}


if __name__ == "__main__":
    for name, content in files().items():
        (Path(sys.argv[1]) / name).write_text(content, encoding="utf-8")
