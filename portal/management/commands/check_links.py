"""Tries, every night for example, the links in public texts, and tells owners what is broken."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.broken_links import check, confirmed, report


class Command(BaseCommand):
    """What fails on two different days is mailed once to whoever answers for the text."""

    help = "Tries every link in public texts and mails owners of links that failed on two days."

    def handle(self, *args: Any, **options: Any) -> None:
        tried, failed = check()
        sent = report()
        self.stdout.write(
            f"{tried} links tried, {failed} failed, {confirmed().count()} failed on two days, "
            f"{sent} mails sent."
        )
