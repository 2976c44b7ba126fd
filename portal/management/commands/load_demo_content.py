"""python manage.py load_demo_content [--empty]"""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from foundation.accounts.pages.login_address import login_address
from municipalities.models import Municipality
from portal.demo.editors import ensure_demo_editors, ensure_demo_members
from portal.demo.loading import KINDS_OF_CONTENT, load
from portal.models import Statement


class Command(BaseCommand):
    """Fill an empty portal with its demo content; leave one that has content as it is."""

    help = "Fills an empty portal with its demo content; leaves one that has content as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--empty",
            action="store_true",
            help="only the register of municipalities and the two statements: no project, "
            "no examples",
        )

    def handle(self, *args: Any, empty: bool, **options: Any) -> None:
        if load(empty=empty):
            self.stdout.write(_what_there_is())
        else:
            self.stdout.write("The portal has content already: nothing was changed.")
        if os.environ.get("PORTAL_DEMO") == "1":
            for user in [*ensure_demo_editors(), *ensure_demo_members()]:
                what = "the admin" if user.is_staff else "the pages of the network"
                self.stdout.write(f"Log in to {what} as {user.email}: {login_address(user)}")
            self.stdout.write(
                "Each link works once and for ten minutes; more from: python3 run.py login EMAIL"
            )


def _what_there_is() -> str:
    """What was loaded, in numbers."""
    counts = {model: model._default_manager.count() for model in KINDS_OF_CONTENT}
    statements = counts.pop(Statement)
    return (
        f"Loaded {Municipality.objects.count()} municipalities, {statements} statements and "
        f"{sum(counts.values())} pages of content."
    )
