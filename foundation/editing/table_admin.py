"""Pages of the admin on which a table is taken out, and taken in after a dry run."""

import base64
import binascii
import io
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from foundation.content.agreement import writing
from foundation.content.slugs import slug_from
from foundation.editing.rights import EXCHANGE_TABLES, may_view_all
from foundation.editing.table_exchange import (
    Outdated,
    Plan,
    Table,
    as_csv,
    as_workbook,
    dry_run,
    take_in,
)
from foundation.editing.table_import import Refused

# It comes back with the confirmation, within DATA_UPLOAD_MAX_MEMORY_SIZE and a third longer.
SIZE_LIMIT = 1_500_000  # bytes
_FORMS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


class TableForm(forms.Form):
    """A file with a table."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file, 1.5 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > SIZE_LIMIT:
            raise forms.ValidationError(_("The file is too large: 1.5 MB at most."))
        return file


class ExchangesTable:
    """For a ModelAdmin: the table as CSV and XLSX, for who may take it out and in."""

    table: ClassVar[Table]
    change_list_template: Any = "foundation/editing/table_change_list.html"

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_table), name=f"{name}_import"),
            *(
                path(
                    f"export.{form}",
                    view(require_safe(self.export_table)),
                    {"form": form},
                    name=f"{name}_export_{form}",
                )
                for form in _FORMS
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {
            "table_urls": self._urls(),
            "may_import": self.may_import(request),
            "may_export": self.may_export(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **more})  # type: ignore[misc]

    def _urls(self) -> dict[str, str]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return {
            "list": reverse(f"{name}_changelist"),
            "import": reverse(f"{name}_import"),
            "csv": reverse(f"{name}_export_csv"),
            "xlsx": reverse(f"{name}_export_xlsx"),
        }

    def may_import(self, request: HttpRequest) -> bool:
        """True for who may add and change everything that the table holds."""
        return request.user.has_perms((EXCHANGE_TABLES, *self.table.rights))

    def may_export(self, request: HttpRequest) -> bool:
        """True for who may see every row, also those that readers do not."""
        has_right = request.user.has_perm(EXCHANGE_TABLES)
        return has_right and may_view_all(request.user, self.model)

    def export_table(self, request: HttpRequest, form: str) -> HttpResponse:
        """The table as a file, with the headings that it is taken in by."""
        if not self.may_export(request):
            raise PermissionDenied
        write, media_type = _FORMS[form]
        response = HttpResponse(write(self.table), content_type=media_type)
        name = slug_from(str(self.table.name))
        response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        response["Cache-Control"] = "no-store"
        return response

    def import_table(self, request: HttpRequest) -> HttpResponse:
        """A file, then what it would do, then done: nothing is stored before it is confirmed."""
        if not self.may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "agreed" in request.POST:
            return self._carried_out(request)
        form = TableForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._planned(request, form.cleaned_data["file"].read())
        return self._page(request, form=form)

    def _planned(
        self, request: HttpRequest, data: bytes, *, outdated: bool = False
    ) -> HttpResponse:
        try:
            plan = dry_run(self.table, io.BytesIO(data))
        except Refused as refusal:
            return self._page(request, form=TableForm(), refused=refusal.lines)
        file = base64.b64encode(data).decode()
        return self._page(request, plan=plan, file=file, outdated=outdated)

    def _carried_out(self, request: HttpRequest) -> HttpResponse:
        try:
            data = base64.b64decode(request.POST.get("table", ""), validate=True)
        except (binascii.Error, ValueError):
            raise BadRequest from None
        try:
            with writing(author=request.user.pk):
                plan = take_in(self.table, io.BytesIO(data), agreed=request.POST["agreed"])
        except Outdated:
            return self._planned(request, data, outdated=True)
        except Refused as refusal:
            return self._page(request, form=TableForm(), refused=refusal.lines)
        self._log(request, plan)
        messages.success(request, _done(plan))
        return HttpResponseRedirect(self._urls()["list"])

    def _log(self, request: HttpRequest, plan: Plan) -> None:
        """Note each row in the history that Django keeps of the admin."""
        message = _("Taken in with a table.")
        for verb, flag in (("new", ADDITION), ("changed", CHANGE)):
            keys = [change.key for change in plan.changes if change.verb == verb]
            rows = self.model._default_manager.filter(pk__in=keys)
            LogEntry.objects.log_actions(request.user.pk or 0, rows, flag, message)

    def _page(self, request: HttpRequest, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take in a table: %(name)s") % {"name": self.table.name},
            "opts": self.opts,
            "table": self.table,
            "urls": self._urls(),
            **more,
        }
        status = 400 if more.get("refused") else 200
        return TemplateResponse(
            request, "foundation/editing/table_import.html", context, status=status
        )


def _done(plan: Plan) -> str:
    number = len(plan.effective)
    if not number:
        return _("The table changed nothing.")
    return ngettext(
        "The table is taken in: %(number)d row changed.",
        "The table is taken in: %(number)d rows changed.",
        number,
    ) % {"number": number}
