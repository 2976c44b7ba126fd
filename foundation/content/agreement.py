"""Whether the two languages of a text agree, found out by the database whoever writes.

Neither language is the source. For each item and translated field a row of `LanguageState` keeps
what stood on both sides when they were last declared equal. A trigger on every bilingual table
compares each write with it, be it a form, an import or plain SQL; formatting alone is no change.
It costs a save no query of Django's, and reading a page none at all.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from psycopg.pq import TransactionStatus

from foundation.content import languages
from foundation.content.models import Bilingual, LanguageState
from foundation.content.richtext import RichTextField

EVERY_FIELD = "*"

# Fields that hold no text to translate: each language's address is its own.
_LEFT_OUT = (models.SlugField, models.URLField)


def compared_fields(model: type[Bilingual]) -> list[str]:
    """Names of the translated fields whose two languages are held against each other."""
    return [
        name
        for name in model.translated_fields()
        if name not in model.not_compared and not isinstance(model._meta.get_field(name), _LEFT_OUT)
    ]


def is_rich(model: type[models.Model], field: str) -> bool:
    """True for a field that holds HTML."""
    return isinstance(model._meta.get_field(field), RichTextField)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


class CompareLanguages(pgtrigger.Trigger):
    """The trigger that holds the languages of a bilingual table against each other.

    What it does is a function in the database, `content_compare_languages` (migration 0002 of this
    app): one for all tables.
    """

    name = "compare_languages"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        """The call of the comparison, with the model's fields."""
        # Migrations hand in a model of theirs, which the translator does not know.
        ours = apps.get_model(model._meta.label)
        fields = compared_fields(ours)
        rich = [name for name in fields if is_rich(ours, name)]
        return (
            "PERFORM content_compare_languages(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), "
            f"ARRAY[{_quoted(fields)}]::text[], ARRAY[{_quoted(rich)}]::text[]); RETURN NULL;"
        )


def compare_every_bilingual_model() -> None:
    """Put the trigger on every model registered for translation, so that none can be forgotten."""
    from modeltranslation.translator import translator

    for model in translator.get_registered_models(abstract=False):
        if not model._meta.proxy and compared_fields(model):  # type: ignore[arg-type]
            pgtrigger.register(CompareLanguages())(model)


def with_moments_ahead(items: QuerySet) -> QuerySet:
    """The items with the moment each language that is ahead was last revised, or None.

    `sv_revised_at` and `fi_revised_at` are read in the items' own query. A text that is missing
    on one side is another matter: pages say that they are partly in one language.
    """
    states = LanguageState.objects.filter(
        kind=items.model._meta.db_table,
        object_id=OuterRef("pk"),
        pairing="both",
        sv_is_filled=True,
        fi_is_filled=True,
    ).values("object_id")
    moments = {
        f"{code}_revised_at": Subquery(
            states.annotate(moment=Max(f"{code}_revised_at")).values("moment")
        )
        for code in languages.CODES
    }
    return items.annotate(**moments)


@contextmanager
def writing(
    *,
    author: int | None = None,
    agreeing: str | Iterable[str] = (),
    small_change: bool = False,
) -> Iterator[None]:
    """Say of the writes inside who makes them, and what they mean for the other language.

    `agreeing` names the fields whose two languages are declared equal as saved (`EVERY_FIELD` for
    all); `small_change` says that what changes needs no translation. A side that had already
    changed for real stays due. The writes are one transaction, or a part of the caller's that is
    taken back alone. It costs two queries, and a savepoint inside a
    transaction; blocks may lie within each other.
    """
    fields = agreeing if isinstance(agreeing, str) else ",".join(agreeing)
    is_within = connection.in_atomic_block
    with transaction.atomic():
        before = _tell(str(author or ""), fields, "yes" if small_change else "")
        try:
            yield
        finally:
            # What is said holds until the end of the transaction, or of the savepoint that fails.
            if is_within and _takes_queries():
                _tell(*before)


def look_again(items: QuerySet) -> None:
    """Compare rows in which nothing changes with what is said of the writes; one query.

    What is declared inside `writing` reaches only the rows that are written.
    """
    items.order_by().update(id=models.F("id"))


def _tell(author: str, agreeing: str, small_change: str) -> tuple[str, str, str]:
    """Tell the trigger what the next writes mean; returns what it had been told before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED (SELECT "
            "coalesce(current_setting('portal.author', true), '') AS author, "
            "coalesce(current_setting('portal.agreeing', true), '') AS agreeing, "
            "coalesce(current_setting('portal.small_change', true), '') AS small_change) "
            "SELECT before.*, set_config('portal.author', %s, true), "
            "set_config('portal.agreeing', %s, true), set_config('portal.small_change', %s, true) "
            "FROM before",
            [author, agreeing, small_change],
        )
        return cursor.fetchone()[:3]


def _takes_queries() -> bool:
    """False in a transaction that a mistake has ended: all it takes is to be rolled back."""
    if connection.needs_rollback or connection.connection is None:
        return False
    return connection.connection.info.transaction_status == TransactionStatus.INTRANS
