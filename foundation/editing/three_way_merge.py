"""Bringing together what two people made of one thing, from the value that both began with.

A three-way merge: what only one side has changed is taken from that side, what both have changed
to the same is fine, and what both have changed differently is a conflict, never decided here.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True)
class MergedFields(Generic[Value]):
    """The fields of one thing, merged; a field in conflict keeps mine until somebody chooses."""

    values: dict[str, Value]
    theirs: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MergedRows(Generic[Key, Value]):
    """The rows of one thing, merged; a row in conflict keeps mine, or theirs where mine is gone."""

    rows: dict[Key, MergedFields[Value]]
    added: frozenset[Key] = frozenset()  # by them
    removed: frozenset[Key] = frozenset()  # by them, and unchanged by me
    i_removed: frozenset[Key] = frozenset()  # conflicts: removed by me, changed by them
    they_removed: frozenset[Key] = frozenset()  # conflicts: removed by them, changed by me


def merge_fields(
    base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> MergedFields[Value]:
    """Merge field by field; a field that only one side knows is that side's.

    A field that both know and the base does not is in conflict where the two differ.
    """
    values: dict[str, Value] = {**theirs, **mine}
    taken, conflicts = set(), set()
    for name in mine.keys() & theirs.keys():
        if mine[name] == theirs[name]:
            continue
        if name in base and mine[name] == base[name]:
            values[name] = theirs[name]
            taken.add(name)
        elif name not in base or theirs[name] != base[name]:
            conflicts.add(name)
    return MergedFields(values, frozenset(taken), frozenset(conflicts))


def merge_rows(
    base: Mapping[Key, Mapping[str, Value]],
    mine: Mapping[Key, Mapping[str, Value]],
    theirs: Mapping[Key, Mapping[str, Value]],
) -> MergedRows[Key, Value]:
    """Merge rows that stand under keys of their own; a row that is missing on a side is removed.

    The rows of mine come first and in their order, then those that they have added.
    """
    rows: dict[Key, MergedFields[Value]] = {}
    removed, i_removed, they_removed = set(), set(), set()
    for key, row in mine.items():
        if key in theirs:
            rows[key] = merge_fields(base.get(key, {}), row, theirs[key])
        elif key in base and _unchanged(base[key], row):
            removed.add(key)
        else:
            rows[key] = MergedFields(dict(row))
            if key in base:
                they_removed.add(key)
    added = set()
    for key, row in theirs.items():
        if key in mine or (key in base and _unchanged(base[key], row)):
            continue
        rows[key] = MergedFields(dict(row))
        if key in base:
            i_removed.add(key)
        else:
            added.add(key)
    return MergedRows(rows, *map(frozenset, (added, removed, i_removed, they_removed)))


def _unchanged(base: Mapping[str, Value], row: Mapping[str, Value]) -> bool:
    return all(base[name] == row[name] for name in base.keys() & row.keys())
