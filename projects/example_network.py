"""The network that the demo shows while the names of the real parties are not known to it.

The 26 municipalities and two regional actors are chosen by rule, so that nobody seems chosen for
what they did: they say nothing about who took part.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.editing.table_import import lock_against_writing
from municipalities.models import LanguageStatus, Municipality, Region, RegionalActor
from projects.models import Participation, Project
from projects.participations import Party, belonging_to

# Kuopio, which inspired the project, and the six that the research programme ARTTU2 studied in
# depth: as examples of members they would be taken for members.
KUOPIO = "297"
ARTTU2_IN_DEPTH = ("098", "491", "753", "783", "837", "853")

ÅLAND = "21"
BILINGUAL_COUNT = 8
MUNICIPALITY_COUNT = 26

# Swedish and Finnish name, and the code of the region.
REGIONAL_ACTORS = (
    ("Nylands förbund", "Uudenmaan liitto", "01"),
    ("Österbottens förbund", "Pohjanmaan liitto", "15"),
)


def example_municipalities() -> list[Municipality]:
    """The municipality with the lowest code in each mainland region, then the eight lowest codes
    of the bilingual ones left; in the order of their codes."""
    left = list(
        Municipality.objects.exclude(code__in=(KUOPIO, *ARTTU2_IN_DEPTH))
        .exclude(region__code=ÅLAND)
        .order_by("code")
    )
    lowest: dict[int, Municipality] = {}
    for municipality in left:
        lowest.setdefault(municipality.region_id, municipality)
    regional = list(lowest.values())
    bilingual = [
        municipality
        for municipality in left
        if municipality.language_status
        in (LanguageStatus.FINNISH_MAJORITY, LanguageStatus.SWEDISH_MAJORITY)
        and municipality not in regional
    ]
    chosen = regional + bilingual[:BILINGUAL_COUNT]
    return sorted(chosen, key=lambda municipality: municipality.code)


def example_regional_actors() -> list[RegionalActor]:
    """The regional councils of Nyland and Österbotten, created when they are not there."""
    actors = []
    for name_sv, name_fi, region_code in REGIONAL_ACTORS:
        actor = RegionalActor.objects.filter(name_sv=name_sv).first()
        if actor is None:
            region = Region.objects.get(code=region_code)
            actor = RegionalActor.objects.create(name_sv=name_sv, name_fi=name_fi, region=region)
        actors.append(actor)
    return actors


@transaction.atomic
def load_example_network(project: Project) -> int:
    """Let the example parties take part for the whole project; the number of participations.

    Where a real participation is stored nothing happens, and the answer is 0: the two are never
    mixed. Raises `LookupError` when the register of municipalities is not there.
    """
    lock_against_writing(Municipality, RegionalActor, Participation)
    if project.participations.filter(is_example=False).exists():
        return 0
    municipalities = example_municipalities()
    if len(municipalities) != MUNICIPALITY_COUNT:
        raise LookupError(_("Import the register of municipalities first."))
    parties: list[Party] = [*municipalities, *example_regional_actors()]
    wanted = [belonging_to(party, project) for party in parties]
    for participation in wanted:
        participation.start = project.first.first_day
        participation.end = project.last.last_day
        participation.is_example = True
    stored = project.participations.all()
    if {_content(one) for one in stored} != {_content(one) for one in wanted}:
        stored.delete()
        Participation.objects.bulk_create(wanted)
    return len(wanted)


def _content(participation: Participation) -> tuple:
    return (
        participation.municipality_id,
        participation.regional_actor_id,
        participation.start,
        participation.end,
    )
