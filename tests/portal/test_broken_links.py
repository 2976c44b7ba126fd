"""Links in public texts are tried, and what is broken is told to whoever answers for the text."""

import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override

from portal import broken_links, errors
from portal.broken_links import CIRCLE, SILENT, check, confirmed, links, report, status_of
from portal.models import BrokenLink
from tests.factories import (
    make_broken_link,
    make_material,
    make_redirect,
    make_story,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 14)
GONE = "https://example.fi/borta"


def story_with(url=GONE, **given):
    return make_story(body_sv=f'<p>Se <a href="{url}">rapporten om välfärd</a>.</p>', **given)


def gone(url):
    return 404 if url == GONE else 0


class Site(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_HEAD(self):
        if self.path.startswith("/no-head"):
            self.send_response(405 if self.command == "HEAD" else 200)
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to"))
        elif self.path == "/circle":
            self.send_response(301)
            self.send_header("Location", "/circle")
        else:
            self.send_response(int(self.path.strip("/").partition("?")[0]))
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/200", 0),
        ("/204?a=1&b=å", 0),
        ("/404", 404),
        ("/410", 410),
        ("/500", 500),
        ("/no-head", 0),
        ("/to/200", 0),
        ("/to/to/404", 404),
        ("/circle", CIRCLE),
        *((f"/{status}", 0) for status in (401, 403, 429, 503, 999)),
    ],
)
def test_link_outside_is_followed_to_its_end(site, path, status):
    assert status_of(site + path, allowed=lambda number: number == "127.0.0.1") == status


def test_site_that_does_not_answer_is_silent(site):
    port = site.rpartition(":")[2]
    assert status_of(f"http://127.0.0.1:{port}x/", allowed=lambda number: True) == SILENT
    assert status_of("http://127.0.0.1:9/", allowed=lambda number: True) == SILENT


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
def test_nobody_makes_the_server_look_around_at_home(host, monkeypatch):
    def connect(*args):
        raise AssertionError("it was asked")

    monkeypatch.setattr(broken_links.socket, "create_connection", connect)
    assert status_of(f"http://{host}/") == SILENT


def test_link_at_home_is_followed_without_a_server():
    theme = make_theme(slug_sv="ledning")
    assert status_of(f"{theme.path('sv')}#nu") == 0
    assert status_of("/sv/teman/finns-inte/") == 404
    theme.decision = "withdrawn"
    theme.save()
    assert status_of(theme.path("sv")) == 410


@pytest.mark.parametrize("base", ["", "https://testserver", "http://testserver:80"])
def test_link_at_home_stays_at_home_however_it_is_written(base, monkeypatch):
    monkeypatch.setattr(broken_links, "_ask", refuse_to_ask)
    theme = make_theme(slug_sv="ledning")
    make_redirect(address="/sv/leda", target="/sv/kort")
    make_redirect(address="/sv/kort", target=theme.path("sv"))
    assert status_of(f"{base}/sv/leda#nu") == 0
    assert status_of(f"{base}/sv/finns-inte") == 404


def refuse_to_ask(*args):
    raise AssertionError("the network was asked")


@pytest.mark.parametrize(("answer", "status"), [(200, 0), (403, 0), (404, 404)])
def test_short_address_that_leads_outside_is_followed_there(answer, status, monkeypatch):
    asked = []

    def ask(method, url, allowed):
        asked.append(url)
        return answer, ""

    monkeypatch.setattr(broken_links, "_ask", ask)
    make_redirect(address="/sv/arttu2", target="https://www.kommunforbundet.fi/arttu2")
    assert status_of("/sv/arttu2") == status
    assert set(asked) == {"https://www.kommunforbundet.fi/arttu2"}


@pytest.mark.parametrize("url", ["/sv/hemma", "//10.0.0.1/"])
def test_nobody_makes_the_server_look_around_through_an_address_of_ours(url, monkeypatch):
    monkeypatch.setattr(broken_links.socket, "create_connection", refuse_to_ask)
    make_redirect(address="/sv/hemma", target="https://10.0.0.1/")
    assert status_of(url) == SILENT


