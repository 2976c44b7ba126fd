"""Publishes the portal as files: collects, rewrites, checks, and puts it in place at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.template.loader import render_to_string
from django.templatetags.static import static

from foundation.content import languages
from foundation.content.archive import Archive
from portal.static_export import redirects
from portal.static_export.checking import problems
from portal.static_export.client import one_connection
from portal.static_export.collecting import MISSING, Collection, Piece
from portal.static_export.file_paths import INDEX, url_of
from portal.static_export.folder import Folder, beside, something_else, swap
from portal.static_export.link_rewriting import Leading
from publications.access import closed_is_unnamed

_REPORT_EVERY = 500  # files
_LARGE = 1 << 22  # bytes: what is larger is copied piece by piece
SERVER = "server"  # the folder of what a web server is told


class NotWhole(Exception):
    """The copy does not hold what it promises; the sentences say what is wrong."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class NotOurs(Exception):
    """The folder holds something else than a copy of the portal, such as `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoRoomBeside(Exception):
    """The folder is the top of a disk: nothing can take its place in one step."""


@dataclass(frozen=True)
class Published:
    """What a run has made."""

    pages: int
    files: int
    changed: int
    lost: list[tuple[str, str]]  # links in texts to what is not public: (page, address)


def publish(archive: Archive, target: Path, tell: Callable[[str], None]) -> Published:
    """Write the copy to the folder, in the place of an earlier copy if there is one.

    Raises NotOurs or NoRoomBeside before it begins, NotWhole after its check, OSError when the disk
    is full; the folder is then as it was.
    """
    if foreign := something_else(target):
        raise NotOurs(foreign)
    if target.is_mount():
        raise NoRoomBeside
    with beside(target) as working:
        spool, new = working / "collected", working / "new"
        spool.mkdir()
        new.mkdir()
        collection = Collection(archive, spool, tell)
        with one_connection(), _one_moment(), closed_is_unnamed():
            collection.collect()
            policy = collection.policy()
            moved = {} if archive.is_offline else redirects.redirects(collection)
        folder = Folder(new, target, is_compressed=not archive.is_offline)
        leading = Leading(collection)
        _write(folder, leading, collection, tell)
        if not archive.is_offline:
            style = url_of(collection.pieces[static("portal/site.css")].file)
            _write_for_servers(folder, archive, moved, policy, style)
        folder.finish()
        tell("checking")
        wrong = [f"{address}: {status}" for address, status in collection.failed()]
        wrong += problems(new, archive.base_url, is_offline=archive.is_offline)
        if wrong:
            raise NotWhole(wrong)
        swap(new, target, working)
    pages = [one for one in collection.pieces.values() if one.file.endswith(INDEX)]
    return Published(len(pages), folder.number, folder.changed, leading.lost)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, whoever publishes meanwhile."""
    if connection.in_atomic_block:  # in a test, which reads its own changes
        yield
        return
    with transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
        transaction.set_rollback(True)  # nothing was written, and search need not look for it


def _write(
    folder: Folder, leading: Leading, collection: Collection, tell: Callable[[str], None]
) -> None:
    pieces = sorted(collection.pieces.values(), key=lambda one: (one.file, one.address))
    for number, piece in enumerate(pieces):
        if number % _REPORT_EVERY == 0:
            tell(f"{number} of {len(pieces)} written")
        if piece.file in folder:  # a download that several addresses lead to
            continue
        if content := _rewritten(leading, piece):
            folder.write(piece.file, content)
        elif piece.stored.stat().st_size < _LARGE:
            folder.write(piece.file, piece.stored.read_bytes())
        else:
            folder.move(piece.file, piece.stored, piece.sha256)


def _rewritten(leading: Leading, piece: Piece) -> bytes:
    if piece.kind == "text/html":
        return leading.page(piece, piece.stored.read_text("utf-8")).encode()
    if piece.file.endswith(".css"):
        return leading.style_sheet(piece, piece.stored.read_text("utf-8")).encode()
    return b""


def _write_for_servers(
    folder: Folder, archive: Archive, moved: dict[str, str], policy: str, style: str
) -> None:
    for name, content in redirects.pages(moved):
        if name not in folder:
            folder.write(name, content)
    context = {
        "archive": archive,
        "languages": languages.CODES,
        "missing": MISSING,
        "policy": policy,
    }
    # In both languages: for addresses of neither, and for servers that know one such page only.
    missing = render_to_string("portal/static_export/missing.html", {"style": style})
    folder.write(MISSING, missing.encode())
    folder.write(f"{SERVER}/redirects.map", redirects.for_nginx(moved).encode())
    nginx = render_to_string("portal/static_export/nginx.conf", context)
    folder.write(f"{SERVER}/nginx.conf", nginx.encode())
    context["redirects"] = redirects.for_apache(moved)
    folder.write(".htaccess", render_to_string("portal/static_export/htaccess", context).encode())
