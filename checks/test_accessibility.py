"""axe-core on every kind of page: WCAG 2.2 A and AA and its best practices, in every dress."""

from typing import Any

from playwright.sync_api import Page

from checks import scripts
from checks.conftest import Visit, until
from checks.crawl import WIDTHS

SCHEMES: tuple[Any, ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

IS_DRAWN = """() => {
  const texts = "[data-django-prose-editor-configurable]:not([id*=__prefix__])"
  return document.fonts.status === "loaded" && document.querySelectorAll(texts).length ===
    document.querySelectorAll(".prose-editor .ProseMirror").length
}"""


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line for each place."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    answer = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['target'][0]} – {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def looked_at(page: Page, axe: str, said: list[str]) -> list[str]:
    """What is wrong with the page as it stands."""
    until(page, IS_DRAWN)
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    # axe itself tries to add a style, and the policy says no.
    found = said.copy()
    page.evaluate(axe)
    found += findings(page)
    said.clear()
    return found


def test_nothing_moves_where_less_motion_is_asked_for(visit_once: Visit) -> None:
    page = visit_once(reduced_motion="reduce")
    assert not page.evaluate(scripts.MOVING)
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_axe_finds_nothing(visit_once: Visit, axe: str, record_property) -> None:
    # A link that fades from one scheme's colour to the other's has neither for a moment.
    page = visit_once(reduced_motion="reduce")
    page.evaluate(axe)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {line}" for line in findings(page)]
    # What a reader can open is part of the page too.
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found += [f"{WIDTHS[0]} all open: {line}" for line in findings(page)]
    record_property("axe_runs", len(WIDTHS) * len(SCHEMES) + 1)
    record_property("axe_findings", len(found))
    assert not found, "\n".join(found)
