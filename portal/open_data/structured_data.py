"""What search engines for data read of the data sets (schema.org DataCatalog, Dataset)."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.pages import Page, json_ld
from portal.open_data.addresses import file_path
from portal.open_data.all_data_sets import DATA_SETS
from portal.open_data.data_set import DataSet
from portal.open_data.files import MEDIA_TYPES
from portal.open_data.terms import credit
from projects.models import Organisation
from projects.structured_data import organisation


def catalogue(request: HttpRequest, page: Page, owner: Organisation | None) -> SafeString:
    """The page as a catalogue; no licence is named, because the owner has confirmed none."""
    return json_ld(
        {
            "@type": "DataCatalog",
            "name": page.title,
            "description": page.description,
            "url": page.canonical,
            "inLanguage": list(languages.CODES),
            "publisher": organisation(owner) if owner else None,
            "dataset": [_data_set(request, page, one, owner) for one in DATA_SETS],
        }
    )


def _data_set(
    request: HttpRequest, page: Page, data_set: DataSet, owner: Organisation | None
) -> dict:
    return {
        "@type": "Dataset",
        "@id": f"{page.canonical}#{data_set.key}",
        "name": str(data_set.title),
        "description": str(data_set.about),
        "url": f"{page.canonical}#{data_set.key}",
        "inLanguage": list(languages.CODES),
        "isAccessibleForFree": True,
        "creditText": credit(data_set),
        "creator": organisation(owner) if owner else None,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type.partition(";")[0],
                "contentUrl": absolute(request, file_path(data_set, form)),
            }
            for form, media_type in MEDIA_TYPES.items()
        ],
    }
