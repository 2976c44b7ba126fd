"""The page of a theme, with what all rooms have about it."""

from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content.addresses import address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.excerpt import AND_ONE, excerpt
from foundation.content.pages import Crumb, page_of
from projects.models import Project, Theme, ThemePeriod, Workshop, WorkshopSeries


def _themes() -> QuerySet:
    of_theme = {"theme": OuterRef("pk")}
    return alongside(
        Theme.objects.published(),
        periods=ThemePeriod.objects.filter(**of_theme),
        series=WorkshopSeries.objects.published().filter(**of_theme),
        workshops=Workshop.objects.published().filter(**of_theme).order_by("-day")[:AND_ONE],
        projects=Project.objects.published()[:1],
    )


@require_safe
@at_its_address(_themes)
def theme_detail(request: HttpRequest, theme: Theme) -> HttpResponse:
    """A theme: when it was worked on, and all there is about it."""
    periods = take(theme, "periods", ThemePeriod)
    worked_on = {period.half_year for period in periods}
    projects = take(theme, "projects", Project) if periods else []
    half_years = projects[0].half_years() if projects else []
    workshops = excerpt(
        take(theme, "workshops", Workshop), "projects:workshop_list", "theme", theme
    )
    workshops.reverse()
    for workshop in workshops:
        workshop.theme = theme
    context = {
        "page": page_of(
            request,
            theme,
            section="themes",
            crumbs=[Crumb(_("Themes"), address("projects:theme_list"))],
        ),
        "theme": theme,
        "periods": periods,
        "strands": [theme if half_year in worked_on else None for half_year in half_years],
        "series": take(theme, "series", WorkshopSeries),
        "workshops": workshops,
        "materials": excerpt(
            theme.materials.with_locked().with_files()[:AND_ONE],
            "publications:material_list",
            "theme",
            theme,
        ),
        "stories": excerpt(
            theme.stories.published().select_related("theme")[:AND_ONE],
            "publications:story_list",
            "theme",
            theme,
        ),
        "publications": excerpt(
            theme.publications.published()[:AND_ONE],
            "publications:publication_list",
            "theme",
            theme,
        ),
        "assignments": list(theme.contact_assignments.visible()),
    }
    return render(request, "portal/pages/theme_detail.html", context)
