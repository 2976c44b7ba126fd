"""What the editors' forms cost beside Django's plain admin of the same models.

The promises stand in bench/README.md. Milliseconds of processor time of one request, from the view
to the last byte of the page, without the middleware that both pass alike.
"""

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run
from bench import report
from bench.pages import bench_environment
from bench.report import Result

ITEMS = 5_000
RUNS = 31
DAY = "2018-10-11"
MOST_MILLISECONDS, MOST_RATIO = 60.0, 2.0
MODELS = ("projects.Workshop", "publications.Story", "publications.Material")


def main() -> int:
    """Measure, print, and write where asked to; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.update(bench_environment(Path(folder)))
        run.step("", ["catalogues", "compile"], os.environ)
        run.collect_static_files(os.environ)
        results = _measured()
    lines = report.section(
        "Editing", "bench/editing.py --write", ("django", "django-modeltranslation"), results
    )
    print("\n".join(lines))
    if options.write:
        report.write(lines)
    return 0 if all(result.is_kept for result in results) else 1


def _measured() -> list[Result]:
    import django

    django.setup()
    from django.apps import apps
    from django.contrib import admin
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    call_command("load_demo_content", verbosity=0)
    user = _filled()
    plain_site = admin.AdminSite("plain")
    results = []
    for label in MODELS:
        model = apps.get_model(label)
        rows = [_plain_inline(one) for one in admin.site._registry[model].inlines]
        plain_site.register(model, type("Plain", (admin.ModelAdmin,), {"inlines": rows}))
        plain = plain_site._registry[model]
        item = model._default_manager.order_by("pk").first()
        ours = _form(admin.site._registry[model], item, user)
        theirs = _form(plain, item, user)
        results.append(_compared(f"Form of a {model._meta.model_name}", ours, theirs))
    connections.close_all()
    return results


def _filled() -> Any:
    """The demo content and five thousand workshops, stories and materials; a superuser."""
    from foundation.accounts.models import User
    from projects.models import Theme, Workshop
    from publications.models import Material, Story

    themes = list(Theme.objects.values_list("pk", flat=True))

    def texts(number: int) -> dict[str, Any]:
        return {
            "decision": "draft",
            "title_sv": f"Exempel {number}",
            "title_fi": f"Esimerkki {number}",
            "slug_sv": f"exempel-nummer-{number}",
            "slug_fi": f"esimerkki-numero-{number}",
            "lead_sv": "En mening om vad det är.",
            "lead_fi": "Lause siitä, mistä on kyse.",
            "body_sv": "<p>Ord och åter ord.</p>" * 40,
            "body_fi": "<p>Sanoja ja taas sanoja.</p>" * 40,
        }

    numbers = range(ITEMS)
    Workshop.objects.bulk_create(
        [
            Workshop(level="national", day="2018-10-11", last_day="2018-10-11", **texts(number))
            for number in numbers
        ],
        500,
    )
    Story.objects.bulk_create([Story(year=2018, **texts(number)) for number in numbers], 500)
    Material.objects.bulk_create(
        [
            Material(type="slides", theme_id=themes[number % len(themes)], **texts(number))
            for number in numbers
        ],
        500,
    )
    return User.objects.create_superuser("redaktor@example.org", None)


def _plain_inline(ours: Any) -> Any:
    from django.contrib import admin

    # The same rows to fill in, as Django shows them by itself.
    return type(f"Plain{ours.__name__}", (admin.StackedInline,), {"model": ours.model, "extra": 0})


def _form(model_admin: Any, item: Any, user: Any) -> Callable[[], bytes]:
    """Asks for the form of an item once, and returns the page."""
    from django.contrib.messages.storage.cookie import CookieStorage
    from django.test import RequestFactory
    from django.utils import translation

    def ask() -> bytes:
        request = RequestFactory().get("/admin/", HTTP_HOST="127.0.0.1")
        request.user, request.session, request.csp_nonce = user, {}, "nonce"  # type: ignore
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        with translation.override("sv"):
            response = model_admin.changeform_view(request, str(item.pk))
            if response.status_code != 200:
                raise RuntimeError(f"The form answers {response.status_code}.")
            return bytes(response.render().content)

    return ask


def _compared(what: str, ours: Callable[[], bytes], theirs: Callable[[], bytes]) -> Result:
    """Both in turn, so that whatever else the machine does meets both."""
    taken: dict[str, list[float]] = {"ours": [], "theirs": []}
    for ask in (ours, theirs) * 3:
        ask()
    gc.collect()
    for _run in range(RUNS):
        for name, ask in (("ours", ours), ("theirs", theirs)):
            start = time.process_time()
            ask()
            taken[name].append((time.process_time() - start) * 1000)
    middle = {name: statistics.median(values) for name, values in taken.items()}
    ratio = statistics.median(
        one / other for one, other in zip(taken["ours"], taken["theirs"], strict=True)
    )
    return Result(
        f"{what} among {ITEMS} items: {MOST_MILLISECONDS:.0f} ms or less, and {MOST_RATIO:.0f} "
        "times Django's plain admin or less",
        f"{middle['ours']:.0f} ms (from {min(taken['ours']):.0f} to {max(taken['ours']):.0f}), "
        f"plain {middle['theirs']:.0f} ms; {ratio:.2f} times, median of {RUNS} pairs",
        middle["ours"] <= MOST_MILLISECONDS and ratio <= MOST_RATIO,
    )


if __name__ == "__main__":
    sys.exit(main())
