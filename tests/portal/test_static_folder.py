"""The folder of a copy: it holds nothing else, and a run that ends early leaves nothing in it."""

import errno
import gzip
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import activate

from foundation.content.archive import Archive
from portal.static_export import publishing
from portal.static_export.folder import SUMS, Folder, beside, something_else, swap
from tests.deploy.test_proxy import NGINX, Proxy, free_port, open_folder, wait_for

HOST = "arkiv.example.fi"
ARCHIVE = Archive(date(2026, 11, 25), f"https://{HOST}")
MIME_TYPES = Path("/etc/nginx/mime.types")
PAGE = "<!doctype html><p>väv</p>" * 20


def a_copy(folder: Path, old: Path) -> Folder:
    """The least that a copy has."""
    copy = Folder(folder, old, is_compressed=True)
    for name in ("index.html", "sitemap.xml", "sv/index.html", "fi/index.html"):
        copy.write(name, f"{name} {PAGE}".encode())
    for code in ("sv", "fi"):
        copy.write(f"{code}/404.html", f"saknas {code}".encode())
    return copy


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    a_copy(folder, tmp_path / "none").finish()
    return folder


def test_copy_holds_nothing_else(copy: Path) -> None:
    assert something_else(copy) == ""
    assert something_else(copy.parent / "none") == ""


def test_what_somebody_has_put_into_a_copy_is_not_thrown_away(copy: Path) -> None:
    (copy / "sv/anteckningar.txt").write_text("mina")
    assert something_else(copy) == "sv/anteckningar.txt"


def test_checksums_of_something_else_make_no_copy(tmp_path: Path) -> None:
    (tmp_path / "skiva.iso").write_bytes(b"")
    (tmp_path / SUMS).write_text(f"{'0' * 64}  skiva.iso\n")
    assert something_else(tmp_path) == SUMS


def test_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("kvar")
    assert something_else(tmp_path / "brev.txt") == "brev.txt"


def test_folder_behind_a_link_stays_behind_it(copy: Path) -> None:
    link = copy.parent / "link"
    link.symlink_to(copy)
    (copy / "annat").write_text("")
    with pytest.raises(CommandError, match="annat"):
        call_command("publish_static", link, "--base-url", ARCHIVE.base_url)
    assert link.is_symlink()


def test_top_of_a_disk_is_refused_in_words(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path == tmp_path)
    with pytest.raises(CommandError, match="inte själva disken"):
        call_command("publish_static", tmp_path, "--base-url", ARCHIVE.base_url)


def test_compressed_form_that_the_disk_has_changed_is_made_anew(copy: Path) -> None:
    (copy / "sv/index.html.gz").write_bytes(gzip.compress(b"something else"))
    (copy / "sv/index.html.br").write_bytes(b"no brotli")
    again = copy.parent / "again"
    a_copy(again, copy).finish()
    packed = (again / "sv/index.html.gz").read_bytes()
    assert gzip.decompress(packed) == (again / "sv/index.html").read_bytes()
    assert (again / "sv/index.html.br").read_bytes() != b"no brotli"


def test_what_a_killed_run_has_left_is_cleared_away(copy: Path) -> None:
    with beside(copy) as first:
        (first / "collected").mkdir()
        shutil.copytree(first, first.parent / f".{copy.name}-unfinished-killed")
        with beside(copy) as second:
            assert first.is_dir()
            assert sorted(copy.parent.iterdir()) == sorted([copy, first, second])
    assert list(copy.parent.iterdir()) == [copy]


def test_copy_that_was_set_aside_when_the_power_failed_comes_back(copy: Path) -> None:
    left = copy.parent / f".{copy.name}-unfinished-killed"
    left.mkdir()
    os.rename(copy, left / "old")
    with beside(copy):
        assert something_else(copy) == ""
        assert (copy / "sv/index.html").is_file()


