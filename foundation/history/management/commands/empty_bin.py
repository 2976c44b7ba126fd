"""Empties the bin of what was deleted 180 days ago, and forgets what data on people once were."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.history import deletions


class Command(BaseCommand):
    """To be run every night."""

    help = "Removes what has lain in the bin for 180 days, and history of personal data as old."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deletions.empty()} changes forgotten.")
