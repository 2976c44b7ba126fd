"""Rules that several models share, written for NULL too (a CHECK passes on NULL)."""

import pgtrigger
from django.db.models import Q


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
