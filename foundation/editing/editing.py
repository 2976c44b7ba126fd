"""What every admin of ours does: Swedish beside Finnish, and nobody’s work overwritten unseen."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import construct_change_message
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Coalesce
from django.forms.models import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media
from modeltranslation.fields import TranslationField

from foundation.content import languages
from foundation.content.agreement import EVERY_FIELD, look_again, writing
from foundation.content.alphabet import alphabetical
from foundation.content.models import Addressed, Bilingual, Content
from foundation.content.publication import (
    ContentQuerySet,
    Decision,
    Pairing,
    State,
    in_state,
    missing_texts,
)
from foundation.content.richtext import RichTextField
from foundation.content.templatetags.content import text as marked_text
from foundation.editing import content_checks_admin, field_states, picking
from foundation.editing.merging_admin import MergesEdits
from foundation.editing.preview import draw_if_asked, previewed
from foundation.editing.rights import has_right, translates
from foundation.editing.rights_admin import RightsAdmin, RightsInline
from foundation.editing.texts_shown import show_texts

logger = logging.getLogger(__name__)

IN_LANGUAGE = {"sv": _("in Swedish"), "fi": _("in Finnish")}
ONLY_IN = {"sv": _("Swedish only"), "fi": _("Finnish only")}
MISSING = {"sv": _("Swedish is not ready"), "fi": _("Finnish is not ready")}

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


def _saying_why(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers with a message where the database refuses at the last moment.

    Forms check every rule first; what is left are two people who save at the same instant, and
    deletions that a rule of another item forbids.
    """

    @wraps(view)
    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method != "POST":
                return view(self, request, *args, **kwargs)
            # The admin's own transaction goes on after a refusal: what is refused ends within it.
            with transaction.atomic():
                response = view(self, request, *args, **kwargs)
                check_rules_now()
                return response
        except IntegrityError as error:
            logger.warning("The database refused %s: %s", request.path, error)
            messages.error(
                request,
                gettext(
                    "Nothing was changed. Another item needs this one as it is, or a colleague "
                    "changed something at the same moment. Look at it again, then try once more."
                ),
            )
            return HttpResponseRedirect(request.get_full_path())

    return wrapped


def may_change(request: HttpRequest, model: type[models.Model]) -> bool:
    """True for a user with the right to change items of the model."""
    return has_right(request.user, "change", model)


def check_rules_now() -> None:
    """Let rules that wait for the commit speak before the admin reports success."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # What is written after this may break them for a moment as well.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class SideBySide:
    """Labels each input of a translated field with its language, and tells the browser."""

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
            picking.name_choices(field)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # To change or delete the other thing from here is one slip of the mouse away.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        shown: Any = self
        if db_field.name in shown.get_autocomplete_fields(request):
            kwargs.setdefault("widget", picking.Picker(db_field, shown.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class BilingualInline(SideBySide, RightsInline, admin.StackedInline):
    """Rows with translated texts inside the form of what they belong to."""

    extra = 0


class RowInline(SideBySide, RightsInline, admin.TabularInline):
    """Short rows without texts inside the form of what they belong to."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_view_related = False
        return field


class BilingualAdmin(SideBySide, MergesEdits, RightsAdmin, admin.ModelAdmin):
    """A model with translated texts."""

    list_per_page = 50

    change_form_template = "foundation/editing/bilingual_change_form.html"

    @_saying_why
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; its two ticks say what the change means for the other language."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        agreeing = [EVERY_FIELD] if "languages_agree" in request.POST else []
        small_change = "small_change" in request.POST
        with writing(author=request.user.pk, agreeing=agreeing, small_change=small_change):
            return super().changeform_view(request, *args, **kwargs)

    @_saying_why
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().delete_view(request, *args, **kwargs)

    @_saying_why
    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changelist_view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "languages_agree" in request.POST:
            # The admin saves only the rows that were changed; all of them are said to agree.
            for formset in formsets:
                model, user = formset.model, request.user
                may_agree = may_change(request, model) or translates(user, model)
                if issubclass(model, Bilingual) and may_agree:
                    kept = [row.instance.pk for row in formset.initial_forms]
                    look_again(model._default_manager.filter(pk__in=kept))
        check_rules_now()
        # Who stays at the form sees the findings there; a preview saves nothing.
        if not {"_continue", "_preview", IS_POPUP_VAR} & request.POST.keys():
            content_checks_admin.tell(request, form, formsets)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        check_rules_now()

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> Any:
        """What is worth a look in the texts, and the nonce that the editor's import map needs."""
        rows = [
            one.formset for one in context["inline_admin_formsets"] if one.has_change_permission
        ]
        show_texts(context, IN_LANGUAGE)
        context["findings"] = content_checks_admin.panel(context["adminform"].form, rows)
        for formset in rows:
            picking.prepare(formset)
        field_states.mark(
            [context["adminform"].form, *(row for formset in rows for row in formset.initial_forms)]
        )
        context["media"] = Media.from_media(
            context["media"],
            nonce=str(request.csp_nonce),
        )
        return super().render_change_form(request, context, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict]:
        """What was changed, by the names that the history can say in either language."""
        message = construct_change_message(form, formsets, add)
        for change in message:
            fields = change.get("changed", {}).get("fields")
            if fields:
                # The log keeps English msgids: “Title in Swedish” is none, “Title” is.
                names = [name.removesuffix(" in Swedish") for name in fields]
                names = [name.removesuffix(" in Finnish") for name in names]
                change["changed"]["fields"] = list(dict.fromkeys(names))
        return message


