"""python manage.py make_synthetic_content N [--seed S] | --remove"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demo.synthetic import AlreadyThere, make_synthetic_content, remove_synthetic_content


class Command(BaseCommand):
    """Make any number of public example items for measurements, or take them away again."""

    help = "Makes N public example items for measurements; with --remove, takes them away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("count", nargs="?", type=int, metavar="N")
        what.add_argument("--remove", action="store_true", help="take all made-up items away")
        parser.add_argument("--seed", type=int, default=1, help="another number: other texts")

    def handle(
        self, *args: Any, count: int | None, remove: bool, seed: int, **options: Any
    ) -> None:
        if remove:
            self.stdout.write(f"{remove_synthetic_content()} made-up items taken away.")
            return
        if count is None or count < 1:
            raise CommandError("N is a number from 1.")
        try:
            made = make_synthetic_content(count, seed)
        except AlreadyThere:
            raise CommandError(
                "There are made-up items already; take them away first, with --remove."
            ) from None
        told = ", ".join(f"{number} {label}" for label, number in made.items())
        self.stdout.write(f"Made {count} public example items: {told}.")
