"""Choosing other things in a form: by either name, and as cheaply for many rows as for one."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.models import ModelChoiceField

from foundation.content import languages
from foundation.content.models import Bilingual


def has_two_names(model: type[models.Model]) -> bool:
    """True for things that are known by a name in each language."""
    return issubclass(model, Bilingual) and "name" in model.translated_fields()


def both_names(item: Any) -> str:
    """Both names of a thing, that of the editor's language first; once where they are the same."""
    here = languages.current()
    names = [getattr(item, f"name_{code}") for code in (here, languages.other(here))]
    return " – ".join(dict.fromkeys(name for name in names if name))


def named(item: models.Model) -> str:
    """What a thing is called where it is chosen."""
    return both_names(item) if has_two_names(type(item)) else str(item)


def name_choices(field: Any) -> None:
    """Call what a field lets choose by both names, where it has two."""
    if has_two_names(field.queryset.model):
        field.label_from_instance = both_names


class Suggestions(AutocompleteJsonView):
    """Django's suggestions, called by both names."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": named(obj)}


class Picker(AutocompleteSelect):
    """Django's field with suggestions, which can be told beforehand what has been chosen."""

    known: dict[str, models.Model] | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The chosen thing alone; without a query where it is known."""
        chosen = [str(key) for key in value if key not in ("", None)]
        if self.known is None or not set(chosen) <= self.known.keys():
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in chosen:
            label = self.choices.field.label_from_instance(self.known[key])
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


def prepare(formset: Any) -> None:
    """Fetch at once what the rows of a formset name and let choose; one query for each field."""
    forms = [*formset.forms, formset.empty_form]
    for form in formset.initial_forms:
        formset.fk.set_cached_value(form.instance, formset.instance)
    for name, field in forms[0].fields.items():
        if type(field) is not ModelChoiceField or field.widget.is_hidden:
            continue
        if isinstance(getattr(field.widget, "widget", field.widget), Picker):
            known = _chosen(name, forms)
            for form in forms:
                widget = form.fields[name].widget
                getattr(widget, "widget", widget).known = known
        else:
            items = list(field.queryset or ())
            known = {str(item.pk): item for item in items}
            first = [] if field.empty_label is None else [("", field.empty_label)]
            choices = [(item.pk, field.label_from_instance(item)) for item in items]
            for form in forms:
                form.fields[name].choices = first + choices
        _name_rows(name, formset.initial_forms, known)


def _chosen(name: str, forms: list[Any]) -> dict[str, models.Model]:
    keys = {str(form[name].value()) for form in forms} - {"", "None"}
    queryset = forms[0].fields[name].queryset
    found = queryset.in_bulk([int(key) for key in keys if key.isdecimal()]) if keys else {}
    return {str(key): item for key, item in found.items()}


def _name_rows(name: str, forms: Iterable[Any], known: dict[str, models.Model]) -> None:
    """Hand the rows what they refer to, of which their headings are made."""
    for form in forms:
        column = form.instance._meta.get_field(name)
        item = known.get(str(getattr(form.instance, column.attname)))
        if item is not None:
            column.set_cached_value(form.instance, item)
