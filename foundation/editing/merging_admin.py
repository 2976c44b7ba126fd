"""Two people in one form of the admin: what each has changed is brought together, then saved.

What was sent is merged with what is stored now, and then checked and saved as if it had been typed.
Where both have changed the same field, nothing is saved: the form comes back with both.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from foundation.editing import open_forms
from foundation.editing.edit_conflicts import Conflict, Merge, MergedRequest
from foundation.editing.form_snapshot import FormSnapshot

CARRIED = "opened_values"  # the hidden input with what stood in the form when it was opened
PUT_BACK = "_put_back"  # sent with a draft that the browser has kept: to be shown, not saved


class MergesEdits:
    """An admin in which nobody overwrites what a colleague has changed meanwhile."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        view = super().changeform_view  # type: ignore[misc]
        if request.method != "POST" or object_id is None or "_saveasnew" in request.POST:
            return view(request, object_id, *args, **kwargs)
        # Locked until the change is committed: of two who save at once, the second is merged.
        with transaction.atomic():
            _merge(self, request, object_id)
            return view(request, object_id, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        merge = _merge_of(request)
        if request.method != "POST" or not ((merge and merge.open) or PUT_BACK in request.POST):
            return form
        return type(form.__name__, (_Unsaved, form), {"merge": merge})

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, instances = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        merge = _merge_of(request)
        if request.method == "POST" and merge:
            for conflict in merge.open:
                for row in _rows(formsets, conflict):
                    row.full_clean()
                    row.add_error(conflict.field or None, _told(conflict))
        return formsets, instances

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what stood in the form when it was opened, and with what needs a choice."""
        merge = _merge_of(request)
        if context.get("original") is not None:
            shown = [one for one in context["inline_admin_formsets"] if one.has_change_permission]
            opened = FormSnapshot.of(context["adminform"].form, [one.formset for one in shown])
            if merge:
                context["conflicts"] = merge.conflicts
                _keep_bases(opened, merge)
            context["opened_values"] = opened.packed()
        context["is_put_back"] = PUT_BACK in request.POST
        context |= self._watched(request, context.get("original"))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _watched(self, request: HttpRequest, item: models.Model | None) -> dict[str, Any]:
        """Where the browser asks about the form, and who else has it open."""
        admin: Any = self
        if item is None:
            return {"watch_address": open_forms.address_of(None)}
        if not admin.has_change_permission(request, item):
            return {}
        open_forms.note(request, item)
        return {
            "watch_address": open_forms.address_of(item),
            "open_elsewhere": open_forms.others(request, item),
        }


class _Unsaved:
    """A form that is not to be saved yet: somebody has to choose, or it was only put back."""

    merge: Merge | None

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        if not self.merge or not self.merge.open:
            return
        form: Any = self
        for conflict in self.merge.open:
            if not conflict.prefix and conflict.field in form.fields:
                form.add_error(conflict.field, _told(conflict))
        form.add_error(None, ValidationError(_nothing_saved(self.merge), code="conflict"))

    def is_valid(self) -> bool:
        """False: it is looked at for the errors that are shown, and never saved."""
        super().is_valid()  # type: ignore[misc]
        return False


def _merge_of(request: HttpRequest) -> Merge | None:
    return getattr(request, "merge", None)


def _told(conflict: Conflict) -> SafeString:
    return format_html(
        '{} <a href="#conflict-{}">{}</a>',
        gettext("A colleague has changed this too."),
        conflict.sent_as,
        gettext("Compare and choose"),
    )


def _nothing_saved(merge: Merge) -> str:
    return gettext(
        "%(who)s has saved this item while you had it open. Nothing of yours has been saved yet, "
        "and all that you wrote is still here. Choose what to keep, then save again."
    ) % {"who": merge.colleague or gettext("A colleague")}


def _rows(formsets: Any, conflict: Conflict) -> Iterator[Any]:
    for formset in formsets:
        if formset.prefix == conflict.prefix:
            for row in formset.forms:
                if conflict.sent_as in (row.prefix, f"{row.prefix}-{conflict.field}"):
                    yield row


def _keep_bases(opened: FormSnapshot, merge: Merge) -> None:
    """Carry on with the former base of what is still in conflict."""
    for prefix, key, name, base in merge.bases:
        if not prefix:
            _set(opened.fields, name, base)
        elif not name:
            _set(opened.rows.setdefault(prefix, {}), key, base)
        elif key in opened.rows.get(prefix, {}):
            _set(opened.rows[prefix][key], name, base)


def _set(where: dict[str, Any], name: str, base: Any) -> None:
    if base is None:
        where.pop(name, None)
    else:
        where[name] = base


def _merge(model_admin: Any, request: HttpRequest, object_id: str) -> None:
    """Write into the request what others have changed meanwhile."""
    item = model_admin.get_object(request, unquote(object_id))
    if item is None or not model_admin.has_change_permission(request, item):
        return
    locked = type(item)._base_manager.select_for_update().filter(pk=item.pk)
    if not locked.values_list("pk").first():
        return
    item = model_admin.get_object(request, unquote(object_id))
    asked: Any = copy(request)
    asked.method = "GET"
    names = flatten_fieldsets(model_admin.get_fieldsets(asked, item))
    form = model_admin.get_form(asked, item, change=True, fields=names)(instance=item)
    formsets, inlines = model_admin._create_formsets(asked, item, change=True)
    work = MergedRequest(request, FormSnapshot.read(request.POST.get(CARRIED, "")))
    work.merge_main(form)
    for formset, inline in zip(formsets, inlines, strict=True):
        if inline.has_change_permission(request, item):
            keys = [row.instance.pk for row in formset.initial_forms]
            list(formset.model._base_manager.select_for_update().filter(pk__in=keys))
            work.merge_formset(formset)
    request.POST = work.data  # type: ignore[assignment]
    merge = work.merge
    if merge.conflicts or merge.kept:
        merge.colleague = _colleague(item, merge.opened.at)
    if merge.kept and "_preview" not in request.POST:
        told = gettext("%(who)s has changed this while you had the form open, and it is kept: ")
        who = merge.colleague or gettext("A colleague")
        messages.info(request, f"{told % {'who': who}}{', '.join(merge.kept)}.")
    request.merge = merge


def _colleague(item: models.Model, since: str) -> str:
    moment = parse_datetime(since) if since else None
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(item), object_id=str(item.pk)
    )
    entry = (
        entries.filter(action_time__gte=moment).select_related("user").first() if moment else None
    )
    return (entry.user.get_full_name() or str(entry.user)) if entry else ""