def test_circle_at_home_is_told_of_and_the_check_goes_on(monkeypatch):
    monkeypatch.setattr(errors, "short_address_target", lambda path: f"{path}?x=1")
    monkeypatch.setattr(broken_links, "_ask", lambda *given: (404, ""))
    story_with("/sv/runt")
    story_with(GONE)
    check(MONDAY)
    found = dict(BrokenLink.objects.values_list("url", "status"))
    assert found == {"/sv/runt": CIRCLE, GONE: 404}


def test_links_are_those_of_public_texts_in_the_languages_that_readers_meet():
    story_with("https://example.fi/a?x=1&amp;y=2")
    story_with("https://example.fi/utkast", decision="draft")
    story_with("mailto:eeva@example.fi")
    make_material(type="link", link_sv="https://example.fi/sv", link_fi="https://example.fi/fi")
    make_story(
        pairing="fi",
        pairing_reason="Vain suomeksi",
        body_sv='<p><a href="https://example.fi/kladd">kladd</a></p>',
    )
    found = {place.url for place in links()}
    assert {
        "https://example.fi/a?x=1&y=2",
        "https://example.fi/sv",
        "https://example.fi/fi",
    } <= found
    assert not found & {
        "https://example.fi/utkast",
        "https://example.fi/kladd",
        "mailto:eeva@example.fi",
    }


def test_link_is_told_of_after_two_different_days_and_only_once():
    owner = make_user(email="eeva@example.fi")
    story_with(responsible=owner)
    check(MONDAY, status_of=gone)
    check(MONDAY, status_of=gone)
    assert not confirmed().exists()
    assert report(MONDAY) == 0
    check(TUESDAY, status_of=gone)
    assert report(TUESDAY) == 1
    assert report(WEDNESDAY) == 0
    assert mail.outbox[0].to == ["eeva@example.fi"]
    assert GONE in mail.outbox[0].body


def test_link_that_works_again_is_forgotten():
    story_with()
    check(MONDAY, status_of=gone)
    check(TUESDAY, status_of=lambda url: 0)
    check(WEDNESDAY, status_of=gone)
    assert not confirmed().exists()
    assert BrokenLink.objects.get().first_failed_on == WEDNESDAY


def test_link_that_was_taken_out_of_its_text_is_forgotten():
    story = story_with()
    check(MONDAY, status_of=gone)
    story.body_sv = "<p>Rapporten.</p>"
    story.save()
    check(TUESDAY, status_of=gone)
    assert not BrokenLink.objects.exists()


def test_link_in_two_items_is_tried_once():
    asked = []
    story_with()
    story_with()

    def status_of(url):
        asked.append(url)
        return gone(url)

    check(MONDAY, status_of=status_of)
    assert asked.count(GONE) == 1
    assert BrokenLink.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "subject"), [("sv", "En trasig länk"), ("fi", "Rikkinäinen linkki")]
)
def test_owner_is_written_to_in_the_owners_language(language, subject):
    story_with(responsible=make_user(language=language))
    check(MONDAY, status_of=gone)
    check(TUESDAY, status_of=gone)
    report(TUESDAY)
    assert mail.outbox[0].subject == subject


def test_mail_that_fails_is_tried_again():
    story_with(responsible=make_user())
    check(MONDAY, status_of=gone)
    check(TUESDAY, status_of=gone)
    broken = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=broken, EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        assert report(TUESDAY) == 0
    assert report(WEDNESDAY) == 1


@pytest.mark.parametrize("status", [SILENT, 404, 500, CIRCLE])
def test_admin_says_what_happened_and_where(client, status):
    client.force_login(make_user(is_staff=True, is_superuser=True, language="fi"))
    story = story_with()
    link = make_broken_link(object_id=story.pk, status=status)
    content = client.get(reverse("admin:portal_brokenlink_changelist")).content.decode()
    assert reverse("admin:publications_story_change", args=[story.pk]) in content
    with override("fi"):
        assert link.what_happened in content


def test_command_tells_what_it_did(capsys, monkeypatch):
    monkeypatch.setattr(broken_links, "status_of", gone)
    make_theme()
    call_command("check_links")
    assert "links tried" in capsys.readouterr().out
