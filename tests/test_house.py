"""The rules of the house: the staircase, the names of files, and how templates are written."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.template import engines
from django.template.base import FilterExpression, Node, Token, Variable
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode
from django.urls import get_resolver
from modeltranslation.translator import translator

from foundation.translations.catalogues import CHECKOUT

# The floors, from the ground up: each knows only what stands before it. The folders of one room
# stand in one line and may know each other; `models`, `management`, `migrations` and `templatetags`
# belong to the folder they lie in.
HOUSE = (
    ("foundation",),  # holds nothing itself
    ("foundation.content",),
    ("foundation.editing.content_checks",),
    ("foundation.editing",),
    ("foundation.search",),
    ("foundation.history",),  # shows edits as the forms name and compare them
    ("foundation.accounts", "foundation.accounts.pages"),
    ("foundation.server.postgres",),
    ("foundation.server.page_cache",),
    ("foundation.server",),
    ("foundation.backup",),  # of whatever there is: it asks the models
    (
        "foundation.translations",
        "foundation.translations.locale_formats",
        "foundation.translations.locale_formats.fi",
        "foundation.translations.locale_formats.sv",
    ),
    ("municipalities",),
    ("projects",),
    ("publications", "publications.kits", "publications.text_extraction"),
    ("network",),
    ("portal",),  # the frame and the site's own pages
    ("portal.pages",),
    ("portal.open_data",),
    ("portal.static_export",),
    ("portal.demo", "portal.demo.make_files"),
    # The entrances: settings, addresses and commands, which lead into every room of the roof.
    ("portal.settings", "portal.site_urls", "portal.urls", "portal.wsgi", "portal.management"),
)
FLOORS = {room: floor for floor, rooms in enumerate(HOUSE) for room in rooms}
BELONG_TO_THEIR_FOLDER = {"models", "management", "commands", "migrations", "templatetags"}
ROOMS = ("foundation", "municipalities", "projects", "publications", "network", "portal")
MADE_HERE = {"__pycache__", "staticfiles", "node_modules"}
PYTHON = sorted(path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py"))
TEMPLATES = sorted(
    path
    for folder in ("templates", *ROOMS)
    for path in (CHECKOUT / folder).rglob("*.html")
    if "templates" in path.parts
)


def place(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def our_files() -> Iterator[Path]:
    """Every file of the checkout that a person wrote."""
    for top in CHECKOUT.iterdir():
        if top.is_file():
            yield top
        elif not top.name.startswith(".") or top.name == ".ci":
            for path in top.rglob("*"):
                if path.is_file() and not MADE_HERE & set(path.parts):
                    yield path


# The staircase

APPS = {name.rpartition(".")[2]: name for name in settings.INSTALLED_APPS if name in FLOORS}
# Who names the routes of a namespace. Some are bound further up, by a page that shows more rooms.
NAMESPACES = {
    "content": "foundation.content",
    "editing": "foundation.editing",
    "municipalities": "municipalities",
    "projects": "projects",
    "publications": "publications",
    "kits": "publications",
    "previews": "publications",
    "for_members": "publications",
    "members": "network",
    "portal": "portal",
}
# Folders of templates and static files that libraries name, or that have no room of their name.
FOLDERS = {
    **dict.fromkeys(("account", "mfa", "usersessions"), "foundation.accounts"),
    **{label: room for label, room in APPS.items() if room.startswith("foundation.")},
}
# What everybody extends, and what Django looks for in its own folder: of the roof.
FRAME = re.compile(r"(base|alone|error)\.html|admin/.+")
# As manage.py does: what is served has to be named before there are settings that name it.
STARTS = {
    "foundation.server.serving names portal.settings",
    "foundation.server.serving names portal.wsgi:application",
}
MODULE = re.compile(r"[a-z_]+(\.[a-z_]+)+(:[a-z_]+|\.[A-Za-z_]+)?")
MODEL = re.compile(r"([a-z_]+)\.(\w+)")
ROUTE = re.compile(r"([a-z_]+):[a-z_]+")
PLACE = re.compile(r"([\w/-]+)/[\w.{}-]*(\.(html|txt|css|js|svg|png|ico|woff2)|-)")
# Calls whose words are names of fields and relations.
LOOKUPS = re.compile(
    "filter|exclude|get|get_or_create|update_or_create|create|annotate|aggregate|alias|values"
    "|values_list|order_by|only|defer|select_related|prefetch_related|get_field|getattr|attrgetter"
    "|Prefetch|OuterRef|F|Q|Count|Sum|Min|Max|Avg"
)


def room_of(module: str) -> str | None:
    """The room a dotted module name lies in; None outside the house."""
    names = module.split(".")
    dotted = (".".join(names[:length]) for length in range(len(names), 0, -1))
    return next((name for name in dotted if name in FLOORS), None)


def room_of_file(name: str) -> str | None:
    """The room of a template or static file by its name; None for a library's and for the frame."""
    if FRAME.fullmatch(name):
        return None
    folder, _, _rest = name.partition("/")
    return room_of(name.rpartition("/")[0].replace("/", ".")) or FOLDERS.get(folder)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")


