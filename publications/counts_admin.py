"""The counts of what readers have fetched, for staff: day by day, as a CSV file."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.content import languages
from foundation.content.slugs import slug_from
from foundation.editing.spreadsheets import csv_lines
from publications.models import DownloadDay, KitDay


class PeriodForm(forms.Form):
    """The days to count; a side left empty is no limit."""

    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=admin.widgets.AdminDateWidget
    )
    last = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=admin.widgets.AdminDateWidget
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError(_("The last day must not be before the first."))
        return cleaned


def may_see_counts(request: HttpRequest) -> bool:
    """True for who may see what readers have fetched of all materials and kits."""
    return request.user.has_perms(("publications.view_downloadday", "publications.view_kitday"))


class TellsCounts:
    """For the admin of materials: a page that hands out the counts to those who may see these."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.counts)
        ours = path("counts/", view, name="publications_material_counts")
        return [ours, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_see_counts": may_see_counts(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})  # type: ignore[misc]

    def counts(self, request: HttpRequest) -> HttpResponse:
        """The days to choose, and then their counts as a file."""
        if not may_see_counts(request):
            raise PermissionDenied
        form = PeriodForm(request.GET if {"first", "last"} & request.GET.keys() else None)
        if form.is_valid():
            return _csv(form.cleaned_data["first"], form.cleaned_data["last"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Downloads"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "publications/admin/counts.html", context)


def _csv(first: date | None, last: date | None) -> HttpResponse:
    """The counts as a file."""
    headings = [
        _("Kind"),
        _("Title in Swedish"),
        _("Title in Finnish"),
        _("File"),
        _("Version"),
        _("Language of the file or kit"),
        _("Language of the page"),
        _("Day"),
        _("Downloads"),
    ]
    lines = csv_lines(chain([headings], _files(first, last), _kits(first, last)))
    response = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    days = [str(day) for day in (first, last or timezone.localdate()) if day]
    name = "-".join([slug_from(_("Downloads")), *days])
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _files(first: date | None, last: date | None) -> Iterator[list[Any]]:
    days = DownloadDay.objects.between(first, last).select_related("file__material")
    for day in days.iterator(chunk_size=2000):
        file = day.file
        yield [
            _("File"),
            *_titles(file.material),
            file.original_name,
            file.version,
            file.language,
            day.language,
            day.day.isoformat(),
            day.count,
        ]


def _kits(first: date | None, last: date | None) -> Iterator[list[Any]]:
    days = list(KitDay.objects.between(first, last))
    wanted = defaultdict(set)
    for day in days:
        wanted[day.kind].add(day.object_id)
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=False)}
    owners = {kind: models[kind]._default_manager.in_bulk(found) for kind, found in wanted.items()}
    for day in days:
        owner = owners[day.kind].get(day.object_id)
        titles = _titles(owner) if owner else ["", ""]
        yield [_("Kit"), *titles, "", "", day.language, "", day.day.isoformat(), day.count]


def _titles(item: Any) -> list[str]:
    return [getattr(item, f"{item.name_field}_{code}") or "" for code in languages.CODES]
