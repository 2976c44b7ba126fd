"""What a page looks like, small enough to be kept: a grey thumbnail that eyes could compare."""

import base64
import json
from io import BytesIO
from pathlib import Path

from PIL import Image

APPROVED = Path(__file__).parent / "approved.json"
COLUMNS, ROWS = 12, 24
LEVELS = 15
# Below these, a difference is a date or an edge that fell beside its pixel.
VISIBLE = 0.02
TALLER = 0.02


def print_of(png: bytes) -> str:
    """The picture's height in pixels and its thumbnail of 12 × 24 cells with 16 greys each."""
    with Image.open(BytesIO(png)) as picture:
        grey = picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)
        cells = [round(value * LEVELS / 255) for value in grey.tobytes()]
        height = picture.height
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return f"{height}:{base64.b85encode(bytes(16 * a + b for a, b in pairs)).decode()}"


def difference(one: str, other: str) -> float:
    """How different two prints are, from 0 to 1: the mean of their cells; 1 by height alone."""
    heights, cells = [], []
    for text in (one, other):
        height, _, code = text.partition(":")
        heights.append(int(height))
        cells.append([half for byte in base64.b85decode(code) for half in divmod(byte, 16)])
    if abs(heights[0] - heights[1]) > TALLER * max(heights):
        return 1.0
    far = sum(abs(a - b) for a, b in zip(*cells, strict=True))
    return far / (LEVELS * COLUMNS * ROWS)


def approved() -> dict[str, str]:
    """The prints that a person has looked at and approved: name of the picture → print."""
    return json.loads(APPROVED.read_text("utf-8")) if APPROVED.exists() else {}


def approve(prints: dict[str, str]) -> None:
    """Keep these prints as the approved ones."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(prints[name])}" for name in sorted(prints))
    APPROVED.write_text(f"{{\n{lines}\n}}\n", "utf-8")
