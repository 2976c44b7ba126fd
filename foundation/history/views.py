"""The history of an item in the admin: its versions, what each changed, and the way back."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.content import languages
from foundation.editing.form_fields import IN_LANGUAGE
from foundation.history import restoring
from foundation.history.display import differences, name_of, shown_fields
from foundation.history.recording import recorded_kinds
from foundation.history.rows import Shape, shape_of
from foundation.history.versions import States, states, summary, versions_of, with_changes

PAGE_SIZE = 30


class ItemHistory:
    """The history pages of an admin site, in the place of Django’s own."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def urls(self) -> list[Any]:
        """The addresses, to stand before those that Django gives each model."""
        item = "<slug:app_label>/<slug:model_name>/<int:object_id>/history/"
        restore = require_POST(self.restore)
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            (item, require_safe(self.history), "item_history"),
            (f"{item}<int:version>/", require_safe(self.version), "item_version"),
            (f"{item}<int:version>/restore/", restore, "item_restore"),
        ]
        return [path(way, self.site.admin_view(view), name=name) for way, view, name in pages]

    def history(
        self, request: HttpRequest, app_label: str, model_name: str, object_id: int
    ) -> HttpResponse:
        """The versions of an item, newest first."""
        admin = self._admin(app_label, model_name)
        if admin.model._meta.db_table not in recorded_kinds():
            return admin.history_view(request, str(object_id))
        item = _opened(request, admin, object_id)
        shape = shape_of(admin)
        versions = versions_of(shape, object_id)
        page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            **self._context(request, admin, item),
            "title": _("History"),
            "page": page,
            "versions": [
                (version, summary(shape, version))
                for version in with_changes(shape, object_id, page.object_list)
            ],
        }
        return TemplateResponse(request, "foundation/history/history.html", context)

    def version(
        self,
        request: HttpRequest,
        app_label: str,
        model_name: str,
        object_id: int,
        version: int,
    ) -> HttpResponse:
        """One version: what it changed, and what going back to it would change now."""
        admin = self._recorded(app_label, model_name)
        item = _opened(request, admin, object_id)
        shape = shape_of(admin)
        version_states = states(shape, object_id, version)
        if version_states is None:
            raise Http404
        context = {
            **self._context(request, admin, item),
            "title": _("Version"),
            "version": version_states.version,
            "done": summary(shape, version_states.version),
            "differences": differences(shape, version_states.before, version_states.then),
            "ways_back": self._ways_back(request, admin, item, version_states),
            "was_there": (shape.kind, object_id) in version_states.then,
            "newest": version_states.newest,
        }
        return TemplateResponse(request, "foundation/history/version.html", context)

    def _ways_back(
        self, request: HttpRequest, admin: ModelAdmin, item: Any, version_states: States
    ) -> list[dict[str, Any]]:
        """The whole version and each language alone, as far as something would change."""
        shape, then, now = shape_of(admin), version_states.then, version_states.now
        if not admin.has_change_permission(request, item) or (shape.kind, item.pk) not in then:
            return []
        allowed = restoring.rights(request, admin, shape, item)
        ways = []
        for code in (None, *languages.CODES) if _has_languages(shape) else (None,):
            goal = restoring.target(shape, then, now, allowed, code)
            if goal != now:
                changes = differences(shape, now, goal)
                ways.append(
                    {
                        "language": code or "",
                        "in_language": IN_LANGUAGE[code] if code else "",
                        "differences": changes,
                    }
                )
        return ways

    def restore(
        self,
        request: HttpRequest,
        app_label: str,
        model_name: str,
        object_id: int,
        version: int,
    ) -> HttpResponse:
        """Go back to a version, whole or in one language."""
        admin = self._recorded(app_label, model_name)
        page = HttpResponseRedirect(
            reverse("admin:item_version", args=[app_label, model_name, object_id, version])
        )
        language = request.POST.get("language") or None
        if language not in (None, *languages.CODES):
            raise Http404
        with transaction.atomic():
            # Locked until it is written, and only then read: nobody's work is lost unseen.
            admin.model._base_manager.select_for_update().filter(pk=object_id).first()
            item = _opened(request, admin, object_id)
            if not admin.has_change_permission(request, item):
                raise PermissionDenied
            shape = shape_of(admin)
            version_states = states(shape, object_id, version)
            if version_states is None or (shape.kind, object_id) not in version_states.then:
                raise Http404
            if request.POST.get("newest") != str(version_states.newest):
                messages.error(
                    request,
                    _("The item has changed since you opened this page. Look at it again."),
                )
                return page
            allowed = restoring.rights(request, admin, shape, item)
            goal = restoring.target(
                shape, version_states.then, version_states.now, allowed, language
            )
            wrong = restoring.restore(shape, item, version_states.now, goal, request.user.pk)
            if not wrong:
                self._log(request, admin, shape, item, version_states.now, goal)
        if wrong:
            message = _("Nothing was changed, because a rule speaks against it: %(problem)s")
            messages.error(request, message % {"problem": " ".join(wrong)})
            return page
        messages.success(
            request, _("The version is back. It is a new version: you can undo this too.")
        )
        return HttpResponseRedirect(
            reverse("admin:item_history", args=[app_label, model_name, object_id])
        )

    def _log(
        self, request: HttpRequest, admin: ModelAdmin, shape: Shape, item: Any, now: Any, goal: Any
    ) -> None:
        """Note for “Recent changes” which fields went back."""
        key = (shape.kind, item.pk)
        columns = [name for name in goal[key] if goal[key][name] != now[key][name]]
        # The log keeps English msgids, which it then says in either language.
        with translation.override(None):
            names = [
                str(getattr(field, "translated_field", field).verbose_name)
                for field in shown_fields(shape.model)
                if str(field.column) in columns
            ]
        fields = list(dict.fromkeys(names))
        admin.log_change(request, item, [{"changed": {"fields": fields} if fields else {}}])

    def _admin(self, app_label: str, model_name: str) -> ModelAdmin:
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError as error:
            raise Http404 from error
        admin = self.site._registry.get(model)
        if admin is None:
            raise Http404
        return admin

    def _recorded(self, app_label: str, model_name: str) -> ModelAdmin:
        admin = self._admin(app_label, model_name)
        if admin.model._meta.db_table not in recorded_kinds():
            raise Http404
        return admin

    def _context(
        self, request: HttpRequest, admin: ModelAdmin, item: models.Model
    ) -> dict[str, Any]:
        options = admin.model._meta
        return {
            **self.site.each_context(request),
            "opts": options,
            "kind_name": capfirst(options.verbose_name_plural),
            "item": item,
            "item_name": name_of(item),
            "may_change": admin.has_change_permission(request, item),
        }


def _opened(request: HttpRequest, admin: ModelAdmin, object_id: int) -> Any:
    """The item, as far as the admin shows it to the user."""
    item = admin.get_object(request, str(object_id))
    if item is None:
        raise Http404
    if not admin.has_view_or_change_permission(request, item):
        raise PermissionDenied
    return item


def _has_languages(shape: Shape) -> bool:
    kinds = (shape.model, *(part.model for part in shape.parts))
    return any(
        hasattr(field, "translated_field") for model in kinds for field in shown_fields(model)
    )
