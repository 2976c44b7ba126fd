"""Which steps of a migration the code from before it cannot live with."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from portal.expand_contract import contractions


def found(*steps: migrations.operations.base.Operation) -> list[str]:
    """The reasons against these steps, for a table with a text that may be null."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("note", models.TextField(null=True))]
    state.add_model(ModelState("portal", "Thing", fields))
    migration = migrations.Migration("0002_of_a_test", "portal")
    migration.operations = list(steps)
    return [str(one) for one in contractions(migration, state, state)]


@pytest.mark.parametrize(
    "step",
    [
        migrations.RemoveField("thing", "note"),
        migrations.RenameField("thing", "note", "remark"),
        migrations.RenameModel("Thing", "Matter"),
        migrations.DeleteModel("Thing"),
        migrations.AlterModelTable("Thing", "matter"),
        migrations.AddField("thing", "size", models.IntegerField()),
        migrations.AddField("thing", "size", models.IntegerField(default=1)),
        migrations.AlterField("thing", "note", models.TextField()),
        migrations.SeparateDatabaseAndState([migrations.RemoveField("thing", "note")]),
    ],
    ids=lambda step: step.__class__.__name__,
)
def test_step_that_old_code_cannot_live_with_is_named(step) -> None:
    (told,) = found(step)
    assert told.startswith("portal.0002_of_a_test: ")


@pytest.mark.parametrize(
    "step",
    [
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "size", models.IntegerField(db_default=1)),
        migrations.AddField("thing", "others", models.ManyToManyField("portal.Thing")),
        migrations.AlterField("thing", "note", models.CharField(max_length=9, null=True)),
        migrations.AddIndex("thing", models.Index(fields=["note"], name="by_note")),
        migrations.SeparateDatabaseAndState([], [migrations.RemoveField("thing", "note")]),
    ],
    ids=lambda step: step.__class__.__name__,
)
def test_step_that_old_code_does_not_notice_is_fine(step) -> None:
    assert found(step) == []


def test_column_of_a_table_that_is_new_itself_is_fine() -> None:
    fields = [("id", models.BigAutoField(primary_key=True))]
    create = migrations.CreateModel("Matter", fields)
    assert found(create, migrations.AddField("matter", "size", models.IntegerField())) == []


@pytest.mark.django_db
def test_portal_without_waiting_migrations_can_be_upgraded() -> None:
    said = StringIO()
    call_command("check_upgrade", stdout=said)
    assert "can go on serving" in said.getvalue()
