"""python manage.py reencrypt_factors"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

CLOSED = ("secret", "seed")  # of authenticator apps and of recovery codes


class Command(BaseCommand):
    """Close the secrets of every second factor with today's SECRET_KEY, and with no former one."""

    help = "Closes the secrets of second factors anew, with SECRET_KEY instead of a fallback."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        adapter = get_adapter()
        count, unopened = 0, []
        for factor in Authenticator.objects.select_for_update().order_by("pk"):
            names = [name for name in CLOSED if factor.data.get(name)]
            try:
                for name in names:
                    factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
                if codes := factor.data.get("migrated_codes"):
                    opened = [adapter.decrypt(code) for code in codes]
                    factor.data["migrated_codes"] = [adapter.encrypt(code) for code in opened]
            except InvalidToken:
                unopened.append(factor)
                continue
            if names:
                factor.save(update_fields=["data"])
                count += 1
        self.stdout.write(f"{count} second factors closed anew.")
        for factor in unopened:
            self.stderr.write(f"No key opens the {factor.type} of the user {factor.user_id}.")
        if unopened:
            raise CommandError(
                "Add the key they were closed with to SECRET_KEY_FALLBACKS, or let these users set "
                "up theirs anew (`manage.py login_link EMAIL`)."
            )
