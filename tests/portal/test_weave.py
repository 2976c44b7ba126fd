"""The drawings of the portal are what their module draws."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from portal import weave

FOLDER = Path(__file__).parents[2] / "portal/static/portal"


@pytest.mark.parametrize("name", weave.files())
def test_drawing_served_as_a_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == weave.files()[name], (
        "write the drawings anew: python -m portal.weave portal/static/portal"
    )


@pytest.mark.parametrize("thread", weave.THREADS)
def test_motif_is_a_symmetric_square(thread: str) -> None:
    rows = weave.motif_cells(thread)
    assert len(rows) == weave.CHART
    assert all(len(row) == weave.CHART and row == row[::-1] for row in rows)


def test_hero_shows_a_motif_for_each_half_year_with_a_main_theme() -> None:
    drawing = weave.hero(["spruce", None, "lingonberry", "lingonberry", None])
    ElementTree.fromstring(drawing)
    assert drawing.count('class="patch') == 3


def test_strand_raises_only_the_threads_it_is_given() -> None:
    assert weave.strand([]).count("raised") == 0
    assert weave.strand(["lake"]).count("strand raised thread-lake") == 1


def test_strand_that_is_unknown_is_dotted() -> None:
    assert 'class="unknown"' in weave.strand([], is_unknown=True)
    assert 'class="unknown"' not in weave.strand(["lake"])
