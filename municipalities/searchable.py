"""What search finds of municipalities and regional actors: by both names, in any form of them."""

from foundation.search.declarations import LEAD, Sought, declare, own, reference
from foundation.search.placenames import forms
from municipalities.models import Municipality, Region, RegionalActor


def names_of(place: Municipality | Region) -> list[str]:
    """Both names with their forms, whichever language is read: Åbo, Turku, Turussa."""
    found = [*forms(own(place, "name", "sv"), "sv"), *forms(own(place, "name", "fi"), "fi")]
    # The S:t of a name is also written out.
    return found + [f"sankt{name[3:]}" for name in found if name.startswith("s:t")]


def _municipality(municipality: Municipality, language: str) -> Sought:
    region = own(municipality.region, "name", language)
    return Sought(
        title=own(municipality, "name", language),
        path=municipality.path(language),
        texts=[(region, LEAD), (municipality.code, LEAD)],
        quoted=[region],
        names=names_of(municipality),
        references=[municipality_reference(municipality.pk)],
        municipalities=[municipality.pk],
        languages=["sv", "fi"],
    )


def _regional_actor(actor: RegionalActor, language: str) -> Sought:
    region = own(actor.region, "name", language)
    return Sought(
        title=own(actor, "name", language),
        path=actor.path(language),
        texts=[(region, LEAD)],
        quoted=[region],
        names=[own(actor, "name", "sv"), own(actor, "name", "fi"), *names_of(actor.region)],
        languages=["sv", "fi"],
    )


def municipality_reference(key: int) -> str:
    """The term by which an item says that it is about a municipality."""
    return reference(Municipality._meta.db_table, key)


declare(
    Municipality,
    _municipality,
    joined=("region",),
    follows=("region",),
    boost=1.5,
)
declare(
    RegionalActor,
    _regional_actor,
    joined=("region",),
    follows=("region",),
    boost=1.2,
)
