"""What has been read of a material's files, as its page shows it."""

import re
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from foundation.content import languages
from foundation.content.addresses import absolute
from publications.models import Material, MaterialFile
from publications.templatetags.materials import file_address, in_reading_order
from publications.text_extraction.page_picture_names import WIDTHS

register = template.Library()

# Whose text is the fuller: a deck has notes that its PDF lacks.
_FULLEST_FIRST = ("pptx", "docx", "pdf")


@dataclass(frozen=True)
class Preview:
    """A drawn page: its addresses by width, its size in pixels, and what it is."""

    narrow: str
    wide: str
    width: int
    height: int
    alternative: str
    lang: str  # of the alternative, "" when it is the page's
    url: str = ""  # the page itself, in a file that browsers open at a page


@dataclass(frozen=True)
class Attribution:
    """How to name a material in one language, ready to be copied."""

    language: str
    label: str
    text: str
    address: str


@register.filter
def previews(material: Material) -> list[Preview]:
    """The first pages of the file that the reader is offered first among those that are drawn."""
    file = _drawn_file(material)
    if file is None:
        return []
    address = file_address(material, file) if file.format == "pdf" else ""
    return [_preview(material, file, picture, address) for picture in file.page_pictures]


@register.filter
def first_preview(material: Material) -> Preview | None:
    """The first page, where one is drawn."""
    return next(iter(previews(material)), None)


@register.filter
def readable_files(material: Material) -> list[MaterialFile]:
    """The files to read as text: of each language the one that holds most, the reader's first."""
    found: dict[str, MaterialFile] = {}
    files = [file for file in material.newest_files() if file.format in _FULLEST_FIRST]
    for file in sorted(files, key=lambda file: _FULLEST_FIRST.index(file.format)):
        if file.reading_text:
            found.setdefault(file.language, file)
    return in_reading_order(list(found.values()))


@register.filter
def text_of_file(file: MaterialFile) -> SafeString:
    """The text of a file with its headings a step lower: it stands under a heading of the page."""
    lower = re.sub(r"<(/?)h([23])\b", lambda found: f"<{found[1]}h{int(found[2]) + 1}", _html(file))
    return mark_safe(lower)  # noqa: S308 -- sanitised on every way into the database


def _html(file: MaterialFile) -> str:
    return file.reading_text or ""


@register.simple_tag(takes_context=True)
def attributions(context: Context, material: Material) -> list[Attribution]:
    """How to name the material, in the reader's language first and then in the other."""
    here = languages.current()
    order = [here, languages.other(here)]
    codes = [code for code in order if code in material.languages]
    return [
        _attribution(context, material, code)
        for code in codes
        if not material.text("attribution", code).is_other and material.text("attribution", code)
    ]


def _attribution(context: Context, material: Material, code: str) -> Attribution:
    with override(code):
        licence = material.get_licence_display()
        label = gettext("Name the material like this:")
    named = f"{material.text('title', code)}. {material.text('attribution', code)}, {licence}."
    return Attribution(code, label, named, absolute(context["request"], material.path(code)))


def _drawn_file(material: Material) -> MaterialFile | None:
    files = in_reading_order(material.newest_files())
    return next((file for file in files if file.page_pictures), None)


def _preview(
    material: Material, file: MaterialFile, picture: dict[str, Any], address: str
) -> Preview:
    here = languages.current()
    language = here if here in file.language_codes else file.language_codes[0]
    with override(language):
        word = gettext("Slide") if _is_slides(material, file) else gettext("Page")
    heading, number = picture["heading"], picture["number"]
    route = "for_members:page_picture" if material.is_for_members else "previews:page_picture"
    narrow, wide = (reverse(route, args=[file.pk, number, width]) for width in WIDTHS)
    return Preview(
        narrow=narrow,
        wide=wide,
        width=picture["width"],
        height=picture["height"],
        alternative=f"{word} {number}: {heading}" if heading else f"{word} {number}",
        lang="" if language == here else language,
        url=f"{address}#page={number}" if address else "",
    )


def _is_slides(material: Material, file: MaterialFile) -> bool:
    return file.format == "pptx" or material.type == Material.Type.SLIDES
