"""What a data set is, and how its rows and what they refer to are kept to what readers may see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import override

from municipalities.models import Municipality
from portal.open_data.fields import Field
from projects.models import Theme


@dataclass(frozen=True)
class DataSet:
    """A table that anybody may take away.

    `rows` are the public ones, and `prepare` fetches in the same query what their fields read.
    """

    key: str
    path_word: str | Promise
    title: str | Promise
    about: str | Promise
    rows: Callable[[], QuerySet]
    fields: tuple[Field, ...]
    prepare: Callable[[QuerySet], QuerySet] = field(default=lambda rows: rows)
    has_page: bool = False
    is_register: bool = False

    def slug(self, language: str) -> str:
        """The table's word in the address of its files."""
        with override(language):
            return str(self.path_word)


def published(model: Any) -> Callable[[], QuerySet]:
    """The public rows of content, in the order of their numbers."""
    return lambda: model.objects.published().order_by("pk")


def public(model: type[Model], name: str) -> dict[str, Subquery]:
    """The key of what a row belongs to, as far as readers may see that: `public_<name>`."""
    there = model._default_manager.published().order_by().filter(pk=OuterRef(f"{name}_id"))
    return {f"public_{name}": Subquery(there.values("pk")[:1])}


def codes(relation: str) -> ArraySubquery:
    """The codes of the municipalities that name a row by a relation, in order."""
    found = Municipality.objects.filter(**{relation: OuterRef("pk")}).order_by("code")
    return ArraySubquery(found.values("code"))


def with_theme(rows: QuerySet) -> QuerySet:
    """The rows with the key of their theme, as far as readers may see that."""
    return rows.annotate(**public(Theme, "theme"))
