"""python manage.py import_participations FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.editing.table_import import Refused
from projects.models import Project
from projects.participations import Outcome, import_participations


class Command(BaseCommand):
    """Take in who takes part in the project from a CSV file, whole or not at all."""

    help = (
        "Takes in who takes part in the project from a CSV file, whole or not at all. "
        "The example network, if there is one, is removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        project: Any = Project.objects.published().first() or Project.objects.first()
        if not project:
            raise CommandError(
                _("There is no project yet. Load the starter content, or create the project first.")
            )
        try:
            with file.open("rb") as source:
                self.report(import_participations(source, project))
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}) from error
        except Refused as refusal:
            raise CommandError(f"{refusal}\n{_('Nothing was imported.')}") from refusal

    def report(self, outcome: Outcome) -> None:
        """Print what the import did, and what it left as it was."""
        self.stdout.write(
            _("Participations: %(created)d new, %(replaced)d replaced, %(unchanged)d unchanged.")
            % vars(outcome)
        )
        for actor in outcome.new_actors:
            self.stdout.write(_("New regional actor: %(name)s.") % {"name": actor})
        if outcome.examples_removed:
            self.stdout.write(
                _("The example network was removed; participations in it: %(count)d.")
                % {"count": outcome.examples_removed}
            )
        if outcome.not_in_file:
            self.stdout.write(
                _("Participations of parties not in the file, left as they were: %(count)d.")
                % {"count": outcome.not_in_file}
            )
