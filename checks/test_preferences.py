"""What the reader has asked the browser for is respected: stillness, own colours, no scripts."""

from typing import Any

from checks import scripts
from checks.conftest import Visit
from checks.test_accessibility import SCHEMES, findings

FORCED: dict[str, Any] = {"forced_colors": "active", "reduced_motion": "reduce"}


def test_nothing_is_lost_in_forced_colours(visit_once: Visit) -> None:
    page = visit_once(**FORCED)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert not page.evaluate(scripts.LOST_IN_FORCED_COLOURS)


def test_axe_finds_nothing_in_forced_colours(visit_once: Visit, axe: str) -> None:
    page = visit_once(**FORCED)
    page.evaluate(axe)
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in findings(page)]
    assert not found, "\n".join(found)


def test_page_says_and_offers_the_same_without_javascript(visit_once: Visit) -> None:
    scripted, plain = visit_once(), visit_once(java_script_enabled=False)
    assert plain.locator("h1").is_visible()
    text = scripted.locator("main").inner_text().split()
    assert plain.locator("main").inner_text().split()[: len(text)] == text
    missing = set(scripted.evaluate(scripts.USABLE)) - set(plain.evaluate(scripts.USABLE))
    assert not missing


def test_menu_opens_without_javascript(visit_once: Visit) -> None:
    page = visit_once(width=360, java_script_enabled=False)
    menu = page.locator("details.menu")
    if menu.count() == 0:
        assert page.locator("header nav").count() == 0
        return
    if not menu.locator("a").first.is_visible():
        page.locator("details.menu > summary").click()
    assert menu.locator("a").first.is_visible()
