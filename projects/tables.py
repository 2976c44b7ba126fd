"""People, workshops and participations as tables that staff change in a spreadsheet."""

from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.content import languages
from foundation.content.pages import written_day
from foundation.editing.table_cells import (
    day_of,
    lines_of,
    number_of,
    one_of,
    time_of,
    words_of,
)
from foundation.editing.table_exchange import Exchange, Heading, Stored
from foundation.editing.table_import import Refused, Row, shown
from foundation.editing.table_rows import ModelTable, Read, TableColumn
from municipalities.models import Municipality
from projects.models import (
    Contact,
    Organisation,
    Participation,
    Project,
    Theme,
    Workshop,
    WorkshopSeries,
)
from projects.participations import import_participations


def _in_both(name: str, swedish: str, finnish: str, **more: Any) -> tuple[TableColumn, ...]:
    """The two columns of a text."""
    return (
        TableColumn(f"{name}_sv", f"{swedish} på svenska", f"{finnish} ruotsiksi", **more),
        TableColumn(f"{name}_fi", f"{swedish} på finska", f"{finnish} suomeksi", **more),
    )


def _choice(name: str, swedish: str, finnish: str, choices: Any) -> TableColumn:
    """A column with one of a few words."""
    reader = one_of(
        lambda: words_of(choices),  # type: ignore[arg-type,return-value]
        lambda: _("“%(value)s” is none of the words that can stand here."),
    )
    return TableColumn(name, swedish, finnish, reader, lambda value: str(choices(value).label))


def _named(name: str, swedish: str, finnish: str, model: Any, field: str) -> TableColumn:
    """A column with the name of another item, in either language."""

    def known() -> dict[str, object]:
        return {
            " ".join(text.split()).casefold(): item
            for item in model.objects.all()
            for code in languages.CODES
            if (text := getattr(item, f"{field}_{code}"))
        }

    reader = one_of(known, lambda: _("the portal knows nothing called “%(value)s”."))
    return TableColumn(name, swedish, finnish, reader)


def _municipalities() -> Read:
    """Reads the codes or names of municipalities, parted by vertical lines."""
    known: dict[str, Municipality] = {}
    for one in Municipality.objects.all():
        known |= {word.casefold(): one for word in (one.code, one.name_sv, one.name_fi)}

    def read(cell: str) -> list[Municipality]:
        words = [word.strip() for word in cell.split("|") if word.strip()]
        if unknown := [word for word in words if word.casefold() not in known]:
            problem = _("there is no municipality “%(name)s” in the register.")
            raise ValidationError(problem % {"name": shown(unknown[0])})
        return [known[word.casefold()] for word in words]

    return read


def _shown_municipalities(found: list[Municipality]) -> str:
    return " | ".join(str(one) for one in sorted(found, key=lambda one: one.code))


def _shown_lines(text: str) -> str:
    return " | ".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _day() -> Read:
    return day_of


def _time() -> Read:
    return time_of


def _number() -> Read:
    return number_of


def _lines() -> Read:
    return lines_of


def _refuse_a_namesake(row: Row, contact: Any, _many: dict[str, list]) -> None:
    """A row without a number that names a person we have is most likely meant for that one."""
    if contact.pk is None and Contact.objects.filter(name__iexact=contact.name).exists():
        row.complain(_("there is a contact of this name already: give its number."), "name")


CONTACTS = ModelTable(
    Contact,
    (
        TableColumn("name", "namn", "nimi"),
        *_in_both("title", "titel", "nimike"),
        *_in_both("unit", "enhet", "yksikkö"),
        *_in_both(
            "responsibilities", "ansvarsområden", "vastuualueet", reader=_lines, show=_shown_lines
        ),
        _named("employer", "arbetsgivare", "työnantaja", Organisation, "name"),
        TableColumn("phone", "telefon", "puhelin"),
        TableColumn("email", "e-post", "sähköposti"),
        _choice("service_languages", "betjänar på", "palvelukieli", Contact.ServiceLanguages),
        TableColumn("visible_until", "visas till", "näkyy asti", _day, written_day),
        TableColumn("position", "ordning", "järjestys", _number),
    ),
    check=_refuse_a_namesake,
)


