"""The register of municipalities: taken in from a CSV file, by code, and nothing is deleted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.slugs import slug_from
from foundation.editing.table_import import (
    Column,
    Row,
    lock_against_writing,
    read_table,
    refuse_faulty,
    shown,
)
from municipalities.models import LanguageStatus, Municipality, Region

REGISTER = Path(__file__).parent / "data" / "municipalities.csv"

COLUMNS = (
    Column("code", ("kod", "koodi")),
    Column("name_fi", ("finskt namn", "suomenkielinen nimi")),
    Column("name_sv", ("svenskt namn", "ruotsinkielinen nimi")),
    Column("languages", ("språk", "kielet")),
    Column("region_code", ("landskapets kod", "maakunnan koodi")),
    Column("region_fi", ("landskap på finska", "maakunta suomeksi")),
    Column("region_sv", ("landskap på svenska", "maakunta ruotsiksi")),
    Column("lat", ("latitud", "leveysaste"), required=False),
    Column("lon", ("longitud", "pituusaste"), required=False),
)

# The bounds of the constraint municipality_point_lies_in_finland, in degrees (WGS 84).
LATITUDES = (59, 71)
LONGITUDES = (19, 32)


@dataclass(frozen=True)
class Outcome:
    """What an import of the register did, in numbers of municipalities."""

    created: int
    changed: int
    unchanged: int


@dataclass
class _Entry:
    """What a row says of a municipality."""

    row: Row
    code: str
    region_code: str
    region_names: dict[str, str]
    values: dict[str, Any]

    def name(self, language: str) -> str:
        return self.values[f"name_{language}"]


@transaction.atomic
def import_register(file: BinaryIO) -> Outcome:
    """Bring the register in line with a CSV file: create what is missing, update the rest by code.

    A municipality that gets another name gets another address with it, unless an editor has chosen
    the address. Raises `Refused`, with nothing saved, when a row is faulty.
    """
    rows = read_table(file, COLUMNS)
    entries = [entry for row in rows if (entry := _entry(row))]
    _complain_of_doubles(entries)
    _complain_of_regions_that_differ(entries)
    lock_against_writing(Region, Municipality)
    known = {municipality.code: municipality for municipality in Municipality.objects.all()}
    _choose_addresses(entries, known)
    refuse_faulty(rows)
    regions = _saved_regions(entries)
    counts = {"created": 0, "changed": 0, "unchanged": 0}
    for entry in entries:
        municipality = known.get(entry.code) or Municipality(code=entry.code)
        values = {**entry.values, "region_id": regions[entry.region_code].pk}
        counts[_saved(municipality, values)] += 1
    return Outcome(**counts)


def _saved(item: Any, values: dict[str, Any]) -> str:
    """Save what differs, and say what that did to the item."""
    is_new = item.pk is None
    if not is_new and all(getattr(item, name) == value for name, value in values.items()):
        return "unchanged"
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    return "created" if is_new else "changed"


def _entry(row: Row) -> _Entry | None:
    """What a row says, or None, with complaints, when it cannot be understood."""
    code = row.read("code", lambda cell: digits(cell, 3))
    region_code = row.read("region_code", lambda cell: digits(cell, 2))
    values: dict[str, Any] = {"language_status": row.read("languages", _language_status)}
    region_names = {}
    for language in languages.CODES:
        name = row.read(f"name_{language}", lambda cell: named(Municipality, cell))
        values[f"name_{language}"] = name
        region_name = row.read(f"region_{language}", lambda cell: named(Region, cell))
        region_names[language] = region_name or ""
    if "lat" in row.headings or "lon" in row.headings:
        values["latitude"] = row.read("lat", lambda cell: _degrees(cell, *LATITUDES))
        values["longitude"] = row.read("lon", lambda cell: _degrees(cell, *LONGITUDES))
        if bool(row["lat"]) != bool(row["lon"]):
            row.complain(_("give both coordinates or neither."), "lon" if row["lat"] else "lat")
    if row.complaints or code is None or region_code is None:
        return None
    return _Entry(row, code, region_code, region_names, values)


def digits(cell: str, length: int) -> str:
    """A code of so many digits; the zeros that spreadsheets drop from its front are put back.

    Raises `ValidationError` when the cell holds anything else.
    """
    if not re.fullmatch(rf"[0-9]{{1,{length}}}", cell):
        problem = _("“%(value)s” is no code of %(length)d digits.")
        raise ValidationError(problem % {"value": shown(cell), "length": length})
    return cell.zfill(length)


def named(model: type, cell: str) -> str:
    """A name that the model takes and that an address can be made of.

    Raises `ValidationError` when it is empty, too long, or has no letter that an address can have.
    """
    if not cell:
        raise ValidationError(_("the name is missing; the two names may be equal."))
    longest = model._meta.get_field("name").max_length
    if len(cell) > longest:
        problem = _("the name is longer than %(limit)d signs.")
        raise ValidationError(problem % {"limit": longest})
    if not re.match(r"[^\W\d_]", cell) or not slug_from(cell):
        raise ValidationError(_("“%(value)s” is no name.") % {"value": shown(cell)})
    return cell


def _language_status(cell: str) -> str:
    if cell.lower() not in LanguageStatus.values:
        problem = _("“%(value)s” is no language status; they are %(statuses)s.")
        statuses = ", ".join(LanguageStatus.values)
        raise ValidationError(problem % {"value": shown(cell), "statuses": statuses})
    return cell.lower()


def _degrees(cell: str, lowest: int, highest: int) -> Decimal | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,20})?", cell):
        problem = _("“%(value)s” is no number of degrees, such as 60.17.")
        raise ValidationError(problem % {"value": shown(cell)})
    degrees = Decimal(cell.replace(",", ".")).quantize(Decimal("0.01"))
    if not lowest <= degrees <= highest:
        problem = _("%(value)s lies outside Finland (%(lowest)d–%(highest)d degrees).")
        raise ValidationError(problem % {"value": cell, "lowest": lowest, "highest": highest})
    return degrees


def _complain_of_doubles(entries: Sequence[_Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        line = first.setdefault(entry.code, entry.row.line)
        if line != entry.row.line:
            problem = _("%(code)s stands on line %(line)d already.")
            entry.row.complain(problem % {"code": entry.code, "line": line}, "code")


def _complain_of_regions_that_differ(entries: Sequence[_Entry]) -> None:
    first: dict[str, _Entry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.region_code, entry)
        for language, name in entry.region_names.items():
            if name != earlier.region_names[language]:
                problem = _("region %(code)s is called “%(name)s” on line %(line)d.")
                entry.row.complain(
                    problem
                    % {
                        "code": entry.region_code,
                        "name": earlier.region_names[language],
                        "line": earlier.row.line,
                    },
                    f"region_{language}",
                )


def _choose_addresses(entries: Sequence[_Entry], known: dict[str, Municipality]) -> None:
    """Give new and renamed municipalities the address of their name.

    An address is one municipality's in both languages. One that is to be given up by a rename in
    the same file still counts as taken, or the order of the rows would decide who may have it.
    """
    holders = {
        getattr(municipality, f"slug_{language}"): municipality.code
        for municipality in known.values()
        for language in languages.CODES
    }
    for entry in entries:
        municipality = known.get(entry.code)
        for language in languages.CODES:
            if municipality and not _is_to_move(municipality, language, entry.name(language)):
                continue
            slug = slug_from(entry.name(language))
            holder = holders.setdefault(slug, entry.code)
            if holder != entry.code:
                problem = _("“%(name)s” would get the address of municipality %(code)s.")
                entry.row.complain(
                    problem % {"name": entry.name(language), "code": holder}, f"name_{language}"
                )
            entry.values[f"slug_{language}"] = slug


def _is_to_move(municipality: Municipality, language: str, name: str) -> bool:
    """True when the municipality is renamed and its address was made from the name."""
    old_name = getattr(municipality, f"name_{language}")
    return name != old_name and getattr(municipality, f"slug_{language}") == slug_from(old_name)


def _saved_regions(entries: Sequence[_Entry]) -> dict[str, Region]:
    regions = {region.code: region for region in Region.objects.all()}
    for entry in entries:
        region = regions.setdefault(entry.region_code, Region(code=entry.region_code))
        _saved(region, {f"name_{code}": name for code, name in entry.region_names.items()})
    return regions
