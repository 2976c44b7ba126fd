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

from portal.content import languages
from portal.content.models import Content
from portal.content.worklist import Outstanding, outstanding, with_items


@dataclass(frozen=True)
class TypeStatus:
    """The published items of one type as they stand in one language."""

    model: type[Content]
    total: int
    complete: int
    partly: int
    missing: int
    oldest: datetime | None

    @property
    def name(self) -> str:
        """The type in the reader's language, in the plural."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def share(self) -> int:
        """How many in a hundred are complete, rounded down: only all is a hundred."""
        return 100 * self.complete // self.total if self.total else 0


def content_models() -> list[type[Content]]:
    """The types of content that readers meet as pages."""
    return [model for model in apps.get_models() if issubclass(model, Content)]


def status_of(language: str) -> list[TypeStatus]:
    """Each type with published items, in one query.

    Complete: the item exists in the language and no text of it waits. Partly: it exists, but a text
    is missing or older than the other side. Missing: it exists in the other language only.
    """
    counts = [_counted(model, language) for model in content_models()]
    rows = counts[0].union(*counts[1:], all=True)
    models = {model._meta.db_table: model for model in content_models()}
    return [
        TypeStatus(
            models[row["table_name"]],
            row["total"],
            row["complete"],
            row["total"] - row["complete"] - row["missing"],
            row["missing"],
            row["oldest"],
        )
        for row in rows
    ]


def _counted(model: type[Content], language: str) -> QuerySet[Any, dict[str, Any]]:
    table = model._meta.db_table
    waiting = outstanding(language).filter(kind=table, object_id=OuterRef("pk"))
    exists_here = Q(pairing__in=["both", language])
    return (
        model._default_manager.published()  # type: ignore[attr-defined]
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
        object_id__in=model._default_manager.published().values("pk"),  # type: ignore[attr-defined]
    )
    return next(iter(with_items(states[:1], language)), None)


def status_pages() -> list[dict[str, Any]]:
    """What the status page shows of each language, the reader's own first."""
    here = languages.current()
    pages = []
    for code in (here, languages.other(here)):
        types = status_of(code)
        pages.append({"language": code, "types": types, "oldest": oldest_outstanding(code, types)})
    return pages
