"""The numbers of the last check, and the page of the documentation that tells them."""

import datetime
import json
import os
import subprocess
from dataclasses import dataclass

from checks import pictures
from checks.crawl import FOLDER, WIDTHS, examples, read_pages
from run import ROOT

PAGE = ROOT / "docs" / "quality.md"
INTRODUCTION = """\
# Quality, measured

Written by `python3 run.py check --write`; do not edit. It serves the portal with its demo
content as `make demo` does, reads every public page, and looks closely at the longest page of each
kind in each language.
"""
WHAT = {
    "test_axe_finds_nothing": (
        "axe-core: WCAG 2.2 A and AA and best practices find nothing, at "
        f"{' and '.join(map(str, WIDTHS))} px, light and dark, and with everything opened"
    ),
    "test_axe_finds_nothing_in_a_form_with_mistakes": "the same for a form sent with mistakes",
    "test_axe_finds_nothing_in_forced_colours": "the same in forced colours, light and dark",
    "test_focus_is_visible_and_in_reading_order": (
        "Tab: every stop is outlined, uncovered and in reading order (the first 120)"
    ),
    "test_skip_link_leads_to_the_content": "the skip link skips",
    "test_page_at_320_pixels_scrolls_one_way_only": "at 320 px nothing scrolls sideways",
    "test_wider_text_spacing_clips_nothing": "text spacing of WCAG 1.4.12 clips nothing",
    "test_zoom_of_200_percent_clips_nothing": "200 % zoom clips nothing",
    "test_text_of_twice_the_size_clips_nothing": "text of twice the size clips nothing",
    "test_nothing_moves_where_less_motion_is_asked_for": "nothing moves with reduced motion",
    "test_nothing_is_lost_in_forced_colours": "nothing is lost in forced colours",
    "test_page_says_and_offers_the_same_without_javascript": "the same without JavaScript",
    "test_menu_opens_without_javascript": "the menu opens without JavaScript",
    "test_page_is_quiet": "no console message, other host, cookie or storage",
    "test_every_link_leads_to_a_page_without_a_cookie": "every link of every page leads somewhere",
    "test_passkey_is_added_and_logs_in": "a passkey is added and logs in, the console is quiet",
    "test_axe_finds_nothing_on_pages_of_the_account": "axe finds nothing on pages of the account",
    "test_axe_finds_nothing_behind_the_log_in": (
        "axe-core finds nothing in the admin, on pages of the account and of members, in both "
        "languages, at 390 and 1440 px, light and dark"
    ),
    "test_workshop_is_public_in_both_languages_within_four_minutes": (
        "a workshop is published in both languages by keyboard alone within four minutes, worked "
        "out for a calm typist, while a colleague edits it"
    ),
    "test_nu_html_checker_finds_no_error_on_any_page": "Nu HTML checker: no error on any page",
    "test_style_sheets_are_valid": "style sheets are valid",
}


@dataclass(frozen=True)
class Results:
    """What the tests of the last whole check have recorded."""

    tests: list[dict]

    @classmethod
    def read(cls, *names: str) -> "Results":
        tests = []
        for name in names:
            if (FOLDER / f"{name}.json").exists():
                tests += json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        return cls(tests)

    @property
    def changed(self) -> list[str]:
        """Pictures that no longer look as approved."""
        return [line for test in self.tests for line in test.get("changed", [])]

    def total(self, number: str) -> int:
        """The sum of a number over all tests that recorded it."""
        return sum(test.get(number, 0) for test in self.tests)

    def outcomes(self, test: str) -> list[str]:
        """How the cases of a test went."""
        return [one["outcome"] for one in self.tests if one["test"].partition("[")[0] == test]

    def approve(self) -> None:
        """Keep the pictures' prints as the approved ones."""
        prints: dict[str, str] = {}
        for test in self.tests:
            prints.update(test.get("prints", {}))
        pictures.approve(prints)


def versions(found: dict[str, str]) -> list[str]:
    """Names and versions of the instruments."""
    lines = []
    if chromium := found.get("CHECK_CHROMIUM"):
        answer = subprocess.run([chromium, "--version"], capture_output=True, text=True)
        lines.append(answer.stdout.strip().partition(" built")[0])
    lock = json.loads((ROOT / "checks" / "package-lock.json").read_text("utf-8"))["packages"]
    for name in ("axe-core", "vnu-jar", "csstree-validator", "lighthouse"):
        lines.append(f"{name} {lock[f'node_modules/{name}']['version']}")
    return lines


def rows(results: Results) -> list[str]:
    """One row for each promise: how many cases kept it."""
    lines = ["| what | cases | kept |", "|---|---|---|"]
    for test, what in WHAT.items():
        outcomes = results.outcomes(test)
        kept = outcomes.count("passed")
        done = len(outcomes) - outcomes.count("skipped")
        lines.append(f"| {what} | {done or 'not checked'} | {kept if done else '–'} |")
    return lines


def speed_rows(results: Results) -> list[str]:
    """One row for each page that Lighthouse has measured."""
    lines = [
        "| page | performance, accessibility, best practices, SEO | LCP ms | CLS | TBT ms "
        "| HTML + CSS + JS, bytes | font, bytes | runs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for test in results.tests:
        if found := test.get("lighthouse"):
            scores = " ".join(map(str, found["scores"]))
            numbers = [found[name] for name in ("lcp", "cls", "tbt", "bytes", "font", "runs")]
            lines.append(f"| {found['page']} | {scores} | {' | '.join(map(str, numbers))} |")
    return lines if len(lines) > 2 else ["Not checked."]


def write(results: Results, found: dict[str, str], missing: list[str]) -> None:
    """Write the page, with what fell short and what could not be checked."""
    pages = read_pages()
    failed = sorted({test["test"] for test in results.tests if test["outcome"] == "failed"})
    today = datetime.date.today().isoformat()
    lines = [
        INTRODUCTION,
        f"Measured on {today}, on {os.cpu_count()} cores, with {', '.join(versions(found))}: "
        f"{len(pages)} pages read, {len(examples(pages))} looked at closely.",
        "",
        "## In the browser and by the standards",
        "",
        *rows(results),
        "",
        f"axe-core ran {results.total('axe_runs')} times and found "
        f"{results.total('axe_findings')} places. The Nu HTML checker read "
        f"{results.total('pages')} pages and found {results.total('html_errors')} errors and "
        f"{results.total('html_warnings')} warnings.",
        "",
        "## Speed",
        "",
        "Lighthouse, mobile, with its simulated slow network and processor, from what it loads "
        "over a network of 40 ms there and back; the best of up to three runs. Promised: 100 in "
        "all four, LCP at most 1100 ms, no layout shift, no blocking time, at most 30 000 bytes "
        "for a first visit and 35 000 for the font.",
        "",
        *speed_rows(results),
        "",
        "## Fell short",
        "",
        *([f"- `{name}`" for name in failed] or ["Nothing."]),
    ]
    if missing:
        lines += ["", "## Not checked", "", *(f"- {what}" for what in missing)]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")
