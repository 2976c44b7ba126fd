"""The register of municipalities as a table that staff take out and in."""

import io
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from foundation.editing.table_exchange import Exchange, Heading, Stored
from foundation.editing.table_import import read_table
from municipalities.models import Municipality
from municipalities.register import COLUMNS, digits, import_register


def _rows() -> dict[int, Stored]:
    found = Municipality.objects.select_related("region").order_by("code")
    return {one.pk: _stored(one) for one in found}


def _stored(one: Municipality) -> Stored:
    cells = {
        "code": one.code,
        "name_fi": one.name_fi,
        "name_sv": one.name_sv,
        "languages": one.language_status,
        "region_code": one.region.code,
        "region_fi": one.region.name_fi,
        "region_sv": one.region.name_sv,
        "lat": str(one.latitude or ""),
        "lon": str(one.longitude or ""),
    }
    return Stored(str(one), cells)


def _take_in(file: BinaryIO) -> dict[int, int]:
    data = file.read()
    import_register(io.BytesIO(data))
    keys = dict(Municipality.objects.values_list("code", "pk"))
    rows = read_table(io.BytesIO(data), COLUMNS)
    return {keys[digits(row["code"], 3)]: row.line for row in rows}


REGISTER_TABLE = Exchange(
    name=_("municipalities"),
    headings=(
        Heading("code", "kod", "koodi"),
        Heading("name_fi", "finskt namn", "suomenkielinen nimi"),
        Heading("name_sv", "svenskt namn", "ruotsinkielinen nimi"),
        Heading("languages", "språk", "kielet"),
        Heading("region_code", "landskapets kod", "maakunnan koodi"),
        Heading("region_fi", "landskap på finska", "maakunta suomeksi"),
        Heading("region_sv", "landskap på svenska", "maakunta ruotsiksi"),
        Heading("lat", "latitud", "leveysaste"),
        Heading("lon", "longitud", "pituusaste"),
    ),
    rows=_rows,
    take_in=_take_in,
    rights=(
        "municipalities.add_municipality",
        "municipalities.change_municipality",
        "municipalities.add_region",
        "municipalities.change_region",
    ),
    hint=_(
        "Municipalities are known by their code; none is removed. One that gets another name gets "
        "another address with it, and the old one leads there."
    ),
)
