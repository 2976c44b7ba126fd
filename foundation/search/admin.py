"""What readers look for, as staff see it: in aggregate, and to read only."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from foundation.content.read_only_admin import ReadOnlyAdmin
from foundation.search.models import CODES, SearchedDay
from foundation.search.records import LEAST_TIMES, most_common

PERIODS = (30, 90, 365)  # days


@admin.register(SearchedDay)
class SearchedDayAdmin(ReadOnlyAdmin):
    """The most common searches, and what was looked for without being found."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Both lists for a period; two queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("days", "")
        days = int(asked) if asked in map(str, PERIODS) else PERIODS[0]
        language = request.GET.get("language", "")
        language = language if language in CODES else ""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What readers look for"),
            "days": days,
            "periods": PERIODS,
            "language": language,
            "least": LEAST_TIMES,
            "common": list(most_common(days, language=language)),
            "without_hits": list(most_common(days, language=language, without_hits=True)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "foundation/search/searched.html", context)
