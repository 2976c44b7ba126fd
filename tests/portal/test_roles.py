"""Who gets in where: every role at every address of the admin, by every method that has a meaning.

The table says what each role may do with the items of a model:

    v  see the list, an item's form and its history
    a  add one
    c  change one
    d  delete one

In capitals, only what belongs to the municipality that the user is a member for. Superusers may do
all that the administrators may, and what stands under `superuser`. Whoever is not named may do
nothing. An address of the admin that neither table knows fails the test.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.models import User
from foundation.content.models import LanguageState
from foundation.history.recording import recorded_kinds
from portal import errors
from publications.models import Material, Story
from publications.text_extraction.page_picture_names import WIDTHS
from tests.staff_site import OTHERS, STAFF, Site

COLUMNS = ("editor", "publisher", "administrator", "translator-sv", "translator-fi")
TABLE = """
                              editor publisher administrator translator-sv translator-fi municipal
content.image                 vac    vacd      vacd          vc            vc            -
content.slughistory           v      v         v             -             -             -
content.term                  vac    vacd      vacd          vc            vc            -
search.searchedday            v      v         v             -             -             -
accounts.user                 -      -         vacd          -             -             -
auth.group                    -      -         vacd          -             -             -
municipalities.region         v      vc        vacd          -             -             -
municipalities.municipality   v      vc        vacd          -             -             V
municipalities.regionalactor  v      vc        vacd          -             -             V
accounts.auditentry           -      -         -             -             -             -
network.membership            -      vac       vacd          -             -             -
projects.contact              vac    vacd      vacd          vc            vc            VC
projects.organisation         vac    vacd      vacd          vc            vc            -
projects.participation        v      vacd      vacd          -             -             -
projects.programme            vac    vacd      vacd          vc            vc            -
projects.project              vac    vacd      vacd          vc            vc            -
projects.theme                vac    vacd      vacd          vc            vc            -
projects.workshop             vac    vacd      vacd          vc            vc            VAC
projects.workshopseries       vac    vacd      vacd          vc            vc            -
publications.adoptionrequest  -      vcd       vcd           -             -             -
publications.material         vac    vacd      vacd          vc            vc            VAC
publications.practice         vac    vacd      vacd          vc            vc            VAC
publications.publication      vac    vacd      vacd          vc            vc            -
publications.story            vac    vacd      vacd          vc            vc            -
network.submission            vc     vcd       vcd           -             -             -
publications.taskarea         vac    vacd      vacd          vc            vc            -
portal.brokenlink             v      v         v             -             -             -
portal.feedback               -      vcd       vcd           -             -             -
portal.redirect               -      vacd      vacd          -             -             -
portal.statement              v      v         vacd          vc            vc            -
"""
# What nobody does by hand, not even a superuser: the database and readers write it.
NEVER = {
    "content.slughistory": "acd",
    "search.searchedday": "acd",
    "portal.brokenlink": "acd",
    "portal.feedback": "a",
    "publications.adoptionrequest": "a",
    "network.submission": "a",
    "accounts.auditentry": "acd",
}

METHODS = ("GET", "HEAD", "POST")
# For nobody: asked as who may do the most, and as who may do nothing.
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
ASK_BY_EVERY_METHOD = ("superuser", "anonymous")
EDITORS = ("editor", "publisher", "administrator", "superuser")
PUBLISHERS = ("publisher", "administrator", "superuser")
ADMINISTRATORS = ("administrator", "superuser")
TRANSLATORS = ("translator-sv", "translator-fi")
WRITERS = (*EDITORS, *TRANSLATORS)
OWN = "municipal-editor"
EVERYBODY = (*STAFF, "no-role")


@dataclass
class Place:
    """An address, by whom it may be read, and by whom a form may be sent to it."""

    address: str
    readers: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    knows_other_methods: bool = False

    def roles(self, method: str) -> tuple[str, ...] | None:
        """Whom the method is for; None where that is no matter of rights."""
        if method == "POST":
            return self.senders
        if self.knows_other_methods and method != "GET":
            return None
        return self.readers if method in ("GET", "HEAD") else ()


def read_table() -> dict[str, dict[str, str]]:
    """What the table says: of each model, the letters of each role."""
    heading, *lines = TABLE.strip().splitlines()
    roles = [*heading.split()[:-1], OWN]
    table = {}
    for line in lines:
        model, *letters = line.split()
        table[model] = dict(zip(roles, letters, strict=True))
        never = NEVER.get(model, "")
        table[model]["superuser"] = "".join(one for one in "vacd" if one not in never)
    return table


MAY = read_table()
RECORDED = {model._meta.label_lower for model in recorded_kinds().values()}


def roles_that(model: str, letter: str, whose: str = "public") -> tuple[str, ...]:
    """The roles that may do it with an item of the model."""
    is_own = whose.startswith("own")
    roles = [r for r, may in MAY[model].items() if letter in (may.lower() if is_own else may)]
    if model == "accounts.user" and whose == "superuser":
        roles = [role for role in roles if role == "superuser"]
    return tuple(roles)


def anywhere(model: str, letter: str) -> tuple[str, ...]:
    """The roles that may do it with items of theirs at least."""
    return roles_that(model, letter, "own")


def places_of_a_model(model: Any, view: str, site: Site) -> Iterator[Place] | None:
    """The places of one of Django's own addresses of a model; None for another address."""
    label = model._meta.label_lower
    name = f"admin:{label.replace('.', '_')}_{view}"
    if view in ("changelist", "add"):
        letter = "v" if view == "changelist" else "a"
        may = anywhere(label, letter)
        return iter([Place(reverse(name), may, may)])
    if view not in ("change", "delete", "history"):
        return None
    return (
        Place(
            reverse(name, args=[item.pk]),
            roles_that(label, "d" if view == "delete" else "v", whose),
            # The history is read; the way back from it has an address of its own.
            roles_that(label, {"change": "c", "delete": "d"}[view], whose)
            if view != "history"
            else (),
            {"post": "yes"},
        )
        for whose, item in site.items_of(model).items()
    )


