"""Backups that are damaged, do not fit or find no room are refused; nothing is lost by it."""

import errno
import os
import re
import stat
import tarfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.backup import restoring
from foundation.backup.archive import writing
from foundation.backup.manifest import NAME, Manifest, file_member
from foundation.backup.refused import OLDER, Refused
from foundation.backup.restoring import restore
from foundation.backup.tables import LEFT_OUT, tables
from foundation.backup.writing import back_up, back_up_into, back_up_to, forget_older_than
from foundation.history.models import Change
from foundation.search.models import SearchedDay
from projects.models import Theme
from publications.models import MaterialFile, TaskArea
from tests import factories
from tests.foundation.backup.everything import RECIPIENT, checked, numbering, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def empty_the_portal(settings, tmp_path: Path) -> None:
    """As it is after `migrate`, on a machine without uploads."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        written_by_migrate = ("auth_", "django_content_type", "django_migrations")
        names = [name for name in tables() if not name.startswith(written_by_migrate)]
        cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"


def a_backup(folder: Path, recipients: Sequence[str] = (RECIPIENT,)) -> Path:
    """A small one: a story that was changed, and a file."""
    story = factories.make_story()
    story.title_sv = "Med \\ och\tå"
    story.save()
    factories.make_material_file()
    return back_up_into(folder, recipients)[0]


def kept() -> dict[str, list[str]]:
    """Every row that a backup takes."""
    return {table: found for table, found in rows(connection) if table not in LEFT_OUT}


def test_backup_comes_back_with_its_history_and_goes_on_counting(
    settings, tmp_path, identity
) -> None:
    path = a_backup(tmp_path / "backups")
    before, numbers = kept(), numbering(connection)
    empty_the_portal(settings, tmp_path)
    restore(path, identity)
    assert kept() == before
    assert numbering(connection) == numbers
    assert Change.objects.filter(kind="publications_story", operation="changed").exists()


def test_triggers_write_again_after_restoring(settings, tmp_path, identity) -> None:
    path = a_backup(tmp_path / "backups")
    empty_the_portal(settings, tmp_path)
    restore(path, identity)
    changes = Change.objects.count()
    theme = Theme.objects.get()
    theme.title_sv = "Efteråt"
    theme.save()
    assert Change.objects.count() == changes + 1


def test_unsealed_backup_is_a_tar_that_any_program_reads(tmp_path) -> None:
    path = a_backup(tmp_path / "backups", recipients=[])
    with tarfile.open(path) as tar:
        names = tar.getnames()
        assert "tables/publications_story.copy" in names
        assert names[-1] == "backup.json"
        content = tar.extractfile("tables/publications_story.copy")
        assert content and "Med \\\\ och\\tå" in content.read().decode()


def test_backup_is_readable_by_its_owner_only(tmp_path) -> None:
    path = a_backup(tmp_path / "backups")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_log_ins_stay_behind(tmp_path) -> None:
    factories.make_login_link()
    path = a_backup(tmp_path / "backups", recipients=[])
    with tarfile.open(path) as tar:
        assert not [name for name in tar.getnames() if Path(name).stem in LEFT_OUT]
    assert tables().keys() >= LEFT_OUT


def test_nothing_that_is_kept_refers_to_what_is_left_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text "
            "FROM pg_constraint WHERE contype = 'f'"
        )
        refers = cursor.fetchall()
    assert refers
    assert not [one for one in refers if one[1] in LEFT_OUT and one[0] not in LEFT_OUT]


@pytest.mark.django_db(transaction=True)
def test_every_row_is_of_one_moment() -> None:
    """What is written while a backup is being made is in no table of it."""
    for number in range(3):
        factories.make_story(body_sv=f"<p>{os.urandom(60_000).hex()}</p>", year=2017 + number)

    class WrittenMeanwhile(BytesIO):
        """Where a backup goes; when the stories have begun to arrive, somebody adds an area."""

        is_added = False

        def write(self, data: Any) -> int:
            if self.tell() > 60_000 and not self.is_added:
                self.is_added = True
                with ThreadPoolExecutor() as elsewhere:
                    elsewhere.submit(add_an_area).result()
            return super().write(data)

    def add_an_area() -> None:
        factories.make_task_area()
        connection.close()

    target = WrittenMeanwhile()
    manifest = back_up(target)
    assert target.is_added
    assert TaskArea.objects.count() == 1
    assert manifest.tables["publications_taskarea"].rows == 0
    assert manifest.tables["publications_story"].rows == 3


@pytest.mark.parametrize("is_sealed", [False, True], ids=["open", "sealed"])
@pytest.mark.parametrize("place", [0, 300, -400, -1])
def test_byte_that_was_changed_is_found(tmp_path, identity, place: int, is_sealed: bool) -> None:
    path = a_backup(tmp_path / "backups", [RECIPIENT] if is_sealed else [])
    data = bytearray(path.read_bytes())
    data[place] ^= 0x55
    path.write_bytes(data)
    with pytest.raises(Refused):
        checked(path, identity if is_sealed else None)


@pytest.mark.parametrize("is_sealed", [False, True], ids=["open", "sealed"])
@pytest.mark.parametrize("length", [0, 5, 200, 5000, -1])
def test_end_that_was_cut_off_is_found(tmp_path, identity, length: int, is_sealed: bool) -> None:
    path = a_backup(tmp_path / "backups", [RECIPIENT] if is_sealed else [])
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(Refused):
        checked(path, identity if is_sealed else None)


def test_damaged_backup_is_refused_before_anything_is_written(settings, tmp_path, identity) -> None:
    path = a_backup(tmp_path / "backups")
    path.write_bytes(path.read_bytes()[:-20])
    empty_the_portal(settings, tmp_path)
    with pytest.raises(CommandError, match=r"Nothing was restored\. The backup is damaged"):
        call_command("restore", path, identity=identity)
    assert not Theme.objects.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_backup_of_before_the_first_release_is_refused(tmp_path) -> None:
    path = tmp_path / "older.tar.gz"
    with path.open("wb") as file, writing(file) as archive:
        archive.add(NAME, lambda member: member.write(b'{"version": 1}'))
    with pytest.raises(CommandError, match=re.escape(f"Nothing was restored. {OLDER}")):
        call_command("restore", path)


def test_database_without_tables_is_migrated_first(tmp_path, monkeypatch, identity) -> None:
    path = a_backup(tmp_path / "backups")
    commands = []

    def call(*command: str, **options: Any) -> None:
        commands.append(command)
        monkeypatch.undo()

    monkeypatch.setattr(restoring.tables, "tables", dict)
    monkeypatch.setattr(restoring, "call_command", call)
    with pytest.raises(Refused, match="empty database only"):
        restore(path, identity)
    assert commands == [("migrate",)]


def test_place_with_a_row_or_a_file_is_left_alone(settings, tmp_path, identity) -> None:
    path = a_backup(tmp_path / "backups")
    with pytest.raises(Refused, match="empty database only; this one has rows in"):
        restore(path, identity)
    empty_the_portal(settings, tmp_path)
    default_storage.save("a/b.txt", ContentFile(b"b"))
    with pytest.raises(Refused, match=r"empty storage only; this one holds a/b\.txt"):
        restore(path, identity)
    assert not Theme.objects.exists()


def test_backup_of_other_migrations_is_refused(settings, tmp_path, identity) -> None:
    path = a_backup(tmp_path / "backups")
    empty_the_portal(settings, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())"
        )
    with pytest.raises(Refused, match=r"other migrations: 1 differ, such as a\.b \(here only\)"):
        restore(path, identity)


def test_backup_of_other_columns_is_refused(settings, tmp_path, identity) -> None:
    path = a_backup(tmp_path / "backups")
    empty_the_portal(settings, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_redirect ADD COLUMN by_hand text")
    with pytest.raises(Refused, match="tables are not those of the backup: portal_redirect"):
        restore(path, identity)


def test_order_of_columns_does_not_matter(settings, tmp_path, identity) -> None:
    factories.make_searched_day()
    path = a_backup(tmp_path / "backups")
    day, columns = SearchedDay.objects.values().get(), tables()["search_searchedday"]
    empty_the_portal(settings, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE search_searchedday ADD COLUMN moved integer NOT NULL DEFAULT 0;"
            "ALTER TABLE search_searchedday DROP COLUMN times;"
            "ALTER TABLE search_searchedday RENAME COLUMN moved TO times"
        )
    assert tables()["search_searchedday"] != columns
    restore(path, identity)
    assert SearchedDay.objects.values().get() == day


def test_storage_without_local_paths_is_backed_up_and_restored_too(
    settings, tmp_path, identity
) -> None:
    """As an object storage is: its files have no path, and it closes what it has been given."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.ClosingStorage"},
    }
    content = os.urandom(5_000_000)
    default_storage.save("a/b/å.bin", ContentFile(content))
    path = a_backup(tmp_path / "backups")
    name = str(MaterialFile.objects.get().file.name)
    empty_the_portal(settings, tmp_path)
    settings.STORAGES = dict(settings.STORAGES)  # makes a new one, which is empty
    assert not default_storage.exists(name)
    restore(path, identity)
    with default_storage.open("a/b/å.bin") as stored:
        assert stored.read() == content
    assert default_storage.exists(name)


