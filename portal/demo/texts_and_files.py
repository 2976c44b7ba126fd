"""Reads the texts of the demo content."""

import tomllib
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
FILES = Path(__file__).parent / "files"


def read(path: Path) -> dict[str, Any]:
    """The tables of a TOML file."""
    return tomllib.loads(path.read_text("utf-8"))


def texts(name: str) -> dict[str, Any]:
    """The tables of one kind of content, such as `themes`."""
    return read(TEXTS / f"{name}.toml")


def example_files() -> dict[str, Any]:
    """What the example files are and say: a table for each material and picture."""
    return read(FILES / "texts.toml")
