"""The portal as files: opened from a disk by a browser, in both languages, without a complaint."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from checks.conftest import until

# It publishes the whole portal, which takes minutes and both processors.
pytestmark = pytest.mark.alone
# Those of the map are drawn, and hold their address in another way.
WHOLE = "all => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)"
BASE = "https://arkiv.example.fi"
SECTIONS = ("project", "themes", "municipalities", "workshops", "materials", "publications")


def test_copy_opens_from_a_disk_in_both_languages(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    command = [sys.executable, "manage.py", "publish_static", str(folder), "--offline"]
    subprocess.run([*command, "--base-url", BASE], check=True, capture_output=True)
    page = browser.new_page(locale="en-GB")
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: _failed(request, found))
    page.on("request", lambda request: _look(request.url, folder, found))
    page.goto((folder / "index.html").as_uri())
    for language, other in (("sv", "fi"), ("fi", "sv")):
        page.goto((folder / "index.html").as_uri())
        page.click(f'section[lang="{language}"] a.button')
        _walk(page, language, other, found)
    _read_captions(page, folder, found)
    page.close()
    assert not found, "\n".join(found[:40])


def _read_captions(page: Page, folder: Path, found: list[str]) -> None:
    """Captions come with the page: a browser fetches none from a disk."""
    pages = folder.rglob("index.html")
    filmed = next(path for path in pages if "<track" in path.read_text("utf-8"))
    page.goto(filmed.as_uri())
    page.evaluate("() => { document.querySelector('video').textTracks[0].mode = 'hidden' }")
    try:
        until(page, "() => document.querySelector('video').textTracks[0].cues?.length")
    except TimeoutError:
        found.append(f"{page.url}: no captions")


def _failed(request: Any, found: list[str]) -> None:
    # What a page was still asking for when its reader went on is no fault of the copy.
    if "ERR_ABORTED" not in (request.failure or ""):
        found.append(f"failed: {request.url}")


def _look(url: str, folder: Path, found: list[str]) -> None:
    if urlsplit(url).scheme == "data":
        return
    path = Path(unquote(urlsplit(url).path))
    if urlsplit(url).scheme != "file" or folder not in path.parents or not path.is_file():
        found.append(f"asked for {url}")


def _walk(page: Page, language: str, other: str, found: list[str]) -> None:
    """Open a page of each section and depth; switch the language there and back."""
    top = page.url.removesuffix("index.html")
    waiting, seen, kinds = [page.url], {page.url}, set()
    while waiting:
        address = waiting.pop(0)
        steps = address.removeprefix(top).split("/")
        kind = (steps[0], len(steps))
        if kind in kinds:
            continue
        kinds.add(kind)
        page.goto(address, wait_until="load")
        page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
        if page.evaluate("() => document.documentElement.lang") != language:
            found.append(f"{address}: not in {language}")
        switch = page.locator(".language-switch a")
        switch.click()
        if page.evaluate("() => document.documentElement.lang") != other:
            found.append(f"{address}: the switch does not lead to {other}")
        page.locator(".language-switch a").click()
        if page.url != address:
            found.append(f"{address}: the switch leads back to {page.url}")
        drawn = page.evaluate(
            "() => [...document.images].filter((one) => one.complete && !one.naturalWidth).length"
        )
        if drawn:
            found.append(f"{address}: {drawn} pictures cannot be shown")
        links = page.eval_on_selector_all("a[href]", WHOLE)
        for link in (one.partition("#")[0] for one in links):
            if link.startswith(top) and link.endswith("index.html") and link not in seen:
                seen.add(link)
                waiting.append(link)
    if len(kinds) < len(SECTIONS):
        found.append(f"{language}: only {sorted(kinds)}")
