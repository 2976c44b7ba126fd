"""What editors see of the reading of files, and what they may do about it."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext, override

from foundation.accounts.models import User
from publications.models import MaterialFile
from publications.text_extraction.messages import MESSAGES
from publications.text_extraction.tasks import read_file
from tests import factories, sample_files
from tests.foundation.editing.test_admin import form_of

PICTURE = "admin:publications_materialfile_picture"


@pytest.fixture
def editor(client, db):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True, language="sv"))
    return client


@pytest.fixture
def file(db) -> MaterialFile:
    return factories.make_material_file(
        language="sv", reading_text="<p>Ur filen.</p>", text_checked_at=None
    )


def address_of(file: MaterialFile) -> str:
    return reverse("admin:publications_material_change", args=[file.material_id])


def saved(client, row: MaterialFile, **changed: object) -> MaterialFile:
    """The file after its row of the form was changed and saved."""
    form = form_of(client, address_of(row))
    prefix = next(name for name in form if name.endswith("-0-reading_text")).rsplit("-", 1)[0]
    values = {name: value for name, value in changed.items() if value is not None}
    response = client.post(address_of(row), form | {f"{prefix}-{k}": v for k, v in values.items()})
    assert response.status_code == 302
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("published_at", [None, factories.LONG_AGO])
def test_editor_puts_the_text_right_and_says_that_it_is_checked(editor, file, published_at):
    MaterialFile.objects.filter(pk=file.pk).update(reading_state="read")
    saved(editor, file, reading_text="<p>Rätt.</p>")
    assert (file.reading_text, file.is_unchecked) == ("<p>Rätt.</p>", True)
    saved(editor, file, text_is_checked="on")
    assert not file.is_unchecked
    assert file.text_checked_by == User.objects.get()
    form = form_of(editor, address_of(file))
    ticks = [name for name in form if name.endswith("-0-text_is_checked")]
    form.pop(next(name for name in ticks if not name.startswith("initial-")))
    editor.post(address_of(file), form)
    file.refresh_from_db()
    assert file.is_unchecked
    assert file.text_checked_by is None


def test_text_that_is_not_there_cannot_be_checked(editor, file):
    form = form_of(editor, address_of(file))
    prefix = next(name for name in form if name.endswith("-0-reading_text")).rsplit("-", 1)[0]
    changed = {f"{prefix}-reading_text": "", f"{prefix}-text_is_checked": "on"}
    response = editor.post(address_of(file), form | changed)
    assert response.status_code == 200
    assert gettext("Only a text that is there can be checked.") in response.content.decode()


def test_what_is_read_while_the_form_is_open_is_not_overwritten(editor):
    file = factories.make_material_file(
        published_at=None, language="sv", reading_text="", text_checked_at=None
    )
    form = form_of(editor, address_of(file))
    read_file.call(file.pk)
    prefix = next(name for name in form if name.endswith("-0-reading_text")).rsplit("-", 1)[0]
    editor.post(address_of(file), form | {f"{prefix}-seconds": "5"})
    file.refresh_from_db()
    assert file.seconds == 5
    assert (file.reading_state, file.pages) == ("read", 1)
    assert "Hyvinvointi arjessa." in file.reading_text
    assert file.page_pictures


def test_text_typed_before_the_file_is_read_stays(editor, django_capture_on_commit_callbacks):
    material = factories.make_material()
    address = reverse("admin:publications_material_change", args=[material.pk])
    row = {
        "language": "sv",
        "version": 1,
        "role": "content",
        "file": SimpleUploadedFile("a.pdf", sample_files.pdf([(12, "Ur filen")])),
        "reading_text": "<p>Min egen text</p>",
    }
    form = form_of(editor, address) | {"files-TOTAL_FORMS": 1}
    form |= {f"files-0-{name}": value for name, value in row.items()}
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(address, form).status_code == 302
    file = MaterialFile.objects.get()
    assert (file.reading_text, file.pages) == ("<p>Min egen text</p>", 1)
    assert file.text_checked_by == User.objects.get()


def test_replaced_draft_keeps_nothing_of_its_former_bytes(
    editor, django_capture_on_commit_callbacks
):
    file = factories.make_material_file(published_at=None, language="sv", pages=9)
    read_file.call(file.pk)
    new = SimpleUploadedFile("b.pdf", sample_files.pdf([(12, "Annan text")], []))
    with django_capture_on_commit_callbacks(execute=True):
        saved(editor, file, file=new)
    file.refresh_from_db()
    assert file.reading_text == "<h2>Bild 1</h2><p>Annan text</p>"
    assert (file.pages, file.is_unchecked) == (2, True)


def test_editor_has_a_file_read_again(editor, file, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        saved(editor, file, read_again="on")
    file.refresh_from_db()
    assert "Hyvinvointi arjessa." in file.reading_text
    assert file.is_unchecked
    page = editor.get(address_of(file)).content.decode()
    assert (
        gettext("The file is being read. What comes of it stands beside it, in this form.") in page
    )


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize(
    ("state", "problem"), [("waiting", ""), ("read", ""), ("failed", "no_text"), ("none", "")]
)
def test_editor_sees_how_the_reading_went(editor, file, language, state, problem):
    User.objects.update(language=language)
    MaterialFile.objects.filter(pk=file.pk).update(reading_state=state, reading_problem=problem)
    page = editor.get(address_of(file)).content.decode()
    with override(language):
        assert str(MaterialFile.Reading(state).label) in page
        if problem:
            assert str(MESSAGES[problem]) in page


def test_pictures_of_drafts_are_for_those_who_may_see_the_material(editor):
    file = factories.make_material_file(published_at=None)
    read_file.call(file.pk)
    address = reverse(PICTURE, args=[file.pk, 1, 480])
    assert address in editor.get(address_of(file)).content.decode()
    response = editor.get(address)
    assert response["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content).startswith(b"RIFF")
    User.objects.update(is_superuser=False)
    assert editor.get(address).status_code == 403
    editor.logout()
    assert editor.get(address).status_code == 302


def test_list_of_jobs_is_not_in_the_admin():
    from django_tasks_db.models import DBTaskResult

    assert DBTaskResult not in admin.site._registry
