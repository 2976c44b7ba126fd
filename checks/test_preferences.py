"""What the reader has asked the browser for is respected: stillness, own colours, no scripts."""

from checks import scripts
from checks.conftest import Visit


def test_nothing_moves_where_less_motion_is_asked_for(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    assert not page.evaluate(scripts.MOVING)
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_nothing_is_lost_in_forced_colours(visit: Visit) -> None:
    for scheme in ("light", "dark"):
        page = visit(forced_colors="active", color_scheme=scheme)
        assert not page.evaluate(scripts.LOST_IN_FORCED_COLOURS)


def test_page_says_and_offers_the_same_without_javascript(visit: Visit) -> None:
    scripted, plain = visit(), visit(java_script_enabled=False)
    assert plain.locator("h1").is_visible()
    text = scripted.locator("main").inner_text().split()
    assert plain.locator("main").inner_text().split()[: len(text)] == text
    missing = set(scripted.evaluate(scripts.USABLE)) - set(plain.evaluate(scripts.USABLE))
    assert not missing


def test_menu_opens_without_javascript(visit: Visit) -> None:
    page = visit(width=360, java_script_enabled=False)
    menu = page.locator("details.menu")
    if menu.count() == 0:
        assert page.locator("header nav").count() == 0
        return
    if not menu.locator("a").first.is_visible():
        page.locator("details.menu > summary").click()
    assert menu.locator("a").first.is_visible()
