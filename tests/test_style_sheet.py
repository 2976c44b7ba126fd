"""The style sheet is written in layers and sent as one file."""

import re

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from foundation.server.style_sheet import IMPORT, SITE, StaticFilesWithOneStyleSheet
from foundation.translations.catalogues import CHECKOUT

FOLDER = CHECKOUT / "portal" / "static" / "portal"
ADMIN = {path.name for path in FOLDER.glob("admin*.css")}
IMPORTED = [name for name, _media in IMPORT.findall((FOLDER / "site.css").read_text("utf-8"))]


def test_every_layer_is_sent_to_readers_once():
    linked = {
        name
        for path in (CHECKOUT / "templates").rglob("*.html")
        if "admin" not in path.parts
        for name in re.findall(r'static "portal/([\w-]+\.css)"', path.read_text("utf-8"))
    }
    assert IMPORTED[0] == "tokens.css"  # which names the order of the layers
    assert len(IMPORTED) == len(set(IMPORTED))
    assert not linked & set(IMPORTED)
    sent = linked | set(IMPORTED)
    assert {path.name for path in FOLDER.glob("*.css")} - sent <= ADMIN


def test_collected_style_sheet_is_whole_and_hashed_by_its_content(tmp_path):
    source = FileSystemStorage(FOLDER.parent)
    files = [path.relative_to(FOLDER.parent).as_posix() for path in FOLDER.rglob("*.*")]
    storage = StaticFilesWithOneStyleSheet(location=tmp_path, base_url="/static/")
    for name in files:
        with source.open(name) as file:
            storage.save(name, file)
    assert list(storage.post_process({one: (source, one) for one in files}))
    hashed = storage.stored_name(SITE)
    sent = (tmp_path / hashed).read_text("utf-8")
    assert hashed != SITE
    assert "@import" not in sent
    assert f"@media print {{\n{(FOLDER / 'print.css').read_text('utf-8')}}}" in sent
    for name in IMPORTED:
        assert (FOLDER / name).read_text("utf-8").splitlines()[0] in sent
    assert storage.stored_name("portal/band.svg").rpartition("/")[2] in sent


def test_address_is_worked_out_once_for_each_collecting(tmp_path, settings):
    settings.DEBUG = False
    storage = StaticFilesWithOneStyleSheet(location=tmp_path, base_url="/static/")
    addresses = []
    for content in (b"a { color: red }", b"a { color: blue }"):
        storage.delete("one.css")
        storage.save("one.css", ContentFile(content))
        assert list(storage.post_process({"one.css": (storage, "one.css")}))
        addresses.append(storage.url("one.css"))
        assert storage.url("one.css") == f"/static/{storage.stored_name('one.css')}"
    assert addresses[0] != addresses[1]
    storage.hashed_files.clear()  # not looked into again
    assert storage.url("one.css") == addresses[1]
