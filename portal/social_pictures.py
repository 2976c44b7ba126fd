"""The picture that other sites show beside a link to an item: its title and its theme's thread.

One for each item and language, 1200 × 630 pixels (the size that the Open Graph protocol's users
agree on), drawn when it is asked for. Its address names what it shows, so it can be kept for ever.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from foundation.content.models import Addressed
from foundation.content.publication import ContentQuerySet
from foundation.content.texts import Text
from portal import weave

WIDTH, HEIGHT = 1200, 630
_MARGIN, _BAND = 80, 208
_SIZES = (92, 80, 68, 58, 50)  # of the title, in pixels: the largest that fits
_LINES = 4
_FONT = "portal/vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-{}.woff2"
# Whoever changes the drawing raises this, and every picture gets a new address.
_DRAWING = 1


MODELS: dict[str, type[Addressed]] = {
    model._meta.model_name or "": model
    for model in apps.get_models()
    if issubclass(model, Addressed) and not model._meta.proxy
}


@dataclass(frozen=True)
class SocialPicture:
    """What a picture shows."""

    title: str
    kind: str
    site: str
    thread: str  # "" for an item without a theme

    @property
    def digest(self) -> str:
        """Twelve hexadecimal signs that change with what is shown."""
        shown = "\n".join((str(_DRAWING), self.title, self.kind, self.site, self.thread))
        return hashlib.sha256(shown.encode()).hexdigest()[:12]

    def png(self) -> bytes:
        """The picture as a PNG file."""
        return _drawn(self)


def readable(model: type[Addressed]) -> QuerySet:
    """The rows of a model that readers may see."""
    rows = model._default_manager.all()
    return rows.published() if isinstance(rows, ContentQuerySet) else rows


def picture_of(item: Addressed, language: str) -> SocialPicture:
    """What the picture of an item shows under a language's prefix."""
    title: Text = item.text(item.name_field, language)
    thread = getattr(getattr(item, "theme", item), "thread", None)
    with override(title.language):
        return SocialPicture(
            title=title.value,
            kind=capfirst(str(item._meta.verbose_name)),
            site=gettext("The municipality as promoter of welfare"),
            thread=weave.THREADS[thread - 1] if thread else "",
        )


def address_of(item: Addressed, language: str) -> str:
    """The path of an item's picture in a language."""
    return reverse(
        "social_picture",
        kwargs={
            "language": language,
            "kind": item._meta.model_name,
            "pk": item.pk,
            "digest": picture_of(item, language).digest,
        },
    )


def _drawn(shown: SocialPicture) -> bytes:
    # Pillow is heavy, and a worker that is never asked for a picture does without it.
    from PIL import Image, ImageDraw

    colours = weave.COLOURS
    image = Image.new("RGB", (WIDTH, HEIGHT), colours["paper"])
    draw = ImageDraw.Draw(image)
    _band(draw, shown.thread)
    left, right = _BAND + _MARGIN, WIDTH - _MARGIN
    size, lines = _fitted(shown.title, right - left)
    draw.text((left, _MARGIN - 8), shown.kind, font=_font(34, 500), fill="#3f4c45")
    top = _MARGIN + 64
    for line in lines:
        draw.text((left, top), line, font=_font(size, 780), fill=colours["ink"])
        top += round(size * 1.16)
    draw.text((left, HEIGHT - _MARGIN - 36), shown.site, font=_font(34, 650), fill="#175138")
    written = BytesIO()
    image.quantize(colors=64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _band(draw: Any, thread: str) -> None:
    """The woven edge: the theme's motif, or all four where an item has no theme."""
    draw.rectangle((0, 0, _BAND, HEIGHT), fill="#f2efe5")
    cell = 9
    pitch = HEIGHT / 4
    for place, usual in enumerate(weave.THREADS):
        name = thread or usual
        left = (_BAND - weave.CHART * cell) / 2
        top = place * pitch + (pitch - weave.CHART * cell) / 2
        for y, row in enumerate(weave.motif_cells(name)):
            for x, sign in enumerate(row):
                if sign == "#":
                    corner = (left + x * cell, top + y * cell)
                    draw.rectangle(
                        (*corner, corner[0] + cell - 1, corner[1] + cell - 1),
                        fill=weave.COLOURS[name],
                    )
    for place, name in enumerate((thread,) if thread else weave.THREADS):
        draw.rectangle(
            (_BAND + place * 5, 0, _BAND + place * 5 + 4, HEIGHT), fill=weave.COLOURS[name]
        )


def _fitted(title: str, width: int) -> tuple[int, list[str]]:
    """The largest size at which a title fits, and its lines."""
    for size in _SIZES:
        lines = _wrapped(title, size, width)
        if len(lines) <= _LINES and all(_length(line, size) <= width for line in lines):
            return size, lines
    kept = _wrapped(title, _SIZES[-1], width)[:_LINES]
    while _length(f"{kept[-1]} …", _SIZES[-1]) > width and " " in kept[-1]:
        kept[-1] = kept[-1].rpartition(" ")[0]
    return _SIZES[-1], [*kept[:-1], f"{kept[-1]} …"]


def _wrapped(title: str, size: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in _pieces(title, size, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(title: str, size: int, width: int) -> Iterator[str]:
    """The words of a title; at the smallest size, those that no line holds are cut."""
    for word in title.split():
        while size == _SIZES[-1] and _length(word, size) > width:
            signs = next(n for n in range(len(word), 0, -1) if _length(word[:n], size) <= width)
            yield word[:signs]
            word = word[signs:]
        yield word


def _length(words: str, size: int) -> float:
    return _font(size, 780).getlength(words)


def _font(size: int, weight: int) -> Any:
    from PIL import ImageFont

    name = _FONT.format("latin")
    found = finders.find(name) or str(Path(settings.STATIC_ROOT) / name)
    font = ImageFont.truetype(str(found), size)
    font.set_variation_by_axes([weight])
    return font
