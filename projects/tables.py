"""People and workshops as tables that staff change in a spreadsheet."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.content import languages
from foundation.content.pages import written_day
from foundation.editing.table_cells import (
    day_of,
    lines_of,
    number_of,
    time_of,
    words_of,
)
from foundation.editing.table_import import Column, Row
from foundation.editing.table_rows import NUMBER_COLUMN, ModelTable
from municipalities.models import Municipality
from projects.models import Contact, Organisation, Theme, Workshop, WorkshopSeries


def _in_both(name: str, swedish: str, finnish: str, **more: Any) -> tuple[Column, ...]:
    """The two columns of a text."""
    return (
        Column(f"{name}_sv", f"{swedish} på svenska", f"{finnish} ruotsiksi", **more),
        Column(f"{name}_fi", f"{swedish} på finska", f"{finnish} suomeksi", **more),
    )


def _choice(name: str, swedish: str, finnish: str, choices: Any) -> Column:
    """A column with one of a few words."""
    return Column(
        *(name, swedish, finnish),
        choices=lambda: words_of(choices),
        show=lambda value: str(choices(value).label),
    )


def _named(name: str, swedish: str, finnish: str, model: Any, field: str) -> Column:
    """A column with the name of another item, in either language."""

    def by_names() -> dict[str, Any]:
        return {
            " ".join(text.split()).casefold(): item
            for item in model.objects.all()
            for code in languages.CODES
            if (text := getattr(item, f"{field}_{code}"))
        }

    unknown = gettext_lazy("the portal knows nothing called “%(value)s”.")
    return Column(name, swedish, finnish, choices=by_names, unknown=unknown)


def _municipalities() -> dict[str, Any]:
    """The municipalities by their codes and names."""
    return {
        word.casefold(): municipality
        for municipality in Municipality.objects.all()
        for word in (municipality.code, municipality.name_sv, municipality.name_fi)
    }


def _shown_municipalities(municipalities: list[Municipality]) -> str:
    return " | ".join(map(str, sorted(municipalities, key=lambda item: item.code)))


def _shown_lines(text: str) -> str:
    return " | ".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


class ContactTable(ModelTable):
    """The people of the portal."""

    name = gettext_lazy("contacts")
    hint = gettext_lazy(
        "A row with a number changes that person; one without a number is a new person. "
        "A column that the table lacks is left as it is."
    )
    models = (Contact,)
    rights = ("projects.add_contact", "projects.change_contact")
    columns = (
        NUMBER_COLUMN,
        Column("name", "namn", "nimi"),
        *_in_both("title", "titel", "nimike"),
        *_in_both("unit", "enhet", "yksikkö"),
        *_in_both(
            "responsibilities", "ansvarsområden", "vastuualueet", read=lines_of, show=_shown_lines
        ),
        _named("employer", "arbetsgivare", "työnantaja", Organisation, "name"),
        Column("phone", "telefon", "puhelin"),
        Column("email", "e-post", "sähköposti"),
        _choice("service_languages", "betjänar på", "palvelukieli", Contact.ServiceLanguages),
        Column("visible_until", "visas till", "näkyy asti", read=day_of, show=written_day),
        Column("position", "ordning", "järjestys", read=number_of),
    )

    def check(self, row: Row, item: Any, many: dict[str, list]) -> None:
        # A row without a number that names a person we have is most likely meant for that one.
        if item.pk is None and Contact.objects.filter(name__iexact=item.name).exists():
            row.complain(_("there is a contact of this name already: give its number."), "name")


class WorkshopTable(ModelTable):
    """The workshops, without their longer texts."""

    name = gettext_lazy("workshops")
    hint = gettext_lazy(
        "A row with a number changes that workshop; one without a number is a new draft. "
        "A column that the table lacks is left as it is. Longer texts are written in the form."
    )
    models = (Workshop,)
    rights = ("projects.add_workshop", "projects.change_workshop")
    columns = (
        NUMBER_COLUMN,
        *_in_both("title", "rubrik", "otsikko"),
        *_in_both("lead", "ingress", "ingressi"),
        Column("day", "dag", "päivä", read=day_of, show=written_day),
        Column("last_day", "sista dag", "viimeinen päivä", read=day_of, show=written_day),
        Column("start_time", "börjar", "alkaa", read=time_of, show="{:%H:%M}".format),
        Column("end_time", "slutar", "päättyy", read=time_of, show="{:%H:%M}".format),
        _choice("status", "läge", "tila", Workshop.Status),
        _choice("level", "nivå", "taso", Workshop.Level),
        Column(
            *("municipalities", "kommuner", "kunnat"),
            choices=_municipalities,
            unknown=gettext_lazy("there is no municipality “%(value)s” in the register."),
            show=_shown_municipalities,
        ),
        _named("theme", "tema", "teema", Theme, "title"),
        _named("series", "serie", "sarja", WorkshopSeries, "title"),
        *_in_both("place", "plats", "paikka"),
        *_in_both("audience", "för vem", "kenelle"),
        Column("online_url", "adress på nätet", "osoite verkossa"),
        Column("participants", "antal deltagare", "osallistujia", read=number_of),
    )

    def check(self, row: Row, item: Any, many: dict[str, list]) -> None:
        stored = item.municipalities.all() if item.pk else ()
        names_some = many.get("municipalities", stored)
        if item.level == Workshop.Level.MUNICIPALITY and not names_some:
            problem = _("A workshop for a municipality names at least one municipality.")
            row.complain(problem, "municipalities")


CONTACT_TABLE = ContactTable()
WORKSHOP_TABLE = WorkshopTable()
