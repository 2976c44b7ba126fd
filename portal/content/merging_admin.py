"""Two people in one form of the admin: what each has changed is brought together, then saved.

What was sent is merged with what is stored now, and then checked and saved as if it had been typed.
Where both have changed the same field, nothing is saved: the form comes back with both.
"""

import hashlib
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from portal.content import languages, open_forms
from portal.content.merging import MergedRows, merge_fields, merge_rows
from portal.content.richtext import RichTextField
from portal.content.sent_values import (
    Opened,
    Sent,
    compared,
    in_words,
    meaning,
    put,
    stored,
    typed,
)
from portal.content.wording import as_html, word_diff

CARRIED = "opened_values"  # the hidden input with what stood in the form when it was opened
PUT_BACK = "_put_back"  # sent with a draft that the browser has kept: to be shown, not saved
MINE, THEIRS = "mine", "theirs"
_REMOVED = "removed"


@dataclass(frozen=True)
class Conflict:
    """What two people have made of one field, or of one row."""

    name: str  # of the field's input, or of the row
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

    opened: Opened
    conflicts: list[Conflict] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # labels of what others have changed
    bases: list[tuple[str, str, str, Any]] = field(default_factory=list)
    colleague: str = ""

    @property
    def open(self) -> list[Conflict]:
        """The conflicts that nobody has decided."""
        return [one for one in self.conflicts if one.is_open]


class MergesEdits:
    """An admin in which nobody overwrites what a colleague has changed meanwhile."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        view = super().changeform_view  # type: ignore[misc]
        if request.method != "POST" or object_id is None or "_saveasnew" in request.POST:
            return view(request, object_id, *args, **kwargs)
        # Locked until the change is committed: of two who save at once, the second is merged.
        with transaction.atomic():
            _merge(self, request, object_id)
            return view(request, object_id, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)  # type: ignore[misc]
        merge = _merge_of(request)
        if request.method != "POST" or not ((merge and merge.open) or PUT_BACK in request.POST):
            return form
        return type(form.__name__, (_Unsaved, form), {"merge": merge})

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, instances = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        merge = _merge_of(request)
        if request.method == "POST" and merge:
            for conflict in merge.open:
                for row in _rows(formsets, conflict):
                    row.full_clean()
                    row.add_error(conflict.field or None, _told(conflict))
        return formsets, instances

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what stood in the form when it was opened, and with what needs a choice."""
        merge = _merge_of(request)
        if context.get("original") is not None:
            shown = [one for one in context["inline_admin_formsets"] if one.has_change_permission]
            opened = Opened.of(context["adminform"].form, [one.formset for one in shown])
            if merge:
                context["conflicts"] = merge.conflicts
                _keep_bases(opened, merge)
            context["opened_values"] = opened.packed()
        context["is_put_back"] = PUT_BACK in request.POST
        context |= self._watched(request, context.get("original"))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _watched(self, request: HttpRequest, item: models.Model | None) -> dict[str, Any]:
        """Where the browser asks about the form, and who else has it open."""
        admin: Any = self
        if item is None:
            return {"watch_address": open_forms.address_of(None)}
        if not admin.has_change_permission(request, item):
            return {}
        open_forms.forget_old()
        open_forms.note(request, item)
        return {
            "watch_address": open_forms.address_of(item),
            "open_elsewhere": open_forms.others(request, item),
        }


class _Unsaved:
    """A form that is not to be saved yet: somebody has to choose, or it was only put back."""

    merge: Merge | None

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        if not self.merge or not self.merge.open:
            return
        form: Any = self
        for conflict in self.merge.open:
            if not conflict.prefix and conflict.field in form.fields:
                form.add_error(conflict.field, _told(conflict))
        form.add_error(None, ValidationError(_nothing_saved(self.merge), code="conflict"))

    def is_valid(self) -> bool:
        """False: it is looked at for the errors that are shown, and never saved."""
        super().is_valid()  # type: ignore[misc]
        return False


def _merge_of(request: HttpRequest) -> Merge | None:
    return getattr(request, "merge", None)


def _told(conflict: Conflict) -> SafeString:
    return format_html(
        '{} <a href="#conflict-{}">{}</a>',
        gettext("A colleague has changed this too."),
        conflict.name,
        gettext("Compare and choose"),
    )


def _nothing_saved(merge: Merge) -> str:
    return gettext(
        "%(who)s has saved this item while you had it open. Nothing of yours has been saved yet, "
        "and all that you wrote is still here. Choose what to keep, then save again."
    ) % {"who": merge.colleague or gettext("A colleague")}


