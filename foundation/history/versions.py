"""The versions of an item: what was written to it at one time, by one person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.models import ChangeNote
from foundation.editing.form_fields import IN_LANGUAGE
from foundation.history.display import label_of, language_of, shown_fields
from foundation.history.models import Change
from foundation.history.rows import Part, Rows, Shape, of_item, rows_now, taken_back

Operation = Change.Operation
NOTES = ChangeNote._meta.db_table


@dataclass
class Version:
    """An item as it was from one moment on, and what was done then."""

    last: int  # the newest of its changes: the version's address
    moment: datetime
    changes: list[Change] = field(default_factory=list)

    @property
    def author(self) -> Any:
        """Who wrote it; None for an import or a command."""
        return self.changes[0].author


def changes_of(shape: Shape, object_id: int) -> Any:
    """The changes to an item, to its parts and to what readers were told of it, newest first."""
    kinds = [*(part.kind for part in shape.parts), NOTES]
    return Change.objects.all().of_item(shape.kind, object_id, kinds)


def versions_of(shape: Shape, object_id: int) -> QuerySet:
    """The versions as rows to leaf through, newest first: each has its newest change."""
    changes = changes_of(shape, object_id).order_by()
    return changes.values("transaction", "moment").annotate(last=Max("pk")).order_by("-last")


def with_changes(shape: Shape, object_id: int, rows: Iterable[dict[str, Any]]) -> list[Version]:
    """These versions with what was done in them; one query."""
    versions_by_key = {
        (row["transaction"], row["moment"]): Version(row["last"], row["moment"]) for row in rows
    }
    changes = changes_of(shape, object_id).filter(
        transaction__in=[key[0] for key in versions_by_key]
    )
    for change in changes.select_related("author"):
        version = versions_by_key.get((change.transaction, change.moment))
        if version:
            version.changes.append(change)
    return list(versions_by_key.values())


@dataclass(frozen=True)
class States:
    """An item before a version, as of it, and now."""

    version: Version
    before: Rows
    then: Rows
    now: Rows
    newest: int  # the latest change to the item, to notice that another has come


def states(shape: Shape, object_id: int, last: int) -> States | None:
    """What a version, looked up by its newest change, was and is; None where there is none.

    Two queries.
    """
    changes = list(changes_of(shape, object_id).select_related("author"))
    chosen = next((change for change in changes if change.pk == last), None)
    if chosen is None:
        return None
    version = Version(last, chosen.moment)
    version.changes += [
        change
        for change in changes
        if (change.transaction, change.moment) == (chosen.transaction, chosen.moment)
    ]
    moved = ((change.kind, change.object_id) for change in changes if change.kind != NOTES)
    rows = rows_now(shape, object_id, moved)
    then = taken_back(rows, [change for change in changes if change.pk > last])
    before = taken_back(then, version.changes)
    before, then, now = (of_item(shape, object_id, row_set) for row_set in (before, then, rows))
    return States(version, before, then, now, changes[0].pk)


def summary(shape: Shape, version: Version) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a version did, in words: (what was done, [(thing, its languages)])."""
    fields: dict[str, set[str]] = {}
    counted: dict[str, Counter[str]] = {operation: Counter() for operation in Operation.values}
    is_new = is_deleted = False
    for change in version.changes:
        if change.kind != shape.kind:
            counted[change.operation][_part_name(shape, change)] += 1
            continue
        is_new |= change.operation == Operation.ADDED
        is_deleted |= change.operation == Operation.DELETED
        for field_shown in shown_fields(shape.model):
            if change.after and str(field_shown.column) in change.after:
                fields.setdefault(label_of(field_shown), set()).add(language_of(field_shown) or "")
    changed = [(label, _in_languages(codes)) for label, codes in fields.items()]
    lines = {
        _("Changed"): changed + _numbered(counted[Operation.CHANGED]),
        _("Added"): _numbered(counted[Operation.ADDED]),
        _("Removed"): _numbered(counted[Operation.DELETED]),
    }
    whole = [(_("The whole item"), "")]
    if is_new:
        lines[_("Added")] = whole + lines[_("Added")]
    if is_deleted:
        lines[_("Removed")] = whole + lines[_("Removed")]
    return [(said, things) for said, things in lines.items() if things]


def _in_languages(codes: set[str]) -> str:
    if set(languages.CODES) <= codes:
        return _("in both languages")
    return str(next((IN_LANGUAGE[code] for code in languages.CODES if code in codes), ""))


def _numbered(counted: Counter[str]) -> list[tuple[str, str]]:
    return [(f"{name} × {number}" if number > 1 else name, "") for name, number in counted.items()]


def _part_name(shape: Shape, change: Change) -> str:
    if change.kind == NOTES:
        return str(capfirst(ChangeNote._meta.verbose_name))
    part: Part = shape.part_of_kind[change.kind]
    if part.field:
        return label_of(shape.model._meta.get_field(part.field))
    return str(capfirst(part.model._meta.verbose_name))
