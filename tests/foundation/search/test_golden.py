"""The golden pairs: what readers type, and what they must find."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.golden import NEGATIVE, Measured, measure, read_pairs

FOLDER = Path(__file__).parent / "golden"
PAIRS = read_pairs(FOLDER)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Measured:
    with django_db_blocker.unblock():
        return measure(PAIRS)


def test_there_are_enough_pairs_of_each_kind() -> None:
    counts = Counter((one.language, one.kind == NEGATIVE) for one in PAIRS)
    for language in ("sv", "fi"):
        assert counts[language, False] >= 120
        assert counts[language, True] >= 40
        kinds = {one.kind for one in PAIRS if one.language == language}
        assert {"inflection", "compound", "name", "synonym", "dots"} <= kinds
    assert len(set(PAIRS)) == len(PAIRS)


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_finds_the_golden_pairs(measured: Measured, language: str) -> None:
    assert measured.share("this portal", language) >= 0.97, measured.failed


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_finds_few_of_the_negative_pairs(measured: Measured, language: str) -> None:
    assert measured.share("this portal", language, negative=True) <= 0.03, measured.failed


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_search_is_better_than_what_the_database_has(measured: Measured, language: str) -> None:
    for other in ("PostgreSQL's swedish, finnish", "pg_trgm"):
        assert measured.share("this portal", language) > measured.share(other, language)


@pytest.mark.django_db
def test_command_writes_the_table_into_its_place(tmp_path: Path) -> None:
    few = tmp_path / "golden"
    few.mkdir()
    (few / "sv.toml").write_text(
        'language = "sv"\ninflection = [["kommunen", "Kommuner i samma rum"]]\n', "utf-8"
    )
    page = tmp_path / "search.md"
    page.write_text("före\n<!-- measured -->\ngammalt\n<!-- /measured -->\nefter\n", "utf-8")
    call_command("measure_search", few, write=page, stdout=StringIO())
    written = page.read_text("utf-8")
    assert written.startswith("före\n<!-- measured -->\n\n| | this portal |")
    assert "| sv: inflection | 1/1 |" in written
    assert written.endswith("<!-- /measured -->\nefter\n")
    assert "gammalt" not in written


@pytest.mark.django_db
def test_command_refuses_a_file_without_a_place_for_the_table(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", "utf-8")
    with pytest.raises(CommandError, match="no place for the table"):
        call_command(
            "measure_search",
            tmp_path,
            write=tmp_path / "empty.md",
            stdout=StringIO(),
        )
