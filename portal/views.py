"""The site's own pages: start, statements and feedback."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.content import languages
from foundation.content.addresses import absolute, address
from foundation.content.agreement import with_moments_ahead
from foundation.content.archive import archive_of
from foundation.content.pages import json_ld, page_at, page_of
from portal import feedback as feedback_form
from portal import social_pictures
from portal.glossary import glossary_by_letter
from portal.language_status import status_pages
from portal.models import Statement
from portal.site import Site
from projects.models import Workshop, WorkshopSeries
from projects.structured_data import organisation
from projects.timeline import TimelineEntry, timeline
from publications.counts import most_used
from publications.models import ActionProposal, Material, Publication, Story
from publications.news import News, Scope


@require_safe
def chooser(request: HttpRequest) -> HttpResponse:
    """The door: to the language the browser prefers, else a choice between the two."""
    language = languages.preferred(request.headers.get("Accept-Language", ""))
    response: HttpResponse
    if language:
        response = HttpResponseRedirect(address("portal:home", language))
    else:
        homes = {code: absolute(request, address("portal:home", code)) for code in languages.CODES}
        response = render(request, "portal/chooser.html", {"homes": homes})
        response["Content-Language"] = "sv, fi"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def social_picture(
    request: HttpRequest, language: str, kind: str, pk: int, digest: str
) -> HttpResponse:
    """The picture of a public item; an address that names another drawing leads to today's."""
    model = social_pictures.MODELS.get(kind)
    if model is None or language not in languages.CODES:
        raise Http404
    item = get_object_or_404(social_pictures.readable(model), pk=pk)
    shown = social_pictures.picture_of(item, language)
    if shown.digest != digest:
        return HttpResponseRedirect(social_pictures.address_of(item, language))
    response = HttpResponse(shown.png(), content_type="image/png")
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page: what, who, where, when, and what came of it."""
    site = Site(request)
    project = site.project
    entries = timeline(project) if project else []
    upcoming = list(Workshop.objects.published().select_related("theme").upcoming()[:3])
    materials = list(most_used(Material.objects.published().with_files())[:3])
    proposals = _newest_proposals()
    context: dict[str, Any] = {
        "page": page_at(
            request,
            "portal:home",
            title=site.name,
            description=str(project.text("lead")) if project else "",
            json_ld=json_ld(organisation(site.owner)) if site.owner else "",
        ),
        "site": site,
        "project": project,
        "goals": list(project.goals.all()) if project else [],
        "timeline": entries if any(one.periods or one.workshops for one in entries) else [],
        "main_themes": [one.main_period and one.main_period.theme for one in entries],
        "current_entry": next((one for one in entries if one.moment == "current"), None),
        "upcoming": upcoming,
        "latest": [] if upcoming else _latest_results(entries),
        "news": News(Scope())[:4],
        "materials": materials,
        "materials_are_used": all(material.downloads for material in materials),
        "stories": list(Story.objects.published().newest().select_related("theme")[:3]),
        "proposals": proposals,
        "publication_with_proposals": proposals[0].publication if proposals else None,
        "assignments": list(project.contact_assignments.visible()) if project else [],
    }
    if project:
        context |= project.participations.counted()
    return render(request, "portal/home.html", context)


def _newest_proposals() -> list[ActionProposal]:
    """The first two proposals of the newest publication that has any."""
    found = list(
        ActionProposal.objects.filter(publication__in=Publication.objects.published())
        .select_related("publication")
        .order_by("-publication__year", "-publication_id", *(ActionProposal._meta.ordering or ()))[
            :2
        ]
    )
    return [one for one in found if one.publication_id == found[0].publication_id]


def _latest_results(entries: list[TimelineEntry]) -> list[Workshop | WorkshopSeries]:
    """The three latest workshops; a series that tells what came of it stands for its workshops."""
    results: list[Workshop | WorkshopSeries] = []
    for workshop in (one for entry in reversed(entries) for one in reversed(entry.workshops)):
        series = workshop.series
        result: Workshop | WorkshopSeries = workshop
        if series and series.state_at() == "published" and series.text("outcome"):
            result = series
        if result not in results and not workshop.is_cancelled:
            results.append(result)
    return results[:3]


@require_safe
def statement(request: HttpRequest, subject: str) -> HttpResponse:
    """The accessibility statement or the privacy notice."""
    found = with_moments_ahead(Statement.objects.published()).filter(subject=subject).first()
    if found is None:
        raise Http404
    context = {"page": page_of(request, found), "statement": found}
    return render(request, "portal/statement.html", context)


@require_safe
def language_status(request: HttpRequest) -> HttpResponse:
    """How far each language has come, type by type."""
    context = {
        "page": page_at(
            request,
            "portal:language_status",
            title=_("The languages of the portal"),
            description=_(
                "Neither Swedish nor Finnish is the original here. This is how many pages each of "
                "them has, and how many of those wait for a translation."
            ),
        ),
        "statuses": status_pages(),
    }
    return render(request, "portal/language_status.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade in both languages, letter by letter."""
    context = {
        "page": page_at(
            request,
            "portal:glossary",
            title=_("Glossary"),
            description=_(
                "The words of welfare work and of municipal life in Swedish and in Finnish, "
                "explained in plain language."
            ),
        ),
        "letters": glossary_by_letter(languages.current()),
    }
    return render(request, "portal/glossary.html", context)


@csrf_exempt  # no cookie for readers: a signed token and the Origin header instead
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The feedback form; answers come within fourteen days."""
    if request.method == "POST":
        form = feedback_form.FeedbackForm.sent(request)
        if form.is_valid():
            feedback_form.store(form, languages.current())
            return redirect(address("portal:feedback_thanks"))
    else:
        form = feedback_form.FeedbackForm(
            initial={
                "token": feedback_form.FeedbackForm.new_token(),
                "about": feedback_form.page_before(request),
            }
        )
    context = {
        "page": page_at(
            request,
            "portal:feedback",
            title=_("Give feedback"),
            description=_("Tell us what does not work or what is missing. We answer in 14 days."),
        ),
        "form": form,
    }
    response = render(request, "portal/feedback.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"  # the token is this reader's own
    return response


@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    """The page after a message has been stored."""
    context = {
        "page": page_at(
            request,
            "portal:feedback_thanks",
            title=_("Thank you"),
            description=_("Your message has reached us."),
        )
    }
    return render(request, "portal/feedback_thanks.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: all but the admin."""
    lines = [
        "User-agent: *",
        "Disallow:" if archive_of(request) else "Disallow: /admin/",
        f"Sitemap: {absolute(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
