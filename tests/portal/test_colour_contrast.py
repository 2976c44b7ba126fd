"""The colours of the style sheet can be read: contrast by WCAG 2.1, success criterion 1.4.3."""

import re
from pathlib import Path

import pytest

from portal.weave import COLOURS

TOKENS = (Path(__file__).parents[2] / "portal/static/portal/tokens.css").read_text("utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SCHEMES = {
    scheme: {name: values[place] for name, *values in PAIR.findall(TOKENS)}
    for place, scheme in enumerate(("light", "dark"))
}
GROUNDS = ("paper", "birch", "mark-hit")


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 to 1 (WCAG 2.1)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_body_text_has_contrast_of_seven(scheme: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours["ink"], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "birch"])
def test_quiet_text_has_contrast_of_seven(scheme: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours["ink-soft"], colours[ground]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", ["lake", "spruce", "cloudberry", "lingonberry"])
def test_coloured_text_has_contrast_of_four_and_a_half(scheme: str, ground: str, name: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours[name], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_buttons_have_contrast_of_four_and_a_half(scheme: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours["action"], colours["on-action"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "birch"])
def test_edges_of_fields_have_contrast_of_three(scheme: str, ground: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours["bark"], colours[ground]) >= 3


def test_drawings_outside_pages_use_the_colours_of_the_style_sheet() -> None:
    light = SCHEMES["light"]
    named = {name: light.get(f"{name}-thread", light.get(name)) for name in COLOURS}
    assert named | {"birch": light["birch-deep"]} == COLOURS
