"""The job that reads a file and keeps what was found; by a worker where there is one."""

import logging
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, override
from django_tasks import task

from publications.models import Material, MaterialFile
from publications.text_extraction.office import as_pdf
from publications.text_extraction.page_picture_names import WIDTHS, drawn_name
from publications.text_extraction.problems import BROKEN, MISSING, NO_TEXT
from publications.text_extraction.process import ask, copied

logger = logging.getLogger(__name__)

_MAX_PICTURE = 5_000_000  # bytes
_MAX_HEADING = 150  # signs


@task
def read_file(pk: int) -> None:
    """Read a file of a material; one that is gone by now needs no reading."""
    file = MaterialFile.objects.select_related("material").filter(pk=pk).first()
    if file is None:
        return
    try:
        with (
            file.file.storage.open(str(file.file.name), "rb") as stored,
            copied(stored, file.format) as path,
        ):
            found = _read(file, path)
    except FileNotFoundError:
        found = {"problem": MISSING}
    except Exception:
        _keep(file, {"problem": BROKEN})
        raise
    _keep(file, found)


def words_for(file: MaterialFile) -> dict[str, str]:
    """What the parts of the text are called, in the file's own language or languages."""
    is_slides = file.format == "pptx" or file.material.type == Material.Type.SLIDES
    words: dict[str, list[str]] = {"page": [], "notes": [], "picture": []}
    for code in file.language_codes:
        with override(code):
            words["page"].append(gettext("Slide") if is_slides else gettext("Page"))
            words["notes"].append(gettext("Notes"))
            words["picture"].append(gettext("Illustration"))
    return {name: " / ".join(dict.fromkeys(spoken)) for name, spoken in words.items()}


def _read(file: MaterialFile, path: Path) -> dict[str, Any]:
    is_in_two = len(file.language_codes) > 1
    words = words_for(file)
    found = ask("read", file.format, path, words=words, is_in_two_languages=is_in_two)
    if found["problem"] in ("", NO_TEXT):
        found["pictures"] = _drawn(file, path)
    return found


def _drawn(file: MaterialFile, path: Path) -> list[dict[str, Any]]:
    """Pictures of the first pages, drawn into the storage; none where nothing can draw them."""
    if file.format == "pdf":
        pdf: Path | None = path
    elif file.format in ("pptx", "docx") and not _pdf_beside(file):
        pdf = as_pdf(path)
    else:
        pdf = None
    if pdf is None:
        return []
    drawn = ask("draw", "pdf", pdf, folder=str(path.parent)).get("pictures", [])
    kept = f"previews/{uuid.uuid4().hex}"
    for picture in drawn:
        for width in WIDTHS:
            name = drawn_name(int(picture["number"]), width)
            content = (path.parent / name).read_bytes()
            if not content.startswith(b"RIFF") or len(content) > _MAX_PICTURE:
                return []
            default_storage.save(f"{kept}/{name}", ContentFile(content))
    return [{**picture, "folder": kept} for picture in drawn]


def _pdf_beside(file: MaterialFile) -> bool:
    """Whether the same slides stand beside the file as a PDF, which is drawn instead."""
    return (
        MaterialFile.objects.filter(
            material=file.material_id, language=file.language, version=file.version, format="pdf"
        )
        .exclude(pk=file.pk)
        .exists()
    )


def _keep(file: MaterialFile, found: dict[str, Any]) -> None:
    """Write down what was found; by `update`, so that nothing an editor does meanwhile is lost."""
    problem = found["problem"]
    headings = found.get("headings", [])
    pictures = [
        {
            "number": int(picture["number"]),
            "heading": str((headings[place : place + 1] or [""])[0])[:_MAX_HEADING],
            "width": int(picture["width"]),
            "height": int(picture["height"]),
            "folder": picture["folder"],
        }
        for place, picture in enumerate(found.get("pictures", []))
    ]
    # The bytes may have been replaced while they were read; those have a job of their own.
    same = MaterialFile.objects.filter(pk=file.pk, sha256=file.sha256)
    state = MaterialFile.Reading.FAILED if problem else MaterialFile.Reading.READ
    changed: dict[str, Any] = {"reading_state": state, "reading_problem": problem}
    if not problem or pictures:
        changed["page_pictures"] = pictures
    for name in ("pages", "seconds"):
        if found.get(name):
            changed[name] = Coalesce(name, Value(found[name]))
    if same.update(**changed) and "page_pictures" in changed:
        _forget(file.page_pictures)
    # A text that somebody has checked stays as it is.
    if "html" in found:
        same.filter(text_checked_at__isnull=True).update(reading_text=found["html"])


def _forget(pictures: list[dict[str, Any]]) -> None:
    """Delete pictures that newer ones have replaced."""
    for picture in pictures:
        for width in WIDTHS:
            default_storage.delete(f"{picture['folder']}/{drawn_name(picture['number'], width)}")
