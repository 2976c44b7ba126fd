"""Texts that a user may read in a form and not write: each in its language, as readers get it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from modeltranslation.fields import TranslationField

from foundation.content.richtext import RichTextField


def show_texts(context: dict[str, Any], in_language: Mapping[str, Any]) -> None:
    """Let the form of a context show what is read only of its translated texts, and its rows too.

    `in_language` says of each language what a label ends with.
    """
    form = context["adminform"]
    shown = _shown(form.form._meta.model, form.readonly_fields, in_language)
    form.fieldsets, form.readonly_fields = _with(shown, form.fieldsets, form.readonly_fields)
    for rows in context["inline_admin_formsets"]:
        may_change = rows.has_change_permission
        names = rows.readonly_fields if may_change else flatten_fieldsets(rows.fieldsets)
        shown = _shown(rows.opts.model, names, in_language)
        rows.fieldsets, rows.readonly_fields = _with(shown, rows.fieldsets, rows.readonly_fields)


def _shown(model: Any, names: Any, in_language: Mapping[str, Any]) -> dict[str, Callable]:
    found = {field.name: field for field in model._meta.fields if field.name in names}
    return {
        name: _text_of(field, in_language)
        for name, field in found.items()
        if isinstance(field, TranslationField)
    }


def _text_of(field: Any, in_language: Mapping[str, Any]) -> Callable[[Any], SafeString | str]:
    name, language = field.name, field.language

    def text(item: Any) -> SafeString | str:
        value = getattr(item, name)
        if not value:
            return "–"
        is_rich = isinstance(field.translated_field, RichTextField)
        # Rich text is sanitised on every way into the database.
        words = mark_safe(value) if is_rich else linebreaksbr(value)  # noqa: S308
        return format_html('<div lang="{}">{}</div>', language, words)

    text.__name__ = name
    text.short_description = format_lazy(
        "{} {}", field.translated_field.verbose_name, in_language[language]
    )
    return text


def _with(shown: dict[str, Callable], fieldsets: Any, readonly: Any) -> tuple[Any, Any]:
    def put(row: Any) -> Any:
        if isinstance(row, (list, tuple)):
            return tuple(shown.get(name, name) for name in row)
        return shown.get(row, row)

    replaced = [
        (heading, {**group, "fields": [put(row) for row in group["fields"]]})
        for heading, group in fieldsets
    ]
    return replaced, [*readonly, *shown.values()]
