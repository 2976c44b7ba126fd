"""The work list as a PO file for translators' own tools, and back.

An entry is one text: its context names table, item and field, its msgid is the side that is ahead,
its msgstr what stands in the language now, marked fuzzy because it is out of date. A fingerprint of
the latter travels along, so that nothing is overwritten that was written in the meantime. The file
format is GNU gettext's, read and written by Babel.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.agreement import compared_fields, is_rich, writing
from foundation.content.models import Bilingual
from foundation.content.richtext import sanitised
from foundation.editing.worklist import (
    Outstanding,
    bilingual_models,
    for_staff,
    outstanding_for_staff,
    refusals,
    with_items,
)

MAX_BYTES = 10_000_000
_MARK = "text:"
_FORMATS = ("python-format", "python-brace-format")


def _fingerprint(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]


def export(language: str, kinds: Collection[str]) -> bytes:
    """The texts of these tables that wait for a language, as a PO file (UTF-8), oldest first."""
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    there = languages.other(language)
    for waiting in with_items(outstanding_for_staff(language).filter(kind__in=kinds), language):
        state, item = waiting.state, waiting.item
        now = getattr(item, f"{state.field}_{language}")
        before = getattr(state, f"agreed_{there}")
        message = catalogue.add(
            getattr(item, f"{state.field}_{there}"),
            now or "",
            context=f"{state.kind}:{state.object_id}:{state.field}",
            flags=["fuzzy"] if now else [],
            auto_comments=[_label(waiting), f"{_MARK}{_fingerprint(now)}"],
            previous_id=[before] if before and now else [],
        )
        # “100 % säkert” is a text, no format string that translators' tools should check.
        message.flags.difference_update(_FORMATS)
    written = BytesIO()
    write_po(written, catalogue, width=0, include_previous=True)
    return written.getvalue()


def _label(waiting: Outstanding) -> str:
    return " ".join(f"{waiting.model_name}: {waiting.item} – {waiting.field_name}".split())


@dataclass
class Report:
    """One text of an imported file: what became of it, and where it is done by hand."""

    text: str
    item: Bilingual | None = None
    field: str = ""
    url: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass
class Outcome:
    """What an import has done, text by text."""

    written: list[Report] = field(default_factory=list)
    unfinished: int = 0
    unchanged: int = 0
    conflicts: list[Report] = field(default_factory=list)
    errors: list[Report] = field(default_factory=list)


class Unreadable(Exception):
    """The file is no PO file of ours; the message says why, in the reader's language."""


def import_(
    file: IO[bytes], language: str, kinds: Collection[str], *, author: int | None = None
) -> Outcome:
    """Take in a PO file that `export` wrote and a translator has filled in.

    Texts of other tables than these are refused. Entries that are empty or still fuzzy are left
    for later. A text whose other side or whose own wording has changed since the export, or that
    waits no more, is a conflict: it is reported, and nothing is written. Raises Unreadable for a
    file that cannot be used at all.
    """
    outcome = Outcome()
    for message in _messages(file, language):
        if not message.string or "fuzzy" in message.flags:
            outcome.unfinished += 1
            continue
        with transaction.atomic():
            _take(message, language, kinds, author, outcome)
    return outcome


def _messages(file: IO[bytes], language: str) -> list[Message]:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB."))
    try:
        # Tools of Windows begin a file with a mark of its encoding, and end lines in two signs.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        # The library makes room for as many plural forms as the file says; ours have none.
        if "\0" in text or re.search(r"^\s*(#~\s*)?msgid_plural\b", text, re.MULTILINE):
            raise ValueError
        catalogue = read_po(StringIO(text, newline="\n"), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(_("The file is no PO file in UTF-8.")) from error
    if str(catalogue.locale_identifier or "")[:2] != language:
        raise Unreadable(_("The file is for another language than this work list."))
    messages = [message for message in catalogue if message.id]
    if not messages:
        raise Unreadable(_("The file holds no texts."))
    return messages


def _take(
    message: Message, language: str, kinds: Collection[str], author: int | None, outcome: Outcome
) -> None:
    found = _item(message.context or "", kinds)
    if found is None:
        named = str(message.context or message.id)[:80]
        unknown = _("%(context)s: there is no such text.") % {"context": named}
        outcome.errors.append(Report(unknown))
        return
    item, name = found
    there = getattr(item, f"{name}_{languages.other(language)}")
    now = getattr(item, f"{name}_{language}") or ""
    given = str(message.string)
    text = sanitised(given) if is_rich(type(item), name) else given.strip()
    marks = [line[len(_MARK) :] for line in message.auto_comments if line.startswith(_MARK)]
    is_as_exported = marks == [_fingerprint(now)] or not (marks or now)
    waits = outstanding_for_staff(language).filter(
        kind=item._meta.db_table, object_id=item.pk, field=name
    )
    label = f"{item} – {getattr(item._meta.get_field(name), 'verbose_name', name)}"
    if not text:
        outcome.unfinished += 1
        return
    if now == text and not waits.exists():
        outcome.unchanged += 1
        return
    if there != message.id:
        why = _("%(text)s: the other language has changed since the file was made.")
    elif now != text and not is_as_exported:
        why = _("%(text)s: the text has been changed here since the file was made.")
    elif not waits.exists():
        why = _("%(text)s: the text no longer waits, and was left as it is.")
    else:
        _write(item, name, language, text, label, author, outcome)
        return
    outcome.conflicts.append(Report(why % {"text": label}, item, name))


def _write(
    item: Bilingual,
    name: str,
    language: str,
    text: str,
    label: str,
    author: int | None,
    outcome: Outcome,
) -> None:
    column = f"{name}_{language}"
    field_of_form: Any = item._meta.get_field(column).formfield(required=False)  # type: ignore[union-attr]
    setattr(item, column, text)
    try:
        try:
            # Lengths are a form's to check: the database keeps texts of any length.
            field_of_form.clean(text)
        except ValidationError as error:
            raise ValidationError({column: error.messages}) from error
        item.full_clean()
        with transaction.atomic(), writing(author=author, agreeing=[name]):
            item.save()
    except (ValidationError, IntegrityError) as error:
        outcome.errors.append(Report(f"{label}: {' '.join(refusals(item, column, error))}", item))
    else:
        outcome.written.append(Report(label, item, name))


def _item(context: str, kinds: Collection[str]) -> tuple[Bilingual, str] | None:
    """The item and field that an entry's context names, locked for writing; None if unknown."""
    parts = context.split(":")
    model = bilingual_models().get(parts[0])
    if len(parts) != 3 or model is None or parts[0] not in kinds:
        return None
    if parts[2] not in compared_fields(model):
        return None
    if not parts[1].isascii() or not parts[1].isdecimal() or len(parts[1]) > 18:
        return None
    item = for_staff(model).select_for_update().filter(pk=int(parts[1])).first()
    return (item, parts[2]) if item else None
