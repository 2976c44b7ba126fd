"""The walker: every public address in both languages, as a reader, a robot and a critic see it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.search.indexing import bring_up_to_date
from tests.html_document import Document, Element, language_of
from tests.portal.test_query_counts import MOST, MOST_ON_RICH_PAGES

DEBRIS = re.compile(
    r"\(at\)|\bNone\b|\{\{|\{%|_sv\b|_fi\b|lateral-image|<p>|&lt;|%\(|\bTrue\b|\bFalse\b"
)
# The start page, those of municipalities, and lists with filters.
RICH_PAGES = re.compile(
    r"^/(sv|fi)/$|^/sv/kommuner/|^/fi/kunnat/"
    r"|^/sv/(verkstader|material|publikationer|berattelser|god-praxis)/(\?|$)"
    r"|^/fi/(tyopajat|materiaalit|julkaisut|tarinat|hyvat-kaytannot)/(\?|$)"
)
# Reached by a form, not by links: with many hits, one, none here but some there, and none at all.
SEARCHES = [
    *("/sv/sok/", "/fi/haku/", "/sv/sok/?q=v%C3%A4lf%C3%A4rd", "/fi/haku/?q=hyvinvointi"),
    *("/sv/sok/?q=Turussa", "/fi/haku/?q=%C3%85bo", "/sv/sok/?q=hyvinvoinnin"),
    "/fi/haku/?q=ledning",
    *("/sv/sok/?q=xyzzy", "/fi/haku/?q=hyvinvoitni", "/sv/sok/?q=kommun&typ=material"),
]

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker) -> Iterator[dict[str, Document]]:
    """Every public page of the portal with its demo content: address → page.

    Reached by the sitemap and by every link from there on, so that nothing is forgotten.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo_content", verbosity=0)
        bring_up_to_date()  # what is never committed is not indexed before a commit
        yield _walk()
        transaction.set_rollback(True)


def _walk() -> dict[str, Document]:
    client = Client()
    sitemap = client.get("/sitemap.xml").content.decode()
    waiting = [urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    waiting += SEARCHES
    pages: dict[str, Document] = {}
    queries: dict[str, int] = {}
    problems: list[str] = []
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        connection.queries_log.clear()  # it holds 9000 queries at the most
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        if response.status_code == 403 and path.startswith(("/sv/natverket/", "/fi/verkosto/")):
            continue  # for members: see test_locked_materials.py
        if response.status_code != 200:
            problems.append(f"{path}: {response.status_code}")
            continue
        if response.cookies:
            problems.append(f"{path}: sets a cookie")
        if response.streaming:
            list(response.streaming_content)  # read to its end, which closes the file
        if not response["Content-Type"].startswith("text/html"):
            continue
        queries[path] = len(captured)
        pages[path] = Document(response.content.decode())
        for link in pages[path].links():
            target = urljoin(path, link)
            if target.startswith(("/sv/", "/fi/")) and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert not problems, "\n".join(problems)
    _walk.queries = queries
    return pages


def versions(page: Document) -> list[Element]:
    """The links to the versions of a page; those to its feed are others."""
    return [one for one in page.all("link", rel="alternate") if "type" not in one.attributes]


def _report(problems: list[str]) -> None:
    assert not problems, "\n".join(sorted(problems)[:40])


def test_walk_reaches_every_kind_of_page_in_both_languages(walked):
    kinds = [
        *("", "projektet/", "teman/", "teman/valfardsledning/", "kommuner/", "kommuner/esbo/"),
        *("regionala-aktorer/", "verkstader/", "material/", "god-praxis/", "publikationer/"),
        *("berattelser/", "kontakter/", "program/arttu2/", "tillganglighet/", "dataskydd/"),
        *("respons/", "sprak/", "ordlista/", "nytt/", "floden/", "teman/valfardsledning/nytt/"),
        *("kommuner/esbo/nytt/", "oppna-data/"),
    ]
    assert {f"/sv/{kind}" for kind in kinds} <= set(walked)
    kinds = [
        *("", "projekti/", "teemat/", "teemat/hyvinvointijohtaminen/", "kunnat/", "kunnat/espoo/"),
        *("maakunnalliset-toimijat/", "tyopajat/", "materiaalit/", "hyvat-kaytannot/"),
        *("julkaisut/", "tarinat/", "yhteystiedot/", "ohjelmat/arttu2/", "saavutettavuus/"),
        *("tietosuoja/", "palaute/", "kielet/", "sanasto/", "uutta/", "syotteet/"),
        *("teemat/hyvinvointijohtaminen/uutta/", "kunnat/espoo/uutta/", "avoin-data/"),
    ]
    assert {f"/fi/{kind}" for kind in kinds} <= set(walked)
    for pattern in (
        r"/sv/verkstader/2018/[^/]+/$",
        r"/fi/tyopajat/sarjat/[^/]+/$",
        r"/sv/material/[^/]+/$",
        r"/fi/tarinat/2017/[^/]+/$",
        r"/sv/publikationer/[^/]+/$",
        r"/fi/maakunnalliset-toimijat/[^/]+/$",
    ):
        assert any(re.match(pattern, path) for path in walked), pattern


def test_pages_have_the_language_heading_and_landmarks_of_their_address(walked):
    problems = []
    for path, page in walked.items():
        language = path[1:3]
        if [one.attributes.get("lang") for one in page.all("html")] != [language]:
            problems.append(f"{path}: html lang")
        if len(page.all("h1")) != 1:
            problems.append(f"{path}: {len(page.all('h1'))} h1")
        if not page.all("a", href="#main") or not page.all("main", id="main"):
            problems.append(f"{path}: no skip link or main")
        if page.unbalanced:
            problems.append(f"{path}: unbalanced {page.unbalanced[:3]}")
        ids = [one.attributes["id"] for one in page.elements if one.attributes.get("id")]
        if len(ids) != len(set(ids)):
            problems.append(f"{path}: id used twice {[i for i in ids if ids.count(i) > 1][:2]}")
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]
        if any(after > before + 1 for before, after in pairwise(levels)):
            problems.append(f"{path}: heading levels {levels}")
        titles = page.all("title")
        if not titles or not titles[0].text.strip():
            problems.append(f"{path}: no title")
        if not page.all("meta", name="description"):
            problems.append(f"{path}: no description")
    _report(problems)


