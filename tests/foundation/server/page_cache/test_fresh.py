"""A committed change is seen at every worker, in whatever way it was made; nothing else is."""

import contextlib
import subprocess
import sys
import time
import uuid

import psycopg
import pytest

from tests.foundation.server.page_cache.served import CHECKOUT, Database, Portal, wait_for

STORY = "/sv/berattelser/"
TITLE = "UPDATE publications_story SET title_sv = %s WHERE slug_sv = 'promenaden'"

pytestmark = pytest.mark.xdist_group("fresh")


def word() -> str:
    return f"Ord{uuid.uuid4().hex[:8]}"


def story_address(portal: Portal) -> str:
    return next(
        part for part in portal.get(STORY)[1].split('"') if part.endswith("/promenaden/")
    ).removeprefix(f"http://127.0.0.1:{portal.port}")


def is_kept(portal: Portal, path: str) -> bool:
    """Whether the page cache answers: Django's own answers have no validator."""
    return "etag" in portal.get(path)[2]


@pytest.mark.parametrize("way", ["plain SQL", "update()", "save()", "several in one transaction"])
def test_change_is_seen_everywhere(portal: Portal, database: Database, way: str) -> None:
    new, path = word(), story_address(portal)
    portal.everywhere(path)
    if way == "plain SQL":
        database.execute(TITLE, new)
    elif way == "several in one transaction":
        with database.connect() as connection, connection.transaction():
            for text in ("first", "second", new):
                connection.execute(TITLE, [text])
    else:
        change = (
            f"Story.objects.filter(slug_sv='promenaden').update(title_sv='{new}')"
            if way == "update()"
            else f"s = Story.objects.get(slug_sv='promenaden'); s.title_sv = '{new}'; s.save()"
        )
        code = f"import django; django.setup(); from publications.models import Story; {change}"
        command = [sys.executable, "-c", code]
        subprocess.run(command, env=portal.environment, cwd=CHECKOUT, check=True)
    portal.shows(path, new)
    for other in ("/sv/", STORY, "/sv/nytt/"):
        portal.shows(other, new)


def test_change_reaches_search_feeds_and_sitemap(portal: Portal, database: Database) -> None:
    new = word()
    assert not any("/promenaden/" in page for page in portal.everywhere(f"/sv/sok/?q={new}", 4))
    database.execute(TITLE, new)
    portal.shows("/sv/nytt/flode.atom", new)
    wait_for(lambda: "/promenaden/" in portal.get(f"/sv/sok/?q={new}")[1])
    slug = new.lower()
    database.execute("UPDATE publications_story SET slug_sv = %s WHERE title_sv = %s", slug, new)
    portal.shows("/sitemap.xml", f"/{slug}/")
    database.execute(
        "UPDATE publications_story SET slug_sv = 'promenaden' WHERE title_sv = %s", new
    )


def test_no_stale_page_after_the_first_fresh_one(portal: Portal, database: Database) -> None:
    path = story_address(portal)
    for _number in range(15):
        portal.everywhere(path, 4)
        new = word()
        database.execute(TITLE, new)
        wait_for(lambda new=new: new in portal.get(path)[1])
        assert all(new in page for page in portal.everywhere(path, 12))


def test_what_is_rolled_back_is_not_heard_of(portal: Portal, database: Database) -> None:
    path = story_address(portal)
    for _round in range(5):  # whichever worker answers, it has made the page by then
        portal.everywhere(path)
    wait_for(lambda: is_kept(portal, path))
    made = sum(portal.measure("pages_made_total"))
    with database.connect() as connection, contextlib.suppress(psycopg.Error):
        connection.execute("BEGIN")
        connection.execute(TITLE, ["Rolled back"])
        connection.execute("ROLLBACK")
    assert not any("Rolled back" in page for page in portal.everywhere(path))
    assert sum(portal.measure("pages_made_total")) == made


def test_emptied_table_is_heard_of(portal: Portal, database: Database) -> None:
    database.execute(
        "INSERT INTO portal_redirect (address, target, note, created_at) "
        "VALUES ('/sv/kort', '/sv/teman/', '', now())"
    )
    wait_for(lambda: portal.get("/sv/kort/")[0] in (301, 302))
    assert {portal.get("/sv/kort/")[0] for _ in range(12)} <= {301, 302}
    database.execute("TRUNCATE portal_redirect")
    wait_for(lambda: portal.get("/sv/kort/")[0] == 404)
    assert {portal.get("/sv/kort/")[0] for _ in range(12)} == {404}


def test_bookkeeping_empties_nothing(portal: Portal, database: Database) -> None:
    portal.everywhere("/sv/")
    wait_for(lambda: is_kept(portal, "/sv/"))
    made = sum(portal.measure("pages_made_total"))
    database.execute("UPDATE search_searchedday SET times = times")
    database.execute("DELETE FROM django_session")
    database.execute("UPDATE publications_downloadday SET count = count")
    time.sleep(1)  # in which a change would have been heard of
    portal.everywhere("/sv/")
    assert sum(portal.measure("pages_made_total")) == made


