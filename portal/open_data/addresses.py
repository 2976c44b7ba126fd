"""Where the pages and files of rows are, and the files of the data sets themselves."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.addresses import address
from portal.open_data.all_data_sets import DATA_SETS
from portal.open_data.data_set import DataSet
from portal.open_data.fields import Field, page_address
from publications.models import MaterialFile


def file_path(data_set: DataSet, form: str, language: str | None = None) -> str:
    """The path of a data set's file under a language's prefix."""
    code = language or languages.current()
    return address(f"portal:open_data_{form}", code, slug=data_set.slug(code))


def named(slug: str) -> tuple[DataSet, str] | None:
    """The data set that a word of an address means, and the language of the word."""
    here = languages.current()
    for code in (here, languages.other(here)):
        for data_set in DATA_SETS:
            if data_set.slug(code) == slug:
                return data_set, code
    return None


def address_fields(data_set: DataSet, absolute: Callable[[str], str]) -> tuple[Field, ...]:
    """The fields with the addresses of a row's page, or of its file."""
    if data_set.key == "material-files":
        return (Field("address", _("Address of the file."), _file_address(absolute)),)
    if data_set.has_page:
        return (Field("address", _("Address of the page."), page_address(absolute), True),)
    return ()


def _file_address(absolute: Callable[[str], str]) -> Callable[[Any, str], str]:
    def read(file: MaterialFile, _language: str) -> str:
        # A file has one address here: under the prefix of its own language, where it has one.
        own = [code for code in file.language_codes if code in languages.CODES]
        language = (own or file.material.languages)[0]
        route = "publications:material_file_version"
        path = file.material.path(language, route, version=file.version)
        return absolute(f"{path}?nr={file.pk}")

    return read
