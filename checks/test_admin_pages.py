"""axe-core on the pages behind the log-in: the admin, accounts, and those of the members."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from checks.conftest import ADDRESS
from checks.staff_pages import KEPT
from checks.test_accessibility import looked_at
from checks.test_editing import cookie

WHO = {"sv": "Svea", "fi": "Aino"}
# Each page is looked at twice, in two languages: narrow in the one and wide in the other, light in
# the one and dark in the other, in turns.
DRESSES: tuple[tuple[int, Any], ...] = (
    (390, "light"),
    (1440, "dark"),
    (390, "dark"),
    (1440, "light"),
)
REPORTS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""


def listed() -> list[Any]:
    """Each page in each language, with who opens it and how it is looked at."""
    if not KEPT.exists():
        return []
    kept = json.loads(KEPT.read_text("utf-8"))
    cases = []
    for number, (name, path) in enumerate(kept["admin"].items()):
        for turn, (code, who) in enumerate(WHO.items()):
            dress = DRESSES[(number + turn) % 4]
            cases.append(pytest.param(who, path, *dress, id=f"{name}-{code}"))
    for code, who in WHO.items():
        for group, visitor in (("account", who), ("members", f"member-{code}")):
            for number, (name, path) in enumerate(kept[f"{group}-{code}"].items()):
                dress = DRESSES[(number + (code == "fi")) % 4]
                cases.append(pytest.param(visitor, path, *dress, id=f"{name}-{code}"))
    return cases


class Visitors:
    """A browser for each of those who are logged in, and what its console says."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.said = browser, list[str]()
        self.contexts: dict[str, BrowserContext] = {}

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium's own advice: some forms are for another person's password, and of two fields
        # that ask for the focus one gets it.
        if message.type not in ("verbose", "info"):
            self.said.append(f"{message.type}: {message.text}")

    def page(self, who: str, width: int = 1440, scheme: Any = "light") -> Page:
        if who not in self.contexts:
            context = self.browser.new_context(
                base_url=ADDRESS, locale="en-GB", reduced_motion="reduce"
            )
            context.add_cookies([cookie(who)])
            context.add_init_script(REPORTS)
            context.on("console", self._hear)
            context.on("weberror", lambda one: self.said.append(str(one.error)))
            self.contexts[who] = context
        page = self.contexts[who].new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        return page


@pytest.fixture(scope="module")
def all_visitors(browser: Browser) -> Iterator[Visitors]:
    visitors = Visitors(browser)
    yield visitors
    for context in visitors.contexts.values():
        context.close()


@pytest.fixture
def visitors(all_visitors: Visitors) -> Iterator[Visitors]:
    all_visitors.said.clear()
    yield all_visitors
    for context in all_visitors.contexts.values():
        for page in context.pages:
            page.close()


@pytest.mark.parametrize(("who", "path", "width", "scheme"), listed())
def test_axe_finds_nothing_behind_the_log_in(
    visitors: Visitors, axe: str, who: str, path: str, width: int, scheme: str
) -> None:
    page = visitors.page(who, width, scheme)
    answer = page.goto(path)
    assert answer and (answer.status, urlsplit(page.url).path) == (200, path)
    found = looked_at(page, axe, visitors.said)
    assert not found, "\n".join(found)
