"""What the instruments share: the running portal, the browser, one example of each page."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from checks.crawl import FOLDER, Template, examples, read_pages

ADDRESS = os.environ.get("CHECKED_PORTAL", "")
NODE_MODULES = Path(__file__).parent / "node_modules"
# What a browser says to other hosts by itself has no place in a measurement, and a sandbox cannot
# be made by root in a container.
FLAGS = [
    *("--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-gpu", "--hide-scrollbars"),
]
Visit = Callable[..., Page]


def tool(name: str) -> str:
    """The program that run.py found for a tool; skips the test loudly where there is none."""
    found = os.environ.get(f"CHECK_{name.upper()}")
    if not found:
        pytest.skip(f"NOT CHECKED: {name} is missing")
    return found


def until(page: Page, expression: str, seconds: float = 30) -> None:
    """Wait until an expression, or what a function returns, is true in the page.

    Playwright's own `wait_for_function` evaluates its text again in the page's frame whenever it
    was not true at first, which a content security policy refuses. Each evaluation asked for from
    outside is exempt.
    """
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{page.url}: not true in {seconds} s: {expression}")
        page.wait_for_timeout(50)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each kind of page in each language."""
    if "template" in metafunc.fixturenames:
        chosen = getattr(metafunc.module, "CHOSEN", None)
        found = [one for one in examples(read_pages()) if chosen is None or one.name in chosen]
        # Whatever a file asks of one page comes in turn, so that it can be opened once for all.
        metafunc.parametrize("template", found, ids=str, scope="module")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, template: Template) -> Iterator[Visit]:
    """Open the template's example in a fresh profile; options go to the browser's context."""
    contexts: list[BrowserContext] = []

    def open_page(**options) -> Page:
        page = opened(browser, template, **options)
        contexts.append(page.context)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def visit_once(browser: Browser, template: Template) -> Iterator[Visit]:
    """The same, but a page stays open for all tests of a file; its window is as wide as asked."""
    pages: dict[str, Page] = {}

    def open_page(width: int = 1280, height: int = 900, **options) -> Page:
        name = repr(options)
        if name not in pages:
            pages[name] = opened(browser, template, width, height, **options)
        pages[name].set_viewport_size({"width": width, "height": height})
        return pages[name]

    yield open_page
    for page in pages.values():
        page.context.close()


def opened(
    browser: Browser, template: Template, width: int = 1280, height: int = 900, **options
) -> Page:
    """The template's example in a profile of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        # Neither language, so that the chooser stays where it is.
        locale="en-GB",
        base_url=ADDRESS,
        **options,
    )
    page = context.new_page()
    page.goto(template.path)
    return page


@pytest.fixture
def log_in(browser: Browser) -> Iterator[Visit]:
    """Open a fresh profile that a log-in link has let into the admin, with both factors."""
    contexts: list[BrowserContext] = []

    def open_page(email: str = "redaktor@example.fi", **options) -> Page:
        # Browsers know passkeys at this name of the machine, and not at its number.
        here = ADDRESS.replace("127.0.0.1", "localhost")
        context = browser.new_context(base_url=here, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        command = [sys.executable, "manage.py", "login_link", email]
        link = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        page.goto(urlsplit(link.strip()).path)
        page.click("main form [type=submit]")
        page.wait_for_url("**/admin/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    source = NODE_MODULES / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.skip("NOT CHECKED: axe-core is missing")
    return source.read_text("utf-8")


class Results:
    """Collects what the tests record, in the process that all of them report to."""

    def __init__(self) -> None:
        self.tests: list[dict] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.tests.append(
                {
                    "test": report.nodeid.rpartition("::")[2],
                    "outcome": report.outcome,
                    **dict(report.user_properties),
                }
            )

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        name = os.environ.get("CHECK_RESULTS", "results")
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps(self.tests, ensure_ascii=False, indent=0), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results())
