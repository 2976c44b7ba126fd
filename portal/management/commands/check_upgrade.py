"""python manage.py check_upgrade"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.expand_contract import waiting_contractions


class Command(BaseCommand):
    """Say whether the waiting migrations can run while the former release still serves."""

    help = "Names what in the waiting migrations the release that is running cannot live with."

    def handle(self, *args: Any, **options: Any) -> None:
        found = waiting_contractions()
        for contraction in found:
            self.stdout.write(str(contraction))
        if found:
            raise CommandError("Stop the former release before `migrate`, or split this one.")
        self.stdout.write("The former release can go on serving while `migrate` runs.")
