"""How `make check` chooses the pages it looks at closely, and says what it could not check."""

import pytest

from checks import __main__ as instruments
from checks import crawl, quality
from checks.crawl import Page, Template, examples


def page(path, route="projects:theme_detail", *, length=100, by_fallback=False, status=200):
    return Page(path, route, path[1:3], status, "0.html", length, by_fallback)


def test_example_of_a_kind_is_its_longest_page_in_each_language():
    pages = [
        page("/sv/teman/a/"),
        page("/sv/teman/b/", length=200),
        page("/sv/teman/c/", length=200),
        page("/fi/teemat/a/"),
    ]
    assert examples(pages) == [
        Template("projects-theme_detail", "fi", "/fi/teemat/a/"),
        Template("projects-theme_detail", "sv", "/sv/teman/b/"),
    ]


def test_page_shown_by_fallback_and_page_that_is_missing_are_kinds_of_their_own():
    pages = [
        page("/sv/teman/a/"),
        page("/sv/teman/b/", by_fallback=True, length=200),
        page("/sv/finns-inte/", "not found", status=404),
    ]
    assert [(one.name, one.path, one.status) for one in examples(pages)] == [
        ("not-found", "/sv/finns-inte/", 404),
        ("projects-theme_detail", "/sv/teman/a/", 200),
        ("projects-theme_detail-in-the-other-language", "/sv/teman/b/", 200),
    ]


def test_filtered_list_is_no_kind_but_a_search_is():
    pages = [page("/sv/material/?sida=2", "publications:material_list")]
    pages += [page(path, "portal:search") for path in crawl.SEARCHES if path.startswith("/sv/")]
    assert [one.name for one in examples(pages)] == ["search-with-hits", "search-without-hits"]


def test_addresses_without_arguments_are_the_readers_only():
    found = crawl.addresses_without_arguments()
    assert {"/sv/", "/fi/", "/sv/respons/", "/fi/palaute/"} <= set(found)
    assert all(path.startswith(("/sv/", "/fi/")) for path in found)


def test_quality_counts_what_was_kept_and_what_was_not_checked():
    results = quality.Results(
        [
            {"test": "test_axe_finds_nothing[home-sv]", "outcome": "passed", "axe_runs": 7},
            {"test": "test_axe_finds_nothing[home-fi]", "outcome": "failed", "axe_runs": 7},
            {"test": "test_style_sheets_are_valid", "outcome": "skipped"},
        ]
    )
    rows = quality.rows(results)
    assert any(row.endswith("| 2 | 1 |") for row in rows)
    assert any(row.endswith("style sheets are valid | not checked | – |") for row in rows)
    assert results.total("axe_runs") == 14


def test_machine_without_tools_hears_what_stays_unchecked(monkeypatch):
    monkeypatch.setattr(instruments.shutil, "which", lambda name: None)
    monkeypatch.setattr(instruments, "PATHS", ())
    monkeypatch.delenv("CHROMIUM", raising=False)
    found, missing = instruments.tools()
    assert found == {}
    assert [what.partition(":")[0] for what in missing] == [
        "any page in a browser",
        "accessibility rules, HTML, CSS and speed",
        "HTML",
    ]


@pytest.mark.parametrize(
    ("ci", "missing", "well", "code"),
    [
        ("", [], True, 0),
        ("", [], False, 1),
        ("", ["HTML: install Java"], True, 0),
        ("true", ["HTML: install Java"], True, 1),
        ("true", [], True, 0),
    ],
)
def test_missing_tool_fails_only_where_all_are_installed(
    monkeypatch, capsys, ci, missing, well, code
):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(instruments, "tools", lambda: ({}, missing))
    monkeypatch.setattr(instruments, "check", lambda arguments, found: well)
    assert instruments.main(["-k", "some"]) == code
    assert [f"NOT CHECKED: {what}" for what in missing] == capsys.readouterr().out.splitlines()[:-1]
