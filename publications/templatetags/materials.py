"""How templates name a material's files and where they lead."""

from typing import Any

from django import template
from django.utils.translation import pgettext

from foundation.content import languages
from publications.models import Material, MaterialFile

register = template.Library()

# As the programs that open them are called; other formats are named by their suffix.
FORMATS = {"pptx": "PowerPoint", "docx": "Word", "xlsx": "Excel", "webm": "WebM", "vtt": "WebVTT"}


@register.filter
def file_kind(file: MaterialFile) -> str:
    """What kind of file it is, such as PDF or PowerPoint."""
    return FORMATS.get(file.format, file.format.upper())


@register.filter
def file_language(file: MaterialFile) -> str:
    """The language of a file as it is written inside a sentence: svenska och finska."""
    return {
        MaterialFile.Language.SWEDISH: pgettext("inside a sentence", "Swedish"),
        MaterialFile.Language.FINNISH: pgettext("inside a sentence", "Finnish"),
        MaterialFile.Language.BOTH: pgettext("inside a sentence", "Swedish and Finnish"),
        MaterialFile.Language.ENGLISH: pgettext("inside a sentence", "English"),
    }[MaterialFile.Language(file.language)]


@register.filter
def file_hreflang(file: MaterialFile) -> str:
    """The language code of a file, "" for one in two languages (hreflang takes one)."""
    return "" if len(file.language_codes) > 1 else file.language


@register.filter
def is_for_reader(file: MaterialFile) -> bool:
    """True when the file is in the language of the page."""
    return languages.current() in file.language_codes


@register.filter
def in_reading_order(files: list[MaterialFile]) -> list[MaterialFile]:
    """The files with those in the reader's language first, each language's kept together."""
    here = languages.current()
    order = [here, "sv+fi", languages.other(here), "en"]
    return sorted(files, key=lambda file: order.index(file.language))


@register.filter
def reader_file(material: Material) -> MaterialFile | None:
    """The file a reader is offered first: in the page's language where there is one."""
    return next(iter(in_reading_order(material.newest_files())), None)


@register.filter
def file_languages(material: Material) -> list[str]:
    """The languages a material's files are in, each once, the reader's first."""
    return list(dict.fromkeys(map(file_language, in_reading_order(material.newest_files()))))


@register.simple_tag
def file_address(material: Material, file: MaterialFile) -> str:
    """Where a file is fetched.

    The file a reader gets by default has the material's own stable address, which goes on serving
    the newest version; the others are asked for by number.
    """
    arguments: dict[str, Any] = {"route": "publications:material_file"}
    if file == reader_file(material):
        return material.path(**arguments)
    return f"{material.path(**arguments)}?nr={file.pk}"


@register.simple_tag
def version_address(material: Material, file: MaterialFile) -> str:
    """Where one version of a file is fetched, for as long as the portal stands."""
    route = "publications:material_file_version"
    return f"{material.path(route=route, version=file.version)}?nr={file.pk}"


@register.filter
def earlier_files(material: Material) -> list[MaterialFile]:
    """The files that newer versions have replaced, latest first."""
    newest = material.newest_files()
    public = getattr(material, "public_files", None) or material.files.published()
    return [file for file in public if file.role == "content" and file not in newest]
