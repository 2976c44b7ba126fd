"""The bin in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.content.read_only_admin import ReadOnlyAdmin
from foundation.history import deletions
from foundation.history.display import Names
from foundation.history.models import Change
from foundation.history.recording import recorded_kinds
from foundation.history.rows import instance_of

PAGE_SIZE = 50


@admin.register(Change)
class BinAdmin(ReadOnlyAdmin):
    """What was deleted, until when it can be had back, and the way back.

    Each sees there what the admin of its kind would have let them delete.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff and self._admins(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_view_or_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        put_back = require_POST(self.put_back)
        return [
            path("", wrap(require_safe(self.bin_view)), name="history_change_changelist"),
            path("<int:pk>/", wrap(put_back), name="history_put_back"),
        ]

    def bin_view(self, request: HttpRequest) -> HttpResponse:
        """What can be had back, latest first."""
        admins = self._admins(request)
        if not admins:
            raise PermissionDenied
        changes = Change.objects.filter(kind__in=admins).in_bin().select_related("author")
        page = Paginator(changes, PAGE_SIZE).get_page(request.GET.get("p"))
        deletions_shown = [
            (change, admins[change.kind], deletions.row_of(change)) for change in page.object_list
        ]
        names = Names(
            (model_admin.model, change.before) for change, model_admin, _item in deletions_shown
        )
        rows = [
            {
                "change": change,
                "kind": capfirst(model_admin.opts.verbose_name),
                "called": names.of_row(model_admin.model, change.before),
                "until": deletions.until(change.moment),
                "may_be_put_back": model_admin.has_add_permission(request),
            }
            for change, model_admin, item in deletions_shown
            if model_admin.has_delete_permission(request, item)
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Bin"),
            "page": page,
            "rows": rows,
            "days": deletions.KEPT.days,
        }
        return TemplateResponse(request, "foundation/history/bin.html", context)

    def put_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put an item back with all that went with it, or say what is against it."""
        change = get_object_or_404(Change.objects.in_bin(), pk=pk)
        model_admin = self._admins(request).get(change.kind)
        item = instance_of(recorded_kinds()[change.kind], change.before)
        if model_admin is None:
            raise PermissionDenied
        if not (
            model_admin.has_add_permission(request)
            and model_admin.has_delete_permission(request, item)
        ):
            raise PermissionDenied
        the_bin = HttpResponseRedirect(reverse("admin:history_change_changelist"))
        wrong = deletions.deletion_of(change).put_back(request.user.pk)
        if wrong:
            message = _("It stays in the bin, because a rule speaks against it: %(problem)s")
            messages.error(request, message % {"problem": " ".join(wrong)})
            return the_bin
        back = model_admin.model._base_manager.filter(pk=change.object_id).first()
        if back is None:
            raise Http404
        model_admin.log_addition(request, back, [{"added": {}}])
        messages.success(request, _("“%(name)s” is back, as it was.") % {"name": back})
        options = model_admin.opts
        return HttpResponseRedirect(
            reverse(
                f"admin:{options.app_label}_{options.model_name}_change", args=[change.object_id]
            )
            if model_admin.has_view_or_change_permission(request, back)
            else the_bin.url
        )

    def _admins(self, request: HttpRequest) -> dict[str, ModelAdmin]:
        """The admins whose items the user may delete, by the table of the items."""
        kinds = recorded_kinds()
        return {
            model._meta.db_table: model_admin
            for model, model_admin in self.admin_site._registry.items()
            if kinds.get(model._meta.db_table) is model
            and model_admin.has_delete_permission(request)
        }
