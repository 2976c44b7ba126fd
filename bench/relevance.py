"""How good search is: python bench/relevance.py [--write docs/search.md]

It asks relevance judgements (a query, and the text that must be found or must not) of this search,
of PostgreSQL's own configurations and of trigrams, in the database that the environment names,
inside one transaction that it rolls back.
"""

import argparse
import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

from django.db import connection, transaction

from bench.report import put_between
from foundation.content.models import Term
from foundation.editing.table_exchange import take_in
from foundation.search.indexing import bring_up_to_date
from foundation.search.query import answer, loosened, search_query
from foundation.search.words import folded
from municipalities.models import Municipality
from municipalities.register import REGISTER, REGISTER_TABLE
from portal.demo.checked_item import make
from portal.demo.texts_and_files import texts
from publications.models import Story

JUDGEMENTS = ROOT / "bench" / "judgements"
MARK = "measured"
TOP = 10  # hits that a reader looks at
SAME_WORD = 4  # first letters by which two queries are about the same word
CONFIGURATIONS = {"sv": "swedish", "fi": "finnish"}
NEGATIVE = "negative"


@dataclass(frozen=True)
class Judgement:
    """A query, the text that must be found (or, in a negative one, must not), and why."""

    language: str
    kind: str
    query: str
    text: str


def read_judgements(folder: Path = JUDGEMENTS) -> list[Judgement]:
    """The judgements of both languages, from `sv.toml` and `fi.toml`."""
    judgements = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        language = table.pop("language")
        for kind, rows in table.items():
            judgements += [Judgement(language, kind, query, text) for query, text in rows]
    return judgements


Finder = Callable[[str, str], list[str]]


def ours(query: str, language: str) -> list[str]:
    """The titles that the portal's search finds, best first."""
    words = search_query(query, language)
    hits = answer(words, size=1000, with_facets=False).hits
    hits = hits or answer(loosened(words), size=1000, with_facets=False).hits
    return [hit.title for hit in hits]


def built_in(query: str, language: str) -> list[str]:
    """The titles that PostgreSQL's own configuration of the language finds, best first."""
    configuration = CONFIGURATIONS[language]
    return _titles(
        "WITH q AS (SELECT websearch_to_tsquery(%s::regconfig, %s) AS query), "
        "t AS (SELECT title, to_tsvector(%s::regconfig, title || ' ' || names) AS terms "
        "FROM judged WHERE language = %s) SELECT title FROM t, q WHERE terms @@ query "
        "ORDER BY ts_rank(terms, query) DESC, title",
        [configuration, query, configuration, language],
    )


def trigrams(query: str, language: str) -> list[str]:
    """The titles that share enough trigrams with the query (pg_trgm's own threshold, 0.6)."""
    return _titles(
        "SELECT title FROM judged WHERE language = %s "
        "AND word_similarity(%s, title || ' ' || names) >= 0.6 "
        "ORDER BY word_similarity(%s, title || ' ' || names) DESC, title",
        [language, query, query],
    )


def _titles(statement: str, parameters: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [title for (title,) in cursor.fetchall()]


FINDERS: dict[str, Finder] = {
    "this portal": ours,
    "PostgreSQL's swedish, finnish": built_in,
    "pg_trgm": trigrams,
}


def load(judgements: list[Judgement]) -> None:
    """Make a story of every text, beside the register of municipalities and the glossary."""
    if not Municipality.objects.exists():
        with REGISTER.open("rb") as register:
            take_in(REGISTER_TABLE, register)
    if not Term.objects.exists():
        for table in texts("terms")["terms"]:
            make(Term, table)
    texts_of = {(item.language, item.text) for item in judgements if item.kind != "name"}
    for language, text in sorted(texts_of):
        row = {f"title_{language}": text, f"lead_{language}": "–", f"body_{language}": "<p>–</p>"}
        Story.objects.create(
            **row, year=2018, pairing=language, pairing_reason="–", decision="public"
        )
    bring_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE judged ON COMMIT DROP AS "
            "SELECT language, title, '' AS names FROM search_searchentry "
            "WHERE kind = 'publications_story' AND year = 2018 UNION ALL "
            "SELECT 'sv', name_sv, name_fi FROM municipalities_municipality UNION ALL "
            "SELECT 'fi', name_fi, name_sv FROM municipalities_municipality"
        )


