"""Who else has the same form open: told when it is opened, and while it stays so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.content.models import OpenForm

GONE = timedelta(seconds=60)  # after the browser's last word; it speaks every 20 seconds
FORGOTTEN = timedelta(hours=1)


def note(request: HttpRequest, item: models.Model) -> None:
    """Note that the user has the item's form open, and forget forms that were closed long ago."""
    now = timezone.now()
    mine = OpenForm(
        user_id=request.user.pk or 0, kind=item._meta.db_table, object_id=item.pk, last_seen=now
    )
    with transaction.atomic():
        OpenForm.objects.filter(last_seen__lt=now - FORGOTTEN).delete()
        OpenForm.objects.bulk_create(
            [mine],
            update_conflicts=True,
            unique_fields=["kind", "object_id", "user"],
            update_fields=["last_seen"],
        )


def others(request: HttpRequest, item: models.Model) -> str:
    """In words who else has the item's form open; "" for nobody."""
    rows = (
        OpenForm.objects.filter(
            kind=item._meta.db_table,
            object_id=item.pk,
            last_seen__gte=timezone.now() - GONE,
        )
        .exclude(user=request.user.pk)
        .select_related("user")
        .order_by("user__first_name", "user_id")
    )
    names = [row.user.get_full_name() or str(row.user) for row in rows]
    if not names:
        return ""
    return ngettext(
        "%(who)s also has this page open. What you both change is brought together when you save.",
        "%(who)s also have this page open. What you all change is brought together when you save.",
        len(names),
    ) % {"who": get_text_list(names, gettext("and"))}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_form(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who else has the form open, and a fresh token to send it with; POST says that it is open."""
    item = _editable(request, kind, pk)
    if request.method == "POST":
        note(request, item)
    return JsonResponse({"others": others(request, item), "token": get_token(request)})


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """That the portal answers and the user is still logged in, before a new item is sent."""
    return JsonResponse({"others": "", "token": get_token(request)})


def _editable(request: HttpRequest, kind: str, pk: int) -> models.Model:
    shown = {
        model._meta.db_table: model_admin
        for model, model_admin in admin.site._registry.items()
        if not model._meta.proxy
    }
    model_admin: Any = shown.get(kind)
    if model_admin is None:
        raise Http404
    item = model_admin.get_queryset(request).filter(pk=pk).first()
    if item is None:
        raise Http404
    if not model_admin.has_change_permission(request, item):
        raise PermissionDenied
    return item


def address_of(item: models.Model | None) -> str:
    """Where the browser asks about an item's form; about a form of a new item, None."""
    if item is None:
        return reverse("admin:alive")
    return reverse("admin:open_form", args=[item._meta.db_table, item.pk])


def urls(admin_view: Callable[..., Any]) -> list[Any]:
    """The admin's addresses of open forms."""
    return [
        path("open/", admin_view(alive), name="alive"),
        path("open/<str:kind>/<int:pk>/", admin_view(open_form), name="open_form"),
    ]
