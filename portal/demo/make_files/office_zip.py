"""Office files whose bytes repeat: the same parts, always with the same times."""

import datetime
import zipfile
from pathlib import Path

MADE = datetime.datetime(2026, 1, 1, 12, 0, 0)


def sign(properties, *, title: str, subject: str, language: str, author: str) -> None:
    """Fill in the document properties that readers and screen readers show."""
    properties.title = title
    properties.subject = subject
    properties.language = language
    properties.author = properties.last_modified_by = author
    properties.keywords = "CC BY 4.0"
    properties.comments = ""
    properties.created = properties.modified = properties.last_printed = MADE
    properties.revision = 1


def settle(path: Path) -> None:
    """Rewrite an office file (a ZIP archive) with one fixed time on every part."""
    with zipfile.ZipFile(path) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
