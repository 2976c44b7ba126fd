"""The page of a workshop, with the materials to take home."""

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.pages import Crumb, crumb_of, page_of
from projects import structured_data
from projects.models import Project, Workshop


def _workshops() -> QuerySet:
    dates = Workshop.objects.published().filter(series=OuterRef("series"))
    return alongside(
        Workshop.objects.published().select_related("theme", "series"),
        dates=dates.order_by("day", "start_time", "pk"),
    )


@require_safe
@at_its_address(_workshops)
def workshop_detail(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """A workshop: when and where, what was asked, what came of it and what to take home."""
    series = workshop.series
    if series and series.state_at() != "published":
        series = None
    crumbs = [Crumb(_("Workshops"), address("projects:workshop_list"))]
    project = Project.current()
    dates = take(workshop, "dates", Workshop) if series else []
    assignments = list(workshop.contact_assignments.visible())
    context = {
        "page": page_of(
            request,
            workshop,
            section="workshops",
            crumbs=crumbs + ([crumb_of(series)] if series else []),
            json_ld=structured_data.event(request, workshop, project.owner if project else None),
        ),
        "workshop": workshop,
        "series": series,
        "dates": dates,
        "shows_outcome": workshop.has_outcome or (series and workshop.outcome_is_in_series),
        "municipalities": list(workshop.municipalities.in_order(languages.current())),
        "materials": list(workshop.materials.with_locked().with_files()),
        "facilitators": [one.contact for one in assignments if one.is_facilitator],
        "assignments": assignments,
    }
    context |= _neighbours(workshop, dates)
    return render(request, "portal/pages/workshop_detail.html", context)


def _neighbours(workshop: Workshop, dates: list[Workshop]) -> dict[str, Any]:
    """Which of the dates of its series a workshop is, and the dates before and after it.

    None of them has its theme at hand: they are marked as the workshop is.
    """
    place = next((number for number, date in enumerate(dates) if date == workshop), 0)
    return {
        "number_in_series": place + 1,
        "earlier": dates[place - 1] if place else None,
        "later": dates[place + 1] if place + 1 < len(dates) else None,
    }
