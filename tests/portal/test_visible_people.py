"""A person is shown on the last day, and from the day after nowhere: no page, file, hit or copy."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from foundation.search.indexing import bring_up_to_date
from projects.models import Contact
from tests import factories

pytestmark = pytest.mark.django_db

SHOWN, GONE = "Solveig Sistadag", "Gunnar Gottut"
# Every public address that shows people, by its route. Who lets another one show them adds it.
PLACES = {
    "portal:home",
    "projects:project_detail",
    "projects:contact_list",
    "projects:theme_detail",
    "projects:workshop_detail",
    "projects:series_detail",
    "municipalities:municipality_detail",
    "municipalities:regional_actor_detail",
    "publications:publication_detail",
    "publications:practice_detail",
    "kits:workshop_kit",
    "kits:theme_kit",
    "kits:municipality_kit",
    "kits:regional_actor_kit",
    "kits:publication_kit",
}
PLACES_OF_MEMBERS = {
    "members:home",
    "for_members:municipality_kit",
}
LINK = re.compile(r'(?:href|src)="([^"#]+)|<loc>([^<]+)</loc>')
LEFT_OUT = re.compile(r"/(static|admin|images|previews|social)/")


@pytest.fixture
def people() -> None:
    """Two people who answer for everything: one until today, one until yesterday."""
    today = timezone.localdate()
    both = (
        factories.make_contact(name=SHOWN, visible_until=today),
        factories.make_contact(name=GONE, visible_until=today - timedelta(days=1)),
    )
    project, theme = factories.make_project(), factories.make_theme()
    municipality = factories.make_municipality()
    actor = factories.make_regional_actor(region=municipality.region)
    factories.make_participation(project=project, municipality=municipality)
    factories.make_participation(project=project, regional_actor=actor)
    factories.make_theme_period(project=project, theme=theme)
    workshop = factories.make_workshop(
        theme=theme, series=factories.make_series(theme=theme), municipalities=[municipality]
    )
    publication = factories.make_publication(theme=theme)
    for owner in ({"workshop": workshop}, {"publication": publication}):
        factories.make_material_file(material=factories.make_material(**owner))
    for contact in both:
        for subject in (
            {"project": project},
            {"theme": theme},
            {"municipality": municipality},
            {"regional_actor": actor},
        ):
            factories.make_contact_assignment(contact=contact, **subject)
        factories.make_contact_assignment(contact=contact, workshop=workshop, is_facilitator=True)
        factories.make_publication_contact(contact=contact, publication=publication)
        factories.make_practice(contact=contact, theme=theme)
    bring_up_to_date()


def text_of(response) -> str:
    """What was sent, a package's index included."""
    sent = b"".join(response) if response.streaming else response.content
    if response["Content-Type"] == "application/zip":
        with zipfile.ZipFile(BytesIO(sent)) as package:
            return "".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    return sent.decode("utf-8", "replace")


def everything(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Every address that can be reached by links, and what is sent there."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        text = text_of(response)
        yield address, text
        for led, listed in (
            LINK.findall(text)
            if "html" in response["Content-Type"] or "xml" in response["Content-Type"]
            else ()
        ):
            target = urlsplit(
                urljoin(f"http://testserver{address}", (led or listed).replace("&amp;", "&"))
            )
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc != "testserver" or LEFT_OUT.match(path) or path in seen:
                continue
            seen.add(path)
            waiting.append(path)


def places(client: Client, *starts: str) -> set[str]:
    """The routes that show who is visible; who is not, none does."""
    found = set()
    for address, text in everything(client, *starts):
        assert GONE not in text, address
        if SHOWN in text:
            found.add(resolve(urlsplit(address).path).view_name)
    return found


def test_public_pages_and_files_show_people_until_their_last_day(people, client) -> None:
    assert places(client, "/sv/", "/fi/", "/sitemap.xml") == PLACES


def test_pages_of_members_show_people_until_their_last_day(people, client) -> None:
    municipality = Contact.objects.get(name=SHOWN).assignments.get(municipality__isnull=False)
    client.force_login(factories.make_membership(municipality=municipality.municipality).user)
    factories.make_material_file(material=factories.make_material(access="members"))
    # From the first page of the network the links of the frame lead to every public page as well.
    found = places(client, "/sv/natverket/", "/fi/verkosto/")
    assert found - PLACES == PLACES_OF_MEMBERS


@pytest.mark.parametrize("route", ["portal:search", "portal:search_results"])
def test_search_finds_people_until_their_last_day(people, client, route: str) -> None:
    for name, is_found in ((SHOWN, True), (GONE, False)):
        hits = text_of(client.get(reverse(route), {"q": name.partition(" ")[2]}))
        assert (name in re.sub("</?mark>", "", hits)) is is_found


def test_copy_as_files_shows_people_until_their_last_day(people, tmp_path: Path, settings) -> None:
    settings.SITE_URL = "https://arkiv.example.fi"
    call_command("publish_static", str(tmp_path / "copy"))
    files = [path for path in (tmp_path / "copy").rglob("*.*") if path.is_file()]
    texts = {path: path.read_bytes() for path in files}
    assert any(SHOWN.encode() in text for text in texts.values())
    assert not [path for path, text in texts.items() if GONE.encode() in text]


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (1, True), (None, True)])
def test_rule_is_the_same_for_people_and_for_what_they_are_asked(days, is_shown) -> None:
    day = date(2026, 11, 25)
    until = None if days is None else day + timedelta(days=days)
    contact = factories.make_contact(visible_until=until)
    assignment = factories.make_contact_assignment(contact=contact)
    assert Contact.objects.visible(day).filter(pk=contact.pk).exists() is is_shown
    rows = type(assignment).objects.visible(day)
    assert rows.filter(pk=assignment.pk).exists() is is_shown
