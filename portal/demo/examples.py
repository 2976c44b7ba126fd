"""The example files as materials and pictures of the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.utils import timezone

from foundation.content.models import Image
from portal.demo.checked_item import make
from portal.demo.texts_and_files import FILES, example_files, texts
from projects.models import Project, Theme, Workshop
from publications.access import Access
from publications.licences import Licence
from publications.models import Material, MaterialFile, Publication

# Filled in from the file itself when it is saved.
MEASURED = ("original_name", "format", "media_type", "size", "sha256", "crc32")


@dataclass
class Picture:
    """A picture, with the words of the figure that shows it."""

    image: Image
    figure: dict[str, str]


def make_pictures() -> dict[str, Picture]:
    """The figures, and the pictures that stand for a video, by their keys."""
    pictures = {}
    for key, table in example_files().items():
        roles = {"main", "poster"} if table["type"] == "figure" else {"poster"}
        for file in table["files"]:
            if file["role"] in roles:
                pictures[key] = Picture(_image(file["name"], table), _figure(table))
    return pictures


def make_materials(pictures: dict[str, Picture]) -> None:
    """The example materials with their files, each where it belongs."""
    more = texts("materials")
    for key, table in example_files().items():
        if table["type"] != "figure":
            _material(table, more[key], more["attribution"], pictures)


@contextmanager
def _opened(name: str) -> Iterator[File]:
    with (FILES / name).open("rb") as file:
        yield File(file, name=name)


def _image(name: str, table: dict[str, Any]) -> Image:
    attribution = texts("materials")["attribution"]
    values = {"alt_sv": table["alt_sv"], "alt_fi": table["alt_fi"], "credit": attribution["short"]}
    with _opened(name) as file:
        return make(Image, values, file=file, licence=table["licence"])


def _figure(table: dict[str, Any]) -> dict[str, str]:
    fields = ("caption", "long_description")
    names = [f"{field}_{code}" for field in fields for code in ("sv", "fi")]
    return {name: table[name] for name in names if name in table}


def _material(
    table: dict[str, Any],
    more: dict[str, Any],
    attribution: dict[str, str],
    pictures: dict[str, Picture],
) -> None:
    values = {
        name: table[name]
        for name in table
        if name.startswith(("title_", "slug_", "lead_")) and name[-2:] in ("sv", "fi")
    }
    values |= {name: more[name] for name in more if name.startswith(("audience_", "body_"))}
    languages: tuple[str, ...] = ("sv", "fi")
    if "only" in table:
        languages = (table["only"],)
        values |= {
            "pairing": table["only"],
            "pairing_reason": f"{table['reason_sv']} / {table['reason_fi']}",
        }
    for code in languages:
        values[f"attribution_{code}"] = attribution[code]
        if transcript := table.get(f"transcript_{code}"):
            values[f"transcript_{code}"] = transcript
    poster = pictures[more["poster"]].image if "poster" in more else None
    material = make(
        Material,
        values,
        type=table["type"],
        licence=_licence(table["licence"]),
        is_example=True,
        access=more.get("access", Access.EVERYBODY),
        poster=poster,
        **_owner(table, more),
    )
    for file in table["files"]:
        if file["role"] != "poster":
            _file(material, file, table, more.get("pages", {}))


def _owner(table: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    if "workshop" in more:
        return {"workshop": Workshop.objects.get(slug_sv=more["workshop"])}
    if table["belongs"] == "theme":
        return {"theme": Theme.objects.get(**{"slug_sv": table["theme"]})}
    if table["belongs"] == "publication":
        return {"publication": Publication.objects.get(original_title=table["publication"])}
    return {"project": Project.objects.get()}


def _file(
    material: Material, file: dict[str, str], table: dict[str, Any], pages: dict[str, int]
) -> None:
    is_captions = file["role"] == "captions"
    is_video = table["type"] == "video" and not is_captions
    with _opened(file["name"]) as opened:
        make(
            MaterialFile,
            {
                "language": file["language"],
                "role": MaterialFile.Role.CAPTIONS if is_captions else MaterialFile.Role.CONTENT,
                "pages": pages.get(file["name"]),
                "seconds": table["seconds"] if is_video else None,
            },
            unchecked=MEASURED,
            material=material,
            file=opened,
            published_at=timezone.now(),
        )


def _licence(name: str) -> str:
    """The licence of a name such as “CC BY 4.0”."""
    return next(licence.value for licence in Licence if licence.label == name)
