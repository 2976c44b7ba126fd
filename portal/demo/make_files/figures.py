"""The drawn pictures: wordless figures with numbers only, and the worksheet's band."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from portal.demo.make_files import threads
from portal.demo.make_files.face import font_file


class Canvas:
    """A picture drawn some times larger than it will be, for smooth edges; all in final pixels."""

    def __init__(self, width: int, height: int, ground: str = threads.PAPER, finer: int = 3):
        self.finer = finer
        self.size = (width, height)
        self.picture = Image.new("RGB", (width * finer, height * finer), ground)
        self.draw = ImageDraw.Draw(self.picture)

    def scaled(self, points) -> list[tuple[float, float]]:
        """Return the points in the finer scale."""
        return [(x * self.finer, y * self.finer) for x, y in points]

    def stroke(self, strokes: list[threads.Thread]) -> None:
        """Draw the strokes as ribbons without seams."""
        for thread in strokes:
            self.draw.polygon(self.scaled(threads.ribbon(thread)), fill=thread.colour)

    def polygon(self, points, colour: str) -> None:
        """Fill an area."""
        self.draw.polygon(self.scaled(points), fill=colour)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        weight: int = 400,
        colour: str = threads.INK,
        anchor: str = "mm",
    ) -> None:
        """Write a line; the anchor is Pillow's, ``lm`` for the left end at half height."""
        face = ImageFont.truetype(font_file(weight), round(size * self.finer))
        self.draw.text(self.scaled([(x, y)])[0], words, font=face, fill=colour, anchor=anchor)

    def knot(self, x: float, y: float, radius: float, mark: str, colour: str) -> None:
        """Draw a paper-coloured disc with a coloured rim and a number in it."""
        box = self.scaled([(x - radius, y - radius), (x + radius, y + radius)])
        rim = round(radius * 0.14 * self.finer)
        self.draw.ellipse(box, fill=threads.PAPER, outline=colour, width=rim)
        self.text(x, y, mark, radius * 1.15, weight=700)

    def finished(self) -> Image.Image:
        """Return the picture in its final size."""
        return self.picture.resize(self.size, Image.Resampling.BOX)


def scenarios() -> Image.Image:
    """Draw two crossing axes and four woven fields numbered 1–4 in reading order."""
    canvas = Canvas(1200, 900)
    fields = [(110, 70), (640, 70), (110, 480), (640, 480)]
    for index, ((left, top), colour) in enumerate(zip(fields, threads.THEME_COLOURS, strict=True)):
        # Active attitudes weave densely, indifferent ones loosely; a strong capacity for
        # renewal has more threads to weave with.
        warps = 15 if index % 2 else 6
        rows = (colour,) * (7 if index < 2 else 4)
        canvas.stroke(
            threads.cloth(
                left + 20, top + 20, 410, 310, warps=warps, colours=rows,
                left_to=left + 2, right_to=left + 448, fan=0.0,
            )
        )  # fmt: skip
        canvas.knot(left + 225, top + 175, 62, str(index + 1), colour)
    for start, end in (((60, 450), (1140, 450)), ((600, 860), (600, 40))):
        canvas.stroke([threads.Thread((start, end), 5, threads.INK)])
    canvas.polygon(((1150, 450), (1120, 435), (1120, 465)), threads.INK)
    canvas.polygon(((600, 30), (585, 60), (615, 60)), threads.INK)
    return canvas.finished()


def findings() -> Image.Image:
    """Draw five numbered threads that hold one cloth together."""
    canvas = Canvas(1200, 900)
    colours = (
        threads.SPRUCE, threads.LAKE, threads.CLOUDBERRY, threads.LINGONBERRY, threads.SOFT_INK
    )  # fmt: skip
    strokes = threads.cloth(
        400, 100, 560, 700, warps=9, colours=colours, left_to=118, right_to=1230, sway=18, fan=0.0
    )
    canvas.stroke(strokes)
    for row, colour in enumerate(colours):
        x, y = next(thread.points[0] for thread in strokes if thread.colour == colour)
        canvas.knot(x, y, 56, str(row + 1), colour)
    return canvas.finished()


def band(width: int = 1600, height: int = 220) -> Image.Image:
    """Draw the low band at the head of the worksheet, on white."""
    canvas = Canvas(width, height, "#ffffff")
    canvas.stroke(
        threads.cloth(
            width * 0.62, height * 0.2, width * 0.26, height * 0.6,
            warps=17, left_to=-10, right_to=width + 10, sway=height * 0.09, ground="#ffffff",
        )
    )  # fmt: skip
    return canvas.finished()


def save(picture: Image.Image, path: Path) -> None:
    """Write a PNG with few colours, which keeps flat drawings small."""
    picture.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)


def make_figures(folder: Path) -> None:
    """Write the two figures of the demo content."""
    save(scenarios(), folder / "fyra-scenarier.png")
    save(findings(), folder / "fem-iakttagelser.png")