def special_places(name: str, site: Site) -> list[Place] | None:
    """The places of an address of ours, or of the admin as a whole; None for an unknown one."""
    url = f"admin:{name}"
    kind = ContentType.objects.get_for_model(Material).pk
    for table in ("municipality", "workshop", "contact", "participation"):
        app = "municipalities" if table == "municipality" else "projects"
        if name == f"{app}_{table}_import":
            return [Place(reverse(url), ADMINISTRATORS, ADMINISTRATORS)]
        if name in (f"{app}_{table}_export_csv", f"{app}_{table}_export_xlsx"):
            return [Place(reverse(url), ADMINISTRATORS)]
    story = site.items[Story]["public"]
    history = ["publications", "story", story.pk]
    writers_of_stories = roles_that("publications.story", "c")
    # Deleted by hand are only things that can be had back; the bin shows each what is theirs.
    binned = sorted({r for label in MAY for r in anywhere(label, "d") if label in RECORDED})
    found = {
        "alive": lambda: [Place(reverse(url), EVERYBODY)],
        "open_form": lambda: [
            Place(reverse(url, args=[Material._meta.db_table, item.pk]), may, may)
            for whose, item in site.items[Material].items()
            for may in [roles_that("publications.material", "c", whose)]
        ],
        "pictures": lambda: [Place(reverse(url), WRITERS)],
        "item_history": lambda: [
            Place(reverse(url, args=history), roles_that("publications.story", "v"))
        ],
        "item_version": lambda: [
            Place(
                reverse(url, args=[*history, site.version]), roles_that("publications.story", "v")
            )
        ],
        "item_restore": lambda: [
            Place(reverse(url, args=[*history, site.version]), (), writers_of_stories)
        ],
        "history_change_changelist": lambda: [Place(reverse(url), tuple(binned))],
        "history_put_back": lambda: [
            Place(reverse(url, args=[site.deletion]), (), roles_that("content.term", "d"))
        ],
        "index": lambda: [Place(reverse(url), EVERYBODY, EVERYBODY)],
        "login": lambda: [
            Place(reverse(url), ("anonymous",), ("anonymous",), knows_other_methods=True)
        ],
        "logout": lambda: [Place(reverse(url), (), EVERYBODY)],
        "password_change": lambda: [Place(reverse(url), EVERYBODY, EVERYBODY)],
        "password_change_done": lambda: [Place(reverse(url), EVERYBODY)],
        "jsi18n": lambda: [Place(reverse(url), EVERYBODY)],
        "language": lambda: [
            Place(reverse(url), (), EVERYBODY, {"language": "fi", "next": "/fi/"})
        ],
        "app_list": lambda: [
            Place(
                reverse(url, args=[app]),
                tuple({role for label in labels for role in anywhere(label, "v")} | also),
                tuple({role for label in labels for role in anywhere(label, "v")} | also),
            )
            for app in ("content", "projects", "publications", "portal", "accounts", "auth")
            for labels in [[one for one in MAY if one.startswith(f"{app}.")]]
            for also in [set(WRITERS) if app == "content" else set()]
        ],
        "autocomplete": lambda: [
            Place(f"{reverse(url)}?app_label={app}&model_name={model}&field_name={name}", may)
            for app, model, name, label in AUTOCOMPLETED
            for may in [anywhere(label, "v")]
        ],
        "view_on_site": lambda: [
            Place(reverse(url, args=[kind, item.pk]), may, may)
            for whose, item in site.items[Material].items()
            for may in [roles_that("publications.material", "v", whose)]
        ],
        "preview": lambda: [
            Place(reverse(url, args=[preview.token]), (role,) if role in EVERYBODY else ())
            for role, preview in site.previews.items()
        ],
        "share_preview": lambda: [
            Place(reverse(url, args=[preview.token]), (), (role,) if role in EVERYBODY else ())
            for role, preview in site.previews.items()
        ],
        "drawn_page": lambda: [
            Place(reverse(url, args=[preview.token, "sv"]), (role,) if role in EVERYBODY else ())
            for role, preview in site.previews.items()
        ],
        "content_languagestate_changelist": lambda: [Place(reverse(url), WRITERS, WRITERS)],
        **{
            f"content_worklist{ending}": lambda: [
                Place(reverse(url, args=[code, *more]), may, may)
                for code in ("sv", "fi")
                for may in [(*EDITORS, f"translator-{code}")]
                for more in [[site.text.pk] if name.endswith("text") else []]
            ]
            for ending in ("", "_file", "_text")
        },
        "auth_user_password_change": lambda: [
            Place(reverse(url, args=[user.pk]), may, may)
            for whose, user in site.items[User].items()
            for may in [roles_that("accounts.user", "c", whose)]
        ],
        "publications_adoptionrequest_confirm": lambda: [
            Place(reverse(url, args=[item.pk]), (), PUBLISHERS)
            for item in site.items_of(REQUEST).values()
        ],
        "publications_materialfile_download": lambda: [
            Place(reverse(url, args=[file.pk]), may, may)
            for whose, file in site.files.items()
            for may in [roles_that("publications.material", "v", whose)]
        ],
        "publications_materialfile_picture": lambda: [
            Place(reverse(url, args=[file.pk, 1, WIDTHS[0]]), may, may)
            for whose, file in site.files.items()
            for may in [roles_that("publications.material", "v", whose)]
        ],
        "publications_material_intake": lambda: [
            Place(reverse(url), (*EDITORS, OWN), (*EDITORS, OWN))
        ],
        "publications_materialfile_new_version": lambda: [
            Place(reverse(url, args=[file.pk]), EDITORS, senders, data)
            for file in site.files.values()
            for senders, data in ((EDITORS, {}), (PUBLISHERS, {"publish": "1"}))
        ],
        "publications_material_counts": lambda: [Place(reverse(url), EDITORS, EDITORS)],
    }
    return found[name]() if name in found else None


