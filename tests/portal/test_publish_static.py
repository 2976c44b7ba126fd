"""The portal as files: whole, without a server, without a secret, and the same twice over."""

import gzip
import hashlib
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from foundation.content.archive import Archive
from portal.static_export import checking, markup, publishing
from portal.static_export.file_paths import file_for, is_safe, url_of
from publications.models import DownloadDay
from tests import factories
from tests.html_document import Document
from tests.sample_files import pdf

BASE = "https://arkiv.example.fi"
DAY = "2026-11-25"
SECRET = "hemlighetsord"
LOST = '<p><a href="/sv/berattelser/2017/finns-inte/">borta</a></p>'
OUTSIDE = "https://example.org/en%20sida?a=$b"

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("copies")]


def _fill() -> None:
    """A small portal with one of everything, a list of two pages, and secrets in every state."""
    project = factories.make_project()
    municipality = factories.make_municipality()
    factories.make_participation(municipality=municipality, project=project)
    theme = factories.make_theme()
    factories.make_theme_period(theme=theme)
    workshop = factories.make_workshop(theme=theme, municipalities=[municipality])
    factories.make_series()
    factories.make_contact_assignment()
    story = factories.make_story(
        title_sv="Ny rubrik",
        slug_sv="gammal",
        slug_fi="vanha",
        theme=theme,
        body_sv=f'{LOST}<p><a href="/sv/ut">ut</a></p>',
    )
    story.slug_sv, story.slug_fi = "ny", "uusi"
    story.save()
    factories.make_story(
        title_fi=None, slug_fi=None, lead_fi=None, body_fi=None,
        title_sv="Bara på svenska", pairing="sv", pairing_reason="Lokal",
    )  # fmt: skip
    factories.make_redirect(address="/sv/kort", target="/sv/kommuner/")
    factories.make_redirect(address="/sv/ut", target=OUTSIDE)
    factories.make_term()
    factories.make_statement()
    factories.make_statement()
    factories.make_practice(theme=theme)
    publication = factories.make_publication(promised_proposals=3)
    factories.make_authorship(publication=publication)
    factories.make_action_proposal(publication=publication)
    material = factories.make_material(workshop=workshop, title_sv="Bilder", title_fi="Diat")
    for language, version in (("sv", 1), ("fi", 1), ("fi", 2)):
        factories.make_material_file(
            material=material, language=language, version=version,
            content=pdf([(12, f"{language} {version}")]),
        )  # fmt: skip
    for number in range(25):
        factories.make_material(
            theme=theme, title_sv=f"Material {number:02}", title_fi=f"Materiaali {number:02}"
        )
    _hide(theme)


def _hide(theme) -> None:
    secret = {"title_sv": f"{SECRET} ett", "title_fi": f"{SECRET} kaksi"}
    now = timezone.now()
    factories.make_material(theme=theme, access="members", **secret)
    closed = factories.make_material(theme=theme, access="members", **_numbered(secret, 2))
    factories.make_material_file(material=closed, content=pdf([(12, SECRET)]))
    factories.make_story(decision="draft", publish_at=None, **_numbered(secret, 3))
    factories.make_story(publish_at=now + timedelta(days=3), **_numbered(secret, 4))
    factories.make_story(withdraw_at=now - timedelta(days=1), **_numbered(secret, 5))


def _numbered(texts: dict[str, str], number: int) -> dict[str, str]:
    return {name: f"{text} {number}" for name, text in texts.items()}


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Path, Path]]:
    """The same portal for a web server and for a disk."""
    folder = tmp_path_factory.mktemp("copies")
    served, offline = folder / "served", folder / "offline"
    with django_db_blocker.unblock(), transaction.atomic():
        _fill()
        (folder / "told").write_text(_publish(served), "utf-8")
        _publish(offline, "--offline")
        yield served, offline
        transaction.set_rollback(True)


@pytest.fixture
def served(copies) -> Path:
    return copies[0]


@pytest.fixture
def offline(copies) -> Path:
    return copies[1]


def _publish(folder: Path, *more: str) -> str:
    """Publish, and return the complaints."""
    told = StringIO()
    options = ["--base-url", BASE, "--date", DAY, *more]
    call_command("publish_static", folder, *options, stdout=StringIO(), stderr=told)
    return told.getvalue()


