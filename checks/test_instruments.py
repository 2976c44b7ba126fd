"""The instruments see: each finds the fault it is there for, and none on a sound page."""

import pytest
from playwright.sync_api import Browser

from checks import scripts
from checks.conftest import until

FAULTS = [
    (scripts.WIDER_THAN_WINDOW, '<p style="inline-size: 2000px">wide</p>'),
    (scripts.CLIPPED, '<p style="overflow: hidden; block-size: 5px">cut off</p>'),
    (
        scripts.OVERLAPPING,
        '<b style="position: absolute">one</b><i style="position: absolute">two</i>',
    ),
    (scripts.MOVING, '<a href="#" style="transition: color 1s">slow</a>'),
    (scripts.LOST_IN_FORCED_COLOURS, '<button style="border: none">bare</button>'),
]
STRICT = """<meta http-equiv="content-security-policy" content="script-src 'none'">"""
SOUND = """<!doctype html><html lang="sv"><body><p>sound</p><a href="#">link</a>
<p style="clip-path: inset(50%); overflow: hidden; block-size: 1px">for screen readers</p></body>"""


@pytest.mark.parametrize(
    ("script", "html"), FAULTS, ids=["wide", "cut", "overlapping", "moving", "bare"]
)
def test_fault_is_found(browser: Browser, script: str, html: str) -> None:
    page = browser.new_page()
    page.set_content(SOUND)
    assert not page.evaluate(script)
    page.set_content(html)
    assert page.evaluate(script)
    page.close()


@pytest.mark.parametrize(
    ("style", "marked", "hidden"),
    [
        ("outline: 3px solid", True, False),
        ("outline: none", False, False),
        ("outline: 3px solid; position: absolute; left: -999px", True, True),
    ],
)
def test_focus_is_judged(browser: Browser, style: str, marked: bool, hidden: bool) -> None:
    page = browser.new_page()
    page.set_content(f'<a href="#" style="{style}">link</a>')
    page.keyboard.press("Tab")
    here = page.evaluate(scripts.FOCUSED)
    assert (here["marked"], here["hidden"]) == (marked, hidden)
    page.close()


def test_waiting_is_possible_under_a_strict_policy(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(STRICT)
    page.evaluate("() => { setTimeout(() => { document.title = 'drawn' }, 300) }")
    until(page, "document.title === 'drawn'")
    with pytest.raises(TimeoutError, match="never"):
        until(page, "document.title === 'never'", seconds=0.2)
    page.close()
