"""python manage.py check_backup FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.backup.archive import check
from foundation.backup.refused import Refused


class Command(BaseCommand):
    """Read a backup to its last byte, with the key, and compare it with its own list."""

    help = "Reads a backup to its last byte and compares it with its own list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = check(file, settings.BACKUP_KEY)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: whole: {manifest.told()}.")
        for name, reason in sorted(manifest.faults.items()):
            self.stderr.write(f"When it was made, {name} was at fault: {reason}.")
