"""Files that editors bring, taken in one by one: each becomes a draft, or joins the draft it fits.

A draft has the title and language that the file's name tells, no licence yet, and belongs to the
workshop, theme, project or publication it was brought to.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.content.agreement import writing
from foundation.content.publication import Decision
from foundation.editing.saving import check_rules_now
from projects.models import Project, Theme, Workshop
from publications.models import Material, MaterialFile, Publication
from publications.upload_names import FileName, read_name

Owner = Project | Theme | Workshop | Publication
OWNERS: dict[str, type[Owner]] = {
    "workshop": Workshop,
    "theme": Theme,
    "project": Project,
    "publication": Publication,
}

_Role, _Type = MaterialFile.Role, Material.Type
_TYPES = {
    "pptx": _Type.SLIDES,
    "mp4": _Type.VIDEO,
    "webm": _Type.VIDEO,
    "xlsx": _Type.DATA,
    "csv": _Type.DATA,
}


@dataclass(frozen=True)
class Brought:
    """What one file was brought to, by whom, and which drafts came with it."""

    owner: Owner
    language: str  # of a file whose name does not tell its own
    user: Any
    drafts: Collection[int] = ()  # ids of the drafts that files brought together have become

    @property
    def place(self) -> dict[str, Owner]:
        """The field of a material that names the owner."""
        return {name: self.owner for name, kind in OWNERS.items() if isinstance(self.owner, kind)}


def take_in(upload: Any, brought: Brought) -> MaterialFile:
    """Store a file as a draft of its own, or in the draft of the same name that came with it.

    In one transaction: a file that is refused leaves nothing behind, in the database or in the
    storage. Raises ValidationError with what is wrong, and IntegrityError where the database
    refuses at the last moment.
    """
    name = read_name(upload.name)
    role = _Role.CAPTIONS if name.ending == "vtt" else _Role.CONTENT
    language = name.language or name.title_language or brought.language
    file = checked(upload, language, role)
    try:
        with transaction.atomic(), writing(author=brought.user.pk):
            file.material = _draft_for(file, name, brought)
            file.full_clean()
            file.save()
            check_rules_now()
    except BaseException:
        if file.file._committed:
            file.file.storage.delete(str(file.file.name))
        raise
    return file


def checked(upload: Any, language: str, role: str = _Role.CONTENT) -> MaterialFile:
    """A file of no material yet, opened, looked through and measured; raises ValidationError."""
    file = MaterialFile(role=role, language=language, file=upload)
    file.clean_fields(exclude=["material", *_MEASURED])
    file.measure()
    return file


# Filled in by measuring: there is nothing to check before.
_MEASURED = ("original_name", "format", "media_type", "size", "sha256")


def captions_last(uploads: Iterable[Any]) -> list[Any]:
    """The uploads in an order in which captions find the video they belong to."""
    return sorted(uploads, key=lambda upload: read_name(upload.name).ending == "vtt")


def _draft_for(file: MaterialFile, name: FileName, brought: Brought) -> Material:
    """The draft that the file joins, brought up to date, or a new one; saved."""
    draft = _same_name(file, name, brought)
    if draft is None:
        if file.role == _Role.CAPTIONS:
            raise ValidationError(
                _("Captions belong to a video: bring both together, with the same name.")
            )
        return _new_draft(name, brought)
    kind = type_of(name)
    if kind == _Type.SLIDES and draft.type == _Type.DOCUMENT:
        draft.type = kind  # the PDF that came first shows the slides
        draft.save()
    return draft


def _same_name(file: MaterialFile, name: FileName, brought: Brought) -> Material | None:
    drafts = Material.objects.filter(
        pk__in=brought.drafts,
        decision=Decision.DRAFT,
        responsible=brought.user,
        **brought.place,
    )
    for draft in drafts.prefetch_related("files") if name.key else ():
        others = list(draft.files.all())
        is_taken = any(
            (other.role, other.language, other.format) == (file.role, file.language, file.format)
            for other in others
        )
        has_video = any(other.media_type.startswith("video/") for other in others)
        fits = has_video or file.role != _Role.CAPTIONS
        same = any(read_name(other.original_name).key == name.key for other in others)
        if same and fits and not is_taken:
            return draft
    return None


def _new_draft(name: FileName, brought: Brought) -> Material:
    # The words of a title show its language better than a mark that tells of the file's content.
    marked = name.language if name.language in ("sv", "fi") else ""
    chosen = brought.language if brought.language in ("sv", "fi") else brought.user.language
    language = name.title_language or marked or chosen
    longest = Material._meta.get_field("title").max_length
    draft = Material(
        type=type_of(name),
        responsible=brought.user,
        **{f"title_{language}": name.title[:longest] or None},
        **brought.place,
    )
    draft.fill_slugs()
    draft.full_clean()
    draft.save()
    return draft


def type_of(name: FileName) -> str:
    """The type of material that a file's name tells of."""
    return name.kind or _TYPES.get(name.ending, _Type.DOCUMENT)
