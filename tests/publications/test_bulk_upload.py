"""Files that editors bring: a draft for each, and nothing left of those that are refused."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from publications.bulk_upload import OWNERS, Brought, take_in
from publications.models import Material, MaterialFile
from tests import factories, sample_files
from tests.publications.test_captions import HELLO, cue, vtt
from tests.publications.test_film import MP4
from tests.publications.test_uploads import office

ADDRESS = "admin:publications_material_intake"
RIGHTS = ("add_material", "add_materialfile", "change_workshop")
VTT = vtt(HELLO).encode()


def upload(name="plan.sv.pdf", content=factories.PDF):
    return SimpleUploadedFile(name, content)


def stored_files():
    return sorted((Path(settings.MEDIA_ROOT) / "materials").glob("*"))


@pytest.fixture
def workshop(db):
    return factories.make_workshop()


@pytest.fixture
def user(db):
    return factories.make_user(is_staff=True)


@pytest.fixture
def editor(client, user):
    user.user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    client.force_login(user)
    return client


def bring(client, owner, /, *uploads, alone=True, **more):
    headers = {"X-Requested-With": "XMLHttpRequest"} if alone else {}
    data = {"owner": f"{owner._meta.model_name}:{owner.pk}", "language": "sv", "uploads": uploads}
    return client.post(reverse(ADDRESS), {**data, **more}, headers=headers)


def draft_of(response):
    [pk] = re.findall(r'data-draft="(\d+)"', response.content.decode())
    return int(pk)


def bring_together(client, owner, *uploads):
    """The files one by one, each with the drafts of those before, as the script brings them."""
    drafts = []
    for one in uploads:
        response = bring(client, owner, one, drafts=drafts)
        if response.status_code == 201:
            drafts.append(draft_of(response))
    return Material.objects.order_by("pk")


# One file, one draft.


def test_file_becomes_a_draft_of_what_it_was_brought_to(editor, workshop, user):
    response = bring(editor, workshop, upload("Välfärdsledning_sv.pdf"))
    assert response.status_code == 201
    material = Material.objects.get()
    assert draft_of(response) == material.pk
    assert (material.title_sv, material.title_fi) == ("Välfärdsledning", None)
    assert (material.slug_sv, material.decision, material.licence) == (
        "valfardsledning",
        "draft",
        "",
    )
    assert (material.workshop, material.responsible) == (workshop, user)
    file = material.files.get()
    assert (file.language, file.version, file.role, file.published_at) == ("sv", 1, "content", None)
    assert file.original_name == "Välfärdsledning_sv.pdf"
    assert reverse("admin:publications_material_change", args=[material.pk]) in (
        response.content.decode()
    )


@pytest.mark.parametrize("kind", OWNERS)
def test_files_are_brought_to_any_owner(client, db, kind):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    owner = getattr(factories, f"make_{kind}")()
    assert bring(client, owner, upload()).status_code == 201
    assert Material.objects.get().belongs_to == owner


@pytest.mark.parametrize(
    ("name", "chosen", "of_file", "of_title"),
    [
        ("plan.sv.pdf", "fi", "sv", "sv"),
        ("plan.fi.pdf", "sv", "fi", "fi"),
        ("Välfärdsledning.pdf", "fi", "sv", "sv"),
        ("Hyvinvointijohtaminen.pdf", "sv", "fi", "fi"),
        ("plan.pdf", "fi", "fi", "fi"),
        ("plan.pdf", "sv+fi", "sv+fi", "sv"),  # the editor's own language is Swedish
        ("Välfärdsledning.fi.pdf", "fi", "fi", "sv"),
        ("Hyvinvointi.svfi.pdf", "sv", "sv+fi", "fi"),
        ("plan.en.pdf", "fi", "en", "fi"),
    ],
)
def test_languages_are_guessed_before_they_are_chosen(
    editor, workshop, name, chosen, of_file, of_title
):
    bring(editor, workshop, upload(name), language=chosen)
    material = Material.objects.get()
    assert material.files.get().language == of_file
    other = "fi" if of_title == "sv" else "sv"
    assert getattr(material, f"title_{of_title}")
    assert getattr(material, f"title_{other}") is None


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", factories.PDF, "document"),
        ("plan.pptx", sample_files.pptx(), "slides"),
        ("plan.docx", sample_files.docx(), "document"),
        ("arbetsblad.docx", sample_files.docx(), "worksheet"),
        ("bilder.pdf", factories.PDF, "slides"),
        ("tabell.xlsx", sample_files.xlsx(), "data"),
        ("tabell.csv", b"a;b\n", "data"),
        ("film.mp4", MP4, "video"),
    ],
)
def test_type_is_guessed_from_the_format_and_the_name(editor, workshop, name, content, kind):
    bring(editor, workshop, upload(name, content))
    assert Material.objects.get().type == kind


@pytest.mark.parametrize("name", ["sv.pdf", "___.pdf"])
def test_name_without_words_makes_a_draft_without_a_title(editor, workshop, name):
    response = bring(editor, workshop, upload(name))
    assert "(ingen rubrik ännu)" in response.content.decode()
    assert Material.objects.get().title_sv is None


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.pdf",
        "C:\\fakepath\\plan.pdf",
        "<img src=x onerror=alert(1)>.pdf",
        "å" * 90 + ".pdf",
        "plan\u202efdp.pdf",
        "'; DROP TABLE users; --.pdf",
        "{{ x }}{% y %}.pdf",
    ],
)
def test_hostile_name_is_only_a_name(editor, workshop, name):
    response = bring(editor, workshop, upload(name))
    assert response.status_code == 201
    assert "<img" not in response.content.decode()
    material = Material.objects.get()
    file = material.files.get()
    assert "/" not in material.title_sv + file.original_name
    assert re.fullmatch(r"materials/[0-9a-f]{32}\.pdf", file.file.name)


def test_title_is_cut_to_what_a_title_holds(workshop, user):
    file = take_in(upload("b" * 240 + ".pdf"), Brought(workshop, "sv", user))
    assert len(file.material.title_sv) == 200


def test_same_name_twice_makes_two_drafts_at_two_addresses(editor, workshop):
    drafts = bring_together(editor, workshop, upload(), upload())
    assert [draft.title_sv for draft in drafts] == ["Plan", "Plan"]
    assert len({draft.slug_sv for draft in drafts}) == 2


# Files that belong together.


@pytest.mark.parametrize(
    ("uploads", "kind", "files"),
    [
        (
            [upload("plan.fi.pdf"), upload("plan.sv.pdf")],
            "document",
            [("fi", "pdf"), ("sv", "pdf")],
        ),
        (
            [upload("plan.pdf"), upload("plan.pptx", sample_files.pptx())],
            "slides",
            [("sv", "pdf"), ("sv", "pptx")],
        ),
        (
            [upload("plan.pptx", sample_files.pptx()), upload("plan.pdf")],
            "slides",
            [("sv", "pptx"), ("sv", "pdf")],
        ),
        (
            [upload("film.mp4", MP4), upload("film.sv.vtt", VTT), upload("film.fi.vtt", VTT)],
            "video",
            [("sv", "mp4"), ("sv", "vtt"), ("fi", "vtt")],
        ),
    ],
)
def test_files_of_one_name_brought_together_are_one_draft(editor, workshop, uploads, kind, files):
    for one in uploads:
        one.seek(0)
    [material] = bring_together(editor, workshop, *uploads)
    assert material.type == kind
    assert list(material.files.order_by("pk").values_list("language", "format")) == files
    roles = set(material.files.filter(format="vtt").values_list("role", flat=True))
    assert roles <= {"captions"}


def test_files_of_one_name_brought_at_different_times_are_two_drafts(editor, workshop):
    bring(editor, workshop, upload("plan.fi.pdf"))
    bring(editor, workshop, upload("plan.sv.pdf"))
    assert Material.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "public", "licence": "cc0-1.0", "publish_at": factories.LONG_AGO},
        {"responsible": None},
        {"workshop": None},
    ],
    ids=["public", "another's", "elsewhere"],
)
def test_nothing_joins_what_is_no_draft_of_the_editors_own(editor, workshop, change):
    if "workshop" in change:
        change = {"workshop": None, "theme": factories.make_theme()}
    material = factories.make_material(
        **{
            "workshop": workshop,
            "decision": "draft",
            "publish_at": None,
            "responsible": factories.make_user(),
            **change,
        }
    )
    factories.make_material_file(material=material, name="plan.fi.pdf", language="fi")
    bring(editor, workshop, upload("plan.sv.pdf"), drafts=[material.pk])
    assert material.files.count() == 1


@pytest.mark.parametrize("drafts", [["x"], ["9" * 40], ["-1"], ["²"], ["7"]])
def test_drafts_that_are_none_are_passed_over(editor, workshop, drafts):
    assert bring(editor, workshop, upload(), drafts=drafts).status_code == 201


# A file that is refused leaves nothing behind.


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (upload("plan.pdf", b"MZ\x90\x00"), "innehållet är något annat"),
        (upload("plan.exe", b"MZ\x90\x00"), "Välj en"),
        (upload("plan.pptx", office("pptx", parts=["ppt/vbaProject.bin"])), "makron"),
        (upload("text.vtt", VTT), "hör till en video"),
        (upload("text.vtt", b"WEBVTT\n"), "ingen textning"),
        (upload("text.vtt", vtt(cue("02", "01", "Hej")).encode()), "Rad 3"),
    ],
    ids=["content", "program", "macros", "captions alone", "no captions", "broken captions"],
)
def test_refused_file_leaves_nothing_and_says_why(editor, workshop, refused, words):
    before = stored_files()
    refused.seek(0)
    response = bring(editor, workshop, refused)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "data-draft" not in response.content.decode()
    assert not Material.objects.exists()
    assert stored_files() == before
    assert not LogEntry.objects.exists()


def test_file_that_the_database_refuses_leaves_nothing_behind(editor, workshop):
    before = stored_files()
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE publications_materialfile ADD CHECK (original_name <> 'plan.sv.pdf')"
        )
    response = bring(editor, workshop, upload())
    assert response.status_code == 422
    assert "försök igen" in response.content.decode()
    assert not Material.objects.exists()
    assert stored_files() == before


def test_draft_stays_as_it_was_when_a_file_that_would_join_it_is_refused(workshop, user):
    file = take_in(upload("film.sv.pdf"), Brought(workshop, "sv", user))
    brought = Brought(workshop, "sv", user, {file.material_id})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publications_materialfile ADD CHECK (format <> 'pptx')")
    with pytest.raises((IntegrityError, ValidationError)):
        take_in(upload("film.sv.pptx", sample_files.pptx()), brought)
    material = Material.objects.get()
    assert (material.type, material.files.count()) == ("document", 1)


def test_refused_file_stops_no_other(editor, workshop):
    response = bring(
        editor,
        workshop,
        upload("text.vtt", VTT),
        upload("plan.sv.pdf"),
        upload("fel.pdf", b"MZ"),
        upload("plan.fi.pdf"),
        alone=False,
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert (page.count("is-taken"), page.count('is-refused"><span class="intake-name">')) == (2, 3)
    [material] = Material.objects.all()
    assert material.files.count() == 2


def test_captions_chosen_before_their_video_find_it_without_a_script(editor, workshop):
    bring(editor, workshop, upload("film.vtt", VTT), upload("film.mp4", MP4), alone=False)
    assert MaterialFile.objects.filter(role="captions").count() == 1


def test_history_tells_of_the_draft_and_of_what_joined_it(editor, workshop, user):
    bring_together(editor, workshop, upload("plan.sv.pdf"), upload("plan.fi.pdf"))
    entries = LogEntry.objects.order_by("pk")
    assert [(entry.user, entry.action_flag) for entry in entries] == [(user, 1), (user, 2)]
    assert "plan.fi.pdf" in entries[1].get_change_message()


# The form.


@pytest.mark.parametrize(
    "given",
    [
        {"owner": ""},
        {"owner": "workshop:"},
        {"owner": "workshop:999999"},
        {"owner": "workshop:1 OR 1=1"},
        {"owner": "workshop:" + "9" * 30},
        {"owner": "story:1"},
        {"language": "xx"},
        {"uploads": []},
    ],
)
def test_form_that_says_too_little_is_refused(editor, workshop, given):
    response = bring(editor, workshop, upload(), **given)
    assert response.status_code == 422
    assert "intake-error" in response.content.decode()
    assert bring(editor, workshop, upload(), alone=False, **given).status_code == 200
    assert not Material.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("sv", "Dra filer hit"), ("fi", "Vedä tiedostot")])
def test_workshops_form_has_the_zone_in_the_editors_language(editor, workshop, language, words):
    User.objects.update(language=language)
    factories.make_material(workshop=workshop, title_sv="Plan", title_fi="Suunnitelma")
    address = reverse("admin:projects_workshop_change", args=[workshop.pk])
    page = editor.get(address).content.decode()
    assert words in page
    assert f'name="owner" value="workshop:{workshop.pk}"' in page
    assert {"sv": "Plan</a>", "fi": "Suunnitelma</a>"}[language] in page
    assert "publications/bulk-upload.js" in page


@pytest.mark.parametrize("right", RIGHTS)
def test_whoever_lacks_a_right_finds_no_zone_and_brings_nothing(editor, workshop, user, right):
    user.user_permissions.set(
        Permission.objects.filter(codename__in=[*RIGHTS, "view_workshop"]).exclude(codename=right)
    )
    address = reverse("admin:projects_workshop_change", args=[workshop.pk])
    assert 'class="intake"' not in editor.get(address).content.decode()
    assert bring(editor, workshop, upload()).status_code == 403
    assert editor.get(reverse(ADDRESS)).status_code == 403
    assert not Material.objects.exists()


def test_right_to_one_kind_of_owner_is_none_to_another(editor, db):
    assert bring(editor, factories.make_theme(), upload()).status_code == 422
    assert not Material.objects.exists()


@pytest.mark.parametrize("flags", [None, {"is_staff": False}])
def test_others_than_staff_are_sent_to_log_in(client, workshop, flags):
    if flags:
        client.force_login(factories.make_user(is_superuser=True, **flags))
    for response in (bring(client, workshop, upload()), client.get(reverse(ADDRESS))):
        assert response.status_code == 302
    assert not Material.objects.exists()


def test_request_from_another_site_is_refused(user, workshop):
    user.user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert bring(client, workshop, upload()).status_code == 403
    assert not Material.objects.exists()


def test_page_offers_what_the_editor_may_bring_files_to(editor, workshop):
    factories.make_theme(title_sv="Delaktighet")
    page = editor.get(reverse(ADDRESS)).content.decode()
    assert workshop.title_sv in page
    assert "Delaktighet" not in page
    assert "style=" not in page


def test_list_of_materials_leads_to_the_page(editor, user):
    user.user_permissions.add(Permission.objects.get(codename="view_material"))
    page = editor.get(reverse("admin:publications_material_changelist")).content.decode()
    assert reverse(ADDRESS) in page
