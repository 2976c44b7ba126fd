"""Example workshops: levels, municipalities and statuses that no known workshop has."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from municipalities.models import Municipality
from portal.demo.checked_item import make
from portal.demo.texts_and_files import texts
from projects.example_network import example_municipalities
from projects.models import Theme, Workshop


@transaction.atomic
def make_example_workshops(themes: Mapping[str, Theme]) -> None:
    """The example workshops, for municipalities of the example network."""
    network = example_municipalities()
    for table in texts("example_workshops").values():
        _workshop(table, themes[table.pop("theme")], network[: table.pop("municipalities", 0)])


def _workshop(table: dict[str, Any], theme: Theme, municipalities: list[Municipality]) -> None:
    former_day = table.pop("moved_from", None)
    workshop = make(Workshop, table, theme=theme, former_day=former_day, is_example=True)
    workshop.municipalities.set(municipalities)
