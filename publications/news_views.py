"""What is new: in the portal, for a municipality and about a theme, as pages and as feeds."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import format as date_in_words
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content.addresses import address, at_its_address
from foundation.content.filters import Filtering
from foundation.content.pages import Crumb, crumb_of, page_at
from municipalities.models import Municipality
from projects.models import Project, Theme
from publications.feeds import LONGEST, feed, feed_response
from publications.news import Entry, News, Scope


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What is new in the whole portal."""
    return _page(request, "publications:news", Scope(), [])


@require_safe
@at_its_address(Theme.objects.published)
def theme_news(request: HttpRequest, theme: Theme) -> HttpResponse:
    """What is new about a theme."""
    crumbs = [Crumb(_("Themes"), address("projects:theme_list")), crumb_of(theme)]
    return _page(request, "publications:theme_news", Scope(theme=theme), crumbs)


@require_safe
@at_its_address(Municipality.objects.all)
def municipality_news(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What is new for a municipality."""
    to_list = Crumb(_("Municipalities"), address("municipalities:municipality_list"))
    scope = Scope(municipality=municipality)
    crumbs = [to_list, crumb_of(municipality)]
    return _page(request, "publications:municipality_news", scope, crumbs)


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """The feed of the whole portal."""
    return _feed(request, "publications:news", Scope())


@require_safe
@at_its_address(Theme.objects.published)
def theme_feed(request: HttpRequest, theme: Theme) -> HttpResponse:
    """The feed of a theme."""
    return _feed(request, "publications:theme_news", Scope(theme=theme))


@require_safe
@at_its_address(Municipality.objects.all)
def municipality_feed(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The feed of a municipality."""
    return _feed(request, "publications:municipality_news", Scope(municipality=municipality))


def _page(request: HttpRequest, route: str, scope: Scope, crumbs: list[Crumb]) -> HttpResponse:
    subject = scope.subject
    filtering = Filtering.of(request)
    entries = filtering.paginate(News(scope))  # type: ignore[arg-type]
    page = page_at(
        request,
        route,
        of=subject,
        title=_title(scope),
        description=_("Workshops, materials, stories and changes to them, newest first."),
        section="themes" if scope.theme else "municipalities" if scope.municipality else "",
        crumbs=crumbs,
        queries=filtering.queries(entries.number),
    )
    context: dict[str, Any] = {
        "page": page,
        "subject": subject,
        "feed": _path(f"{route}_feed", scope),
        "entries": entries,
        "months": by_month(list(entries)),
    }
    return render(request, "publications/news.html", context)


def by_month(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under the months they happened in, by the calendar in Helsinki."""
    days = ((timezone.localtime(entry.moment).date(), entry) for entry in entries)
    months = groupby(days, key=lambda found: found[0].replace(day=1))
    return [
        (date_in_words(month, "F Y"), [entry for _day, entry in found]) for month, found in months
    ]


def _title(scope: Scope) -> str:
    if scope.subject is None:
        return _("What is new")
    name = scope.subject.text(scope.subject.name_field)
    return _("What is new: %(of)s") % {"of": name}


def _path(route: str, scope: Scope) -> str:
    return scope.subject.path(route=route) if scope.subject else address(route)


def _feed(request: HttpRequest, route: str, scope: Scope) -> HttpResponse:
    project = Project.current()
    title, author = _title(scope), _("The network portal")
    if project:
        author = str(project.text("title"))
        title = f"{title} – {author}"
        if project.owner:
            author = str(project.owner.text("name"))
    content = feed(
        request,
        scope,
        News(scope)[:LONGEST],
        title=title,
        author=author,
        page=_path(route, scope),
        own_path=_path(f"{route}_feed", scope),
    )
    return feed_response(request, content)
