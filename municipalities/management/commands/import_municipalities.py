"""python manage.py import_municipalities [FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.editing.table_import import Refused
from municipalities.register import REGISTER, import_register


class Command(BaseCommand):
    """Take in the register of municipalities from a CSV file, whole or not at all."""

    help = "Takes in the register of municipalities from a CSV file, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=REGISTER,
            help="default: the portal's own register",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                outcome = import_register(source)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}) from error
        except Refused as refusal:
            raise CommandError(f"{refusal}\n{_('Nothing was imported.')}") from refusal
        self.stdout.write(
            _("Municipalities: %(created)d new, %(changed)d changed, %(unchanged)d unchanged.")
            % vars(outcome)
        )
