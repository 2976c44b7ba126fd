"""With the keyboard alone: every stop is visible, in reading order, and the skip link skips."""

import pytest

from checks import scripts
from checks.conftest import Visit

# Enough to pass the frame, the content and the foot of all pages but lists of hundreds of links.
STOPS = 120


@pytest.mark.parametrize("width", [360, 1440])
def test_focus_is_visible_and_in_reading_order(visit: Visit, width: int, record_property) -> None:
    page = visit(width=width)
    found, stops = [], 0
    before: dict = {}
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(scripts.FOCUSED)
        if here is None:
            break
        stops += 1
        if not here["marked"]:
            found.append(f"no outline: {here['name']}")
        if here["hidden"]:
            found.append(f"covered or out of sight: {here['name']}")
        if not here["follows"]:
            found.append(f"out of the document's order: {here['name']}")
        # Another column may begin higher up; what lies above in the same one comes too late.
        if (
            before
            and here["bottom"] <= before["top"]
            and (here["left"] < before["right"] - 1 and here["right"] > before["left"] + 1)
        ):
            found.append(f"above the stop before it: {here['name']} after {before['name']}")
        before = here
    record_property("stops", stops)
    assert stops > 1
    assert not found, "\n".join(found)


def test_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit(width=1440)
    if page.locator("a.skip-link").first.count() == 0:
        assert page.locator("header").count() == 0, "a page with a header has a skip link"
        return
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('a.skip-link')")
    box = page.locator("a.skip-link").first.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 24
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    here = page.evaluate(scripts.FOCUSED)
    links = page.locator("main :is(a[href], button, input, select, textarea, summary)").count()
    assert here is None or here["inMain"] or not links
