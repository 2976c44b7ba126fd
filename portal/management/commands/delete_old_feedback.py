"""Deletes what readers wrote a year after it was answered, as the privacy notice promises."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.models import Feedback
from publications.models import AdoptionRequest

KEPT = timedelta(days=365)  # after the answer; the privacy notice says so


class Command(BaseCommand):
    """To be run every night."""

    help = "Deletes feedback answered, and requests confirmed, more than a year ago."

    def handle(self, *args: Any, **options: Any) -> None:
        then = timezone.now() - KEPT
        count, _by_model = Feedback.objects.filter(answered_at__lt=then).delete()
        requests, _by_model = AdoptionRequest.objects.filter(confirmed_at__lt=then).delete()
        count += requests
        self.stdout.write(f"{count} messages deleted.")
