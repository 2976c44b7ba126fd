"""Two people in one form of the admin: where what was sent meets what colleagues wrote meanwhile.

A form and a formset of the admin merge what they are given with what is stored, before they look at
it: what others have changed stands in it as if it had been typed, and rows that they have added or
removed are there or not. Where both have changed the same field, the form is not valid: it comes
back with both, and nothing is saved.
"""

import hashlib
import re
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from foundation.content import languages
from foundation.content.richtext import RichTextField
from foundation.editing.form_snapshot import (
    FormSnapshot,
    Sent,
    compared,
    in_words,
    meaning,
    put,
    stored,
    typed,
)
from foundation.editing.three_way_merge import MergedRows, merge_fields, merge_rows
from foundation.editing.word_diff import as_html, word_diff, words_of

CARRIED = "opened_values"  # the hidden input with what stood in the form when it was opened
PUT_BACK = "_put_back"  # sent with a draft that the browser has kept
MINE, THEIRS = "mine", "theirs"
_REMOVED = "removed"


@dataclass(frozen=True)
class Conflict:
    """What two people have made of one field, or of one row."""

    sent_as: str  # the name of the field’s input, or of the row
    field: str  # the field's name in its form; "" for a row
    prefix: str  # of the formset; "" for the main form
    label: str
    digest: str  # of what is stored now: a choice is between these two and no others
    chosen: str
    explanation: str = ""
    before: str = ""
    theirs: SafeString | str = ""
    mine: SafeString | str = ""
    language: str = ""
    is_file: bool = False
    is_open: bool = True

    @property
    def error(self) -> SafeString:
        """What its field or row says, with the way to where one chooses."""
        return format_html(
            '{} <a href="#conflict-{}">{}</a>',
            gettext("A colleague has changed this too."),
            self.sent_as,
            gettext("Compare and choose"),
        )


@dataclass
class Merge:
    """What has come of merging a form and its formsets with what is stored."""

    item: models.Model
    opened: FormSnapshot
    is_preview: bool = False  # shows one's own version, and asks nothing
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # labels of what others have changed
    bases: list[tuple[str, str, str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, item: models.Model) -> "Merge":
        """The merge of what a request has sent with the form of an item."""
        sent = request.POST
        opened = FormSnapshot.read(sent.get(CARRIED, ""))
        return cls(item, opened, "_preview" in sent)

    @property
    def open(self) -> list[Conflict]:
        """The conflicts that nobody has decided."""
        return [conflict for conflict in self.conflicts if conflict.is_open]

    @cached_property
    def colleague(self) -> str:
        """Who has saved the item since the form was opened."""
        moment = parse_datetime(self.opened.at) if self.opened.at else None
        if moment is None:
            return gettext("A colleague")
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.item), object_id=str(self.item.pk)
        )
        entry = entries.filter(action_time__gte=moment).select_related("user").first()
        if entry is None:
            return gettext("A colleague")
        return entry.user.get_full_name() or str(entry.user)

    @property
    def message(self) -> str:
        """What to tell of fields and rows that others have changed; "" for nothing."""
        if not self.kept or self.is_preview:
            return ""
        told = gettext("%(who)s has changed this while you had the form open, and it is kept: ")
        return f"{told % {'who': self.colleague}}{', '.join(self.kept)}."

    def carried(self, form: Any, formsets: Any) -> str:
        """What the form that comes back is to carry: the former base of what is still open."""
        snapshot = FormSnapshot.of(form, formsets)
        for prefix, key, name, base in self.bases:
            if not prefix:
                _set(snapshot.fields, name, base)
            elif not name:
                _set(snapshot.rows.setdefault(prefix, {}), key, base)
            elif key in snapshot.rows.get(prefix, {}):
                _set(snapshot.rows[prefix][key], name, base)
        return snapshot.packed()


def _set(fields: dict[str, Any], name: str, base: Any) -> None:
    if base is None:
        fields.pop(name, None)
    else:
        fields[name] = base


