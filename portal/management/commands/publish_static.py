"""python manage.py publish_static FOLDER [--base-url https://…] [--offline]"""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from foundation.content.archive import Archive
from foundation.server.graceful_exit import graceful_exit
from portal.static_export.publishing import NoRoomBeside, NotOurs, NotWhole, Published, publish

MOST = 40  # sentences that are shown of what is wrong


class Command(BaseCommand):
    """Write the whole public portal as files that need no server of ours."""

    help = "Writes the whole public portal, in both languages, as files (docs/archive.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--base-url", default=settings.SITE_URL, help="where the copy stands")
        parser.add_argument("--offline", action="store_true", help="to be opened from a disk")
        parser.add_argument("--date", type=date.fromisoformat, help="the day it is of: 2019-12-31")
        parser.add_argument("--contact", default="", help="e-mail address for readers' questions")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        archive = Archive(
            day=options["date"] or timezone.localdate(),
            base_url=_origin(options["base_url"]),
            is_offline=options["offline"],
            contact=options["contact"],
        )
        _require_static_files()
        tell = self._tell if options["verbosity"] else _say_nothing
        try:
            # Every page that is read leaves its own language behind.
            with graceful_exit(), override(get_language()):
                made = publish(archive, folder.resolve(), tell)
        except NotOurs as error:
            told = _("The folder holds something else (%(name)s). Choose an empty one.")
            raise CommandError(told % {"name": error.name}) from None
        except NoRoomBeside:
            raise CommandError(_("Name a folder within the disk, not the disk itself.")) from None
        except OSError as error:
            told = _("No copy was made, and nothing was changed: %(reason)s")
            raise CommandError(told % {"reason": error}) from error
        except NotWhole as error:
            shown = [*error.sentences[:MOST], f"({len(error.sentences)})"]
            raise CommandError("\n".join(shown)) from None
        if options["verbosity"]:
            self._report(made)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)

    def _report(self, made: Published) -> None:
        for page, address in made.lost:
            told = {"page": page, "address": address}
            self.stderr.write(_("%(page)s leads to %(address)s, which is not public.") % told)
        told_of_all = {"pages": made.pages, "files": made.files, "changed": made.changed}
        self.stdout.write(
            _("Pages: %(pages)d. Files: %(files)d, of which new or changed: %(changed)d.")
            % told_of_all
        )


def _say_nothing(line: str) -> None:
    pass


def _origin(url: str) -> str:
    """The scheme and host of where the copy will stand; raises CommandError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise CommandError(_("Give --base-url as a scheme and a host: https://arkiv.example.fi"))
    return f"{parts.scheme}://{parts.netloc}"


def _require_static_files() -> None:
    try:
        static("portal/site.css")
    except ValueError as error:
        raise CommandError(_("Run manage.py collectstatic first.")) from error
