"""Rules that several models share, written for NULL too (a CHECK passes on NULL)."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint, CheckConstraint, F, Q


def exactly_one_of(*fields: str) -> Q:
    """Condition: one of these foreign keys is set, and only one."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


def rule_at_commit(
    name: str,
    *,
    operation: pgtrigger.Operation,
    broken_when: str,
    one_commit_at_a_time: bool = False,
) -> pgtrigger.Trigger:
    """A rule over several rows, checked when the transaction commits.

    `broken_when` is an SQL condition on the row, called `item` here because a deleted row has only
    an OLD and an inserted one only a NEW. The database answers as for a broken CHECK, so Django
    raises IntegrityError and the message carries the rule's name.

    `one_commit_at_a_time` is for rules that rows of two transactions can break together: the later
    commit waits for the earlier one, and then sees its rows.
    """
    wait = (
        f"\n            PERFORM pg_advisory_xact_lock(hashtextextended('{name}', 0));"
        if one_commit_at_a_time
        else ""
    )
    return pgtrigger.Trigger(
        name=name[:40],
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[("item", "RECORD")],
        func=f"""
            IF TG_OP = 'DELETE' THEN item := OLD; ELSE item := NEW; END IF;{wait}
            IF {broken_when} THEN
                RAISE EXCEPTION 'violates the rule {name}'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NULL;
        """,
    )


class EveryCheck:
    """The check constraints of a model, validated in one query as long as they all hold.

    Django asks the database for each of them, and sets a savepoint each time.
    """

    def __init__(self, checks: Iterable[CheckConstraint]) -> None:
        self.checks = list(checks)

    def validate(
        self,
        model: Any,
        instance: Any,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError with the message of each constraint that does not hold."""
        # Django passes over a constraint of which a form lacks a field.
        checks = [
            check for check in self.checks if _fields_of(check.condition).isdisjoint(exclude or ())
        ]
        if not checks:
            return
        every = CheckConstraint(condition=Q(*(check.condition for check in checks)), name="every")
        try:
            every.validate(model, instance, exclude, using)
        except ValidationError:
            errors: Any = {}
            for check in checks:
                try:
                    check.validate(model, instance, exclude, using)
                except ValidationError as error:
                    errors = error.update_error_dict(errors)
            raise ValidationError(errors) from None


def checks_in_one(constraints: Iterable[BaseConstraint]) -> list[Any]:
    """The constraints, with all that are checks validated together."""
    constraints = list(constraints)
    checks = [rule for rule in constraints if isinstance(rule, CheckConstraint)]
    others = [rule for rule in constraints if not isinstance(rule, CheckConstraint)]
    return [EveryCheck(checks), *others] if checks else others


def _fields_of(condition: Any) -> set[str]:
    names: set[str] = set()
    for part in condition.flatten():
        if isinstance(part, Q):
            names |= {child[0] for child in part.children if isinstance(child, tuple)}
        elif isinstance(part, F):
            names.add(part.name)
    return {name.partition("__")[0] for name in names}
