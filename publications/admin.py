"""Editing what there is to read and take home."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.templatetags.content import file_size
from foundation.content.templatetags.content import text as marked_text
from foundation.editing.content_admin import AddressedAdmin, ContentAdmin, StateFilter
from foundation.editing.content_forms import NoteForm
from foundation.editing.edit_conflicts import EditFormSet
from foundation.editing.editing_admin import BilingualInline, RowInline
from foundation.editing.form_fields import both, pair
from publications import text_extraction_admin
from publications.adoption_admin import AdoptionRequestAdmin
from publications.bulk_upload_admin import intake_urls
from publications.caption_duty_admin import CaptionFilter
from publications.counts_admin import TellsCounts
from publications.files import NOT_AT_ALL, file_response
from publications.models import (
    ActionProposal,
    Adoption,
    AdoptionRequest,
    Authorship,
    Figure,
    Material,
    MaterialFile,
    Practice,
    Publication,
    PublicationContact,
    PublicationEvent,
    ReflectionQuestion,
    Story,
    TaskArea,
)
from publications.new_version import may_bring_version, new_version_urls
from publications.previews import picture_response
from publications.text_extraction_admin import ReadableForm, ReadingShown

admin.site.register(AdoptionRequest, AdoptionRequestAdmin)


class FigureInline(BilingualInline):
    model = Figure
    autocomplete_fields = ("image",)
    fieldsets = (
        (None, {"fields": (("image", "position"), pair("caption"), pair("long_description"))}),
    )


@admin.register(Story)
class StoryAdmin(ContentAdmin):
    """Stories: one object, two headlines."""

    form = NoteForm
    texts = ("kicker", "title", "lead", "body", "source")
    facts = ((_("Belongs to"), (("year", "theme"), "publication", "municipalities", "read_also")),)
    autocomplete_fields = ("publication", "municipalities", "read_also")
    list_display = ("heading", "year", "theme", *ContentAdmin.list_display[1:])
    list_filter = (StateFilter, "pairing", "year", "theme", "is_example", "responsible")
    list_select_related = ("responsible", "theme")
    inlines = (FigureInline,)


class AuthorshipInline(BilingualInline):
    model = Authorship
    fieldsets = (
        (None, {"fields": (("given_name", "family_name", "position"), pair("affiliation"))}),
    )


class ActionProposalInline(BilingualInline):
    model = ActionProposal
    fieldsets = ((None, {"fields": (("number", "position"), pair("title"), pair("proposal"))}),)


class ReflectionQuestionInline(BilingualInline):
    model = ReflectionQuestion
    fieldsets = ((None, {"fields": ("position", pair("question"))}),)


class PublicationEventInline(BilingualInline):
    model = PublicationEvent
    fieldsets = ((None, {"fields": (("year", "position"), pair("when"), pair("event"))}),)


class PublicationContactInline(BilingualInline):
    model = PublicationContact
    autocomplete_fields = ("contact",)
    fieldsets = ((None, {"fields": (("contact", "position"), pair("role"))}),)


@admin.register(Publication)
class PublicationAdmin(ContentAdmin):
    """Publications, with all that belongs to one."""

    form = NoteForm
    change_form_template = "publications/admin/material_owner_change_form.html"
    texts = ("title", "lead", "body", "key_findings")
    facts = (
        (
            _("The work"),
            (
                ("original_title", "original_language"),
                ("kind", "year"),
                ("series", "number", "pages"),
                pair("place"),
                ("publisher", "isbn", "doi"),
                "full_text",
                "promised_proposals",
            ),
        ),
        (_("Belongs to"), ("theme",)),
    )
    autocomplete_fields = ("publisher",)
    list_display = ("heading", "year", "kind", "theme", *ContentAdmin.list_display[1:])
    list_filter = (StateFilter, "pairing", "kind", "year", "theme", "responsible")
    list_select_related = ("responsible", "theme")
    search_fields = (*ContentAdmin.search_fields, "original_title", "isbn", "doi")
    inlines = (
        AuthorshipInline,
        ActionProposalInline,
        ReflectionQuestionInline,
        PublicationEventInline,
        FigureInline,
        PublicationContactInline,
    )


@admin.register(TaskArea)
class TaskAreaAdmin(AddressedAdmin):
    """Statutory task areas, in the order of the pages."""

    required_in_both = ("name",)
    list_display = ("name_shown", "position")
    search_fields = both("name")
    fieldsets = ((None, {"fields": (pair("name"), "position", pair("slug"))}),)

    @admin.display(description=_("Name"), ordering="name_sv")
    def name_shown(self, area: TaskArea) -> SafeString:
        return marked_text(area, "name")


class AdoptionInline(RowInline):
    model = Adoption
    autocomplete_fields = ("municipality",)
    fields = ("municipality", "is_origin")


@admin.register(Practice)
class PracticeAdmin(ContentAdmin):
    """Good practice."""

    form = NoteForm
    own_may = ("view", "change", "add")
    texts = ("title", "lead", "need", "idea", "how", "results", "requirements", "body")
    facts = ((_("Belongs to"), ("theme", "task_areas", "contact", "full_model")),)
    autocomplete_fields = ("contact",)
    filter_horizontal = ("task_areas",)
    list_display = ("heading", "theme", *ContentAdmin.list_display[1:])
    list_filter = (StateFilter, "pairing", "theme", "task_areas", "responsible")
    list_select_related = ("responsible", "theme")
    inlines = (AdoptionInline,)


class MaterialFileForm(ReadableForm):
    """The form of a file that is not public yet."""

    def files_format(self) -> str:
        """The format of the file as saving will read it from its name."""
        file = self.cleaned_data.get("file")
        return PurePosixPath(file.name).suffix.lower().lstrip(".") if file else ""


class MaterialFileFormSet(EditFormSet):
    """Files of a material, of which no two share language, format and version."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not self._should_delete_form(form)
        ]
        listed = {form.instance.pk for form in self.forms if form.instance.pk}
        others = MaterialFile.objects.filter(material=self.instance.pk).exclude(pk__in=listed)
        taken = set(others.values_list("role", "language", "format", "version"))
        for form in kept:
            data = form.cleaned_data
            place = (data["role"], data["language"], form.files_format(), data["version"])
            if place in taken:
                form.add_error(
                    "version", _("There already is a file in this language and version.")
                )
            taken.add(place)


