"""Pictures, and the addresses that items once had."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models import Addressed, Image, LanguageState, SlugHistory, Term
from foundation.content.read_only_admin import ReadOnlyAdmin
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.editing_admin import EditingAdmin
from foundation.editing.form_fields import both, pair
from foundation.editing.worklist_admin import WorklistAdmin

admin.site.register(LanguageState, WorklistAdmin)


@admin.register(Image)
class ImageAdmin(EditingAdmin):
    """Pictures, each with what a reader who cannot see it needs to know."""

    list_display = ("preview", "alternative", "credit", "licence")
    list_display_links = ("alternative",)
    list_filter = ("is_decorative", "licence")
    search_fields = (*both("alt"), "credit")
    readonly_fields = ("large_preview",)
    fieldsets = (
        (_("Picture"), {"fields": ("large_preview", "file", ("focal_x", "focal_y"))}),
        (_("Text alternative"), {"fields": (pair("alt"), "is_decorative")}),
        (_("Source"), {"fields": (("credit", "licence"),)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            # Uploads have no address of their own to link to; the preview shows the picture.
            kwargs["widget"] = forms.FileInput(attrs={"accept": "image/*"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("Picture"))
    def preview(self, image: Image) -> SafeString:
        return _drawn(image, "preview")

    @admin.display(description=_("Picture"))
    def large_preview(self, image: Image) -> SafeString | str:
        return _drawn(image, "preview preview-large") if image.pk else "–"

    @admin.display(description=_("Text alternative"), ordering="alt_sv")
    def alternative(self, image: Image) -> Any:
        return marked_text(image, "alt") or _("Decoration only")


def _drawn(image: Image, css_class: str) -> SafeString:
    _width, address = image.sources()[0]
    return format_html('<img class="{}" src="{}" alt="">', css_class, address)


@admin.register(Term)
class TermAdmin(EditingAdmin):
    """The glossary."""

    list_display = ("term_sv", "term_fi")
    list_display_links = ("term_sv", "term_fi")
    search_fields = (*both("term"), *both("synonyms"))
    required_in_both = ("term",)
    fieldsets = (
        (None, {"fields": [pair(f) for f in ("term", "definition", "synonyms", "avoid")]}),
    )


class TakenOverFilter(admin.SimpleListFilter):
    """Lists former addresses that now belong to another item, and so lead to that one."""

    title = _("taken over")
    parameter_name = "taken_over"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("By another item"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "yes":
            return queryset
        # Under its own name, the library of translated fields would take it for one of the rivals'.
        queryset = queryset.annotate(former=F("slug"))
        taken = Q()
        for model in apps.get_models():
            if issubclass(model, Addressed):
                others = model._default_manager.exclude(pk=OuterRef("object_id"))
                for code in languages.CODES:
                    holder = others.filter(**{f"slug_{code}": OuterRef("former")}).order_by()
                    taken |= Q(Exists(holder), kind=model._meta.db_table, language=code)
        return queryset.filter(taken)


@admin.register(SlugHistory)
class SlugHistoryAdmin(ReadOnlyAdmin):
    """Former addresses, to look up: the database writes them."""

    list_display = ("slug", "language", "thing", "object_id", "replaced_at")
    list_filter = (TakenOverFilter, "language", "kind")
    search_fields = ("slug",)
    date_hierarchy = "replaced_at"
    ordering = ("-replaced_at",)

    @admin.display(description=_("Kind"), ordering="kind")
    def thing(self, former: SlugHistory) -> str:
        names = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models()}
        return str(names.get(former.kind, former.kind))
