"""python manage.py reindex [TABLE ...]"""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.search.declarations import declared
from foundation.search.indexing import bring_up_to_date, reindex


class Command(BaseCommand):
    """Read everything searchable anew, batch by batch, while search goes on answering."""

    help = "Reads everything searchable anew, while search goes on answering."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", metavar="TABLE", help="only these content types")
        parser.add_argument(
            "--stale", action="store_true", help="only what is noted as out of date"
        )

    def handle(self, *args: Any, kinds: list[str], stale: bool, **options: Any) -> None:
        if unknown := set(kinds) - set(declared()):
            raise CommandError(f"Not searchable: {', '.join(sorted(unknown))}.")
        if stale:
            self.stdout.write(f"{bring_up_to_date()} items were out of date.")
            return
        total, start = 0, monotonic()
        for one, count in reindex(kinds or None):
            self.stdout.write(f"{one.kind}: {count}")
            total += count
        seconds = monotonic() - start
        self.stdout.write(f"{total} items in {seconds:.1f} s, {total / max(seconds, 0.001):.0f}/s")