def is_above(there: str | None, here: str) -> bool:
    """True for a room that stands on a higher floor."""
    return there is not None and FLOORS[there] > FLOORS[here]


@cache
def relations() -> dict[str, set[tuple[str, str]]]:
    """By the name under which rows are reached: the room they are of, and the room reached from."""
    found: dict[str, set[tuple[str, str]]] = {}
    for model in apps.get_models(include_auto_created=True):
        for relation in model._meta.related_objects:
            to = APPS.get(model._meta.app_label)
            of = APPS.get(relation.related_model._meta.app_label)
            if to and of:
                for name in (relation.get_accessor_name(), relation.field.related_query_name()):
                    found.setdefault(str(name), set()).add((of, to))
    return found


def reaches_above(name: str, here: str) -> bool:
    """True for a name of rows that only rooms above have, such as a municipality's `workshops`."""
    # Users lie higher up in the foundation, but everybody has one at hand.
    at_hand = "foundation.accounts"
    rooms = [of for of, to in relations().get(name, ()) if to == at_hand or not is_above(to, here)]
    return bool(rooms) and all(is_above(of, here) for of in rooms)


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Every module that the code imports: in functions and for types as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room_named(text: str) -> str | None:
    """The room whose module, model, route or file a string names."""
    if (match := MODEL.fullmatch(text)) and match[2].lower() in apps.all_models[match[1]]:
        return APPS.get(match[1])
    if match := ROUTE.fullmatch(text):
        return NAMESPACES.get(match[1])
    if PLACE.fullmatch(text):
        return room_of_file(text)
    if MODULE.fullmatch(text):
        parts = text.partition(":")[0].split(".")
        places = (CHECKOUT.joinpath(*parts[:length]) for length in range(2, len(parts) + 1))
        if any(place.is_dir() or place.with_suffix(".py").is_file() for place in places):
            return room_of(".".join(parts))
    return None