class ClosingStorage(InMemoryStorage):
    """Keeps files in memory, reads them as boto3 does, and closes them as it does."""

    def _save(self, name: str, content: Any) -> str:
        content.seek(0, os.SEEK_END)
        content.seek(0)
        saved = super()._save(name, ContentFile(content.read()))
        content.close()
        return saved


class FullStorage(FileSystemStorage):
    """Has room for one file more, and then none."""

    room = 1

    def _save(self, name: str, content: Any) -> str:
        if not FullStorage.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        FullStorage.room -= 1
        return super()._save(name, content)


def test_storage_that_gets_full_keeps_nothing_of_a_restore(settings, tmp_path, identity) -> None:
    default_storage.save("ensin.txt", ContentFile(b"1"))
    path = a_backup(tmp_path / "backups")
    empty_the_portal(settings, tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.FullStorage"},
    }
    FullStorage.room = 1
    with pytest.raises(CommandError, match=r"Nothing was restored\..*No space left"):
        call_command("restore", path, identity=identity)
    assert not Theme.objects.exists()
    assert [one for one in (tmp_path / "elsewhere").rglob("*") if one.is_file()] == []


def test_full_disk_makes_no_backup_and_leaves_nothing_behind(tmp_path) -> None:
    class FullDisk(BytesIO):
        def write(self, data: Any) -> int:
            if self.tell() + len(data) > 2000:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    factories.make_material_file()
    with pytest.raises(OSError, match="No space left"):
        back_up(FullDisk())
    with pytest.raises(Refused, match=r"could not be sealed: .*No space left"):
        back_up_to(FullDisk(), [RECIPIENT])
    factories.make_story()  # the connection is as good as before