class EditForm(forms.ModelForm):
    """A form of the admin in which nobody overwrites what a colleague has changed meanwhile."""

    merge: Merge | None = None  # given to the form of a stored item when it is sent
    is_put_back = False  # sent with a draft that the browser has kept: to be shown, not saved

    def full_clean(self) -> None:
        """Check what is sent after it has been merged; the formsets have merged theirs before."""
        if self.merge is None:
            super().full_clean()
            return
        sent = SentData(self.merge, self.data, self.files)
        sent.merge_form(self)
        self.data, self.files = sent.data, sent.files
        super().full_clean()
        if not self.merge.open:
            return
        for conflict in self.merge.open:
            if not conflict.prefix and conflict.field in self.fields:
                self.add_error(conflict.field, conflict.error)
        told = gettext(
            "%(who)s has saved this item while you had it open. Nothing of yours has been saved "
            "yet, and all that you wrote is still here. Choose what to keep, then save again."
        ) % {"who": self.merge.colleague}
        self.add_error(None, ValidationError(told, code="conflict"))

    def is_valid(self) -> bool:
        """Never while somebody has to choose, nor for a draft that was only put back."""
        is_valid = super().is_valid()
        return is_valid and not self.is_put_back and not (self.merge and self.merge.open)


class EditFormSet(BaseInlineFormSet):
    """Rows in a form of the admin: those that others have added, removed or changed are kept."""

    merge: Merge | None = None
    # The same formset as nobody has sent it, with the rows that are stored and locked.
    stored: "EditFormSet | None" = None

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None and self.merge:
            locked = kwargs["queryset"].select_for_update(of=("self",))
            named = {name: kwargs[name] for name in ("instance", "prefix")}
            self.stored = type(self)(queryset=locked, **named)
            sent = SentData(self.merge, data, files)
            sent.merge_formset(self.stored)
            data, files = sent.data, sent.files
        super().__init__(data, files, **kwargs)

    def get_queryset(self) -> Any:
        return self.stored.get_queryset() if self.stored else super().get_queryset()

    def full_clean(self) -> None:
        for conflict in self.merge.open if self.is_bound and self.merge else ():
            for row in self.forms if conflict.prefix == self.prefix else ():
                if conflict.sent_as in (row.prefix, f"{row.prefix}-{conflict.field}"):
                    row.full_clean()
                    row.add_error(conflict.field or None, conflict.error)
        super().full_clean()


@dataclass
class _Row:
    """A row of a form as it was sent: the endings of its inputs’ names, and its values."""

    key: str
    data: dict[str, list[str]]
    files: dict[str, list[Any]]
    was_removed: bool = False  # by them, while I changed it: it is then a new row


