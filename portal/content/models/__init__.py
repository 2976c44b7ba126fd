"""What every page is: bilingual, addressed and published."""

from portal.content.models.addressed import Addressed, SlugHistory
from portal.content.models.bilingual import Bilingual
from portal.content.models.change_note import NOTE_LENGTH, ChangeNote
from portal.content.models.content import Content
from portal.content.models.image import Image
from portal.content.models.language_state import LanguageState
from portal.content.models.open_form import OpenForm
from portal.content.models.preview import Preview, preview_token
from portal.content.models.term import Term

__all__ = [
    "NOTE_LENGTH",
    "Addressed",
    "Bilingual",
    "ChangeNote",
    "Content",
    "Image",
    "LanguageState",
    "OpenForm",
    "Preview",
    "SlugHistory",
    "Term",
    "preview_token",
]
