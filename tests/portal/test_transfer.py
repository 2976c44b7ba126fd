"""All content goes into a folder and back into an empty portal: every row and byte is the same."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from foundation.accounts.models import User
from foundation.content.models import ChangeNote, LanguageState, SlugHistory
from foundation.history.models import Change
from foundation.search.indexing import bring_up_to_date, out_of_step
from portal.demo.loading import load
from portal.transfer.exporting import export_content
from portal.transfer.importing import import_content
from portal.transfer.manifest import NAME, Refused, checksum
from portal.transfer.tables import LEFT_OUT, USER_COLUMNS, models_of_content
from projects.models import Theme, Workshop
from tests import factories

pytestmark = pytest.mark.django_db

TABLES = [model._meta.db_table for model in models_of_content()]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path: Path) -> Callable[[str], None]:
    """Uploads in a folder of the test's own; calling it begins an empty one."""

    def begin(name: str) -> None:
        settings.MEDIA_ROOT = tmp_path / name

    begin("media")
    return begin


def rows() -> dict[str, list[str]]:
    """Every row of every table as PostgreSQL writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT row::text FROM "{table}" row ORDER BY 1')
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def files(folder: str = "") -> dict[str, bytes]:
    """Every file of the storage with its bytes."""
    found = {}
    folders, names = default_storage.listdir(folder)
    for name in names:
        with default_storage.open(f"{folder}{name}") as file:
            found[f"{folder}{name}"] = file.read()
    for name in folders:
        found |= files(f"{folder}{name}/")
    return found


def people() -> list[dict]:
    return list(User.objects.order_by("pk").values(*USER_COLUMNS))


def empty_the_portal() -> None:
    """As it is after `migrate`."""
    everything = [*TABLES, *(model._meta.db_table for model in LEFT_OUT)]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(everything)} RESTART IDENTITY")
    User.objects.all().delete()


def change_a_few_things() -> None:
    """Rows of the kinds that no starter content has: history, counts, notes, people."""
    editor = factories.make_user(first_name="Eeva", is_staff=True, is_superuser=True)
    theme = Theme.objects.first()
    theme.slug_sv, theme.lead_fi, theme.responsible = "en-ny-adress", "Uusi ingressi.", editor
    theme.save()
    workshop = factories.make_workshop(day=date(2100, 5, 4), last_day=date(2100, 5, 4))
    workshop.day = workshop.last_day = date(2100, 5, 5)
    workshop.save()
    factories.make_download_day()
    factories.make_kit_day()
    factories.make_searched_day()
    factories.make_feedback(handled_by=editor, answered_at=timezone.now())
    factories.make_redirect()
    Workshop.objects.filter(pk=workshop.pk).delete()  # its number must not be given again


def test_starter_content_comes_back_with_every_row_and_byte(own_storage, tmp_path):
    load()
    change_a_few_things()
    bring_up_to_date()
    before, uploads, persons = rows(), files(), people()
    for model in (SlugHistory, LanguageState, ChangeNote):
        assert before[model._meta.db_table]
    assert uploads
    next_workshop = factories.make_workshop().pk + 1
    Workshop.objects.filter(pk=next_workshop - 1).delete()
    before = rows()
    assert export_content(tmp_path / "export")[1] == []

    empty_the_portal()
    own_storage("elsewhere")
    import_content(tmp_path / "export")
    assert rows() == before
    assert files() == uploads
    assert people() == persons
    assert out_of_step() == []
    assert factories.make_workshop().pk == next_workshop


def test_triggers_write_again_after_an_import(tmp_path):
    theme = factories.make_theme()
    export_content(tmp_path / "export")
    import_content(tmp_path / "export", replace=True)
    Theme.objects.get(pk=theme.pk).delete()
    theme = factories.make_theme()
    theme.slug_fi = "toinen-osoite"
    theme.save()
    assert SlugHistory.objects.filter(object_id=theme.pk, language="fi").exists()
    assert theme.version < Theme.objects.get(pk=theme.pk).version


def test_history_stays_behind_and_begins_anew(tmp_path):
    theme = factories.make_theme()
    gone = factories.make_story()
    gone.delete()
    export_content(tmp_path / "export")
    assert not (tmp_path / "export/tables/history_change.jsonl").exists()
    import_content(tmp_path / "export", replace=True)
    assert not Change.objects.exists()
    Theme.objects.filter(pk=theme.pk).update(thread=2)
    assert Change.objects.get().kind == "projects_theme"


def test_export_holds_no_password_session_or_right(tmp_path):
    factories.make_user(password="hemligt-salaisuus-17", is_superuser=True)
    factories.make_preview()
    export_content(tmp_path / "export")
    told = {path.name for path in (tmp_path / "export" / "tables").iterdir()}
    assert not [
        name for name in told if "session" in name or "preview" in name or name.startswith("auth_")
    ]
    (line,) = (tmp_path / "export/tables/accounts_user.jsonl").read_text("utf-8").splitlines()
    assert set(json.loads(line)) == set(USER_COLUMNS)
    assert not {"password", "is_superuser", "is_staff"} & set(USER_COLUMNS)


def test_person_of_an_import_has_no_rights_and_cannot_log_in(tmp_path):
    factories.make_user(is_staff=True, is_superuser=True)
    export_content(tmp_path / "export")
    empty_the_portal()
    import_content(tmp_path / "export")
    user = User.objects.get()
    assert not (user.is_staff or user.is_superuser or user.has_usable_password())


def test_person_who_is_there_already_is_the_one_that_content_names(tmp_path):
    editor = factories.make_user(email="Eeva@example.fi")
    theme = factories.make_theme(responsible=editor)
    export_content(tmp_path / "export")
    empty_the_portal()
    somebody = factories.make_user(email="annan@example.fi", pk=editor.pk)
    here = factories.make_user(email="eeva@example.fi", is_superuser=True)
    import_content(tmp_path / "export")
    assert Theme.objects.get(pk=theme.pk).responsible == here
    assert set(User.objects.all()) == {somebody, here}
    assert User.objects.get(pk=here.pk).is_superuser


def test_portal_with_content_is_left_alone_unless_asked(tmp_path):
    factories.make_theme()
    export_content(tmp_path / "export")
    factories.make_story()
    with pytest.raises(CommandError, match="redan innehåll"):
        call_command("import_content", tmp_path / "export")
    assert rows()["publications_story"]
    said = StringIO()
    call_command("import_content", tmp_path / "export", replace=True, stdout=said)
    assert not rows()["publications_story"]
    assert rows()["projects_theme"]
    assert "Rader: " in said.getvalue()


def exported_material(folder: Path) -> Path:
    """An export with one file, and the path of the file in it."""
    factories.make_material_file()
    export_content(folder)
    return next(path for path in (folder / "files").rglob("*") if path.is_file())


def test_file_that_has_changed_is_refused_with_nothing_stored(own_storage, tmp_path):
    file = exported_material(tmp_path / "export")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    empty_the_portal()
    own_storage("elsewhere")
    with pytest.raises(Refused, match="har ändrats"):
        import_content(tmp_path / "export")
    assert not any(rows().values())
    assert not (tmp_path / "elsewhere").exists()


def test_rows_that_break_a_rule_are_refused_with_nothing_stored(own_storage, tmp_path):
    exported_material(tmp_path / "export")
    folder = tmp_path / "export"
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    table = folder / "tables/publications_material.jsonl"
    table.write_text(table.read_text("utf-8").replace('"licence":"cc-by-4.0"', '"licence":""'))
    manifest["tables"]["publications_material"]["sha256"] = checksum(table)
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    empty_the_portal()
    own_storage("elsewhere")
    with pytest.raises(Refused, match="material_published_has_a_licence"):
        import_content(folder)
    assert not any(rows().values())
    assert files("materials/") == {}


def test_file_of_another_content_in_the_storage_is_not_overwritten(own_storage, tmp_path):
    file = exported_material(tmp_path / "export")
    empty_the_portal()
    own_storage("elsewhere")
    there = tmp_path / "elsewhere" / file.relative_to(tmp_path / "export/files")
    there.parent.mkdir(parents=True)
    there.write_bytes(b"another")
    with pytest.raises(Refused, match="en annan fil"):
        import_content(tmp_path / "export")
    assert there.read_bytes() == b"another"


@pytest.mark.parametrize("name", ["../ute.pdf", "/etc/ute.pdf", "a/../../ute.pdf", "a\\ute.pdf"])
def test_name_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    factories.make_theme()
    folder = tmp_path / "export"
    export_content(folder)
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    manifest["files"] = {name: {"size": 1, "sha256": "0" * 64}}
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(Refused, match="inget namn på en fil"):
        import_content(folder, replace=True)


def test_export_of_other_migrations_is_refused(tmp_path):
    folder = tmp_path / "export"
    export_content(folder)
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    manifest["migrations"] = manifest["migrations"][1:]
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(Refused, match="andra migrationer"):
        import_content(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', "null"])
def test_folder_without_a_whole_export_is_refused(tmp_path, text):
    (tmp_path / NAME).write_text(text, "utf-8")
    with pytest.raises(Refused):
        import_content(tmp_path)


def test_export_does_not_mix_with_what_is_in_the_folder(tmp_path):
    (tmp_path / "annat.txt").write_text("x")
    with pytest.raises(CommandError, match="är inte tom"):
        call_command("export_content", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "media"] == ["annat.txt"]


def test_export_names_a_file_that_the_storage_lacks(tmp_path):
    file = factories.make_material_file(published_at=timezone.now() - timedelta(days=1))
    default_storage.delete(file.file.name)
    assert export_content(tmp_path / "export")[1] == [file.file.name]