class AddressedForm(forms.ModelForm):
    """The form of an item with a page: an address left empty is made from the title."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code in languages.CODES:
            title = cleaned.get(f"{self.instance.name_field}_{code}")
            if title and f"slug_{code}" in cleaned and not cleaned[f"slug_{code}"]:
                cleaned[f"slug_{code}"] = self.instance.free_slug(title)
        return cleaned


class AddressedAdmin(BilingualAdmin):
    """An item with a page of its own."""

    form = AddressedForm

    def view_on_site(self, obj: Addressed) -> str | None:
        """The item's page in the editor's language."""
        return obj.path()


class ContentForm(AddressedForm):
    """The form of content."""

    def clean(self) -> dict[str, Any]:
        """What is made public without a moment is so now."""
        cleaned = super().clean()
        if cleaned.get("decision") == Decision.PUBLIC and "publish_at" in cleaned:
            cleaned["publish_at"] = cleaned["publish_at"] or timezone.now()
        return cleaned


class StateFilter(admin.SimpleListFilter):
    """Lists by what readers see at this moment."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        value = self.value()
        if value not in State.values:
            return queryset
        return queryset.filter(in_state(State(value), timezone.now()))


class ContentAdmin(AddressedAdmin):
    """Content: its texts, what it is about, when and in which languages readers get it.

    A subclass names its rich and plain texts in `texts`, and in `facts` what stands between the
    texts and the publication, as (heading, rows).
    """

    form = ContentForm
    texts: tuple[str, ...] = ("title", "lead", "body")
    facts: tuple[tuple[Any, Rows], ...] = ()
    list_display: tuple[str, ...] = (
        "heading",
        "state_shown",
        "languages_shown",
        "updated",
        "responsible",
    )
    list_display_links = ("heading",)
    list_filter: ClassVar[tuple[Any, ...]] = (StateFilter, "pairing", "is_example", "responsible")
    list_select_related: ClassVar[tuple[str, ...]] = ("responsible",)
    search_fields: ClassVar[tuple[str, ...]] = (*both("title"), *both("lead"))
    radio_fields: ClassVar[dict[str, Any]] = {
        "decision": admin.HORIZONTAL,
        "pairing": admin.HORIZONTAL,
    }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Grouped as an editor thinks: texts, facts, publication and languages, responsibility."""
        return [
            (_("Texts"), {"fields": [pair(field) for field in (*self.texts, "easy_language")]}),
            *((heading, {"fields": list(rows)}) for heading, rows in self.facts),
            (
                _("Publication and languages"),
                {
                    "fields": [
                        "decision",
                        ("publish_at", "withdraw_at"),
                        "pairing",
                        "pairing_reason",
                        pair("slug"),
                        pair("withdrawn_because"),
                    ]
                },
            ),
            (
                _("Responsibility"),
                {"fields": [("responsible", "review_by"), "is_example"]},
            ),
        ]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; its preview button saves nothing."""
        view = partial(super().changeform_view, request, *args, **kwargs)
        if request.method == "POST" and "_preview" in request.POST:
            return previewed(view, request)
        return view()

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        draw_if_asked(request, obj)
        return super().response_add(request, obj, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        draw_if_asked(request, obj)
        return super().response_change(request, obj)

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> Any:
        obj = kwargs.get("obj")
        context["can_be_previewed"] = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        return super().render_change_form(request, context, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        here = languages.current()
        rows: ContentQuerySet = super().get_queryset(request)
        return (
            rows.for_staff()
            .with_state()
            .annotate(
                title_shown=Coalesce(
                    f"title_{here}",
                    f"title_{languages.other(here)}",
                    output_field=models.CharField(),
                )
            )
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"responsible": request.user.pk, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "responsible":
            kwargs["queryset"] = db_field.remote_field.model._default_manager.filter(is_staff=True)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return field

    def view_on_site(self, obj: Content) -> str | None:  # type: ignore[override]
        """The item's page in the editor's language, once readers can see it."""
        return obj.path() if obj.state_at() == State.PUBLISHED else None

    @admin.display(description=_("Title"), ordering=alphabetical("title_shown"))
    def heading(self, item: Content) -> SafeString | str:
        return marked_text(item, "title") or str(item)

    @admin.display(description=_("State"), ordering="state")
    def state_shown(self, item: Any) -> SafeString:
        return tag(State(item.state).label, item.state)

    @admin.display(description=_("Languages"))
    def languages_shown(self, item: Content) -> Any:
        if item.pairing != Pairing.BOTH:
            return ONLY_IN[item.pairing]
        missing = [
            code for code, fields in missing_texts(item, *item.required_texts).items() if fields
        ]
        if not missing:
            return _("Swedish and Finnish")
        return tag(_("Neither is ready") if len(missing) == 2 else MISSING[missing[0]], "missing")

    @admin.display(description=_("Changed"), ordering="updated_at")
    def updated(self, item: Content) -> str:
        return formats.date_format(timezone.localtime(item.updated_at), "SHORT_DATE_FORMAT")


def tag(words: Any, kind: str) -> SafeString:
    """A short word in a list, set off by its colour and edge."""
    return format_html('<span class="tag tag-{}">{}</span>', kind, words)
