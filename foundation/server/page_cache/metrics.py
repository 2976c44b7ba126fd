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

from foundation.server.page_cache.wsgi_middleware import PageCacheMiddleware

EVERY = 2.0  # seconds between two writings, unless METRICS_SECONDS says otherwise
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text format

_METRICS = {
    "page_cache_hits_total": ("counter", "Pages answered by the page cache."),
    "page_cache_misses_total": ("counter", "Pages made by Django and kept."),
    "page_cache_stale_hits_total": ("counter", "Pages handed out while the database was away."),
    "page_cache_bypasses_total": ("counter", "Requests that Django answered for one reader."),
    "django_responses_total": ("counter", "Answers of Django by status."),
    "page_cache_bytes": ("gauge", "Bytes of the pages that are kept."),
    "page_cache_pages": ("gauge", "Pages that are kept."),
    "page_cache_is_fresh": ("gauge", "1 while changes are heard of."),
    "page_cache_reconnections_total": ("counter", "New connections of the one who listens."),
    "process_resident_bytes": ("gauge", "Memory of the worker process."),
}


def metrics_of(page_cache: PageCacheMiddleware) -> dict[str, Any]:
    """The numbers of this process."""
    return {
        "page_cache_hits_total": page_cache.hits,
        "page_cache_misses_total": page_cache.misses,
        "page_cache_stale_hits_total": page_cache.stale_hits,
        "page_cache_bypasses_total": page_cache.bypasses,
        "django_responses_total": dict(page_cache.statuses),
        "page_cache_bytes": page_cache.lru.size,
        "page_cache_pages": len(page_cache.lru),
        "page_cache_is_fresh": int(page_cache.state.is_known),
        "page_cache_reconnections_total": page_cache.listener.reconnections
        if page_cache.listener
        else 0,
        "process_resident_bytes": _resident(),
    }


def _resident() -> int:
    with contextlib.suppress(OSError):
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def write_metrics_for_ever(page_cache: PageCacheMiddleware, folder: Path) -> None:
    """Begin to write the numbers of this process into the folder."""
    threading.Thread(
        target=_write_metrics, args=(page_cache, folder), name="metrics", daemon=True
    ).start()


def _write_metrics(page_cache: PageCacheMiddleware, folder: Path) -> None:
    path, pause = folder / f"{os.getpid()}.json", threading.Event()
    seconds = float(os.environ.get("METRICS_SECONDS") or EVERY)
    new = path.with_suffix(".new")
    with contextlib.suppress(OSError):  # the folder goes with the server
        while True:
            new.write_text(json.dumps(metrics_of(page_cache)), "ascii")
            new.replace(path)
            pause.wait(seconds)


def as_prometheus(folder: Path) -> str:
    """The numbers of all living workers in Prometheus' text format."""
    workers = dict(_living(folder))
    lines = []
    for name, (kind, help_text) in _METRICS.items():
        lines += [f"# HELP portal_{name} {help_text}", f"# TYPE portal_{name} {kind}"]
        for worker, metrics in workers.items():
            value = metrics.get(name, 0)
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
