"""Loads the demo content into an empty portal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from foundation.content.models import Content, Term
from foundation.editing.table_exchange import take_in
from municipalities.models import Municipality
from municipalities.register import REGISTER, REGISTER_TABLE
from portal.demo.checked_item import make
from portal.demo.example_workshops import make_example_workshops
from portal.demo.examples import make_materials, make_pictures
from portal.demo.texts_and_files import texts
from portal.models import Statement
from projects.example_network import load_example_network
from projects.models import (
    Contact,
    ContactAssignment,
    Goal,
    Organisation,
    Programme,
    ProgrammeParticipant,
    Project,
    ProjectRole,
    Theme,
    ThemePeriod,
    Workshop,
    WorkshopSeries,
)
from publications.models import (
    ActionProposal,
    Authorship,
    Figure,
    Practice,
    Publication,
    PublicationContact,
    PublicationEvent,
    ReflectionQuestion,
    Story,
    TaskArea,
)

# Two starts at the same time must not both find the portal empty.
LOADING = 0x7374617274  # "start"

KINDS_OF_CONTENT = [model for model in apps.get_models() if issubclass(model, Content)]


@dataclass
class Loaded:
    """The items that others refer to, by the keys they have in the texts."""

    pictures: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    programmes: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)
    series: dict[str, Any] = field(default_factory=dict)
    workshops: dict[str, Any] = field(default_factory=dict)
    publications: dict[str, Any] = field(default_factory=dict)


def has_content() -> bool:
    """True once the portal holds any page of content, published or not, or a term."""
    return any(model._default_manager.exists() for model in [*KINDS_OF_CONTENT, Term])


@transaction.atomic
def load(*, empty: bool = False) -> bool:
    """Load the register, the statements and, unless `empty`, the project with all its content.

    A portal that has content already is left as it is, and the answer is False.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
    if has_content():
        return False
    with REGISTER.open("rb") as register:
        take_in(REGISTER_TABLE, register)
    for subject, table in texts("statements").items():
        make(Statement, table, subject=subject)
    if not empty:
        _load_project()
    # The rules over several rows are due at commit: a text that breaks one is better told of here.
    connection.check_constraints()
    return True


def _load_project() -> None:
    loaded = Loaded()
    loaded.pictures = make_pictures()
    for key, table in texts("organisations").items():
        loaded.organisations[key] = make(Organisation, table)
    for key, table in texts("programmes").items():
        loaded.programmes[key] = _programme(table, loaded)
    project = _project(texts("project"), loaded)
    _themes(texts("themes"), project, loaded)
    _workshops(texts("workshops"), loaded)
    for key, table in texts("publications").items():
        loaded.publications[key] = _publication(table, loaded)
    for table in texts("stories").values():
        _story(table, loaded)
    _practices(texts("practices"), loaded)
    _people(texts("contacts"), project, loaded)
    make_materials(loaded.pictures)
    load_example_network(project)
    make_example_workshops(loaded.themes)
    for table in texts("terms")["terms"]:
        make(Term, table)


def _programme(table: dict[str, Any], loaded: Loaded) -> Programme:
    codes = table.pop("case_municipalities", [])
    coordinator = _of(loaded.organisations, table.pop("coordinator", None))
    programme = make(Programme, table, coordinator=coordinator)
    for municipality in Municipality.objects.filter(code__in=codes):
        make(ProgrammeParticipant, {}, programme=programme, municipality=municipality, is_case=True)
    return programme


def _project(tables: dict[str, Any], loaded: Loaded) -> Project:
    table = tables["project"]
    project = make(Project, table, programme=loaded.programmes[table.pop("programme")])
    for position, goal in enumerate(tables["goals"], 1):
        make(Goal, goal, project=project, position=position)
    for position, role in enumerate(tables["roles"], 1):
        organisation = loaded.organisations[role.pop("organisation")]
        make(ProjectRole, role, project=project, organisation=organisation, position=position)
    return project


def _themes(tables: dict[str, Any], project: Project, loaded: Loaded) -> None:
    periods = tables.pop("periods")
    for key, table in tables.items():
        loaded.themes[key] = make(Theme, table)
    for period in periods:
        make(ThemePeriod, period, project=project, theme=loaded.themes[period.pop("theme")])


def _workshops(tables: dict[str, Any], loaded: Loaded) -> None:
    for key, table in tables["series"].items():
        theme = loaded.themes[table.pop("theme")]
        loaded.series[key] = make(WorkshopSeries, table, theme=theme)
    for key, table in tables["workshops"].items():
        relations = {
            "series": loaded.series[table.pop("series")],
            "theme": loaded.themes[table.pop("theme")],
        }
        loaded.workshops[key] = make(Workshop, table, **relations)


def _publication(table: dict[str, Any], loaded: Loaded) -> Publication:
    parts: dict[Any, list[dict[str, Any]]] = {
        Authorship: table.pop("authors"),
        ActionProposal: table.pop("proposals", []),
        ReflectionQuestion: table.pop("questions", []),
        PublicationEvent: table.pop("events", []),
    }
    figures = table.pop("figures", [])
    publication = make(
        Publication,
        table,
        theme=loaded.themes[table.pop("theme")],
        publisher=_of(loaded.organisations, table.pop("publisher", None)),
    )
    for model, part_tables in parts.items():
        for position, part in enumerate(part_tables, 1):
            make(model, part, publication=publication, position=position)
    _figures(figures, loaded, publication=publication)
    return publication


def _story(table: dict[str, Any], loaded: Loaded) -> None:
    figures = table.pop("figures", [])
    story = make(
        Story,
        table,
        theme=loaded.themes[table.pop("theme")],
        publication=_of(loaded.publications, table.pop("publication", None)),
    )
    _figures(figures, loaded, story=story)


def _figures(keys: list[str], loaded: Loaded, **owner: Any) -> None:
    for position, key in enumerate(keys, 1):
        picture = loaded.pictures[key]
        make(Figure, picture.figure, image=picture.image, position=position, **owner)


def _practices(tables: dict[str, Any], loaded: Loaded) -> None:
    for position, table in enumerate(tables["task_areas"], 1):
        make(TaskArea, table, position=position)
    for table in tables["practices"]:
        make(Practice, table, theme=loaded.themes[table.pop("theme")])


def _people(tables: dict[str, Any], project: Project, loaded: Loaded) -> None:
    for position, table in enumerate(tables["people"], 1):
        subjects = table.pop("about")
        contact = make(
            Contact,
            table,
            employer=loaded.organisations[table.pop("employer")],
            phone=tables["switchboard"]["phone"],
            position=position,
        )
        for number, subject in enumerate(subjects, 1):
            _assign(contact, subject, number, project, loaded)


def _assign(
    contact: Contact, table: dict[str, Any], position: int, project: Project, loaded: Loaded
) -> None:
    """Say what a person is asked about: one of project, theme, workshop and publication."""
    if key := table.pop("publication", None):
        publication = loaded.publications[key]
        make(PublicationContact, table, contact=contact, publication=publication, position=position)
        return
    subject = {
        "project": project if table.pop("project", False) else None,
        "theme": _of(loaded.themes, table.pop("theme", None)),
        "workshop": _of(loaded.workshops, table.pop("workshop", None)),
    }
    make(ContactAssignment, table, contact=contact, position=position, **subject)


def _of(items: Mapping[str, Any], key: str | None) -> Any:
    """The item of a key, or None without a key; raises KeyError for a key nobody has."""
    return None if key is None else items[key]
