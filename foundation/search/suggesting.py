"""What a reader may mean: a misspelt word put right, and names that begin as what is typed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from foundation.search.query import SearchQuery, words_of
from foundation.search.terms import EXACT, FOLDED, asked_terms
from foundation.search.vectors import all_of, any_of, quoted
from foundation.search.words import folded, tidy

FEW = 3  # hits; under that a misspelt word is likelier than a rare one


def meant(query: SearchQuery, moment: datetime | None = None) -> str:
    """The question with its misspelt words put right, "" when nothing likelier is known; one query.

    A word is only offered when an entry that readers may see has it: none of a draft is ever told.
    """
    odd = [one.word for one in query.search_terms if len(one.word) >= 4 and one.word.isalpha()]
    if not odd:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked, word FROM unnest(%(words)s::text[]) AS asked, LATERAL (
                SELECT word FROM search_knownword
                WHERE word %% asked AND language = %(language)s
                ORDER BY similarity(word, asked) DESC, word LIMIT 5) AS close
            WHERE EXISTS (
                SELECT FROM search_searchentry
                WHERE language = %(language)s
                    AND terms @@ ('''=' || word || ''' | ''' || word || '''')::tsquery
                    AND public_from <= %(moment)s
                    AND (public_until IS NULL OR public_until > %(moment)s))
            """,
            {"words": odd, "language": query.language, "moment": moment or timezone.now()},
        )
        close: dict[str, list[str]] = {}
        for word, known in cursor.fetchall():
            close.setdefault(word, []).append(known)
    better = [_closest(one.word, close.get(one.word, [])) or one.word for one in query.search_terms]
    return "" if better == [one.word for one in query.search_terms] else " ".join(better)


def _closest(word: str, known: list[str]) -> str:
    """The known word the fewest slips of the finger away; "" when that is none, or too many."""
    most = 1 if len(word) < 6 else 2
    ranked = sorted((_distance(word, one), place) for place, one in enumerate(known))
    if not ranked or not 0 < ranked[0][0] <= most:
        return ""
    return known[ranked[0][1]]


def _distance(one: str, other: str) -> int:
    """How many letters have to be put in, left out, replaced or swapped (Damerau 1964)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != theirs))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


@dataclass(frozen=True)
class Suggestion:
    """An item whose name begins as what is being typed."""

    title: str
    path: str
    kind: str
    other_title: str  # in the other language, "" when it is the same


def suggestions(
    text: str, language: str, *, kind: str = "", most: int = 8, moment: datetime | None = None
) -> list[Suggestion]:
    """Items whose name or lead has the words, the last of which may be unfinished; one query.

    Of one kind (a table), only those whose name has them, in either language.
    """
    found = words_of(text, language)
    if not found:
        return []
    *whole, last = found
    if kind:
        wanted = [_named(word, "") for word in whole] + [_named(last, "*")]
    else:
        begun = f"{quoted(EXACT + last)}:*AB | {quoted(FOLDED + last)}:*AB"
        wanted = [any_of(asked_terms(word, language)) for word in whole]
        wanted.append(f"({begun} | {any_of(asked_terms(last, language))})")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT found.title, found.path, found.kind,
                coalesce(nullif(other.title, found.title), '')
            FROM (
                SELECT title, path, kind, object_id, language, boost,
                    terms @@ %(name)s::tsquery AS is_named
                FROM search_searchentry
                WHERE language = %(language)s AND terms @@ %(query)s::tsquery
                    AND public_from <= %(moment)s
                    AND (public_until IS NULL OR public_until > %(moment)s)
                    AND (%(kind)s = '' OR kind = %(kind)s)
                LIMIT 200) AS found
            LEFT JOIN search_searchentry AS other ON other.kind = found.kind
                AND other.object_id = found.object_id AND other.language <> found.language
            ORDER BY starts_with(lower(found.title), %(text)s) DESC,
                (%(kind)s <> '' AND starts_with(lower(coalesce(other.title, '')), %(text)s)) DESC,
                found.is_named DESC, found.boost DESC, length(found.title), found.title
            LIMIT %(most)s
            """,
            {
                "text": " ".join(tidy(text).lower().split()),
                "query": all_of(wanted),
                "name": f"{quoted(EXACT + last)}:*A",
                "language": language,
                "kind": kind,
                "moment": moment or timezone.now(),
                "most": most,
            },
        )
        return [Suggestion(*row) for row in cursor.fetchall()]


def _named(word: str, beginning: str) -> str:
    """The question for a word of a name; folded, names weigh as much as leads in full."""
    return f"({quoted(EXACT + word)}:{beginning}A | {quoted(FOLDED + folded(word))}:{beginning}B)"
