"""Keeping the index: what has been noted as out of date is read anew, in the writer's transaction.

Triggers note what a write concerns, whoever writes. Before a transaction of Django's is committed
(`before_commit` of our database backend) its items are read anew, so that entries and items change
together. What was written past Django, or falls due by the clock, is read by the page cache's
listener when it hears of it, else by the night. No reader ever waits for it: a GET writes nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from foundation.search.declarations import Searchable, Sought, declared
from foundation.search.models import CODES, KnownWord, SearchEntry, StaleItem
from foundation.search.terms import function_words
from foundation.search.vectors import LEAD, NAME, Vector
from foundation.search.words import tidy, words

logger = logging.getLogger(__name__)
BATCH = 50
LONGEST_TEXT = 100_000  # signs of an entry that hits quote from
SHORTEST_KNOWN = 4  # letters of a word that is worth suggesting

_COLUMNS = (
    *("kind", "object_id", "language", "title", "path", "text", "terms", "head", "names", "day"),
    *("year", "themes", "municipalities", "languages", "boost", "due_at"),
)
_CASTS = {
    "terms": "::tsvector",
    "head": "::tsvector",
    "names": "::text[]",
    "themes": "::bigint[]",
    "municipalities": "::bigint[]",
    "day": "::date",
    "year": "::smallint",
    "due_at": "::timestamptz",
    "object_id": "::bigint",
    "languages": "::varchar[]",
}


def index_what_this_transaction_wrote() -> None:
    """Bring the entries of what the transaction wrote up to date; called before it is committed.

    A mistake here loses no save: it is logged, and the items stay noted.
    """
    if not _is_there():
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_staleitem "
                "WHERE noted_by = pg_current_xact_id_if_assigned()::text::bigint "
                "RETURNING kind, object_id"
            )
            index(set(cursor.fetchall()))
    except Exception:
        logger.exception("Search could not read what was written; it stays noted.")


_tables_are_there = False


def _is_there() -> bool:
    """False while the database is being set up."""
    global _tables_are_there
    if not _tables_are_there:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('search_staleitem') IS NOT NULL")
            _tables_are_there = cursor.fetchone()[0]
    return _tables_are_there


def is_up_to_date(moment: datetime | None = None) -> bool:
    """False when items are noted as out of date, or have become so by the clock; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM search_staleitem) "
            "AND NOT EXISTS (SELECT FROM search_searchentry WHERE due_at <= %s)",
            [moment or timezone.now()],
        )
        return cursor.fetchone()[0]


def bring_up_to_date(most: int | None = None, moment: datetime | None = None) -> int:
    """Read anew what is noted or due, up to so many items; returns how many were read.

    Several processes may do so at once: none waits for, or repeats, what another has taken.
    """
    total = 0
    while most is None or total < most:
        count = BATCH if most is None else min(BATCH, most - total)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_staleitem WHERE id IN (SELECT id FROM search_staleitem "
                "ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING kind, object_id",
                [count],
            )
            items = set(cursor.fetchall())
            if not items:
                due = SearchEntry.objects.filter(due_at__lte=moment or timezone.now())
                items = set(due.values_list("kind", "object_id")[:count])
            index(items)
        if not items:
            break
        total += len(items)
    return total


