"""What a kit holds: the materials of a workshop, theme, municipality, actor or publication."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from foundation.content import languages
from foundation.content.filters import KEYS, cleaned
from foundation.content.models import Addressed
from municipalities.models import Municipality, RegionalActor
from projects.models import Theme, Workshop
from publications.access import is_opened
from publications.kits.paths import Paths, file_name, folder_name
from publications.models import Material, MaterialFile, Publication
from publications.models.material import captions_of, newest_of

BOTH = "sv+fi"
CHOICES = (BOTH, *languages.CODES)
# What the languages of a kit are called in an address, by the language of the address.
WORDS = {
    languages.SWEDISH: {BOTH: "bada", "sv": "sv", "fi": "fi"},
    languages.FINNISH: {BOTH: "molemmat", "sv": "sv", "fi": "fi"},
}
ROUTES: dict[type[Addressed], str] = {
    Workshop: "kits:workshop_kit",
    Theme: "kits:theme_kit",
    Municipality: "kits:municipality_kit",
    RegionalActor: "kits:regional_actor_kit",
    Publication: "kits:publication_kit",
}

# Where a member gets them, with what is for members only.
FOR_MEMBERS: dict[type[Addressed], str] = {
    Workshop: "members:workshop_kit",
    Municipality: "members:municipality_kit",
    RegionalActor: "members:regional_actor_kit",
}


def choice_of(query: Any) -> str | None:
    """The languages that the query of an address asks for: both unless it says; None for others."""
    here = languages.current()
    asked = cleaned(query.get(KEYS["language"][here], "")).lower()
    by_word = {word: choice for choice, word in WORDS[here].items()}
    return by_word.get(asked or WORDS[here][BOTH])


def kit_path(owner: Addressed, choice: str, language: str | None = None) -> str:
    """The address of a kit under a language's prefix; both languages need no query."""
    language = language or languages.current()
    route = ROUTES[type(owner)]
    if is_opened():
        route = FOR_MEMBERS.get(type(owner), route)
    path = owner.path(language, route=route)
    if choice == BOTH:
        return path
    return f"{path}?{KEYS['language'][language]}={WORDS[language][choice]}"


def materials_of(owner: Addressed) -> QuerySet:
    """The materials whose files belong into the owner's kit.

    `Material.objects.published()` is the one door, and the rule who may have what sits there: what
    is for members only is in no kit but theirs. A workshop or publication that is not public takes
    its materials with it.
    """
    workshops, publications = Workshop.objects.published(), Publication.objects.published()
    condition = Q()
    if isinstance(owner, Workshop):
        condition = Q(workshop=owner)
    elif isinstance(owner, Publication):
        condition = Q(publication=owner)
    elif isinstance(owner, Theme):
        condition = (
            Q(theme=owner)
            | Q(workshop__in=workshops.filter(theme=owner))
            | Q(publication__in=publications.filter(theme=owner))
        )
    elif isinstance(owner, Municipality):
        condition = Q(workshop__in=workshops.filter(municipalities=owner))
    elif isinstance(owner, RegionalActor):
        condition = Q(workshop__in=workshops.filter(municipalities__region=owner.region_id))
    else:
        raise TypeError(f"There are no kits of {type(owner).__name__}.")
    return Material.objects.published().filter(condition)


def included(material: Material, choice: str) -> list[MaterialFile]:
    """The newest public files of a material in the languages chosen, captions after their video."""
    return _included(material.newest_files(), material.captions(), choice)


def _included(
    newest: list[MaterialFile], captions: list[MaterialFile], choice: str
) -> list[MaterialFile]:
    content = [file for file in newest if _is_in(file, choice)]
    return content + [file for file in captions if _is_in(file, choice)] if content else []


def _is_in(file: MaterialFile, choice: str) -> bool:
    return choice == BOTH or choice in file.language_codes


@dataclass(frozen=True)
class Offer:
    """A kit as a page offers it; nothing but counted."""

    choice: str
    path: str
    count: int  # files
    size: int  # bytes of the files


def offers(owner: Addressed, materials: Iterable[Material] | None = None) -> list[Offer]:
    """The kits of an owner, that in both languages first; those of one language where it is less.

    One query, unless all materials of the kit are at hand with their public files.
    """
    if materials is None:
        of_each = list(_files_of_each(materials_of(owner)))
    else:
        of_each = [(material.newest_files(), material.captions()) for material in materials]
    found: list[Offer] = []
    for choice in CHOICES:
        files = [file for files in of_each for file in _included(*files, choice)]
        if files and not (found and len(files) == found[0].count):
            size = sum(file.size for file in files)
            found.append(Offer(choice, kit_path(owner, choice), len(files), size))
    return found


