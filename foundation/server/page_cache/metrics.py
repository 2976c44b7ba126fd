"""What each worker process tells of itself, and all of it together as Prometheus reads it.

A worker writes its numbers into a file; whoever serves them reads the files of all that live.
"""

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foundation.server.page_cache.wsgi_middleware import Door

EVERY = 2.0  # seconds between two writings
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text format

_TOLD = {
    "pages_handed_out_total": ("counter", "Pages answered by the store."),
    "pages_made_total": ("counter", "Pages made by Django and kept."),
    "pages_stale_total": ("counter", "Pages handed out while the database was away."),
    "requests_passed_on_total": ("counter", "Requests that Django answered for one reader."),
    "answers_of_django_total": ("counter", "Answers of Django by status."),
    "store_bytes": ("gauge", "Bytes of the pages that are kept."),
    "store_pages": ("gauge", "Pages that are kept."),
    "store_is_fresh": ("gauge", "1 while changes are heard of."),
    "listener_reconnections_total": ("counter", "New connections of the one who listens."),
    "process_resident_bytes": ("gauge", "Memory of the worker process."),
}


def numbers(door: Door) -> dict[str, Any]:
    """The numbers of this process."""
    return {
        "pages_handed_out_total": door.hits,
        "pages_made_total": door.made,
        "pages_stale_total": door.stale_hits,
        "requests_passed_on_total": door.passed_on,
        "answers_of_django_total": dict(door.statuses),
        "store_bytes": door.shelves.size,
        "store_pages": len(door.shelves),
        "store_is_fresh": int(door.state.is_known),
        "listener_reconnections_total": door.listener.reconnections if door.listener else 0,
        "process_resident_bytes": _resident(),
    }


def _resident() -> int:
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def tell_for_ever(door: Door, folder: Path) -> None:
    """Begin to write the numbers of this process into the folder."""
    threading.Thread(target=_tell, args=(door, folder), name="statistics", daemon=True).start()


def _tell(door: Door, folder: Path) -> None:
    path, pause = folder / f"{os.getpid()}.json", threading.Event()
    new = path.with_suffix(".new")
    with contextlib.suppress(OSError):  # the folder goes with the server
        while True:
            new.write_text(json.dumps(numbers(door)), "ascii")
            new.replace(path)
            pause.wait(EVERY)


def as_prometheus(folder: Path) -> str:
    """The numbers of all living workers in Prometheus' text format."""
    workers = dict(_living(folder))
    lines = []
    for name, (kind, help_text) in _TOLD.items():
        lines += [f"# HELP portal_{name} {help_text}", f"# TYPE portal_{name} {kind}"]
        for worker, told in workers.items():
            value = told.get(name, 0)
            if isinstance(value, dict):
                for status, count in sorted(value.items()):
                    labels = f'worker="{worker}",status="{status}"'
                    lines.append(f"portal_{name}{{{labels}}} {count}")
            else:
                lines.append(f'portal_{name}{{worker="{worker}"}} {value}')
    return "\n".join(lines) + "\n"


def _living(folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        worker = int(path.stem)
        try:
            os.kill(worker, 0)
            yield worker, json.loads(path.read_text("ascii"))
        except ProcessLookupError:
            path.unlink(missing_ok=True)
        except (OSError, ValueError):
            continue
