"""Writes to members whose membership ends within a month; once for each end. Run every night."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.letters import due_for_a_reminder, on_the_site, remind


class Command(BaseCommand):
    """Remind members that their membership ends soon."""

    help = "Mails members whose membership ends within 30 days; each end once."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = due_for_a_reminder()
        if waiting and not settings.SITE_URL:
            raise CommandError("Set SITE_URL: the letters tell the address of the site.")
        sent = sum(remind(membership, on_the_site) for membership in waiting)
        if sent < len(waiting):
            failed = len(waiting) - sent
            raise CommandError(f"{failed} of {len(waiting)} letters did not leave; run it again.")
        self.stdout.write(f"{sent} members were reminded.")
