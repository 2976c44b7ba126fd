"""Measures pages that are not stored: beside a plain view of the same, and among 20,000 items.

The plain view holds the querysets that the page asks, ready built with the values of that moment.
For each request it evaluates a fresh clone of every one of them: Django writes the SQL, the
database answers, and the rows become objects, prefetched ones included. Then it puts the very same
text out, line by line, from one template without inclusion or inheritance. It builds no queryset,
translates nothing and computes nothing. Both go through the whole of Django and its middleware in
this process, without the page store and in turns; what counts is this process' processor time. A
view that sends ready SQL through a raw cursor and makes no objects is measured beside them, without
a promise.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run
from bench.pages import bench_environment, make_content
from bench.report import Result, section, write

MOST = 2.0  # times a plain view
RUNS, PAGES = 7, 20
FEW, MANY = 26, 20_000  # made-up items beside the starter content
MOST_QUERIES, MOST_ON_RICH_PAGES = 8, 13
LISTS_WITH_FILTERS = ("workshops", "materials", "stories", "publications", "good practices")
RICH_PAGES = {"Start page", "Municipality", *(f"List of {rows}" for rows in LISTS_WITH_FILTERS)}

Work = Callable[[], Any]


def main() -> int:
    """Measure, print, and write where asked to; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--items", type=int, default=MANY, help="made-up items; 0: no such part")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        environment = bench_environment(Path(name))
        os.environ.update(environment)
        make_content()
        run.collect_static_files(environment)
        portal = Portal()
        results = _beside_plain_views(portal)
        if options.items:
            results += _among_many(portal, options.items)
    command = "bench/uncached.py --write"
    lines = section("Pages that are not stored", command, ["django", "psycopg"], results)
    print("\n".join(lines))
    if options.write:
        write(lines)
    return 0 if all(result.is_kept for result in results) else 1


class Portal:
    """All of Django in this process, without the page cache."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import RequestFactory

        settings.ALLOWED_HOSTS = ["testserver"]
        self._handler = WSGIHandler()
        self._requests = RequestFactory()

    def answer(self, address: str) -> bytes:
        """The body of a page; raises SystemExit for any status but 200."""
        statuses: list[str] = []

        def start_response(status: str, *_: Any) -> Callable[[bytes], None]:
            statuses.append(status)
            return lambda _: None

        response = self._handler(self._requests.get(address).environ, start_response)
        body = b"".join(response)
        response.close()
        if statuses != ["200 OK"]:
            raise SystemExit(f"{address} answered {statuses}.")
        return body

    def queries(self, address: str) -> list[str]:
        """The SQL that a page sends, with its values put in."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self.answer(address)
        return [query["sql"] for query in captured.captured_queries]


# Beside a plain view


def _beside_plain_views(portal: Portal) -> list[Result]:
    from municipalities.models import Municipality
    from projects.models import Workshop
    from publications.models import Material

    def first(model: Any) -> Any:
        return model.objects.published().earliest("pk")

    items = {
        "A municipality": Municipality.objects.get(name_sv="Esbo"),
        "A workshop": first(Workshop),
        "A material": first(Material),
    }
    paths = {"The start page": "/sv/"} | {name: one.path("sv") for name, one in items.items()}
    return [_beside_a_plain_view(portal, name, path) for name, path in paths.items()]


def _beside_a_plain_view(portal: Portal, name: str, path: str) -> Result:
    portal.answer(path)
    statements = portal.queries(path)
    with _recorded() as steps:
        body = portal.answer(path)
    lines = body.decode().split("\n")
    with _at_addresses(
        {
            "plain-view/": _view([step.again for step in steps], lines),
            "raw-view/": _view([_sending(statement) for statement in statements], lines),
        }
    ):
        for other in ("/plain-view/", "/raw-view/"):
            if len(portal.queries(other)) != len(statements):
                raise SystemExit(f"{other} asks other queries than {path}.")
        addresses = (path, "/plain-view/", "/raw-view/")
        spent = [
            [_processor_of(partial(portal.answer, address)) for address in addresses]
            for _number in range(RUNS)
        ]
    to_plain = [ours / plain for ours, plain, _raw in spent]
    to_raw = [ours / raw for ours, _plain, raw in spent]
    ours, plain, raw = (statistics.median(found) * 1000 for found in zip(*spent, strict=True))
    ratio = statistics.median(to_plain)
    return Result(
        f"{name}, not stored: at most {MOST:g} × the processor time of a plain view that evaluates "
        "the same querysets and puts the same text out from one flat template",
        f"{ratio:.2f} × ({min(to_plain):.2f} to {max(to_plain):.2f}), {ours:.1f} and {plain:.1f} "
        f"ms for {len(body)} bytes and {len(statements)} queries; without a promise: "
        f"{statistics.median(to_raw):.1f} × a view that sends ready SQL through a raw cursor and "
        f"makes no objects ({raw:.1f} ms)",
        ratio <= MOST,
    )


def _view(steps: list[Work], lines: list[str]) -> Callable[..., Any]:
    """A view that takes some steps and puts lines out."""
    from django.http import HttpResponse
    from django.template import engines

    flat = engines["django"].from_string("{% for line in lines %}{{ line|safe }}\n{% endfor %}")

    def view(request: Any) -> HttpResponse:
        for step in steps:
            step()
        return HttpResponse(flat.render({"lines": lines}, request))

    return view


def _sending(statement: str) -> Work:
    from django.db import connection

    # Values are put in already; what is run must not be read for places again.
    ready = statement.replace("%", "%%")

    def send() -> None:
        with connection.cursor() as cursor:
            cursor.execute(ready, [])
            cursor.fetchall()

    return send


@dataclass
class Step:
    """Something that was asked through Django's models, to be asked again."""

    again: Work


