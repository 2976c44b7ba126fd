"""How fast search is: python bench/search.py [--items 20000] [--write docs/search.md]

It fills the database that the environment names, inside one transaction that it rolls back, with
drawn texts of a realistic length (median 250 words, 95th percentile 2,000) made of the words of the
starter content and of the relevance judgements, and asks their queries with their facets. A part of
the items is drawn and indexed as an editor's save is; the rest are copies of their entries. Each
question is asked five times, and the fastest counts: run it on a machine that does nothing else.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from bench.report import put_between

MARK = "benchmark"


def memory() -> float:
    """Memory of this process that no other process shares, in MB (Linux only)."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Private_Dirty in /proc/self/smaps_rollup")


def memory_of_search() -> float:
    """MB that search adds to a worker of the portal that has answered every judged query."""
    without = memory()
    import marisa_trie  # noqa: F401
    import simplemma  # noqa: F401
    import snowballstemmer  # noqa: F401

    libraries = memory() - without
    django.setup()
    from bench.relevance import read_judgements
    from foundation.search.excerpts import Marker
    from foundation.search.query import answer, search_query

    without = memory()
    for judgement in read_judgements():
        wanted = search_query(judgement.query, judgement.language)
        marker = Marker(wanted)
        for hit in answer(wanted).hits:
            marker.excerpt(hit.text)
    return libraries + memory() - without


def lengths(number: int, draw: random.Random) -> Iterator[int]:
    """Words of so many texts: lognormal, with a median of 250 and a 95th percentile of 2,000."""
    sigma = 1.264  # ln(2000 / 250) / 1.645
    for _number in range(number):
        yield max(20, min(8_000, int(draw.lognormvariate(5.521, sigma))))


