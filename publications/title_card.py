"""The drawn cover of a material that has no picture: its title, its kind and its theme's thread."""

import textwrap
from html import escape

from projects.motifs import CHART, motif_path

WIDTH, HEIGHT = 320, 180
_LINES = 4
_SIGNS = 21  # in a line
_LEADING = 29


def title_card(title: str, kind: str, thread: str, language: str = "") -> str:
    """Return the cover as SVG; decoration, since the title stands beside it as text.

    ``language`` is of the title where it is not the page's. Colours come from the style sheet.
    """
    lines = textwrap.wrap(title, _SIGNS, max_lines=_LINES, placeholder=" …")
    mark = f' lang="{escape(language)}"' if language else ""
    words = "".join(
        f'<tspan x="64" y="{78 + number * _LEADING}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    band = ""
    if thread:
        scale = 40 / CHART
        band = "".join(
            f'<path class="motif-cell" transform="translate(6 {5 + place * 58}) '
            f'scale({scale:.3f})" d="{motif_path(thread)}"/>'
            for place in range(3)
        )
    kind_of = f'<text class="kind" x="64" y="38">{escape(kind)}</text>'
    return (
        f'<svg class="title-card{f" thread-{thread}" if thread else ""}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect class="cover" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<rect class="edge" width="52" height="{HEIGHT}"/>{band}{kind_of}'
        f"<text{mark}>{words}</text></svg>"
    )
