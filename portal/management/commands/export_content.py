"""python manage.py export_content FOLDER"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.transfer.exporting import export_content
from portal.transfer.manifest import Refused


class Command(BaseCommand):
    """Write all content, with its files, into an empty folder."""

    help = "Writes all content, with its files, into an empty folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest, missing = export_content(folder)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(table.rows for table in manifest.tables.values())
        told = {"rows": rows, "files": len(manifest.files)}
        self.stdout.write(_("Rows: %(rows)d. Files: %(files)d.") % told)
        for name in missing:
            self.stderr.write(
                _("A row names a file that the storage lacks: %(name)s") % {"name": name}
            )
