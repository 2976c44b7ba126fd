"""A video as its page shows it: the file that is played, its captions, and its words."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.content import languages
from publications.caption_duty import captions_by
from publications.captions import read_captions, transcript
from publications.models import Material, MaterialFile

logger = logging.getLogger(__name__)

# Each language by its own name: that is how players list captions.
OWN_NAMES = {"sv": "Svenska", "fi": "Suomi", "en": "English"}


@dataclass(frozen=True)
class Track:
    """Captions that a reader can turn on."""

    file: MaterialFile
    language: str

    @property
    def label(self) -> str:
        return OWN_NAMES[self.language]


@dataclass(frozen=True)
class Words:
    """A video in words: an editor's transcript, or the text of its captions."""

    paragraphs: list[str]
    language: str
    is_of_captions: bool

    @property
    def is_other(self) -> bool:
        """True when it is in another language than the page."""
        return self.language != languages.current()


@dataclass(frozen=True)
class Film:
    """A material's video for a reader of the page's language."""

    file: MaterialFile
    tracks: list[Track]
    words: Words | None
    # The day by which captions or a text must be there; None where there are some.
    captions_by: date | None

    @property
    def is_overdue(self) -> bool:
        return self.captions_by is not None and self.captions_by < timezone.localdate()


def film_of(material: Material, files: Sequence[MaterialFile]) -> Film | None:
    """The film of a material, if one of its files, the reader's first, is a video."""
    video = next((file for file in files if file.media_type.startswith("video/")), None)
    if video is None:
        return None
    here = languages.current()
    captions = sorted(material.captions(), key=lambda file: here not in file.language_codes)
    tracks = [Track(file, _track_language(file)) for file in captions]
    words = _words(material, tracks)
    is_due = not tracks and words is None
    return Film(video, tracks, words, captions_by(material, video) if is_due else None)


def _track_language(file: MaterialFile) -> str:
    """The one language of captions; those in both count as the reader's own."""
    here = languages.current()
    return here if here in file.language_codes else file.language_codes[0]


def _words(material: Material, tracks: list[Track]) -> Words | None:
    here = languages.current()
    for language in (here, languages.other(here), "en"):
        written = material.text("transcript", language) if language in languages.CODES else None
        if written and not written.is_other:
            paragraphs = [" ".join(part.split()) for part in written.value.split("\n\n")]
            return Words([part for part in paragraphs if part], language, is_of_captions=False)
        for track in tracks:
            if track.language == language and (paragraphs := _spoken(track.file)):
                return Words(paragraphs, language, is_of_captions=True)
    return None


def _spoken(captions: MaterialFile) -> list[str]:
    """The captions as paragraphs; none where the file cannot be read. Its bytes never change."""
    key = f"transcript-{captions.sha256}"
    kept: list[str] | None = cache.get(key)
    if kept is not None:
        return kept
    try:
        with captions.file.storage.open(str(captions.file.name)) as stored:
            paragraphs = transcript(read_captions(stored.read()))
    except (OSError, ValidationError) as error:
        logger.warning("Captions %s cannot be read: %s", captions.pk, error)
        return []
    cache.set(key, paragraphs)
    return paragraphs
