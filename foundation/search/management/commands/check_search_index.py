"""python manage.py check_search_index [--repair]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.search.indexing import bring_in_step, bring_up_to_date, out_of_step
from foundation.search.records import delete_old


class Command(BaseCommand):
    """Read what is noted, then compare the index with the items; an error where they differ."""

    help = "Prints items whose entries in the search index are not as they should be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="bring them in step")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        delete_old()
        bring_up_to_date()
        strayed = out_of_step()
        for kind, key in strayed:
            self.stdout.write(f"{kind} {key}: out of step")
        if strayed and not repair:
            raise CommandError(f"{len(strayed)} items of the search index are out of step.")
        if strayed:
            bring_in_step(strayed)
            self.stdout.write(f"{len(strayed)} items were read anew.")
        self.stdout.write("The search index says what the items say.")
