"""What is done: the pages of the project, its themes, workshops and people."""

from django.db.models import Exists, Manager, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.models import Municipality
from portal.content import languages
from portal.content.addresses import address, at_its_address, find
from portal.content.agreement import with_moments_ahead
from portal.content.alongside import alongside, take
from portal.content.filters import Choice, Filter, Filtering
from portal.content.models import Addressed
from portal.content.pages import Crumb, crumb_of, page_at, page_of
from portal.content.slugs import slug_from
from projects import structured_data
from projects.calendars import calendar, calendar_response
from projects.models import (
    Contact,
    ContactAssignment,
    Programme,
    Project,
    ProjectRole,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from projects.timeline import timeline


def current_project() -> Project | None:
    """The project the portal is about: the first that is published."""
    projects = Project.objects.published().select_related("programme")
    return with_moments_ahead(projects).first()


def _choice(item: Addressed, *paths: str) -> Choice:
    """An item as a choice of a filter; the paths lead from a row to it."""
    name = item.text(item.name_field)
    return Choice(
        words={code: item.slug_in(code) or "" for code in languages.CODES},
        label=name.value,
        condition=Q(*((path, item.pk) for path in paths), _connector=Q.OR),
        lang=name.language if name.is_other else "",
    )


def theme_choices(*paths: str) -> list[Choice]:
    """The published themes as choices of a filter; the paths lead from a row to its theme."""
    return [_choice(theme, *(paths or ("theme",))) for theme in Theme.objects.published()]


def _found(items: QuerySet, word: str, path: str) -> Choice | None:
    """The item that a word leads to as an address would, as a choice of a filter."""
    try:
        return _choice(find(items, word, languages.current()), path)
    except Http404:
        return None


def workshop_filtering(request: HttpRequest) -> Filtering:
    """What is asked of the workshops: a theme, a municipality.

    Those municipalities are offered that a workshop is for. Any other can be asked for too, so
    that its calendar is there before its first workshop is.
    """
    here = languages.current()
    theirs = Workshop.objects.published().filter(municipalities=OuterRef("pk"))
    offered = Municipality.objects.filter(Exists(theirs)).in_order(here)
    return Filtering.of(
        request,
        Filter(
            "theme",
            _("Theme"),
            theme_choices(),
            lambda word: _found(Theme.objects.published(), word, "theme"),
        ),
        Filter(
            "municipality",
            _("Municipality"),
            [_choice(municipality, "municipalities") for municipality in offered],
            lambda word: _found(Municipality.objects.all(), word, "municipalities"),
        ),
    )


def visible_assignments(assignments: QuerySet | Manager) -> list[ContactAssignment]:
    """Assignments whose person may still be shown."""
    return list(
        assignments.filter(contact__in=Contact.objects.visible()).select_related(
            "contact__employer", "contact__photo"
        )
    )


@require_safe
def project_detail(request: HttpRequest) -> HttpResponse:
    """What the project is, its goals, and who is behind it."""
    project = current_project()
    if project is None:
        raise Http404
    roles = list(project.roles.select_related("organisation"))
    context = {
        "page": page_of(request, project, section="project"),
        "project": project,
        "goals": list(project.goals.all()),
        "owner": next((role.organisation for role in roles if role.role == "owner"), None),
        "funders": [role.organisation for role in roles if role.role == "funder"],
        "partners": [role.organisation for role in roles if role.role == "partner"],
        "programme": project.programme
        if project.programme and project.programme.state_at() == "published"
        else None,
        "assignments": visible_assignments(project.contact_assignments),
    }
    context |= project.participations.counted()
    return render(request, "projects/project_detail.html", context)


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """The themes, and the half-years they were worked on."""
    project = current_project()
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
        workshops=Workshop.objects.published().filter(**of_theme).order_by("day"),
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
    workshops = take(theme, "workshops", Workshop)
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
        "materials": list(theme.materials.published().with_files()),
        "stories": list(theme.stories.published().select_related("theme")),
        "publications": list(theme.publications.published()),
        "assignments": visible_assignments(theme.contact_assignments),
    }
    return render(request, "projects/theme_detail.html", context)


@require_safe
@at_its_address(Theme.objects.published)
def theme_calendar(request: HttpRequest, theme: Theme) -> HttpResponse:
    """The calendar of the workshops on a theme."""
    return _calendar_of(request, theme.workshops.published(), theme.text("title"))


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """Upcoming and past workshops, by theme and municipality."""
    filtering = workshop_filtering(request)
    theme, municipality = filtering.filters
    workshops = Workshop.objects.published().select_related("theme", "series")
    upcoming = list(filtering.apply(workshops.upcoming()))
    past = filtering.paginate(filtering.apply(workshops.past()))
    series = theme.apply(WorkshopSeries.objects.published().select_related("theme"))
    if municipality.chosen:
        series = series.filter(pk__in=municipality.apply(workshops).values("series"))
    calendar_query = filtering.query(languages.current())
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
        "upcoming": upcoming if past.number == 1 else [],
        "past": past,
        "series": list(series) if past.number == 1 else [],
    }
    return render(request, "projects/workshop_list.html", context)


def _calendar_of(request: HttpRequest, workshops: QuerySet, of: object = "") -> HttpResponse:
    """A calendar to subscribe to, named after what its workshops are of and the project."""
    project = current_project()
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
    filtering = workshop_filtering(request)
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
    return Workshop.objects.published().select_related("theme", "series")


@require_safe
@at_its_address(_workshops)
def workshop_detail(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """A workshop: when and where, what was asked, what came of it and what to take home."""
    series = workshop.series
    if series and series.state_at() != "published":
        series = None
    crumbs = [Crumb(_("Workshops"), address("projects:workshop_list"))]
    owner = (
        ProjectRole.objects.filter(role="owner", project__in=Project.objects.published())
        .select_related("organisation")
        .order_by("project")
        .first()
    )
    context = {
        "page": page_of(
            request,
            workshop,
            section="workshops",
            crumbs=crumbs + ([crumb_of(series)] if series else []),
            json_ld=structured_data.event(request, workshop, owner.organisation if owner else None),
        ),
        "workshop": workshop,
        "series": series,
        "has_passed": workshop.last_day < timezone.localdate(),
        "municipalities": list(workshop.municipalities.in_order(languages.current())),
        "materials": list(workshop.materials.published().with_files()),
        "assignments": visible_assignments(workshop.contact_assignments),
    }
    return render(request, "projects/workshop_detail.html", context)


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
    workshops = list(
        series.workshops.published().select_related("theme").order_by("day", "start_time")
    )
    context = {
        "page": page_of(
            request,
            series,
            section="workshops",
            crumbs=[Crumb(_("Workshops"), address("projects:workshop_list"))],
        ),
        "series": series,
        "workshops": workshops,
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
        "project": current_project(),
    }
    return render(request, "projects/contact_list.html", context)
