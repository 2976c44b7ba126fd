"""The documents name what there is: every page has its place, every path leads somewhere."""

import re
from pathlib import Path

import pytest

from foundation.translations.catalogues import CHECKOUT
from tests.draw_house import PICTURE, svg

DOCS = CHECKOUT / "docs"
PAGES = [
    *sorted(DOCS.rglob("*.md")),
    *(CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    CHECKOUT / "bench" / "README.md",
]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
# A path in code marks: begins with a folder of the checkout and ends in a file's ending.
PATH = re.compile(
    r"`((?:bench|checks|deploy|docs|foundation|locale|municipalities|network|portal|projects"
    r"|publications|templates|tests)/[\w./-]+\.(?:py|md|html|css|js|svg|txt|toml|conf|sql))`"
)


def place(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def test_index_names_every_page_once() -> None:
    named = LINK.findall((DOCS / "README.md").read_text("utf-8"))
    pages = [path for path in DOCS.rglob("*.md") if path.name != "README.md"]
    inside = [name for name in named if not name.startswith("../")]
    assert sorted(inside) == sorted(path.relative_to(DOCS).as_posix() for path in pages)


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_links_and_paths_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [name for name in LINK.findall(text) if not (page.parent / name).exists()]
    paths = [name for name in PATH.findall(text) if not (CHECKOUT / name).exists()]
    assert (links, paths) == ([], [])


def test_picture_of_the_house_is_up_to_date() -> None:
    assert PICTURE.read_text("utf-8") == svg(), "draw it anew: python -m tests.draw_house"
