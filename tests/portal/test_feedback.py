"""The feedback form: nothing a reader writes is lost, and no reader is given a cookie."""

import html
import re
from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from foundation.content.readers_form import TOKEN_AGE
from portal.feedback import FeedbackForm
from portal.models import Feedback
from tests.factories import make_feedback

pytestmark = pytest.mark.django_db

WORDS = "Länken till bilderna fungerar inte på mobilen."
FORM = "application/x-www-form-urlencoded"


def path(language: str = "sv", route: str = "portal:feedback") -> str:
    with translation.override(language):
        return reverse(route)


def first(pattern: str, text: str) -> str:
    """What the pattern's group finds first."""
    found = re.search(pattern, text, re.DOTALL)
    assert found, pattern
    return found[1] or ""


def typed(**changes: str | None) -> dict[str, str]:
    usual = {"subject": "content", "message": WORDS, "token": FeedbackForm.new_token()}
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def assert_asked_again(response, language: str = "sv", kept: str = WORDS) -> str:
    """The form comes back in the reader's language, with a message and what was typed."""
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert f'<html lang="{language}">' in page
    assert 'role="alert"' in page
    summary = first(r'role="alert".*?<ul>(.*?)</ul>', page)
    assert "<li>" in summary
    assert kept in page
    assert not response.cookies
    assert not Feedback.objects.exists()
    return re.sub(r"<[^>]+>|\s+", " ", summary).strip()


# Handing in


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_message_is_stored_in_the_language_it_was_sent_in(client, language) -> None:
    response = client.post(
        path(language), typed(name="Eeva Ström", email="eeva@example.fi", about="/sv/teman/")
    )
    assert response.status_code == 302
    assert response["Location"] == path(language, "portal:feedback_thanks")
    assert not response.cookies
    feedback = Feedback.objects.get()
    assert (feedback.message, feedback.subject, feedback.language) == (WORDS, "content", language)
    assert (feedback.name, feedback.email) == ("Eeva Ström", "eeva@example.fi")
    assert feedback.about == "/sv/teman/"
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200
    assert f'<html lang="{language}">' in thanks.content.decode()


def test_message_is_to_be_answered_within_fourteen_days(client) -> None:
    client.post(path(), typed())
    assert Feedback.objects.get().answer_by == timezone.localdate() + timedelta(days=14)


def test_answer_by_counts_days_in_helsinki(client, monkeypatch) -> None:
    late = timezone.datetime(2026, 3, 1, 22, 30, tzinfo=timezone.get_fixed_timezone(0))
    monkeypatch.setattr(timezone, "now", lambda: late)
    client.post(path(), typed())
    assert Feedback.objects.get().answer_by == date(2026, 3, 16)


def test_name_and_address_are_not_needed(client) -> None:
    assert client.post(path(), typed(name="", email="")).status_code == 302


def test_form_as_it_is_handed_out_can_be_sent(client) -> None:
    page = client.get(path())
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    token = first(r'name="token" value="([^"]+)"', page.content.decode())
    assert client.post(path(), typed(token=html.unescape(token))).status_code == 302


def test_page_the_reader_comes_from_is_noted(client) -> None:
    page = client.get(path(), headers={"referer": "http://testserver/sv/teman/"})
    assert 'name="about" value="/sv/teman/"' in page.content.decode()
    page = client.get(path(), headers={"referer": "https://elsewhere.example/sv/teman/"})
    assert "/sv/teman/" not in re.findall(r'name="about"[^>]*', page.content.decode())[0]


@pytest.mark.parametrize("about", ["https://elsewhere.example/", "javascript:alert(1)", "/admin/"])
def test_page_elsewhere_is_not_stored(client, about) -> None:
    client.post(path(), typed(about=about))
    assert Feedback.objects.get().about == ""


def test_long_address_of_the_page_before_stops_nobody(client) -> None:
    long = "/sv/" + "a" * 400 + "/"
    page = client.get(path(), headers={"referer": f"http://testserver{long}"})
    about = first(r'name="about"(?: value="([^"]*)")?', page.content.decode())
    assert client.post(path(), typed(about=about)).status_code == 302


# Mail


def test_message_is_mailed_where_mail_is_set_up(client, settings) -> None:
    settings.FEEDBACK_TO = ["redaktionen@example.fi"]
    client.post(path("fi"), typed(email="eeva@example.fi"))
    (letter,) = mail.outbox
    assert letter.to == ["redaktionen@example.fi"]
    assert letter.reply_to == ["eeva@example.fi"]
    assert WORDS in letter.body
    assert Feedback.objects.get().answer_by.isoformat() in letter.subject


def test_message_is_mailed_to_nobody_where_mail_is_not_set_up(client) -> None:
    client.post(path(), typed())
    assert mail.outbox == []


@pytest.mark.parametrize("failure", [SMTPServerDisconnected, TimeoutError, ConnectionRefusedError])
def test_message_is_not_lost_when_the_mail_server_fails(
    client, settings, monkeypatch, failure
) -> None:
    def send_messages(backend, messages):
        raise failure("no answer")

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    settings.FEEDBACK_TO = ["redaktionen@example.fi"]
    assert client.post(path(), typed()).status_code == 302
    assert Feedback.objects.get().message == WORDS


