"""python manage.py restore FILE [--identity FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.backup.refused import Refused
from foundation.backup.restoring import restore
from foundation.server.graceful_exit import graceful_exit


class Command(BaseCommand):
    """Take a backup into an empty database and an empty storage, whole or not at all."""

    help = "Takes a backup into an empty database and an empty storage, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="where the private key of it is"
        )

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            with graceful_exit():
                manifest = restore(file, identity)
        except (Refused, OSError) as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(f"Restored and compared: {manifest.told()}.")
        for name, reason in sorted(manifest.faults.items()):
            self.stderr.write(f"Already when the backup was made, {name} was at fault: {reason}.")
