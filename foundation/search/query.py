"""Query → hits: which entries answer, in which order, and how many there are of each facet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from foundation.search.compounds import parts
from foundation.search.declarations import reference
from foundation.search.models import CODES
from foundation.search.terms import (
    EXACT,
    asked_terms,
    function_words,
    reading,
    typed_without_dots,
)
from foundation.search.vectors import all_of, any_of, quoted
from foundation.search.words import folded, tidy, words

MOST_SIGNS = 200  # of a query that are looked at
MOST_WORDS = 10
MOST_RANKED = 1000  # entries, by their names and leads
MOST_READ = 100  # of those, the best, which are ranked by all they say
FACETS = ("kind", "year", "themes", "municipalities", "languages")


@dataclass(frozen=True)
class SearchTerm:
    """One word of a query: how it was typed, and what PostgreSQL is asked for it (tsquery)."""

    word: str
    tsquery: str
    terms: frozenset[str]


@dataclass
class SearchQuery:
    """What a reader asks, as PostgreSQL is asked for it."""

    text: str
    language: str
    search_terms: list[SearchTerm] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.search_terms)

    @property
    def query(self) -> str:
        """All the words, each in any of its forms (tsquery)."""
        return all_of(one.tsquery for one in self.search_terms)

    @property
    def rank_query(self) -> str:
        """Whatever makes a hit a better one: any of the terms, and the words as typed."""
        exact = [EXACT + one.word for one in self.search_terms]
        return any_of([*exact, *sorted(self.terms)])

    @property
    def terms(self) -> set[str]:
        """Every term that is looked for: what a hit is marked by."""
        return {term for one in self.search_terms for term in one.terms}


def words_of(text: str, language: str) -> list[str]:
    """The words of a query that count; of nothing but function words, all of them."""
    found = list(dict.fromkeys(words(tidy(text[:MOST_SIGNS]))))[: MOST_WORDS * 2]
    telling = [word for word in found if word not in function_words(language)]
    return (telling or found)[:MOST_WORDS]


def search_query(text: str, language: str) -> SearchQuery:
    """The query that a text asks in a language; one query, for what its words also mean."""
    return search_queries(text, (language,))[language]


def search_queries(text: str, codes: Iterable[str] = CODES) -> dict[str, SearchQuery]:
    """The query that a text asks in each language; one query."""
    found = {code: words_of(text, code) for code in codes}
    terms = {
        code: {word: frozenset(asked_terms(word, code)) for word in words}
        for code, words in found.items()
    }
    same = _same_names(terms)
    return {
        code: SearchQuery(
            text, code, [_search_term(word, terms[code], same[code], code) for word in found[code]]
        )
        for code in found
    }


@dataclass(frozen=True)
class _Name:
    """An item named by words of the query: its other names, and how it is referred to."""

    reference: str
    phrases: tuple[tuple[str, ...], ...]


def _same_names(terms: dict[str, dict[str, frozenset[str]]]) -> dict[str, list[_Name]]:
    """Items that have one of the words for a name, with their other names, by language."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for code, by_word in terms.items():
        if by_word:
            conditions.append("(language = %s AND terms @@ %s::tsquery)")
            parameters += [code, any_of(sorted(set().union(*by_word.values())))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT kind, object_id, language, names FROM search_searchentry
            WHERE names <> '{{}}' AND ({" OR ".join(conditions) or "false"}) LIMIT 80
            """,  # noqa: S608  (what is put in is ours; what readers ask is a parameter)
            parameters,
        )
        rows = cursor.fetchall()
    names: dict[str, list[_Name]] = {code: [] for code in terms}
    for kind, key, code, phrases in rows:
        named = tuple(tuple(words(phrase)) for phrase in phrases)
        names[code].append(_Name(reference(kind, key), named))
    return names


def _search_term(
    word: str, terms: dict[str, frozenset[str]], same: list[_Name], language: str
) -> SearchTerm:
    """A word with its other names: synonyms, the other language's name of a place, its items."""
    own = terms[word]
    tsqueries, marked = [any_of(sorted(own))], set(own)
    for name in same:
        met = [phrase for phrase in name.phrases if _is_met(word, phrase, terms, language)]
        if not met:
            continue
        tsqueries.append(quoted(name.reference))
        others = [phrase for phrase in name.phrases if phrase not in met or len(phrase) > 1]
        # Texts keep a name's forms by their basic form: a few terms stand for all cases.
        single = {term for one in others if len(one) == 1 for term in _basic(one[0], language)}
        marked |= single
        if single:
            tsqueries.append(any_of(sorted(single)))
        for phrase in others:
            if len(phrase) > 1:
                tsqueries.append(all_of(any_of(_basic(one, language)) for one in phrase))
    return SearchTerm(word, "(" + " | ".join(dict.fromkeys(tsqueries)) + ")", frozenset(marked))


def _basic(word: str, language: str) -> tuple[str, ...]:
    return reading(word, language).lemmas


def _forms(word: str, language: str) -> frozenset[str]:
    return frozenset({word, *_basic(word, language)})


def _is_met(
    word: str, phrase: Sequence[str], terms: dict[str, frozenset[str]], language: str
) -> bool:
    """True when the whole phrase is in the query, and the word is part of it."""

    def fits(asked: frozenset[str], one: str) -> bool:
        bare = folded(one)
        kept = {*_forms(one, language), f"~{bare}"}
        return not kept.isdisjoint(asked)

    return any(fits(terms[word], one) for one in phrase) and all(
        any(fits(asked, one) for asked in terms.values()) for one in phrase
    )


def loosened(query: SearchQuery) -> SearchQuery:
    """The same query for when it found nothing: dots may be missing, a compound may be apart."""
    found = []
    for one in query.search_terms:
        terms = set(one.terms) | typed_without_dots(one.word, query.language)
        tsqueries = [one.tsquery, any_of(sorted(terms))]
        if apart := parts(one.word, query.language):
            pieces = [reading(part, query.language).lemmas for part in apart]
            tsqueries.append(all_of(any_of(sorted(piece)) for piece in pieces))
            terms |= {term for piece in pieces for term in piece}
        found.append(SearchTerm(one.word, "(" + " | ".join(tsqueries) + ")", frozenset(terms)))
    return SearchQuery(query.text, query.language, found)


@dataclass(frozen=True)
class Hit:
    """An entry that answers the query."""

    kind: str
    object_id: int
    language: str
    title: str
    path: str
    text: str
    day: date | None
    year: int | None
    themes: list[int]
    municipalities: list[int]
    languages: list[str]


@dataclass
class Answer:
    """One page of hits, how many there are, and of each facet's values how many."""

    hits: list[Hit]
    total: int
    is_cut: bool = False  # there are more, which were not ranked
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


_RANKED = """
    SELECT id, kind, object_id, day, year, themes, municipalities, languages,
        boost, boost * (ts_rank('{{0.02, 0.1, 0.4, 1.0}}', head, %(rank)s::tsquery)
            + CASE WHEN lower(title) = %(title)s THEN 1 ELSE 0 END) AS score
    FROM search_searchentry
    WHERE language = %(language)s AND terms @@ %(query)s::tsquery
        AND public_from <= %(moment)s AND (public_until IS NULL OR public_until > %(moment)s)
        {condition}
    LIMIT {most}
"""
_CONDITIONS = {
    "kind": "kind = ANY (%(kind)s)",
    "year": "year = ANY (%(year)s)",
    "themes": "themes && %(themes)s::bigint[]",
    "municipalities": "municipalities && %(municipalities)s::bigint[]",
    "languages": "languages && %(languages)s::varchar[]",
}
_NEWEST = "year DESC NULLS LAST, day DESC NULLS LAST"
_VALUES = {"kind": "kind", "year": "year::text"}


def answer(
    query: SearchQuery,
    *,
    chosen: dict[str, list[Any]] | None = None,
    first: int = 0,
    size: int = 10,
    moment: datetime | None = None,
    without: Iterable[tuple[str, int]] = (),
    with_facets: bool = True,
) -> Answer:
    """The hits from the first on, as far as the chosen values of facets allow; one query.

    What each value of a facet would find is counted with the choices made in the other facets.
    `without` leaves out items (table, key) that the reader has been shown already.
    """
    chosen = {name: values for name, values in (chosen or {}).items() if values}
    statement = _statement(list(chosen), with_facets)
    parameters: dict[str, Any] = {
        **chosen,
        "rank": query.rank_query,
        "query": query.query,
        "title": " ".join(tidy(query.text).lower().split()),
        "language": query.language,
        "moment": moment or timezone.now(),
        "first": first,
        "size": size,
        "without": [f"{kind} {key}" for kind, key in without],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    hits, total, is_cut = [], 0, False
    for row in rows:
        if row[0] == "hit":
            hits.append(Hit(*row[3:]))
        elif row[0] == "total":
            total, is_cut = row[2], row[1] == "cut"
        else:
            facets[row[0]][row[1]] = row[2]
    return Answer(hits, total, is_cut, facets)


def _statement(chosen: list[str], with_facets: bool) -> str:
    """One statement for hits, their number and the facets, over what is ranked once."""
    ranked = f"({_RANKED.format(condition='', most=MOST_RANKED)})"
    every = " AND ".join(_CONDITIONS[name] for name in chosen) or "true"
    if chosen:  # so that a choice finds its own among more than are ranked
        narrowed = _RANKED.format(condition=f"AND {every}", most=MOST_RANKED)
        ranked = f"({ranked} UNION ({narrowed}))"
    blank = (
        "NULL::varchar, NULL::bigint, NULL::varchar, NULL::text, NULL::text, NULL::text, "
        "NULL::date, NULL::smallint, NULL::bigint[], NULL::bigint[], NULL::varchar[]"
    )
    counted = ""
    if with_facets:
        for name in FACETS:
            others = " AND ".join(_CONDITIONS[one] for one in chosen if one != name) or "true"
            value = _VALUES.get(name, f"unnest({name})::text")
            counted += f"""
                UNION ALL SELECT '{name}', value, count(*)::int, {blank}
                FROM (SELECT {value} AS value FROM ranked WHERE {others}) AS {name}_values
                WHERE value IS NOT NULL GROUP BY value"""  # noqa: S608
    return f"""
        WITH ranked AS MATERIALIZED (
            SELECT * FROM {ranked} AS every_hit
            WHERE cardinality(%(without)s::text[]) = 0
                OR kind || ' ' || object_id <> ALL (%(without)s::text[])),
        wanted AS MATERIALIZED (SELECT id, boost, score, day, year FROM ranked WHERE {every}),
        best AS MATERIALIZED (
            SELECT * FROM wanted ORDER BY score DESC, {_NEWEST}, id LIMIT {MOST_READ}),
        reread AS (
            SELECT best.id, best.score + best.boost
                * ts_rank('{{0.02, 0.1, 0.4, 1.0}}', entry.terms, %(rank)s::tsquery) AS score
            FROM best JOIN search_searchentry entry USING (id)),
        page AS (
            SELECT wanted.id, row_number() OVER (
                ORDER BY reread.score DESC NULLS LAST, wanted.score DESC, {_NEWEST}, wanted.id
            ) AS place
            FROM wanted LEFT JOIN reread USING (id)
            ORDER BY place OFFSET %(first)s LIMIT %(size)s)
        (SELECT 'hit', NULL::text, 0, kind, object_id, language, title, path, text, entry.day,
            entry.year, themes, municipalities, languages
        FROM page JOIN search_searchentry entry USING (id)
        ORDER BY place)
        UNION ALL
        SELECT 'total', CASE WHEN (SELECT count(*) FROM ranked) >= {MOST_RANKED} THEN 'cut' END,
            (SELECT count(*)::int FROM wanted), {blank}
        {counted}
    """  # noqa: S608  (everything that is put in is ours; what readers ask is a parameter)
