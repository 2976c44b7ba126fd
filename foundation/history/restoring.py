"""Going back to a version of an item, whole or in one language.

A restore is a write like any other: it keeps every rule, and is itself a version. Whether readers
see the item, since when and at which address stays as it is: a text of last year must not make
public what was taken down since, nor break a link.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.content.agreement import writing
from foundation.editing.saving import check_rules_now
from foundation.history import rows
from foundation.history.display import language_of, shown_fields
from foundation.history.rows import Part, Row, Rows, Shape

# What decides who sees an item, from when, and where.
STAYS = {"slug", "decision", "publish_at", "withdraw_at", "withdrawn_because"}


@dataclass(frozen=True)
class Rights:
    """What of an item a user may put back: what the form would let the user write."""

    columns: Callable[[str], set[str]]  # of a table, that may be changed
    may_add: Callable[[str], bool]
    may_delete: Callable[[str], bool]


def rights(request: HttpRequest, admin: ModelAdmin, shape: Shape, item: models.Model) -> Rights:
    """What the form of the item lets the user do; rows without a form of their own follow it."""
    closed = set(admin.get_readonly_fields(request, item))
    inlines: dict[str, Any] = {
        inline.model._meta.db_table: inline
        for inline in admin.get_inline_instances(request, item)
        if inline.has_view_or_change_permission(request, item)
    }
    ties = {part.kind: part.field not in closed for part in shape.parts if part.field}

    def columns(kind: str) -> set[str]:
        if kind == shape.kind:
            return _columns(shape.model, None, closed)
        inline, part = inlines.get(kind), shape.part_of_kind[kind]
        if inline is None or not inline.has_change_permission(request, item):
            return set()
        return _columns(part.model, part, set(inline.get_readonly_fields(request, item)))

    def may(what: str) -> Callable[[str], bool]:
        def answer(kind: str) -> bool:
            if kind in ties:
                return ties[kind]
            inline = inlines.get(kind)
            if inline is None or getattr(inline.model, "stays_when_restored", False):
                return False
            return bool(getattr(inline, f"has_{what}_permission")(request, item))

        return answer

    return Rights(columns, may("add"), may("delete"))


def _columns(model: type[models.Model], part: Part | None, closed: set[str]) -> set[str]:
    if getattr(model, "stays_when_restored", False):
        return set()
    return {
        str(field.column)
        for field in shown_fields(model, part)
        if field.name not in closed and _original(field) not in STAYS
    }


def _original(field: Any) -> str:
    return field.translated_field.name if language_of(field) else field.name


def target(
    shape: Shape, then: Rows, now: Rows, allowed: Rights, language: str | None = None
) -> Rows:
    """What an item becomes when it goes back to what it was then, in all or in one language.

    In one language the texts that there are go back; no row comes or goes.
    """
    goal: Rows = {}
    for key in now.keys() | then.keys():
        kind = key[0]
        if key in now and key in then:
            columns = allowed.columns(kind) & then[key].keys()
            if language:
                columns &= _of_language(shape.model_of(kind), language)
            goal[key] = now[key] | {name: then[key][name] for name in columns}
        elif language or not (allowed.may_add(kind) if key in then else allowed.may_delete(kind)):
            if key in now:
                goal[key] = now[key]
        elif key in then:
            goal[key] = then[key]
    return goal


def _of_language(model: type[models.Model], language: str) -> set[str]:
    fields: Any = model._meta.concrete_fields
    return {str(field.column) for field in fields if language_of(field) == language}


def restore(shape: Shape, item: Any, now: Rows, goal: Rows, author: int | None) -> list[str]:
    """Write what differs between now and the goal; what a rule of the content says against it.

    Nothing is changed where there is anything against it.
    """
    try:
        with transaction.atomic(), writing(author=author):
            _write(shape, item, now, goal)
            check_rules_now()
    except (ValidationError, IntegrityError) as error:
        return problems(error)
    return []


def _write(shape: Shape, item: Any, now: Rows, goal: Rows) -> None:
    gone: dict[str, list[int]] = defaultdict(list)
    back: dict[str, list[Row]] = defaultdict(list)
    for kind, key in now.keys() - goal.keys():
        gone[kind].append(key)
    for kind, key in goal.keys() - now.keys():
        back[kind].append(goal[kind, key])
    for kind, keys in gone.items():
        shape.model_of(kind)._base_manager.filter(pk__in=keys).delete()
    for kind, rows_of_kind in back.items():
        rows.insert(shape.model_of(kind), rows_of_kind)
    changed = [key for key in now.keys() & goal.keys() if now[key] != goal[key]]
    own = (shape.kind, item.pk)
    for kind, pk in sorted(changed, key=lambda key: key != own):
        model = shape.model_of(kind)
        row = item if (kind, pk) == own else model._base_manager.get(pk=pk)
        _set(row, now[kind, pk], goal[kind, pk])
    for kind, rows_of_kind in back.items():
        for restored in rows_of_kind:
            check(shape.model_of(kind)._base_manager.get(pk=restored["id"]))


def _set(row: models.Model, now: Row, goal: Row) -> None:
    for field in row._meta.concrete_fields:
        column = str(field.column)
        if column in goal and goal[column] != now[column]:
            setattr(row, field.attname, field.to_python(goal[column]))
    check(row)
    row.save()


def check(row: models.Model) -> None:
    """Keep the rules as a form does; the bytes of stored files are not looked at again."""
    files = {field.name for field in row._meta.fields if isinstance(field, models.FileField)}
    row.full_clean(exclude=files)


def problems(error: ValidationError | IntegrityError) -> list[str]:
    """Why nothing could be put back, in plain words."""
    if isinstance(error, ValidationError):
        return list(dict.fromkeys(error.messages))
    return [_rule_in_words(error) or _("Another item needs this one as it is.")]


def _rule_in_words(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.violation_error_message)
    state = getattr(diagnosis, "sqlstate", "")
    if state == "23503":  # foreign_key_violation (PostgreSQL, appendix A)
        return _("Something that it belongs to or refers to is no longer there.")
    if state == "23505":  # unique_violation
        return _("Another item has taken its address or number meanwhile.")
    return ""
