"""The site's own pages: start, statements and feedback."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal import feedback as feedback_form
from portal.content import languages
from portal.content.addresses import absolute, address
from portal.content.pages import json_ld, page_at, page_of
from portal.models import Statement
from portal.site import Site
from projects.models import Theme, Workshop
from projects.structured_data import organisation
from projects.timeline import timeline
from projects.views import visible_assignments
from publications.models import ActionProposal, Material, Publication, Story


@require_safe
def chooser(request: HttpRequest) -> HttpResponse:
    """The door: to the language the browser prefers, else a choice between the two."""
    language = languages.preferred(request.headers.get("Accept-Language", ""))
    response: HttpResponse
    if language:
        response = HttpResponseRedirect(address("portal:home", language))
    else:
        homes = {code: address("portal:home", code) for code in languages.CODES}
        response = render(request, "portal/chooser.html", {"homes": homes})
        response["Content-Language"] = "sv, fi"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The start page: what, who, where, when, and what came of it."""
    site = Site()
    project = site.project
    entries = timeline(project) if project else []
    workshops = Workshop.objects.published().select_related("theme")
    upcoming = list(workshops.upcoming()[:3])
    with_proposals = (
        Publication.objects.published().filter(proposals__isnull=False).distinct().newest().first()
    )
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
        "themes": list(Theme.objects.published()),
        "timeline": entries,
        "current_entry": next((one for one in entries if one.moment == "current"), None),
        "upcoming": upcoming,
        "latest": [] if upcoming else list(workshops.past()[:3]),
        "materials": list(Material.objects.published().with_files().newest()[:3]),
        "stories": list(Story.objects.published().newest().select_related("theme")[:3]),
        "publication_with_proposals": with_proposals,
        "proposals": list(
            ActionProposal.objects.filter(publication=with_proposals)[:2] if with_proposals else []
        ),
        "assignments": visible_assignments(project.contact_assignments) if project else [],
        "municipality_count": 0,
        "regional_actor_count": 0,
    }
    if project:
        context["municipality_count"] = project.participations.of_municipalities().count()
        context["regional_actor_count"] = project.participations.of_regional_actors().count()
    return render(request, "portal/home.html", context)


@require_safe
def statement(request: HttpRequest, subject: str) -> HttpResponse:
    """The accessibility statement or the privacy notice."""
    found = Statement.objects.published().filter(subject=subject).first()
    if found is None:
        raise Http404
    context = {"page": page_of(request, found), "statement": found}
    return render(request, "portal/statement.html", context)


@csrf_exempt  # no cookie for readers: a signed token and the Origin header instead
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The feedback form; answers come within fourteen days."""
    if request.method == "POST":
        form = feedback_form.FeedbackForm(request.POST)
        if not feedback_form.is_from_our_page(request):
            form.add_error(None, _("The form was sent from another site. Send it from here."))
        if form.is_valid():
            feedback_form.store(form, languages.current())
            return redirect(address("portal:feedback_thanks"))
        # What was typed stays; the token is renewed, so that an expired form can be sent again.
        typed = request.POST.copy()
        typed["token"] = feedback_form.new_token()
        form.data = typed
    else:
        form = feedback_form.FeedbackForm(
            initial={
                "token": feedback_form.new_token(),
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
    context = {"page": page_at(request, "portal:feedback_thanks", title=_("Thank you"))}
    return render(request, "portal/feedback_thanks.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: all but the admin."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {absolute(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """A plain word that the process is alive."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
