"""The Swedish and Finnish catalogues are whole, and what is wrong with one is found."""

import os
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po

from foundation.translations import catalogues, library_script_strings, library_strings

CHECKOUT = catalogues.CHECKOUT
DJANGO = Path(django.__file__).parent
# Rooms of Django that the portal does not use, and texts that only a terminal shows.
UNUSED = ("gis", "admindocs", "flatpages", "redirects", "sites", "humanize", "management")

TEMPLATE = """
{% load i18n %}
  <h1>{% translate "Find your municipality" %}</h1>
    {% translate "May" context "month" %}
{# Translators: at the end of a list #}
{% blocktranslate trimmed count n=members|length %}
  {{ n }} municipality
{% plural %}
  {{ n }} municipalities
{% endblocktranslate %}
"""
VIEWS = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
path = pgettext_lazy("url", "workshops/<slug:slug>/")
title = _("Theme “%(theme)s”")
counted = ngettext("%(n)d hit", "%(n)d hits", 3)
"""
ENTRIES = {
    ("sv", "Find your municipality"): "Hitta din kommun",
    ("fi", "Find your municipality"): "Etsi kuntasi",
    ("sv", "May"): "maj",
    ("fi", "May"): "toukokuu",
    ("sv", "%(n)s municipality"): ("%(n)s kommun", "%(n)s kommuner"),
    ("fi", "%(n)s municipality"): ("%(n)s kunta", "%(n)s kuntaa"),
    ("sv", "workshops/<slug:slug>/"): "verkstader/<slug:slug>/",
    ("fi", "workshops/<slug:slug>/"): "tyopajat/<slug:slug>/",
    ("sv", "Theme “%(theme)s”"): "Temat ”%(theme)s”",
    ("fi", "Theme “%(theme)s”"): "Teema ”%(theme)s”",
    ("sv", "%(n)d hit"): ("%(n)d träff", "%(n)d träffar"),
    ("fi", "%(n)d hit"): ("%(n)d osuma", "%(n)d osumaa"),
}


@pytest.fixture
def checkout(tmp_path):
    """A small checkout whose catalogues are complete."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "home.html").write_text(TEMPLATE, "utf-8")
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "views.py").write_text(VIEWS, "utf-8")
    catalogues.update(tmp_path)
    for (language, text), translation in ENTRIES.items():
        forms = [translation] if isinstance(translation, str) else translation
        for number, form in enumerate(forms):
            fill(tmp_path, language, text, number if len(forms) > 1 else None, form)
    return tmp_path


def fill(root, language, text, number, form):
    path = catalogues.catalogue_path(root, language)
    keyword = "msgstr" if number is None else f"msgstr[{number}]"
    head, entry, tail = path.read_text("utf-8").partition(f'msgid "{text}"\n')
    tail = tail.replace(f'{keyword} ""', f'{keyword} "{form}"', 1)
    path.write_text(head + entry + tail, "utf-8")


def edit(root, old, new, *, file="locale/sv/LC_MESSAGES/django.po"):
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_catalogues_of_the_portal_are_complete():
    assert catalogues.check(CHECKOUT) == []


def test_catalogues_of_the_portal_compile(tmp_path):
    for language in catalogues.LANGUAGES:
        for domain in catalogues.DOMAINS:
            copy = catalogues.catalogue_path(tmp_path, language, domain)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(catalogues.catalogue_path(CHECKOUT, language, domain).read_bytes())
    assert len(catalogues.compile_stale(tmp_path)) == 4


def lacking(domain, files):
    """What the installed Django marks in these files and does not say in both languages."""
    marked = {
        catalogues._key(message): message
        for message in catalogues.collect(files, DJANGO)
        if message.id
    }
    for language in catalogues.LANGUAGES:
        spoken = set()
        for path in DJANGO.rglob(f"locale/{language}/LC_MESSAGES/{domain}.po"):
            with path.open("rb") as file:
                catalog = read_po(file, locale=language)
            spoken |= {
                catalogues._key(message)
                for message in catalog
                if message.id and catalogues._filled(message) and not message.fuzzy
            }
        yield {text for _context, text in marked.keys() - spoken}