class SentData:
    """What was sent with a form or a formset, to be merged with what is stored."""

    def __init__(self, merge: Merge, data: Any, files: Any) -> None:
        self.merge, self.data, self.files = merge, data.copy(), files.copy()

    def merge_form(self, form: Any) -> None:
        """Merge the fields of the item itself."""
        self._merge_fields(form, "", "", self.merge.opened.fields)

    def _merge_fields(self, form: Any, prefix: str, key: str, base: dict[str, Sent]) -> None:
        now, start = stored(form), f"{prefix}-" if prefix else ""
        fields = dict(compared(form))
        mine = {
            name: typed(one, f"{start}{name}", self.data, self.files)
            for name, one in fields.items()
        }
        for name, one in fields.items():
            if isinstance(one, forms.FileField) and not mine[name]:
                mine[name] = base.get(name, now[name])
        merged = merge_fields(
            *(_meanings(fields, side) for side in (base, mine, now)),
        )
        owner = prefix.rpartition("-")[0]
        for name, one in fields.items():
            if name in merged.theirs:
                put(one, f"{start}{name}", now[name], self.data)
                self.merge.kept.append(_label(form, name, is_row=bool(prefix)))
            elif name in merged.conflicts:
                sides = (base.get(name), mine[name], now[name])
                self._decide(form, name, f"{start}{name}", owner, key, sides)

    def _decide(
        self,
        form: Any,
        name: str,
        sent_as: str,
        owner: str,
        key: str,
        sides: tuple[Any, Sent, Sent],
    ) -> None:
        base, mine, now = sides
        one, digest = form.fields[name], _digest(now)
        chosen = self._choice(sent_as, digest)
        if chosen == THEIRS:
            put(one, sent_as, now, self.data)
            if isinstance(one, forms.FileField):
                self.files.pop(sent_as, None)
            return
        self.merge.bases.append((owner, key, name, base))
        language = one.widget.attrs.get("lang", "")
        before, theirs, own = _compared(form, name, one, base or {}, now, mine)
        self.merge.conflicts.append(
            Conflict(
                sent_as=sent_as,
                field=name,
                prefix=owner,
                label=_label(form, name, is_row=bool(owner)),
                digest=digest,
                chosen=chosen,
                before=before,
                theirs=theirs,
                mine=own,
                language=language,
                is_file=isinstance(one, forms.FileField),
                is_open=not chosen,
            )
        )

    def _choice(self, name: str, digest: str) -> str:
        """What was chosen between these very two; a preview shows one’s own."""
        chosen, _colon, of = self.data.get(f"_choice-{name}", "").partition(":")
        if chosen in (MINE, THEIRS) and of == digest:
            return chosen
        return MINE if self.merge.is_preview else ""

    # Rows

    def merge_formset(self, formset: Any) -> None:
        """Merge the rows of an inline: those changed, added and removed by either side."""
        prefix = formset.prefix
        sent = self._sent_rows(formset)
        now = {str(row.instance.pk): row for row in formset.initial_forms}
        base = self.merge.opened.rows.get(prefix, {})
        kept = [row for row in sent if row.key and "DELETE" not in row.data]
        empty = formset.empty_form
        fields = dict(compared(empty))
        merged: MergedRows[str, Any] = merge_rows(
            {key: _meanings(fields, row) for key, row in base.items()},
            {row.key: _meanings(fields, self._row_values(row, fields, base)) for row in kept},
            {key: _meanings(fields, stored(row)) for key, row in now.items()},
        )
        rows = [row for row in sent if self._stays(row, formset, merged, now)]
        for key in now:
            if key in merged.added:
                rows.append(_as_sent(now[key], fields))
                self._say(formset.model, gettext("added"), now[key].instance)
        rows.sort(key=lambda row: not row.key)
        self._write_rows(formset, rows)
        for number, row in enumerate(rows):
            name = f"{prefix}-{number}"
            if row.key in now and "DELETE" not in row.data and row.key not in merged.i_removed:
                form = now[row.key]
                self._merge_fields(_at(form, name), name, row.key, base.get(row.key, {}))
            elif row.key in merged.i_removed:
                self._decide_removed(now[row.key], name, prefix, base[row.key])
            elif row.was_removed:
                self._say_gone(formset.model, name, prefix)

    def _stays(self, row: _Row, formset: Any, merged: MergedRows, now: dict[str, Any]) -> bool:
        """False for a row that is not to be sent on; one that they removed becomes a new one."""
        if not row.key:
            return row.data.get("choice") != [f"{THEIRS}:{_REMOVED}"]
        if row.key in merged.removed:
            self._say(formset.model, gettext("removed"), None)
            return False
        if row.key in merged.they_removed:
            row.key = row.data[formset.model._meta.pk.name][0] = ""
            row.was_removed = True
            return True
        return row.key in now

    def _say(self, model: type[models.Model], what: str, item: models.Model | None) -> None:
        name = capfirst(str(model._meta.verbose_name))
        self.merge.kept.append(f"{name} {item} ({what})" if item else f"{name} ({what})")

    def _decide_removed(self, form: Any, name: str, prefix: str, base: dict[str, Sent]) -> None:
        now = stored(form)
        digest = _digest(now)
        chosen = self._choice(name, digest)
        key = str(form.instance.pk)
        if chosen == THEIRS:
            self.data.pop(f"{name}-DELETE", None)
            for field_name, one in compared(form):
                put(one, f"{name}-{field_name}", now[field_name], self.data)
            return
        self.merge.bases.append((prefix, key, "", base))
        self.merge.conflicts.append(
            Conflict(
                sent_as=name,
                field="",
                prefix=prefix,
                label=f"{capfirst(str(form._meta.model._meta.verbose_name))} {form.instance}",
                digest=digest,
                chosen=chosen,
                explanation=gettext("You want to remove this row; a colleague has changed it."),
                theirs=gettext("The row stays as the colleague left it."),
                mine=gettext("The row is removed."),
                is_open=not chosen,
            )
        )

    def _say_gone(self, model: type[models.Model], name: str, prefix: str) -> None:
        self.merge.conflicts.append(
            Conflict(
                sent_as=name,
                field="",
                prefix=prefix,
                label=capfirst(str(model._meta.verbose_name)),
                digest=_REMOVED,
                chosen=MINE if self.merge.is_preview else "",
                explanation=gettext("A colleague has removed this row; you have changed it."),
                theirs=gettext("The row is removed."),
                mine=gettext("The row is added again as you wrote it."),
                is_open=not self.merge.is_preview,
            )
        )

    def _sent_rows(self, formset: Any) -> list[_Row]:
        pk_name, prefix = formset.model._meta.pk.name, formset.prefix
        rows: dict[int, _Row] = {}
        pattern = _of_rows(prefix)
        for source in (self.data, self.files):
            for sent_as in list(source):
                if found := pattern.fullmatch(sent_as):
                    start, number, name = found[1] or "", int(found[2]), found[3]
                    row = rows.setdefault(number, _Row("", {}, {}))
                    into: dict[str, Any] = row.data if source is self.data else row.files
                    into[f"{start}{name}"] = source.getlist(sent_as)
        for number, row in rows.items():
            if not formset.can_delete:
                row.data.pop("DELETE", None)
            row.key = (row.data.get(pk_name) or [""])[0]
            if choice := self.data.get(f"_choice-{prefix}-{number}"):
                row.data["choice"] = [choice]
        total = self.data.get(f"{prefix}-TOTAL_FORMS", "0")
        most = int(total) if total.isdecimal() else 0
        return [row for number, row in sorted(rows.items()) if number < most]

    def _row_values(self, row: _Row, fields: dict[str, Any], base: Any) -> dict[str, Sent]:
        data = QueryDict(mutable=True)
        for sent_as, sent in row.data.items():
            data.setlist(sent_as, sent)
        files = {name: values[0] for name, values in row.files.items()}
        values = {name: typed(one, name, data, files) for name, one in fields.items()}
        for name, one in fields.items():
            if isinstance(one, forms.FileField) and not values[name]:
                values[name] = base.get(row.key, {}).get(name, {})
        return values

    def _write_rows(self, formset: Any, rows: list[_Row]) -> None:
        """Write the rows into the request, numbered anew: those there are before new ones."""
        prefix = formset.prefix
        pattern = _of_rows(prefix)
        for source in (self.data, self.files):
            for sent_as in [name for name in source if pattern.fullmatch(name)]:
                source.pop(sent_as)
        for number, row in enumerate(rows):
            choice = row.data.pop("choice", None)
            sides: Any = ((self.data, row.data), (self.files, row.files))
            for into, values in sides:
                for name, sent in values.items():
                    start = "initial-" if name.startswith("initial-") else ""
                    into.setlist(f"{start}{prefix}-{number}-{name.removeprefix(start)}", sent)
            if choice:
                self.data[f"_choice-{prefix}-{number}"] = choice[0]
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data[f"{prefix}-INITIAL_FORMS"] = str(sum(1 for row in rows if row.key))
        self.data.setdefault(f"{prefix}-MIN_NUM_FORMS", "0")
        self.data.setdefault(f"{prefix}-MAX_NUM_FORMS", "1000")


