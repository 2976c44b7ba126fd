"""python3 run.py catalogues update|check|compile"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.translations import catalogues


class Command(BaseCommand):
    """Collect, check or compile the Swedish and Finnish texts of the user interface."""

    help = "Collects, checks or compiles the Swedish and Finnish texts of the user interface."
    # One of the checks is that the catalogues are compiled, which is what this command does.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        update = verbs.add_parser("update", help="bring the .po files in line with the source")
        update.add_argument("--prune", action="store_true", help="remove the obsolete entries")
        verbs.add_parser("check", help="fail on any defect, one line for each")
        verbs.add_parser("compile", help="write the .mo files that are missing or out of date")

    def handle(self, *args: Any, verb: str, prune: bool = False, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        try:
            if verb == "update":
                self.report_counts(catalogues.update(root, prune=prune))
            elif verb == "check":
                self.report_findings(catalogues.check(root))
            else:
                catalogues.compile_stale(root)
        except catalogues.CatalogueError as error:
            raise CommandError(str(error)) from error

    def report_counts(self, counts: dict[str, dict[str, int]]) -> None:
        """Print what each catalogue holds and what is left to translate."""
        for language, numbers in counts.items():
            shown = ", ".join(f"{number} {name}" for name, number in numbers.items())
            self.stdout.write(f"{language}: {shown}")

    def report_findings(self, findings: list[str]) -> None:
        """Print the findings and fail when there is one."""
        for line in findings:
            self.stdout.write(line)
        if findings:
            raise CommandError(f"The catalogues have {len(findings)} defects.")
        self.stdout.write("The catalogues are complete.")
