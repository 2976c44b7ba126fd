"""python manage.py nightly [--list]"""

import traceback
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection

COMMANDS = (
    "audit_languages",
    "check_files",
    "check_search_index",
    "check_links",
    "empty_bin",
    "remind_members",
    "delete_old_feedback",
    "delete_old_audit_entries",
    "clearsessions",
)
OF_A_WORKER = ("prune_db_task_results",)  # there are none where jobs are done at once


class Command(BaseCommand):
    """Do what belongs in every night: each on its own, so that one which fails stops no other."""

    help = "Runs every command that belongs in the night; ends with an error that names the failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="only name the commands")

    def handle(self, *args: Any, list: bool, **options: Any) -> None:
        commands = COMMANDS + (OF_A_WORKER if settings.JOBS == "worker" else ())
        if list:
            self.stdout.write("\n".join(commands))
            return
        failed = [name for name in commands if not self._succeeds(name)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")

    def _succeeds(self, name: str) -> bool:
        self.stdout.write(f"{name}:")
        if not connection.in_atomic_block:
            close_old_connections()  # the part before may have lost it, or taken long
        try:
            call_command(name, stdout=self.stdout, stderr=self.stderr)
        except (CommandError, SystemExit) as error:
            self.stderr.write(f"{name}: {error}")
        except Exception:
            self.stderr.write(traceback.format_exc())
        else:
            return True
        return False
