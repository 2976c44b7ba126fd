"""The trigger that notes every write to content: of a form, an import, `update()` or plain SQL.

Every model of the rooms named in the setting KEEPS_HISTORY_OF is recorded, unless its class says in
`unrecorded` why not. A class may further say:

- `recorded_when_deleted`: machines write its rows, so only their loss is noted (for the bin);
- `written_by_machines`: columns of it whose changes are no work of an editor;
- `written_by_machines_too`: columns that count only where a person changes them;
- `holds_personal_data`: what it once held is forgotten after as long as the bin keeps things;
- `stays_when_restored`: rows of it are neither removed nor changed when an item is restored.
"""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from modeltranslation.translator import NotRegistered, translator


class KeepHistory(pgtrigger.Trigger):
    """The trigger of one table; what it does is the function `history_note` (migration 0001)."""

    name = "keep_history"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: Any) -> str:
        """The call of the function, with what the row is a part of and the columns left out."""
        # Migrations hand in a model of theirs, which knows nothing of our classes.
        known_model = apps.get_model(model._meta.label)
        return (
            "PERFORM history_note(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW), "
            f"{_array(wholes_of(known_model))}, {_array(columns_left_out(known_model))}, "
            f"{_array(getattr(known_model, 'written_by_machines_too', ()))}); RETURN NULL;"
        )


class KeepDeletions(KeepHistory):
    """The trigger of a table that machines write: only what is deleted is noted."""

    operation = pgtrigger.Delete


def _array(words: Iterable[str]) -> str:
    quoted = ", ".join(f"'{word}'" for word in words)
    return f"ARRAY[{quoted}]::text[]"


def recorded_models() -> list[type[models.Model]]:
    """Every model of content whose rows leave a history."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in settings.KEEPS_HISTORY_OF
        and model._meta.managed
        and not model._meta.proxy
        and not getattr(model, "unrecorded", "")
    ]


def recorded_kinds() -> dict[str, type[models.Model]]:
    """The recorded models by the name of their table, which is how changes name them."""
    return {model._meta.db_table: model for model in recorded_models()}


def wholes_of(model: type[models.Model]) -> list[str]:
    """What a row is a part of, as `column=table`: what takes it along when it is deleted.

    `object_id=` stands for a row whose columns `kind` and `object_id` name any item.
    """
    wholes = [
        f"{field.column}={field.related_model._meta.db_table}"
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]
    names = {field.name for field in model._meta.concrete_fields}
    return [*wholes, "object_id="] if {"kind", "object_id"} <= names else wholes


def mirrored_columns(model: type[models.Model]) -> set[str]:
    """The columns that mirror the default language of a translated field: no text of their own."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def columns_left_out(model: type[models.Model]) -> list[str]:
    """Columns that alone make no version: computed ones, mirrors, and what machines write."""
    fields = model._meta.concrete_fields
    computed = {
        str(field.column)
        for field in fields
        if field.generated or getattr(field, "auto_now", False)
    }
    by_machines = set(getattr(model, "written_by_machines", ()))
    return sorted(computed | by_machines | mirrored_columns(model))


def record_every_model() -> None:
    """Put the trigger on every recorded table, so that none can be forgotten."""
    # Rows of many-to-many relations have a proxy: pgtrigger needs a model that migrations know.
    every = apps.get_models(include_auto_created=True)
    proxies = {model._meta.db_table: model for model in every if model._meta.proxy}
    for model in recorded_models():
        place = proxies.get(model._meta.db_table, model) if model._meta.auto_created else model
        only_deletions = getattr(model, "recorded_when_deleted", False)
        pgtrigger.register(KeepDeletions() if only_deletions else KeepHistory())(place)
