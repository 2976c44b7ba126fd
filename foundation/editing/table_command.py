"""Commands that take in a table as the admin does, for who has a shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.editing.table_exchange import Table, take_in
from foundation.editing.table_import import Refused


class TableCommand(BaseCommand):
    """Take in a table from a CSV file or workbook, whole or not at all, and say what it did."""

    help = "Takes in a table from a CSV file or an Excel workbook, whole or not at all."
    table: Table
    default_file: Path | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        optional: dict[str, Any] = {"nargs": "?", "default": self.default_file}
        parser.add_argument("file", type=Path, **(optional if self.default_file else {}))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                plan = take_in(self.table, source)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}) from error
        except Refused as refusal:
            raise CommandError(f"{refusal}\n{_('Nothing was imported.')}") from refusal
        for change in plan.changes:
            if change.verb == "removed":
                self.stdout.write(f"{change.about}: {change.word}")
        self.stdout.write(
            _(
                "%(new)d new, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged, "
                "%(untouched)d not in the file and left as they were."
            )
            % plan.counts
        )
