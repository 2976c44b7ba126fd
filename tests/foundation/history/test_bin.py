"""The bin: what is deleted can be had back for half a year, row by row as it was."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from foundation.content.agreement import writing
from foundation.content.models import Image, LanguageState, SlugHistory
from foundation.content.pictures import width_path
from foundation.history import deletions
from foundation.history.models import Change
from foundation.history.recording import recorded_models
from projects.models import Contact, ContactAssignment, Project, Theme, Workshop
from publications.models import Figure, Material, MaterialFile, Story
from tests import factories
from tests.foundation.editing.test_admin import url
from tests.foundation.history import end_version, one_version
from tests.foundation.history.test_versions import history_of, version_of
from tests.portal.test_dashboard import staff

pytestmark = pytest.mark.django_db

BIN = "/admin/history/change/"


@pytest.fixture
def editor(client):
    return staff(client, is_superuser=True, first_name="Svea")


def rows():
    """Every recorded row as the database has it."""
    found = {}
    with connection.cursor() as cursor:
        for model in recorded_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def delete(client, item):
    with one_version():
        response = client.post(url(type(item), "delete", item.pk), {"post": "yes"}, follow=False)
        assert response.status_code == 302
        assert not type(item)._base_manager.filter(pk=item.pk).exists()


def listed(client):
    return client.get(BIN).context["rows"]


def put_back(client, change=None):
    change = change or Change.objects.all().in_bin().get()
    response = client.post(reverse("admin:history_put_back", args=[change.pk]))
    return response


def said(response):
    return " ".join(str(message) for message in response.wsgi_request._messages)


def _story():
    story = factories.make_story()
    factories.make_figure(story=story)
    story.municipalities.add(factories.make_municipality())
    Story.objects.filter(pk=story.pk).update(slug_sv="nytt-namn", title_sv="Nytt namn")
    return story


def _material():
    file = factories.make_material_file()
    factories.make_download_day(file=file)
    return file.material


def _workshop():
    workshop = factories.make_workshop(
        level="municipality", municipalities=[factories.make_municipality()]
    )
    factories.make_contact_assignment(workshop=workshop)
    return workshop


def _project():
    project = factories.make_project()
    for make in (factories.make_goal, factories.make_theme_period, factories.make_participation):
        make(project=project)
    return project


def _contact():
    contact = factories.make_contact(photo=factories.make_image())
    factories.make_contact_assignment(contact=contact)
    factories.make_practice(contact=contact)
    return contact


@pytest.mark.parametrize("make", [_story, _material, _workshop, _project, _contact])
def test_item_comes_back_row_by_row_as_it_was(client, editor, make):
    item = make()
    end_version()
    before = rows()
    delete(client, item)
    assert rows() != before
    response = put_back(client)
    assert response.status_code == 302 and f"/{item.pk}/change/" in response.url
    after = rows()
    for table, found in before.items():
        if table != "publications_practice":  # which counts that it was changed
            assert after[table] == found, table
    assert not listed(client)
    client.force_login(editor)


def test_thing_that_referred_to_it_does_so_again(client, editor):
    contact = factories.make_contact()
    practice = factories.make_practice(contact=contact)
    end_version()
    delete(client, contact)
    practice.refresh_from_db()
    assert practice.contact is None
    put_back(client)
    practice.refresh_from_db()
    assert practice.contact == contact


def test_translation_that_was_due_is_due_when_it_is_back(client, editor):
    story = factories.make_story()
    Story.objects.filter(pk=story.pk).update(title_sv="Ny rubrik")
    end_version()
    states = list(LanguageState.objects.order_by("pk").values())
    assert any(state["sv_changed_at"] for state in states)
    delete(client, story)
    put_back(client)
    assert list(LanguageState.objects.order_by("pk").values()) == states


def test_former_addresses_lead_to_it_again(client, editor):
    story = _story()
    former = list(SlugHistory.objects.values())
    end_version()
    delete(client, story)
    put_back(client)
    assert list(SlugHistory.objects.values()) == former


def test_bytes_of_a_deleted_file_wait_with_it(client, editor):
    material = _material()
    end_version()
    delete(client, material)
    put_back(client)
    with MaterialFile.objects.get().file.open() as file:
        assert file.read() == factories.PDF


def test_bin_says_what_who_and_until_when(client, editor):
    story = factories.make_story(title_sv="Små steg")
    end_version()
    delete(client, story)
    [row] = listed(client)
    assert (str(row["called"]), row["kind"]) == ("Små steg", "Berättelse")
    assert row["change"].author == editor
    assert row["until"] - row["change"].moment == timedelta(days=180)
    html = client.get(BIN).content.decode()
    assert "Återställ" in html and "Svea" in html


def test_what_went_with_something_is_not_listed_apart(client, editor):
    project = _project()
    end_version()
    delete(client, project)
    assert [row["change"].kind for row in listed(client)] == [Project._meta.db_table]


def test_several_deleted_at_once_come_back_one_by_one(client, editor):
    stories = [factories.make_story(), factories.make_story()]
    end_version()
    with one_version():
        client.post(
            url(Story, "changelist"),
            {
                "action": "delete_selected",
                "_selected_action": [story.pk for story in stories],
                "post": "yes",
            },
        )
    assert len(listed(client)) == 2
    first = Change.objects.get(
        kind="publications_story", object_id=stories[0].pk, operation="deleted"
    )
    put_back(client, first)
    assert [story.pk for story in Story.objects.all()] == [stories[0].pk]
    assert len(listed(client)) == 1


def test_part_removed_in_a_form_is_in_the_history_not_in_the_bin(client, editor):
    figure = factories.make_figure()
    end_version()
    with one_version():
        figure.delete()
    assert not listed(client)


def test_address_taken_meanwhile_is_said_and_nothing_lost(client, editor):
    story = factories.make_story(slug_sv="smatt", slug_fi="pienta")
    end_version()
    delete(client, story)
    factories.make_story(slug_sv="smatt", slug_fi="muuta")
    end_version()
    response = put_back(client)
    assert "Något annat har redan den här adressen" in said(response) or "adress" in said(response)
    assert Story.objects.count() == 1 and len(listed(client)) == 1


def test_address_taken_in_the_other_language_is_said(client, editor):
    story = factories.make_story(slug_sv="smatt", slug_fi="pienta")
    end_version()
    delete(client, story)
    factories.make_story(slug_sv="annat", slug_fi="smatt")
    end_version()
    assert "adress" in said(put_back(client))
    assert Story.objects.count() == 1


def test_parent_that_is_gone_is_said_and_nothing_lost(client, editor):
    material = factories.make_material()
    theme = material.theme
    end_version()
    delete(client, material)
    delete(client, theme)
    gone = Change.objects.all().in_bin().get(kind=Material._meta.db_table)
    assert "finns inte längre" in said(put_back(client, gone))
    assert not Material.objects.exists() and len(listed(client)) == 2
    put_back(client, Change.objects.all().in_bin().get(kind=Theme._meta.db_table))
    end_version()
    put_back(client, gone)
    assert Material.objects.get() == material


def test_history_goes_on_over_the_time_in_the_bin(client, editor):
    story = factories.make_story()
    end_version()
    delete(client, story)
    gone = Change.objects.all().in_bin().get()
    put_back(client, gone)
    end_version()
    versions = client.get(history_of(story)).context["versions"]
    assert [done[0][0] for _version, done in versions] == ["Nytt", "Borttaget", "Nytt"]
    last = next(v.last for v, done in versions if done[0][0] == "Borttaget")
    page = client.get(version_of(story, last))
    assert page.context["differences"][0].operation == "deleted"
    assert "/restore/" not in page.content.decode()
    assert client.post(f"{version_of(story, last)}restore/", {"newest": "0"}).status_code == 404


def test_what_was_put_back_is_put_back_once(client, editor):
    story = factories.make_story()
    end_version()
    delete(client, story)
    gone = Change.objects.all().in_bin().get()
    put_back(client, gone)
    assert put_back(client, gone).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_bin_takes_a_constant_number_of_queries(client, editor, django_assert_num_queries, count):
    theme = factories.make_theme()
    for _number in range(count):
        workshop = factories.make_workshop(theme=theme)
        material = factories.make_material(theme=theme)
        end_version()
        for item in (workshop, material):
            with one_version(editor.pk):
                item.delete()
    with django_assert_num_queries(5):
        assert len(listed(client)) == min(50, 2 * count)


# Rights


def test_bin_shows_what_one_may_delete(client):
    story, theme = factories.make_story(), factories.make_theme()
    end_version()
    with one_version():
        story.delete()
    with one_version():
        theme.delete()
    staff(client, "view_story", "delete_story")
    assert [row["change"].kind for row in listed(client)] == ["publications_story"]
    [row] = listed(client)
    assert not row["may_be_put_back"]
    for gone in Change.objects.all().in_bin():
        assert put_back(client, gone).status_code == 403
    assert not Story.objects.exists()


def test_bin_is_closed_to_those_who_may_delete_nothing(client):
    staff(client, "view_story", "change_story", "add_story")
    assert client.get(BIN).status_code == 403
    assert "/history/change/" not in client.get(reverse("admin:index")).content.decode()


def test_right_to_add_and_delete_puts_back(client):
    story = factories.make_story()
    end_version()
    with one_version():
        story.delete()
    staff(client, "view_story", "add_story", "delete_story")
    assert put_back(client).status_code == 302
    assert Story.objects.get().title_fi == story.title_fi


def test_others_than_staff_get_nothing(client):
    client.force_login(factories.make_user())
    assert client.get(BIN).status_code == 302


def test_putting_back_is_no_link(client, editor):
    assert client.get(f"{BIN}1/").status_code == 405


# What is forgotten


def age(days, **wanted):
    changes = Change.objects.filter(**wanted)
    changes.update(moment=timezone.now() - timedelta(days=days))


def test_bin_is_emptied_after_its_date(client, editor):
    story = factories.make_story()
    other = factories.make_theme()
    end_version()
    delete(client, story)
    age(179)
    call_command("empty_bin")
    assert len(listed(client)) == 1
    age(181)
    call_command("empty_bin")
    assert not listed(client)
    assert not Change.objects.filter(kind="publications_story").exists()
    assert Change.objects.filter(kind="projects_theme", object_id=other.pk).exists()


def test_history_of_what_stands_is_kept(client, editor):
    story = factories.make_story()
    end_version()
    delete(client, story)
    age(400)
    deletion = Change.objects.all().in_bin().get()
    assert not deletions.deletion_of(deletion).put_back(None)
    call_command("empty_bin")
    assert Change.objects.filter(kind="publications_story", object_id=story.pk).count() == 3


def test_what_was_known_of_a_person_is_forgotten(editor):
    contact = factories.make_contact(phone="050 123")
    with writing(author=editor.pk):
        Contact.objects.update(phone="050 999")
    age(181)
    Contact.objects.update(email="ny@example.fi")
    call_command("empty_bin")
    [left] = Change.objects.filter(kind="projects_contact", object_id=contact.pk)
    assert "phone" not in left.before


def test_bytes_go_when_nothing_can_bring_them_back(editor):
    storage = Image._meta.get_field("file").storage
    gone, kept = factories.make_image(), factories.make_image()
    file = factories.make_material_file()
    names = [gone.file.name, width_path(gone.file.name, 480)]
    stays = [kept.file.name, file.file.name]
    end_version()
    with one_version():
        gone.delete()
    call_command("empty_bin")
    assert all(storage.exists(name) for name in [*names, *stays])
    age(181)
    call_command("empty_bin")
    assert not any(storage.exists(name) for name in names)
    assert all(storage.exists(name) for name in stays)


def test_bytes_that_another_row_names_stay(editor):
    image = factories.make_image()
    other = factories.make_image()
    Image.objects.filter(pk=other.pk).update(file=image.file.name)
    end_version()
    image.delete()
    age(181)
    call_command("empty_bin")
    assert image.file.storage.exists(image.file.name)


def test_drawn_pages_go_with_their_file(editor):
    file = factories.make_material_file()
    storage = file.file.storage
    drawn = storage.save("pages/1/1-480.webp", ContentFile(b"RIFF"))
    MaterialFile.objects.update(
        page_pictures=[{"number": 1, "folder": "pages/1", "width": 960, "height": 540}]
    )
    file.material.delete()
    age(181)
    call_command("empty_bin")
    assert not storage.exists(drawn) and not storage.exists(file.file.name)


@pytest.mark.parametrize("model", [Contact, ContactAssignment, Figure, Image, Workshop])
def test_nothing_of_a_deleted_row_stays_in_the_history(editor, model):
    row = factories.MAKERS[model]()
    end_version()
    row.delete()
    age(181)
    call_command("empty_bin")
    assert not Change.objects.filter(kind=model._meta.db_table, object_id=row.pk).exists()
    assert not Change.objects.filter(operation="deleted").exists()
