"""The page has room: on the narrowest screen, with wider text, enlarged (WCAG 1.4.4, .10, .12)."""

from collections.abc import Iterator

import pytest

from checks import scripts
from checks.conftest import Visit

# The spacing of WCAG 2.2, success criterion 1.4.12.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
TWICE = "html { font-size: 200% !important; }"


@pytest.fixture
def visit_plain(visit_once: Visit) -> Iterator[Visit]:
    """The page in a window of some width; styles that a test adds are taken back."""
    yield visit_once
    visit_once().evaluate("() => { document.adoptedStyleSheets = []; }")


def test_page_at_320_pixels_scrolls_one_way_only(visit_plain: Visit) -> None:
    page = visit_plain(width=320)
    assert not page.evaluate(scripts.WIDER_THAN_WINDOW)
    assert not page.evaluate(scripts.OVERLAPPING)


@pytest.mark.parametrize("width", [320, 1440])
def test_wider_text_spacing_clips_nothing(visit_plain: Visit, width: int) -> None:
    page = visit_plain(width=width)
    page.evaluate(scripts.ADD_STYLE, SPACING)
    for question in (scripts.WIDER_THAN_WINDOW, scripts.CLIPPED, scripts.OVERLAPPING):
        assert not page.evaluate(question)


def test_zoom_of_200_percent_clips_nothing(visit: Visit) -> None:
    # A window of 1280 pixels at 200 % is one of 640 with twice the density.
    page = visit(width=640, height=512, device_scale_factor=2)
    for question in (scripts.WIDER_THAN_WINDOW, scripts.CLIPPED, scripts.OVERLAPPING):
        assert not page.evaluate(question)


@pytest.mark.parametrize("width", [640, 1280])
def test_text_of_twice_the_size_clips_nothing(visit_plain: Visit, width: int) -> None:
    page = visit_plain(width=width)
    page.evaluate(scripts.ADD_STYLE, TWICE)
    for question in (scripts.WIDER_THAN_WINDOW, scripts.CLIPPED, scripts.OVERLAPPING):
        assert not page.evaluate(question)
