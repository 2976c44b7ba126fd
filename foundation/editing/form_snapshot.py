"""Values of a form as browsers send them: written from the database, read from a request, compared.

A form carries what stood in it when it was opened in this shape. Python's own values would not do:
the one who types may have typed what cannot be read as one.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField, ModelChoiceField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

# What the inputs of one field send, by the endings of their names; empty inputs are left out.
Sent = dict[str, list[str]]

MOST = 5_000_000  # characters of a form's opened values, unpacked: above what a request may hold
_NO_VALUES = ("DELETE", "ORDER")


def compared(form: Any) -> Iterator[tuple[str, forms.Field]]:
    """The fields of a form that people change: neither keys nor the tick that deletes a row."""
    for name, one in form.fields.items():
        is_key = isinstance(one, InlineForeignKeyField) or name == form._meta.model._meta.pk.name
        if not (is_key or one.disabled or name in _NO_VALUES):
            yield name, one


def stored(form: Any) -> dict[str, Sent]:
    """What the form's inputs would send if nobody typed anything."""
    return {
        name: _written(one, form.get_initial_for_field(one, name)) for name, one in compared(form)
    }


def _written(one: forms.Field, value: Any) -> Sent:
    if isinstance(one, forms.FileField):
        return {"": [str(value)]} if value else {}
    return dict(_of_widget(one.widget, one.prepare_value(value), ""))


def _of_widget(widget: Any, value: Any, ending: str) -> Iterator[tuple[str, list[str]]]:
    widget = getattr(widget, "widget", widget)  # the admin wraps those of related things
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        for name, one, part in zip(widget.widgets_names, widget.widgets, parts, strict=False):
            yield from _of_widget(one, part, f"{ending}{name}")
        return
    if isinstance(widget, forms.CheckboxInput):
        shown = ["on"] if value else []
    elif isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        shown = [str(key) for key in widget.format_value(value) if key not in ("", None)]
    else:
        written = widget.format_value(value)
        shown = [] if written in ("", None) else [str(written)]
    if shown:
        yield ending, shown


def endings(one: forms.Field) -> list[str]:
    """The endings of the names of a field's inputs."""
    widget = getattr(one.widget, "widget", one.widget)
    return list(widget.widgets_names) if isinstance(widget, forms.MultiWidget) else [""]


def typed(one: forms.Field, name: str, data: QueryDict, files: Any) -> Sent:
    """What a request sends for a field; of a file its new name."""
    if isinstance(one, forms.FileField):
        return {"": [f"{files[name].name}\N{NULL}"]} if name in files else {}
    sent = {ending: data.getlist(f"{name}{ending}") for ending in endings(one)}
    return {ending: values for ending, values in sent.items() if any(values)}


def put(one: forms.Field, name: str, sent: Sent, data: QueryDict) -> None:
    """Write a field's values into a request, as if they had been typed."""
    if isinstance(one, forms.FileField):
        return
    # Some forms compare with what they showed: what has been merged in was not typed.
    for start in ("", "initial-") if one.show_hidden_initial else ("",):
        for ending in endings(one):
            key = f"{start}{name}{ending}"
            data.pop(key, None)
            if ending in sent:
                data.setlist(key, sent[ending])
            elif not isinstance(one.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                data[key] = ""


def meaning(one: forms.Field, sent: Sent) -> Hashable:
    """What is said by what was sent, so that “9:00” and “09:00” are no difference."""
    if isinstance(one, forms.FileField | forms.BooleanField):
        return _plain(sent)
    if isinstance(one, ModelChoiceField | forms.ChoiceField):
        return frozenset(value for values in sent.values() for value in values if value)
    try:
        if isinstance(one, forms.MultiValueField):
            return one.compress(
                [
                    part.clean((sent.get(ending) or [""])[0])
                    for part, ending in zip(one.fields, endings(one), strict=True)
                ]
            )
        value = one.to_python((sent.get("") or [""])[0])
    except (ValidationError, TypeError):
        return _plain(sent)
    if isinstance(value, str):
        return "\n".join(value.splitlines()).strip()
    return "" if value is None else value


def _plain(sent: Sent) -> Hashable:
    return tuple((ending, *values) for ending, values in sorted(sent.items()))


def in_words(one: forms.Field, sent: Sent) -> str:
    """What was sent, as a person reads it."""
    values = [value.rstrip("\N{NULL}") for key in sorted(sent) for value in sent[key]]
    if isinstance(one, forms.BooleanField):
        return gettext("Yes") if values else gettext("No")
    if isinstance(one, forms.FileField):
        return ", ".join(value.rpartition("/")[2] for value in values)
    if isinstance(one, ModelChoiceField):
        keys = [value for value in values if value.isdecimal()]
        chosen = one.queryset.filter(pk__in=keys) if one.queryset is not None else ()
        return ", ".join(str(one.label_from_instance(item)) for item in chosen)
    if isinstance(one, forms.ChoiceField):
        choices: Any = one.choices
        names = {str(key): str(label) for key, label in choices}
        return ", ".join(names.get(value, value) for value in values)
    return " ".join(values)


def _checked(fields: Any) -> dict[str, Sent]:
    """The values, read from what anybody may have sent; raises what dictionaries raise."""
    return {
        str(name): {str(ending): [str(one) for one in values] for ending, values in sent.items()}
        for name, sent in fields.items()
    }


@dataclass
class FormSnapshot:
    """What stood in a form and in its rows when it was opened, and when that was (ISO 8601)."""

    fields: dict[str, Sent] = field(default_factory=dict)
    rows: dict[str, dict[str, dict[str, Sent]]] = field(default_factory=dict)
    at: str = ""

    @classmethod
    def of(cls, form: Any, formsets: Any) -> "FormSnapshot":
        """What stands in a form and its rows in the database."""
        rows = {
            formset.prefix: {str(row.instance.pk): stored(row) for row in formset.initial_forms}
            for formset in formsets
        }
        return cls(stored(form), rows, timezone.now().isoformat())

    @classmethod
    def read(cls, packed: str) -> "FormSnapshot":
        """What a form carried; nothing where it cannot be read."""
        try:
            reading = zlib.decompressobj()
            unpacked = reading.decompress(base64.b64decode(packed, validate=True), MOST)
            fields, rows, at = json.loads(unpacked)
            rows = {p: {key: _checked(row) for key, row in of.items()} for p, of in rows.items()}
            return cls(_checked(fields), rows, str(at))
        except (binascii.Error, zlib.error, ValueError, TypeError, AttributeError):
            return cls()

    def packed(self) -> str:
        """The values for a hidden input: packed, because they are the form once more."""
        written = json.dumps([self.fields, self.rows, self.at], separators=(",", ":"))
        return base64.b64encode(zlib.compress(written.encode(), 1)).decode()
