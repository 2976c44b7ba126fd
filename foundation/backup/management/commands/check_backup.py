"""python manage.py check_backup FILE [--identity FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.backup.archive import check
from foundation.backup.refused import Refused
from foundation.backup.sealing import opened


class Command(BaseCommand):
    """Open a backup, read it to its last byte and compare it with its own list."""

    help = "Reads a backup to its last byte and compares it with its own list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="where the private key of it is"
        )

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            with opened(file, identity) as plain:
                manifest = check(plain)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: whole: {manifest.told()}.")
        for name, reason in sorted(manifest.faults.items()):
            self.stderr.write(f"When it was made, {name} was at fault: {reason}.")
