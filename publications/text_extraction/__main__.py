"""The process that opens a file: `python -m publications.text_extraction '{"task": "read", …}'`.

It gets nothing but a file and a folder to draw in, limits itself before it opens anything, and
answers with one line of JSON. What it cannot do within its limits it dies of, alone.
"""

import contextlib
import json
import resource
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from publications.text_extraction import packages, pdf_safety
from publications.text_extraction.problems import BROKEN, NO_TEXT, TOO_HEAVY, Problem

MEMORY = 1_500_000_000  # bytes, of addresses
WRITTEN = 30_000_000  # bytes of a file it writes
OPEN_FILES = 64

READERS = {"pdf": "pdf", "pptx": "slides", "docx": "word_documents"}


def limit(seconds: int) -> None:
    """Limit this process for good; `seconds` is of processor time."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: WRITTEN,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of them by name only
            resource.setrlimit(what, (most, most))


def check(kind: str, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Whether the file may be taken in."""
    if kind == "pdf":
        pdf_safety.check(path)
        import_module("publications.text_extraction.pdf").opened(path)
    else:
        packages.check(str(path))
        if kind == "pptx":
            import_module("publications.text_extraction.slides").slides_of(path)
        elif kind == "docx":
            import_module("docx").Document(str(path))
    return {}


def read(kind: str, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    """The text and the number of pages; the first pages of a PDF as pictures."""
    from publications.text_extraction.extracted_html import Outline

    if kind in ("mp4", "webm"):
        from publications.text_extraction.video import seconds_of

        return {"seconds": seconds_of(path)}
    outline = Outline(order["is_in_two_languages"])
    reader = import_module(f"publications.text_extraction.{READERS[kind]}")
    pages = reader.read(path, outline, order["words"])
    answer = {"pages": pages, "html": outline.html(), "headings": outline.headings[:20]}
    answer["problem"] = NO_TEXT if outline.is_empty() else ""
    return answer


def draw(kind: str, path: Path, order: dict[str, Any]) -> dict[str, Any]:
    """The first pages of a PDF as pictures in the folder."""
    from publications.text_extraction.page_pictures import draw

    return {"pictures": draw(path, Path(order["folder"]))}


TASKS: dict[str, Callable[[str, Path, dict[str, Any]], dict[str, Any]]] = {
    "check": check,
    "read": read,
    "draw": draw,
}


def answer_to(order: dict[str, Any]) -> dict[str, Any]:
    """What comes of an order: its result, or the problem that the file has."""
    try:
        return TASKS[order["task"]](order["kind"], Path(order["path"]), order)
    except Problem as problem:
        return {"problem": problem.code}
    except (MemoryError, RecursionError):
        return {"problem": TOO_HEAVY}
    except Exception:
        # Three libraries with errors of their own: whatever they stumble over is the file's fault.
        traceback.print_exc()
        return {"problem": BROKEN}


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    limit(given["seconds"])
    print(json.dumps(answer_to(given)))