@dataclass
class Recorder:
    """The steps of a page, those within another left out: that one takes them again."""

    steps: list[Step] = field(default_factory=list)
    depth: int = 0

    @contextmanager
    def within(self, again: Callable[[], Work]) -> Iterator[None]:
        if not self.depth:
            self.steps.append(Step(again()))
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


@contextmanager
def _recorded() -> Iterator[list[Step]]:
    """Record what is asked inside the block."""
    from django.db.models import QuerySet
    from django.db.models.sql import Query

    recorder = Recorder()
    fetch, aggregate, look = QuerySet._fetch_all, Query.get_aggregation, Query.has_results

    def fetch_all(rows: Any) -> None:
        if rows._result_cache is not None:
            return fetch(rows)
        asked = rows._chain()

        def again() -> None:
            list(asked._chain())

        with recorder.within(lambda: again):
            return fetch(rows)

    def aggregated(query: Any, using: str, aggregates: dict[str, Any]) -> Any:
        asked = query.clone()
        with recorder.within(lambda: lambda: asked.clone().get_aggregation(using, aggregates)):
            return aggregate(query, using, aggregates)

    def has_results(query: Any, using: str) -> bool:
        asked = query.clone()
        with recorder.within(lambda: lambda: asked.clone().has_results(using)):
            return look(query, using)

    with (
        patch.object(QuerySet, "_fetch_all", fetch_all),
        patch.object(Query, "get_aggregation", aggregated),
        patch.object(Query, "has_results", has_results),
    ):
        yield recorder.steps


@contextmanager
def _at_addresses(views: dict[str, Callable[..., Any]]) -> Iterator[None]:
    """Mount views under paths, inside the block."""
    from django.urls import clear_url_caches, path

    from portal import urls

    kept = list(urls.urlpatterns)
    urls.urlpatterns[:0] = [path(address, view) for address, view in views.items()]
    clear_url_caches()
    try:
        yield
    finally:
        urls.urlpatterns[:] = kept
        clear_url_caches()


def _processor_of(work: Work) -> float:
    """Seconds of this process' processor time that some work takes, the mean of several times."""
    began = time.process_time()
    for _number in range(PAGES):
        work()
    return (time.process_time() - began) / PAGES


# Among many items


@dataclass(frozen=True)
class Cost:
    """What a page takes: queries, and milliseconds of the processor and of the reader's time."""

    queries: int
    processor: float
    wall: float


def _among_many(portal: Portal, many: int) -> list[Result]:
    from bench.synthetic import make_synthetic_content, remove_synthetic_content

    found = []
    for count in (FEW, many):
        make_synthetic_content(count)
        _tidy()
        found.append({name: _cost(portal, path) for name, path in _paths().items()})
        remove_synthetic_content()
    return [
        _beside(name, many, few, found[1][name], most)
        for name, few in found[0].items()
        for most in [MOST_ON_RICH_PAGES if name in RICH_PAGES else MOST_QUERIES]
    ]


def _beside(name: str, many: int, few: Cost, lots: Cost, most: int) -> Result:
    return Result(
        f"{name}: as many queries among {many} made-up items as among {FEW}, {most} at most",
        f"{few.queries} and {lots.queries}; {few.processor:.0f} and {lots.processor:.0f} ms of the "
        f"portal's processor time; answered after {few.wall:.0f} and {lots.wall:.0f} ms",
        few.queries == lots.queries <= most,
    )


def _cost(portal: Portal, path: str) -> Cost:
    """The best of five: what else runs on the machine only ever adds."""
    portal.answer(path)
    queries = len(portal.queries(path))
    processor, wall = [], []
    for _number in range(5):
        began, spent = time.perf_counter(), time.process_time()
        portal.answer(path)
        processor.append(time.process_time() - spent)
        wall.append(time.perf_counter() - began)
    return Cost(queries, min(processor) * 1000, min(wall) * 1000)


def _tidy() -> None:
    """What PostgreSQL does by itself some time after many rows have been written."""
    from django.db import connection

    from foundation.search.indexing import bring_up_to_date

    bring_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _paths() -> dict[str, str]:
    """The pages that are asked for: lists, and of items those to which most belongs."""
    from django.db.models import Count
    from django.urls import reverse
    from django.utils import translation

    from municipalities.models import Municipality
    from projects.models import Theme, Workshop
    from publications.models import Material, Practice, Publication, Story

    def busiest(rows: Any) -> Any:
        return rows.annotate(number=Count("workshops")).order_by("-number", "pk")[0]

    def newest(model: Any) -> Any:
        return model.objects.published().latest("pk")

    with translation.override("sv"):
        municipality = busiest(Municipality.objects.all())
        theme = busiest(Theme.objects.published())
        return {
            "Start page": reverse("portal:home"),
            "Municipality": municipality.path(),
            "Municipality, news": municipality.path(route="publications:municipality_news"),
            "Theme": theme.path(),
            "Theme, news": theme.path(route="publications:theme_news"),
            "Workshop": newest(Workshop).path(),
            "Material": newest(Material).path(),
            "Story": newest(Story).path(),
            "Publication": newest(Publication).path(),
            "Good practice": newest(Practice).path(),
            "List of municipalities": reverse("municipalities:municipality_list"),
            "List of themes": reverse("projects:theme_list"),
            "List of workshops": reverse("projects:workshop_list"),
            "List of materials": reverse("publications:material_list"),
            "List of stories": reverse("publications:story_list"),
            "List of publications": reverse("publications:publication_list"),
            "List of good practices": reverse("publications:practice_list"),
            "List of what is new": reverse("publications:news"),
            "Search": f"{reverse('portal:search')}?q=kommun",
        }


if __name__ == "__main__":
    sys.exit(main())
