"""python manage.py measure_search FOLDER [--write FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.golden import measure, read_pairs, table

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


class Command(BaseCommand):
    """Ask the golden pairs of search and of what PostgreSQL has itself; writes the table."""

    help = "Asks the golden pairs of this search, of PostgreSQL's own and of trigrams."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where sv.toml and fi.toml are")
        parser.add_argument("--write", type=Path, help="a Markdown file that holds the table")

    def handle(self, *args: Any, folder: Path, write: Path | None, **options: Any) -> None:
        measured = measure(read_pairs(folder))
        lines = list(table(measured))
        self.stdout.write("\n".join(lines))
        for pair in measured.failed:
            self.stdout.write(f"{pair.language} {pair.kind}: {pair.question} → {pair.text}")
        if write:
            before, mark, rest = write.read_text("utf-8").partition(BEGIN)
            _old, end_mark, after = rest.partition(END)
            if not (mark and end_mark):
                raise CommandError(f"{write} has no place for the table ({BEGIN} … {END}).")
            written = "\n".join([BEGIN, "", *lines, "", END])
            write.write_text(f"{before}{written}{after}", "utf-8")
