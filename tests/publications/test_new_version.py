"""The next version of a file: public at once or kept, the one before it untouched."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publications.models import MaterialFile
from tests import factories, sample_files
from tests.publications.test_bulk_upload import stored_files

RIGHTS = ("add_materialfile", "change_material")
NEWER = sample_files.pdf([(12, "Nyare")])


def address_of(file):
    return reverse("admin:publications_materialfile_new_version", args=[file.pk])


@pytest.fixture
def file(db):
    return factories.make_material_file(language="sv")


@pytest.fixture
def user(db):
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[*RIGHTS, "publish"]))
    return user


@pytest.fixture
def editor(client, user):
    client.force_login(user)
    return client


def bring(client, file, /, button="publish", content=NEWER, name="nya.pdf", **changed):
    """What the form sends when only a file is chosen and a button pressed."""
    page = client.get(address_of(file)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    chosen = dict(re.findall(r'<select name="(\w+)".*?value="([^"]+)" selected', page, re.DOTALL))
    data = {**chosen, "version": version and version[1], "file": SimpleUploadedFile(name, content)}
    return client.post(address_of(file), {**data, button: "1", **changed})


def served(client, material):
    address = f"{material.path('sv')}fil/"
    return b"".join(client.get(address).streaming_content)


def test_form_of_the_material_leads_from_each_public_file_to_its_next_version(editor, file, user):
    user.user_permissions.set(Permission.objects.filter(codename__contains="material"))
    draft = factories.make_material_file(material=file.material, published_at=None)
    page = editor.get(
        reverse("admin:publications_material_change", args=[file.material_id])
    ).content.decode()
    assert address_of(file) in page
    assert address_of(draft) not in page


def test_version_is_published_with_a_file_chosen_and_nothing_else(editor, file, user):
    response = bring(editor, file)
    assert response.url == reverse("admin:publications_material_change", args=[file.material_id])
    newer = MaterialFile.objects.get(version=2)
    assert (newer.material, newer.language, newer.role) == (file.material, "sv", "content")
    assert newer.published_at is not None
    assert served(editor, file.material) == NEWER
    entry = LogEntry.objects.get()
    assert entry.user == user
    assert "nya.pdf" in entry.get_change_message()


def test_version_kept_as_a_draft_leaves_the_public_file_alone(editor, file):
    assert bring(editor, file, button="keep").status_code == 302
    assert MaterialFile.objects.get(version=2).published_at is None
    assert served(editor, file.material) == factories.PDF


def test_earlier_version_stays_at_its_address(editor, file):
    bring(editor, file)
    earlier = editor.get(f"{file.material.path('sv')}fil/v1/")
    assert b"".join(earlier.streaming_content) == factories.PDF


def test_number_follows_the_highest_of_the_language_drafts_included(editor, file):
    factories.make_material_file(
        material=file.material, language="sv", version=4, published_at=None
    )
    factories.make_material_file(material=file.material, language="fi", version=9)
    bring(editor, file)
    assert MaterialFile.objects.filter(language="sv").order_by("version").last().version == 5


@pytest.mark.parametrize(
    "given",
    [
        {"content": b"MZ\x90\x00"},
        {"name": "nya.exe"},
        {"name": "nya.vtt", "content": b"WEBVTT\n"},
        {"role": "captions"},
        {"language": "xx"},
        {"version": "0"},
        {"version": "1"},
        {"version": "99999"},
        {"file": ""},
    ],
)
def test_version_that_breaks_a_rule_is_refused_and_nothing_is_kept(editor, file, given):
    before = stored_files()
    response = bring(editor, file, **given)
    assert response.status_code == 200
    assert 'class="error' in response.content.decode()
    assert MaterialFile.objects.get() == file
    assert stored_files() == before


@pytest.mark.parametrize("right", RIGHTS)
def test_whoever_lacks_a_right_brings_no_version(editor, file, user, right):
    user.user_permissions.set(
        Permission.objects.filter(codename__in=[*RIGHTS, "view_material"]).exclude(codename=right)
    )
    form = reverse("admin:publications_material_change", args=[file.material_id])
    assert address_of(file) not in editor.get(form).content.decode()
    assert editor.get(address_of(file)).status_code == 403
    assert editor.post(address_of(file), {"publish": "1"}).status_code == 403
    assert MaterialFile.objects.count() == 1


def test_others_than_staff_are_sent_to_log_in(client, file):
    assert client.get(address_of(file)).status_code == 302
    client.force_login(factories.make_user(is_superuser=True))
    assert client.post(address_of(file), {"publish": "1"}).status_code == 302


def test_version_of_a_file_that_is_none_is_not_found(editor, db):
    address = reverse("admin:publications_materialfile_new_version", args=[999])
    assert editor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Publicera den nya versionen"), ("fi", "Julkaise uusi versio")],
)
def test_page_speaks_the_editors_language(editor, file, user, language, words):
    type(user).objects.update(language=language)
    page = editor.get(address_of(file)).content.decode()
    assert words in page
    assert "style=" not in page
