"""Counts what four flows pass: our files and functions, SQL statements, classes of an admin.

A page of a municipality that is not stored, the form of a workshop, its saving in two languages,
and the kit of a theme. Counted in this process by `sys.setprofile`, so that every run gives the
same figures.
"""

import argparse
import io
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run

MOST_FILES_OF_A_PAGE = 20
MOST_STATEMENTS_OF_A_SAVE = 50
MOST_CLASSES = 5  # of ours before ModelAdmin
NOT_OURS = ("bench", "tests", ".venv")


def main() -> int:
    """Count and print; with --check, 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a limit is passed")
    parser.add_argument("--files", action="store_true", help="name the files of each flow")
    parser.add_argument("--sql", action="store_true", help="print the statements of each flow")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = (
            run.clean_environment(os.environ)
            | run.demo_settings(0)
            | {
                "SECRET_KEY": "of-a-benchmark",
                "POSTGRES_DATA": str(Path(folder) / "postgres"),
                "MEDIA_ROOT": str(Path(folder) / "media"),
                "DATABASE_URL": "",
            }
        )
        os.environ.update(environment)
        run.step("", ["catalogues", "compile"], os.environ)
        run.collect_static_files(environment)
        flows = _of_the_demo_content()
    classes = own_classes()
    print("| flow | our files | changes of file | our functions | SQL | savepoints among it |")
    print("|---|---|---|---|---|---|")
    for flow in flows:
        print(
            f"| {flow.name} | {len(flow.files)} | {flow.changes} | {flow.functions} "
            f"| {len(flow.statements)} | {flow.savepoints} |"
        )
    print(f"\nClasses of the workshop's admin before ModelAdmin: {len(classes)}")
    print(f"({', '.join(classes)})")
    for flow in flows:
        if options.files:
            print(f"\n{flow.name}:", *(f"{times:5} {file}" for file, times in flow.files), sep="\n")
        if options.sql:
            print(f"\n{flow.name}:", *(text[:300] for text in flow.statements), sep="\n")
    broken = passed_limits(flows)
    print(*broken, sep="\n")
    return 1 if options.check and broken else 0


@dataclass(frozen=True)
class Flow:
    """One request: our files with how often each was entered, and the SQL that was sent."""

    name: str
    files: list[tuple[str, int]]
    changes: int  # how often a function of another file than the last one was entered
    functions: int
    statements: list[str]

    @property
    def savepoints(self) -> int:
        """How many statements set, release or roll back to a savepoint."""
        return sum("SAVEPOINT" in statement[:30] for statement in self.statements)


def flows(client: Any, municipality: Any, workshop: Any, theme: Any) -> list[Flow]:
    """The four flows, each counted the second time it is taken; the client is a superuser's."""
    from django.urls import reverse

    def get(address: str) -> Callable[[int], Any]:
        return lambda _number: lambda: client.get(address)

    form = reverse("admin:projects_workshop_change", args=[workshop.pk])
    kit = theme.path("sv", route="kits:theme_kit")
    return [
        _counted("Page of a municipality", get(municipality.path("sv")), 200),
        _counted("Form of a workshop", get(form), 200),
        save_of(client, workshop),
        _counted("Kit of a theme", get(kit), 200),
    ]


def save_of(client: Any, workshop: Any) -> Flow:
    """A workshop with other texts in both languages, sent as its form was opened."""
    from django.urls import reverse

    form = reverse("admin:projects_workshop_change", args=[workshop.pk])

    def save(number: int) -> Callable[[], Any]:
        values = _Values(client.get(form).content.decode()).values
        texts = {f"{name}_{code}": f"{number}" for name in ("title", "lead") for code in _CODES}
        texts |= {f"body_{code}": f"<p>{number}</p>" for code in _CODES}
        return lambda: client.post(form, values | texts)

    return _counted("Workshop saved in two languages", save, 302)


_CODES = ("sv", "fi")


def own_classes() -> list[str]:
    """The names of our classes that come before ModelAdmin in the workshop's admin."""
    from django.contrib import admin

    from projects.models import Workshop

    order = type(admin.site._registry[Workshop]).__mro__
    return [
        one.__name__
        for one in order[: order.index(admin.ModelAdmin)]
        if not one.__module__.startswith("django.")
    ]


def passed_limits(counted: list[Flow]) -> list[str]:
    """What is more than the issue of the house allows."""
    page, _form, save, _kit = counted
    limits = [
        ("files of a page", len(page.files), MOST_FILES_OF_A_PAGE),
        ("statements of a save", len(save.statements), MOST_STATEMENTS_OF_A_SAVE),
        ("classes before ModelAdmin", len(own_classes()), MOST_CLASSES),
    ]
    return [f"{what}: {number}, at most {most}" for what, number, most in limits if number > most]


def _counted(name: str, prepare: Callable[[int], Callable[[], Any]], status: int) -> Flow:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    prepare(1)()  # what is read once in a process
    act = prepare(2)
    entered: list[CodeType] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and _is_ours(frame.f_code.co_filename):
            entered.append(frame.f_code)

    with CaptureQueriesContext(connection) as captured:
        sys.setprofile(note)
        try:
            response = act()
            if response.streaming:
                for _part in response.streaming_content:
                    pass
        finally:
            sys.setprofile(None)
    if response.status_code != status:
        raise SystemExit(f"{name}: the answer was {response.status_code}.")
    files = [str(Path(code.co_filename).relative_to(ROOT)) for code in entered]
    times = {file: files.count(file) for file in files}
    return Flow(
        name,
        sorted(times.items(), key=lambda file: -file[1]),
        sum(former != file for former, file in itertools.pairwise(files)),
        len(set(entered)),
        [query["sql"] for query in captured.captured_queries],
    )


def _is_ours(file: str) -> bool:
    if not file.startswith(f"{ROOT}{os.sep}"):
        return False
    return not file[len(str(ROOT)) + 1 :].startswith(NOT_OURS)


class _Values(HTMLParser):
    """What a browser would send of a page's forms, files left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._text = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes)
        name, kind = given.get("name"), given.get("type")
        if tag == "select":
            self._select = name or ""
        elif tag == "textarea":
            self._text = name or ""
            self.values[self._text] = ""
        elif tag == "option" and "selected" in given and self._select:
            self.values.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "input" and name and kind not in ("submit", "file"):
            is_ticked = kind in ("checkbox", "radio")
            if not is_ticked or "checked" in given:
                self.values[name] = given.get("value", "on" if is_ticked else "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""


def _of_the_demo_content() -> list[Flow]:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    from foundation.accounts.models import User
    from foundation.accounts.sessions import NOTED_AT
    from municipalities.models import Municipality
    from projects.models import Theme, Workshop
    from publications.models import Material

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("load_demo_content", stdout=io.StringIO())
    client = Client()
    client.force_login(User.objects.create_superuser("redaktor@example.org", None))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = client.session["_auth_user_id"]
    session[NOTED_AT] = time.time()
    session.save()
    municipality = Municipality.objects.get(name_sv="Esbo")
    workshops = Workshop.objects.filter(contact_assignments__isnull=False)
    workshop = workshops.filter(materials__isnull=True).earliest("pk")
    published: Any = Material.objects
    theme = Theme.objects.filter(pk__in=published.published().values("theme")).earliest("pk")
    counted = flows(client, municipality, workshop, theme)
    connections.close_all()
    return counted


if __name__ == "__main__":
    sys.exit(main())
