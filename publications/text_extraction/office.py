"""Slides and documents as PDF, so that their pages can be drawn: by LibreOffice where it is."""

import logging
import shutil
from pathlib import Path

from publications.text_extraction.process import run

logger = logging.getLogger(__name__)

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120


def as_pdf(path: Path) -> Path | None:
    """The PDF that LibreOffice makes beside the file; None where it is not installed, or fails.

    Each call has a profile of its own: nothing of one document stays behind for the next, and two
    of them can run at once.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return None
    profile = path.parent / "profile"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(path.parent), str(path)),
    ]
    ended, _output, errors = run(command, seconds=SECONDS, cwd=path.parent)
    made = path.with_suffix(".pdf")
    if ended != 0 or not made.exists():
        logger.warning("LibreOffice made no PDF of a file: %s", errors[-2000:])
        return None
    return made
