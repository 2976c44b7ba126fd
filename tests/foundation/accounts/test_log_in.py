"""Log-in: by code, with a second factor for staff, limited, and without a hint to strangers."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from foundation.accounts.adapters import MFAAdapter
from foundation.accounts.devices import device, network
from foundation.accounts.log_in_links import make_login_link, take_login_link
from foundation.accounts.models import AuditEntry, LoginLink, User
from foundation.accounts.sessions import NOTED_AT
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def code_in(mail):
    (code,) = re.findall(r"^ {4}(\S+)$", mail.body, re.MULTILINE)
    return code


def log_in_by_code(client, email, mailoutbox, path="/sv/logga-in/"):
    sent = client.post(path, {"email": email})
    assert sent.status_code == 302
    return client.post(sent.url, {"code": code_in(mailoutbox[-1])})


def app_code(secret=SECRET, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def with_app(user):
    TOTP.activate(user, SECRET)
    return user


def at_once(function):
    """What a function answers to six who call it together."""

    def call(number):
        try:
            together.wait()
            return function(number)
        finally:
            connections.close_all()

    together = Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        return list(threads.map(call, range(6)))


@pytest.fixture
def member():
    return factories.make_user(email="Aino.Ek@example.fi", language="fi", password=None)


@pytest.fixture
def staff():
    return factories.make_user(is_staff=True, is_superuser=True, password=None)


# The code


def test_code_logs_in_whatever_the_case_of_the_address(client, member, mailoutbox):
    answer = log_in_by_code(client, "aino.ek@EXAMPLE.fi", mailoutbox)
    assert answer.status_code == 302
    assert answer.url.startswith("/fi/"), "members are led on in their own language"
    assert client.get("/fi/tili/").context["user"] == member


def test_code_is_mailed_in_the_language_of_its_user(client, member, mailoutbox):
    client.post("/sv/logga-in/", {"email": member.email})
    assert mailoutbox[0].subject == "Kirjautumiskoodisi"
    assert "Tässä on koodisi portaaliin" in mailoutbox[0].body
    assert mailoutbox[0].to == ["aino.ek@example.fi"]


def test_wrong_code_is_explained_and_the_third_one_ends_the_attempt(client, member, mailoutbox):
    sent = client.post("/sv/logga-in/", {"email": member.email})
    answer = client.post(sent.url, {"code": "FEL"})
    assert answer.status_code == 422
    assert "Koden är inte rätt." in answer.content.decode()
    client.post(sent.url, {"code": "FEL"})
    assert client.post(sent.url, {"code": "FEL"}).url == "/sv/logga-in/"
    late = client.post(sent.url, {"code": code_in(mailoutbox[0])})
    assert late.url == "/sv/logga-in/"
    assert "_auth_user_id" not in client.session


def test_code_works_for_ten_minutes_only(client, member, mailoutbox, monkeypatch):
    sent = client.post("/sv/logga-in/", {"email": member.email})
    later = time.time() + 601
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    assert client.post(sent.url, {"code": code_in(mailoutbox[0])}).url == "/sv/logga-in/"
    assert "_auth_user_id" not in client.session


def test_reader_is_led_back_to_where_the_log_in_began(client, staff, mailoutbox):
    with_app(staff)
    to_log_in = client.get("/admin/projects/workshop/?q=a")
    page = client.get(to_log_in.url, follow=True)
    way_on = page.context["redirect_field_value"]
    assert way_on == "/admin/projects/workshop/?q=a"
    sent = client.post("/sv/logga-in/", {"email": staff.email, "next": way_on})
    second = client.post(sent.url, {"code": code_in(mailoutbox[0]), "next": way_on})
    assert second.url == "/sv/logga-in/andra-steget/"
    assert client.post(second.url, {"code": app_code()}).url == way_on


def test_other_sites_are_no_way_on(client, member, mailoutbox):
    sent = client.post("/sv/logga-in/", {"email": member.email, "next": "https://example.org/"})
    answer = client.post(sent.url, {"code": code_in(mailoutbox[0]), "next": "https://example.org/"})
    assert answer.url.startswith("/fi/")


# No hint


def test_stranger_gets_the_same_answers_as_a_user(client, member, mailoutbox):
    def answers(email):
        client = Client()
        sent = client.post("/sv/logga-in/", {"email": email})
        page = client.get(sent.url).content.decode()
        refused = client.post(sent.url, {"code": "FEL"})
        kept = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", page)
        return sent.status_code, sent.url, kept.replace(email, "—"), refused.status_code

    assert answers("aino.ek@example.fi") == answers("nobody.at@example.fi")
    known, unknown = mailoutbox
    assert "Inget konto har den adressen" in unknown.body
    assert unknown.to == ["nobody.at@example.fi"]
    assert known.to == ["aino.ek@example.fi"]


def test_closed_account_is_told_from_an_unknown_one_by_nobody(client, member, mailoutbox):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert client.post("/sv/logga-in/", {"email": member.email}).status_code == 302
    assert "finns ingen kod" in mailoutbox[0].body or "koodia ei ole" in mailoutbox[0].body


def test_password_is_refused_in_the_same_words_for_a_stranger(client):
    factories.make_user(email="ek@example.fi")
    pages = [
        client.post("/sv/logga-in/losenord/", {"login": email, "password": "fel"})
        for email in ("ek@example.fi", "nobody@example.fi")
    ]
    for page in pages:
        assert page.status_code == 422
        assert "Adressen och lösenordet hör inte ihop." in page.content.decode()


def test_nobody_signs_up(client):
    page = client.post("/sv/logga-in/konton/", {"email": "ny@example.fi", "password1": "x" * 20})
    assert "Konto får man genom en inbjudan." in page.content.decode()
    assert not User.objects.exists()


class NoServer(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


@override_settings(EMAIL_BACKEND=f"{NoServer.__module__}.{NoServer.__qualname__}")
@pytest.mark.parametrize("email", ["aino.ek@example.fi", "nobody@example.fi"])
def test_page_says_when_the_mail_could_not_be_sent(client, member, email):
    page = client.post("/sv/logga-in/", {"email": email}, follow=True)
    assert page.status_code == 200
    assert "Meddelandet kunde inte skickas just nu." in page.content.decode()


# The second factor of staff


@pytest.mark.parametrize("path", ["/admin/", "/admin/projects/workshop/add/", "/sv/konto/nycklar/"])
def test_staff_with_one_factor_is_led_to_get_another(client, staff, path):
    client.force_login(staff, factors=1)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/sv/konto/?next=")
    assert "i två steg" in client.get(answer.url).content.decode()


def test_staff_who_has_a_second_factor_is_asked_for_it(client, staff):
    with_app(staff)
    client.force_login(staff, factors=1)
    asked = client.get("/admin/")
    assert asked.url == "/sv/konto/bekrafta/?next=%2Fadmin%2F"
    answer = client.post(asked.url, {"code": app_code(), "next": "/admin/"})
    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_change_is_refused_as_well_as_reading_with_one_factor(client, staff):
    client.force_login(staff, factors=1)
    before = User.objects.count()
    client.post(reverse("admin:accounts_user_add"), {"email": "ny@example.fi"})
    assert User.objects.count() == before


def test_session_from_before_somebody_became_staff_does_not_pass(client, member, mailoutbox):
    log_in_by_code(client, member.email, mailoutbox)
    assert client.get("/fi/tili/avaimet/").status_code == 200
    User.objects.filter(pk=member.pk).update(is_staff=True, is_superuser=True)
    assert client.get("/admin/").url == "/fi/tili/?next=%2Fadmin%2F"


def test_second_factor_of_another_user_counts_for_nothing(client, staff):
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods_user"] = str(staff.pk + 1)
    session.save()
    assert client.get("/admin/").status_code == 302


def test_members_need_one_factor_only(client, member):
    client.force_login(member, factors=1)
    assert client.get("/fi/tili/avaimet/").status_code == 200


def test_closed_areas_are_those_of_the_catalogues():
    from foundation.accounts.second_factor import AREAS

    for language in ("sv", "fi"):
        with translation.override(language):
            assert AREAS.match(reverse("usersessions_list"))
            assert not AREAS.match(reverse("account_login"))
            assert not AREAS.match(reverse("portal:home"))
    assert AREAS.match("/admin/")


@pytest.mark.django_db(transaction=True)
def test_new_app_counts_in_this_session_at_once(client, staff, mailoutbox):
    client.force_login(staff, factors=1)
    page = client.get("/sv/konto/app/")
    secret = page.context["form"].secret
    answer = client.post("/sv/konto/app/", {"code": app_code(secret)})
    assert answer.url == "/sv/konto/aterstallningskoder/"
    assert client.get("/admin/").status_code == 200


def test_adding_a_factor_needs_a_fresh_proof(client, staff, mailoutbox):
    client.force_login(staff, factors=1)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 3600
    session.save()
    for path in ("/sv/konto/app/", "/sv/konto/nycklar/ny/"):
        asked = client.get(path)
        assert asked.url.startswith("/sv/konto/bekrafta/kod/?next=")
    asked = client.get("/sv/konto/app/")
    client.post(asked.url, {"action": "send"})
    assert client.post(asked.url, {"code": "FEL"}).status_code == 422
    answer = client.post(asked.url, {"code": code_in(mailoutbox[0]), "next": "/sv/konto/app/"})
    assert answer.url == "/sv/konto/app/"
    assert client.get("/sv/konto/app/").status_code == 200


def test_code_by_mail_proves_nothing_of_whoever_has_a_second_factor(client, staff):
    with_app(staff)
    client.force_login(staff, factors=1)
    asked = client.get("/sv/konto/losenord/nytt/")
    assert asked.url.startswith("/sv/konto/bekrafta/?next=")
    assert client.get("/sv/konto/bekrafta/kod/").url == "/sv/konto/bekrafta/"


def test_code_of_the_app_works_once(client, staff, mailoutbox):
    with_app(staff)
    code = app_code()
    for number, status in enumerate((302, 422)):
        browser = Client()
        second = log_in_by_code(browser, staff.email, mailoutbox)
        assert browser.post(second.url, {"code": code}).status_code == status, number


def test_secret_of_the_app_is_not_legible_in_the_database(staff):
    with_app(staff)
    kept = Authenticator.objects.get(user=staff).data["secret"]
    assert SECRET not in kept
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert MFAAdapter().decrypt(kept) == SECRET


def test_qr_code_is_drawn_in_the_page(client, staff):
    client.force_login(staff, factors=1)
    html = client.get("/sv/konto/app/").content.decode()
    assert '<svg width="' in html
    assert "data:image" not in html
    assert "style=" not in html


# Recovery codes


def test_recovery_codes_are_shown_once_and_can_be_fetched_then(client, staff):
    with_app(staff)
    RecoveryCodes.activate(staff)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.force_login(staff)
    path = "/sv/konto/aterstallningskoder/"
    assert client.get(f"{path}fil/").status_code == 404
    first, again = (client.get(path).content.decode() for _time in range(2))
    assert all(code in first and code not in again for code in codes)
    assert "10 återställningskoder är kvar." in again
    file = client.get(f"{path}fil/")
    assert file["Content-Disposition"] == 'attachment; filename="aterstallningskoder.txt"'
    assert all(code in file.content.decode() for code in codes)
    assert "no-store" in file["Cache-Control"]


def test_recovery_code_works_once_instead_of_the_app(client, staff, mailoutbox):
    with_app(staff)
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]
    for status in (302, 422):
        browser = Client()
        second = log_in_by_code(browser, staff.email, mailoutbox)
        assert browser.post(second.url, {"code": code}).status_code == status
    assert AuditEntry.objects.filter(event="recovery_used", about=staff.email).count() == 1
    client.force_login(staff)
    assert "9 återställningskoder är kvar." in client.get("/sv/konto/").content.decode()


# Sessions


def test_session_ended_elsewhere_is_over_at_once(member, mailoutbox):
    here, there = Client(), Client()
    log_in_by_code(here, member.email, mailoutbox)
    there.defaults["HTTP_USER_AGENT"] = FIREFOX
    log_in_by_code(there, member.email, mailoutbox)
    page = here.get("/fi/tili/istunnot/")
    assert "Firefox, Windows" in page.content.decode()
    (other,) = [
        one for one in page.context["sessions"] if one.session_key != here.session.session_key
    ]
    here.post(f"/fi/tili/istunnot/{other.pk}/paata/")
    assert there.get("/fi/tili/").url.startswith("/fi/kirjaudu/")
    assert here.get("/fi/tili/").status_code == 200
    assert AuditEntry.objects.get(event="session_ended").detail == "Firefox, Windows"


def test_all_other_sessions_end_together(member, mailoutbox):
    browsers = [Client() for _number in range(3)]
    for browser in browsers:
        log_in_by_code(browser, member.email, mailoutbox)
    browsers[0].post("/fi/tili/istunnot/")
    assert [b.get("/fi/tili/").status_code for b in browsers] == [200, 302, 302]


def test_session_of_another_user_is_out_of_reach(client, member, staff, mailoutbox):
    other = Client()
    log_in_by_code(other, member.email, mailoutbox)
    client.force_login(staff)
    pk = UserSession.objects.get(user=member).pk
    assert client.post(f"/sv/konto/sessioner/{pk}/avsluta/").status_code == 404
    assert client.get(f"/sv/konto/sessioner/{pk}/avsluta/").status_code == 405
    assert other.get("/fi/tili/").status_code == 200


def test_session_list_tells_when_each_was_last_used(client, member, mailoutbox):
    log_in_by_code(client, member.email, mailoutbox)
    long_ago = timezone.now() - timedelta(hours=2)
    UserSession.objects.update(last_seen_at=long_ago)
    session = client.session
    session[NOTED_AT] = long_ago.timestamp()
    session.save()
    client.get("/fi/tili/")
    assert UserSession.objects.get().last_seen_at > long_ago + timedelta(hours=1)


# Limits


def test_codes_to_one_address_are_limited_whoever_asks(client, mailoutbox):
    for number in range(4):
        answer = client.post(
            "/sv/logga-in/",
            {"email": "nobody@example.fi"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        client = Client()
    assert answer.status_code == 429
    assert "För många försök." in answer.content.decode()
    assert len(mailoutbox) == 3


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_forged_forwarding_does_not_evade_the_limit_of_a_place(client):
    for number in range(31):
        answer = Client().post(
            "/fi/kirjaudu/salasana/",
            {"login": f"nobody{number}@example.fi", "password": "x"},
            REMOTE_ADDR="10.0.0.1",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 192.0.2.7",
        )
    assert answer.status_code == 429
    assert "Liian monta yritystä" in answer.content.decode()


def test_without_a_proxy_no_forwarding_is_believed(client):
    for number in range(31):
        answer = Client().post(
            "/sv/logga-in/losenord/",
            {"login": f"nobody{number}@example.fi", "password": "x"},
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        )
    assert answer.status_code == 429


def test_limits_are_kept_where_every_process_sees_them():
    """A cache in the memory of the process would give each of several processes its own count."""
    from django.core.cache.backends.db import DatabaseCache

    assert isinstance(caches["default"], DatabaseCache)
    another = DatabaseCache("accounts_limit", {})
    caches["default"].set("seen", [1.0], 60)
    assert another.get("seen") == [1.0]
    assert not another.add("seen", [2.0], 60)


@pytest.mark.django_db(transaction=True)
def test_limit_holds_for_requests_that_come_at_the_same_time(mailoutbox):
    """Each thread has a connection of its own, as each process would."""
    answers = at_once(
        lambda _number: Client().post("/sv/logga-in/", {"email": "nobody@example.fi"}).status_code
    )
    assert 1 <= answers.count(302) <= 3
    assert set(answers) == {302, 429}
    assert len(mailoutbox) == answers.count(302)


# Links made at the server


@pytest.mark.django_db(transaction=True)
def test_login_link_opens_for_one_of_those_who_come_at_the_same_time(staff):
    key = make_login_link(staff)
    assert sorted(map(bool, at_once(lambda _number: take_login_link(key)))) == [*[False] * 5, True]


def test_login_link_logs_in_once_with_both_factors(client, staff, capsys):
    with_app(staff)
    call_command("login_link", staff.email.upper())
    (path,) = re.findall(r"http://127\.0\.0\.1:\d+(/\S+)", capsys.readouterr().out)
    assert client.get(path).status_code == 200
    assert client.post(path).url == "/admin/"
    assert client.get("/admin/").status_code == 200
    again = Client().post(path)
    assert again.status_code == 410
    assert "Länken har redan använts" in again.content.decode()
    events = AuditEntry.objects.filter(about=staff.email).values_list("event", "detail")
    assert ("link_made", "") in events
    assert ("logged_in", "login_link") in events


def test_login_link_expires(staff):
    key = make_login_link(staff)
    LoginLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert take_login_link(key) is None


def test_login_link_of_a_closed_account_opens_nothing(staff):
    key = make_login_link(staff)
    User.objects.update(is_active=False)
    assert take_login_link(key) is None


def test_login_link_is_kept_as_a_hash_only(staff):
    key = make_login_link(staff)
    assert key not in str(LoginLink.objects.values().get())


def test_login_link_names_whoever_it_does_not_know():
    with pytest.raises(CommandError, match="No active user"):
        call_command("login_link", "nobody@example.fi")


# Cookies, pages and words


def test_cookies_are_bound_to_the_host_where_it_is_secure(client):
    page = client.get("/sv/logga-in/", secure=True)
    cookie = page.cookies[settings.CSRF_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
    assert ("__Host-session" if settings.SECURE else "session") == settings.SESSION_COOKIE_NAME
    assert settings.SESSION_COOKIE_DOMAIN is None


PAGES = ["account_login", "password_login", "account_signup", "account_inactive"]
PAGES_OF_USERS = [
    *("mfa_index", "usersessions_list", "mfa_list_webauthn", "account_logout"),
    *("mfa_activate_totp", "mfa_add_webauthn", "account_set_password"),
]
ENGLISH = re.compile(r"\b(Sign|the|your|code|key|password|account|session)\b", re.IGNORECASE)


def visible(html):
    html = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize("name", [*PAGES, *PAGES_OF_USERS])
def test_page_speaks_its_language_and_is_kept_by_nobody(client, language, name):
    factories.make_project()
    if name in PAGES_OF_USERS:
        client.force_login(factories.make_user(password=None, language=language), factors=1)
    with translation.override(language):
        response = client.get(reverse(name))
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert not ENGLISH.findall(visible(html).replace("nobody", ""))
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert "onclick" not in html


@pytest.mark.parametrize("language", ["sv", "fi"])
@pytest.mark.parametrize(
    ("name", "autocomplete"),
    [
        ("account_login", {"email webauthn"}),
        ("password_login", {"username", "current-password"}),
        ("mfa_activate_totp", {"one-time-code"}),
        ("account_set_password", {"new-password"}),
    ],
)
def test_fields_say_what_the_browser_may_fill_in(client, language, name, autocomplete):
    if name in PAGES_OF_USERS:
        client.force_login(factories.make_user(password=None), factors=1)
    with translation.override(language):
        html = client.get(reverse(name)).content.decode()
    main = html.partition("<main")[2]
    assert set(re.findall(r'autocomplete="([^"]+)"', main)) == autocomplete
    assert "placeholder" not in main


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_page_says_plainly_when_no_code_can_be_sent(client):
    html = client.get("/fi/kirjaudu/").content.decode()
    assert "Palvelin ei vielä voi lähettää sähköpostia" in html
    assert 'type="email"' not in html
    warnings = checks.run_checks(include_deployment_checks=True)
    assert "accounts.W001" in {warning.id for warning in warnings}


def test_log_in_link_is_the_same_for_everybody(client, member):
    factories.make_project()
    before = client.get("/sv/").content
    client.force_login(member, factors=1)
    after = client.get("/sv/")
    assert after.content == before
    assert "Cookie" not in after.get("Vary", "")
    assert b'href="/sv/logga-in/"' in before


def test_whoever_is_logged_in_is_led_on_from_the_log_in_page(client, staff):
    client.force_login(staff)
    assert client.get("/sv/logga-in/").url == "/admin/"


@pytest.mark.parametrize(
    ("name", "title_sv", "title_fi"),
    [
        ("mfa/email/webauthn_added", "inloggningsnyckel", "pääsyavain"),
        ("mfa/email/webauthn_removed", "inloggningsnyckel", "pääsyavain"),
        ("mfa/email/totp_activated", "autentiseringsapp", "todennussovellus"),
        ("mfa/email/totp_deactivated", "autentiseringsapp", "todennussovellus"),
        ("mfa/email/recovery_codes_generated", "återställningskoder", "palautuskoodi"),
        ("account/email/password_changed", "lösenord", "salasana"),
        ("account/email/password_set", "lösenord", "salasana"),
    ],
)
def test_notice_of_a_change_is_in_the_language_of_its_user(
    rf, mailoutbox, name, title_sv, title_fi
):
    from allauth.account.adapter import get_adapter
    from allauth.core import context

    for language, title in (("sv", title_sv), ("fi", title_fi)):
        user = factories.make_user(language=language)
        with context.request_context(rf.get("/", HTTP_USER_AGENT=FIREFOX)):
            get_adapter().send_notification_mail(name, user)
        mail = mailoutbox[-1]
        assert title in mail.subject.lower()
        assert "Firefox, Windows" in mail.body
        assert not re.search(r"\b(the|your|was|you)\b", mail.subject + mail.body)


# What is kept of a device


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140",
         "Edge, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_device_is_told_in_words(header, words):
    assert device(header) == words


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("", ""),
        (None, ""),
    ],
)
def test_address_is_kept_in_part_only(address, kept):
    assert network(address) == kept
