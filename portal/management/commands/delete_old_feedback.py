"""Deletes readers' messages a year after they were answered, as the privacy notice promises."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.models import Feedback

KEPT = timedelta(days=365)  # after the answer; the privacy notice says so


class Command(BaseCommand):
    """To be run every night."""

    help = "Deletes feedback that was answered more than a year ago."

    def handle(self, *args: Any, **options: Any) -> None:
        old = Feedback.objects.filter(answered_at__lt=timezone.now() - KEPT)
        count, _by_model = old.delete()
        self.stdout.write(f"{count} messages deleted.")