def _of_rows(prefix: str) -> re.Pattern[str]:
    """The names of the inputs of a formset's rows.

    A second formset of the same kind has the prefix of the first and a number: its names are none.
    """
    return re.compile(rf"(initial-)?{re.escape(prefix)}-(\d+)-(?!\w+_FORMS$)([a-zA-Z_].*)")


def _at(form: Any, prefix: str) -> Any:
    """The form of a stored row under the number that it is sent with."""
    form = copy(form)
    form.prefix = prefix
    form._bound_fields_cache = {}
    return form


def _as_sent(form: Any, fields: dict[str, Any]) -> _Row:
    """A stored row as if it had been sent untouched."""
    data = QueryDict(mutable=True)
    for name, sent in stored(form).items():
        put(fields[name], name, sent, data)
    key = str(form.instance.pk)
    values = {name: data.getlist(name) for name in data}
    values[form._meta.model._meta.pk.name] = [key]
    return _Row(key, values, {})


def _meanings(fields: dict[str, Any], sent: dict[str, Sent]) -> dict[str, Any]:
    return {name: meaning(fields[name], value) for name, value in sent.items() if name in fields}


def _digest(sent: Any) -> str:
    return hashlib.sha256(repr(sent).encode()).hexdigest()[:16]


def _label(form: Any, name: str, *, is_row: bool) -> str:
    label = str(form[name].label)
    if not is_row:
        return label
    return f"{capfirst(str(form._meta.model._meta.verbose_name))} {form.instance}: {label}"


def _compared(
    form: Any, name: str, one: forms.Field, base: Sent, now: Sent, mine: Sent
) -> tuple[str, SafeString | str, SafeString | str]:
    """What a field was, and what each side has made of it: of texts the words that differ."""
    before, theirs, own = (in_words(one, sent) for sent in (base, now, mine))
    columns = {column.name: column for column in form._meta.model._meta.fields}
    column = columns.get(name)
    if not isinstance(column, models.CharField | models.TextField) or column.choices:
        return before, theirs, own
    is_rich, here = isinstance(column, RichTextField), languages.current()
    steps = [word_diff(before, after, is_rich=is_rich) for after in (theirs, own)]
    plain = " ".join(words_of(before, is_rich=is_rich))
    return plain, as_html(steps[0], lang=here), as_html(steps[1], lang=here)
