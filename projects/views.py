"""What is done: the pages of the project, its themes, workshops and people."""

from datetime import date
from typing import Any

from django.db.models import Model, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.compiled import compiled
from foundation.content.excerpt import AND_ONE, excerpt
from foundation.content.filters import Filtering
from foundation.content.pages import Crumb, crumb_of, page_at, page_of
from foundation.content.slugs import slug_from
from municipalities.models import Municipality
from projects import structured_data
from projects.calendars import calendar, calendar_response
from projects.filters import is_past, lasting_workshop_filtering, workshop_filtering
from projects.models import (
    Contact,
    ContactAssignment,
    Programme,
    Project,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from projects.timeline import timeline


def visible_assignments(owner: Any) -> list[ContactAssignment]:
    """The assignments of an item whose person may still be shown."""
    rows = owner.contact_assignments
    return _assignments(timezone.localdate(), owner.pk, model=rows.model, of=rows.field.name)


@compiled
def _assignments(day: Any, owner: Any, *, model: type[Model], of: str) -> QuerySet:
    return visible(model._default_manager.filter(**{of: owner}), day)


def visible(assignments: QuerySet, day: date | None = None) -> QuerySet:
    """Assignments whose person may be shown on the day (today, if none is given)."""
    return assignments.filter(contact__in=Contact.objects.visible(day)).select_related(
        "contact__employer", "contact__photo"
    )


@require_safe
def project_detail(request: HttpRequest) -> HttpResponse:
    """What the project is, its goals, and who is behind it."""
    project = Project.current()
    if project is None:
        raise Http404
    context = {
        "page": page_of(request, project, section="project"),
        "project": project,
        "goals": list(project.goals.all()),
        "programme": project.programme
        if project.programme and project.programme.state_at() == "published"
        else None,
        "assignments": visible_assignments(project),
    }
    context |= project.participations.counted()
    return render(request, "projects/project_detail.html", context)


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """The themes, and the half-years they were worked on."""
    project = Project.current()
    context = {
        "page": page_at(
            request,
            "projects:theme_list",
            title=_("Themes"),
            description=_("The four themes of the work, half-year by half-year."),
            section="themes",
        ),
        "project": project,
        "themes": list(Theme.objects.published()),
        "timeline": timeline(project) if project else [],
    }
    return render(request, "projects/theme_list.html", context)


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
        "assignments": visible_assignments(theme),
    }
    return render(request, "projects/theme_detail.html", context)


@require_safe
@at_its_address(Theme.objects.published)
def theme_calendar(request: HttpRequest, theme: Theme) -> HttpResponse:
    """The calendar of the workshops on a theme."""
    return _calendar_of(request, theme.workshops.published(), theme.text("title"))


def _series_within(filtering: Filtering, workshops: QuerySet) -> Q:
    """Series that have a workshop asked for; by theme alone, also those without a date yet."""
    within = Q(pk__in=filtering.apply(workshops).order_by().values("series"))
    if [one.filter.key for one in filtering.chosen] == ["theme"]:
        within |= filtering.condition()
    return within


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """Upcoming and past workshops, by theme, municipality, level and year."""
    filtering = workshop_filtering(request)
    workshops = Workshop.objects.published().select_related("theme", "series")
    counted = filtering.count(workshops, past=is_past())
    past = filtering.paginate(filtering.apply(workshops.past()), total=counted["past"])
    series = WorkshopSeries.objects.published().select_related("theme")
    if filtering.is_active:
        series = series.filter(_series_within(filtering, workshops))
    calendar_query = filtering.query(languages.current(), without={"when"})
    context = {
        "page": page_at(
            request,
            "projects:workshop_list",
            title=_("Workshops"),
            description=_("The upcoming and past workshops of the network."),
            section="workshops",
            queries=filtering.queries(past.number),
        ),
        "filtering": filtering,
        "calendar": address("projects:workshops_calendar")
        + (f"?{calendar_query}" if calendar_query else ""),
        "found": counted["all"],
        "upcoming": list(filtering.apply(workshops.upcoming())) if past.number == 1 else [],
        "past": past,
        "series": list(series) if past.number == 1 else [],
    }
    return render(request, "projects/workshop_list.html", context)


