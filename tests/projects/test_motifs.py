"""The drawings of the themes are what their module draws."""

from pathlib import Path

import pytest

from projects import motifs

FOLDER = Path(__file__).parents[2] / "projects/static/projects"


@pytest.mark.parametrize("name", motifs.files())
def test_drawing_served_as_a_file_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == motifs.files()[name], (
        "write the drawings anew: python -m projects.motifs projects/static/projects"
    )


@pytest.mark.parametrize("thread", motifs.THREADS)
def test_motif_is_a_symmetric_square(thread: str) -> None:
    rows = motifs.motif_cells(thread)
    assert len(rows) == motifs.CHART
    assert all(len(row) == motifs.CHART and row == row[::-1] for row in rows)


def test_timeline_raises_only_the_colours_it_is_given() -> None:
    assert motifs.timeline_piece([]).count("raised") == 0
    assert motifs.timeline_piece(["lake"]).count("strand raised thread-lake") == 1


def test_half_year_that_is_unknown_is_dotted() -> None:
    assert 'class="unknown"' in motifs.timeline_piece([], is_unknown=True)
    assert 'class="unknown"' not in motifs.timeline_piece(["lake"])
