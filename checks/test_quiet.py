"""The page keeps to itself: no complaint, no other host, no cookie, nothing kept in the browser."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser

from checks.conftest import ADDRESS
from checks.crawl import Template, read_problems


def test_page_is_quiet(browser: Browser, template: Template) -> None:
    found = []
    context = browser.new_context(
        base_url=ADDRESS, locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.on("console", lambda message: found.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))

    def look(request) -> None:
        if urlsplit(request.url).netloc != urlsplit(ADDRESS).netloc:
            found.append(f"another host: {request.url}")

    def judge(response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            found.append(f"status {response.status}: {response.url}")

    page.on("request", look)
    page.on("response", judge)
    answer = page.goto(template.path, wait_until="networkidle")
    assert answer and answer.status == template.status
    # What is loaded late is part of the page.
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    page.emulate_media(color_scheme="dark")
    page.wait_for_load_state("networkidle")
    found += [f"cookie: {cookie['name']}" for cookie in context.cookies()]
    kept = page.evaluate("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    found += [f"kept in the browser: {key}" for key in kept]
    context.close()
    if template.status != 200:
        # The browser itself reports a page that is rightly missing.
        found = [one for one in found if f"status of {template.status}" not in one]
    assert not found, "\n".join(found)


def test_every_link_leads_to_a_page_without_a_cookie() -> None:
    problems = read_problems()
    assert not problems, "\n".join(problems)