def test_library_strings_are_those_that_django_lacks():
    files = [
        path
        for path in DJANGO.rglob("*")
        if path.suffix in (".py", ".html", ".txt")
        and (path.suffix == ".py" or "templates" in path.parts)
        and not {*UNUSED, "locale", "migrations"} & set(path.relative_to(DJANGO).parts)
        and path.name != "global_settings.py"
        and "-tpl" not in path.name
    ]
    # Babel takes the subscripts of gettext(message["added"]["name"]) for a text.
    found = set().union(*lacking("django", files)) - {"addedname", "changedname", "deletedname"}
    ours = catalogues.collect([Path(library_strings.__file__)], CHECKOUT)
    assert found == {catalogues._key(message)[1] for message in ours if message.id}


def test_library_script_strings_are_those_that_django_lacks():
    lacking = set()
    for language in catalogues.LANGUAGES:
        path = DJANGO / f"contrib/admin/locale/{language}/LC_MESSAGES/djangojs.po"
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        lacking |= {m.id for m in catalog if m.id and not catalogues._filled(m)}
    assert lacking == set(library_script_strings.DJANGO_ADMIN)


def test_complete_catalogues_have_no_findings(checkout):
    assert catalogues.check(checkout) == []


def test_update_writes_neither_dates_nor_places(checkout):
    text = (checkout / "locale/sv/LC_MESSAGES/django.po").read_text("utf-8")
    assert text.startswith(
        'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    assert "#: " not in text
    assert "-Date" not in text


def test_update_twice_changes_nothing(checkout):
    path = checkout / "locale/sv/LC_MESSAGES/django.po"
    before = path.read_text("utf-8")
    edit(checkout, VIEWS, "\n\n" + VIEWS, file="portal/views.py")
    catalogues.update(checkout)
    assert path.read_text("utf-8") == before


def test_update_keeps_a_vanished_translation_until_it_is_pruned(checkout):
    path = checkout / "locale/sv/LC_MESSAGES/django.po"
    before = path.read_text("utf-8")
    edit(checkout, '_("Theme “%(theme)s”")', '""', file="portal/views.py")
    catalogues.update(checkout)
    assert '#~ msgstr "Temat ”%(theme)s”"' in path.read_text("utf-8")
    (checkout / "portal/views.py").write_text(VIEWS, "utf-8")
    catalogues.update(checkout)
    assert path.read_text("utf-8") == before
    edit(checkout, '_("Theme “%(theme)s”")', '""', file="portal/views.py")
    catalogues.update(checkout, prune=True)
    assert "Temat" not in path.read_text("utf-8")
    assert catalogues.check(checkout) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("Hitta din kommun", "", "not translated"),
        ("%(n)d träffar", "", "plural form 1 is empty"),
        ('msgid "Find', '#, fuzzy\nmsgid "Find', "fuzzy"),
        ('msgid "Find your', 'msgid "Seek your', "missing; run"),
        ('msgid "Find your', 'msgid "Seek your', "no longer in the source"),
        ("%(n)d hits", "%(n)d finds", "the source has another plural"),
        (
            '"Hitta din kommun"\n',
            '"Hitta din kommun"\n\n#~ msgid "Old"\n#~ msgstr "X"\n',
            "obsolete",
        ),
        ("Temat ”%(theme)s”", "Temat", "placeholders differ: without %(theme)s"),
        ("%(n)d träffar", "%(m)d träffar", "without %(n)d, with %(m)d"),
        ("Hitta din kommun", "Hitta {n} kommuner", "placeholders differ: with {n}"),
        ("Hitta din kommun", "Hitta %s", "placeholders without a name differ"),
        ("Hitta din kommun", "Find your municipality", "same as the English"),
        ("Hitta din kommun", "Hitta din kommun ", "other white space"),
        ("Hitta din kommun", "Hitta din kommun\\n", "other white space"),
        ("Hitta din kommun", "<b>Hitta</b> din kommun", "HTML tags differ: with /b, with b"),
        ("Hitta din kommun", 'Hitta \\"din\\" kommun', 'quotation marks " instead of'),
        ("Temat ”%(theme)s”", "Temat “%(theme)s”", "quotation marks “ instead of"),
        ("verkstader/<slug:slug>/", "verkstäder/<slug:slug>/", "lower-case ASCII"),
        ("verkstader/<slug:slug>/", "/verkstader/<slug:slug>/", "lower-case ASCII"),
        ("verkstader/<slug:slug>/", "verkstader/<str:slug>/", "converters of the address differ"),
        ("verkstader/<slug:slug>/", "verkstader/<slug:slug>", "ends with a slash"),
        ('"Language: sv', '"X-Generator: other\\n"\n"Language: sv', "the header is not"),
        ('msgid "Find', "msgid Find", "cannot be read"),
        ('msgid "Find', '<<<<<<< HEAD\nmsgid "Find', "cannot be read"),
        (
            '"Hitta din kommun"\n',
            '"Hitta din kommun"\n\nmsgid "Find your municipality"\nmsgstr "Sök din kommun"\n',
            "stands 2 times",
        ),
    ],
)
def test_defect_of_an_entry_is_found(checkout, old, new, finding):
    edit(checkout, old, new)
    findings = catalogues.check(checkout)
    assert any(
        line.startswith("locale/sv/LC_MESSAGES/django.po:") and finding in line for line in findings
    ), findings


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("templates/home.html", "trimmed ", "", "templates/home.html:6: blocktranslate without"),
        ("portal/views.py", "pgettext_lazy\n", "pgettext_lazy as p\n", "is imported as p"),
        ("portal/views.py", "title =", "(", "portal/views.py: cannot be parsed"),
    ],
)
def test_text_that_is_marked_wrongly_is_found(checkout, file, old, new, finding):
    edit(checkout, old, new, file=file)
    findings = catalogues.check(checkout)
    assert any(finding in line for line in findings), findings


