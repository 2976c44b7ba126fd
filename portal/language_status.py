"""How far each language has come: counted in the database, type by type."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import (
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from foundation.content import languages
from foundation.content.alphabet import sort_key
from foundation.content.models import Content
from foundation.editing.worklist import Outstanding, outstanding, with_items


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A number of published items as they stand in one language."""

    total: int
    complete: int
    partly: int
    missing: int

    @property
    def share(self) -> int:
        """How many in a hundred are complete, rounded down: only all is a hundred."""
        return 100 * self.complete // self.total if self.total else 0


@dataclass(frozen=True, kw_only=True)
class TypeStatus(Tally):
    """The published items of one type as they stand in one language."""

    model: type[Content]
    oldest: datetime | None

    @property
    def label(self) -> str:
        """The type in the reader's language, in the plural."""
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class LanguageStatus:
    """How far one language has come: its types, and the text that has waited longest for it."""

    language: str
    types: list[TypeStatus]
    oldest: Outstanding | None

    @property
    def all_types(self) -> Tally:
        """The types added up."""
        return Tally(
            total=sum(one.total for one in self.types),
            complete=sum(one.complete for one in self.types),
            partly=sum(one.partly for one in self.types),
            missing=sum(one.missing for one in self.types),
        )


def content_models() -> list[type[Content]]:
    """The types of content that readers meet as pages."""
    return [model for model in apps.get_models() if issubclass(model, Content)]


def status_of(language: str) -> list[TypeStatus]:
    """Each type with published items, by name, in one query.

    Complete: the item exists in the language and no text of it waits. Partly: it exists, but a text
    is missing or older than the other side. Missing: it exists in the other language only.
    """
    counts = [_counted(model, language) for model in content_models()]
    rows = counts[0].union(*counts[1:], all=True)
    models = {model._meta.db_table: model for model in content_models()}
    types = [
        TypeStatus(
            model=models[row["table_name"]],
            total=row["total"],
            complete=row["complete"],
            partly=row["total"] - row["complete"] - row["missing"],
            missing=row["missing"],
            oldest=row["oldest"],
        )
        for row in rows
    ]
    return sorted(types, key=lambda one: sort_key(one.label))


def _counted(model: type[Content], language: str) -> QuerySet[Any, dict[str, Any]]:
    table = model._meta.db_table
    waiting = outstanding(language).filter(kind=table, object_id=OuterRef("pk"))
    exists_here = Q(pairing__in=["both", language])
    return (
        model._default_manager.published()
        .order_by()
        .annotate(
            table_name=Cast(Value(table), TextField()),
            waits=Exists(waiting.order_by()),
            since=Subquery(waiting.values("since")[:1]),
        )
        .values("table_name")
        .annotate(
            total=Count("pk"),
            complete=Count("pk", filter=exists_here & Q(waits=False)),
            missing=Count("pk", filter=~exists_here),
            oldest=Min("since"),
        )
    )


def oldest_outstanding(language: str, types: list[TypeStatus]) -> Outstanding | None:
    """The published text that has waited longest for the language; two queries, or none."""
    waiting = [one for one in types if one.oldest]
    if not waiting:
        return None
    model = min(waiting, key=lambda one: str(one.oldest)).model
    states = outstanding(language).filter(
        kind=model._meta.db_table,
        object_id__in=model._default_manager.published().values("pk"),
    )
    return next(iter(with_items(states[:1], language)), None)


def status_pages() -> list[LanguageStatus]:
    """What the status page shows of each language, the reader's own first; up to six queries."""
    here = languages.current()
    statuses = []
    for code in (here, languages.other(here)):
        types = status_of(code)
        statuses.append(LanguageStatus(code, types, oldest_outstanding(code, types)))
    return statuses