def test_copy_stays_where_the_new_one_cannot_be_put(copy: Path) -> None:
    with beside(copy) as working, pytest.raises(FileNotFoundError):
        swap(working / "never made", copy, working)
    assert (copy / "sv/index.html").is_file()


@pytest.mark.django_db
def test_full_disk_is_told_in_words_and_leaves_the_copy(copy: Path, monkeypatch) -> None:
    def full(*given: object) -> None:
        activate("fi")  # as the last page has left it
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publishing.Collection, "collect", full)
    with pytest.raises(CommandError, match=r"Ingen kopia gjordes.*No space left"):
        call_command("publish_static", copy, "--base-url", ARCHIVE.base_url, stdout=StringIO())
    assert list(copy.parent.iterdir()) == [copy]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_command_that_is_told_to_end_leaves_nothing(copy: Path, monkeypatch, number: int) -> None:
    monkeypatch.setattr(
        publishing.Collection, "collect", lambda collection: os.kill(os.getpid(), number)
    )
    before = signal.getsignal(number)
    with pytest.raises(SystemExit):
        call_command("publish_static", copy, "--base-url", ARCHIVE.base_url, stdout=StringIO())
    assert list(copy.parent.iterdir()) == [copy]
    assert signal.getsignal(number) == before


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if not (NGINX and MIME_TYPES.is_file()):
        pytest.skip("nginx is not installed: what a copy tells it is NOT TESTED")
    top = open_folder(tmp_path_factory, "served")
    folder, port = top / "copy", free_port()
    copy = a_copy(folder, top / "none")
    moved = {"/sv/gammal/": "/sv/", "/sv/?sida=1": "/fi/"}
    publishing._write_for_servers(copy, ARCHIVE, moved, "default-src 'self'", "/site.css")
    copy.write("sv/floden/nytt.atom", PAGE.encode())
    text = (folder / "server/nginx.conf").read_text("utf-8").replace("ROOT", str(folder))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    (top / "mime.types").symlink_to(MIME_TYPES)
    temporary = "".join(
        f"{kind}_temp_path {top / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = top / "nginx.conf"
    path.write_text(
        f"daemon off; pid {top / 'pid'}; error_log {top / 'error.log'}; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{text} }}",
        "utf-8",
    )
    tested = subprocess.run([NGINX, "-t", "-c", path], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    process = subprocess.Popen([NGINX, "-c", path], stderr=subprocess.DEVNULL)
    wait_for(port)
    yield Proxy(port, 0, top / "access.log")
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_answer_says_that_it_depends_on_what_the_reader_unpacks(nginx: Proxy, coding: str) -> None:
    headers = {"Host": HOST, "Accept-Encoding": coding}
    answer, body = nginx.ask("/sv/", secure=False, **headers)
    assert answer.status == 200
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(body) if coding == "gzip" else body) == f"sv/index.html {PAGE}".encode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/sv/finns-inte/", "saknas sv"),
        ("/fi/ei-ole/", "saknas fi"),
        ("/vart", "Sivua ei löytynyt"),
        ("/admin/", "Sidan hittades inte"),
        ("/server/redirects.map", "Sidan hittades inte"),
    ],
)
def test_what_is_missing_is_told_in_the_readers_language(
    nginx: Proxy, path: str, said: str
) -> None:
    answer, body = nginx.ask(path, secure=False, Host=HOST)
    assert answer.status == 404
    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
    assert said in body.decode()


@pytest.mark.parametrize(("former", "now"), [("/sv/gammal/", "/sv/"), ("/sv/?sida=1", "/fi/")])
def test_former_address_leads_on(nginx: Proxy, former: str, now: str) -> None:
    answer, _body = nginx.ask(former, secure=False, Host=HOST)
    assert answer.status == 301
    assert answer.headers["Location"].endswith(now)


def test_feed_has_its_type(nginx: Proxy) -> None:
    answer, _body = nginx.ask("/sv/floden/nytt.atom", secure=False, Host=HOST)
    assert answer.headers["Content-Type"] == "application/atom+xml"
