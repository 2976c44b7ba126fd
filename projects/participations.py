"""Who takes part in the project: taken in from a CSV file that the client fills in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.editing.table_cells import day_of
from foundation.editing.table_import import (
    Column,
    Row,
    lock_against_writing,
    read_table,
    refuse_faulty,
    shown,
)
from municipalities.models import Municipality, Region, RegionalActor
from municipalities.register import digits, named
from projects.models import Participation, Project

COLUMNS = (
    Column("code", ("kod", "koodi", "kommunkod", "kuntakoodi", "kuntanumero"), required=False),
    Column("name", ("namn", "nimi", "kommun", "kunta", "municipality"), required=False),
    Column("actor_sv", ("aktör", "actor (sv)"), required=False),
    Column("actor_fi", ("toimija", "actor (fi)"), required=False),
    Column("region", ("landskap", "maakunta"), required=False),
    Column("from", ("från", "alkaen")),
    Column("until", ("till", "asti"), required=False),
)

Party = Municipality | RegionalActor


@dataclass
class Outcome:
    """What an import did, in numbers of participations, and the regional actors it created."""

    created: int = 0
    replaced: int = 0
    unchanged: int = 0
    not_in_file: int = 0
    examples_removed: int = 0
    new_actors: list[RegionalActor] = field(default_factory=list)
    # The line of the file that each participation stands on, by the participation's key.
    lines: dict[int, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class _Entry:
    """What a row says: a party takes part from a day to a day, or for the time being."""

    row: Row
    party: Party
    start: date
    end: date | None


@transaction.atomic
def import_participations(file: BinaryIO, project: Project) -> Outcome:
    """Store the participations of a CSV file, and remove the example network.

    For each party in the file, its rows are all its participations: others of the same party are
    replaced. Parties that are not in the file stay as they are. Raises `Refused`, with nothing
    saved, when a row is faulty.
    """
    rows = read_table(file, COLUMNS)
    lock_against_writing(Municipality, RegionalActor, Participation)
    parties = _Parties()
    entries = [entry for row in rows if (entry := _entry(row, parties, project))]
    by_party: dict[int, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_party[id(entry.party)].append(entry)
    for of_party in by_party.values():
        _complain_of_overlaps(of_party)
    refuse_faulty(rows)
    examples = project.participations.filter(is_example=True)
    outcome = Outcome(new_actors=parties.new_actors, examples_removed=examples.delete()[0])
    for actor in parties.new_actors:
        actor.save()
    outcome.not_in_file = project.participations.count()
    for of_party in by_party.values():
        _store(of_party, project, outcome)
    return outcome


def belonging_to(party: Party, project: Project) -> Participation:
    """A participation of the party in the project, not saved and without its days."""
    if isinstance(party, Municipality):
        return Participation(project=project, municipality=party)
    return Participation(project=project, regional_actor=party)


def _store(of_party: Sequence[_Entry], project: Project, outcome: Outcome) -> None:
    """Make the entries of one party its only participations."""
    stored = list(of_party[0].party.participations.filter(project=project))
    outcome.not_in_file -= len(stored)
    if {(one.start, one.end) for one in stored} == {(one.start, one.end) for one in of_party}:
        outcome.unchanged += len(stored)
        by_days = {(entry.start, entry.end): entry.row.line for entry in of_party}
        outcome.lines |= {one.pk: by_days[one.start, one.end] for one in stored}
        return
    for participation in stored:
        participation.delete()
    for entry in of_party:
        participation = belonging_to(entry.party, project)
        participation.start, participation.end = entry.start, entry.end
        participation.save()
        outcome.lines[participation.pk] = entry.row.line
    outcome.replaced += len(stored)
    outcome.created += len(of_party)


class _Parties:
    """The parties that rows can name; each is one object, however many rows name it."""

    def __init__(self) -> None:
        self.regions = list(Region.objects.all())
        self.municipalities = list(Municipality.objects.all())
        self.actors = list(RegionalActor.objects.all())
        self.new_actors: list[RegionalActor] = []

    def of(self, row: Row) -> Party | None:
        """The party of a row, or None with a complaint."""
        names_municipality = bool(row["code"] or row["name"])
        if names_municipality == bool(row["actor_sv"] or row["actor_fi"]):
            row.complain(_("name either a municipality or a regional actor."))
            return None
        region = row.read("region", self._region)
        party = self._municipality(row) if names_municipality else self._actor(row, region)
        if party and region and party.region_id != region.pk:
            problem = _("%(party)s is not in the region %(region)s.")
            row.complain(problem % {"party": party, "region": region}, "region")
        return party

    def _region(self, cell: str) -> Region | None:
        if not cell:
            return None
        found = [one for one in self.regions if one.code == cell.zfill(2) or _is_called(one, cell)]
        if not found:
            problem = _("there is no region “%(value)s”.")
            raise ValidationError(problem % {"value": shown(cell)})
        return found[0]

    def _municipality(self, row: Row) -> Municipality | None:
        """By the code, by either name, or by both when they agree."""
        found = self.municipalities
        if row["code"]:
            code = row.read("code", lambda cell: digits(cell, 3))
            found = [one for one in found if one.code == code]
            if code and not found:
                problem = _("there is no municipality %(code)s in the register.")
                row.complain(problem % {"code": code}, "code")
        elif not (found := [one for one in found if _is_called(one, row["name"])]):
            problem = _("there is no municipality “%(name)s” in the register.")
            row.complain(problem % {"name": shown(row["name"])}, "name")
        if len(found) > 1:
            problem = _("several municipalities are called “%(name)s”: give the code.")
            row.complain(problem % {"name": row["name"]}, "name")
        if len(found) != 1:
            return None
        if row["name"] and not _is_called(found[0], row["name"]):
            problem = _("municipality %(code)s is called %(party)s, not “%(name)s”.")
            row.complain(
                problem % {"code": found[0].code, "party": found[0], "name": shown(row["name"])},
                "name",
            )
        return found[0]

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
            row.read(f"actor_{code}", lambda cell: named(RegionalActor, cell))
        if row.complaints or region is None:
            return None
        actor = RegionalActor(name_sv=given["sv"], name_fi=given["fi"], region=region)
        self.new_actors.append(actor)
        return actor


def _is_called(item: Region | Party, name: str, *codes: str) -> bool:
    """True when the item has the name in one of the languages (either, if none is given)."""
    return any(
        getattr(item, f"name_{code}").casefold() == name.casefold()
        for code in codes or languages.CODES
    )


def _entry(row: Row, parties: _Parties, project: Project) -> _Entry | None:
    """What a row says, or None, with complaints, when it cannot be understood."""
    party = parties.of(row)
    start = row.read("from", day_of)
    end = row.read("until", lambda cell: day_of(cell) if cell else None)
    first, last = project.first.first_day, project.last.last_day
    for column, day in (("from", start), ("until", end)):
        if day and not first <= day <= last:
            problem = _("the project runs from %(first)s to %(last)s.")
            row.complain(problem % {"first": _shown_day(first), "last": _shown_day(last)}, column)
    if start and end and end < start:
        row.complain(_("the last day is before the first."), "until")
    if row.complaints or not party or not start:
        return None
    return _Entry(row, party, start, end)


def _shown_day(day: date) -> str:
    return date_format(day, "j.n.Y")


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
