"""The rules of the house: the staircase, the names of files, and how templates are written."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from django.template import engines
from django.template.base import FilterExpression, Node, Token, Variable
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode
from modeltranslation.translator import translator

from foundation.translations.catalogues import CHECKOUT

FLOORS = {
    "portal": 5,
    "network": 4,
    "publications": 3,
    "projects": 2,
    "municipalities": 1,
    "foundation": 0,
}
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


def room_of(module: str) -> str | None:
    """The room a dotted module name lies in; None outside the house."""
    names = module.split(".")
    dotted = (".".join(names[:length]) for length in range(len(names), 0, -1))
    return next((name for name in dotted if name in FLOORS), None)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")


def imports(code: str, package: str) -> Iterator[str]:
    """Every module that the code imports, functions' inner imports included."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def steps_up(code: str, module: str, package: str) -> list[str]:
    """Imports that do not go down the staircase, or that leave a room on the ground for another."""
    here = room_of(module)
    assert here
    wrong = []
    for imported in imports(code, package):
        there = room_of(imported)
        if there is None or there == here:
            continue
        if FLOORS[there] >= FLOORS[here]:
            wrong.append(f"{module} imports {imported}")
    return wrong


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("projects.views", "from publications.models import Story"),
        ("projects.views", "import publications.models as p"),
        ("projects.views", "def f():\n    from publications import models"),
        ("projects.views", "from portal.site import Site"),
        ("projects.views", "from portal import site"),
        ("projects.views", "import_module('publications.models')"),
        ("foundation.content.models", "from municipalities.models import Region"),
        ("foundation.server.postgres.server", "from portal.settings import DEBUG"),
        ("publications.views", "from portal.views import home"),
    ],
)
def test_step_up_is_found(module: str, code: str) -> None:
    assert steps_up(code, module, module.rpartition(".")[0])


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("publications.views", "from projects.models import Theme"),
        ("publications.views", "from foundation.content import languages"),
        ("publications.views", "from portal import content"),
        ("publications.views", "from . import models"),
        ("portal.views", "from publications.models import Story"),
        ("portal.site", "from foundation.content.addresses import address"),
        ("foundation.content.models", "from .texts import Text"),
        ("foundation.history.display", "from foundation.editing.wording import word_diff"),
    ],
)
def test_step_down_is_allowed(module: str, code: str) -> None:
    assert not steps_up(code, module, module.rpartition(".")[0])


@pytest.mark.parametrize("room", FLOORS)
def test_imports_go_down_the_staircase_only(room: str) -> None:
    wrong = []
    for path in PYTHON:
        module = module_of(path)
        if room_of(module) == room:
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            wrong += steps_up(path.read_text("utf-8"), module, package)
    assert not wrong


def test_migrations_go_down_the_staircase_too() -> None:
    floors = {room.rpartition(".")[2]: floor for room, floor in FLOORS.items()}
    wrong = [
        f"{app}.{name} depends on {needed}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for needed, _name in migration.dependencies
        if app in floors and needed in floors and floors[needed] > floors[app]
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