def _calendar_of(request: HttpRequest, workshops: QuerySet, of: object = "") -> HttpResponse:
    """A calendar to subscribe to, named after what its workshops are of and the project."""
    project = Project.current()
    name = _("Workshops: %(of)s") % {"of": of} if of else _("Workshops")
    full_name = f"{name} – {project.text('title')}" if project else name
    rows = workshops.select_related("theme").order_by("day", "start_time", "pk")
    content = calendar(request, rows, full_name)
    return calendar_response(request, content, f"{slug_from(name)}.ics")


@require_safe
def workshops_calendar(request: HttpRequest) -> HttpResponse:
    """The calendar of all workshops, or of those that a filter leaves.

    A value that no choice has is not found: who asked for one municipality must not get all.
    """
    filtering = lasting_workshop_filtering(request)
    if filtering.unknown:
        raise Http404
    chosen = ", ".join(one.chosen.label for one in filtering.filters if one.chosen)
    return _calendar_of(request, filtering.apply(Workshop.objects.published()), chosen)


@require_safe
@at_its_address(Municipality.objects.all)
def municipality_calendar(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The calendar of the workshops for a municipality."""
    return _calendar_of(request, municipality.workshops.published(), municipality.text("name"))


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
    assignments = visible_assignments(workshop)
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
    return render(request, "projects/workshop_detail.html", context)


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


@require_safe
@at_its_address(_workshops)
def workshop_calendar(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """A workshop as an entry for the reader's calendar."""
    name = f"{workshop.slug_in(languages.current())}-{workshop.day.isoformat()}.ics"
    return calendar_response(request, calendar(request, [workshop]), name)


def _series() -> QuerySet:
    return WorkshopSeries.objects.published().select_related("theme")


@require_safe
@at_its_address(_series)
def series_detail(request: HttpRequest, series: WorkshopSeries) -> HttpResponse:
    """A process of several workshops: what came of it, and its dates."""
    here = languages.current()
    workshops = list(
        series.workshops.published()
        .prefetch_related(Prefetch("municipalities", Municipality.objects.in_order(here)))
        .order_by("day", "start_time", "pk")
    )
    context = {
        "page": page_of(
            request,
            series,
            section="workshops",
            crumbs=[Crumb(_("Workshops"), address("projects:workshop_list"))],
            json_ld=structured_data.event_series(request, series, workshops),
        ),
        "series": series,
        "workshops": workshops,
        "half_years": [workshops[0].half_year, workshops[-1].half_year] if workshops else [],
        "next_workshop": next((one for one in workshops if one.is_to_come), None),
        "shows_outcome": bool(series.text("outcome"))
        and not any(one.is_to_come for one in workshops),
        "municipalities": list(
            dict.fromkeys(place for one in workshops for place in one.municipalities.all())
        ),
        "facilitators": list(Contact.objects.visible().facilitating(workshops)),
    }
    return render(request, "projects/series_detail.html", context)


@require_safe
@at_its_address(_series)
def series_calendar(request: HttpRequest, series: WorkshopSeries) -> HttpResponse:
    """The calendar of a series of workshops."""
    return _calendar_of(request, series.workshops.published(), series.text("title"))


def _programmes() -> QuerySet:
    return Programme.objects.published().select_related("coordinator")


@require_safe
@at_its_address(_programmes)
def programme_detail(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A programme, its own municipalities and the projects that belong to it."""
    here = languages.current()
    context = {
        "page": page_of(
            request,
            programme,
            section="project",
            crumbs=[Crumb(_("The project"), address("projects:project_detail"))],
        ),
        "programme": programme,
        "case_municipalities": list(
            programme.municipalities.filter(programme_participations__is_case=True).in_order(here)
        ),
        "municipalities": list(
            programme.municipalities.filter(programme_participations__is_case=False).in_order(here)
        ),
        "projects": list(programme.projects.published()),
    }
    return render(request, "projects/programme_detail.html", context)


@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """People to ask, with what each answers for."""
    assignments = Prefetch(
        "assignments",
        ContactAssignment.objects.select_related(
            "project", "theme", "workshop", "municipality", "regional_actor"
        ),
    )
    context = {
        "page": page_at(
            request,
            "projects:contact_list",
            title=_("Contacts"),
            description=_("Whom to ask about the project, its themes and its workshops."),
        ),
        "contacts": list(
            Contact.objects.visible()
            .select_related("employer", "photo")
            .prefetch_related(assignments)
        ),
        "project": Project.current(),
    }
    return render(request, "projects/contact_list.html", context)
