"""python manage.py login_link EMAIL"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.models import User
from foundation.accounts.pages.login_address import login_address


class Command(BaseCommand):
    """Print an address that logs a user in once: for whoever has lost every other way in."""

    help = "Prints an address that logs the user in, fully and once, within ten minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose address it is to be")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"No active user has the address {email}.")
        self.stdout.write(login_address(user))
