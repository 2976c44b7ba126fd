"""What kits there are for a page, and what their index says of a file."""

from typing import Any
from urllib.parse import quote

from django import template
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.models import Addressed
from municipalities.models import Municipality, RegionalActor
from projects.models import Theme, Workshop
from publications.kits.contents import BOTH, Offer, offers
from publications.kits.paths import CALENDARS
from publications.licences import deed, meaning
from publications.models import Material, MaterialFile

register = template.Library()


@register.simple_tag
def kits_of(owner: Addressed, materials: list[Material] | str = "") -> list[Offer]:
    """The kits of an owner; one query, unless all materials of the kit are handed over."""
    return offers(owner, None if isinstance(materials, str) else materials)


@register.filter
def kit_label(choice: str) -> str:
    """What a link to a kit says that it fetches."""
    return {
        BOTH: _("Download everything in one package"),
        "sv": _("Download only what is in Swedish or bilingual"),
        "fi": _("Download only what is in Finnish or bilingual"),
    }[choice]


@register.filter
def kit_scope(owner: Any) -> str:
    """Which materials belong into the kit, in one sentence."""
    if isinstance(owner, Workshop):
        return _("All materials of the workshop.")
    if isinstance(owner, Theme):
        return _("The materials of the theme, of its workshops and of its publications.")
    if isinstance(owner, Municipality):
        return _("The materials of the workshops that were for the municipality.")
    if isinstance(owner, RegionalActor):
        return _("The materials of the workshops that were for municipalities of the region.")
    return _("All materials of the publication.")


@register.filter
def kit_kind(owner: Any) -> str:
    """What the owner of a kit is."""
    return str(owner._meta.verbose_name).capitalize()


@register.filter
def is_captions(file: MaterialFile) -> bool:
    """True for the captions of a video."""
    return file.role == MaterialFile.Role.CAPTIONS


@register.filter
def name_language(file: MaterialFile) -> str:
    """The language of a file's name in a kit, where it is not the reader's."""
    is_other = file.language == languages.other(languages.current())
    return file.language if is_other else ""


@register.filter
def as_href(path: str) -> str:
    """A path inside the kit as a link writes it."""
    return quote(path)


@register.filter
def file_part(path: str) -> str:
    """The name at the end of a path."""
    return path.rpartition("/")[2]


@register.filter
def is_calendar_of(path: str, language: str) -> bool:
    """True for the calendar entry in a language."""
    return file_part(path) == CALENDARS[language]


@register.filter
def licence_meaning(material: Material) -> str:
    """What one may do with a material, in one plain sentence."""
    return meaning(material.licence)


@register.filter
def licence_deed(material: Material, language: str) -> str:
    """The address of the licence's own page in a language, "" for none."""
    return deed(material.licence, language)
