"""Who: the pages of municipalities and regional actors.

What the floors above have about them (workshops, materials, stories) is read through the related
managers only: this app imports nothing from them.
"""

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Avg, Exists, FloatField, Model, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.alphabet import alphabetical, sort_key
from foundation.content.compiled import compiled
from foundation.content.excerpt import AND_ONE, excerpt
from foundation.content.filters import cleaned
from foundation.content.pages import Crumb, page_at, page_of
from municipalities.map import Map, map_of_actors, map_of_regions, place_of
from municipalities.models import Municipality, Region, RegionalActor

ACTORS_ROUTE = "municipalities:regional_actor_list"
LIST_ROUTE = "municipalities:municipality_list"
MOST_COMPANIONS = 24


def _participations() -> QuerySet:
    return Municipality._meta.get_field("participations").related_model._default_manager.all()


def _taking_part() -> Exists:
    return Exists(_participations().filter(municipality=OuterRef("pk")))


def _actors_taking_part() -> QuerySet:
    return RegionalActor.objects.filter(
        Exists(_participations().filter(regional_actor=OuterRef("pk")))
    )


def _regions(found: QuerySet) -> list[Region]:
    """The regions that some of the found municipalities lie in, in alphabetical order."""
    regions = alongside(
        Region.objects.prefetch_related(Prefetch("municipalities", found, to_attr="found")),
        actors=_actors_taking_part().filter(region=OuterRef("pk")).order_by("pk"),
    )
    for region in regions:
        region.participant_count = len([one for one in region.found if one.is_participant])
    return sorted(
        (region for region in regions if region.found),
        key=lambda region: sort_key(str(region.text("name"))),
    )


def _map(regions: list[Region]) -> Map:
    return map_of_regions(
        (region.found, take(region, "actors", RegionalActor)) for region in regions
    )


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """All municipalities by region, or those that a name in either language finds."""
    here = languages.current()
    words = cleaned(request.GET.get("q", ""))
    found = Municipality.objects.annotate(is_participant=_taking_part()).order_by(
        alphabetical(f"name_{here}")
    )
    if words:
        found = found.found_by(words)
        exact = [
            one for one in found if words.lower() in (one.name_sv.lower(), one.name_fi.lower())
        ]
        if len(exact) == 1:
            return redirect(exact[0].path())
    regions = _regions(found)
    query = urlencode({"q": words}) if words else ""
    context: dict[str, Any] = {
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
        "map": None if words else _map(regions),
        "count": len([one for region in regions for one in region.found]),
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
        "workshops": excerpt(
            _published(municipality.workshops, "-day"),
            "projects:workshop_list",
            "municipality",
            municipality,
        ),
        "stories": excerpt(
            _published(municipality.stories),
            "publications:story_list",
            "municipality",
            municipality,
        ),
        "practices": excerpt(
            _published(municipality.practices),
            "publications:practice_list",
            "municipality",
            municipality,
        ),
        "assignments": _visible(municipality),
        "neighbours": _neighbours(municipality),
    }
    context["place"] = place_of(municipality, context["neighbours"])
    context["companions"] = _on_the_same_themes(municipality, context["workshops"])
    context |= _part_taken(context["participations"])
    context["participants_are_known"] = (
        bool(context["participations"]) or _participations().of_municipalities().exists()
    )
    return render(request, "municipalities/municipality_detail.html", context)


def _published(manager: Any, *order: str) -> list:
    """The first public items that a related manager of a municipality leads to."""
    place = manager.query_field_name
    return _items(
        timezone.now(), manager.instance.pk, model=manager.model, place=place, order=order
    )


@compiled
def _items(
    moment: Any, municipality: Any, *, model: type[Model], place: str, order: tuple[str, ...]
) -> QuerySet:
    rows: Any = model._default_manager.filter(**{place: municipality})
    rows = rows.published(moment).select_related("theme")
    return (rows.order_by(*order) if order else rows)[:AND_ONE]


def _part_taken(participations: list) -> dict[str, bool]:
    """Whether a party takes part today, and whether it has begun to at all."""
    today = timezone.localdate()
    begun = [one for one in participations if one.start <= today]
    return {
        "takes_part": any(one.end is None or one.end >= today for one in begun),
        "has_taken_part": bool(begun),
    }


def _visible(party: Municipality | RegionalActor) -> list:
    rows = party.contact_assignments
    return _assignments(timezone.localdate(), party.pk, model=rows.model, of=rows.field.name)


@compiled
def _assignments(today: Any, party: Any, *, model: type[Model], of: str) -> QuerySet:
    return model._default_manager.filter(
        Q(contact__visible_until__isnull=True) | Q(contact__visible_until__gte=today),
        **{of: party},
    ).select_related("contact__employer", "contact__photo")


def _neighbours(municipality: Municipality) -> list[Municipality]:
    """The municipalities of the same region, in alphabetical order."""
    return _of_region(municipality.region_id, municipality.pk)


@compiled
def _of_region(region: Any, without: Any) -> QuerySet:
    return (
        Municipality.objects.filter(region=region)
        .exclude(pk=without)
        .annotate(is_participant=_taking_part())
        .order_by(alphabetical(f"name_{languages.current()}"))
    )


def _on_the_same_themes(municipality: Municipality, held: list) -> list[Municipality]:
    """Municipalities that have had workshops on the themes of this one's; no query without any."""
    themes = {workshop.theme_id for workshop in held if workshop.theme_id}
    if not themes:
        return []
    workshops: Any = apps.get_model("projects.Workshop")._default_manager
    alike = workshops.published().filter(theme__in=themes, municipalities=OuterRef("pk"))
    return list(
        Municipality.objects.filter(Exists(alike))
        .exclude(pk=municipality.pk)
        .annotate(is_participant=_taking_part())
        .in_order(languages.current())[:MOST_COMPANIONS]
    )


@require_safe
def regional_actor_list(request: HttpRequest) -> HttpResponse:
    """The regional actors of the network."""
    middle = {
        axis: Avg(f"region__municipalities__{axis}", output_field=FloatField())
        for axis in ("latitude", "longitude")
    }
    actors = sorted(
        _actors_taking_part().select_related("region").annotate(**middle),
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
        "map": map_of_actors(actors),
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
