"""What is for members only is closed to everybody else: at every address, in every form."""

import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from io import BytesIO
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from foundation.editing.preview import draw
from foundation.search.indexing import bring_up_to_date
from foundation.search.models import SearchEntry
from network.models import Membership
from publications.access import opened_to_a_member
from publications.models import DownloadDay, Material, MaterialFile
from tests import factories
from tests.html_document import Document
from tests.sample_files import pdf

SECRET = "hemlighetsord"
PART = "hemlighe"  # what a reader may type of it
BYTES = pdf([(12, f"{SECRET} i filen.")])
PICTURE = {"number": 1, "heading": SECRET, "width": 480, "height": 270, "folder": "drawn"}

pytestmark = pytest.mark.django_db


def lock(material):
    Material.objects.filter(pk=material.pk).update(access="members")
    bring_up_to_date()


@pytest.fixture
def secret(settings, tmp_path):
    """A material that was public with a secret in every text of it, and then was closed."""
    settings.MEDIA_ROOT = tmp_path
    municipality = factories.make_municipality()
    factories.make_participation(municipality=municipality)
    workshop = factories.make_workshop(
        theme=factories.make_theme(), municipalities=[municipality], title_sv="Öppen verkstad"
    )
    texts = {
        f"{name}_{code}": f"{SECRET} {name}"
        for name in ("lead", "body", "audience", "attribution", "transcript")
        for code in ("sv", "fi")
    }
    material = factories.make_material(
        workshop=workshop,
        title_sv="Låst material",
        title_fi="Lukittu materiaali",
        **{key: f"<p>{text}</p>" if "body" in key else text for key, text in texts.items()},
    )
    factories.make_material(
        workshop=workshop, title_sv="Öppet material", title_fi="Avoin materiaali"
    )
    for version in (1, 2):
        factories.make_material_file(
            material=material,
            content=BYTES + b"\n" * version,
            name=f"{SECRET}.pdf",
            version=version,
            reading_text=f"<p>{SECRET}</p>",
            page_pictures=[PICTURE],
        )
    factories.make_change_note(item=material, note_sv=SECRET, note_fi=SECRET)
    (tmp_path / "drawn").mkdir()
    for width in (480, 960):
        (tmp_path / "drawn" / f"1-{width}.webp").write_bytes(b"RIFF secret picture")
    bring_up_to_date()
    assert SearchEntry.objects.filter(text__contains=SECRET).exists()
    lock(material)
    material.refresh_from_db()
    return material


def outsiders():
    """A stranger, somebody logged in who is no member, and one whose membership has ended."""
    yield "stranger", Client()
    for name, days in (("no member", None), ("ended", 1), ("closed", -30)):
        user = factories.make_user(is_active=name != "closed")
        if days is not None:
            ended = timezone.localdate() - timedelta(days=days)
            factories.make_membership(user=user, valid_until=ended)
        client = Client()
        client.force_login(user)
        yield name, client


def addresses(material) -> Iterator[str]:
    """Every address under which something of the material could be had, open or for members."""
    for code in ("sv", "fi"):
        with override(code):
            for room in ("publications", "for_members"):
                route = f"{room}:material"
                arguments = {"slug": material.slug_in(code)}
                yield reverse(f"{route}_detail", kwargs=arguments)
                yield reverse(f"{route}_file", kwargs=arguments)
                for version in (1, 2):
                    versioned = {**arguments, "version": version}
                    yield reverse(f"{route}_file_version", kwargs=versioned)
                for file in material.files.all():
                    yield reverse(f"{route}_file", kwargs=arguments) + f"?nr={file.pk}"
            for file in material.files.all():
                for width in (480, 960):
                    yield reverse("previews:page_picture", args=[file.pk, 1, width])
                    yield reverse("for_members:page_picture", args=[file.pk, 1, width])
            workshop = material.workshop
            for room in ("kits", "for_members"):
                yield workshop.path(route=f"{room}:workshop_kit")
                yield workshop.municipalities.get().path(route=f"{room}:municipality_kit")
            yield reverse("publications:news_feed")
            for words in (SECRET, PART, "hemlihgetsord", f'"{SECRET}"', "material", "materiaali"):
                for route in ("search", "search_results", "search_suggestions"):
                    yield reverse(f"portal:{route}") + f"?q={words}"


def walk(client, start):
    """Every page and file that can be reached from here, with its bytes."""
    waiting, seen = list(start), set(start)
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield path, response, body
        if response.get("Content-Type", "").startswith("text/html"):
            for link in [*links_of(body), response.get("Location", "")]:
                target = urljoin(path, link).split("#")[0]
                if target.startswith(("/sv/", "/fi/")) and target not in seen:
                    seen.add(target)
                    waiting.append(target)


@cache
def links_of(body: bytes) -> list[str]:
    """Each outsider is shown most pages alike, and reading one takes as long as making it."""
    return Document(body.decode()).links()


