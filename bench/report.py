"""The report that benchmarks write: docs/performance.md, a section for each."""

import importlib.metadata
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


@dataclass(frozen=True)
class Result:
    """A promise, what was measured, and whether it is kept."""

    promise: str
    measured: str
    is_kept: bool


def section(
    heading: str, command: str, libraries: Sequence[str], results: Sequence[Result]
) -> list[str]:
    """The lines of a section: when, with what and on what it was measured, and the results."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in libraries)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return [
        f"## {heading}",
        "",
        f"Measured on {date.today().isoformat()} by `{command}`: "
        f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores, "
        f"load {load:.1f} at the end, other work going on at the same time counted in.",
        "",
        "| promise | measured | kept |",
        "|---|---|---|",
        *(
            f"| {one.promise} | {one.measured} | {'yes' if one.is_kept else 'NO'} |"
            for one in results
        ),
    ]


def write(lines: Sequence[str]) -> None:
    """Put a section into the report in the place of the last one with its heading."""
    report = REPORT.read_text("utf-8") if REPORT.exists() else "# Performance\n"
    before, _heading, rest = report.partition(f"{lines[0]}\n")
    after = re.search(r"^## ", rest, re.MULTILINE)
    tail = "\n" + rest[after.start() :] if after else ""
    REPORT.write_text(f"{before.rstrip()}\n\n" + "\n".join(lines) + f"\n{tail}", "utf-8")


def put_between(page: Path, mark: str, lines: Sequence[str]) -> None:
    """Put lines into a page between its comments `<!-- mark -->` and `<!-- /mark -->`."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, begun, rest = page.read_text("utf-8").partition(begin)
    _old, ended, after = rest.partition(end)
    if not (begun and ended):
        raise SystemExit(f"{page} has no place for the table ({begin} … {end}).")
    written = "\n".join([begin, "", *lines, "", end])
    page.write_text(f"{before}{written}{after}", "utf-8")