def _names_its_municipalities(row: Row, workshop: Any, many: dict[str, list]) -> None:
    if workshop.level != Workshop.Level.MUNICIPALITY:
        return
    found = many.get("municipalities")
    if found is None:
        found = list(workshop.municipalities.all()) if workshop.pk else []
    if not found:
        problem = _("A workshop for a municipality names at least one municipality.")
        row.complain(problem, "municipalities")


WORKSHOPS = ModelTable(
    Workshop,
    (
        *_in_both("title", "rubrik", "otsikko"),
        *_in_both("lead", "ingress", "ingressi"),
        TableColumn("day", "dag", "päivä", _day, written_day),
        TableColumn("last_day", "sista dag", "viimeinen päivä", _day, written_day),
        TableColumn("start_time", "börjar", "alkaa", _time, lambda value: f"{value:%H:%M}"),
        TableColumn("end_time", "slutar", "päättyy", _time, lambda value: f"{value:%H:%M}"),
        _choice("status", "läge", "tila", Workshop.Status),
        _choice("level", "nivå", "taso", Workshop.Level),
        TableColumn("municipalities", "kommuner", "kunnat", _municipalities, _shown_municipalities),
        _named("theme", "tema", "teema", Theme, "title"),
        _named("series", "serie", "sarja", WorkshopSeries, "title"),
        *_in_both("place", "plats", "paikka"),
        *_in_both("audience", "för vem", "kenelle"),
        TableColumn("online_url", "adress på nätet", "osoite verkossa"),
        TableColumn("participants", "antal deltagare", "osallistujia", _number),
    ),
    check=_names_its_municipalities,
)


def _project() -> Project | None:
    project: Any = Project.objects.published().first() or Project.objects.first()
    return project


def _participations() -> dict[int, Stored]:
    rows = Participation.objects.filter(project=_project()).order_by("pk")
    rows = rows.select_related(
        *("municipality__region", "regional_actor__region", "municipality", "regional_actor")
    )
    return {one.pk: _participation(one) for one in rows}


def _participation(one: Participation) -> Stored:
    municipality, actor = one.municipality, one.regional_actor
    party = municipality or actor
    cells = {
        "code": municipality.code if municipality else "",
        "name": str(municipality or ""),
        "actor_sv": getattr(actor, "name_sv", ""),
        "actor_fi": getattr(actor, "name_fi", ""),
        "region": str(party.region) if party else "",
        "from": written_day(one.start),
        "until": written_day(one.end) if one.end else "",
    }
    return Stored(str(party), cells)


def _take_in_participations(file: BinaryIO) -> dict[int, int]:
    project = _project()
    if project is None:
        raise Refused(
            [_("There is no project yet. Load the starter content, or create the project first.")]
        )
    return import_participations(file, project).lines


CONTACT_TABLE = Exchange(
    name=gettext_lazy("contacts"),
    headings=CONTACTS.headings,
    rows=CONTACTS.rows,
    take_in=CONTACTS.take_in,
    rights=("projects.add_contact", "projects.change_contact"),
    hint=gettext_lazy(
        "A row with a number changes that person; one without a number is a new person. "
        "A column that the table lacks is left as it is."
    ),
)
WORKSHOP_TABLE = Exchange(
    name=gettext_lazy("workshops"),
    headings=WORKSHOPS.headings,
    rows=WORKSHOPS.rows,
    take_in=WORKSHOPS.take_in,
    rights=("projects.add_workshop", "projects.change_workshop"),
    hint=gettext_lazy(
        "A row with a number changes that workshop; one without a number is a new draft. "
        "A column that the table lacks is left as it is. Longer texts are written in the form."
    ),
)
PARTICIPATION_TABLE = Exchange(
    name=gettext_lazy("participations"),
    headings=(
        Heading("code", "kod", "koodi"),
        Heading("name", "namn", "nimi"),
        Heading("actor_sv", "aktör", "aktör"),
        Heading("actor_fi", "toimija", "toimija"),
        Heading("region", "landskap", "maakunta"),
        Heading("from", "från", "alkaen"),
        Heading("until", "till", "asti"),
    ),
    rows=_participations,
    take_in=_take_in_participations,
    rights=(
        "projects.add_participation",
        "projects.change_participation",
        "projects.delete_participation",
        "municipalities.add_regionalactor",
    ),
    hint=gettext_lazy(
        "For each municipality or regional actor in the table, its rows replace what the portal "
        "had about it; others stay. The example network is removed."
    ),
)