def lookups(node: ast.AST) -> Iterator[str]:
    """Names of fields and relations that a piece of code reads or asks the database for."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.keyword) and node.arg:
        yield from node.arg.split("__") if "__" in node.arg else ()
    elif isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if LOOKUPS.fullmatch(called):
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield from argument.value.lstrip("-").split("__")


def steps_up(code: str, module: str, package: str) -> list[str]:
    """What the code knows of floors above: imports, and names of models, rows, routes and files."""
    here = room_of(module)
    assert here
    tree = ast.parse(code)
    wrong = [f"{module} imports {name}" for name in imports(tree, package) if _up(name, here)]
    for node in ast.walk(tree):
        named = node.value if isinstance(node, ast.Constant) else None
        if isinstance(named, str) and is_above(room_named(named), here):
            wrong.append(f"{module} names {named}")
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_model"):
            label = next((a.value for a in node.args[:1] if isinstance(a, ast.Constant)), "")
            if is_above(APPS.get(str(label)), here):
                wrong.append(f"{module} gets a model of {label!r}")
        wrong += [f"{module} reaches {name}" for name in lookups(node) if reaches_above(name, here)]
    return [step for step in wrong if step not in STARTS]


def _up(imported: str, here: str) -> bool:
    return is_above(room_of(imported), here)


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("projects.views", "from publications.models import Story"),
        ("projects.views", "import publications.models as p"),
        ("projects.views", "def f():\n    from publications import models"),
        ("projects.views", "if TYPE_CHECKING:\n    from publications.models import Story"),
        ("projects.views", "from portal.site import Site"),
        ("projects.views", "from portal import site"),
        ("projects.views", "import_module('publications.models')"),
        ("foundation.server.serving", "X = 'portal.errors.csrf_failure'"),
        ("foundation.content.models", "from municipalities.models import Region"),
        ("foundation.content.urls", "from foundation.editing.preview import drawn_page"),
        ("foundation.editing.content_checks.link_texts", "from foundation.editing import editing"),
        ("foundation.server.postgres.server", "from portal.settings import DEBUG"),
        ("foundation.backup.media", "from publications.models import MaterialFile"),
        ("publications.views", "from portal.views import home"),
        ("portal.views", "from portal.pages.themes import theme_detail"),
        ("portal.open_data.views", "from portal.urls import urlpatterns"),
        ("municipalities.views", "apps.get_model('projects.Workshop')"),
        ("municipalities.views", "apps.get_model('projects', 'Workshop')"),
        ("municipalities.models", "ForeignKey('projects.Workshop', CASCADE)"),
        ("municipalities.views", "municipality.workshops.published()"),
        ("municipalities.views", "Municipality._meta.get_field('participations').related_model"),
        ("municipalities.views", "Municipality.objects.filter(participations=None)"),
        ("municipalities.views", "Q(participations__start=day)"),
        ("municipalities.views", "rows.prefetch_related('workshops__theme')"),
        ("foundation.editing.rights", "user.memberships.all()"),
        ("projects.views", "address('publications:story_list')"),
        ("publications.models.material", "f'members:{name}' if x else 'members:home'"),
        ("foundation.accounts.adapters", "reverse('portal:home')"),
        ("projects.views", "render(request, 'portal/pages/theme_detail.html')"),
        ("projects.admin", "change_form_template = 'publications/admin/new_version.html'"),
        ("projects.views", "static('portal/social.png')"),
        ("foundation.server.style_sheet", "SITE = 'portal/site.css'"),
        ("foundation.content.pages", "render(request, 'foundation/editing/preview.html')"),
    ],
)
def test_step_up_is_found(module: str, code: str) -> None:
    assert steps_up(code, module, module.rpartition(".")[0])


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("publications.views", "from projects.models import Theme"),
        ("publications.views", "from foundation.content import languages"),
        ("publications.views", "from . import models"),
        ("publications.views", "from publications.kits.contents import offers"),
        ("publications.kits.contents", "from publications.models import Material"),
        ("portal.views", "from publications.models import Story"),
        ("portal.site", "from foundation.content.addresses import address"),
        ("portal.pages.themes", "from portal.site import Site"),
        ("foundation.content.models", "from .texts import Text"),
        ("foundation.history.display", "from foundation.editing.word_diff import word_diff"),
        ("projects.models.theme", "route = 'projects:theme_detail'"),
        ("municipalities.models", "route = 'municipalities:municipality_detail'"),
        ("projects.views", "series.workshops.published()"),
        ("publications.views", "theme.stories.published()"),
        ("projects.views", "section = 'materials'"),
        ("projects.views", "render(request, 'projects/theme_list.html')"),
        ("foundation.history.views", "render(request, 'admin/base_site.html')"),
        ("foundation.content.archive", "KEY = 'portal.archive'"),
    ],
)
def test_step_down_is_allowed(module: str, code: str) -> None:
    assert not steps_up(code, module, module.rpartition(".")[0])


def test_every_folder_with_python_has_its_floor() -> None:
    folders = set()
    for path in PYTHON:
        parts = list(path.parent.relative_to(CHECKOUT).parts)
        while parts[-1] in BELONG_TO_THEIR_FOLDER and ".".join(parts) not in FLOORS:
            parts.pop()
        folders.add(".".join(parts))
    modules = {module_of(path) for path in PYTHON}
    assert folders - FLOORS.keys() == set()
    assert FLOORS.keys() - folders - modules == set()  # nothing that is gone


def test_every_namespace_has_its_room() -> None:
    assert set(get_resolver().namespace_dict) - {"admin"} == set(NAMESPACES)


def steps_of(room: str) -> list[str]:
    wrong = []
    for path in PYTHON:
        module = module_of(path)
        if room_of(module) == room and "migrations" not in path.parts:
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            wrong += steps_up(path.read_text("utf-8"), module, package)
    return wrong


@pytest.mark.parametrize("room", FLOORS)
def test_code_goes_down_the_staircase_only(room: str) -> None:
    assert not steps_of(room)


LIBRARIES = engines["django"].engine.libraries


def room_of_template(path: Path) -> str:
    """The room of a template; those at the top are the frame, and of the roof."""
    name = place(path).partition("templates/")[2]
    room = room_of_file(name)
    assert room or FRAME.fullmatch(name) or "/" not in name, f"{name} lies in no room"
    return room or "portal"


def template_steps_up(source: str, here: str) -> list[str]:
    """What a template knows of floors above: tags, templates, static files, routes and rows."""
    wrong = []
    for tag in re.findall(r"{%\s*load ([^%]*)%}", source):
        for library in tag.split(" from ")[-1].split():
            if is_above(room_of(LIBRARIES.get(library, "")), here):
                wrong.append(f"load {library}")
    for text in re.findall(r'"([^"{}%\s]+)"', source):
        if is_above(room_named(text), here):
            wrong.append(text)
    template = engines["django"].from_string(source).template
    names = {part for name in variables(list(template.nodelist)) for part in name.split(".")[1:]}
    return wrong + sorted(name for name in names if reaches_above(name, here))


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("projects", "{% load kits %}"),
        ("projects", "{% load i18n drawings %}"),
        ("foundation.content", "{% load motifs %}"),
        ("projects", "{% load mark from drawings %}"),
        ("projects", '{% include "publications/_kit.html" %}'),
        ("projects", '{% include "portal/_follow.html" with news="projects:theme_list" %}'),
        ("publications", '{% include "network/draft.html" %}'),
        ("portal", '{% include "portal/pages/_participation.html" %}'),
        ("projects", '{% url "portal:feedback" %}'),
        ("foundation.accounts", '{% url "projects:contact_list" as contacts %}'),
        ("municipalities", '{% load content %}{% address x "projects:theme_calendar" %}'),
        ("publications", '{% load static %}{% static "portal/poster.svg" %}'),
        ("publications", '{% load static %}{% static "portal/poster-"|add:x %}'),
        ("municipalities", "{% for x in municipality.workshops.all %}{% endfor %}"),
        ("projects", "{{ theme.materials.count }}"),
    ],
)
def test_step_up_of_a_template_is_found(room: str, source: str) -> None:
    assert template_steps_up(source, room)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("publications", "{% load i18n content motifs kits %}"),
        ("publications", '{% include "projects/_card.html" %}'),
        ("projects", '{% extends "base.html" %}'),
        ("foundation.history", '{% extends "admin/base_site.html" %}'),
        ("projects", '{% url "municipalities:municipality_list" %}{{ site.feedback_url }}'),
        ("projects", "{{ series.workshops.count }}"),
    ],
)
def test_step_down_of_a_template_is_allowed(room: str, source: str) -> None:
    assert not template_steps_up(source, room)


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_goes_down_the_staircase_only(path: Path) -> None:
    assert not template_steps_up(path.read_text("utf-8"), room_of_template(path))


def test_migrations_go_down_the_staircase_too() -> None:
    wrong = [
        f"{app}.{name} depends on {needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for needed, _name in migration.dependencies
        if app in APPS
        and needed in APPS
        and is_above(APPS[needed], APPS[app])
        # The foundation's own tables refer to each other: each keeps a history, and has an author.
        and not (APPS[needed].startswith("foundation.") and APPS[app].startswith("foundation."))
    ]
    assert not wrong


# Files

CUPBOARDS = re.compile(
    r"_?(utils?|helpers?|common|core|base|misc|mixins|services?|managers|constants)"
)
ALLOWED_CUPBOARDS = {"foundation/server/postgres/base.py", "templates/base.html"}


def test_no_file_or_folder_is_a_cupboard() -> None:
    found = set()
    for path in our_files():
        if path.suffix in (".py", ".html") and place(path) not in ALLOWED_CUPBOARDS:
            names = [*path.relative_to(CHECKOUT).parts[:-1], path.stem]
            if any(CUPBOARDS.fullmatch(name) for name in names):
                found.add(place(path))
    assert not found


def test_nothing_tells_of_the_machine_it_was_written_on() -> None:
    homes = [re.escape(f"/{folder}/") + r"\w" for folder in ("home", "Users", "root")]
    checkout = [re.escape(str(CHECKOUT)) + r"\b"] if len(CHECKOUT.parts) > 2 else []
    pattern = re.compile("|".join([*homes, *checkout]))
    found = []
    for path in our_files():
        if path.suffix in (".mo", ".png", ".woff2", ".ico"):
            continue
        text = path.read_bytes().decode("latin-1")
        found += [f"{place(path)}: {match[0]}" for match in pattern.finditer(text)]
    assert not found


# Templates

TRANSLATED = {
    name
    for model in translator.get_registered_models(abstract=False)
    for field in translator.get_options_for_model(model).all_fields
    for name in (field, f"{field}_sv", f"{field}_fi")
}
# Things that are no models, or whose name has no language.
UNTRANSLATED = {
    "page.title",  # of a Page: already in the reader's language, or with page.title_lang
    "page.switch.name",  # the other language, in that language
    "page.switch.note",  # in the reader's language
    "site.name",
    "contact.name",  # a person
    "filter.name",  # a query key
    "field.name",  # of a form
    "form.website.value",  # the feedback form's trap
    "form.website.id_for_label",
    "form.website.html_name",
}


def variables(thing: object) -> Iterator[str]:
    """Every dotted name that a compiled template reads, filters' arguments included."""
    if isinstance(thing, Variable):
        if thing.lookups:
            yield ".".join(thing.lookups)
    elif isinstance(thing, FilterExpression):
        yield from variables(thing.var)
        for _filter, arguments in thing.filters:
            yield from (name for is_name, arg in arguments if is_name for name in variables(arg))
    elif isinstance(thing, Token):
        yield thing.contents.strip()
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            yield from variables(part)
    elif isinstance(thing, dict):
        yield from variables(list(thing.values()))
    elif isinstance(thing, (Node, TokenBase)):
        unread = {"token", "origin", "parent_context"}
        yield from variables([value for key, value in vars(thing).items() if key not in unread])


