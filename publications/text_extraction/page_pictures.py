"""Pictures of pages, as WebP in the widths that the portal shows."""

from pathlib import Path
from typing import Any

from PIL import Image

from publications.text_extraction import pdf
from publications.text_extraction.page_picture_names import COUNT, WIDTHS, drawn_name

_QUALITY = 80


def draw(path: Path, folder: Path) -> list[dict[str, Any]]:
    """Draw the first pages of a PDF into the folder; returns number, width and height of each."""
    drawn = []
    for number, picture in enumerate(pdf.pages_as_pictures(path, COUNT, WIDTHS[-1]), 1):
        for width in WIDTHS:
            height = max(1, round(picture.height * width / WIDTHS[-1]))
            across = max(1, round(picture.width * width / WIDTHS[-1]))
            small = picture.resize((across, height), Image.Resampling.LANCZOS)
            small.save(folder / drawn_name(number, width), "WEBP", quality=_QUALITY, method=4)
        drawn.append({"number": number, "width": picture.width, "height": picture.height})
    return drawn