REQUEST = next(m for m in admin.site._registry if m._meta.model_name == "adoptionrequest")
# A field with suggestions, and the model whose items it suggests.
AUTOCOMPLETED = (
    ("projects", "workshop", "municipalities", "municipalities.municipality"),
    ("projects", "contactassignment", "contact", "projects.contact"),
    ("publications", "material", "workshop", "projects.workshop"),
    ("publications", "material", "publication", "publications.publication"),
    ("publications", "figure", "image", "content.image"),
)


def patterns(found: Any, before: str = "") -> Iterator[tuple[str, str | None]]:
    """Every address of the admin, as (pattern, name)."""
    for pattern in found:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern.url_patterns, address)
        else:
            yield address, pattern.name


ADDRESSES = list(dict.fromkeys(patterns(admin.site.get_urls())))


def places(site: Site) -> Iterator[Place]:
    """Every place of the admin; fails for an address that no table knows."""
    by_name = {m._meta.label_lower.replace(".", "_"): m for m in admin.site._registry}
    for pattern, name in ADDRESSES:
        if name is None:
            # Old addresses of forms, and what is nothing: staff are led on, or told so.
            assert re.fullmatch(r"(\w+/\w+/<path:object_id>/)|\(\?P<url>\.\*\)\$", pattern), pattern
            continue
        label, _line, view = name.rpartition("_")
        model = by_name.get(label)
        found: Any = special_places(name, site)
        if found is None and model is not None and model is not LanguageState:
            assert model._meta.label_lower in MAY, f"say in the table who may use {model}"
            found = places_of_a_model(model, view, site)
        assert found is not None, f"say who may use {pattern} ({name})"
        yield from found


