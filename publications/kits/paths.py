"""Where things lie in a kit: speaking paths of at most 200 signs that no two files share."""

from typing import Any

from django.utils.translation import override

from foundation.content import languages
from projects.models import Workshop
from publications.file_names import safe_name, same_name
from publications.models import Material, MaterialFile
from publications.templatetags.materials import file_language

INDEX = "index.html"
SUMS = "SHA256SUMS"
CALENDARS = {languages.SWEDISH: "kalender.ics", languages.FINNISH: "kalenteri.ics"}
# Bytes in UTF-8. With what stands behind a title, a path stays under 200: Windows allows 260, of
# which the folder that a kit is unpacked into needs some.
_FOLDER = 70
_TITLE = 90
_ANY = 1 << 16  # more than any title has


class Paths:
    """The paths given so far. Systems that overlook case or composition must not lose a file."""

    def __init__(self) -> None:
        self._taken = {same_name(name) for name in (INDEX, SUMS, *CALENDARS.values())}

    def free(self, folder: str, name: str, ending: str = "") -> str:
        """A path in a folder, "" for none, by a name; numbered where another file has it."""
        start = f"{folder}/{name}" if folder else name
        path, number = f"{start}{ending}", 1
        while same_name(path) in self._taken:
            number += 1
            path = f"{start} ({number}){ending}"
        self._taken.add(same_name(path))
        return path


def title_in(item: Any, codes: list[str], most: int) -> str:
    """An item's title in the languages given as the beginning of a name, of `most` bytes."""
    titles = dict.fromkeys(str(item.text(item.name_field, code)) for code in codes)
    each = most // len(titles) - (len(titles) > 1) * len(" – ".encode())
    return " – ".join(filter(None, (_shortened(title, each) for title in titles)))


def _shortened(title: str, most: int) -> str:
    """The title as a name, cut between words where it is too long."""
    name = safe_name(title, most)
    if name == safe_name(title, _ANY):
        return name
    return name.rpartition(" ")[0].strip(" .,:;–-") or name


def folder_name(source: Any, choice: str) -> str:
    """The name of the folder of a workshop or publication, with its day or year."""
    when = source.day.isoformat() if isinstance(source, Workshop) else str(source.year)
    return safe_name(
        f"{when} {title_in(source, choice.split('+'), _FOLDER - len(when) - 1)}", _FOLDER
    )


def file_name(file: MaterialFile, material: Material, choice: str) -> str:
    """A speaking name without its ending: title, language and version.

    In a kit for both languages each file is named in its own, and the language by its code.
    """
    if choice in languages.CODES:
        title = title_in(material, [choice], _TITLE)
        with override(choice):
            language = file_language(file)
    else:
        codes = [code for code in file.language_codes if code in languages.CODES]
        title = title_in(material, codes or [*languages.CODES], _TITLE)
        language = file.language.replace("+", "-")
    return safe_name(f"{title or 'material'} ({language}, v{file.version})", 2 * _TITLE)
