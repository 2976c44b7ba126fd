"""Relevance judgements: what readers type, and what they must find."""

from collections import Counter
from pathlib import Path

import pytest

from bench.relevance import NEGATIVE, Measured, main, measure, read_judgements
from bench.report import put_between

JUDGEMENTS = read_judgements()

pytestmark = pytest.mark.xdist_group("golden")


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Measured:
    with django_db_blocker.unblock():
        return measure(JUDGEMENTS)


def test_there_are_enough_judgements_of_each_kind() -> None:
    counts = Counter((item.language, item.kind == NEGATIVE) for item in JUDGEMENTS)
    for language in ("sv", "fi"):
        assert counts[language, False] >= 120
        assert counts[language, True] >= 40
        kinds = {item.kind for item in JUDGEMENTS if item.language == language}
        assert {"inflection", "compound", "name", "synonym", "dots"} <= kinds
    assert len(set(JUDGEMENTS)) == len(JUDGEMENTS)


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_finds_what_is_relevant(measured: Measured, language: str) -> None:
    assert measured.share("this portal", language) >= 0.97, measured.failed


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_finds_little_of_what_is_not(measured: Measured, language: str) -> None:
    assert measured.share("this portal", language, negative=True) <= 0.03, measured.failed


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_is_better_than_what_the_database_has(measured: Measured, language: str) -> None:
    for other in ("PostgreSQL's swedish, finnish", "pg_trgm"):
        assert measured.share("this portal", language) > measured.share(other, language)


@pytest.mark.django_db
def test_table_is_written_into_its_place(tmp_path: Path) -> None:
    (tmp_path / "sv.toml").write_text(
        'language = "sv"\ninflection = [["kommunen", "Kommuner i samma rum"]]\n', "utf-8"
    )
    page = tmp_path / "search.md"
    page.write_text("före\n<!-- measured -->\ngammalt\n<!-- /measured -->\nefter\n", "utf-8")
    main(["--judgements", str(tmp_path), "--write", str(page)])
    written = page.read_text("utf-8")
    assert written.startswith("före\n<!-- measured -->\n\n| | this portal |")
    assert "| sv: inflection | 1/1 |" in written
    assert written.endswith("<!-- /measured -->\nefter\n")
    assert "gammalt" not in written


def test_page_without_a_place_for_the_table_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "empty.md"
    page.write_text("", "utf-8")
    with pytest.raises(SystemExit, match="no place for the table"):
        put_between(page, "measured", [])