def bare_texts(source: str) -> set[str]:
    """Names of translated fields that a template reads past the filters."""
    template = engines["django"].from_string(source).template
    return {
        name
        for name in variables(list(template.nodelist))
        if set(name.split(".")[1:]) & TRANSLATED and name not in UNTRANSLATED
    }


@pytest.mark.parametrize(
    "source",
    [
        "{{ x.title }}",
        "{{ x.title_sv }}",
        "{{ x.theme.title|upper }}",
        "{% if x.lead %}a{% endif %}",
        "{% if a and not x.lead_fi == b %}a{% endif %}",
        "{% for y in z %}{{ y.body }}{% empty %}{{ y.name }}{% endfor %}",
        "{% with t=x.title %}{% endwith %}",
        '{% include "error.html" with t=x.title %}',
        "{{ a|default:x.title }}",
        "{% firstof x.title y %}",
        "{% load i18n %}{% blocktranslate trimmed with t=x.title %}a{% endblocktranslate %}",
        "{% load i18n %}{% blocktranslate trimmed count n=x.title %}a{% plural %}b"
        "{% endblocktranslate %}",
        "{% load content %}{% link x.title %}",
        '{% url "portal:home" a=x.slug %}',
        "{% block a %}{{ x.title }}{% endblock %}",
    ],
)
def test_text_read_past_the_filters_is_found(source: str) -> None:
    assert bare_texts(source)


