"""The style sheet is written in layers and sent as one file."""

import re
from posixpath import dirname, join, normpath

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from foundation.server.style_sheet import IMPORT, StaticFilesWithOneStyleSheet
from foundation.translations.catalogues import CHECKOUT

SITE = "portal/site.css"
STATIC = sorted(CHECKOUT.glob("*/static")) + sorted(CHECKOUT.glob("foundation/*/static"))
FILES = {
    path.relative_to(folder).as_posix(): path
    for folder in STATIC
    for path in folder.rglob("*.*")
    if path.is_file()
}
IMPORTED = [
    normpath(join(dirname(SITE), name))
    for name, _media in IMPORT.findall(FILES[SITE].read_text("utf-8"))
]


def storage_in(folder):
    return StaticFilesWithOneStyleSheet(location=folder, base_url="/static/", style_sheet=SITE)


def test_every_layer_is_sent_to_readers_once():
    linked = {
        name
        for path in (CHECKOUT / "templates").rglob("*.html")
        for name in re.findall(r'static "([\w/-]+\.css)"', path.read_text("utf-8"))
    }
    assert IMPORTED[0] == "portal/tokens.css"  # which names the order of the layers
    assert len(IMPORTED) == len(set(IMPORTED))
    # The admin needs the colours without the rest.
    assert linked & set(IMPORTED) == {"portal/tokens.css"}
    sheets = {name for name in FILES if name.endswith(".css")}
    assert sheets == linked - {"admin/css/forms.css"} | set(IMPORTED)  # that one is Django's


def test_collected_style_sheet_is_whole_and_hashed_by_its_content(tmp_path):
    storage = storage_in(tmp_path)
    for name, path in FILES.items():
        storage.save(name, ContentFile(path.read_bytes()))
    sources = {
        name: (FileSystemStorage(str(path)[: -len(name)]), name) for name, path in FILES.items()
    }
    assert list(storage.post_process(sources))
    hashed = storage.stored_name(SITE)
    sent = (tmp_path / hashed).read_text("utf-8")
    assert hashed != SITE
    assert "@import" not in sent
    assert f"@media print {{\n{FILES['portal/print.css'].read_text('utf-8')}}}" in sent
    for name in IMPORTED:
        assert FILES[name].read_text("utf-8").splitlines()[0] in sent
    assert storage.stored_name("portal/band.svg").rpartition("/")[2] in sent


def test_address_is_worked_out_once_for_each_collecting(tmp_path, settings):
    settings.DEBUG = False
    storage = storage_in(tmp_path)
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