def _copy(cursor: Any, times: int) -> None:
    """Multiply the entries, under keys that no item has; indexes are made anew, which is faster."""
    from foundation.search.models import SearchEntry

    columns = [
        str(field.column)
        for field in SearchEntry._meta.fields
        if field.name not in ("id", "object_id")
    ]
    names = ", ".join(columns)
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_searchentry' "
        "AND indexdef LIKE '%USING gin%'"
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute(
        f"INSERT INTO search_searchentry (object_id, {names}) "  # noqa: S608
        f"SELECT -object_id - copy * 1000000, {names} FROM search_searchentry, "
        "generate_series(1, %s) AS copy WHERE kind = 'publications_story'",
        [times],
    )
    for _name, definition in indexes:
        cursor.execute(definition)
    cursor.execute("ANALYZE search_searchentry")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--drawn", type=int, default=2_000, help="items that are no copies")
    parser.add_argument("--write", type=Path, help="a Markdown file that holds the table")
    parser.add_argument("--memory", action="store_true", help="only the memory of one worker")
    options = parser.parse_args()
    if options.memory:
        print(f"{memory_of_search():.0f}")
        return
    django.setup()

    from django.db import connection, transaction

    from bench.relevance import CONFIGURATIONS, read_judgements
    from foundation.search.excerpts import Marker
    from foundation.search.indexing import index
    from foundation.search.models import SearchEntry
    from foundation.search.query import answer, search_query
    from projects.models import Theme
    from publications.models import Story

    judgements = read_judgements()
    draw = random.Random(2019)  # noqa: S311  (the same texts each time)
    vocabulary = {
        code: [
            word
            for judgement in judgements
            if judgement.language == code
            for word in judgement.text.split()
        ]
        + [
            word
            for text in SearchEntry.objects.filter(language=code).values_list("text", flat=True)
            for word in text.split()
        ]
        for code in ("sv", "fi")
    }

    def text(code: str, number: int) -> str:
        return " ".join(draw.choices(vocabulary[code], k=number))

    lines: list[tuple[str, str, str]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        themes = list(Theme.objects.values_list("pk", flat=True))
        stories = [
            Story(
                year=draw.randint(2015, 2026),
                decision="public",
                publish_at="2018-01-15T07:00Z",
                theme_id=draw.choice([*themes, None]) if themes else None,
                slug_sv=f"bench-{number}",
                slug_fi=f"vertailu-{number}",
                title_sv=text("sv", 6),
                title_fi=text("fi", 5),
                lead_sv=text("sv", 20),
                lead_fi=text("fi", 15),
                body_sv=f"<p>{text('sv', length)}</p>",
                body_fi=f"<p>{text('fi', length)}</p>",
            )
            for number, length in enumerate(lengths(options.drawn, draw))
        ]
        Story.objects.bulk_create(stories, batch_size=500)
        keys = [("publications_story", story.pk) for story in stories]
        start = time.perf_counter()
        for first in range(0, len(keys), 50):
            index(keys[first : first + 50])
        seconds = time.perf_counter() - start
        lines.append(("items indexed a second (both languages)", f"{len(keys) / seconds:.0f}", "–"))
        print(lines[-1], flush=True)
        _copy(cursor, options.items // options.drawn - 1)
        cursor.execute(
            "CREATE TEMPORARY TABLE plain ON COMMIT DROP AS SELECT language, title, "
            "to_tsvector(CASE language WHEN 'sv' THEN 'swedish' ELSE 'finnish' END::regconfig, "
            "title || ' ' || text) AS terms, kind = 'publications_story' AS is_story "
            "FROM search_searchentry WHERE object_id > 0"
        )
        cursor.execute(
            "INSERT INTO plain SELECT language, title, terms FROM plain, generate_series(1, %s) "
            "WHERE is_story",
            [options.items // options.drawn - 1],
        )
        cursor.execute("CREATE INDEX ON plain USING gin (terms)")
        cursor.execute("ANALYZE plain")
        cursor.execute("SELECT count(*) FROM search_searchentry WHERE language = 'sv'")
        lines.append(("items", f"{cursor.fetchone()[0]:,}", "the same"))
        in_database: list[float] = []

        def timed(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            begun = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                in_database[-1] += (time.perf_counter() - begun) * 1000

        asked = [(judgement.query, judgement.language) for judgement in judgements]
        best: dict[tuple[str, str], tuple[float, float, float]] = {}
        for _round in range(5):
            for words, code in asked:
                in_database.append(0.0)
                start = time.process_time()
                with connection.execute_wrapper(timed):
                    wanted = search_query(words, code)
                    found = answer(wanted)
                marker = Marker(wanted)
                for hit in found.hits:
                    marker.marked(hit.title)
                    marker.excerpt(hit.text)
                python = (time.process_time() - start) * 1000
                start = time.perf_counter()
                cursor.execute(
                    "SELECT title, ts_rank(terms, q) FROM plain, websearch_to_tsquery(%s, %s) q "
                    "WHERE language = %s AND terms @@ q ORDER BY 2 DESC LIMIT 10",
                    [CONFIGURATIONS[code], words, code],
                )
                cursor.fetchall()
                now = (in_database[-1], python, (time.perf_counter() - start) * 1000)
                before = best.get((words, code), now)
                best[words, code] = tuple(map(min, before, now))  # type: ignore[assignment]
        in_database, in_python, plain = map(list, zip(*best.values(), strict=True))
        for label, share in (("median", 0.5), ("95th percentile", 0.95)):
            lines.append(
                (
                    f"milliseconds in the database, {label}",
                    f"{percentile(in_database, share):.1f}",
                    f"{percentile(plain, share):.1f}",
                )
            )
            lines.append(
                (f"milliseconds in Python, {label}", f"{percentile(in_python, share):.1f}", "–")
            )
        lines.append(
            ("median words of a text", f"{statistics.median(lengths(9999, draw)):.0f}", "")
        )
        transaction.set_rollback(True)
    command = [sys.executable, __file__, "--memory"]
    memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    lines.append(("MB of memory that search adds to a worker", memory, "–"))
    table = ["| | this portal | PostgreSQL's swedish, finnish |", "|---|---|---|"]
    table += [f"| {' | '.join(line)} |" for line in lines]
    print("\n".join(table))
    if options.write:
        put_between(options.write, MARK, table)


if __name__ == "__main__":
    main()