def test_moments_come_by_themselves(portal: Portal, database: Database) -> None:
    path = story_address(portal)
    database.execute(
        "UPDATE publications_story SET publish_at = now() + interval '4 seconds' "
        "WHERE slug_sv = 'promenaden'"
    )
    wait_for(lambda: portal.get(path)[0] == 404)
    assert {portal.get(path)[0] for _ in range(12)} == {404}
    wait_for(lambda: portal.get(path)[0] == 200)
    assert {portal.get(path)[0] for _ in range(12)} == {200}
    database.execute(
        "UPDATE publications_story SET withdraw_at = now() + interval '3 seconds' "
        "WHERE slug_sv = 'promenaden'"
    )
    portal.everywhere(path)
    wait_for(lambda: portal.get(path)[0] == 410)
    assert {portal.get(path)[0] for _ in range(12)} == {410}
    database.execute("UPDATE publications_story SET withdraw_at = NULL")


def test_search_follows_plain_sql_by_itself(portal: Portal, database: Database) -> None:
    """Without anybody searching, and with more items than a search would wait for."""
    new = word()
    database.execute(TITLE, new)
    wait_for(lambda: not database.execute("SELECT 1 FROM search_staleitem"), 10)
    found = database.execute("SELECT 1 FROM search_searchentry WHERE title = %s", new)
    assert found


def test_search_is_counted_also_from_the_store(portal: Portal, database: Database) -> None:
    for _number in range(6):
        portal.get("/sv/sok/?q=promenad")
    ((times,),) = database.execute(
        "SELECT times FROM search_searchedday WHERE words = 'promenad' AND language = 'sv'"
    )
    assert times == 6


def test_files_are_counted_and_sent_in_parts(portal: Portal, database: Database) -> None:
    path = "/sv/material/bilder/fil/"
    before = sum(n for (n,) in database.execute("SELECT count FROM publications_downloadday"))
    for _number in range(3):
        status, _body, headers = portal.get(path, User_Agent="Mozilla/5.0 (X11) Firefox/140.0")
        assert status == 200
    assert portal.get(path, Range="bytes=0-3")[0] == 206
    assert portal.get(path, If_None_Match=headers["etag"])[0] == 304
    after = sum(n for (n,) in database.execute("SELECT count FROM publications_downloadday"))
    assert after == before + 3


def test_form_is_always_a_new_one(portal: Portal) -> None:
    tokens = set()
    for _number in range(3):
        status, page, headers = portal.get(
            "/sv/respons/", Referer=f"http://127.0.0.1:{portal.port}/sv/teman/"
        )
        assert (status, headers["cache-control"]) == (200, "no-store")
        assert "set-cookie" not in headers
        assert 'value="/sv/teman/"' in page
        tokens.add(page.split('name="token" value="')[1].split('"')[0])
        time.sleep(1.1)  # a token says the second of its making
    assert len(tokens) == 3


def test_pages_are_sent_compressed_and_known_again(portal: Portal) -> None:
    for coding in ("br", "gzip"):
        for path in ("/sv/", "/sv/nytt/flode.atom", "/sv/verkstader/kalender.ics", "/sitemap.xml"):
            _status, _body, headers = portal.get(path, Accept_Encoding=coding)
            assert headers["content-encoding"] == coding
            assert headers["cache-control"] == "public, no-cache"
            status, body, _headers = portal.get(
                path, Accept_Encoding=coding, If_None_Match=headers["etag"]
            )
            assert (status, body) == (304, "")


def test_language_at_the_door_is_the_readers(portal: Portal) -> None:
    for _number in range(3):
        assert portal.get("/", Accept_Language="sv-FI")[2]["location"] == "/sv/"
        assert portal.get("/", Accept_Language="fi")[2]["location"] == "/fi/"
        assert portal.get("/", Accept_Language="en")[0] == 200
        assert "Accept-Language" in portal.get("/", Accept_Language="en")[2]["vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Proto": "evil"},
        {"X_HTTP_Method_Override": "DELETE"},
        {"Cookie": "a=evil.example"},
        {"Referer": "https://evil.example/"},
        {"Accept_Language": "evil.example"},
        {"User_Agent": "evil.example"},
    ],
)
def test_nothing_of_a_request_is_left_for_the_next_reader(portal: Portal, headers: dict) -> None:
    path = "/sv/kontakter/"
    portal.get(path + "?utm_source=evil.example", **headers)
    portal.get(path, "GET", "q=evil.example", **headers)
    portal.get(path, "POST", "q=evil.example", **headers)
    pages = portal.everywhere(path)
    assert len(set(pages)) == 1
    assert "evil" not in pages[0]
    assert "DisallowedHost" not in pages[0]
