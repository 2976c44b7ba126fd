"""``python -m portal.demo.make_files``: write all example files anew."""

import os
import tomllib
from pathlib import Path

# Before the libraries are loaded: the moment that they write into files, so that bytes repeat.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1767268800")  # 1.1.2026 at noon, UTC

from portal.demo.make_files import deck, figures, film, pdf, slide_pdf, worksheet

FOLDER = Path(__file__).parents[1] / "files"


def main() -> None:
    """Make the figures first, since the decks show one of them."""
    texts = tomllib.loads((FOLDER / "texts.toml").read_text(encoding="utf-8"))
    figures.make_figures(FOLDER)
    pdf.make_reports(FOLDER)
    slide_pdf.convert(deck.make_decks(FOLDER, texts), FOLDER)
    worksheet.make_worksheet(FOLDER)
    film.make_film(FOLDER)
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.stat().st_size:>9,} {path.name}")


if __name__ == "__main__":
    main()
