"""The night's work: one part that fails stops no other, and is named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import nightly
from portal.management.commands.nightly import COMMANDS, OF_A_WORKER
from tests import factories


@pytest.mark.django_db
def test_every_part_runs_though_one_fails(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = factories.make_material_file()
    file.file.storage.delete(str(file.file.name))
    said, told = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"^Failed: .*\bcheck_files\b"):
        call_command("nightly", stdout=said, stderr=told)
    headings = [line[:-1] for line in said.getvalue().splitlines() if line[:-1] in COMMANDS]
    assert headings == list(COMMANDS)
    assert "check_files: 1 of 1 public files are not what they were." in told.getvalue()


@pytest.mark.parametrize(("jobs", "more"), [("at-once", ()), ("worker", OF_A_WORKER)])
def test_results_of_jobs_are_cleared_where_a_worker_leaves_them(settings, jobs, more) -> None:
    settings.JOBS = jobs
    said = StringIO()
    call_command("nightly", list=True, stdout=said)
    assert said.getvalue().split() == [*COMMANDS, *more]


@pytest.mark.django_db
def test_part_that_there_is_not_is_named(monkeypatch) -> None:
    monkeypatch.setattr(nightly, "COMMANDS", ("no_such_command", "clearsessions"))
    told = StringIO()
    with pytest.raises(CommandError, match=r"^Failed: no_such_command\.$"):
        call_command("nightly", stdout=StringIO(), stderr=told)
    assert "no_such_command: Unknown command" in told.getvalue()