def test_pages_show_no_text_of_the_other_language_without_its_lang(walked):
    problems = []
    for path, page in walked.items():
        for language, text in page.texts:
            written = language_of(text)
            if written and written != language:
                problems.append(f"{path}: {written} text in a {language} element: {text[:70]}")
    _report(problems)


def test_pages_show_no_english_msgid_and_no_debris(walked):
    with (settings.BASE_DIR / "locale/sv/LC_MESSAGES/django.po").open("rb") as file:
        swedish = read_po(file)
    with (settings.BASE_DIR / "locale/fi/LC_MESSAGES/django.po").open("rb") as file:
        finnish = read_po(file)
    english = {
        message.id
        for message in swedish
        if isinstance(message.id, str)
        and message.id
        and len(message.id) > 3
        and message.string != message.id
        and getattr(finnish.get(message.id, message.context), "string", "") != message.id
    }
    problems = []
    for path, page in walked.items():
        for _language, text in page.texts:
            if text in english:
                problems.append(f"{path}: untranslated {text!r}")
            if DEBRIS.search(text):
                problems.append(f"{path}: debris in {text[:70]!r}")
    _report(problems)


def test_languages_switch_there_and_back_to_the_same_address(walked):
    problems = []
    for path, page in walked.items():
        there = "fi" if path.startswith("/sv/") else "sv"
        switches = [
            one
            for one in page.all("a", hreflang=there, lang=there)
            if one.text.strip() in ("På svenska", "Suomeksi")
        ]
        if len(switches) != 1:
            problems.append(f"{path}: {len(switches)} switches")
            continue
        other = walked.get(switches[0].attributes["href"])
        if other is None:
            problems.append(f"{path}: switch leads to {switches[0].attributes['href']}")
            continue
        back = [
            one.attributes["href"]
            for one in other.all("a", hreflang=path[1:3], lang=path[1:3])
            if one.text.strip() in ("På svenska", "Suomeksi")
        ]
        if back != [path]:
            problems.append(f"{path}: switch back leads to {back}")
    _report(problems)


