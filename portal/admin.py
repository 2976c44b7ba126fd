"""Editing the site: its statements, and what readers have written to us."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from foundation.content.read_only_admin import ReadOnlyAdmin
from foundation.editing.content_admin import ContentAdmin, tag
from foundation.editing.edit_conflicts import EditForm
from foundation.editing.editing_admin import EditingAdmin
from portal.broken_links import edit_address, with_items
from portal.models import BrokenLink, Feedback, Redirect, Statement


@admin.register(Statement)
class StatementAdmin(ContentAdmin):
    """The pages that the law wants."""

    facts = ((_("What it is"), (("subject", "reviewed_on"),)),)
    list_display = ("heading", "subject", *ContentAdmin.list_display[1:])


@admin.register(Redirect)
class RedirectAdmin(EditingAdmin):
    """Short addresses, with where they lead."""

    list_display = ("address", "target", "note")
    search_fields = ("address", "target", "note")
    fields = ("address", "target", "note")


class ConfirmedFilter(admin.SimpleListFilter):
    """Lists links by whether they have failed on two different days."""

    title = _("failed")
    parameter_name = "failed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("twice", _("On two days at least")), ("once", _("Once"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        is_confirmed = models.Q(last_failed_on__gt=models.F("first_failed_on"))
        if self.value() == "twice":
            return queryset.filter(is_confirmed)
        return queryset.exclude(is_confirmed) if self.value() == "once" else queryset


class BrokenLinkList(ChangeList):
    """The list of broken links, which fetches the items of a page together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for link, item in with_items(self.result_list):
            link.item = item


@admin.register(BrokenLink)
class BrokenLinkAdmin(ReadOnlyAdmin):
    """Links that could not be followed; the nightly check writes them, and takes them away."""

    list_display = ("url", "stands_in", "what_happened", "first_failed_on", "last_failed_on")
    list_display_links = None
    list_filter = (ConfirmedFilter,)
    search_fields = ("url",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BrokenLinkList

    @admin.display(description=_("Item"))
    def stands_in(self, link: Any) -> SafeString | str:
        address = edit_address(link.item) if link.item else ""
        if not address:
            return str(link.item or "–")
        return format_html('<a href="{}">{}</a>', address, link.item)

    @admin.display(description=_("What happened"), ordering="status")
    def what_happened(self, link: BrokenLink) -> str:
        return link.what_happened


class AnsweredFilter(admin.SimpleListFilter):
    """Lists feedback by whether somebody still waits for an answer."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Waits")), ("overdue", _("Overdue")), ("given", _("Answered"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == "open":
            return queryset.filter(answered_at__isnull=True)
        if self.value() == "overdue":
            return queryset.filter(answered_at__isnull=True, answer_by__lt=timezone.localdate())
        if self.value() == "given":
            return queryset.filter(answered_at__isnull=False)
        return queryset


class FeedbackForm(EditForm):
    """What an editor adds to a reader's message."""

    is_answered = forms.BooleanField(label=_("Answered"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_answered"] = bool(self.instance.answered_at)


@admin.register(Feedback)
class FeedbackAdmin(EditingAdmin):
    """Readers' messages: they stay as they were written, and are answered in time."""

    form = FeedbackForm
    list_display = ("received", "subject", "beginning", "language", "deadline", "handled_by")
    list_filter = (AnsweredFilter, "subject", "language")
    list_select_related = ("handled_by",)
    search_fields = ("message", "name", "email", "note")
    date_hierarchy = "received_at"
    actions = ("mark_answered",)
    readonly_fields = (
        "subject",
        "message",
        "name",
        "email",
        "language",
        "about",
        "received_at",
        "answer_by",
        "answered_at",
        "handled_by",
    )
    fieldsets = (
        (_("Message"), {"fields": (("subject", "language"), "message", "about")}),
        (_("Sender"), {"fields": (("name", "email"), "received_at")}),
        (
            _("Answer"),
            {"fields": ("answer_by", "is_answered", ("answered_at", "handled_by"), "note")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Feedback, form: Any, change: bool) -> None:
        """Note when the answer was given and by whom."""
        is_answered = form.cleaned_data["is_answered"]
        if is_answered and not obj.answered_at:
            obj.answered_at, obj.handled_by_id = timezone.now(), request.user.pk
        elif not is_answered:
            obj.answered_at = obj.handled_by_id = None
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        waiting = queryset.filter(answered_at__isnull=True)
        waiting.update(answered_at=timezone.now(), handled_by=request.user)

    @admin.display(description=_("Received"), ordering="received_at")
    def received(self, feedback: Feedback) -> str:
        return formats.date_format(timezone.localtime(feedback.received_at), "DATETIME_FORMAT")

    @admin.display(description=_("Message"))
    def beginning(self, feedback: Feedback) -> SafeString | str:
        return Truncator(feedback.message).chars(80)

    @admin.display(description=_("Answer by"), ordering="answer_by")
    def deadline(self, feedback: Feedback) -> SafeString | str:
        if feedback.answered_at:
            return tag(_("Answered"), "published")
        written = formats.date_format(feedback.answer_by, "DATE_FORMAT")
        if feedback.answer_by < timezone.localdate():
            return tag(_("Overdue since %(day)s") % {"day": written}, "overdue")
        return written
