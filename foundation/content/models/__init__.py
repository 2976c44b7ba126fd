"""What every page is: bilingual, addressed and published."""

from foundation.content.models.addressed import Addressed, SlugHistory
from foundation.content.models.bilingual import Bilingual
from foundation.content.models.change_note import NOTE_LENGTH, ChangeNote
from foundation.content.models.content import Content
from foundation.content.models.image import Image
from foundation.content.models.language_state import LanguageState
from foundation.content.models.open_form import OpenForm
from foundation.content.models.preview import Preview, preview_token
from foundation.content.models.term import Term

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
