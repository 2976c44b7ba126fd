"""What readers look for, in aggregate and without personal data.

Kept are the day, the language, the words and how often. Words are kept only when they are common
words of a language or names of something public on the portal; whatever else somebody types (a
surname, a number, an address) is left out before anything is stored. Nothing tells who asked, or
when on the day. Staff see only what was asked at least three times.
"""

from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone

from foundation.search.dictionaries import is_common
from foundation.search.models import CODES, SearchedDay
from foundation.search.query import words_of

MOST_WORDS = 4  # of one question; longer ones tell more of who asks than of what is looked for
MOST_A_DAY = 2_000  # rows: nobody can fill the table by asking at random
LEAST_TIMES = 3  # fewer are shown to nobody
KEPT_DAYS = 400  # a year and a month, to compare a month with the same one a year ago


def countable(text: str, language: str) -> str:
    """The words of a question that may be kept, "" when there are none, or too many."""
    found = words_of(text, language)
    kept = [word for word in found if any(is_common(word, code) for code in CODES)]
    return " ".join(kept) if len(kept) == len(found) <= MOST_WORDS else ""


def record(text: str, language: str, hits: int, day: date | None = None) -> None:
    """Count a question; one query, none for one that must not be kept."""
    kept = countable(text, language)
    if not kept:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_searchedday AS kept "
            "(day, language, words, times, times_without_hits) "
            "SELECT %(day)s, %(language)s, %(words)s, 1, %(without)s WHERE "
            "(SELECT count(*) FROM search_searchedday WHERE day = %(day)s) < %(most)s "
            "ON CONFLICT (day, language, words) DO UPDATE SET times = kept.times + 1, "
            "times_without_hits = kept.times_without_hits + EXCLUDED.times_without_hits",
            {
                "day": day or timezone.localdate(),
                "language": language,
                "words": kept[:120],
                "without": 0 if hits else 1,
                "most": MOST_A_DAY,
            },
        )


def most_common(
    days: int, *, without_hits: bool = False, language: str = "", most: int = 50
) -> QuerySet:
    """What was looked for in the last days, most often first; or what was not found."""
    counted = "times_without_hits" if without_hits else "times"
    since = timezone.localdate() - timedelta(days=days - 1)
    rows = SearchedDay.objects.filter(day__gte=since)
    if language:
        rows = rows.filter(language=language)
    return (
        rows.order_by()
        .values("language", "words")
        .annotate(total=Sum(counted))
        .filter(total__gte=LEAST_TIMES)
        .order_by("-total", "words")[:most]
    )


def delete_old(day: date | None = None) -> int:
    """Delete what is older than it may be kept; returns the number of rows."""
    oldest = (day or timezone.localdate()) - timedelta(days=KEPT_DAYS)
    return SearchedDay.objects.filter(day__lt=oldest).delete()[0]
