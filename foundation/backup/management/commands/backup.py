"""python manage.py backup FOLDER|- [--keep N]"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.backup.manifest import Manifest
from foundation.backup.refused import Refused
from foundation.backup.writing import back_up, back_up_into, forget_older_than
from foundation.server.graceful_exit import graceful_exit


class Command(BaseCommand):
    """Write database and files into one file, encrypted with BACKUP_KEY, and check it."""

    help = (
        "Writes all rows and files into one new file of FOLDER, encrypted where BACKUP_KEY is set, "
        "and reads it again; with - to standard output, unread."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="after a backup without faults, delete all but the N newest of FOLDER",
        )

    def handle(self, *args: Any, folder: str, keep: int | None, **options: Any) -> None:
        if keep is not None and (keep < 1 or folder == "-"):
            raise CommandError("--keep is a number from 1, of a folder.")
        try:
            if folder == "-":
                manifest = back_up(sys.stdout.buffer, settings.BACKUP_KEY)
                sys.stdout.buffer.flush()
                self.stderr.write(f"Written, but not checked: {manifest.told()}.")
            else:
                with graceful_exit():
                    path, manifest = back_up_into(Path(folder), settings.BACKUP_KEY)
                self.stdout.write(f"{path}: written and checked: {manifest.told()}.")
        except (Refused, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        if not settings.BACKUP_KEY:
            self.stderr.write("It is not encrypted: BACKUP_KEY is not set.")
        _tell_faults(self, manifest)
        if keep is not None:
            for old in forget_older_than(Path(folder), keep):
                self.stdout.write(f"{old}: deleted.")


def _tell_faults(command: BaseCommand, manifest: Manifest) -> None:
    """Name each file that is not as it should be; the backup holds all the rest."""
    for name, reason in sorted(manifest.faults.items()):
        command.stderr.write(f"{name}: {reason}.")
    if manifest.faults:
        raise CommandError(
            f"The backup holds everything else, but {len(manifest.faults)} files are at fault."
        )
