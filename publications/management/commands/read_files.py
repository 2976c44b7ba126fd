"""Reads files of materials that were never read, or all of them when reading has improved."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publications.models import MaterialFile


class Command(BaseCommand):
    """Has files read; a text that somebody has checked stays as it is."""

    help = "Reads files that have not been read or could not be; with --all, every file again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that have been read")

    def handle(self, *args: Any, **options: Any) -> None:
        formats = (*MaterialFile.WITH_TEXT, *MaterialFile.WITH_LENGTH)
        files = MaterialFile.objects.filter(format__in=formats).defer("reading_text").order_by("pk")
        if not options["all"]:
            files = files.exclude(reading_state=MaterialFile.Reading.READ)
        count = 0
        for file in files.iterator(chunk_size=100):
            file.await_reading()
            file.save(update_fields=["reading_state", "reading_problem"])
            file.read_later()
            count += 1
        self.stdout.write(f"{count} files are read, or waiting to be.")