def test_missing_catalogue_is_found(checkout):
    (checkout / "locale/fi/LC_MESSAGES/django.po").unlink()
    assert catalogues.check(checkout) == [
        "locale/fi/LC_MESSAGES/django.po: the catalogue is missing; "
        "run: python3 run.py catalogues update"
    ]


def test_percent_sign_in_prose_is_no_placeholder(checkout):
    edit(checkout, "Theme “%(theme)s”", "40 % of all", file="portal/views.py")
    for language, translation in (("sv", "40 % av alla"), ("fi", "40 % kaikista")):
        catalogues.update(checkout, prune=True)
        fill(checkout, language, "40 % of all", None, translation)
    assert catalogues.check(checkout) == []


def test_word_that_is_rightly_the_same_is_listed_and_only_then(checkout):
    edit(checkout, "Hitta din kommun", "Find your municipality")
    listing = checkout / "locale/sv/same_as_english.txt"
    listing.write_text("Find your municipality\n", "utf-8")
    assert catalogues.check(checkout) == []
    edit(checkout, 'msgstr "Find your municipality"', 'msgstr "Hitta din kommun"')
    assert catalogues.check(checkout) == [
        "locale/sv/same_as_english.txt: “Find your municipality” is listed without need"
    ]


def test_compiled_catalogue_is_stale_once_its_source_is_newer(checkout):
    assert len(catalogues.stale_catalogues(checkout)) == 4
    assert len(catalogues.compile_stale(checkout)) == 4
    assert catalogues.stale_catalogues(checkout) == []
    path = catalogues.catalogue_path(checkout, "fi")
    compiled = path.with_suffix(".mo").stat().st_mtime_ns
    os.utime(path, ns=(compiled + 1, compiled + 1))
    assert catalogues.stale_catalogues(checkout) == [path]


def test_compile_refuses_a_broken_catalogue(checkout):
    edit(checkout, 'msgid "Find', "msgid Find")
    with pytest.raises(
        catalogues.CatalogueError, match=r"sv/LC_MESSAGES/django\.po:\d+: cannot be"
    ):
        catalogues.compile_stale(checkout)
    assert not (checkout / "locale/sv/LC_MESSAGES/django.mo").exists()