class FileInline(ReadingShown, BilingualInline):
    """Files of a material; those that are public and those that are not are edited apart."""

    model = MaterialFile
    form = ReadableForm

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "file":
            # Uploads have no address of their own to link to; `stored` links to the admin's.
            kwargs["widget"] = forms.FileInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("Stored file"))
    def stored(self, file: MaterialFile) -> SafeString | str:
        if not file.pk:
            return "–"
        address = reverse("admin:publications_materialfile_download", args=[file.pk])
        return format_html(
            '<a href="{}">{}</a>, {}', address, file.original_name, file_size(file.size)
        )


class UnpublishedFileInline(FileInline):
    """Files that editors are still preparing."""

    form = MaterialFileForm
    formset = MaterialFileFormSet
    verbose_name = _("file that is not public yet")
    verbose_name_plural = _("files that are not public yet")
    readonly_fields = ("stored", "reading", "page_pictures_shown")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("file", "stored"),
                    ("language", "version", "role"),
                    ("pages", "seconds"),
                    *text_extraction_admin.FIELDS,
                    "published_at",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(published_at__isnull=True)


class PublishedFileInline(FileInline):
    """Public files: their bytes never change; what describes them may be put right."""

    verbose_name = _("public file")
    verbose_name_plural = _("public files")
    can_delete = False
    readonly_fields = (
        *("stored", "language", "version", "role", "published_at", "successor"),
        *("reading", "page_pictures_shown"),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The way to the next version only for those who may bring it."""
        first: tuple[str, ...] = ("stored", "published_at")
        if may_bring_version(request):
            first = (*first, "successor")
        about = (
            ("language", "version", "role"),
            ("pages", "seconds"),
            *text_extraction_admin.FIELDS,
        )
        return ((None, {"fields": (first, *about)}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(published_at__isnull=False)

    @admin.display(description=_("Next version"))
    def successor(self, file: MaterialFile) -> SafeString:
        address = reverse("admin:publications_materialfile_new_version", args=[file.pk])
        return format_html('<a class="button" href="{}">{}</a>', address, _("New version"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Material)
class MaterialAdmin(TellsCounts, ContentAdmin):
    """Materials and their files."""

    form = NoteForm
    change_form_template = "publications/admin/material_change_form.html"
    own_may = ("view", "change", "add")
    facts = (
        (_("Who may have it"), ("access",)),
        (_("What it is"), (("type", "licence"), pair("attribution"), pair("audience"), "poster")),
        (_("For a video"), (pair("transcript"),)),
        (_("For a link"), (pair("link"),)),
        (_("Belongs to one of these"), (("project", "theme"), ("workshop", "publication"))),
    )
    autocomplete_fields = ("project", "theme", "workshop", "publication", "poster")
    date_hierarchy = "publish_at"
    list_display = ("heading", "type", "owner", *ContentAdmin.list_display[1:])
    list_filter = (
        StateFilter,
        "access",
        "type",
        CaptionFilter,
        "pairing",
        "licence",
        "is_example",
        "responsible",
    )
    list_select_related = ("responsible", "project", "theme", "workshop", "publication")
    inlines = (UnpublishedFileInline, PublishedFileInline)

    @admin.display(description=_("Belongs to"))
    def owner(self, material: Material) -> SafeString:
        return marked_text(material.belongs_to, "title")

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Public files only where there are some: an empty heading says nothing."""
        if obj and obj.files.filter(published_at__isnull=False).exists():
            return self.inlines
        return (UnpublishedFileInline,)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.download)
        name = "publications_materialfile_download"
        picture = self.admin_site.admin_view(self.page_picture)
        address = "files/<int:pk>/pages/<int:number>-<int:width>.webp"
        return [
            path("files/<int:pk>/", view, name=name),
            path(address, picture, name="publications_materialfile_picture"),
            *intake_urls(self),
            *new_version_urls(self),
            *super().get_urls(),
        ]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is MaterialFile:
            text_extraction_admin.note_editor(request, formset)
        super().save_formset(request, form, formset, change)

    def download(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The bytes of a stored file, public or not, for those who may see the material here."""
        file = get_object_or_404(MaterialFile.objects.for_staff().select_related("material"), pk=pk)
        if not self.has_view_or_change_permission(request, file.material):
            raise PermissionDenied
        return file_response(request, file, languages.current(), NOT_AT_ALL)

    def page_picture(
        self, request: HttpRequest, pk: int, number: int, width: int
    ) -> HttpResponseBase:
        """A drawn page of a file, public or not, for those who may see the material here."""
        file = get_object_or_404(MaterialFile.objects.for_staff().select_related("material"), pk=pk)
        if not self.has_view_or_change_permission(request, file.material):
            raise PermissionDenied
        return picture_response(MaterialFile.objects.all(), pk, number, width)
