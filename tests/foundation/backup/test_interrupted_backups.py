"""A backup that is ended or killed, goes to a drive without links, or meets files that change."""

import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from foundation.backup import media, restoring, writing
from foundation.backup.writing import back_up, back_up_into
from projects.models import Theme
from tests import factories
from tests.foundation.backup.everything import RECIPIENT, checked
from tests.foundation.backup.test_backups import empty_the_portal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def end_it(*given: object, **more: object) -> Any:
    os.kill(os.getpid(), signal.SIGTERM)


def files_below(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_drive_without_links_takes_a_backup(tmp_path, monkeypatch, identity) -> None:
    def no_links(*given: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    factories.make_theme()
    path, written = back_up_into(tmp_path / "stick", [RECIPIENT])
    assert files_below(tmp_path / "stick") == [path.name]
    assert checked(path, identity) == written
    with pytest.raises(FileExistsError):
        writing._give_name(tmp_path / "another", path)
    assert checked(path, identity) == written


def test_what_a_killed_backup_has_left_is_cleared_away(tmp_path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / ".portal-2026-11-25T011502Z.tar.gz.age.77.part").write_bytes(b"half")
    (folder / ".portal-anteckning").write_text("annans")
    path, _written = back_up_into(folder, [RECIPIENT])
    assert sorted(files_below(folder)) == [".portal-anteckning", path.name]


def test_backup_that_is_being_made_is_left_alone(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "backups"
    meanwhile: list[str] = []

    def another(target: Any) -> Any:
        writing._clear_away_unfinished(folder)
        meanwhile.extend(files_below(folder))
        return back_up(target)

    monkeypatch.setattr(writing, "back_up", another)
    path, _written = back_up_into(folder, [RECIPIENT])
    assert len(meanwhile) == 1
    assert meanwhile[0].endswith(".part")
    assert files_below(folder) == [path.name]


def test_backup_that_is_told_to_end_leaves_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(writing, "back_up", end_it)
    with pytest.raises(SystemExit):
        call_command("backup", tmp_path / "backups")
    assert files_below(tmp_path / "backups") == []


def test_restore_that_is_told_to_end_leaves_nothing(
    settings, tmp_path, monkeypatch, identity
) -> None:
    factories.make_theme()
    factories.make_material_file()
    path, _written = back_up_into(tmp_path / "backups", [RECIPIENT])
    empty_the_portal(settings, tmp_path)
    monkeypatch.setattr(restoring, "_compare", end_it)
    with pytest.raises(SystemExit):
        call_command("restore", path, identity=identity)
    assert not Theme.objects.exists()
    assert files_below(tmp_path / "elsewhere") == []


def test_files_that_come_and_go_meanwhile_do_no_harm(tmp_path, monkeypatch, identity) -> None:
    default_storage.save("bort.pdf", ContentFile(b"%PDF-"))
    file = factories.make_material_file()

    list_names = media.names_in_storage

    def listed_before_they_change(folder: str = "") -> list[str]:
        names = list(list_names(folder))
        if folder:
            return names
        default_storage.delete("bort.pdf")
        default_storage.save("nytt/åäö.pdf", ContentFile(b"%PDF-"))
        assert "bort.pdf" in names
        return names

    monkeypatch.setattr(media, "names_in_storage", listed_before_they_change)
    path, manifest = back_up_into(tmp_path / "backups", [RECIPIENT])
    assert manifest.faults == {}
    assert list(manifest.files) == [file.file.name]
    assert checked(path, identity) == manifest
