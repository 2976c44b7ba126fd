"""A kit as an archive: its index, its calendar entries, its files and their checksums."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from foundation.content.addresses import absolute
from projects.calendars import calendar
from projects.models import Project, Workshop
from publications.kits.contents import Kit, Section, kit_path
from publications.kits.paths import CALENDARS, INDEX, SUMS
from publications.kits.zip_stream import Archive, Member

_STYLE = Path(__file__).with_name("index.css")


def archive_of(request: HttpRequest, kit: Kit) -> Archive:
    """The archive; of the request, only the host counts, which whole addresses are made of.

    Its generated files are as old as the newest that it holds, so that the same content has the
    same bytes whenever it is fetched.
    """
    calendars = _calendars(request, kit)
    made = {INDEX: _index(request, kit, calendars)}
    made |= {path: entry for entries in calendars.values() for path, entry in entries.items()}
    sums = [(hashlib.sha256(content).hexdigest(), path) for path, content in made.items()]
    sums += [(file.sha256, path) for file, path in kit.files]
    made[SUMS] = "".join(f"{digest}  {path}\n" for digest, path in sums).encode()
    members = [Member(path, kit.changed, content) for path, content in made.items()]
    members += [Member(path, file.published_at or kit.changed, file) for file, path in kit.files]
    return Archive(members)


def _calendars(request: HttpRequest, kit: Kit) -> dict[int, dict[str, bytes]]:
    """For each section that is a workshop, by its place, its calendar entry in each language."""
    return {
        number: _entries(request, kit, section.subject, section)
        for number, section in enumerate(kit.sections)
        if isinstance(section.subject, Workshop) and any(item.files for item in section.items)
    }


def _entries(
    request: HttpRequest, kit: Kit, workshop: Workshop, section: Section
) -> dict[str, bytes]:
    entries = {}
    for language in kit.languages:
        with override(language):
            name = CALENDARS[language]
            path = f"{section.folder}/{name}" if section.folder else name
            entries[path] = calendar(request, [workshop])
    return entries


def _index(request: HttpRequest, kit: Kit, calendars: dict[int, dict[str, bytes]]) -> bytes:
    """The page that opens without a network, in the kit's languages (HTML, UTF-8)."""
    sections = [
        {"section": section, "calendars": list(calendars.get(number, {}))}
        for number, section in enumerate(kit.sections)
    ]
    owner = kit.owner
    context = {
        "request": request,
        "kit": kit,
        "owner": owner,
        "name_field": owner.name_field,
        "sections": sections,
        "project": Project.current(),
        "assignments": list(owner.contact_assignments.visible()),
        "style": _style(),
        "versions": [
            {
                "language": language,
                "fetched_from": absolute(request, kit_path(owner, kit.choice, language)),
            }
            for language in kit.languages
        ],
        "sums": SUMS,
    }
    with override(kit.languages[0]):
        return render_to_string("publications/kit_index.html", context).encode()


@cache
def _style() -> SafeString:
    return format_html("<style>{}</style>", mark_safe(_STYLE.read_text("utf-8")))  # noqa: S308