# What is refused, with the text kept


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize("token", ["", "feedback", "feedback:1:x", "\x00", "å", "x" * 10_000])
def test_form_with_a_bad_token_comes_back_with_the_text(client, language, token) -> None:
    assert_asked_again(client.post(path(language), typed(token=token)), language)


def test_form_without_a_token_comes_back_with_the_text(client) -> None:
    assert_asked_again(client.post(path(), typed(token=None)))


def test_token_of_another_purpose_is_refused(client) -> None:
    foreign = signing.TimestampSigner(salt="elsewhere").sign("feedback")
    assert_asked_again(client.post(path(), typed(token=foreign)))


def test_expired_form_can_be_sent_again_as_it_comes_back(client, monkeypatch) -> None:
    token = FeedbackForm.new_token()
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + TOKEN_AGE + 60)
    response = client.post(path(), typed(token=token))
    assert_asked_again(response)
    renewed = first(r'name="token" value="([^"]+)"', response.content.decode())
    assert client.post(path(), typed(token=html.unescape(renewed))).status_code == 302


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver.elsewhere.example"},
        {"origin": "http://[broken"},
        {"referer": "https://elsewhere.example/sv/respons/"},
        {"origin": "https://elsewhere.example", "referer": "http://testserver/sv/"},
    ],
)
def test_form_sent_from_another_site_is_refused(client, language, headers) -> None:
    assert_asked_again(client.post(path(language), typed(), headers=headers), language)


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://testserver"}, {"referer": "http://testserver/sv/respons/"}],
)
def test_form_sent_from_our_own_page_is_accepted(client, headers) -> None:
    assert client.post(path(), typed(), headers=headers).status_code == 302


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_program_that_fills_in_every_field_is_refused(client, language) -> None:
    assert_asked_again(client.post(path(language), typed(website="https://x.example")), language)


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize(
    "changes",
    [
        {"email": "eeva"},
        {"email": "eeva@example.fi\nBcc: all@example.fi"},
        {"email": "a" * 400 + "@example.fi"},
        {"name": "x" * 5000},
        {"name": "Eeva\x00Ström"},
        {"subject": "okant"},
        {"subject": ""},
        {"subject": None},
    ],
)
def test_field_that_is_wrong_is_explained(client, language, changes) -> None:
    assert_asked_again(client.post(path(language), typed(**changes)), language)


@pytest.mark.parametrize("message", ["", "   ", "\n\t", None])
def test_message_that_says_nothing_is_asked_for(client, message) -> None:
    assert_asked_again(client.post(path(), typed(message=message)), kept="</textarea>")


@pytest.mark.parametrize("message", ["å" * 5001, "å" * 400_000])
def test_message_that_is_too_long_comes_back_whole(client, message) -> None:
    assert_asked_again(client.post(path(), typed(message=message)), kept=message)


def test_message_with_a_null_byte_comes_back_with_the_text(client) -> None:
    response = client.post(path("fi"), typed(message=f"{WORDS}\x00"))
    assert_asked_again(response, "fi")


@pytest.mark.parametrize("about", ["/sv/\x00", "\x00", "å" * 5000, "/sv/" + "x" * 5000])
def test_page_before_that_is_nonsense_stops_nobody(client, about) -> None:
    assert client.post(path(), typed(about=about)).status_code == 302
    assert "\x00" not in Feedback.objects.get().about


def test_text_that_looks_like_markup_comes_back_as_text(client) -> None:
    response = client.post(path(), typed(message="</textarea><script>alert(1)</script>", token=""))
    assert "<script>alert" not in response.content.decode()
    assert_asked_again(response, kept="</textarea><script>alert(1)</script>")


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "no-such"])
def test_form_in_another_charset_is_refused_in_the_readers_language(
    client, language, charset
) -> None:
    response = client.generic(
        "POST", path(language), WORDS.encode("utf-16"), content_type=f"{FORM}; charset={charset}"
    )
    assert response.status_code == 400
    assert f'<html lang="{language}">' in response.content.decode()
    assert not response.cookies
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client, method) -> None:
    assert client.generic(method, path()).status_code == 405


def test_emoji_and_letters_of_every_script_are_kept(client) -> None:
    words = "Kiitos 👋🏽 — Čuovvovaš, Ελληνικά, 漢字, ‎RTL"
    client.post(path(), typed(message=words))
    assert Feedback.objects.get().message == words


def test_feedback_is_deleted_a_year_after_its_answer():
    now = timezone.now()
    for days in (364, 366):
        make_feedback(answered_at=now - timedelta(days=days), received_at=now - timedelta(days=400))
    make_feedback(received_at=now - timedelta(days=800))
    call_command("delete_old_feedback", stdout=StringIO())
    kept = Feedback.objects.order_by("answered_at").values_list("answered_at", flat=True)
    assert [moment and (now - moment).days for moment in kept] == [364, None]