def leaks(body) -> bool:
    """True for a page, file or package with something of the secret in it."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as package:
            inside = [package.read(name) + name.encode() for name in package.namelist()]
        return any(SECRET.encode() in one or b"secret picture" in one for one in inside)
    return b"secret picture" in body or body.startswith(b"%PDF") or SECRET.encode() in body


def read(client, path) -> bytes:
    response = client.get(path)
    return b"".join(response.streaming_content) if response.streaming else response.content


def tells(client, path, body) -> bool:
    """True when others learn of the secret; a search repeats words, known and unknown alike."""
    if SECRET not in path:
        return leaks(body)
    unknown = SECRET.replace("e", "y")
    return (
        read(client, path.replace(SECRET, unknown)).replace(unknown.encode(), SECRET.encode())
        != body
    )


def test_no_address_tells_others_anything_of_it(secret):
    with override("sv"):
        start = [*addresses(secret), "/sv/", "/fi/", "/sitemap.xml"]
    for name, client in outsiders():
        found = [path for path, _response, body in walk(client, start) if tells(client, path, body)]
        assert not found, (name, found)
        start = list(addresses(secret))  # the whole walk is the same for everybody


def test_stub_shows_the_lock_and_the_way_in(secret):
    page = Client().get(secret.path("sv"))
    assert page.status_code == 200
    shown = page.content.decode()
    assert "Låst material" in shown
    assert "Endast för nätverkets medlemmar" in shown
    assert "/sv/natverket/material/last-material/" in shown
    assert "noindex" in shown
    assert "Vain verkoston jäsenille" in Client().get(secret.path("fi")).content.decode()


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_file_is_refused_in_plain_words_however_it_is_asked_for(secret, method, headers):
    address = secret.path("sv", "publications:material_file")
    for path in (address, f"{address}v1/", f"{address}?nr={secret.files.first().pk}"):
        response = getattr(Client(), method)(path, headers=headers)
        assert response.status_code == 403
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response
        assert not leaks(response.content)


def test_lists_show_the_lock_and_nothing_else(secret):
    for path in ("/sv/material/", secret.workshop.path("sv")):
        shown = Client().get(path).content.decode()
        assert "Låst material" in shown
        assert "Endast för nätverkets medlemmar" in shown
        assert SECRET not in shown


def test_search_finds_the_title_alone(secret):
    found = Client().get("/sv/sok/?q=låst").content.decode()
    assert "material/last-material/" in found
    assert "Endast för nätverkets medlemmar." in found
    assert SECRET not in found


def test_feeds_data_and_sitemap_leave_it_out(secret):
    for path in ("/sv/nytt/flode.atom", "/sv/oppna-data/material.json", "/sitemap.xml"):
        found = read(Client(), path).decode()
        assert "oppet-material" in found, path
        assert "last-material" not in found, path


def test_closing_by_plain_sql_closes_search_at_once(secret):
    Material.objects.filter(pk=secret.pk).update(access="everybody")
    bring_up_to_date()
    assert SearchEntry.objects.filter(text__contains=SECRET).exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publications_material SET access = 'members' WHERE id = %s", [secret.pk]
        )
    assert not SearchEntry.objects.filter(object_id=secret.pk, kind=Material._meta.db_table)


def test_withdrawn_and_renamed_ones_tell_no_more(secret):
    former = secret.path("sv")
    Material.objects.filter(pk=secret.pk).update(slug_sv="nytt-namn")
    for path in (former, f"{former}fil/"):
        assert not leaks(Client().get(path, follow=True).content)
    Material.objects.filter(pk=secret.pk).update(decision="withdrawn")
    response = Client().get("/sv/material/nytt-namn/")
    assert response.status_code == 410
    assert SECRET not in response.content.decode()


def test_doors_are_closed_to_whoever_knows_nothing_of_members(secret):
    assert secret not in Material.objects.published()
    assert secret not in secret.workshop.materials.published()
    assert not MaterialFile.objects.published().filter(material=secret)
    [stub] = Material.objects.with_locked().filter(pk=secret.pk)
    for name in Material.translated_fields():
        expected = name in ("title", "slug")
        assert bool(stub.text(name)) == expected, name
    assert stub.newest_files() == []
    with pytest.raises(ValueError, match="locked"):
        stub.save()
    with opened_to_a_member():
        assert secret in Material.objects.published()
    assert secret not in Material.objects.published()


def test_staff_see_the_whole_page_in_the_preview(secret, rf):
    request = rf.get("/admin/")
    request.user = factories.make_user(is_staff=True, is_superuser=True)
    pages = draw(request, secret)
    assert all(SECRET in page for page in pages.values())
    assert SECRET not in Client().get(secret.path("sv")).content.decode()


# Members.


@pytest.fixture
def member(secret, client):
    """A client that a member has logged in with."""
    membership = factories.make_membership(municipality=secret.workshop.municipalities.get())
    client.force_login(membership.user)
    return client


def test_member_reads_the_page_file_picture_and_kit(secret, member):
    reached = dict.fromkeys(("page", "file", "picture", "kit"), False)
    for path, response, body in walk(member, ["/sv/natverket/"]):
        if not path.startswith(("/sv/natverket/", "/fi/verkosto/")):
            assert not leaks(body), path
            continue
        assert response.status_code == 200, path
        assert response["Cache-Control"] == "private, no-store"
        kind = response["Content-Type"]
        reached["page"] |= kind.startswith("text/html") and SECRET in body.decode()
        reached["file"] |= body.startswith(b"%PDF")
        reached["kit"] |= body.startswith(b"PK") and leaks(body)
        for picture in re.findall(r'src="(/sv/natverket/[^"]+)"', body.decode(errors="replace")):
            shown = member.get(picture)
            reached["picture"] |= b"secret picture" in b"".join(shown.streaming_content)
            assert shown["Cache-Control"] == "private, no-store"
    assert all(reached.values()), reached


def test_members_downloads_are_counted(secret, member):
    path = secret.path("sv", "for_members:material_file")
    response = member.get(path, headers={"User-Agent": "Mozilla/5.0 Firefox/130.0"})
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert DownloadDay.objects.get().count == 1


def test_end_of_a_membership_is_felt_on_the_next_request(secret, member):
    path = secret.path("sv", "for_members:material_detail")
    assert SECRET in member.get(path).content.decode()
    Membership.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    refused = member.get(path)
    assert refused.status_code == 403
    assert "Ditt medlemskap i nätverket tog slut" in refused.content.decode()
    assert SECRET not in refused.content.decode()
