"""The drill: everything is backed up, an empty server takes it in, every row and byte is equal."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from foundation.backup.tables import LEFT_OUT
from foundation.server.postgres.server import embedded_server
from foundation.translations.catalogues import CHECKOUT
from tests import factories
from tests.foundation.backup.everything import (
    RECIPIENT,
    elsewhere,
    make_everything,
    numbering,
    rows,
)
from tests.migrated import copy_migrated

# What has rows only where a job waits, and tables of django-allauth that we have no use for.
EMPTY_HERE = {
    "account_emailaddress",
    "account_emailconfirmation",
    "django_tasks_database_dbtaskresult",
    "search_staleitem",
}


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py in another portal, whose data lie in a folder."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "SECRET_KEY": "another, which opens no session",
        "POSTGRES_DATA": str(folder / "postgres"),
        "MEDIA_ROOT": str(folder / "media"),
        "MEDIA_STORAGE": "",
        "PYTHONWARNINGS": "error",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)


def bytes_below(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.django_db(transaction=True)
def test_empty_server_takes_in_every_row_and_every_byte(
    settings, tmp_path, capsys, identity
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_RECIPIENT = [RECIPIENT]
    make_everything(seed=20181011)
    factories.make_login_link()
    call_command("backup", tmp_path / "backups")
    (file,) = (tmp_path / "backups").iterdir()
    assert f"{file}: checked and written: " in capsys.readouterr().out

    there = tmp_path / "another place"
    copy_migrated(there / "postgres")
    restored = manage(there, "restore", str(file), "--identity", str(identity))
    assert restored.returncode == 0, restored.stderr
    assert restored.stderr == ""

    assert bytes_below(there / "media") == bytes_below(tmp_path / "media")
    assert len(bytes_below(there / "media")) > 6
    with elsewhere(embedded_server(there / "postgres").folder()) as other:
        here, found = dict(rows(connection)), dict(rows(other))
        assert found.keys() == here.keys()
        assert {name for name in here if not here[name]} - LEFT_OUT <= EMPTY_HERE
        for table, expected in here.items():
            assert found[table] == ([] if table in LEFT_OUT else expected), table
        assert numbering(other) == numbering(connection)
        assert triggers(other) == triggers(connection)

    again = manage(there, "restore", str(file), "--identity", str(identity))
    assert again.returncode == 1
    assert "into an empty database only" in again.stderr
    checked = manage(there, "check_files")
    assert checked.returncode == 0, checked.stdout


def triggers(other: Any) -> list[tuple[str, str, str]]:
    """Table, name and state of every trigger: off, for clients, for replicas, or for all."""
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgname, tgenabled::text "
            "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal ORDER BY 1, 2"
        )
        return cursor.fetchall()