def test_alternates_are_reciprocal_and_canonicals_exist(walked):
    problems = []
    for path, page in walked.items():
        alternates = {
            one.attributes["hreflang"]: urlsplit(one.attributes["href"]) for one in versions(page)
        }
        canonical = urlsplit(page.all("link", rel="canonical")[0].attributes["href"])
        whole = canonical.path + (f"?{canonical.query}" if canonical.query else "")
        if whole not in walked:
            problems.append(f"{path}: canonical {whole}")
        if alternates and set(alternates) != {"sv", "fi"}:
            problems.append(f"{path}: alternates {set(alternates)}")
        for language, url in alternates.items():
            target = url.path + (f"?{url.query}" if url.query else "")
            if target not in walked:
                problems.append(f"{path}: alternate {language} {target}")
                continue
            theirs = {urlsplit(one.attributes["href"]).path for one in versions(walked[target])}
            if urlsplit(path).path not in theirs and whole == path:
                problems.append(f"{path}: not named by its alternate {target}")
    _report(problems)


def test_page_shown_by_fallback_says_so_and_names_the_real_one(walked):
    shown = [
        (path, page)
        for path, page in walked.items()
        if urlsplit(page.all("link", rel="canonical")[0].attributes["href"]).path[1:3] != path[1:3]
    ]
    assert shown, "the demo content has an item in one language only"
    for path, page in shown:
        there = "fi" if path.startswith("/sv/") else "sv"
        assert page.all("h1")[0].language == there or page.all("h1", lang=there), path
        assert any(
            text in ("Den här texten finns bara på finska.", "Tämä teksti on vain ruotsiksi.")
            for _language, text in page.texts
        ), path
        assert not versions(page), path


def test_pages_ask_the_database_little(walked):
    problems = [
        f"{path}: {count} queries"
        for path, count in _walk.queries.items()
        if count > (MOST_ON_RICH_PAGES if RICH_PAGES.match(path) else MOST)
    ]
    _report(problems)


def labels(page: Document, element: Element) -> str:
    """The text of the elements that an element says it is named by."""
    named_by = element.attributes.get("aria-labelledby", "").split()
    return " ".join(one.text for one in page.elements if one.attributes.get("id") in named_by)


def test_links_and_pictures_say_what_they_are(walked):
    problems = []
    empty = {"här", "läs mer", "klicka här", "tästä", "lue lisää", "täältä", "here"}
    for path, page in walked.items():
        for link in page.all("a"):
            name = link.attributes.get("aria-label") or labels(page, link) or link.text
            if not name.strip() or name.strip().lower() in empty:
                problems.append(f"{path}: link {link.attributes.get('href')} says {name!r}")
        for image in page.all("img"):
            if "alt" not in image.attributes:
                problems.append(f"{path}: picture without alt")
            if not (image.attributes.get("width") and image.attributes.get("height")):
                problems.append(f"{path}: picture without size")
        for field in [*page.all("input"), *page.all("select"), *page.all("textarea")]:
            if field.attributes.get("type") in ("hidden", "submit"):
                continue
            named = field.attributes.get("aria-label") or page.all(
                "label", **{"for": field.attributes.get("id", "")}
            )
            if not named:
                problems.append(f"{path}: field {field.attributes.get('name')} without label")
        if re.search(r' style="| on[a-z]+="|<style', page.html):
            problems.append(f"{path}: inline style or handler")
    _report(problems)


def test_example_network_is_announced_on_every_page(walked):
    problems = []
    for path, page in walked.items():
        word = "Exempel" if path.startswith("/sv/") else "Esimer"
        if not any(word.lower() in text.lower() for _language, text in page.texts[:25]):
            problems.append(path)
    _report(problems)


def test_sitemap_names_existing_versions_only(walked):
    body = Client().get("/sitemap.xml").content.decode()
    named = [urlsplit(url).path for url in re.findall(r'(?:<loc>|href=")([^<"]+)', body)]
    assert len(named) > 1000
    for path in named:
        page = walked[path]
        canonical = page.all("link", rel="canonical")[0].attributes["href"]
        assert urlsplit(canonical).path == path
