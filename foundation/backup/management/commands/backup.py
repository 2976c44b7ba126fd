"""python manage.py backup FOLDER|- [--keep N]"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.backup.manifest import Manifest
from foundation.backup.refused import Refused
from foundation.backup.writing import back_up_into, back_up_to, forget_older_than
from foundation.server.graceful_exit import graceful_exit


class Command(BaseCommand):
    """Write database and files into one file, check it, and seal it for BACKUP_RECIPIENT."""

    help = (
        "Writes all rows and files into one new file of FOLDER, or with - to standard output; "
        "reads it to its last byte and seals it where BACKUP_RECIPIENT is set."
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
                manifest = back_up_to(sys.stdout.buffer, settings.BACKUP_RECIPIENT)
                sys.stdout.buffer.flush()
                self.stderr.write(f"Checked and written: {manifest.told()}.")
            else:
                with graceful_exit():
                    path, manifest = back_up_into(Path(folder), settings.BACKUP_RECIPIENT)
                self.stdout.write(f"{path}: checked and written: {manifest.told()}.")
        except (Refused, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        if not settings.BACKUP_RECIPIENT:
            self.stderr.write("It is not sealed: BACKUP_RECIPIENT is not set.")
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
