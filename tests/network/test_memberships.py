"""Members are invited, prolonged, reminded and ended; every letter is in its reader's language."""

from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation.accounts.models import User
from network.membership_admin import state_of, two_years_from
from network.models import Membership
from tests import factories
from tests.foundation.editing.test_admin import errors_in, save, swedish_editor, url

__all__ = ["swedish_editor"]

pytestmark = pytest.mark.django_db


def invite(client, **changed):
    typed = {
        **{"first_name": "Eeva", "last_name": "Ström", "email": "eeva@example.fi"},
        **{"language": "fi", "municipality": factories.make_municipality().pk},
        **changed,
    }
    return save(client, url(Membership, "add"), **typed)


def test_membership_holds_through_its_last_day():
    today = timezone.localdate()
    last = factories.make_membership(valid_until=today)
    factories.make_membership(valid_until=today - timedelta(days=1))
    factories.make_membership(user=factories.make_user(is_active=False))
    assert list(Membership.objects.current()) == [last]
    assert list(Membership.objects.current(today + timedelta(days=1))) == []
    assert last.is_current


def test_proposed_end_is_the_last_day_of_the_year_after_the_next():
    assert two_years_from(date(2026, 2, 28)) == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Välkommen till nätverket"), ("fi", "Tervetuloa verkostoon")],
)
def test_invited_person_gets_a_letter_in_their_own_language(swedish_editor, language, words):
    assert invite(swedish_editor, language=language).status_code == 302
    membership = Membership.objects.get()
    user = membership.user
    assert (user.email, user.is_staff, user.has_usable_password()) == (
        "eeva@example.fi",
        False,
        False,
    )
    assert membership.invited_by == User.objects.get(is_superuser=True)
    [letter] = mail.outbox
    assert letter.to == ["eeva@example.fi"]
    assert letter.subject == words
    word = {"sv": "/sv/natverket/", "fi": "/fi/verkosto/"}[language]
    assert f"http://testserver{word}" in letter.body
    assert state_of(membership) == "invited"


def test_user_who_is_known_is_reused_and_stays_as_they_are(swedish_editor):
    known = factories.make_user(email="Eeva@example.fi", first_name="Eva", language="sv")
    assert invite(swedish_editor).status_code == 302
    assert Membership.objects.get().user == known
    known.refresh_from_db()
    assert (known.first_name, known.language) == ("Eva", "sv")
    assert mail.outbox[0].subject == "Välkommen till nätverket"


def test_form_refuses_what_cannot_be(swedish_editor):
    municipality, actor = factories.make_municipality(), factories.make_regional_actor()
    assert errors_in(invite(swedish_editor, regional_actor=actor.pk))
    assert errors_in(invite(swedish_editor, municipality=""))
    assert errors_in(invite(swedish_editor, valid_until="1.1.2020"))
    assert errors_in(invite(swedish_editor, email="eeva"))
    factories.make_user(email="stangd@example.fi", is_active=False)
    assert "stängts" in errors_in(invite(swedish_editor, email="stangd@example.fi"))
    assert invite(swedish_editor, municipality=municipality.pk).status_code == 302
    again = errors_in(invite(swedish_editor, municipality=municipality.pk))
    assert "redan medlem" in again
    assert Membership.objects.count() == len(mail.outbox) == 1
    assert not User.objects.filter(email="eeva").exists()


def test_mail_that_fails_is_told_and_loses_nothing(swedish_editor, monkeypatch):
    def fail(self, *args, **kwargs) -> int:
        raise SMTPException

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    response = invite(swedish_editor)
    assert response.status_code == 302
    membership = Membership.objects.get()
    assert membership.invitation_sent_at is None
    assert state_of(membership) == "unsent"
    page = swedish_editor.get(response.url).content.decode()
    assert "eeva@example.fi kunde inte skickas" in page
    monkeypatch.undo()
    act(swedish_editor, "invite_again", membership)
    assert Membership.objects.get().invitation_sent_at
    assert len(mail.outbox) == 1


def test_portal_without_mail_says_that_nothing_left(swedish_editor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "kunde inte skickas" in swedish_editor.get(invite(swedish_editor).url).content.decode()


def act(client, action, *memberships):
    chosen = {"action": action, "_selected_action": [one.pk for one in memberships]}
    return client.post(url(Membership, "changelist"), chosen)


def test_prolonging_is_told_once_in_the_members_language(swedish_editor):
    membership = factories.make_membership(user=factories.make_user(language="fi"))
    address = url(Membership, "change", membership.pk)
    assert save(swedish_editor, address).status_code == 302
    assert mail.outbox == []
    assert save(swedish_editor, address, valid_until="31.12.2030").status_code == 302
    [letter] = mail.outbox
    assert letter.subject == "Jäsenyytesi verkostossa jatkuu"
    assert "31.12.2030" in letter.body


def test_membership_is_ended_at_once(swedish_editor):
    membership = factories.make_membership()
    act(swedish_editor, "end_now", membership)
    membership.refresh_from_db()
    assert not membership.is_current
    assert not Membership.objects.current()


@pytest.mark.parametrize("key", ["unsent", "invited", "member", "expired"])
def test_list_filters_by_how_far_members_have_come(swedish_editor, key):
    now = timezone.now()
    made = {
        "unsent": factories.make_membership(),
        "invited": factories.make_membership(invitation_sent_at=now),
        "member": factories.make_membership(invitation_sent_at=now, visited_at=now),
        "expired": factories.make_membership(valid_until=date(2020, 1, 1)),
    }
    found = swedish_editor.get(url(Membership, "changelist"), {"state": key}).context["cl"]
    assert list(found.result_list) == [made[key]]
    assert state_of(made[key]) == key


def test_who_may_only_look_neither_invites_nor_ends(client):
    from django.contrib.auth.models import Permission

    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_membership"))
    client.force_login(user)
    membership = factories.make_membership()
    assert client.get(url(Membership, "add")).status_code == 403
    act(client, "end_now", membership)
    membership.refresh_from_db()
    assert membership.is_current


def test_members_are_reminded_once_a_month_before_the_end(settings):
    settings.SITE_URL = "https://example.fi"
    soon = timezone.localdate() + timedelta(days=30)
    told = {"invitation_sent_at": timezone.now()}
    factories.make_membership(valid_until=soon, user=factories.make_user(language="fi"), **told)
    factories.make_membership(valid_until=soon + timedelta(days=1), **told)
    factories.make_membership(valid_until=timezone.localdate() - timedelta(days=1), **told)
    factories.make_membership(valid_until=soon, user=factories.make_user(is_active=False), **told)
    factories.make_membership(valid_until=soon)  # never invited: nobody to remind
    for _night in range(2):
        call_command("remind_members", verbosity=0)
    [letter] = mail.outbox
    assert letter.subject == "Jäsenyytesi verkostossa päättyy pian"
    assert "https://example.fi/fi/yhteystiedot/" in letter.body


def test_reminder_that_did_not_leave_is_sent_another_night(settings):
    settings.SITE_URL = "https://example.fi"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    soon = timezone.localdate() + timedelta(days=3)
    membership = factories.make_membership(valid_until=soon, invitation_sent_at=timezone.now())
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("remind_members")
    membership.refresh_from_db()
    assert membership.reminded_of is None


def test_command_asks_for_the_address_it_would_mail(settings):
    settings.SITE_URL = ""
    factories.make_membership(
        valid_until=timezone.localdate() + timedelta(days=3), invitation_sent_at=timezone.now()
    )
    with pytest.raises(CommandError, match="SITE_URL"):
        call_command("remind_members")
