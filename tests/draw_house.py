"""Draws docs/house.svg from the floors that the test of the house holds.

`python -m tests.draw_house` writes it anew.
"""

from html import escape
from itertools import groupby

from foundation.translations.catalogues import CHECKOUT
from tests.test_house import HOUSE

PICTURE = CHECKOUT / "docs" / "house.svg"
# What each part of the house is, in the order of the sentence that explains the product.
PARTS = {
    "portal": "shows",
    "network": "meets",
    "publications": "writes",
    "projects": "does",
    "municipalities": "who",
    "foundation": "stands on",
}
WIDTH, ROOM, GAP, LEFT = 960, 34, 8, 260
ITSELF = "models, pages, admin"
STYLE = (
    "text{font:15px system-ui,sans-serif;fill:#1d2b2a}"
    ".part{font-weight:700;font-size:18px}.word{font-style:italic}"
    ".floor{fill:#f3efe6;stroke:#8a8f86}.room{fill:#fff;stroke:#2f6f62}"
    "@media(prefers-color-scheme:dark){text{fill:#eef2ee}"
    ".floor{fill:#22302e;stroke:#6f7a74}.room{fill:#15201f;stroke:#7cc3b1}}"
)


def part_of(rooms: tuple[str, ...]) -> str:
    return rooms[0].partition(".")[0]


def label(rooms: tuple[str, ...], part: str) -> str:
    """The names of the rooms in one line of HOUSE, without the part they all begin with."""
    inner = [room.removeprefix(part).lstrip(".") for room in rooms]
    shown = [name.replace(".", "/") for name in inner if name and name.count(".") < 2]
    return ", ".join([ITSELF, *shown] if "" in inner else shown)


def svg() -> str:
    """The house as a drawing, the roof at the top."""
    y, drawn = GAP, []
    for part, lines in groupby(reversed(HOUSE), part_of):
        labels = [label(rooms, part) for rooms in lines]
        if part == "foundation":
            labels.remove(ITSELF)  # it is a folder and holds nothing itself
        height = len(labels) * (ROOM + GAP) + GAP
        drawn.append(
            f'<rect class="floor" x="{GAP}" y="{y}" width="{WIDTH - 2 * GAP}" height="{height}"'
            f' rx="6"/><text class="part" x="24" y="{y + 30}">{part}/</text>'
        )
        if height > 2 * ROOM:
            drawn.append(f'<text class="word" x="24" y="{y + 54}">{PARTS[part]}</text>')
        else:
            drawn.append(
                f'<text class="word" x="{LEFT - 10}" y="{y + 30}" text-anchor="end">'
                f"{PARTS[part]}</text>"
            )
        for place, text in enumerate(labels):
            top = y + GAP + place * (ROOM + GAP)
            drawn.append(
                f'<rect class="room" x="{LEFT}" y="{top}" width="{WIDTH - LEFT - 3 * GAP}"'
                f' height="{ROOM}" rx="4"/>'
                f'<text x="{LEFT + 14}" y="{top + 23}">{escape(text)}</text>'
            )
        y += height + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img">'
        "<title>The house: each room knows those below it</title>"
        f"<style>{STYLE}</style>{''.join(drawn)}</svg>\n"
    )


if __name__ == "__main__":
    PICTURE.write_text(svg(), "utf-8")
