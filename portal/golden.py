"""How good search is: golden pairs of question and text, beside what PostgreSQL finds by itself."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from foundation.content.models import Term
from foundation.search.asking import answer, loosened, question
from foundation.search.indexing import bring_up_to_date
from foundation.search.words import folded
from municipalities.models import Municipality
from municipalities.register import REGISTER, import_register
from portal.demo.checked_item import make
from portal.demo.texts_and_files import texts
from publications.models import Story

TOP = 10  # hits that a reader looks at
SAME_WORD = 4  # first letters by which two questions are about the same word
CONFIGURATIONS = {"sv": "swedish", "fi": "finnish"}
NEGATIVE = "negative"


@dataclass(frozen=True)
class Pair:
    """A question, the text that must be found (or, in a negative pair, must not), and why."""

    language: str
    kind: str
    question: str
    text: str


def read_pairs(folder: Path) -> list[Pair]:
    """The golden pairs of both languages, from `sv.toml` and `fi.toml`."""
    pairs = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        language = table.pop("language")
        for kind, rows in table.items():
            pairs += [Pair(language, kind, asked, text) for asked, text in rows]
    return pairs


Finder = Callable[[str, str], list[str]]


def ours(asked: str, language: str) -> list[str]:
    """The titles that the portal's search finds, best first."""
    wanted = question(asked, language)
    found = answer(wanted, size=1000, with_facets=False)
    if not found.total:
        found = answer(loosened(wanted), size=1000, with_facets=False)
    return [hit.title for hit in found.hits]


def built_in(asked: str, language: str) -> list[str]:
    """The titles that PostgreSQL's own configuration of the language finds, best first."""
    configuration = CONFIGURATIONS[language]
    return _titles(
        "WITH q AS (SELECT websearch_to_tsquery(%s::regconfig, %s) AS query), "
        "t AS (SELECT title, to_tsvector(%s::regconfig, title || ' ' || names) AS terms "
        "FROM golden WHERE language = %s) SELECT title FROM t, q WHERE terms @@ query "
        "ORDER BY ts_rank(terms, query) DESC, title",
        [configuration, asked, configuration, language],
    )


def trigrams(asked: str, language: str) -> list[str]:
    """The titles that share enough trigrams with the question (pg_trgm's own threshold, 0.6)."""
    return _titles(
        "SELECT title FROM golden WHERE language = %s "
        "AND word_similarity(%s, title || ' ' || names) >= 0.6 "
        "ORDER BY word_similarity(%s, title || ' ' || names) DESC, title",
        [language, asked, asked],
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


def load(pairs: list[Pair]) -> None:
    """Make a story of every text, beside the register of municipalities and the glossary."""
    if not Municipality.objects.exists():
        with REGISTER.open("rb") as register:
            import_register(register)
    if not Term.objects.exists():
        for table in texts("terms")["terms"]:
            make(Term, table)
    wanted = {(one.language, one.text) for one in pairs if one.kind != "name"}
    for language, text in sorted(wanted):
        row = {f"title_{language}": text, f"lead_{language}": "–", f"body_{language}": "<p>–</p>"}
        Story.objects.create(
            **row, year=2018, pairing=language, pairing_reason="–", decision="public"
        )
    bring_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE golden ON COMMIT DROP AS "
            "SELECT language, title, '' AS names FROM search_searchentry "
            "WHERE kind = 'publications_story' AND year = 2018 UNION ALL "
            "SELECT 'sv', name_sv, name_fi FROM municipalities_municipality UNION ALL "
            "SELECT 'fi', name_fi, name_sv FROM municipalities_municipality"
        )


@dataclass
class Score:
    """How a finder did on the pairs of one kind in one language."""

    right: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.right}/{self.total}"


@dataclass
class Measured:
    """Scores by finder, language and kind; of a negative pair, right is a text not found."""

    scores: dict[tuple[str, str, str], Score]
    failed: list[Pair]  # of the portal's own search

    def share(self, finder: str, language: str, *, negative: bool = False) -> float:
        """The share of pairs found in the top ten, or of negative pairs that were found wrongly."""
        chosen = [
            score
            for (name, code, kind), score in self.scores.items()
            if (name, code) == (finder, language) and (kind == NEGATIVE) == negative
        ]
        right, total = sum(one.right for one in chosen), sum(one.total for one in chosen)
        return 1 - right / total if negative else right / total


def measure(pairs: list[Pair]) -> Measured:
    """Ask every pair of every finder; what is loaded for it is taken out again."""
    scores: dict[tuple[str, str, str], Score] = defaultdict(Score)
    failed = []
    with transaction.atomic():
        load(pairs)
        for pair in pairs:
            for name, find in FINDERS.items():
                found = find(pair.question, pair.language)
                is_right = _is_right(pair, found, pairs)
                score = scores[name, pair.language, pair.kind]
                score.right += is_right
                score.total += 1
                if name == "this portal" and not is_right:
                    failed.append(pair)
        transaction.set_rollback(True)
    return Measured(scores, failed)


def _is_right(pair: Pair, found: list[str], pairs: list[Pair]) -> bool:
    """True when the text is in the top ten, or of a negative pair in no place at all.

    No top ten can hold forty texts about welfare: those that answer another question of the same
    word (with the same first letters) are no rivals, nor is what the portal happens to hold.
    """
    if pair.kind == NEGATIVE:
        return pair.text not in found
    beginning = folded(pair.question.lower())[:SAME_WORD]
    golden = {one.text for one in pairs if one.language == pair.language}
    kin = {
        one.text
        for one in pairs
        if one.kind != NEGATIVE and folded(one.question.lower()).startswith(beginning)
    }
    rivals = [title for title in found if title == pair.text or title in golden - kin]
    return pair.text in rivals[:TOP]


def table(measured: Measured) -> Iterator[str]:
    """The scores as lines of a Markdown table."""
    yield "| | " + " | ".join(FINDERS) + " |"
    yield "|---|" + "---|" * len(FINDERS)
    for code in CONFIGURATIONS:
        kinds = dict.fromkeys(kind for _name, one, kind in measured.scores if one == code)
        for kind in kinds:
            cells = [str(measured.scores[name, code, kind]) for name in FINDERS]
            label = "negative, not found" if kind == NEGATIVE else kind
            yield f"| {code}: {label} | " + " | ".join(cells) + " |"
        for negative in (False, True):
            if not any((kind == NEGATIVE) == negative for kind in kinds):
                continue
            shares = [measured.share(name, code, negative=negative) for name in FINDERS]
            label = "negatives that hit" if negative else "found in the top ten"
            yield f"| **{code}: {label}** | " + " | ".join(f"{one:.1%}" for one in shares) + " |"
