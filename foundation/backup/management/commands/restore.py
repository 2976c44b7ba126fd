"""python manage.py restore FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.backup.refused import Refused
from foundation.backup.restoring import restore
from foundation.server.graceful_exit import graceful_exit


class Command(BaseCommand):
    """Take a backup into an empty database and an empty storage, whole or not at all."""

    help = "Takes a backup into an empty database and an empty storage, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with graceful_exit():
                manifest = restore(file, settings.BACKUP_KEY)
        except (Refused, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(f"Restored and compared: {manifest.told()}.")
        for name, reason in sorted(manifest.faults.items()):
            self.stderr.write(f"Already when the backup was made, {name} was at fault: {reason}.")
