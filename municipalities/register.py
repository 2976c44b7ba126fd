"""The register of municipalities: taken in from a CSV file, by code, and nothing is deleted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.content import languages
from foundation.content.slugs import slug_from
from foundation.editing.table_exchange import Stored, Table
from foundation.editing.table_import import Column, Row, shown
from municipalities.models import LanguageStatus, Municipality, Region

REGISTER = Path(__file__).parent / "data" / "municipalities.csv"

# The bounds of the constraint municipality_point_lies_in_finland, in degrees (WGS 84).
LATITUDES = (59, 71)
LONGITUDES = (19, 32)


def digits(length: int, cell: str) -> str:
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


def _degrees(lowest: int, highest: int, cell: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,20})?", cell):
        problem = _("“%(value)s” is no number of degrees, such as 60.17.")
        raise ValidationError(problem % {"value": shown(cell)})
    degrees = Decimal(cell.replace(",", ".")).quantize(Decimal("0.01"))
    if not lowest <= degrees <= highest:
        problem = _("%(value)s lies outside Finland (%(lowest)d–%(highest)d degrees).")
        raise ValidationError(problem % {"value": cell, "lowest": lowest, "highest": highest})
    return degrees


def _needed(name: str, swedish: str, finnish: str, read: Callable[[str], Any]) -> Column:
    return Column(name, swedish, finnish, required=True, read=read)


@dataclass
class Entry:
    """What a row says of a municipality."""

    row: Row
    code: str
    region_code: str
    region_names: dict[str, str]
    values: dict[str, Any]

    def name(self, language: str) -> str:
        return self.values[f"name_{language}"]


class RegisterTable(Table):
    """The municipalities and their regions, by code: what is missing is new, none is removed.

    A municipality that gets another name gets another address with it, unless an editor has chosen
    the address.
    """

    name = gettext_lazy("municipalities")
    hint = gettext_lazy(
        "Municipalities are known by their code; none is removed. One that gets another name gets "
        "another address with it, and the old one leads there."
    )
    models = (Region, Municipality)
    rights = (
        "municipalities.add_municipality",
        "municipalities.change_municipality",
        "municipalities.add_region",
        "municipalities.change_region",
    )
    columns = (
        _needed("code", "kod", "koodi", partial(digits, 3)),
        _needed("name_fi", "finskt namn", "suomenkielinen nimi", partial(named, Municipality)),
        _needed("name_sv", "svenskt namn", "ruotsinkielinen nimi", partial(named, Municipality)),
        _needed("languages", "språk", "kielet", _language_status),
        _needed("region_code", "landskapets kod", "maakunnan koodi", partial(digits, 2)),
        _needed("region_fi", "landskap på finska", "maakunta suomeksi", partial(named, Region)),
        _needed("region_sv", "landskap på svenska", "maakunta ruotsiksi", partial(named, Region)),
        Column("lat", "latitud", "leveysaste", read=partial(_degrees, *LATITUDES)),
        Column("lon", "longitud", "pituusaste", read=partial(_degrees, *LONGITUDES)),
    )

    def stored(self) -> dict[int, Stored]:
        municipalities = Municipality.objects.select_related("region").order_by("code")
        return {item.pk: Stored(item, _cells(item)) for item in municipalities}

    def store(self, rows: list[Row], before: dict[int, Stored]) -> dict[int, int]:
        known = {row.item.code: row.item for row in before.values()}
        entries = [entry for row in rows if (entry := _entry(row))]
        _complain_of_doubles(entries)
        _complain_of_regions_that_differ(entries)
        _choose_addresses(entries, known)
        if any(row.complaints for row in rows):
            return {}
        regions = _saved_regions(entries, known)
        lines = {}
        for entry in entries:
            municipality = known.get(entry.code) or Municipality(code=entry.code)
            _save(municipality, {**entry.values, "region_id": regions[entry.region_code].pk})
            lines[municipality.pk] = entry.row.line
        return lines


def _cells(municipality: Municipality) -> dict[str, str]:
    return {
        "code": municipality.code,
        "name_fi": municipality.name_fi,
        "name_sv": municipality.name_sv,
        "languages": municipality.language_status,
        "region_code": municipality.region.code,
        "region_fi": municipality.region.name_fi,
        "region_sv": municipality.region.name_sv,
        "lat": str(municipality.latitude or ""),
        "lon": str(municipality.longitude or ""),
    }


def _entry(row: Row) -> Entry | None:
    """What a row says, or None, with complaints, when it cannot be understood."""
    cells = {name: row.value(name) for name in row.cells}
    if bool(row["lat"]) != bool(row["lon"]):
        row.complain(_("give both coordinates or neither."), "lon" if row["lat"] else "lat")
    if row.complaints:
        return None
    values = {f"name_{code}": cells[f"name_{code}"] for code in languages.CODES}
    values["language_status"] = cells["languages"]
    if {"lat", "lon"} & row.cells.keys():
        values |= {"latitude": cells.get("lat"), "longitude": cells.get("lon")}
    region_names = {code: cells[f"region_{code}"] for code in languages.CODES}
    return Entry(row, cells["code"], cells["region_code"], region_names, values)


def _complain_of_doubles(entries: Sequence[Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        line = first.setdefault(entry.code, entry.row.line)
        if line != entry.row.line:
            problem = _("%(code)s stands on line %(line)d already.")
            entry.row.complain(problem % {"code": entry.code, "line": line}, "code")


def _complain_of_regions_that_differ(entries: Sequence[Entry]) -> None:
    first: dict[str, Entry] = {}
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


def _choose_addresses(entries: Sequence[Entry], known: dict[str, Municipality]) -> None:
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


def _saved_regions(entries: Sequence[Entry], known: dict[str, Municipality]) -> dict[str, Region]:
    regions = {municipality.region.code: municipality.region for municipality in known.values()}
    unknown = {entry.region_code for entry in entries} - regions.keys()
    regions |= {region.code: region for region in Region.objects.filter(code__in=unknown)}
    for entry in entries:
        region = regions.setdefault(entry.region_code, Region(code=entry.region_code))
        _save(region, {f"name_{code}": name for code, name in entry.region_names.items()})
    return regions


def _save(item: Any, values: dict[str, Any]) -> None:
    """Save the item if it is new or anything differs."""
    if item.pk and all(getattr(item, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(item, name, value)
    item.save()


REGISTER_TABLE = RegisterTable()
