"""What a crafted request cannot do: rights hold for fields, rows, choices and actions too."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.content.models import ChangeNote, Preview
from portal.roles import rights_of
from projects.models import Workshop
from publications.models import ActionProposal, Material, Practice, Story
from tests import factories
from tests.foundation.editing.test_admin import form_of, save, url
from tests.staff_site import make_staff

DRAFT = {"decision": "draft", "publish_at": None}


@pytest.fixture
def as_role(client, db):
    """Logs in somebody of a role and returns the user."""

    def log_in(role, **given):
        user = make_staff(role, **given)
        client.force_login(user)
        return user

    return log_in


@pytest.fixture
def esbo(db):
    return factories.make_municipality()


@pytest.fixture
def municipal_editor(as_role, esbo):
    user = as_role(Role.MUNICIPAL_EDITOR)
    factories.make_membership(user=user, municipality=esbo)
    return user


def again(item):
    return type(item)._base_manager.get(pk=item.pk)


@pytest.mark.parametrize(("mine", "other"), [("sv", "fi"), ("fi", "sv")])
def test_translator_writes_one_language_and_nothing_else(client, as_role, mine, other):
    as_role(f"translator-{mine}")
    story = factories.make_story(lead_sv="Ingress", lead_fi="Ingressi")
    address = url(Story, "change", story.pk)
    assert f"title_{other}" not in form_of(client, address)
    crafted = {
        f"title_{mine}": "Ny rubrik",
        f"title_{other}": "Kapad",
        "decision": "withdrawn",
        "year": "1999",
        "news_sv": "Nytt",
        "news_fi": "Uutta",
    }
    assert save(client, address, **crafted).status_code == 302
    after = again(story)
    assert getattr(after, f"title_{mine}") == "Ny rubrik"
    for name in (f"title_{other}", "decision", "year"):
        assert getattr(after, name) == getattr(story, name)
    assert not ChangeNote.objects.exists()


def test_translator_reads_the_other_language_as_readers_do(client, as_role):
    as_role("translator-fi")
    story = factories.make_story(body_sv="<p>Det <strong>lyckades</strong>.</p>")
    page = client.get(url(Story, "change", story.pk)).content.decode()
    assert '<div lang="sv"><p>Det <strong>lyckades</strong>.</p></div>' in page
    assert f'<div lang="sv">{story.title_sv}</div>' in page
    assert "Rubrik på svenska" in page


def test_translator_of_both_languages_writes_both(client, as_role):
    user = as_role("translator-sv")
    user.groups.add(Group.objects.get(name="translator-fi"))
    story = factories.make_story()
    save(client, url(Story, "change", story.pk), title_sv="Ett", title_fi="Yksi")
    assert (again(story).title_sv, again(story).title_fi) == ("Ett", "Yksi")


def test_translator_writes_the_rows_in_the_language_and_adds_none(client, as_role):
    as_role("translator-fi")
    proposal = factories.make_action_proposal()
    address = url(proposal.publication.__class__, "change", proposal.publication_id)
    fields = form_of(client, address)
    prefix = next(n for n in fields if n.endswith("-id") and fields[n] == str(proposal.pk))[:-3]
    assert f"{prefix}-title_sv" not in fields
    crafted = {f"{prefix}-title_fi": "Uusi", f"{prefix}-title_sv": "Kapad", f"{prefix}-number": "9"}
    save(client, address, **crafted, **{f"{prefix}-DELETE": "on"})
    after = again(proposal)
    assert (after.title_fi, after.title_sv) == ("Uusi", proposal.title_sv)
    assert (after.number, ActionProposal.objects.count()) == (proposal.number, 1)


def test_translator_says_that_the_languages_agree(client, as_role):
    as_role("translator-fi")
    story = factories.make_story()
    Story.objects.filter(pk=story.pk).update(title_sv="Ny rubrik")
    address = reverse("admin:content_worklist", args=["fi"])
    assert client.get(address).context["page"].paginator.count == 1
    save(client, url(Story, "change", story.pk), languages_agree="on")
    assert client.get(address).context["page"].paginator.count == 0


@pytest.mark.parametrize("decision", ["draft", "public"])
def test_editor_decides_nothing_about_publication(client, as_role, decision):
    as_role(Role.EDITOR)
    moment = {} if decision == "public" else {"publish_at": None}
    story = factories.make_story(decision=decision, **moment)
    crafted = {
        "decision": "public" if decision == "draft" else "withdrawn",
        "publish_at_0": "2020-01-01",
        "publish_at_1": "00:00:00",
        "withdraw_at_0": "2021-01-01",
        "withdraw_at_1": "00:00:00",
        "title_sv": "Rättad rubrik",
        "pairing": "sv",
        "pairing_reason": "Bara på svenska",
    }
    assert save(client, url(Story, "change", story.pk), **crafted).status_code == 302
    after = again(story)
    assert after.title_sv == "Rättad rubrik"
    assert after.decision == decision
    assert (after.publish_at, after.withdraw_at) == (story.publish_at, None)
    assert after.pairing == ("sv" if decision == "draft" else "both")


def test_editors_new_item_is_a_draft_whatever_is_sent(client, as_role):
    as_role(Role.EDITOR)
    save(client, url(Story, "add"), title_sv="Ny", year="2018", decision="public")
    assert Story.objects.get().decision == "draft"


def test_publisher_publishes(client, as_role):
    as_role(Role.PUBLISHER)
    story = factories.make_story(**DRAFT)
    save(client, url(Story, "change", story.pk), decision="public")
    assert again(story).decision == "public"


def test_editor_says_of_no_file_of_a_public_material_that_it_is_public(client, as_role):
    as_role(Role.EDITOR)
    file = factories.make_material_file(published_at=None)
    address = url(Material, "change", file.material_id)
    save(client, address, **{"files-0-published_at_0": "2020-01-01"})
    assert not any("published_at" in name for name in form_of(client, address))
    assert again(file).published_at is None


def test_municipal_editor_finds_nothing_of_others(client, municipal_editor, esbo):
    mine = factories.make_workshop(level="municipality", municipalities=[esbo])
    other = factories.make_workshop(
        level="municipality",
        municipalities=[factories.make_municipality()],
        title_sv="Hemligt",
        **DRAFT,
    )
    listed = client.get(url(Workshop, "changelist")).context["cl"].result_list
    assert list(listed) == [mine]
    for view in ("change", "history", "delete"):
        response = client.post(url(Workshop, view, other.pk), {"title_sv": "Kapad", "post": "yes"})
        assert response.status_code in (302, 403, 405)
    assert again(other).title_sv == "Hemligt"
    suggestions = (
        f"{reverse('admin:autocomplete')}?app_label=publications&model_name=material"
        "&field_name=workshop&term="
    )
    found = json.loads(client.get(suggestions).content)["results"]
    assert [one["id"] for one in found] == [str(mine.pk)]


def test_municipal_editors_draft_is_hers_and_never_public(client, municipal_editor, esbo):
    theme, other = factories.make_theme(), factories.make_municipality()
    sent = {
        "title_sv": "Vår verkstad",
        "day": "2026-12-01",
        "theme": theme.pk,
        "level": "municipality",
        "municipalities": [esbo.pk],
        "decision": "public",
        "responsible": "",
    }
    refused = save(client, url(Workshop, "add"), **{**sent, "municipalities": [other.pk]})
    assert "municipalities" in refused.context["adminform"].form.errors
    assert save(client, url(Workshop, "add"), **sent).status_code == 302
    made = Workshop.objects.get()
    assert (made.decision, made.responsible) == ("draft", municipal_editor)
    assert list(made.municipalities.all()) == [esbo]


def test_municipal_editor_changes_texts_of_what_is_public_but_no_ties(
    client, municipal_editor, esbo
):
    mine = factories.make_workshop(level="municipality", municipalities=[esbo])
    crafted = {"title_sv": "Ny rubrik", "level": "national", "decision": "withdrawn", "theme": ""}
    save(client, url(Workshop, "change", mine.pk), **crafted)
    after = again(mine)
    assert (after.title_sv, after.level, after.decision) == ("Ny rubrik", "municipality", "public")


def test_only_publishers_decide_who_may_have_what_is_public(client, as_role, esbo):
    mine = factories.make_workshop(level="municipality", municipalities=[esbo])
    closed = factories.make_material(workshop=mine, access="members")
    draft = factories.make_material(access="members", **DRAFT)
    address = url(Material, "change", closed.pk)
    user = as_role(Role.MUNICIPAL_EDITOR)
    factories.make_membership(user=user, municipality=esbo)
    save(client, address, access="everybody")
    assert again(closed).access == "members"
    as_role(Role.EDITOR)
    save(client, address, access="everybody")
    assert again(closed).access == "members"
    save(client, url(Material, "change", draft.pk), access="everybody")
    assert again(draft).access == "everybody"
    as_role(Role.PUBLISHER)
    save(client, address, access="everybody")
    assert again(closed).access == "everybody"


def test_municipal_editor_writes_no_rows_by_foreign_ids(client, municipal_editor, esbo):
    draft = factories.make_practice(responsible=municipal_editor, **DRAFT)
    foreign = factories.make_adoption(is_origin=False)
    address = url(Practice, "change", draft.pk)
    crafted = {
        "adoptions-TOTAL_FORMS": "1",
        "adoptions-INITIAL_FORMS": "1",
        "adoptions-0-id": foreign.pk,
        "adoptions-0-practice": draft.pk,
        "adoptions-0-municipality": esbo.pk,
        "adoptions-0-is_origin": "on",
    }
    client.post(address, {**form_of(client, address), **crafted})
    assert (again(foreign).practice, again(foreign).is_origin) == (foreign.practice, False)
    assert not draft.adoptions.exists()


def test_actions_reach_no_further_than_the_list(client, municipal_editor):
    other = factories.make_workshop()
    sent = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    client.post(url(Workshop, "changelist"), sent)
    assert Workshop.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("role", "left"), [(Role.EDITOR, 1), (Role.PUBLISHER, 0), ("translator-sv", 1)]
)
def test_only_publishers_delete_selected(client, as_role, role, left):
    as_role(role)
    story = factories.make_story()
    sent = {"action": "delete_selected", "_selected_action": [story.pk], "post": "yes"}
    client.post(url(Story, "changelist"), sent)
    assert Story.objects.count() == left


def test_preview_is_made_by_those_who_may_change_the_item(client, municipal_editor, esbo):
    other = factories.make_workshop()
    client.post(url(Workshop, "change", other.pk), {"_preview": "1", "title_sv": "Kapad"})
    assert not Preview.objects.exists()
    mine = factories.make_workshop(level="municipality", municipalities=[esbo])
    save(client, url(Workshop, "change", mine.pk), _preview="1")
    assert Preview.objects.count() == 1


def test_files_are_brought_to_own_workshops_only(client, municipal_editor, esbo):
    mine = factories.make_workshop(level="municipality", municipalities=[esbo])
    other = factories.make_workshop()
    address = reverse("admin:publications_material_intake")
    page = client.get(address).content.decode()
    assert f'value="workshop:{mine.pk}"' in page
    assert f'value="workshop:{other.pk}"' not in page
    theme = factories.make_theme()
    for owner in (f"workshop:{other.pk}", f"theme:{theme.pk}"):
        response = client.post(address, {"owner": owner, "language": "sv"})
        assert "owner" in response.context["form"].errors


def test_start_page_tells_a_municipal_editor_of_own_changes_only(client, municipal_editor):
    superuser = factories.make_user(is_staff=True, is_superuser=True)
    workshop = factories.make_workshop(title_sv="Hemligt utkast", **DRAFT)
    LogEntry.objects.log_actions(superuser.pk, [workshop], 1, "x")
    page = client.get(reverse("admin:index")).content.decode()
    assert "Hemligt utkast" not in page


def test_administrator_makes_nobody_a_superuser_and_changes_none(client, as_role):
    me = as_role(Role.ADMINISTRATOR)
    superuser = factories.make_user(is_staff=True, is_superuser=True, first_name="Svea")
    all_rights = [p.pk for p in Permission.objects.all()]
    address = url(User, "change", me.pk)
    save(client, address, is_superuser="on", user_permissions=all_rights)
    assert not again(me).is_superuser
    assert not again(me).user_permissions.exists()
    client.post(url(User, "change", superuser.pk), {"first_name": "Kapad"})
    sent = {"action": "delete_selected", "_selected_action": [superuser.pk], "post": "yes"}
    client.post(url(User, "changelist"), sent)
    assert again(superuser).first_name == "Svea"


def test_role_is_given_in_words_and_noted_by_its_name(client, as_role):
    as_role(Role.ADMINISTRATOR)
    new = factories.make_user(is_staff=True)
    address = url(User, "change", new.pk)
    assert "Publicerare" in client.get(address).content.decode()
    publisher = Group.objects.get(name=Role.PUBLISHER)
    save(client, address, groups=[publisher.pk])
    assert list(new.groups.all()) == [publisher]
    assert "Publicerare" in LogEntry.objects.latest("pk").get_change_message()


@pytest.mark.parametrize("role", Role)
def test_rights_of_a_role_all_exist(db, role):
    stored = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    assert {f"{label}.{name}" for label, name in stored} == rights_of(role)


def test_ended_membership_closes_the_admin(client, municipal_editor):
    assert client.get(reverse("admin:index")).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    municipal_editor.memberships.update(valid_until=yesterday)
    assert client.get(reverse("admin:index")).status_code == 302