def _pages(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def _sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_copy_holds_every_page_of_the_sitemap_in_both_languages(copies):
    for folder in copies:
        text = (folder / "sitemap.xml").read_text("utf-8")
        addresses = markup.addresses_in_sitemap(text)
        assert len(addresses) > 60
        assert all(one.startswith(f"{BASE}/") for one in addresses)
        for one in addresses:
            assert (folder / one.removeprefix(f"{BASE}/") / "index.html").is_file(), one
        assert {"sv/material/sida-2/index.html", "fi/materiaalit/sivu-2/index.html"} <= _files(
            folder
        )


def test_copy_holds_feeds_calendars_data_references_and_every_version_of_a_file(served):
    files = _files(served)
    for kind in ("atom", "ics", "json", "csv", "bib", "ris", "zip"):
        assert any(one.startswith("sv/") and one.endswith(f".{kind}") for one in files), kind
        assert any(one.startswith("fi/") and one.endswith(f".{kind}") for one in files), kind
    assert {"index.html", "robots.txt", "sv/404.html", "fi/404.html"} <= files
    for name in ("404.html", "sv/404.html"):
        page = (served / name).read_text("utf-8")
        assert re.search(r'<link rel="stylesheet" href="[^"]*portal/site[^"]*\.css">', page), name
    assert any(one.startswith("social/sv/") for one in files)
    downloads = {one for one in files if one.endswith(".pdf")}
    assert len(downloads) == 3
    # A file in Finnish stands under its Finnish address, whoever leads to it.
    assert sum(one.startswith("fi/") for one in downloads) == 2


def test_checksums_name_every_file_and_are_true(copies):
    for folder in copies:
        sums = _sums(folder)
        assert set(sums) == _files(folder) - {"SHA256SUMS"}
        for name, digest in sums.items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_texts_for_a_server_lie_beside_their_compressed_forms(served, offline):
    page = served / "sv/index.html"
    assert gzip.decompress((served / "sv/index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress((served / "sv/index.html.br").read_bytes()) == page.read_bytes()
    assert not [one for one in _files(offline) if one.endswith((".gz", ".br"))]


def test_nothing_that_is_not_public_is_in_a_copy(copies):
    for folder in copies:
        for path in folder.rglob("*"):
            assert SECRET not in path.name
            if path.is_file() and path.suffix not in (".gz", ".br", ".png", ".webp"):
                assert SECRET.encode() not in path.read_bytes(), path
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as kit:
                    for name in kit.namelist():
                        assert SECRET not in name
                        assert SECRET.encode() not in kit.read(name), f"{path}: {name}"
        for name, html in _pages(folder).items():
            assert "/admin/" not in html, name
            assert "/natverket/" not in html and "/verkosto/" not in html, name
            assert "/logga-in/" not in html and "/kirjaudu/" not in html, name


def test_pages_have_no_form_and_say_that_they_are_archived(copies):
    notes = {"sv": "Den här kopian är ett arkiv.", "fi": "Tämä kopio on arkisto."}
    for folder in copies:
        for name, html in _pages(folder).items():
            page = Document(html)
            assert not page.all("form"), name
            if name.startswith(("sv/", "fi/")) and page.all("main"):
                assert page.all("html")[0].attributes["lang"] == name[:2]
                assert notes[name[:2]] in html, name
                assert "25.11.2026" in html, name


def test_links_lead_from_page_to_page_without_a_server(offline):
    pages = _pages(offline)
    for name, html in pages.items():
        for tag in markup.tags_of(html):
            if tag.name == "meta" or tag.attributes.get("rel") in ("canonical", "alternate"):
                continue
            for url in tag.addresses().values():
                assert not url.startswith("/"), f"{name}: {url}"
                assert "?" not in url or url.startswith("http"), f"{name}: {url}"
    assert checking.problems(offline, BASE, is_offline=True) == []
    home = Document(pages["sv/index.html"])
    [switch] = [a for a in home.all("a", hreflang="fi") if a.text.strip() == "Suomeksi"]
    assert switch.attributes["href"] == "../fi/index.html"
    assert not any("<use" in html for html in pages.values())


def test_style_sheet_on_a_disk_fetches_nothing(offline):
    sheets = [path.read_text("utf-8") for path in offline.rglob("*.css")]
    fetched = [url for css in sheets for url in markup.addresses_in_style_sheet(css)]
    assert any(url.startswith("data:font/woff2;base64,") for url in fetched)
    assert not [url for url in fetched if not url.startswith("data:") and ".css" not in url]


def test_canonical_alternates_and_pictures_follow_the_place_of_the_copy(copies):
    for folder in copies:
        page = Document(_pages(folder)["sv/material/sida-2/index.html"])
        [canonical] = page.all("link", rel="canonical")
        assert canonical.attributes["href"] == f"{BASE}/sv/material/sida-2/"
        versions = {
            one.attributes["hreflang"]: one.attributes["href"]
            for one in page.all("link", rel="alternate")
            if "hreflang" in one.attributes
        }
        assert versions == {
            "sv": f"{BASE}/sv/material/sida-2/",
            "fi": f"{BASE}/fi/materiaalit/sivu-2/",
        }
        [picture] = page.all("meta", property="og:image")
        assert picture.attributes["content"].startswith(f"{BASE}/")


def test_pages_of_a_list_lead_back_and_forth(copies):
    served, offline = (_pages(folder) for folder in copies)
    for pages, forth, back in (
        (served, "/sv/material/sida-2/", "/sv/material/"),
        (offline, "sida-2/index.html", "../index.html"),
    ):
        first = Document(pages["sv/material/index.html"])
        assert [a.attributes["href"] for a in first.all("a", rel="next")] == [forth]
        second = Document(pages["sv/material/sida-2/index.html"])
        assert [a.attributes["href"] for a in second.all("a", rel="prev")] == [back]


def test_link_to_what_is_not_public_loses_its_address_and_is_told(served):
    page = (served / "sv/berattelser/2017/ny/index.html").read_text("utf-8")
    assert "finns-inte" not in page
    assert ">borta</a>" in page
    # The only one: no template leads to what a copy lacks.
    assert (served.parent / "told").read_text("utf-8").splitlines() == [
        "/sv/berattelser/2017/ny/ leder till /sv/berattelser/2017/finns-inte/, "
        "som inte är offentlig."
    ]


def test_every_title_stands_on_one_page_in_both_languages(served):
    for name in ("sv/sok/index.html", "fi/haku/index.html"):
        html = _pages(served)[name]
        assert "Bilder" in html and "Diat" in html
        assert "Bara på svenska" in html


def test_former_addresses_lead_on(served):
    moved = (served / "server/redirects.map").read_text("utf-8")
    assert '"/sv/berattelser/2017/gammal/" "/sv/berattelser/2017/ny/";' in moved
    assert '"/fi/tarinat/2017/vanha/" "/fi/tarinat/2017/uusi/";' in moved
    assert '"/sv/kort" "/sv/kommuner/";' in moved
    assert '"/sv/material/?sida=2" "/sv/material/sida-2/";' in moved
    page = (served / "sv/berattelser/2017/gammal/index.html").read_text("utf-8")
    assert 'content="0; url=/sv/berattelser/2017/ny/"' in page
    assert "RewriteRule" in (served / ".htaccess").read_text("utf-8")


def test_short_address_of_another_site_leads_there(copies):
    served = copies[0]
    for folder in copies:
        page = (folder / "sv/berattelser/2017/ny/index.html").read_text("utf-8")
        assert f'<a href="{OUTSIDE}">ut</a>' in page
    # A "$" would be a variable of nginx, and "%2" what Apache has matched.
    assert '"/sv/ut" "https://example.org/en%20sida?a=%24b";' in (
        served / "server/redirects.map"
    ).read_text("utf-8")
    assert r"https://example.org/en\%20sida?a=\$b [R=301" in (served / ".htaccess").read_text(
        "utf-8"
    )


def test_a_plain_web_server_hands_the_copy_out(served):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *given: object) -> None:
            """Say nothing: the test tells what is wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=served))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        here = f"http://127.0.0.1:{server.server_port}"
        waiting, seen = ["/"], set()
        while waiting:
            path = waiting.pop()
            with urlopen(here + path) as answer:  # raises for anything but a page
                content = answer.read()
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for tag in markup.tags_of(content.decode()):
                for url in tag.addresses().values():
                    target = url.partition("#")[0].removeprefix(BASE)
                    if target.startswith("/") and target not in seen:
                        seen.add(target)
                        waiting.append(target)
        assert len(seen) > 100
    finally:
        server.shutdown()
        server.server_close()


def test_same_content_gives_the_same_bytes_and_touches_no_file(copies, tmp_path):
    served = copies[0]
    again = tmp_path / "again"
    shutil.copytree(served, again)
    os.utime(again / "sv/index.html", (1, 1))
    before = _sums(again)
    _publish(again)
    assert _sums(again) == before
    assert (again / "sv/index.html").stat().st_mtime == 1
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_publishing_counts_no_download(copies):
    assert not DownloadDay.objects.exists()


def test_folder_with_something_else_is_left_alone(copies, tmp_path):
    (tmp_path / "brev.txt").write_text("kvar")
    with pytest.raises(CommandError, match="Mappen innehåller något annat"):
        _publish(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["brev.txt"]


@pytest.mark.parametrize("url", ["", "arkiv.example.fi", "ftp://x.fi", "https://x.fi/mapp/"])
def test_address_of_the_copy_is_a_scheme_and_a_host(url, tmp_path):
    with pytest.raises(CommandError, match="base-url"):
        call_command("publish_static", tmp_path / "new", "--base-url", url)


def test_copy_that_is_not_whole_never_replaces_one_that_is(copies, tmp_path, monkeypatch):
    target = tmp_path / "copy"
    shutil.copytree(copies[1], target)
    monkeypatch.setattr(publishing, "problems", lambda *given, **more: ["sv/: leads nowhere"])
    archive = Archive(date(2026, 11, 25), BASE, is_offline=True)
    with pytest.raises(publishing.NotWhole):
        publishing.publish(archive, target, lambda line: None)
    assert _sums(target) == _sums(copies[1])
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        ('<a href="borta/index.html">x</a>', "leads nowhere"),
        ('<a href="index.html#borta">x</a>', "leads to no such place"),
        ('<a href="/index.html">x</a>', "begins at the root"),
        ('<a href="index.html?q=1">x</a>', "asks a server"),
        ("<form></form>", "holds a form"),
        ('<a href="https://x.fi/admin/">x</a>', "holds /admin/"),
        ('<script type="module" src="index.html"></script>', "cannot be fetched"),
        ('<link rel="canonical" href="https://x.fi/">', "is not under"),
    ],
)
def test_check_finds_what_does_not_hold(breach, said, tmp_path):
    (tmp_path / "sitemap.xml").write_text("<urlset></urlset>")
    (tmp_path / "index.html").write_text(f"<p>{breach}</p>")
    assert any(said in one for one in checking.problems(tmp_path, BASE, is_offline=True))


def test_check_finds_names_that_are_not_for_every_system(tmp_path):
    (tmp_path / "sitemap.xml").write_text(f"<urlset><loc>{BASE}/sv/</loc></urlset>")
    for name in ("aux.html", "A.txt", "a.txt", f"{'x' * 201}.txt"):
        (tmp_path / name).write_text("")
    found = "\n".join(checking.problems(tmp_path, BASE, is_offline=False))
    assert "aux.html: not a name for every system" in found
    assert "a.txt: the same as A.txt" in found
    assert "longer than 200" in found
    assert f"{BASE}/sv/ is not in the copy" in found


@pytest.mark.parametrize(
    ("address", "kind", "named", "file"),
    [
        ("/", "text/html", "", "index.html"),
        ("/sv/material/?sida=2", "text/html", "", "sv/material/sida-2/index.html"),
        ("/sv/a/paket.zip?sprak=sv", "application/zip", "", "sv/a/paket-sprak-sv.zip"),
        ("/sv/a/fil/", "application/pdf", 'inline; filename="x-v1.pdf"', "sv/a/fil/x-v1.pdf"),
        ("/static/portal/site.css", "", "", "static/portal/site.css"),
        ("/sv/con/", "text/html", "", "sv/con-/index.html"),
    ],
)
def test_file_is_named_after_its_address(address, kind, named, file):
    assert file_for(address, kind, named) == file
    assert is_safe(file)


def test_address_of_a_page_is_its_folder():
    assert url_of("index.html") == "/"
    assert url_of("sv/index.html") == "/sv/"
    assert url_of("sv/404.html") == "/sv/404.html"


def test_only_changed_tags_of_a_page_are_written_anew():
    html = "<p  class='x'>\n<a href=\"/a?x=1&amp;y=2\" download>å</a><img src=/b></p>"
    changed = markup.with_tags(
        html, lambda tag: tag.written(tag.attributes | {"href": "b"}) if tag.name == "a" else None
    )
    assert changed == "<p  class='x'>\n<a href=\"b\" download>å</a><img src=/b></p>"
