"""What was sent with a form, merged with what is stored now.

The request is rewritten: what others have changed stands in it as if it had been typed, and rows
that they have added or removed are there or not.
"""

import hashlib
import re
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
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


@dataclass
class Merge:
    """What has come of merging a request with what is stored."""

    opened: FormSnapshot
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # labels of what others have changed
    bases: list[tuple[str, str, str, Any]] = field(default_factory=list)
    colleague: str = ""

    @property
    def open(self) -> list[Conflict]:
        """The conflicts that nobody has decided."""
        return [one for one in self.conflicts if one.is_open]


@dataclass
class _Row:
    """A row of a form as it was sent: the endings of its inputs’ names, and its values."""

    key: str
    data: dict[str, list[str]]
    files: dict[str, list[Any]]
    was_removed: bool = False  # by them, while I changed it: it is then a new row


class MergedRequest:
    """A request on its way to be merged: `data` is what is to be checked and saved in its place."""

    def __init__(self, request: HttpRequest, opened: FormSnapshot) -> None:
        self.request, self.data = request, request.POST.copy()
        self.merge = Merge(opened)
        self.is_preview = "_preview" in request.POST

    def merge_main(self, form: Any) -> None:
        """Merge the fields of the item itself."""
        self._merge_form(form, "", "", self.merge.opened.fields)

    def _merge_form(self, form: Any, prefix: str, key: str, base: dict[str, Sent]) -> None:
        now, start = stored(form), f"{prefix}-" if prefix else ""
        fields = dict(compared(form))
        mine = {
            name: typed(one, f"{start}{name}", self.data, self.request.FILES)
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
                self.request.FILES.pop(sent_as, None)
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
        return MINE if self.is_preview else ""

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
                self._merge_form(_at(form, name), name, row.key, base.get(row.key, {}))
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
                chosen=MINE if self.is_preview else "",
                explanation=gettext("A colleague has removed this row; you have changed it."),
                theirs=gettext("The row is removed."),
                mine=gettext("The row is added again as you wrote it."),
                is_open=not self.is_preview,
            )
        )

    def _sent_rows(self, formset: Any) -> list[_Row]:
        pk_name, prefix = formset.model._meta.pk.name, formset.prefix
        rows: dict[int, _Row] = {}
        pattern = _of_rows(prefix)
        for source in (self.data, self.request.FILES):
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
        for source in (self.data, self.request.FILES):
            for sent_as in [name for name in source if pattern.fullmatch(name)]:
                source.pop(sent_as)
        for number, row in enumerate(rows):
            choice = row.data.pop("choice", None)
            sides: Any = ((self.data, row.data), (self.request.FILES, row.files))
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
