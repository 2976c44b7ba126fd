"""python manage.py delete_old_audit_entries"""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from foundation.accounts.models import AUDIT_DAYS, AuditEntry
from foundation.accounts.sessions import forget_ended_sessions


class Command(BaseCommand):
    """To be run every night."""

    help = "Deletes entries of the audit trail after a year, and what is left of ended sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        then = timezone.now() - timedelta(days=AUDIT_DAYS)
        entries, _by_model = AuditEntry.objects.filter(at__lt=then).delete()
        sessions = forget_ended_sessions()
        self.stdout.write(f"{entries} entries and {sessions} sessions deleted.")
