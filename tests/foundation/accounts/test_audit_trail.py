"""The audit trail: who logged in, and who changed whose rights, by whatever way."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from foundation.accounts.audit_admin import in_words
from foundation.accounts.models import AuditEntry, User
from tests import factories

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def superuser(client):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def entries(*events):
    found = AuditEntry.objects.filter(event__in=events).order_by("id")
    return list(found.values_list("event", "who", "about", "detail"))


def test_log_in_is_kept_with_the_device_and_a_part_of_the_address(client):
    user = factories.make_user(password="hemligt-salaisuus-17")
    for password in ("fel", "hemligt-salaisuus-17"):
        client.post(
            "/sv/logga-in/losenord/",
            {"login": user.email, "password": password},
            headers={"User-Agent": FIREFOX},
            REMOTE_ADDR="192.0.2.77",
        )
    client.post("/sv/logga-ut/", headers={"User-Agent": FIREFOX})
    failed, logged_in, logged_out = AuditEntry.objects.exclude(event="user_added").order_by("id")
    assert (failed.event, failed.about, failed.detail) == ("failed", user.email, "password")
    assert (logged_in.event, logged_in.detail) == ("logged_in", "password")
    assert (logged_out.event, logged_out.about) == ("logged_out", user.email)
    assert {one.device for one in (failed, logged_in, logged_out)} == {"Firefox, Windows"}
    assert {one.network for one in (failed, logged_in)} == {"192.0.2.0/24"}


def test_what_a_stranger_types_is_not_kept(client):
    client.post("/sv/logga-in/losenord/", {"login": "hemligt@losen.ord", "password": "x"})
    assert entries("failed") == [("failed", "", "", "password")]


def test_sql_leaves_a_trace_too(superuser):
    user = factories.make_user()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET is_staff = true, email = 'ny@example.fi' WHERE id = %s",
            [user.pk],
        )
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [user.pk])
    assert entries("user_changed", "user_deleted") == [
        ("user_changed", "", "ny@example.fi", f"staff+, {user.email} → ny@example.fi"),
        ("user_deleted", "", "ny@example.fi", ""),
    ]


def test_every_column_of_rights_leaves_a_trace():
    user = factories.make_user()
    for column in ("is_staff", "is_superuser", "is_active"):
        value = getattr(user, column)
        User.objects.filter(pk=user.pk).update(**{column: not value})
        User.objects.filter(pk=user.pk).update(**{column: value})
    changes = [detail for _event, _who, _about, detail in entries("user_changed")]
    assert changes == ["staff+", "staff-", "superuser+", "superuser-", "active-", "active+"]


def test_change_of_a_name_leaves_none():
    user = factories.make_user()
    User.objects.filter(pk=user.pk).update(first_name="Aino", last_login=timezone.now())
    assert entries("user_changed") == []


def test_roles_and_rights_leave_a_trace():
    user, role = factories.make_user(), Group.objects.create(name="Granskare")
    right = Permission.objects.get(codename="change_theme")
    user.groups.add(role)
    role.permissions.add(right)
    user.user_permissions.add(right)
    user.groups.remove(role)
    assert entries("role_given", "role_taken", "right_given", "right_taken")[-4:] == [
        ("role_given", "", user.email, "Granskare"),
        ("right_given", "", "", "Granskare: projects.change_theme"),
        ("right_given", "", user.email, "projects.change_theme"),
        ("role_taken", "", user.email, "Granskare"),
    ]


def test_admin_signs_what_it_changes(client, superuser):
    form = {"email": "ny@example.fi", "language": "fi", "usable_password": "false"}
    assert client.post(reverse("admin:accounts_user_add"), form).status_code == 302
    new = User.objects.get(email="ny@example.fi")
    change = {"email": "ny@example.fi", "language": "fi", "is_active": "on", "is_staff": "on"}
    address = reverse("admin:accounts_user_change", args=[new.pk])
    assert client.post(address, change).status_code == 302
    chosen = {"action": "delete_selected", "_selected_action": new.pk, "post": "yes"}
    assert client.post(reverse("admin:accounts_user_changelist"), chosen).status_code == 302
    signed = [(event, who) for event, who, about, _detail in entries(*AuditEntry.Event.values)
              if about == "ny@example.fi"]  # fmt: skip
    assert signed == [
        ("user_added", superuser.email),
        ("user_changed", superuser.email),
        ("user_deleted", superuser.email),
    ]


def test_password_that_a_superuser_sets_leaves_a_trace(client, superuser):
    user = factories.make_user(email="annan@example.fi")
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    new = {"password1": "hemligt-salaisuus-18", "password2": "hemligt-salaisuus-18"}
    client.post(address, new | {"password2": "något annat", "usable_password": "true"})
    assert entries("password_changed") == []
    client.post(address, new | {"usable_password": "true", "set-password": "1"})
    assert entries("password_changed") == [
        ("password_changed", superuser.email, "annan@example.fi", "")
    ]
    user.refresh_from_db()
    assert user.check_password("hemligt-salaisuus-18")


def test_signature_ends_with_the_request(client, superuser):
    client.post(reverse("admin:accounts_user_changelist"), {"action": ""})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.author', '', true)")
    factories.make_user(email="efter@example.fi")
    assert AuditEntry.objects.get(about="efter@example.fi").who == ""


def test_entry_is_deleted_after_a_year_and_not_a_day_before():
    now = timezone.now()
    old, young = (
        factories.make_audit_entry(at=now - timedelta(days=days, hours=1)) for days in (365, 364)
    )
    call_command("delete_old_audit_entries", verbosity=0)
    assert list(AuditEntry.objects.all()) == [young]
    with pytest.raises(IntegrityError), transaction.atomic():
        young.delete()
    assert old.pk != young.pk


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_superuser_reads_the_trail_in_their_language(client, superuser, language):
    User.objects.update(language=language)
    factories.make_audit_entry(event="right_given", detail="Granskare: projects.change_theme")
    factories.make_audit_entry(event="logged_in", detail="code, totp")
    html = client.get(reverse("admin:accounts_auditentry_changelist")).content.decode()
    words = {
        "sv": ["Gav en rättighet", "kod per e-post, autentiseringsapp", "Granskare: Teman: ändra"],
        "fi": ["Antoi oikeuden", "sähköpostikoodi, todennussovellus", "Granskare: Teemat: "],
    }
    assert all(word in html for word in words[language])
    assert "change_theme" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_trail_takes_the_same_number_of_queries(
    client, superuser, count, django_assert_num_queries
):
    for _number in range(count):
        factories.make_audit_entry()
    with django_assert_num_queries(5):
        client.get(reverse("admin:accounts_auditentry_changelist"))


def test_nobody_else_reads_it_and_nobody_changes_it(client, superuser):
    entry = factories.make_audit_entry()
    change = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    delete = reverse("admin:accounts_auditentry_delete", args=[entry.pk])
    assert client.post(change, {"about": "x"}).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    editor = factories.make_user(is_staff=True)
    editor.user_permissions.add(*Permission.objects.filter(content_type__app_label="accounts"))
    other = Client()
    other.force_login(editor)
    assert other.get(reverse("admin:accounts_auditentry_changelist")).status_code == 403


def test_words_of_an_entry_are_those_of_its_language():
    with translation.override("fi"):
        assert in_words("staff+, superuser+") == "saa kirjautua ylläpitoon, kaikki oikeudet"
        assert in_words("a@example.fi → b@example.fi") == "a@example.fi → b@example.fi"
        assert in_words("") == ""
