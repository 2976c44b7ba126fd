"""The drawings of the frame are what their module draws."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from portal import drawings

FOLDER = Path(__file__).parents[2] / "portal/static/portal"


@pytest.mark.parametrize("name", drawings.files())
def test_drawing_served_as_a_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == drawings.files()[name], (
        "write the drawings anew: python -m portal.drawings portal/static/portal"
    )


def test_hero_shows_a_motif_for_each_half_year_with_a_main_theme() -> None:
    drawing = drawings.hero(["spruce", None, "lingonberry", "lingonberry", None])
    ElementTree.fromstring(drawing)
    assert drawing.count('class="patch') == 3
