"""The admins of what has pages: content with its publication, and other items with addresses."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.alphabet import alphabetical
from foundation.content.models import Addressed, Content
from foundation.content.publication import (
    ContentQuerySet,
    Pairing,
    State,
    in_state,
    missing_texts,
)
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.content_forms import (
    WHAT_IS_NEW,
    AddressedForm,
    ContentForm,
    NoteForm,
    notes_of,
)
from foundation.editing.editing_admin import EditingAdmin
from foundation.editing.form_fields import Rows, both, pair
from foundation.editing.preview import Drawn, previewed

ONLY_IN = {"sv": _("Swedish only"), "fi": _("Finnish only")}
MISSING = {"sv": _("Swedish is not ready"), "fi": _("Finnish is not ready")}


class AddressedAdmin(EditingAdmin):
    """An item with a page of its own."""

    form = AddressedForm

    def view_on_site(self, obj: Addressed) -> str | None:
        """The item's page in the editor's language."""
        return obj.path()


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


class ContentAdmin(EditingAdmin):
    """Content: its texts, what it is about, when and in which languages readers get it.

    A subclass names its rich and plain texts in `texts`, and in `facts` what stands between the
    texts and the publication, as (heading, rows). With a NoteForm, readers are told what is new.
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
            *self._news(request, obj),
            (
                _("Responsibility"),
                {"fields": [("responsible", "review_by"), "is_example"]},
            ),
        ]

    def _news(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The note beside its translation, on followed items that one may change."""
        if not issubclass(self.form, NoteForm) or obj is None:
            return []
        if not self.has_change_permission(request, obj):
            return []
        if not NoteForm.declared_fields.keys().isdisjoint(self.withheld(request, obj)):
            return []
        fields: list[Any] = [pair("news")]
        if notes_of(obj).exists():
            fields.append("removed_notes")
        return [(WHAT_IS_NEW, {"fields": fields})]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; its preview button saves nothing."""
        view = partial(super().changeform_view, request, *args, **kwargs)
        if request.method == "POST" and "_preview" in request.POST:
            return previewed(view, request)
        return view()

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        if "_preview" in request.POST:
            return Drawn(request, obj)
        return super().response_add(request, obj, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_preview" in request.POST:
            return Drawn(request, obj)
        return super().response_change(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form, NoteForm):
            form.save_notes()

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