pytestmark = pytest.mark.xdist_group("roles")


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of refusals are no news."""
    caplog.set_level("CRITICAL", "django.request")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Site()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def every_place(site):
    return list(places(site))


def is_let_in(response: Any) -> bool:
    """False for who is refused, sent to log in, or told that there is no such thing."""
    if response.status_code in (403, 404, 405):
        return False
    where = response.get("Location", "") if response.status_code == 302 else ""
    return not where.startswith(reverse("admin:login")) and where != reverse("admin:index")


WRITING = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|usersessions_)', re.I
)


def asked(client: Client, method: str, place: Place) -> tuple[bool, list[str]]:
    """Whether the place let the client in, and what it wrote; everything is taken back."""
    connection.queries_log.clear()  # it holds nine thousand, and warns
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        if method == "POST":
            response = client.post(place.address, place.data)
        else:
            response = client.generic(method, place.address)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return is_let_in(response), [q["sql"] for q in queries if WRITING.match(q["sql"])]


# Whose pages are drawn too; those of the others differ in nothing but what they leave out.
DRAWN = ("editor", "translator-sv", OWN)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*STAFF, *OTHERS])
def test_role_gets_in_where_the_table_says_and_nowhere_else(site, every_place, role, monkeypatch):
    session = ""
    if role != "anonymous":
        client = Client()
        client.force_login(site.users[role])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
    monkeypatch.setattr(
        errors, "_answer", lambda _request, status, *_args: HttpResponse(status=status)
    )
    wrong = []
    for method in METHODS + (OTHER_METHODS if role in ASK_BY_EVERY_METHOD else ()):
        if method != "GET" or role not in DRAWN:
            monkeypatch.setattr(SimpleTemplateResponse, "render", not_drawn)
        for place in every_place:
            may = place.roles(method)
            if may is None:
                continue
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = session
            let_in, written = asked(client, method, place)
            if let_in != (role in may) or (written and role not in may):
                wrong.append((method, place.address, "let in" if let_in else "refused", written))
    assert not wrong, "\n".join(map(str, wrong))


def not_drawn(response):
    """Leave a page empty: who gets in is decided before it is drawn."""
    response.content = b""
    return response
