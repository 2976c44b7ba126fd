"""The house face in the static cuts that typesetting and drawing need."""

import functools
import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = (
    Path(__file__).parents[2]
    / "static/portal/vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin.woff2"
)


@functools.cache
def font_file(weight: int) -> Path:
    """Return a file of the site's variable font fixed at one weight, 400–800.

    It is made once a run, in a temporary folder that the system clears.
    """
    font = TTFont(SOURCE, recalcTimestamp=False)
    cut = instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)
    cut.flavor = None
    for record in cut["name"].names:
        if record.nameID in (4, 6):
            # Two cuts of one name would be taken for one font in a PDF.
            record.string = f"{record.toUnicode()}-{weight}"
    target = Path(tempfile.mkdtemp(prefix="face-")) / f"{weight}.ttf"
    cut.save(target)
    return target
