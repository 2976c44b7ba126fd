"""Uploaded pictures: what is accepted, and the widths that pages use."""

import uuid
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps

WIDTHS = (480, 960, 1600)  # pixels
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
FORMATS = {"JPEG", "PNG", "WEBP", "AVIF"}


def upload_path(image: Any, filename: str) -> str:
    """Where an upload is stored: a name of our own, so that nothing of the client's name counts."""
    suffix = PurePosixPath(filename).suffix.lower()
    return f"pictures/{uuid.uuid4().hex}{suffix if suffix.isascii() else ''}"


def validate_picture(file: Any) -> None:
    """Refuse what is no picture, is of another kind than we show, or is too large to be opened.

    Raises ValidationError; the kind is read from the content, not from the name.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("The picture is too large: 20 MB at most."))
    was_closed = file.closed
    try:
        file.open()
        with Pillow.open(file, formats=list(FORMATS)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("The picture has too many pixels: 40 million at most."))
            picture.verify()
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(_("The file is no JPEG, PNG, WebP or AVIF picture.")) from error
    finally:
        # A stored file was opened for this check only; an upload is read on by its form.
        if was_closed:
            file.close()
        else:
            file.seek(0)


def widths_of(original: int) -> list[int]:
    """The widths drawn for a picture: never wider than the original, one at least."""
    return [width for width in WIDTHS if width <= original] or [min(original, WIDTHS[0])]


def width_path(name: str, width: int) -> str:
    """Storage name of a drawn width."""
    return f"{PurePosixPath(name).with_suffix('')}-{width}.webp"


def draw_widths(file: Any) -> tuple[int, int]:
    """Draw and store each width as WebP, upright and without the camera's notes (EXIF).

    Returns the width and height of the upright picture, in pixels.
    """
    with file.storage.open(file.name) as stored, Pillow.open(stored) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGBA" if "A" in opened.mode else "RGB")
        for width in widths_of(upright.width):
            height = max(1, round(upright.height * width / upright.width))
            drawn = BytesIO()
            upright.resize((width, height), Pillow.Resampling.LANCZOS).save(
                drawn, "WEBP", quality=82, method=4
            )
            file.storage.save(width_path(file.name, width), ContentFile(drawn.getvalue()))
    return upright.size
