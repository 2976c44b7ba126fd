"""The audit trail as superusers read it, and writes that carry the name of who is logged in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import AuditEntry
from foundation.content.read_only_admin import ReadOnlyAdmin

ACTIONS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}
WORDS = {
    "code": _("code by e-mail"),
    "password": _("password"),
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery codes"),
    "login_link": _("link made at the server"),
    "staff+": _("may log in to the admin"),
    "staff-": _("may no longer log in to the admin"),
    "superuser+": _("has every right"),
    "superuser-": _("no longer has every right"),
    "active+": _("opened"),
    "active-": _("closed"),
}


def in_words(detail: str) -> str:
    """The details of an entry in the editor's language."""
    role, _separator, code = detail.rpartition(": ")
    app, _dot, name = code.partition(".")
    action, _underscore, model_name = name.partition("_")
    if action in ACTIONS and (model := apps.all_models.get(app, {}).get(model_name)):
        right = capfirst(f"{model._meta.verbose_name_plural}: {ACTIONS[action]}")
        return f"{role}: {right}" if role else right
    return ", ".join(str(WORDS.get(part, part)) for part in detail.split(", "))


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """Say of the writes inside who makes them; they are one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.author', %s, true)", [str(user.pk or "")])
        yield


class Signed:
    """An admin of users or of their rights: what it writes stands in the audit trail by name."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with acting(request.user):
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with acting(request.user):
            return super().delete_view(request, *args, **kwargs)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)  # type: ignore[misc]
        with acting(request.user):
            return super().changelist_view(request, *args, **kwargs)  # type: ignore[misc]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Log-ins and changes of rights: read by superusers, changed by nobody."""

    list_display = ("at", "event", "about", "who", "details", "device", "network")
    list_display_links = None
    list_filter = ("event", "at")
    search_fields = ("who", "about")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    @admin.display(description=_("Details"))
    def details(self, entry: AuditEntry) -> str:
        return in_words(entry.detail)
