"""python manage.py new_backup_identity FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.backup.sealing import new_identity


class Command(BaseCommand):
    """Make a pair of keys for backups: the private one into a new FILE, the public one told."""

    help = "Writes a private key for backups into a new FILE and prints the public one."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            recipient = new_identity(file)
        except OSError as error:
            raise CommandError(f"No key was made. {error}") from error
        self.stdout.write(f"BACKUP_RECIPIENT={recipient}")
        self.stderr.write(
            f"{file} opens the backups. Keep it, and a copy, where the server is not."
        )
