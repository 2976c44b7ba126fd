"""Serves the portal from a folder that goes away, and puts the instruments to it.

python3 run.py check               everything this machine has the tools for
python3 run.py check --write       and write the numbers to docs/quality.md
python3 run.py check --approve     and approve the pictures, once somebody has looked at them
python3 run.py check ARGUMENT...   some of it: the arguments go to pytest
"""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import run
from checks import quality

CHECKS = Path(__file__).parent
NODE_MODULES = CHECKS / "node_modules"
NODE_STAMP = NODE_MODULES / "installed-lock.sha256"
SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings"}
OLDEST_NODE = 18
# Where the numbers go: of some tests, and of all, those beside others and those alone.
SOME, WHOLE = "results-of-some", ("results", "results-alone")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def tools() -> tuple[dict[str, str], list[str]]:
    """The programs found, as environment variables, and what stays unchecked without the others."""
    found, missing = {}, []
    programs = [os.environ.get("CHROMIUM", ""), *map(str, map(shutil.which, CHROMIUMS)), *PATHS]
    chromium = next((one for one in programs if one and Path(one).exists()), None)
    if importlib.util.find_spec("playwright") is None:
        missing.append("any page in a browser: there is no Playwright for this system")
    elif chromium is None:
        missing.append("any page in a browser: install Chromium (on Debian: chromium)")
    else:
        found["CHECK_CHROMIUM"] = chromium
    if node := node_with_packages():
        found["CHECK_NODE"] = node
    else:
        missing.append(
            f"accessibility rules, HTML, CSS and speed: install Node.js ≥ {OLDEST_NODE} and npm"
        )
    java = shutil.which("java")
    if java and run.succeeds([java, "-version"], os.environ):
        found["CHECK_JAVA"] = java
    else:
        missing.append("HTML: install Java (on Debian: default-jre-headless)")
    return found, missing


def node_with_packages() -> str | None:
    """Node.js, once the packages of package-lock.json stand beside it; None where they cannot."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    if int(version.strip().removeprefix("v").partition(".")[0] or 0) < OLDEST_NODE:
        return None
    wanted = hashlib.sha256((CHECKS / "package-lock.json").read_bytes()).hexdigest()
    if not NODE_STAMP.exists() or NODE_STAMP.read_text("utf-8") != wanted:
        run.say("Installing the instruments …")
        quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts"]
        if run.run([npm, "ci", "--prefix", CHECKS, *quiet], os.environ) != 0:
            return None
        NODE_STAMP.write_text(wanted, "utf-8")
    return node


@contextmanager
def portal() -> Iterator[dict[str, str]]:
    """The portal with its demo content, as the demo serves it; yields its environment.

    Two editors and two members are logged in to it.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="portal-check-")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        **run.demo_settings(port),
        "POSTGRES_DATA": f"{folder}/postgres",
        "MEDIA_ROOT": f"{folder}/media",
    }
    shutil.rmtree(quality.FOLDER, ignore_errors=True)  # what the last time left
    try:
        run.say("Preparing a portal …")
        run.run([run.PYTHON, "-m", "tests.migrated", environment["POSTGRES_DATA"]], environment)
        run.step("", ["migrate", "--noinput", "--verbosity", "0"], environment)
        run.step("", ["load_demo_content"], environment)
        for preparation in ("checks.editors", "checks.staff_pages"):
            run.run([run.PYTHON, "-m", preparation], {**environment, **SETTINGS})
        run.collect_static_files(environment)
        with run.child(run.server_command(port), environment) as server:
            run.wait_for_answer(server, port)
            yield {**environment, "CHECKED_PORTAL": f"http://127.0.0.1:{port}"}
    finally:
        # The database's keeper may still be writing its last words.
        shutil.rmtree(folder, ignore_errors=True)


def pytest(results: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run a part of the instruments; their numbers go to .local/checks/."""
    command = [run.PYTHON, "-m", "pytest", "-q", "--tb=short", *arguments]
    return run.run(command, {**environment, "CHECK_RESULTS": results})


def check(arguments: list[str], found: dict[str, str]) -> bool:
    """Serve, crawl, measure; whether everything that could be checked is well."""
    with portal() as served:
        environment, address = {**served, **found}, served["CHECKED_PORTAL"]
        run.say("Reading every page …")
        if run.run([run.PYTHON, "-m", "checks.crawl", address], environment) != 0:
            return False
        if arguments:
            return pytest(SOME, arguments, environment) == 0
        share = ["-n", "auto", "--maxprocesses", "4"]
        well = pytest(WHOLE[0], [*share, "-m", "not alone", str(CHECKS)], environment) == 0
        # Nothing runs beside what measures time.
        return pytest(WHOLE[1], ["-m", "alone", str(CHECKS)], environment) == 0 and well


def main(arguments: list[str]) -> int:
    """Check, say what is not as promised and what could not be checked; 1 if either matters."""
    options = {"--write", "--approve"}
    asked = options & set(arguments)
    rest = [one for one in arguments if one not in options]
    found, missing = tools()
    well = check(rest, found)
    results = quality.Results.read(*([SOME] if rest else WHOLE))
    for line in results.changed:
        run.say(f"Looks different: {line}")
    if not rest:
        if "--approve" in asked:
            results.approve()
        if "--write" in asked:
            quality.write(results, found, missing)
    for what in missing:
        run.say(f"NOT CHECKED: {what}")
    run.say("All that was checked is well." if well else "Not everything is well; see above.")
    return 0 if well and not (missing and os.environ.get("CI") == "true") else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except run.Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
