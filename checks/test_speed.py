"""Lighthouse as a mid-range phone on a slow mobile network, for the pages most people land on.

Its network and processor are simulated from what was loaded over a network of 40 ms, so the
numbers hold on any machine that is not busy; on one that is, the best of three runs comes nearest
to them.
"""

import json
import subprocess
from urllib.parse import urlsplit

import pytest

from checks.conftest import ADDRESS, FLAGS, NODE_MODULES, tool
from checks.crawl import FOLDER, Template
from checks.distance import at_a_distance

pytestmark = pytest.mark.alone
CHOSEN = {
    *("home", "municipality_list", "municipality_detail", "projects-theme_detail"),
    *("projects-workshop_detail", "publications-material_detail", "publications-story_detail"),
    *("search", "search-with-hits"),
}
RUNS = 3
ATTEMPTS = 3  # of one run: at times the browser's trace lacks its beginning, and tells nothing
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LONGEST_LCP = 1100  # milliseconds
HEAVIEST_FIRST_VISIT = 30_000  # bytes on the wire: the page, its styles and its scripts
HEAVIEST_FONT = 35_000


def measure(address: str, name: str) -> dict:
    """One run of Lighthouse; the whole report stays in .local/checks/."""
    report = FOLDER / f"lighthouse-{name}.json"
    script = NODE_MODULES / "lighthouse" / "cli" / "index.js"
    flags = " ".join(["--headless=new", *FLAGS])
    command = [tool("node"), str(script), address, "--quiet", "--no-enable-error-reporting"]
    options = ["--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    environment = {"CHROME_PATH": tool("chromium"), "PATH": "/usr/local/bin:/usr/bin:/bin"}
    if name.startswith("search-with-hits"):
        # What was found asks not to be indexed; the page to search from stands all audits.
        options.append("--skip-audits=is-crawlable")
    for _attempt in range(ATTEMPTS):
        answer = subprocess.run(
            [*command, *options], env=environment, capture_output=True, text=True, timeout=90
        )
        found = json.loads(report.read_text("utf-8")) if report.exists() else {}
        if answer.returncode == 0 and "runtimeError" not in found:
            return summary(found)
    raise AssertionError(answer.stderr)


def summary(report: dict) -> dict:
    """The numbers that are promised: scores from 0 to 100, milliseconds, bytes on the wire."""
    audits = report["audits"]
    sizes = {"Document": 0, "Stylesheet": 0, "Script": 0, "Font": 0}
    for request in audits["network-requests"]["details"]["items"]:
        if request.get("resourceType") in sizes:
            sizes[request["resourceType"]] += request["transferSize"]
    font = sizes.pop("Font")
    return {
        "version": report["lighthouseVersion"],
        "scores": [round(100 * (report["categories"][one]["score"] or 0)) for one in CATEGORIES],
        "lcp": round(audits["largest-contentful-paint"]["numericValue"]),
        "cls": round(audits["cumulative-layout-shift"]["numericValue"], 3),
        "tbt": round(audits["total-blocking-time"]["numericValue"]),
        "bytes": sum(sizes.values()),
        "font": font,
        "missed": sorted(
            name
            for name, audit in audits.items()
            if audit["score"] is not None
            and audit["score"] < 1
            and audit["scoreDisplayMode"] == "binary"
        ),
    }


def shortfalls(found: dict) -> list[str]:
    """Where the numbers miss what is promised."""
    limits = {
        f"scores {found['scores']}, without {found['missed']}": min(found["scores"]) == 100,
        f"LCP {found['lcp']} ms": found["lcp"] <= LONGEST_LCP,
        f"CLS {found['cls']}": found["cls"] == 0,
        f"TBT {found['tbt']} ms": found["tbt"] == 0,
        f"first visit {found['bytes']} bytes": 0 < found["bytes"] <= HEAVIEST_FIRST_VISIT,
        f"font {found['font']} bytes": found["font"] <= HEAVIEST_FONT,
    }
    return [what for what, kept in limits.items() if not kept]


def test_page_is_fast_on_a_phone(template: Template, record_property) -> None:
    runs = []
    with at_a_distance(urlsplit(ADDRESS).port or 80) as port:
        for _run in range(RUNS):
            runs.append(measure(f"http://127.0.0.1:{port}{template.path}", str(template)))
            if not shortfalls(runs[-1]):
                break
    best = min(runs, key=lambda run: (len(shortfalls(run)), -sum(run["scores"]), run["lcp"]))
    record_property("lighthouse", {**best, "page": str(template), "runs": len(runs)})
    assert not shortfalls(best), "; ".join(shortfalls(best))
