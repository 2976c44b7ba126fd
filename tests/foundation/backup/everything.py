"""A portal with something of everything, and every row and byte of it to be compared."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pyrage
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from psycopg.sql import SQL, Identifier

from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.backup.archive import check
from foundation.backup.manifest import Manifest
from foundation.backup.sealing import opened
from foundation.search.indexing import bring_up_to_date
from tests import factories
from tests.staff_site import make_staff

# What trips up who writes rows by hand: COPY's own signs, quotes, controls, letters of all planes.
SIGNS = "\\ \t\n\r\x0b\"';|,{}\\N\\. NULL åäöÅÄÖšžđŋ – ’ é e\u0301 \u200b \u2028 😀 𐐀"

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())


def make_everything(seed: int) -> User:
    """One or more of every model, with random texts in both languages, history and files."""
    random = Random(seed)
    editor = make_staff(Role.EDITOR)
    make_staff("superuser")
    TOTP.activate(editor, generate_totp_secret())
    RecoveryCodes.activate(editor)
    makers = [name for name in vars(factories) if name.startswith("make_")]
    for name in sorted(set(makers) - {"make_login_link"}):
        getattr(factories, name)()
    for _number in range(5):
        story = factories.make_story(
            **{
                f"{field}_{code}": _text(random)
                for field in ("title", "lead", "source")
                for code in ("sv", "fi")
            },
            responsible=editor,
        )
        story.title_fi, story.slug_sv = _text(random), f"en-annan-adress-{story.pk}"
        story.save()
        story.read_also.add(factories.make_story())
    municipality = factories.make_municipality()
    story.municipalities.add(municipality)
    factories.make_workshop(municipalities=[municipality])
    factories.make_practice(task_areas=[factories.make_task_area()])
    factories.make_workshop().delete()
    editor.user_permissions.add(Permission.objects.first())
    LogEntry.objects.log_actions(editor.pk, [story], CHANGE, SIGNS, single_object=True)
    bring_up_to_date()
    material = factories.make_material()
    for size in (1, 70_000, 5_000_000):  # the last is more than waits in memory
        name = f"bilaga-{size}.pdf"
        factories.make_material_file(material=material, content=b"%PDF-" + random.randbytes(size))
        default_storage.save(f"extra/å {name}", ContentFile(os.urandom(size)))
    default_storage.save("extra/tom.txt", ContentFile(b""))
    return editor


def _text(random: Random) -> str:
    return "".join(random.choice(SIGNS) for _sign in range(60)).strip() or "–"


def rows(connection: Any) -> Iterator[tuple[str, list[str]]]:
    """Every row of every table of a database, as PostgreSQL itself writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            query = SQL("SELECT row::text FROM {} row ORDER BY 1").format(Identifier(table))
            cursor.execute(query)
            yield table, [text for (text,) in cursor.fetchall()]


def numbering(connection: Any) -> dict[str, int | None]:
    """Where every table's numbers stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def elsewhere(folder: str) -> psycopg.Connection:
    """A connection to an embedded server that another process has filled."""
    return psycopg.connect(host=folder, port=5432, user="portal", dbname="portal")


def checked(path: Path, identity: Path | None = None) -> Manifest:
    """The list of a backup that has been opened and read to its last byte."""
    with opened(path, identity) as file:
        return check(file)
