"""The layout of an archive: what independent readers make of it, its length, its stretches."""

import os
import shutil
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from publications.files import FileIsMissing
from publications.kits.zip_stream import Archive, Member
from publications.models import MaterialFile
from tests import factories

DAY = datetime(2018, 10, 11, 6, 30, 14, tzinfo=UTC)  # 9.30.14 in Helsinki
GIB = 1 << 30


def bytes_of(archive: Archive) -> bytes:
    return b"".join(archive.stretch(range(archive.size)))


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def unstored(size: int, crc32: int = 0) -> MaterialFile:
    """A file of a size that nobody has to store."""
    return MaterialFile(size=size, crc32=crc32)


@pytest.fixture
def archive(db) -> Archive:
    stored = factories.make_material_file(content=bytes(range(256)) * 300)
    return Archive(
        [
            Member("index.html", DAY, b"<!doctype html>"),
            Member("Mapp med å/Välfärd – hyvinvointi.pdf", DAY, stored),
            Member("tom.txt", DAY, b""),
            Member("sist.txt", DAY, "å".encode()),
        ]
    )


def test_archive_is_as_long_as_it_said_and_read_by_python(archive):
    content = bytes_of(archive)
    assert len(content) == archive.size
    with opened(content) as found:
        assert found.testzip() is None
        names = ["index.html", "Mapp med å/Välfärd – hyvinvointi.pdf", "tom.txt", "sist.txt"]
        assert found.namelist() == names
        assert found.read(names[1]) == bytes(range(256)) * 300
        for info in found.infolist():
            assert info.flag_bits & 0x800  # the name is UTF-8
            assert info.compress_type == zipfile.ZIP_STORED
            assert info.date_time == (2018, 10, 11, 9, 30, 14)
            assert info.external_attr >> 16 == 0o100644
            assert info.extract_version == 20


def test_archive_is_read_by_unzip(archive, tmp_path):
    unzip = shutil.which("unzip")
    if unzip is None:
        pytest.skip("NOT TESTED: unzip is not installed here.")
    path = tmp_path / "kit.zip"
    path.write_bytes(bytes_of(archive))
    subprocess.run([unzip, "-tq", path], check=True, capture_output=True)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([unzip, "-q", path, "-d", tmp_path / "out"], check=True, env=environment)
    found = tmp_path / "out" / "Mapp med å" / "Välfärd – hyvinvointi.pdf"
    assert found.stat().st_size == 256 * 300


def test_every_stretch_is_a_slice_of_the_whole(archive):
    whole = bytes_of(archive)
    edges = sorted({0, 1, *archive._starts, *(start + 1 for start in archive._starts), len(whole)})
    for start in edges:
        for stop in edges:
            if start <= stop:
                stretch = b"".join(archive.stretch(range(start, stop)))
                assert stretch == whole[start:stop], (start, stop)


def test_digest_tells_of_names_dates_and_bytes():
    def digest(name="a", day=DAY, content=b"1"):
        return Archive([Member(name, day, content)]).digest()

    others = [digest(name="b"), digest(day=DAY.replace(hour=7)), digest(content=b"2")]
    assert len({digest(), *others}) == 4
    assert digest() == digest()


def test_file_that_was_not_measured_cannot_be_laid_out(db):
    with pytest.raises(FileIsMissing):
        Archive([Member("a", DAY, MaterialFile(size=3, crc32=None))])


def test_lost_file_breaks_the_stretch_off(db):
    file = factories.make_material_file(content=b"x" * 5000)
    archive = Archive([Member("a", DAY, b"a"), Member("b", DAY, file)])
    file.file.storage.delete(file.file.name)
    with pytest.raises(FileIsMissing):
        bytes_of(archive)


def test_file_cut_while_it_is_sent_breaks_the_stretch_off(db):
    file = factories.make_material_file(content=b"x" * 600_000)
    archive = Archive([Member("b", DAY, file)])
    path = Path(file.file.path)
    stretch = archive.stretch(range(archive.size))
    next(stretch)  # the header
    next(stretch)  # a first chunk of the file
    path.write_bytes(b"")
    with pytest.raises(EOFError):
        b"".join(stretch)


def test_stretch_that_nobody_reads_to_its_end_closes_its_file(db):
    files = [factories.make_material_file(content=b"x" * 600_000) for _number in range(2)]
    archive = Archive([Member(f"{one.pk}", DAY, one) for one in files])
    before = _open_files()
    stretch = archive.stretch(range(archive.size))
    next(stretch)
    next(stretch)
    assert _open_files() == before + 1
    stretch.close()
    assert _open_files() == before


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("NOT TESTED: this system does not tell of open files.")
    return sum(".pdf" in os.readlink(one) for one in folder.iterdir() if one.is_symlink())


# Beyond 4 GiB


@pytest.mark.parametrize("size", [4 * GIB - 2, 4 * GIB - 1, 4 * GIB, 5 * GIB])
def test_archive_beyond_four_gigabytes_is_one_by_zip64(tmp_path, size):
    """Written with a hole where the large file would be."""
    members = [
        Member("före.txt", DAY, b"first"),
        Member("stor.mp4", DAY, unstored(size)),
        Member("efter.txt", DAY, b"last"),
    ]
    archive = Archive(members)
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        for part, start in zip(archive._parts, archive._starts, strict=True):
            if isinstance(part, bytes):
                file.seek(start)
                file.write(part)
    assert path.stat().st_size == archive.size
    with zipfile.ZipFile(path) as found:
        assert [info.file_size for info in found.infolist()] == [5, size, 4]
        assert found.read("före.txt") == b"first"
        assert found.read("efter.txt") == b"last"
        with found.open("stor.mp4") as large:  # its local header says what the directory says
            assert large.read(3) == b"\0\0\0"
    zipinfo = shutil.which("zipinfo")
    # Info-ZIP 6 itself stumbles over a size that is the mark of ZIP64.
    if zipinfo and size != 0xFFFFFFFF:
        said = subprocess.run([zipinfo, path], capture_output=True, text=True, check=True).stdout
        assert f" {size} " in said


def test_archive_of_very_many_files_is_one_by_zip64(tmp_path):
    """More files than 16 bits can count: ZIP64 without its gigabytes."""
    unzip = shutil.which("unzip")
    if unzip is None:
        pytest.skip("NOT TESTED: unzip is not installed here.")
    count = 0xFFFF + 1
    archive = Archive([Member(f"{number}.txt", DAY, b"x") for number in range(count)])
    path = tmp_path / "many.zip"
    path.write_bytes(bytes_of(archive))
    subprocess.run([unzip, "-tq", path], check=True, capture_output=True)
    with zipfile.ZipFile(path) as found:
        assert len(found.infolist()) == count


def test_dates_that_dos_cannot_write_are_the_nearest_it_can():
    early = Archive([Member("a", datetime(1970, 1, 2, tzinfo=UTC), b"")])
    with opened(bytes_of(early)) as found:
        assert found.infolist()[0].date_time[:3] == (1980, 1, 2)


def test_crc_of_a_stored_file_is_measured_at_upload(db):
    content = b"%PDF-1.4 abc"
    file = factories.make_material_file(content=content)
    assert MaterialFile.objects.get(pk=file.pk).crc32 == zlib.crc32(content)
    other = factories.make_material_file()
    other.file = ContentFile(content, "x.pdf")
    other.published_at = None
    other.measure()
    assert other.crc32 == zlib.crc32(content)
