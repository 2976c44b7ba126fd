"""The style sheet is written in layers and sent as one file."""

from django.core.files.storage import FileSystemStorage

from portal.catalogues import CHECKOUT
from portal.style_sheet import IMPORT, SITE, StaticFilesWithOneStyleSheet

FOLDER = CHECKOUT / "portal" / "static" / "portal"
LINKED_BY_THEMSELVES = {"site.css", "admin.css", "print.css"}


def test_style_sheet_imports_every_layer_once():
    named = IMPORT.findall((FOLDER / "site.css").read_text("utf-8"))
    assert named[0] == "tokens.css"  # which names the order of the layers
    assert sorted(named) == sorted(
        path.name for path in FOLDER.glob("*.css") if path.name not in LINKED_BY_THEMSELVES
    )


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
    for path in FOLDER.glob("*.css"):
        if path.name not in LINKED_BY_THEMSELVES:
            assert path.read_text("utf-8").splitlines()[0] in sent
    assert storage.stored_name("portal/band.svg").rpartition("/")[2] in sent