def test_missing_file_is_told_and_the_rest_is_kept(settings, tmp_path, identity) -> None:
    gone = factories.make_material_file()
    kept = factories.make_material_file(name="kvar.pdf")
    default_storage.delete(str(gone.file.name))
    told = StringIO()
    with pytest.raises(CommandError, match="everything else, but 1 files are at fault"):
        call_command("backup", tmp_path / "backups", stderr=told)
    assert f"{gone.file.name}: it is missing." in told.getvalue()
    (path,) = (tmp_path / "backups").iterdir()
    empty_the_portal(settings, tmp_path)
    told = StringIO()
    call_command("restore", path, identity=identity, stderr=told)
    assert f"{gone.file.name} was at fault: it is missing." in told.getvalue()
    assert MaterialFile.objects.count() == 2
    assert default_storage.exists(str(kept.file.name))


def test_file_with_other_bytes_than_the_database_knows_is_told(tmp_path) -> None:
    file = factories.make_material_file()
    Path(file.file.path).write_bytes(b"%PDF- something else")
    manifest = back_up_into(tmp_path / "backups", [RECIPIENT])[1]
    assert manifest.faults == {file.file.name: "its bytes are not those the database knows"}
    assert str(file.file.name) in manifest.files


class BrokenFile(File):
    """Loses the connection after three bytes."""

    def read(self, size: int = -1) -> bytes:
        if self.tell():
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        return self.file.read(3)


class BrokenStorage(FileSystemStorage):
    """Cannot hand out one of its files as a whole."""

    def _open(self, name: str, mode: str = "rb") -> File:
        opened = super()._open(name, mode)
        return BrokenFile(opened.file) if "sönder" in name else opened


def test_file_that_cannot_be_read_to_its_end_is_left_out_as_a_whole(
    settings, tmp_path, identity
) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.BrokenStorage"}}
    default_storage.save("hel.txt", ContentFile(b"hel"))
    image = factories.make_image()
    broken = default_storage.save("images/sönder.png", ContentFile(b"abcdef"))
    type(image)._base_manager.filter(pk=image.pk).update(file=broken)
    path, manifest = back_up_into(tmp_path / "backups", [RECIPIENT])
    assert list(manifest.faults) == [broken]
    assert "Connection reset" in manifest.faults[broken]
    assert checked(path, identity).files.keys() >= {"hel.txt"}
    assert broken not in manifest.files


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "a/../../b", "a\\b", ""])
def test_file_whose_name_leads_out_of_the_backup_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="no name of a file"):
        file_member(name)


def test_list_of_another_version_is_refused() -> None:
    data = Manifest("2026-11-25T00:00:00+00:00", []).as_bytes()
    assert Manifest.of(data).migrations == []
    with pytest.raises(Refused, match=re.escape(OLDER)):
        Manifest.of(data.replace(b'"version": 2', b'"version": 1'))
    with pytest.raises(Refused, match="by a newer version"):
        Manifest.of(data.replace(b'"version": 2', b'"version": 3'))
    with pytest.raises(Refused, match="cannot be read"):
        Manifest.of(b"[]")


def test_backup_to_standard_output_is_whole(capfdbinary, tmp_path, identity) -> None:
    factories.make_material_file()
    call_command("backup", "-", stderr=StringIO())
    path = tmp_path / "piped"
    path.write_bytes(capfdbinary.readouterr().out)
    told = StringIO()
    call_command("check_backup", path, identity=identity, stdout=told)
    assert "whole: " in told.getvalue()


def test_only_the_newest_backups_are_kept(tmp_path) -> None:
    names = [f"portal-2026-11-0{day}T010000Z.tar.gz.age" for day in range(1, 6)]
    for name in [*names, "notes.txt"]:
        (tmp_path / name).write_text("")
    assert [path.name for path in forget_older_than(tmp_path, 2)] == names[:3]
    assert {path.name for path in tmp_path.iterdir()} == {*names[3:], "notes.txt"}
