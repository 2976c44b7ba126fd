"""python manage.py import_content FOLDER [--replace]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.transfer.importing import import_content
from portal.transfer.manifest import Refused


class Command(BaseCommand):
    """Take in what export_content wrote, whole or not at all."""

    help = "Takes in what export_content wrote, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="remove the content that the portal holds, and take this in its place",
        )

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = import_content(folder, replace=replace)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables.values())
        told = {"rows": rows, "files": len(manifest.files)}
        self.stdout.write(_("Rows: %(rows)d. Files: %(files)d.") % told)
