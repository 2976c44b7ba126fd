"""Confirming that municipalities work by a practice, with one click each."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from foundation.editing.content_admin import tag
from foundation.editing.editing_admin import may_change
from publications.models import Adoption, AdoptionRequest


class ConfirmedFilter(admin.SimpleListFilter):
    """Lists requests by whether somebody still has to look at them."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Waits")), ("confirmed", _("Confirmed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("open", "confirmed"):
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "open")


class AdoptionRequestAdmin(admin.ModelAdmin):
    """Requests stay as they were written; they are confirmed, or deleted."""

    list_display = ("municipality", "state", "practice", "sender", "received")
    list_filter = (ConfirmedFilter, "language")
    list_select_related = ("municipality", "practice", "confirmed_by")
    search_fields = ("name", "email", "message")
    fields = (
        ("municipality", "practice"),
        ("name", "email", "language"),
        "message",
        ("received_at", "confirmed_at", "confirmed_by"),
    )
    readonly_fields = (
        "municipality",
        "practice",
        "name",
        "email",
        "language",
        "message",
        "received_at",
        "confirmed_at",
        "confirmed_by",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.confirm))
        name = "publications_adoptionrequest_confirm"
        return [path("<int:pk>/confirm/", view, name=name), *super().get_urls()]

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark the municipality at the practice, for those who may change practices."""
        if not may_change(request, AdoptionRequest) or not may_change(request, Adoption):
            raise PermissionDenied
        asked = get_object_or_404(
            AdoptionRequest.objects.select_related("municipality", "practice"), pk=pk
        )
        asked.confirm(request.user)
        self.log_change(request, asked, gettext("Confirmed"))
        told = gettext("%(municipality)s now stands at the practice “%(practice)s”.")
        messages.success(
            request, told % {"municipality": asked.municipality, "practice": asked.practice}
        )
        return HttpResponseRedirect(reverse("admin:publications_adoptionrequest_changelist"))

    @admin.display(description=_("Sender"))
    def sender(self, asked: AdoptionRequest) -> SafeString:
        return format_html('{}<br><a href="mailto:{}">{}</a>', asked.name, asked.email, asked.email)

    @admin.display(description=_("Received"), ordering="received_at")
    def received(self, asked: AdoptionRequest) -> str:
        return formats.date_format(timezone.localtime(asked.received_at), "DATETIME_FORMAT")

    @admin.display(description=_("State"), ordering="confirmed_at")
    def state(self, asked: AdoptionRequest) -> SafeString:
        """Whether it is confirmed; else the button that does it, in the list's own form."""
        if asked.confirmed_at:
            return tag(_("Confirmed"), "published")
        address = reverse("admin:publications_adoptionrequest_confirm", args=[asked.pk])
        return format_html(
            '<button type="submit" class="button" formaction="{}">{}</button>',
            address,
            _("Confirm"),
        )
