"""The fields of a form in the admin: which the user may write, what they offer, how they are named.

Every admin of ours inherits from here, and its inlines too. What a user may not write is no field
of the form, so that a crafted request cannot write it either.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import ModelChoiceField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from modeltranslation.fields import TranslationField

from foundation.content.models import Content, Image
from foundation.content.publication import Decision
from foundation.content.richtext import RichTextField
from foundation.editing import autocomplete
from foundation.editing.rights import PUBLISH, belonging, may_view_all, parties_of, says_whose

IN_LANGUAGE = {"sv": _("in Swedish"), "fi": _("in Finnish")}

# What decides what readers get, and when.
DECISIONS = frozenset({"decision", "publish_at", "withdraw_at", "published_at"})
# Which readers get an item, and in which languages: nobody’s loss while it is a draft.
READERS = frozenset({"access", "pairing", "pairing_reason"})
# What staff decide about an item, whomever it belongs to.
OF_STAFF = frozenset(
    {"responsible", "review_by", "is_example", "news_sv", "news_fi", "removed_notes"}
)

# Rows of a form: a field, or fields that stand beside each other.
Rows = Sequence[str | tuple[str, ...]]


def pair(field: str) -> tuple[str, str]:
    """A translated field's row in a form: Swedish and Finnish beside each other."""
    return (f"{field}_sv", f"{field}_fi")


def both(field: str) -> tuple[str, str]:
    """A translated field's columns, to search in."""
    return pair(field)


class RichTextWidget(AdminProseEditorWidget):
    """The library's editor, fitted to the portal by editing/editor.js."""

    MODULES = ("editor", "toolbar", "word_paste", "picture_dialog")
    # Buttons only: the library's drop-down list cannot be opened by keyboard.
    GROUPS = (
        "blockType -lists",
        "lists",
        "nodes -blockType -lists",
        "quote",
        "marks",
        "link",
        "table",
        "history",
    )

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        config["extensions"] |= {
            "Menu": {"groups": [{"group": group} for group in self.GROUPS]},
            "FieldOfForm": True,
            "Toolbar": True,
            "OtherLanguage": True,
            "Cite": True,
            "FromWord": True,
            "Pictures": {"address": reverse("admin:pictures")},
        }
        # The browser knows each field's language, and with it how its words are spelt.
        config["extensions"].pop("NoSpellCheck", None)
        config["js_modules"] = [static(f"editing/{name}.js") for name in self.MODULES]
        return config


def is_draft(item: Any) -> bool:
    """True for content that is no more than a draft, and for what is being made."""
    return item is None or getattr(item, "decision", None) == Decision.DRAFT


def is_own_draft(user: Any, item: Any) -> bool:
    """True for a draft that the user answers for, and for what the user is making."""
    return item is None or (is_draft(item) and item.responsible_id == user.pk)


def offered(user: Any, model: type[models.Model]) -> models.QuerySet:
    """What those who edit for a municipality may choose: their own, and what readers see anyway."""
    rows: Any = model._default_manager.all()
    if says_whose(model):
        own = belonging(user, model)
        return rows.none() if own is None else own
    if issubclass(model, Content):
        return rows.published()
    is_closed = issubclass(model, Image) or not model._meta.app_config.name.startswith(
        ("municipalities", "projects", "publications")
    )
    return rows.none() if is_closed else rows


def decisions(user: Any, content: Any) -> set[str]:
    """Fields about publication that the user may not write."""
    if user.has_perm(PUBLISH):
        return set()
    # A file that is said to be public is so only with its material.
    may_plan = {"published_at"} if content is not None and is_draft(content) else set()
    readers = set() if is_draft(content) else READERS
    return (set(DECISIONS) - may_plan) | readers


class FormFields:
    """For an admin and an inline: fields in both languages, of which some are the user's."""

    # Translated fields without which a row cannot be saved in either language.
    required_in_both: tuple[str, ...] = ()
    formfield_overrides: Mapping[type[models.Field], Mapping[str, Any]] = {
        RichTextField: {"widget": RichTextWidget}
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(db_field, TranslationField):
            original, language = db_field.translated_field, db_field.language
            field.label = format_lazy("{} {}", original.verbose_name, IN_LANGUAGE[language])
            field.widget.attrs["lang"] = language
            field.required = original.name in self.required_in_both
        if isinstance(getattr(field, "widget", None), forms.SplitDateTimeWidget):
            for widget, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                widget.attrs["aria-label"] = format_lazy("{}, {}", field.label, part)
        if field is not None and isinstance(db_field, models.TimeField | models.DateTimeField):
            field.help_text = field.help_text or _("Helsinki time.")
        if isinstance(field, ModelChoiceField):
            autocomplete.name_choices(field)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # To change or delete the other thing from here is one slip of the mouse away.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def _written_fields(self) -> set[str]:
        """Every field that the form could write, its own included."""
        own = self.model._meta
        names = {field.name for field in (*own.fields, *own.many_to_many) if field.editable}
        return names | set(self.form.declared_fields)

    def _relations(self) -> set[str]:
        own = self.model._meta
        return {field.name for field in (*own.fields, *own.many_to_many) if field.is_relation}

    def _pictures(self) -> set[str]:
        return {field.name for field in self.model._meta.fields if field.related_model is Image}

    def _but_texts(self, codes: Collection[str]) -> set[str]:
        """Every field but the texts in the languages."""
        translated = self.model.translated_fields()
        texts = {f"{name}_{code}" for name in translated for code in codes}
        declared = self.form.declared_fields
        hidden = {name for name, field in declared.items() if field.widget.is_hidden}
        return self._written_fields() - texts - hidden

    def is_limited(self, request: HttpRequest) -> bool:
        """True for who sees of this model only what belongs to a municipality."""
        return not may_view_all(request.user, self.model) and bool(parties_of(request.user))

    def _limit(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        if self.is_limited(request):
            kwargs["queryset"] = offered(request.user, db_field.remote_field.model)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._limit(db_field, request, kwargs)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", autocomplete.Picker(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._limit(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Suggestions only where the user may look; others choose from a short list."""
        registry = self.admin_site._registry
        names = super().get_autocomplete_fields(request)  # type: ignore[misc]
        return [
            name
            for name in names
            if (found := registry.get(self.model._meta.get_field(name).related_model))
            and found.has_view_permission(request)
        ]

    def withheld(self, request: HttpRequest, obj: Any = None) -> set[str]:
        """Fields that the user may not write in the form of the object, or of a new one."""
        possible = self._withheld_by_right(request, obj)
        return set.intersection(*possible) & self._written_fields() if possible else set()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return (*names, *sorted(self.withheld(request, obj) - set(names)))
