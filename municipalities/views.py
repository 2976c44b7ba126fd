"""Who: the pages of municipalities and regional actors.

What the floors above have about them (workshops, materials, stories) is read through the related
managers only: this app imports nothing from them.
"""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from municipalities.models import Municipality, Region, RegionalActor
from portal.content import languages
from portal.content.addresses import address, at_its_address
from portal.content.alphabet import alphabetical, sort_key
from portal.content.filters import cleaned
from portal.content.pages import Crumb, page_at, page_of

ACTORS_ROUTE = "municipalities:regional_actor_list"
LIST_ROUTE = "municipalities:municipality_list"


def _participations() -> QuerySet:
    return Municipality._meta.get_field("participations").related_model._default_manager.all()


def _taking_part() -> Exists:
    return Exists(_participations().filter(municipality=OuterRef("pk")))


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """All municipalities by region, or those that a name in either language finds."""
    here = languages.current()
    words = cleaned(request.GET.get("q", ""))
    found = Municipality.objects.annotate(is_participant=_taking_part()).order_by(
        alphabetical(f"name_{here}")
    )
    if words:
        found = found.named(words)
        exact = [
            one for one in found if words.lower() in (one.name_sv.lower(), one.name_fi.lower())
        ]
        if len(exact) == 1:
            return redirect(exact[0].path())
    municipalities = Prefetch("municipalities", found, to_attr="found")
    regions = sorted(
        (region for region in Region.objects.prefetch_related(municipalities) if region.found),
        key=lambda region: sort_key(str(region.text("name"))),
    )
    query = urlencode({"q": words}) if words else ""
    context = {
        "page": page_at(
            request,
            LIST_ROUTE,
            title=_("Municipalities"),
            description=_(
                "Find your municipality by its Swedish or Finnish name and see what the network "
                "has done there."
            ),
            section="municipalities",
            queries={"sv": query, "fi": query},
        ),
        "words": words,
        "regions": regions,
        "count": sum(len(region.found) for region in regions),
        **_participations().counted(),
    }
    return render(request, "municipalities/municipality_list.html", context)


def _municipalities() -> QuerySet:
    return Municipality.objects.select_related("region")


@require_safe
@at_its_address(_municipalities)
def municipality_detail(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A municipality: whether it takes part, and all there is for and from it."""
    context: dict[str, Any] = {
        "page": page_of(
            request,
            municipality,
            section="municipalities",
            description=_("%(name)s in the network: workshops, materials, stories and contacts.")
            % {"name": municipality.text("name")},
            crumbs=[Crumb(_("Municipalities"), address(LIST_ROUTE))],
        ),
        "municipality": municipality,
        "participations": list(municipality.participations.order_by("start")),
        "programmes": list(municipality.programmes.published()),
        "workshops": list(
            municipality.workshops.published().select_related("theme").order_by("-day")
        ),
        "stories": list(municipality.stories.published().select_related("theme")),
        "practices": list(municipality.practices.published().select_related("theme")),
        "assignments": _visible(municipality),
        "neighbours": _neighbours(municipality),
    }
    context |= _part_taken(context["participations"])
    context["participants_are_known"] = (
        bool(context["participations"]) or _participations().of_municipalities().exists()
    )
    return render(request, "municipalities/municipality_detail.html", context)


def _part_taken(participations: list) -> dict[str, bool]:
    """Whether a party takes part today, and whether it has begun to at all."""
    today = timezone.localdate()
    begun = [one for one in participations if one.start <= today]
    return {
        "takes_part": any(one.end is None or one.end >= today for one in begun),
        "has_taken_part": bool(begun),
    }


def _visible(party: Municipality | RegionalActor) -> list:
    today = timezone.localdate()
    return list(
        party.contact_assignments.filter(
            Q(contact__visible_until__isnull=True) | Q(contact__visible_until__gte=today)
        ).select_related("contact__employer", "contact__photo")
    )


def _neighbours(municipality: Municipality) -> list[Municipality]:
    """The municipalities of the same region, in alphabetical order."""
    return list(
        municipality.region.municipalities.exclude(pk=municipality.pk)
        .annotate(is_participant=_taking_part())
        .order_by(alphabetical(f"name_{languages.current()}"))
    )


@require_safe
def regional_actor_list(request: HttpRequest) -> HttpResponse:
    """The regional actors of the network."""
    actors = sorted(
        RegionalActor.objects.filter(participations__isnull=False)
        .select_related("region")
        .distinct(),
        key=lambda actor: sort_key(str(actor.text("name"))),
    )
    context = {
        "page": page_at(
            request,
            ACTORS_ROUTE,
            title=_("Regional actors"),
            description=_("The actors on regional level that take part in the network."),
            section="municipalities",
            crumbs=[Crumb(_("Municipalities"), address(LIST_ROUTE))],
        ),
        "actors": actors,
    }
    return render(request, "municipalities/regional_actor_list.html", context)


def _actors() -> QuerySet:
    return RegionalActor.objects.select_related("region")


@require_safe
@at_its_address(_actors)
def regional_actor_detail(request: HttpRequest, actor: RegionalActor) -> HttpResponse:
    """A regional actor, with the municipalities of its region."""
    context: dict[str, Any] = {
        "page": page_of(
            request,
            actor,
            section="municipalities",
            description=_("%(name)s in the network.") % {"name": actor.text("name")},
            crumbs=[
                Crumb(_("Municipalities"), address(LIST_ROUTE)),
                Crumb(_("Regional actors"), address(ACTORS_ROUTE)),
            ],
        ),
        "actor": actor,
        "participations": list(actor.participations.order_by("start")),
        "assignments": _visible(actor),
        "municipalities": list(
            actor.region.municipalities.annotate(is_participant=_taking_part()).order_by(
                alphabetical(f"name_{languages.current()}")
            )
        ),
    }
    context |= _part_taken(context["participations"])
    return render(request, "municipalities/regional_actor_detail.html", context)