def index(items: Iterable[tuple[str, int]]) -> None:
    """Read these items (table, key) anew; entries of those that are no more are dropped.

    Each item is locked until the transaction ends: of two that read it at once, the later sees
    what the earlier wrote.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, key in items:
        by_kind[kind].append(key)
    for kind in sorted(by_kind):
        one = declared().get(kind)
        if one is None:
            continue
        keys = sorted(by_kind[kind])
        for start in range(0, len(keys), BATCH):
            _index(one, keys[start : start + BATCH])


def _index(one: Searchable, keys: list[int]) -> None:
    with connection.cursor() as cursor:
        lock = SQL("SELECT id FROM {} WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE")
        cursor.execute(lock.format(Identifier(one.kind)), [keys])
    found = [row for item in one.rows().filter(pk__in=keys) for row in entries_of(one, item)]
    _forget_others(one.kind, keys, {(row["object_id"], row["language"]) for row in found})
    _write(one.kind, found)
    _learn_words(found)


def entries_of(one: Searchable, item: Model) -> Iterator[dict[str, Any]]:
    """The entry of an item in each language it exists in, as values of its columns."""
    for language in CODES:
        if sought := one.sought(item, language):
            vector = _vector(sought, language)
            yield {
                "kind": one.kind,
                "object_id": item.pk,
                "language": language,
                "title": tidy(sought.title),
                "path": sought.path,
                "text": tidy("\n".join(filter(None, sought.quoted)))[:LONGEST_TEXT],
                "terms": str(vector),
                "head": vector.head(),
                "names": sorted({tidy(name).lower() for name in sought.names} - {""}),
                "day": sought.day,
                "year": sought.year,
                "themes": sorted(set(sought.themes)),
                "municipalities": sorted(set(sought.municipalities)),
                "languages": sorted(set(sought.languages)),
                "boost": one.boost,
                "due_at": sought.due_at,
            }


def _vector(sought: Sought, language: str) -> Vector:
    vector = Vector(language)
    for text, weight in [(sought.title, NAME), *sought.texts]:
        vector.add(tidy(text), weight)
    vector.add_forms(map(tidy, sought.names), NAME)
    for one in sought.references:
        vector.add_reference(one, LEAD)
    return vector


def _forget_others(kind: str, keys: list[int], kept: set[tuple[int, str]]) -> None:
    there = SearchEntry.objects.filter(kind=kind, object_id__in=keys)
    gone = [
        pk
        for pk, key, language in there.values_list("pk", "object_id", "language")
        if (key, language) not in kept
    ]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()


def _write(kind: str, rows: list[dict[str, Any]]) -> None:
    """Write entries; when they are public is asked of the item's row, by the triggers' own rule."""
    if not rows:
        return
    names = SQL(", ").join(map(Identifier, _COLUMNS))
    row = SQL("({})").format(SQL(", ").join(SQL("%s" + _CASTS.get(one, "")) for one in _COLUMNS))
    changes = SQL(", ").join(
        SQL("{0} = EXCLUDED.{0}").format(Identifier(one))
        for one in (*_COLUMNS[3:], "public_from", "public_until")
    )
    statement = SQL(
        "INSERT INTO search_searchentry ({names}, public_from, public_until) "
        "SELECT written.*, search_public_from(to_jsonb(item)), "
        "search_public_until(to_jsonb(item)) FROM (VALUES {rows}) AS written ({names}) "
        "JOIN {table} item ON item.id = written.object_id "
        "ON CONFLICT (kind, object_id, language) DO UPDATE SET {changes}"
    ).format(
        names=names,
        rows=SQL(", ").join([row] * len(rows)),
        table=Identifier(kind),
        changes=changes,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [entry[column] for entry in rows for column in _COLUMNS])


def _learn_words(rows: list[dict[str, Any]]) -> None:
    """Keep the words of titles and names, which a misspelt word may have been meant to be."""
    known = {
        (row["language"], word)
        for row in rows
        for text in (row["title"], *row["names"], row["text"][:600])
        for word in words(text)
        if len(word) >= SHORTEST_KNOWN
        and word.isalpha()
        and word not in function_words(row["language"])
    }
    # In one order, so that two writers never wait for each other.
    learnt = [KnownWord(language=language, word=word) for language, word in sorted(known)]
    KnownWord.objects.bulk_create(learnt, ignore_conflicts=True)


def reindex(kinds: Iterable[str] | None = None) -> Iterator[tuple[Searchable, int]]:
    """Read every item anew, batch by batch: the index answers all the while.

    Gives each content type with the number of its items when it is done.
    """
    for kind in kinds or list(declared()):
        one = declared()[kind]
        keys = list(one.model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            with transaction.atomic():
                index((kind, key) for key in keys[start : start + BATCH])
        SearchEntry.objects.filter(kind=kind).exclude(
            object_id__in=one.model._default_manager.values("pk")
        ).delete()
        yield one, len(keys)
    if kinds is None:
        bring_in_step([])


def out_of_step() -> list[tuple[str, int]]:
    """Items (table, key) whose entries are not what they would be if the item were read now."""
    strayed: set[tuple[str, int]] = set(StaleItem.objects.values_list("kind", "object_id"))
    for kind, one in declared().items():
        strayed |= {(kind, key) for key in _out_of_step(one)}
    left = SearchEntry.objects.exclude(kind__in=list(declared()))
    return sorted(strayed | set(left.values_list("kind", "object_id")))


def bring_in_step(strayed: Iterable[tuple[str, int]]) -> None:
    """Read these items anew, and drop entries of types that are searchable no more."""
    with transaction.atomic():
        index(strayed)
        for rows in (SearchEntry.objects, StaleItem.objects):
            rows.exclude(kind__in=list(declared())).delete()
        for kind, key in strayed:
            StaleItem.objects.filter(kind=kind, object_id=key).delete()


def _out_of_step(one: Searchable) -> Iterator[int]:
    keys = set(one.model._default_manager.values_list("pk", flat=True))
    there = SearchEntry.objects.filter(kind=one.kind)
    yield from set(there.values_list("object_id", flat=True)) - keys
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        found = {
            (row.pop("object_id"), row.pop("language")): row
            for row in there.filter(object_id__in=batch).values(*_COLUMNS[1:])
        }
        window = _windows(one.kind, batch)
        for item in one.rows().filter(pk__in=batch):
            wanted = list(entries_of(one, item))
            kept = {key: row for key, row in found.items() if key[0] == item.pk}
            if len(kept) != len(wanted) or item.pk in window:
                yield item.pk
                continue
            for row in wanted:
                theirs = kept.get((row["object_id"], row["language"]))
                if theirs is None or not _says_the_same(theirs, row):
                    yield item.pk
                    break


def _says_the_same(kept: dict[str, Any], wanted: dict[str, Any]) -> bool:
    vectors = ("terms", "head")
    return all(_same_terms(kept[one], wanted[one]) for one in vectors) and all(
        kept[one] == wanted[one] for one in _COLUMNS[3:] if one not in vectors
    )


def _same_terms(kept: str, wanted: str) -> bool:
    """True for two texts of the same tsvector; PostgreSQL leaves out the weight D."""
    return set(kept.split(" ")) == {one.removesuffix("D") for one in wanted.split(" ")}


def _windows(kind: str, keys: list[int]) -> set[int]:
    """Items whose entries are public at other times than the item itself."""
    statement = SQL(
        "SELECT entry.object_id FROM search_searchentry entry "
        "JOIN {table} item ON item.id = entry.object_id WHERE entry.kind = %s "
        "AND entry.object_id = ANY (%s) AND (entry.public_from, entry.public_until) "
        "IS DISTINCT FROM (search_public_from(to_jsonb(item)), search_public_until(to_jsonb(item)))"
    ).format(table=Identifier(kind))
    with connection.cursor() as cursor:
        cursor.execute(statement, [kind, keys])
        return {key for (key,) in cursor.fetchall()}
