"""Who takes part in the project, as a table that the client fills in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.content import languages
from foundation.content.pages import written_day
from foundation.editing.table_cells import day_of
from foundation.editing.table_exchange import Stored, Table
from foundation.editing.table_import import Column, Refused, Row, shown
from municipalities.models import Municipality, Region, RegionalActor
from municipalities.register import digits, named
from projects.models import Participation, Project

Party = Municipality | RegionalActor


@dataclass(frozen=True)
class _Entry:
    """What a row says: a party takes part from a day to a day, or for the time being."""

    row: Row
    party: Party
    start: date
    end: date | None

    @property
    def days(self) -> tuple[date, date | None]:
        return self.start, self.end


def _regions() -> dict[str, Region]:
    """The regions by their codes, with and without zeros at the front, and by their names."""
    return {
        word.casefold(): region
        for region in Region.objects.all()
        for word in (region.code, region.code.lstrip("0"), region.name_sv, region.name_fi)
    }


class ParticipationTable(Table):
    """The participations of the project.

    For each party in a file, its rows are all its participations: others of the same party are
    replaced. Parties that are not in the file stay as they are. The example network is removed.
    """

    name = gettext_lazy("participations")
    hint = gettext_lazy(
        "For each municipality or regional actor in the table, its rows replace what the portal "
        "had about it; others stay. The example network is removed."
    )
    models = (Municipality, RegionalActor, Participation)
    rights = (
        "projects.add_participation",
        "projects.change_participation",
        "projects.delete_participation",
        "municipalities.add_regionalactor",
    )
    columns = (
        Column(
            *("code", "kod", "koodi", ("kommunkod", "kuntakoodi", "kuntanumero")),
            read=partial(digits, 3),
        ),
        Column("name", "namn", "nimi", ("kommun", "kunta", "municipality")),
        Column("actor_sv", "aktör", "aktör", ("actor (sv)",), read=partial(named, RegionalActor)),
        Column(
            *("actor_fi", "toimija", "toimija", ("actor (fi)",)),
            read=partial(named, RegionalActor),
        ),
        Column(
            *("region", "landskap", "maakunta"),
            choices=_regions,
            unknown=gettext_lazy("there is no region “%(value)s”."),
        ),
        Column("from", "från", "alkaen", required=True, read=day_of),
        Column("until", "till", "asti", read=day_of),
    )

    def stored(self) -> dict[int, Stored]:
        participations = Participation.objects.filter(project=_project())
        participations = participations.select_related(
            "municipality__region", "regional_actor__region"
        )
        return {item.pk: Stored(item, _cells(item)) for item in participations.order_by("pk")}

    def store(self, rows: list[Row], before: dict[int, Stored]) -> dict[int, int]:
        project = _project()
        if project is None:
            problem = _(
                "There is no project yet. Load the starter content, or create the project first."
            )
            raise Refused([problem])
        parties = _Parties()
        by_party: dict[int, list[_Entry]] = defaultdict(list)
        for row in rows:
            if entry := _entry(row, parties, project):
                by_party[id(entry.party)].append(entry)
        for of_party in by_party.values():
            _complain_of_overlaps(of_party)
        if any(row.complaints for row in rows):
            return {}
        project.participations.filter(is_example=True).delete()
        for actor in parties.new_actors:
            actor.save()
        lines: dict[int, int] = {}
        for of_party in by_party.values():
            lines |= _store(of_party, project)
        return lines


def _project() -> Project | None:
    """The project that staff work with, published or not yet."""
    project: Any = Project.current() or Project.objects.first()
    return project


def _cells(participation: Participation) -> dict[str, str]:
    municipality, actor = participation.municipality, participation.regional_actor
    party = municipality or actor
    return {
        "code": municipality.code if municipality else "",
        "name": str(municipality or ""),
        "actor_sv": getattr(actor, "name_sv", ""),
        "actor_fi": getattr(actor, "name_fi", ""),
        "region": str(party.region) if party else "",
        "from": written_day(participation.start),
        "until": written_day(participation.end) if participation.end else "",
    }


def belonging_to(party: Party, project: Project) -> Participation:
    """A participation of the party in the project, not saved and without its days."""
    if isinstance(party, Municipality):
        return Participation(project=project, municipality=party)
    return Participation(project=project, regional_actor=party)


def _store(of_party: list[_Entry], project: Project) -> dict[int, int]:
    """Make the entries of one party its only participations; their lines."""
    stored = list(of_party[0].party.participations.filter(project=project))
    by_days = {entry.days: entry.row.line for entry in of_party}
    if {(row.start, row.end) for row in stored} == by_days.keys():
        return {row.pk: by_days[row.start, row.end] for row in stored}
    for participation in stored:
        participation.delete()
    lines = {}
    for entry in of_party:
        participation = belonging_to(entry.party, project)
        participation.start, participation.end = entry.days
        participation.save()
        lines[participation.pk] = entry.row.line
    return lines


class _Parties:
    """The parties that rows can name; each is one object, however many rows name it."""

    def __init__(self) -> None:
        self.municipalities = list(Municipality.objects.all())
        self.actors = list(RegionalActor.objects.all())
        self.new_actors: list[RegionalActor] = []

    def of(self, row: Row) -> Party | None:
        """The party of a row, or None with a complaint."""
        names_municipality = bool(row["code"] or row["name"])
        if names_municipality == bool(row["actor_sv"] or row["actor_fi"]):
            row.complain(_("name either a municipality or a regional actor."))
            return None
        region = row.value("region")
        party = self._municipality(row) if names_municipality else self._actor(row, region)
        if party and region and party.region_id != region.pk:
            problem = _("%(party)s is not in the region %(region)s.")
            row.complain(problem % {"party": party, "region": region}, "region")
        return party

    def _municipality(self, row: Row) -> Municipality | None:
        """By the code, by either name, or by both when they agree."""
        candidates = self.municipalities
        if row["code"]:
            code = row.value("code")
            candidates = [item for item in candidates if item.code == code]
            if code and not candidates:
                problem = _("there is no municipality %(code)s in the register.")
                row.complain(problem % {"code": code}, "code")
        elif not (candidates := [item for item in candidates if _is_called(item, row["name"])]):
            problem = _("there is no municipality “%(value)s” in the register.")
            row.complain(problem % {"value": shown(row["name"])}, "name")
        if len(candidates) > 1:
            problem = _("several municipalities are called “%(name)s”: give the code.")
            row.complain(problem % {"name": row["name"]}, "name")
        if len(candidates) != 1:
            return None
        if row["name"] and not _is_called(candidates[0], row["name"]):
            problem = _("municipality %(code)s is called %(party)s, not “%(name)s”.")
            row.complain(
                problem
                % {"code": candidates[0].code, "party": candidates[0], "name": shown(row["name"])},
                "name",
            )
        return candidates[0]

    def _actor(self, row: Row, region: Region | None) -> RegionalActor | None:
        """By either name; an unknown one is new when the row has both names and a region."""
        given = {code: row[f"actor_{code}"] for code in languages.CODES if row[f"actor_{code}"]}
        actor = next(
            (
                actor
                for actor in [*self.actors, *self.new_actors]
                if any(_is_called(actor, name, code) for code, name in given.items())
            ),
            None,
        )
        if actor is None:
            return self._new_actor(row, given, region)
        for code, name in given.items():
            if not _is_called(actor, name, code):
                problem = _("the portal knows this actor as “%(name)s”.")
                row.complain(problem % {"name": getattr(actor, f"name_{code}")}, f"actor_{code}")
        return actor

    def _new_actor(
        self, row: Row, given: dict[str, str], region: Region | None
    ) -> RegionalActor | None:
        if len(given) < len(languages.CODES) or not row["region"]:
            row.complain(
                _(
                    "the portal does not know this regional actor: give its Swedish name, its "
                    "Finnish name and its region, and it is added."
                )
            )
            return None
        for code in given:
            row.value(f"actor_{code}")
        if row.complaints or region is None:
            return None
        actor = RegionalActor(name_sv=given["sv"], name_fi=given["fi"], region=region)
        self.new_actors.append(actor)
        return actor


def _is_called(item: Party, name: str, *codes: str) -> bool:
    """True when the item has the name in one of the languages (either, if none is given)."""
    return any(
        getattr(item, f"name_{code}").casefold() == name.casefold()
        for code in codes or languages.CODES
    )


def _entry(row: Row, parties: _Parties, project: Project) -> _Entry | None:
    """What a row says, or None, with complaints, when it cannot be understood."""
    party = parties.of(row)
    start, end = row.value("from"), row.value("until")
    first, last = project.first.first_day, project.last.last_day
    for column, day in (("from", start), ("until", end)):
        if day and not first <= day <= last:
            problem = _("the project runs from %(first)s to %(last)s.")
            row.complain(problem % {"first": written_day(first), "last": written_day(last)}, column)
    if start and end and end < start:
        row.complain(_("the last day is before the first."), "until")
    if row.complaints or not party or not start:
        return None
    return _Entry(row, party, start, end)


def _complain_of_overlaps(of_party: Iterable[_Entry]) -> None:
    """Complain of a row whose days another row of the same party already has."""
    in_time = sorted(of_party, key=lambda entry: (entry.start, entry.row.line))
    latest = in_time[0]
    for entry in in_time[1:]:
        if latest.end is None or entry.start <= latest.end:
            problem = _("%(party)s takes part during these days already, on line %(line)d.")
            entry.row.complain(problem % {"party": entry.party, "line": latest.row.line})
        if latest.end is not None and (entry.end is None or entry.end > latest.end):
            latest = entry


PARTICIPATION_TABLE = ParticipationTable()
