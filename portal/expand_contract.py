"""Which waiting migrations the code that is running now could not live with.

While a release is put in the place of another, both run for some seconds against one database. So
a release first adds (expands) and a later one takes away (contracts), when nothing asks for it any
more; docs/deployment.md tells the rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models
from django.db.migrations import operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

TAKES_AWAY = {
    operations.RemoveField: "takes a column away",
    operations.RenameField: "gives a column another name",
    operations.DeleteModel: "takes a table away",
    operations.RenameModel: "gives a table another name",
    operations.AlterModelTable: "gives a table another name",
}


@dataclass(frozen=True)
class Contraction:
    """A step of a migration that code from before it cannot live with, and why."""

    migration: str
    step: str
    reason: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.step}: {self.reason}"


def waiting_contractions() -> list[Contraction]:
    """Those of the migrations that this database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    applied = executor._create_project_state(with_applied_migrations=True)
    state = applied.clone()
    found: list[Contraction] = []
    for migration, _is_backwards in plan:
        found += contractions(migration, state, applied)
        state = migration.mutate_state(state, preserve=False)
    return found


def contractions(
    migration: Migration, state: ProjectState, applied: ProjectState
) -> Iterator[Contraction]:
    """Those of one migration, which begins with the models as in `state`.

    Old code knows the models as in `applied`: what is done to any other table it does not notice.
    """
    name = f"{migration.app_label}.{migration.name}"
    for operation in _flat(migration.operations):
        is_known = (migration.app_label, _model_of(operation)) in applied.models
        reason = _reason(operation, migration.app_label, state)
        if reason and is_known:
            yield Contraction(name, operation.describe(), reason)


def _flat(steps: Sequence[Operation]) -> Iterator[Operation]:
    """The steps that change the database, without those for Django's eyes only."""
    for step in steps:
        if isinstance(step, operations.SeparateDatabaseAndState):
            yield from _flat(step.database_operations)
        else:
            yield step


def _model_of(operation: Operation) -> str:
    names = (getattr(operation, name, "") for name in ("model_name", "old_name", "name"))
    return next((str(name).lower() for name in names if name), "")


def _reason(operation: Operation, app_label: str, state: ProjectState) -> str:
    for kind, reason in TAKES_AWAY.items():
        if isinstance(operation, kind):
            return reason
    if isinstance(operation, operations.AddField):
        field = operation.field
        is_column = not isinstance(field, models.ManyToManyField)
        if is_column and not field.null and not _has_own_value(field):
            return "old code writes rows without it: give it a db_default, or let it be null"
    if isinstance(operation, operations.AlterField):
        model = state.models.get((app_label, operation.model_name_lower))
        before = model.fields.get(operation.name) if model else None
        if before is not None and before.null and not operation.field.null:
            return "old code may write rows without it"
    return ""


def _has_own_value(field: models.Field) -> bool:
    """Whether the database itself fills the column in."""
    return field.generated or field.db_default is not NOT_PROVIDED