@dataclass
class Score:
    """How a finder did on the judgements of one kind in one language."""

    right: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.right}/{self.total}"


@dataclass
class Measured:
    """Scores by finder, language and kind; of a negative one, right is a text not found."""

    scores: dict[tuple[str, str, str], Score]
    failed: list[Judgement]  # of the portal's own search

    def share(self, finder: str, language: str, *, negative: bool = False) -> float:
        """The share found in the top ten, or of negative ones that were found wrongly."""
        chosen = [
            score
            for (name, code, kind), score in self.scores.items()
            if (name, code) == (finder, language) and (kind == NEGATIVE) == negative
        ]
        right = sum(score.right for score in chosen)
        total = sum(score.total for score in chosen)
        return 1 - right / total if negative else right / total


def measure(judgements: list[Judgement]) -> Measured:
    """Ask every query of every finder; what is loaded for it is taken out again."""
    scores: dict[tuple[str, str, str], Score] = defaultdict(Score)
    failed = []
    with transaction.atomic():
        load(judgements)
        for judgement in judgements:
            for name, find in FINDERS.items():
                titles = find(judgement.query, judgement.language)
                is_right = _is_right(judgement, titles, judgements)
                score = scores[name, judgement.language, judgement.kind]
                score.right += is_right
                score.total += 1
                if name == "this portal" and not is_right:
                    failed.append(judgement)
        transaction.set_rollback(True)
    return Measured(scores, failed)


def _is_right(judgement: Judgement, titles: list[str], judgements: list[Judgement]) -> bool:
    """True when the text is in the top ten, or of a negative judgement in no place at all.

    No top ten can hold forty texts about welfare: those that answer another query of the same
    word (with the same first letters) are no rivals, nor is what the portal happens to hold.
    """
    if judgement.kind == NEGATIVE:
        return judgement.text not in titles
    beginning = folded(judgement.query.lower())[:SAME_WORD]
    judged = {other.text for other in judgements if other.language == judgement.language}
    kin = {
        other.text
        for other in judgements
        if other.kind != NEGATIVE and folded(other.query.lower()).startswith(beginning)
    }
    rivals = [title for title in titles if title == judgement.text or title in judged - kin]
    return judgement.text in rivals[:TOP]


def table(measured: Measured) -> Iterator[str]:
    """The scores as lines of a Markdown table."""
    yield "| | " + " | ".join(FINDERS) + " |"
    yield "|---|" + "---|" * len(FINDERS)
    for code in CONFIGURATIONS:
        kinds = dict.fromkeys(kind for _name, language, kind in measured.scores if language == code)
        for kind in kinds:
            cells = [str(measured.scores[name, code, kind]) for name in FINDERS]
            label = "negative, not found" if kind == NEGATIVE else kind
            yield f"| {code}: {label} | " + " | ".join(cells) + " |"
        for negative in (False, True):
            if not any((kind == NEGATIVE) == negative for kind in kinds):
                continue
            shares = [measured.share(name, code, negative=negative) for name in FINDERS]
            label = "negatives that hit" if negative else "found in the top ten"
            cells = [f"{share:.1%}" for share in shares]
            yield f"| **{code}: {label}** | " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judgements", type=Path, default=JUDGEMENTS, help="sv.toml and fi.toml")
    parser.add_argument("--write", type=Path, help="a Markdown file that holds the table")
    options = parser.parse_args(arguments)
    measured = measure(read_judgements(options.judgements))
    lines = list(table(measured))
    print("\n".join(lines))
    for failed in measured.failed:
        print(f"{failed.language} {failed.kind}: {failed.query} → {failed.text}")
    if options.write:
        put_between(options.write, MARK, lines)


if __name__ == "__main__":
    main()
