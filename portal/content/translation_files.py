"""The work list as a PO file for translators' own tools, and back.

An entry is one text: its context names table, item and field, its msgid is the side that is ahead,
its msgstr what stands in the language now, marked fuzzy because it is out of date. A fingerprint of
the latter travels along, so that nothing is overwritten that was written in the meantime. The file
format is GNU gettext's, read and written by Babel.
"""

import hashlib
from collections.abc import Container
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.content import languages
from portal.content.agreement import compared_fields, is_rich, writing
from portal.content.models import Bilingual
from portal.content.richtext import sanitised
from portal.content.worklist import Outstanding, bilingual_models, outstanding, with_items

MAX_BYTES = 10_000_000
_MARK = "text:"


def _fingerprint(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]


def export(language: str, kinds: Container[str]) -> bytes:
    """The texts of these tables that wait for a language, as a PO file (UTF-8), oldest first."""
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    there = languages.other(language)
    for waiting in with_items(outstanding(language), language):
        state, item = waiting.state, waiting.item
        if state.kind not in kinds:
            continue
        now = getattr(item, f"{state.field}_{language}")
        before = getattr(state, f"agreed_{there}")
        catalogue.add(
            getattr(item, f"{state.field}_{there}"),
            now or "",
            context=f"{state.kind}:{state.object_id}:{state.field}",
            flags=["fuzzy"] if now else [],
            auto_comments=[_label(waiting), f"{_MARK}{_fingerprint(now)}"],
            previous_id=[before] if before and now else [],
        )
    written = BytesIO()
    write_po(written, catalogue, width=0, include_previous=True)
    return written.getvalue()


def _label(waiting: Outstanding) -> str:
    return f"{waiting.model_name}: {waiting.item} – {waiting.field_name}"


@dataclass
class Outcome:
    """What an import has done, one line for each text it could not take."""

    written: list[str] = field(default_factory=list)
    unfinished: int = 0
    conflicts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """The file is no PO file of ours; the message says why, in the reader's language."""


def import_(
    file: IO[bytes], language: str, kinds: Container[str], *, author: int | None = None
) -> Outcome:
    """Take in a PO file that `export` wrote and a translator has filled in.

    Texts of other tables than these are refused. Entries that are empty or still fuzzy are left
    for later. A text whose other side or whose own wording has changed since the export is a
    conflict: it is reported, and nothing is written. Raises Unreadable for a file that cannot be
    used at all.
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
        catalogue = read_po(BytesIO(content), abort_invalid=True, charset="utf-8")
    except (PoFileError, ValueError, LookupError) as error:
        raise Unreadable(_("The file is no PO file in UTF-8.")) from error
    if str(catalogue.locale_identifier or "")[:2] != language:
        raise Unreadable(_("The file is for another language than this work list."))
    messages = [message for message in catalogue if message.id]
    if not messages:
        raise Unreadable(_("The file holds no texts."))
    return messages


def _take(
    message: Message, language: str, kinds: Container[str], author: int | None, outcome: Outcome
) -> None:
    found = _item(message.context or "", kinds)
    if found is None:
        outcome.errors.append(
            _("%(context)s: there is no such text.") % {"context": message.context or message.id}
        )
        return
    item, name = found
    label = f"{item} – {item._meta.get_field(name).verbose_name}"
    column = f"{name}_{language}"
    now = getattr(item, column) or ""
    text = sanitised(message.string) if is_rich(type(item), name) else message.string.strip()
    marks = [line[len(_MARK) :] for line in message.auto_comments if line.startswith(_MARK)]
    if getattr(item, f"{name}_{languages.other(language)}") != message.id:
        outcome.conflicts.append(
            _("%(text)s: the other language has changed since the file was made.") % {"text": label}
        )
    elif now != text and marks != [_fingerprint(now)]:
        outcome.conflicts.append(
            _("%(text)s: the text has been changed here since the file was made.") % {"text": label}
        )
    else:
        setattr(item, column, text)
        try:
            item.full_clean()
        except ValidationError as error:
            outcome.errors.append(f"{label}: {' '.join(error.messages)}")
            return
        with writing(author=author, agreeing=[name]):
            item.save()
        outcome.written.append(label)


def _item(context: str, kinds: Container[str]) -> tuple[Bilingual, str] | None:
    """The item and field that an entry's context names, locked for writing; None if unknown."""
    parts = context.split(":")
    model = bilingual_models().get(parts[0])
    if len(parts) != 3 or model is None or parts[0] not in kinds:
        return None
    if parts[2] not in compared_fields(model):
        return None
    if not parts[1].isascii() or not parts[1].isdecimal() or len(parts[1]) > 18:
        return None
    item = model._default_manager.select_for_update().filter(pk=int(parts[1])).first()
    return (item, parts[2]) if item else None
