"""The parts of run.py that need neither an installation nor a server."""

import ast
import os
import re
import socket
import stat
import sys
from pathlib import Path

import pytest

import run

PYPROJECT = """
[project]
dependencies = ["Django>=5.2,<5.3", "django_prose-editor[sanitize]>=0.28"]
[dependency-groups]
dev = ["pytest>=9"]
check = ["playwright>=1.58"]
"""
PIN = "{} \\\n    --hash=sha256:00ff\n"
LOCK = "".join(PIN.format(name) for name in ("django==5.2", "django-prose-editor==1", "pytest==9"))


def test_run_can_be_parsed_by_an_old_python():
    ast.parse(Path(run.__file__).read_text("utf-8"), feature_version=(3, 6))


def test_clean_environment_drops_another_projects_virtual_environment():
    foreign = {
        "VIRTUAL_ENV": "/elsewhere",
        "PYTHONPATH": "/elsewhere/lib",
        "PYTHONHOME": "/elsewhere",
        "GRANIAN_WORKERS": "8",
        "DJANGO_SETTINGS_MODULE": "elsewhere.settings",
        "DATABASE_URL": "postgres:///kept",
    }
    assert run.clean_environment(foreign) == {
        "DATABASE_URL": "postgres:///kept",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONUTF8": "1",
    }


def test_lock_stamp_follows_the_content():
    assert run.lock_stamp(b"django==5.2") == run.lock_stamp(b"django==5.2")
    assert run.lock_stamp(b"django==5.2") != run.lock_stamp(b"django==5.3")


@pytest.mark.parametrize(("installed", "asks"), [("this lock", 0), ("an older lock", 1)])
def test_install_happens_only_when_the_lock_has_changed(tmp_path, monkeypatch, installed, asks):
    lock, stamp = tmp_path / "requirements.lock", tmp_path / "stamp"
    asked: list[object] = []
    lock.write_text("this lock")
    stamp.write_text(run.lock_stamp(installed.encode()))
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "venv_works", lambda environment: True)
    monkeypatch.setattr(run, "install_with_pip", lambda environment, lock: asked.append(lock))
    run.install({"PATH": str(tmp_path)}, lock, stamp)
    assert asked == [lock] * asks
    assert stamp.read_text() == run.lock_stamp(b"this lock")


def test_python_without_venv_says_which_package_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "PYTHON", tmp_path / "missing")
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(run.Failure, match=r"install the package python3\.\d+-venv; or install uv"):
        run.install_with_pip({}, tmp_path / "requirements.lock")


def test_static_stamp_follows_names_and_content(tmp_path):
    folder = tmp_path / "portal" / "static" / "portal"
    folder.mkdir(parents=True)
    (folder / "site.css").write_text("body {}")
    stamps = [run.static_stamp(tmp_path), run.static_stamp(tmp_path)]
    (folder / "site.css").write_text("main {}")
    stamps.append(run.static_stamp(tmp_path))
    (folder / "site.css").rename(folder / "page.css")
    stamps.append(run.static_stamp(tmp_path))
    assert stamps[0] == stamps[1]
    assert len(set(stamps)) == 3


def test_secret_key_is_kept_and_private(tmp_path):
    path = tmp_path / "secret_key"
    key = run.secret_key(path)
    assert len(key) >= 50
    assert run.secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_port_is_8000_unless_named():
    assert run.port_number({}) == 8000
    assert run.port_number({"PORT": "8123"}) == 8123


@pytest.mark.parametrize("value", ["0", "65536", "http", "-1", "80 00", "٣"])
def test_port_that_is_none_is_refused_in_one_line(value):
    with pytest.raises(run.Failure, match=r"^PORT must be a number from 1 to 65535, not '.*'\.$"):
        run.port_number({"PORT": value})


def test_port_in_use_is_refused_in_one_line():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(run.Failure, match=rf"^Port {port} is in use\. .*PORT=\d+$"):
            run.refuse_port_in_use(port)
    run.refuse_port_in_use(port)


def test_child_does_not_outlive_its_block():
    with run.child([sys.executable, "-c", "import time; time.sleep(60)"], os.environ) as process:
        assert process.poll() is None
    assert process.poll() is not None


def test_unknown_verb_shows_the_verbs(capsys):
    assert run.main(["wash"]) == 2
    assert "python3 run.py demo" in capsys.readouterr().out


def test_lock_that_fits_has_no_findings():
    assert run.lock_findings(PYPROJECT, LOCK) == []


def test_lock_of_the_instruments_names_theirs_alone():
    assert run.lock_findings(PYPROJECT, PIN.format("playwright==1.58"), "check") == []
    assert run.lock_findings(PYPROJECT, LOCK, "check") == ["playwright is missing"]


def test_lock_of_the_instruments_pins_nothing_otherwise():
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))
        for lock in (run.LOCK, run.CHECK_LOCK)
    ]
    shared = pins[0].keys() & pins[1].keys()
    assert {name: pins[0][name] for name in shared} == {name: pins[1][name] for name in shared}


@pytest.mark.parametrize(
    ("lock", "finding"),
    [
        (LOCK.replace("pytest==9", "pluggy==9"), "pytest is missing"),
        (LOCK + "nh3==0.3\n", "nh3 has no hash"),
        (LOCK + PIN.format("nh3>=0.3"), "nh3 is not pinned to one version"),
        ("--index-url https://index.example/\n" + LOCK, "it names an address: --index-url https:"),
        (LOCK + "    # from https://index.example/\n", "it names an address: # from https:"),
    ],
)
def test_lock_that_does_not_fit_is_found(lock, finding):
    (found,) = run.lock_findings(PYPROJECT, lock)
    assert found.startswith(finding)
