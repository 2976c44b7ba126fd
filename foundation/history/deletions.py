"""The bin: what was deleted, for how long it can be had back, and the way back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from foundation.content.agreement import writing
from foundation.content.models import LanguageState
from foundation.editing.saving import check_rules_now
from foundation.history import rows
from foundation.history.models import Change, key_of
from foundation.history.recording import recorded_kinds
from foundation.history.restoring import check, problems

KEPT = timedelta(days=180)  # from the deletion on


def until(deleted_at: datetime | None = None) -> datetime:
    """The moment from which what is deleted then, or now, is gone for good."""
    return (deleted_at or timezone.now()) + KEPT


@dataclass(frozen=True)
class Deletion:
    """An item in the bin, with everything that went with it."""

    change: Change
    together: list[Change]

    def put_back(self, author: int | None) -> list[str]:
        """Put every row back as it was, with its key; what is against it, and then nothing is."""
        kinds = recorded_kinds()
        rows_by_kind: dict[str, list[rows.Row]] = defaultdict(list)
        for change in self.together:
            rows_by_kind[change.kind].append(change.before)
        # What was known of the languages comes first: the comparison goes on from it.
        order = sorted(rows_by_kind, key=lambda kind: kind != LanguageState._meta.db_table)
        try:
            with transaction.atomic(), writing(author=author):
                for kind in order:
                    rows.insert(kinds[kind], rows_by_kind[kind])
                self._tie_again(kinds)
                check_rules_now()
                check(kinds[self.change.kind]._base_manager.get(pk=self.change.object_id))
        except (ValidationError, IntegrityError) as error:
            return problems(error)
        return []

    def _tie_again(self, kinds: dict[str, type[models.Model]]) -> None:
        """Let other items refer to it again whose reference was emptied by its deletion."""
        mine = {(change.kind, change.object_id) for change in self.together}
        emptied = Change.objects.filter(
            transaction=self.change.transaction,
            moment=self.change.moment,
            operation=Change.Operation.CHANGED,
        )
        for change in emptied:
            model = kinds[change.kind]
            relations: Any = [f for f in model._meta.concrete_fields if f.remote_field]
            for field in relations:
                column = str(field.column)
                if column not in change.before:
                    continue
                was = (field.related_model._meta.db_table, change.before[column])
                if was in mine and change.after[column] is None:
                    others = model._base_manager.filter(pk=change.object_id)
                    others.filter(**{field.attname: None}).update(**{field.attname: was[1]})


def deletion_of(change: Change) -> Deletion:
    """A deletion with the rows that went because the item went; one query."""
    same = Change.objects.filter(
        transaction=change.transaction,
        moment=change.moment,
        operation=Change.Operation.DELETED,
    )
    changes, keys = [change], {key_of(change.kind, change.object_id)}
    others = [other for other in same if other.pk != change.pk]
    while parts := [other for other in others if keys & set(other.part_of)]:
        changes += parts
        keys |= {key_of(part.kind, part.object_id) for part in parts}
        others = [other for other in others if other not in parts]
    return Deletion(change, changes)


def empty(now: datetime | None = None) -> int:
    """Forget what was deleted too long ago, and what data on people once were; how many changes.

    The bytes of uploads that nothing names any more go too.
    """
    before = (now or timezone.now()) - KEPT
    of_row = {name: OuterRef(name) for name in ("kind", "object_id")}
    # Only its last change can be the deletion of what has not been put back.
    later = Change.objects.filter(**of_row, pk__gt=OuterRef("pk"))
    gone = Change.objects.filter(
        ~Exists(later),
        **of_row,
        operation=Change.Operation.DELETED,
        moment__lt=before,
    )
    about_people = [
        kind
        for kind, model in recorded_kinds().items()
        if getattr(model, "holds_personal_data", False)
    ]
    forgotten = Change.objects.filter(
        Exists(gone) | Q(kind__in=about_people, moment__lt=before)
    ).order_by()
    stored = _stored_with(forgotten)
    count, _by_model = forgotten.delete()
    for file in stored:
        file.delete_unless_named()
    return count


@dataclass(frozen=True)
class _Stored:
    """A file in the storage that a row named, and what was drawn of it."""

    field: models.FileField
    name: str
    drawn: tuple[str, ...]

    def delete_unless_named(self) -> None:
        """Delete the bytes, unless a row that stands or that can be had back names them."""
        model, column = self.field.model, self.field.column
        named = Q(**{f"before__{column}": self.name}) | Q(**{f"after__{column}": self.name})
        rows_of_model = model._base_manager.filter(**{self.field.name: self.name})
        changes_left = Change.objects.filter(named, kind=model._meta.db_table)
        if not rows_of_model.exists() and not changes_left.exists():
            for name in (self.name, *self.drawn):
                self.field.storage.delete(name)


def _stored_with(forgotten: Any) -> set[_Stored]:
    """The files that deleted rows of these changes named."""
    stored_files = set()
    for kind, model in recorded_kinds().items():
        fields = [field for field in model._meta.fields if isinstance(field, models.FileField)]
        if not fields:
            continue
        drawn_of: Any = getattr(model, "drawn_of", lambda row: [])
        for row in forgotten.filter(kind=kind, operation="deleted").values_list(
            "before", flat=True
        ):
            for field in fields:
                if row.get(field.column):
                    stored_files.add(_Stored(field, row[field.column], tuple(drawn_of(row))))
    return stored_files


def row_of(change: Change) -> Any:
    """The deleted item as an object, which is no longer in its table."""
    return rows.instance_of(recorded_kinds()[change.kind], change.before)