def _rows(formsets: Any, conflict: Conflict) -> Iterator[Any]:
    for formset in formsets:
        if formset.prefix == conflict.prefix:
            for row in formset.forms:
                if conflict.name in (row.prefix, f"{row.prefix}-{conflict.field}"):
                    yield row


def _keep_bases(opened: Opened, merge: Merge) -> None:
    """Carry on with the former base of what is still in conflict."""
    for prefix, key, name, base in merge.bases:
        if not prefix:
            _set(opened.fields, name, base)
        elif not name:
            _set(opened.rows.setdefault(prefix, {}), key, base)
        elif key in opened.rows.get(prefix, {}):
            _set(opened.rows[prefix][key], name, base)


def _set(where: dict[str, Any], name: str, base: Any) -> None:
    if base is None:
        where.pop(name, None)
    else:
        where[name] = base


def _merge(model_admin: Any, request: HttpRequest, object_id: str) -> None:
    """Write into the request what others have changed meanwhile."""
    item = model_admin.get_object(request, unquote(object_id))
    if item is None or not model_admin.has_change_permission(request, item):
        return
    locked = type(item)._base_manager.select_for_update().filter(pk=item.pk)
    if not locked.values_list("pk").first():
        return
    item = model_admin.get_object(request, unquote(object_id))
    asked: Any = copy(request)
    asked.method = "GET"
    names = flatten_fieldsets(model_admin.get_fieldsets(asked, item))
    form = model_admin.get_form(asked, item, change=True, fields=names)(instance=item)
    formsets, inlines = model_admin._create_formsets(asked, item, change=True)
    work = _Merging(request, Opened.read(request.POST.get(CARRIED, "")))
    work.merge_main(form)
    for formset, inline in zip(formsets, inlines, strict=True):
        if inline.has_change_permission(request, item):
            keys = [row.instance.pk for row in formset.initial_forms]
            list(formset.model._base_manager.select_for_update().filter(pk__in=keys))
            work.merge_formset(formset)
    request.POST = work.data  # type: ignore[assignment]
    merge = work.merge
    if merge.conflicts or merge.kept:
        merge.colleague = _colleague(item, merge.opened.at)
    if merge.kept and "_preview" not in request.POST:
        told = gettext("%(who)s has changed this while you had the form open, and it is kept: ")
        who = merge.colleague or gettext("A colleague")
        messages.info(request, f"{told % {'who': who}}{', '.join(merge.kept)}.")
    request.merge = merge  # type: ignore[attr-defined]


def _colleague(item: models.Model, since: str) -> str:
    moment = parse_datetime(since) if since else None
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(item), object_id=str(item.pk)
    )
    entry = (
        entries.filter(action_time__gte=moment).select_related("user").first() if moment else None
    )
    return (entry.user.get_full_name() or str(entry.user)) if entry else ""


@dataclass
class _Row:
    """A row of a form as it was sent: the endings of its inputs’ names, and its values."""

    key: str
    data: dict[str, list[str]]
    files: dict[str, list[Any]]


class _Merging:
    """The work on one request."""

    def __init__(self, request: HttpRequest, opened: Opened) -> None:
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
                name=sent_as,
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
            elif not row.key and (told := row.data.pop(_REMOVED, None)):
                self.data.pop(f"{name}-{_REMOVED}", None)
                self._say_gone(formset.model, name, prefix, told[0])

    def _stays(self, row: _Row, formset: Any, merged: MergedRows, now: dict[str, Any]) -> bool:
        """False for a row that is not to be sent on; one that they removed becomes a new one."""
        if not row.key:
            return row.data.get("choice") != [f"{THEIRS}:{_REMOVED}"]
        if row.key in merged.removed:
            self._say(formset.model, gettext("removed"), None)
            return False
        if row.key in merged.they_removed:
            row.key = row.data[formset.model._meta.pk.name][0] = ""
            row.data[_REMOVED] = ["1"]
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
                name=name,
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

    def _say_gone(self, model: type[models.Model], name: str, prefix: str, _told: str) -> None:
        self.merge.conflicts.append(
            Conflict(
                name=name,
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
        for name, values in row.data.items():
            data.setlist(name, values)
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
            for into, values in ((self.data, row.data), (self.request.FILES, row.files)):
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
    plain = " ".join(
        words for _kind, found in word_diff(before, before, is_rich=is_rich) for words in found
    )
    return plain, as_html(steps[0], lang=here), as_html(steps[1], lang=here)
