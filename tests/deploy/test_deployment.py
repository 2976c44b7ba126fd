"""Every step of the image and of the units is a command that works, in a fresh copy as well."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from foundation.translations.catalogues import CHECKOUT
from portal.management.commands.nightly import COMMANDS, OF_A_WORKER

DEPLOY = CHECKOUT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
UNITS = sorted((DEPLOY / "systemd").iterdir())
SETTINGS = (CHECKOUT / "docs" / "settings.md").read_text("utf-8")
OPERATIONS = (CHECKOUT / "docs" / "operations.md").read_text("utf-8")
SECRET = re.compile(r"(?i)\b\w*(secret|password|key|token)\w*=(?!for-this-step-only\b)(\S+)")
PYTHON = ".venv/bin/python"


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction of a Containerfile with what follows it, its lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", text))
    found = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [(name, rest) for name, rest in found]


def steps() -> list[str]:
    """What the image's building and running, the compose file and the units run with our Python."""
    lines = [rest for name, rest in instructions(CONTAINERFILE) if name in ("RUN", "CMD")]
    lines += re.findall(r"(?m)^\s+command: (.+)$", COMPOSE)
    lines += [
        line.partition("=")[2]
        for unit in UNITS
        for line in unit.read_text("utf-8").splitlines()
        if line.startswith("ExecStart=")
    ]
    commands = [" ".join(ast.literal_eval(line)) if line[0] == "[" else line for line in lines]
    return [command.replace("/opt/portal/", "") for command in commands if PYTHON in command]


def test_steps_are_found() -> None:
    assert len(steps()) >= 10


@pytest.mark.parametrize("step", sorted(set(steps())))
def test_step_names_a_command_that_there_is(settings, step: str) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # JOBS=worker
    words = [word for word in shlex.split(step) if "=" not in word]
    assert words[0] == PYTHON
    if words[1] == "manage.py":
        app = get_commands()[words[2]]
        command = app if not isinstance(app, str) else load_command_class(app, words[2])
        command.create_parser("manage.py", words[2]).parse_args(words[3:])
    else:
        assert words[1] == "-m"
        assert find_spec(words[2])


def test_nightly_names_commands_that_there_are_and_that_the_documents_tell_of() -> None:
    assert {*COMMANDS, *OF_A_WORKER} <= get_commands().keys()
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", OPERATIONS)] == []


def copied(folder: Path) -> Path:
    """The checkout as it would be built from: what git knows of, and new files."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith(("tests/", "bench/", "checks/")) and (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, folder / name)
    return folder


@pytest.mark.skipif(not (CHECKOUT / ".git").exists(), reason="this is no checkout of git")
def test_image_is_built_by_commands_that_work_in_a_fresh_folder(tmp_path: Path) -> None:
    """Every RUN of the first stage but the installation, which would fetch every package anew."""
    folder = copied(tmp_path / "opt portal")
    build = CONTAINERFILE.split("\nFROM ")[1]
    commands = [rest for name, rest in instructions("FROM " + build) if name == "RUN"]
    assert len(commands) == 5
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if "-packages" in path)
    for command in commands[2:]:
        here = command.replace(PYTHON, shlex.quote(sys.executable))
        ran = subprocess.run(
            ["sh", "-c", here], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
    assert (folder / "staticfiles/staticfiles.json").exists()
    assert list((folder / "staticfiles").rglob("*.gz"))
    assert list((folder / "locale").rglob("*.mo"))
    assert not (folder / ".local").exists()


def test_image_installs_the_lock_with_its_hashes_and_runs_without_rights() -> None:
    found = instructions(CONTAINERFILE)
    assert any("--require-hashes -r requirements.lock" in rest for _name, rest in found)
    assert ("USER", "10001") in found
    assert [rest for name, rest in found if name == "FROM" and " AS " not in rest] == []


@pytest.mark.parametrize(
    "path", [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()], ids=lambda p: p.name
)
def test_nothing_to_deploy_with_holds_a_secret(path: Path) -> None:
    assert SECRET.findall(path.read_text("utf-8")) == []


def test_secret_would_be_found() -> None:
    assert SECRET.findall("ENV SECRET_KEY=abc")
    assert SECRET.findall("POSTGRES_PASSWORD=abc")


def test_image_leaves_out_what_is_secret_or_of_this_machine() -> None:
    ignored = (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines()
    # As Docker reads them: without ** a pattern is about the top folder only.
    assert {".git", ".local", ".venv", "**/*.env", "**/.env", "deploy/tls"} <= set(ignored)


def test_secrets_beside_the_compose_file_are_not_committed() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/deploy/*.env", "/deploy/tls/"} <= set(ignored)


@pytest.mark.parametrize("service", ["web", "worker"])
def test_container_cannot_change_itself(service: str) -> None:
    shared = COMPOSE.partition("\nservices:")[0]
    for line in ("read_only: true", "cap_drop: [ALL]", 'user: "10001:10001"', "no-new-privileges"):
        assert line in shared
    block = re.search(rf"(?m)^  {service}:\n(?:    .*\n)+", COMPOSE)
    assert block and "<<: *portal" in block[0]


def test_example_of_the_environment_names_settings_that_there_are() -> None:
    text = (DEPLOY / "portal.env.example").read_text("utf-8")
    names = re.findall(r"(?m)^([A-Z_]+)=", text)
    assert len(names) > 8
    assert [name for name in names if f"`{name}`" not in SETTINGS] == []


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"),
    reason="systemd-analyze is not installed: the units are NOT TESTED",
)
def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    program = tmp_path / ".venv/bin/python"
    program.parent.mkdir(parents=True)
    program.symlink_to(sys.executable)
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/portal", str(tmp_path))
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / unit.name) for unit in UNITS]
    ran = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    own = [line for line in ran.stderr.splitlines() if line.startswith((str(tmp_path), "portal-"))]
    assert ran.returncode == 0, ran.stderr
    assert own == []


def test_units_give_no_more_rights_than_needed() -> None:
    services = [unit.read_text("utf-8") for unit in UNITS if unit.suffix == ".service"]
    assert len(services) == 4
    for text in services:
        for line in ("User=portal", "ProtectSystem=strict", "NoNewPrivileges=yes"):
            assert f"\n{line}\n" in text
        assert "\nCapabilityBoundingSet=\n" in text