@pytest.mark.parametrize(
    "source", ['{% load content %}{{ x|text:"title" }}', "{{ page.title }}", "{{ title }}"]
)
def test_text_read_through_the_filters_is_fine(source: str) -> None:
    assert not bare_texts(source)


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_reads_translated_texts_through_the_filters_only(path: Path) -> None:
    assert not bare_texts(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_trims_every_block_it_translates(path: Path) -> None:
    template = engines["django"].from_string(path.read_text("utf-8")).template
    assert all(node.trimmed for node in template.nodelist.get_nodes_by_type(BlockTranslateNode))


DATA = {"application/ld+json"}  # a browser runs nothing of it


class Markup(HTMLParser):
    """What stands in a template outside its tags: words, and attributes that run something."""

    READ_ALOUD = ("alt", "title", "aria-label", "placeholder")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []
        self._within_script = False
        translated = r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}"
        comment = r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}"
        class_names = r"{%\s*block body_class\s*%}.*?{%\s*endblock\s*%}"
        source = re.sub(f"{translated}|{comment}|{class_names}", "", source, flags=re.DOTALL)
        self.feed(re.sub(r"{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" else []
        self._within_script = tag == "script"
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA:
            self.inline.append(tag)
        if str(attributes.get("href", "")).lower().startswith("javascript:"):
            self.inline.append("javascript:")
        self._note(*(attributes.get(name) or "" for name in self.READ_ALOUD))

    def handle_endtag(self, tag: str) -> None:
        self._within_script = False

    def handle_data(self, data: str) -> None:
        if not self._within_script:
            self._note(data)

    def _note(self, *texts: str) -> None:
        for text in texts:
            self.words += re.findall(r"[^\W\d_]{2,}", text)


# The languages' own names, and names of numbers, which are the same whoever reads them.
SAME_FOR_ALL = {"suomi", "svenska", "ISBN", "DOI"}
# Made of both languages, because it must work when nothing else does.
WITHOUT_CATALOGUES = {
    "templates/400_host.html",
    "templates/500.html",
    "templates/portal/static_export/missing.html",
}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<img alt="Picture">',
        "{% if x %}Hello{% endif %}",
        '<a aria-label="{{ x }} more">x</a>',
    ],
)
def test_word_outside_translate_is_found(source: str) -> None:
    assert Markup(source).words


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead">{% translate "Hello" %}</p>',
        "{% blocktranslate trimmed %}Hello <b>you</b>{% endblocktranslate %}",
        "{# Hello #}<p>1 · – {{ x }}</p>",
    ],
)
def test_word_inside_translate_is_fine(source: str) -> None:
    assert not Markup(source).words


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_says_nothing_outside_the_catalogues(path: Path) -> None:
    if place(path) not in WITHOUT_CATALOGUES:
        assert not set(Markup(path.read_text("utf-8")).words) - SAME_FOR_ALL


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color:red">',
        '<p onclick="x()">',
        "<style>p{}</style>",
        "<script>x()</script>",
        '<a href="javascript:x()">',
    ],
)
def test_inline_style_or_script_is_found(source: str) -> None:
    assert Markup(source).inline


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    assert not Markup(path.read_text("utf-8")).inline
