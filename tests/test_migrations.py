"""The release before goes on serving while `migrate` runs, so no migration takes away what it uses.

docs/deployment.md tells the rule (expand, then contract); django-migration-linter reads the SQL.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from foundation.translations.catalogues import CHECKOUT

pytestmark = pytest.mark.django_db

OURS = [
    app.label for app in apps.get_app_configs() if (CHECKOUT / app.name.partition(".")[0]).is_dir()
]
# Migrations that may do what the linter refuses, each with the reason. The initial ones make
# everything; no release ran before them.
ALLOWED = {
    "0002_functions": "made with the initial migrations, of 0.1.0",
}


def linter() -> MigrationLinter:
    """What it merely warns of is a lock for as long as an index is made: docs/deployment.md."""
    return MigrationLinter(
        no_cache=True,
        include_apps=OURS,
        ignore_initial_migrations=True,
        ignore_name=ALLOWED,
        quiet=["ok", "ignore", "warning"],
    )


def test_release_before_can_live_with_every_migration() -> None:
    lint = linter()
    lint.lint_all_migrations()
    assert lint.nb_total > 5
    assert not lint.has_errors, "see the output above: split it, or name it with the reason"


def test_every_exception_is_of_a_migration_that_there_is() -> None:
    names = {name for _app, name in MigrationLoader(connection).disk_migrations}
    assert ALLOWED.keys() <= names


@pytest.fixture
def trial(tmp_path: Path, monkeypatch, settings) -> Path:
    """A folder that takes the place of the portal's migrations, and makes one table."""
    folder = tmp_path / f"migrations_of_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    write(
        folder / "0001_before.py",
        "migrations.CreateModel('Thing', [('id', models.BigAutoField(primary_key=True)),"
        " ('note', models.TextField(null=True))])",
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"portal": folder.name}
    return folder


def write(path: Path, step: str, after: str = "[]") -> None:
    path.write_text(
        "from django.db import migrations, models\n\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = {after}\n"
        f"    operations = [{step}]\n"
    )


def reasons(folder: Path, step: str, capsys) -> list[str]:
    """What the linter has against a migration of this one step."""
    write(folder / "0002_step.py", step, after="[('portal', '0001_before')]")
    lint = linter()
    lint.lint_all_migrations("portal", "0002_step")
    assert lint.nb_total == 1
    told = capsys.readouterr().out.splitlines()
    assert lint.has_errors is bool(told)
    return [line.strip() for line in told[1:]]


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("AddField('thing', 'size', models.IntegerField())", "NOT NULL"),
        ("AddField('thing', 'size', models.IntegerField(default=1))", "NOT NULL"),
        ("AlterField('thing', 'note', models.TextField())", "NOT NULL"),
        ("RemoveField('thing', 'note')", "DROPPING columns (table: portal_thing, column: note)"),
        ("RenameField('thing', 'note', 'remark')", "RENAMING columns"),
        ("DeleteModel('Thing')", "DROPPING table"),
        ("RenameModel('Thing', 'Matter')", "RENAMING tables"),
        ("AlterModelTable('Thing', 'matter')", "RENAMING tables"),
        ("RunSQL('ALTER TABLE portal_thing DROP COLUMN note')", "DROPPING columns"),
        ("SeparateDatabaseAndState([migrations.RemoveField('thing', 'note')])", "DROPPING columns"),
    ],
)
def test_step_that_the_release_before_cannot_live_with_is_refused(
    trial, capsys, step: str, reason: str
) -> None:
    assert any(line.startswith(reason) for line in reasons(trial, f"migrations.{step}", capsys))


@pytest.mark.parametrize(
    "step",
    [
        "AddField('thing', 'size', models.IntegerField(null=True))",
        "AddField('thing', 'size', models.IntegerField(db_default=1))",
        "AddField('thing', 'others', models.ManyToManyField('portal.Thing'))",
        "CreateModel('Matter', [('id', models.BigAutoField(primary_key=True))])",
        "AddIndex('thing', models.Index(fields=['note'], name='by_note'))",
        "AddConstraint('thing', models.CheckConstraint("
        "condition=models.Q(note__isnull=False), name='thing_has_a_note'))",
        "RunSQL('CREATE FUNCTION told(note text) RETURNS boolean LANGUAGE sql AS"
        " $$ SELECT note IS NOT NULL $$', 'DROP FUNCTION told')",
        "SeparateDatabaseAndState([], [migrations.RemoveField('thing', 'note')])",
    ],
)
def test_step_that_the_release_before_does_not_notice_is_let_through(
    trial, capsys, step: str
) -> None:
    assert reasons(trial, f"migrations.{step}", capsys) == []
