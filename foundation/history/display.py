"""What has changed in an item, in words: field by field, Swedish beside Finnish."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from modeltranslation.fields import TranslationField

from foundation.content import languages
from foundation.content.models import Addressed
from foundation.content.richtext import RichTextField
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.word_diff import as_html, word_diff, words_of
from foundation.history.models import Change
from foundation.history.recording import columns_left_out
from foundation.history.rows import Part, Row, Rows, Shape, instance_of

Operation = Change.Operation


@dataclass(frozen=True)
class Side:
    """What has changed in one language of a field, or in a field without languages (None)."""

    language: str | None
    difference: SafeString | str  # "" where nothing has


@dataclass(frozen=True)
class FieldDifference:
    """A field in which something has changed."""

    label: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class RowDifference:
    """A row that has come, gone or changed: the item's own, or one that is a part of it."""

    operation: str
    is_item: bool
    kind_name: str
    called: SafeString | str
    fields: tuple[FieldDifference, ...]


def shown_fields(model: type[models.Model], part: Part | None = None) -> list[models.Field]:
    """The fields that an editor knows, addresses last.

    None that is computed, counted or mirrors another.
    """
    hidden = set(columns_left_out(model)) | ({part.column} if part else set())
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and str(field.column) not in hidden
    ]
    return sorted(fields, key=lambda field: isinstance(field, models.SlugField))


def label_of(field: Any) -> str:
    """What a form calls the field, without its language."""
    original = field.translated_field if isinstance(field, TranslationField) else field
    return str(capfirst(original.verbose_name))


def language_of(field: Any) -> str | None:
    return field.language if isinstance(field, TranslationField) else None


class Names:
    """What the things are called that rows refer to; one query for each kind of thing."""

    def __init__(self, rows: Iterable[tuple[type[models.Model], Row]]) -> None:
        wanted_keys: dict[Any, set[Any]] = defaultdict(set)
        for model, row in rows:
            for field in _relations(model):
                if row.get(str(field.column)) is not None:
                    wanted_keys[field.related_model].add(row[str(field.column)])
        self._things = {
            model: model._base_manager.in_bulk(list(keys)) for model, keys in wanted_keys.items()
        }

    def of(self, field: models.Field, key: Any) -> SafeString | str:
        """The name of the thing a foreign key leads to."""
        thing = self._things.get(field.related_model, {}).get(key)
        return name_of(thing) if thing else gettext("(no longer there)")

    def in_plain_words(self, field: models.Field, key: Any) -> str:
        """The same without markup."""
        return str(self._things.get(field.related_model, {}).get(key) or self.of(field, key))

    def of_row(self, model: type[models.Model], row: Row) -> SafeString | str:
        """The name of a row itself, whether it is still there or not."""
        item = instance_of(model, row)
        for field in _relations(model):
            thing = self._things.get(field.related_model, {}).get(row.get(str(field.column)))
            if thing is not None:
                setattr(item, field.name, thing)
        try:
            return name_of(item)
        except ObjectDoesNotExist:  # of what it is named by
            return f"{item.pk}"


def _relations(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.remote_field]


def name_of(item: models.Model) -> SafeString | str:
    """What an item is called, marked with its language where that is not the editor's."""
    if isinstance(item, Addressed):
        return marked_text(item, item.name_field) or str(item)
    return str(item)


def differences(shape: Shape, old: Rows, new: Rows) -> list[RowDifference]:
    """What has changed between two states of an item, the item's own row first."""
    order = [shape.kind, *(part.kind for part in shape.parts)]
    keys = sorted(
        {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)},
        key=lambda key: (order.index(key[0]), key[1]),
    )
    known = [
        (shape.model_of(key[0]), rows[key]) for key in keys for rows in (old, new) if key in rows
    ]
    names = Names(known)
    row_differences = [
        _row_difference(shape, key[0], old.get(key), new.get(key), names) for key in keys
    ]
    return [row for row in row_differences if row.fields or row.operation != Operation.CHANGED]


def _row_difference(
    shape: Shape, kind: str, old: Row | None, new: Row | None, names: Names
) -> RowDifference:
    model, part = shape.model_of(kind), shape.part_of_kind.get(kind)
    operation = Operation.ADDED if old is None else Operation.DELETED
    if old is not None and new is not None:
        operation = Operation.CHANGED
    stands = new or old or {}
    if part and part.field:
        field: Any = shape.model._meta.get_field(part.field)
        tied = next(f for f in _relations(model) if str(f.column) != part.column)
        name, fields = names.of(tied, stands[str(tied.column)]), ()
        return RowDifference(operation, False, label_of(field), name, fields)
    return RowDifference(
        operation,
        part is None,
        str(capfirst(model._meta.verbose_name)),
        names.of_row(model, stands),
        tuple(_field_differences(model, part, old or {}, new or {}, names)),
    )


def _field_differences(
    model: type[models.Model], part: Part | None, old: Row, new: Row, names: Names
) -> Iterable[FieldDifference]:
    """The fields that differ; the two languages of a text stand in one difference."""
    pairs: dict[str, list[tuple[Any, SafeString | str]]] = {}
    for field in shown_fields(model, part):
        column = str(field.column)
        said = ""
        # A column that is younger than what was noted is no change.
        if old.get(column) != new.get(column) and (not old or column in old):
            said = _difference(field, old, new, names)
        pairs.setdefault(_original_name(field), []).append((field, said))
    for group in pairs.values():
        if any(said for _field, said in group):
            group.sort(
                key=lambda field_and_text: languages.CODES.index(
                    language_of(field_and_text[0]) or "sv"
                )
            )
            sides = tuple(Side(language_of(field), said) for field, said in group)
            yield FieldDifference(label_of(group[0][0]), sides)


def _original_name(field: Any) -> str:
    return field.translated_field.name if isinstance(field, TranslationField) else field.name


def _is_text(field: models.Field) -> bool:
    return isinstance(field, (models.CharField, models.TextField)) and not field.flatchoices


def is_rich(field: Any) -> bool:
    original = field.translated_field if isinstance(field, TranslationField) else field
    return isinstance(original, RichTextField)


def _difference(field: Any, old: Row, new: Row, names: Names) -> SafeString | str:
    language = languages.current()
    column = str(field.column)
    if not old or not new:  # all of the row has come or gone, which its heading says
        words = words_of(str(new.get(column) or old.get(column) or ""), is_rich=is_rich(field))
        plain = words if _is_text(field) else [said_of(field, new or old, names)]
        return as_html([("same", plain)], lang=language) if any(plain) else ""
    if _is_text(field):
        before, after = old.get(column) or "", new.get(column) or ""
        steps = word_diff(before, after, is_rich=is_rich(field))
        if all(kind == "same" for kind, _words in steps):
            # An empty text and none are the same to whoever reads them.
            return gettext("Only its formatting has changed.") if before and after else ""
        return as_html(steps, lang=language)
    said = [(kind, said_of(field, row, names)) for kind, row in (("removed", old), ("added", new))]
    return as_html([(kind, [value]) for kind, value in said if value], lang=language)


def said_of(field: Any, row: Row, names: Names) -> str:
    """A value in words: by its label, the name of what it leads to, a date as it is written."""
    value = row.get(str(field.column))
    if value is None or value == "":
        return ""
    if field.remote_field:
        return names.in_plain_words(field, value)
    if isinstance(field, models.FileField):
        return str(row.get("original_name") or PurePosixPath(value).name)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return gettext("Yes") if value else gettext("No")
    return _written(field.to_python(value))


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, time):
        return formats.time_format(value, "TIME_FORMAT")
    return str(formats.localize(value, use_l10n=True))