def _files_of_each(
    materials: QuerySet,
) -> Iterator[tuple[list[MaterialFile], list[MaterialFile]]]:
    """The newest files and captions of each material; of the materials nothing else is asked."""
    fields = ("material_id", "role", "language", "format", "version", "size")
    rows = MaterialFile.objects.published().filter(material__in=materials.order_by().values("pk"))
    files = sorted(rows.only(*fields), key=lambda file: file.material_id)
    for _pk, theirs in groupby(files, key=lambda file: file.material_id):
        of_one = list(theirs)
        yield newest_of(of_one), captions_of(of_one)


@dataclass(frozen=True)
class Item:
    """A material in a kit: its files with their paths, captions last. None where it has none."""

    material: Material
    files: list[tuple[MaterialFile, str]]

    @property
    def is_elsewhere(self) -> bool:
        """True when it has files, but none in the languages chosen."""
        return not self.files and bool(self.material.newest_files())


@dataclass(frozen=True)
class Section:
    """The materials of one thing; of the kit's own owner in no folder."""

    subject: Any  # a Workshop, Publication or the owner
    folder: str
    items: list[Item]

    @property
    def workshop(self) -> Workshop | None:
        return self.subject if isinstance(self.subject, Workshop) else None


@dataclass(frozen=True)
class Kit:
    """What a reader gets: the same for the same content, whoever asks at whichever address."""

    owner: Any
    choice: str
    sections: list[Section]
    changed: datetime  # when the newest of it became public

    @property
    def languages(self) -> list[str]:
        """The languages it is written in."""
        return self.choice.split("+")

    @property
    def files(self) -> list[tuple[MaterialFile, str]]:
        """Every file with its path."""
        return [pair for section in self.sections for item in section.items for pair in item.files]

    @property
    def has_examples(self) -> bool:
        """True when something in it was made up to show how the portal works."""
        items = [item.material for section in self.sections for item in section.items]
        subjects = [self.owner, *(section.subject for section in self.sections)]
        return any(getattr(one, "is_example", False) for one in items + subjects)


def kit_of(owner: Addressed, choice: str, paths: Paths) -> Kit | None:
    """The kit of an owner, None when there is no file for it."""
    # Without the texts of the files, which can be longer than all else.
    files = MaterialFile.objects.published().defer("reading_text")
    found = (
        materials_of(owner)
        .select_related("theme", "workshop__theme", "publication__theme")
        .prefetch_related(Prefetch("files", files, to_attr="public_files"))
        .order_by("publish_at", "pk")
    )
    materials = [
        material
        for material in found
        if material.newest_files() or any(getattr(material, f"link_{c}") for c in languages.CODES)
    ]
    sections = [
        _section(
            owner, source, [one for one in materials if one.belongs_to == source], choice, paths
        )
        for source in _in_order(owner, {one.belongs_to for one in materials})
    ]
    moments = [one.publish_at for one in materials]
    moments += [file.published_at for one in materials for file in included(one, choice)]
    kit = Kit(owner, choice, sections, max(moments)) if moments else None
    return kit if kit and kit.files else None


def _in_order(owner: Addressed, sources: set[Any]) -> list[Any]:
    """What the materials belong to: the owner, workshops by their day, publications by year."""

    def rank(source: Any) -> tuple:
        if source == owner:
            return (0,)
        if isinstance(source, Workshop):
            return 1, source.day, source.pk
        return 2, source.year, source.pk

    return sorted(sources, key=rank)


def _section(
    owner: Addressed, source: Any, materials: list[Material], choice: str, paths: Paths
) -> Section:
    folder = ""
    if source != owner and any(included(one, choice) for one in materials):
        folder = paths.free("", folder_name(source, choice))
    items = [Item(one, _placed(one, choice, folder, paths)) for one in materials]
    return Section(source, folder, items)


def _placed(
    material: Material, choice: str, folder: str, paths: Paths
) -> list[tuple[MaterialFile, str]]:
    """The files of a material with their paths."""
    files = []
    video = ""  # its path, by which players look for its captions
    for file in included(material, choice):
        if file.role == MaterialFile.Role.CAPTIONS:
            path = paths.free("", video, f".{file.language.replace('+', '-')}.{file.format}")
        else:
            path = paths.free(folder, file_name(file, material, choice), f".{file.format}")
            if not video or file.media_type.startswith("video/"):
                video = path.removesuffix(f".{file.format}")
        files.append((file, path))
    return files
