"""The network's own pages: what is theirs, and what they write."""

from datetime import timedelta
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.roles import Role
from foundation.content.models import LanguageState
from foundation.editing import translation_files
from network.models import Submission
from network.plain_text import as_html, as_text
from publications.models import Material, MaterialFile, Practice
from tests import factories
from tests.foundation.editing.test_admin import save, swedish_editor, url
from tests.html_document import Document
from tests.staff_site import make_staff

__all__ = ["swedish_editor"]

pytestmark = pytest.mark.django_db
HOME = {"sv": "/sv/natverket/", "fi": "/fi/verkosto/"}
NEW_PRACTICE = "/sv/natverket/dela-god-praxis/"
NEW_MATERIAL = "/sv/natverket/dela-material/"
PRACTICE = {
    "title": "Motionsvän",
    "lead": "Vi går ut tillsammans.",
    "idea": "Ingen går ensam.\r\n\r\n<b>Alla</b> kan komma.",
    "how": "Vi möts vid biblioteket.",
}


@pytest.fixture
def membership():
    return factories.make_membership(municipality=factories.make_municipality())


@pytest.fixture
def member(client, membership):
    client.force_login(membership.user)
    return client


# The door.


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_stranger_is_told_what_it_is_and_how_to_come_in(client, language):
    response = client.get(HOME[language])
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    shown = response.content.decode()
    assert f"?next=%2F{language}%2F" in shown
    assert {"sv": "Så får du tillgång", "fi": "Näin pääset mukaan"}[language] in shown


def test_page_is_the_same_for_every_stranger(client):
    factories.make_membership(user=factories.make_user(email="medlem@example.fi"))
    shown = client.get(HOME["sv"], {"email": "medlem@example.fi"}).content.decode()
    assert "medlem@example.fi" not in shown.replace("medlem%40example.fi", "")


def test_member_whose_time_is_over_is_told_so(member, membership):
    membership.valid_until = timezone.localdate() - timedelta(days=1)
    membership.save()
    assert "tog slut" in member.get(HOME["sv"]).content.decode()
    assert member.post(NEW_PRACTICE, PRACTICE).status_code == 403
    assert not Practice.objects.exists()


def test_staff_who_may_see_members_may_read_their_pages(client):
    user = factories.make_user(is_staff=True)
    client.force_login(user)
    assert "Så får du tillgång" in client.get(HOME["sv"]).content.decode()
    user.user_permissions.set(Permission.objects.filter(codename="view_membership"))
    assert "Så får du tillgång" not in client.get(HOME["sv"]).content.decode()
    assert client.get(NEW_PRACTICE).status_code == 302


def test_network_is_in_no_sitemap(client):
    assert "natverket" not in client.get("/sitemap.xml").content.decode()


# What is theirs.


def fill_home(membership, count):
    theme = factories.make_theme()
    factories.make_project()
    for number in range(count):
        for day in (f"2018-0{number + 1}-11", f"2100-0{number + 1}-11"):
            factories.make_workshop(
                theme=theme, day=day, last_day=day, municipalities=[membership.municipality]
            )
        material = factories.make_material(access="members", workshop=factories.make_workshop())
        factories.make_material_file(material=material)
        factories.make_submission(membership=membership)
        material = factories.make_material(decision="draft", publish_at=None)
        factories.make_submission(membership=membership, material=material)
        factories.make_contact_assignment(
            contact=factories.make_contact(photo=factories.make_image())
        )


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_little(member, membership, count):
    fill_home(membership, count)
    with CaptureQueriesContext(connection) as asked:
        assert member.get(HOME["sv"]).status_code == 200
    assert len(asked) == 13, [one["sql"][:90] for one in asked]


def test_home_shows_what_is_theirs_alone(member, membership):
    theirs = factories.make_workshop(
        municipalities=[membership.municipality], title_sv="Vår verkstad"
    )
    factories.make_workshop(
        municipalities=[factories.make_municipality()], title_sv="Andras verkstad"
    )
    factories.make_submission(
        membership=membership, practice=factories.make_practice(title_sv="Mitt")
    )
    factories.make_submission(practice=factories.make_practice(title_sv="Någon annans"))
    shown = member.get(HOME["sv"]).content.decode()
    assert str(theirs) in shown
    assert "Mitt" in shown
    for other in ("Andras verkstad", "Någon annans"):
        assert other not in shown.split('id="new"')[1].split("Det du delar")[1]


def test_member_of_a_regional_actor_sees_the_workshops_of_the_region(client):
    municipality = factories.make_municipality()
    actor = factories.make_regional_actor(region=municipality.region)
    client.force_login(factories.make_membership(regional_actor=actor).user)
    factories.make_workshop(municipalities=[municipality], title_sv="Regionens verkstad")
    assert "Verkstäder som har hållits hos er" in client.get(HOME["sv"]).content.decode()


def test_news_are_those_since_the_last_day_of_a_visit(member, membership):
    factories.make_story(title_sv="Gammal berättelse")
    member.get(HOME["sv"])
    yesterday = timezone.now() - timedelta(days=1)
    type(membership).objects.update(visited_at=yesterday)
    factories.make_story(title_sv="Ny berättelse", publish_at=timezone.now() - timedelta(hours=1))
    for _visit in range(2):
        shown = member.get(HOME["sv"]).content.decode()
        assert "Ny berättelse" in shown
        assert "Gammal berättelse" not in shown
    membership.refresh_from_db()
    assert membership.visited_before_at == yesterday


# What they write.


def test_draft_needs_a_title_alone_and_is_seen_by_nobody_else(member, membership):
    assert member.post(NEW_PRACTICE, {"title": "Bara en rubrik", "keep": "1"}).status_code == 302
    submission = Submission.objects.get()
    assert (submission.state, submission.membership) == ("draft", membership)
    assert submission.practice.decision == "draft"
    assert (submission.practice.title_sv, submission.practice.title_fi) == ("Bara en rubrik", None)
    other = Client()
    other.force_login(factories.make_membership(municipality=membership.municipality).user)
    assert other.get(f"/sv/natverket/utkast/{submission.pk}/").status_code == 404
    assert other.post(f"/sv/natverket/utkast/{submission.pk}/", PRACTICE).status_code == 404
    assert Client().get(submission.practice.path("sv")).status_code == 404


def test_practice_is_sent_in_the_members_language(member):
    response = member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"}, follow=True)
    assert "”Motionsvän” har skickats in." in response.content.decode()
    submission = Submission.objects.get()
    practice = submission.practice
    assert (submission.state, submission.language) == ("sent", "sv")
    assert practice.idea_sv == "<p>Ingen går ensam.</p><p>&lt;b&gt;Alla&lt;/b&gt; kan komma.</p>"
    assert practice.idea_fi is None


def test_finnish_member_writes_in_finnish(member):
    member.post("/fi/verkosto/jaa-hyva-kaytanto/", {"title": "Liikuntakaveri", "keep": "1"})
    assert Submission.objects.get().language == "fi"
    assert Practice.objects.get().title_fi == "Liikuntakaveri"


def test_what_is_missing_is_told_and_nothing_typed_is_lost(member):
    response = member.post(NEW_PRACTICE, {"title": "", "how": "Så här gör vi.", "send": "1"})
    assert response.status_code == 422
    shown = response.content.decode()
    assert "Så här gör vi." in shown
    assert "Fyll i det här innan du skickar in texten." in shown
    assert not Practice.objects.exists()


def test_file_is_looked_through_and_stored_with_the_material(member):
    factories.make_project()
    typed = {"title": "Våra bilder", "lead": "Fem bilder.", "file_language": "sv", "send": "1"}
    upload = SimpleUploadedFile("bilder.pdf", factories.PDF)
    response = member.post(NEW_MATERIAL, {**typed, "file": upload})
    assert response.status_code == 302
    file = MaterialFile.objects.get()
    assert (file.language, file.published_at, file.original_name) == ("sv", None, "bilder.pdf")
    assert file.material.decision == "draft"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilder.pdf", b"MZ\x90\x00"),
        ("program.exe", b"MZ\x90\x00"),
        ("tom.pdf", b""),
        ("text.vtt", b"WEBVTT\n"),
        ("sida.html", b"<script>alert(1)</script>"),
    ],
)
def test_hostile_file_is_refused_and_the_text_kept(member, name, content):
    factories.make_project()
    upload = SimpleUploadedFile(name, content)
    typed = {"title": "Våra bilder", "lead": "Fem bilder.", "send": "1", "file": upload}
    response = member.post(NEW_MATERIAL, typed)
    assert response.status_code == 422
    assert "Fem bilder." in response.content.decode()
    assert not Material.objects.exists()
    assert not MaterialFile.objects.exists()


def test_new_file_takes_the_place_of_the_one_before(member, django_capture_on_commit_callbacks):
    factories.make_project()
    typed = {"title": "Våra bilder", "lead": "Fem bilder.", "file_language": "sv"}
    member.post(NEW_MATERIAL, {**typed, "file": SimpleUploadedFile("a.pdf", factories.PDF)})
    former = MaterialFile.objects.get()
    address = f"/sv/natverket/utkast/{Submission.objects.get().pk}/"
    assert "a.pdf" in member.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        other = SimpleUploadedFile("b.pdf", factories.PDF + b"\n")
        typed["opened_values"] = draft_form(member)[1]["opened_values"]
        assert member.post(address, {**typed, "file": other}).status_code == 302
    assert MaterialFile.objects.get().original_name == "b.pdf"
    assert not former.file.storage.exists(former.file.name)


def test_material_without_a_place_is_told_in_plain_words(member):
    response = member.post(NEW_MATERIAL, {"title": "Våra bilder", "keep": "1"})
    assert response.status_code == 422
    assert not Submission.objects.exists()


def draft_form(member):
    """The address of the member's draft, and what its form sends when nobody types anything."""
    address = f"/sv/natverket/utkast/{Submission.objects.get().pk}/"
    form = member.get(address).context["form"]
    return address, {**typed_in(form), "opened_values": form.carried}


def typed_in(form):
    return {name: form[name].value() or "" for name in (*form.texts, "theme")}


def test_draft_is_the_members_until_staff_take_it_up(member, membership):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    address, typed = draft_form(member)
    assert member.post(address, {**typed, "title": "Nytt namn"}).status_code == 302
    assert Practice.objects.get().title_sv == "Nytt namn"
    Submission.objects.update(state="taken_up")
    shown = member.post(address, {**typed, "title": "För sent"})
    assert "Kommunförbundet arbetar med det" in shown.content.decode()
    assert Practice.objects.get().title_sv == "Nytt namn"


def test_what_staff_have_shaped_stays_where_the_member_does_not_touch_it(member):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    Practice.objects.update(how_sv="<p>Först:</p><ul><li>boka</li><li>gå</li></ul>")
    address, typed = draft_form(member)
    member.post(address, {**typed, "lead": "Ny ingress."})
    practice = Practice.objects.get()
    assert practice.how_sv == "<p>Först:</p><ul><li>boka</li><li>gå</li></ul>"
    assert practice.lead_sv == "Ny ingress."


def test_what_staff_wrote_meanwhile_stays_beside_what_the_member_changes(member):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    address, typed = draft_form(member)
    theme = factories.make_theme()
    how = "<p>Vi möts vid <strong>stadsbiblioteket</strong>.</p>"
    Practice.objects.update(lead_sv="Personalens ingress.", how_sv=how, theme=theme)
    assert member.post(address, {**typed, "idea": "Medlemmens idé."}).status_code == 302
    practice = Practice.objects.get()
    assert practice.idea_sv == "<p>Medlemmens idé.</p>"
    assert (practice.lead_sv, practice.how_sv) == ("Personalens ingress.", how)
    assert practice.theme == theme


def test_what_both_have_changed_comes_back_with_both(member):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    address, typed = draft_form(member)
    how = "<p><strong>Vi</strong> möts vid nya biblioteket.</p>"
    Practice.objects.update(how_sv=how, results_sv="<p>Alla mår bättre.</p>")
    typed |= {"how": "Vi möts vid torget.", "idea": "Medlemmens idé."}
    before = Practice.objects.values().get()
    response = member.post(address, typed)
    assert response.status_code == 422
    assert Practice.objects.values().get() == before
    page = Document(response.content.decode())
    [told] = page.all("div", id="id_how_error")
    assert "ändrades medan du hade det öppet" in told.text
    assert page.all("textarea", name="how")[0].text.strip() == "Vi möts vid torget."
    [newer] = page.all("div", **{"class": "notice"})
    assert "Sparat nu, ”Så görs det”:" in newer.text
    assert "Vi möts vid nya biblioteket." in newer.text
    # Sent once more, now that the newer text has been seen; what was not touched is not lost.
    form = response.context["form"]
    again = {**typed_in(form), "opened_values": form.carried}
    assert member.post(address, again).status_code == 302
    practice = Practice.objects.get()
    assert practice.how_sv == "<p>Vi möts vid torget.</p>"
    assert practice.idea_sv == "<p>Medlemmens idé.</p>"
    assert practice.results_sv == "<p>Alla mår bättre.</p>"


@pytest.mark.parametrize("carried", [None, "", "å", "eJwDAAAAAAE="])
def test_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing(member, carried):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    address, typed = draft_form(member)
    typed |= {"lead": "Ny ingress.", "opened_values": carried}
    typed = {name: value for name, value in typed.items() if value is not None}
    assert member.post(address, typed).status_code == 422
    assert Practice.objects.get().lead_sv == PRACTICE["lead"]


def test_draft_is_locked_while_it_is_decided_what_is_written(member):
    member.post(NEW_PRACTICE, {**PRACTICE, "send": "1"})
    address, typed = draft_form(member)
    with CaptureQueriesContext(connection) as asked:
        member.post(address, {**typed, "lead": "Ny ingress."})
    statements = [one["sql"] for one in asked if '"publications_practice"' in one["sql"]]
    first = next(place for place, sql in enumerate(statements) if "FOR UPDATE" in sql)
    written = next(place for place, sql in enumerate(statements) if sql.startswith("UPDATE"))
    assert first < written


def test_too_many_drafts_in_a_day_are_refused_with_the_text_kept(member, membership):
    for _number in range(20):
        factories.make_submission(membership=membership)
    response = member.post(NEW_PRACTICE, PRACTICE)
    assert response.status_code == 422
    assert "20 utkast i dag" in response.content.decode()
    assert "Motionsvän" in response.content.decode()


def test_form_without_its_token_is_refused(membership):
    client = Client(enforce_csrf_checks=True)
    client.force_login(membership.user)
    assert client.post(NEW_PRACTICE, PRACTICE).status_code == 403
    assert not Practice.objects.exists()


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_staff_return_a_draft_with_a_comment_in_the_members_mail(swedish_editor, language):
    membership = factories.make_membership(user=factories.make_user(language=language))
    submission = factories.make_submission(membership=membership)
    address = url(Submission, "change", submission.pk)
    assert save(swedish_editor, address, state="returned").status_code == 200  # without a comment
    response = save(swedish_editor, address, state="returned", comment="Berätta vem som deltar.")
    assert response.status_code == 302
    [letter] = mail.outbox
    assert (
        letter.subject
        == {
            "sv": "Ditt utkast behöver några ändringar",
            "fi": "Luonnoksesi kaipaa muutamaa muutosta",
        }[language]
    )
    assert "Berätta vem som deltar." in letter.body


def test_staff_see_what_waits_but_not_what_is_still_written(swedish_editor):
    sent = factories.make_submission(practice=factories.make_practice(title_sv="Inskickad"))
    draft = factories.make_submission(
        state="draft", practice=factories.make_practice(title_sv="Ofärdig")
    )
    start = swedish_editor.get("/admin/").content.decode()
    assert url(Submission, "change", sent.pk) in start
    assert url(Submission, "change", draft.pk) not in start
    listed = swedish_editor.get(url(Submission, "changelist")).context["cl"].result_list
    assert list(listed) == [sent]
    assert swedish_editor.get(url(Submission, "change", draft.pk)).status_code == 302
    found = swedish_editor.get(url(Practice, "changelist"), {"from": "members"}).context["cl"]
    assert sent.practice in found.result_list


SECRET = "Viskat"


@pytest.fixture(params=["admin", Role.EDITOR, Role.TRANSLATOR_TO_FINNISH])
def one_of_the_staff(request, client):
    if request.param == "admin":
        client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    else:
        client.force_login(make_staff(request.param))
    return client


def unsent(kind):
    """A draft that a member has begun and not sent, with a text that would wait for Finnish."""
    texts = {"title_sv": SECRET, "title_fi": None, "lead_sv": SECRET, "lead_fi": None}
    make = getattr(factories, f"make_{kind}")
    item = make(decision="draft", publish_at=None, **texts)
    type(item).objects.filter(pk=item.pk).update(lead_sv=f"{SECRET} igen")
    factories.make_submission(state="draft", sent_at=None, **{kind: item})
    return item


def reached(item):
    """The staff's addresses of an item."""
    name = f"{item._meta.app_label}/{item._meta.model_name}"
    state = LanguageState.objects.get(
        kind=item._meta.db_table, object_id=item.pk, field="lead", fi_is_filled=False
    )
    return {
        "list": url(type(item), "changelist"),
        "form": url(type(item), "change", item.pk),
        "deletion": url(type(item), "delete", item.pk),
        "history": f"/admin/{name}/{item.pk}/history/",
        "work list": "/admin/content/languagestate/fi/",
        "text": f"/admin/content/languagestate/fi/{state.pk}/",
        "file": "/admin/content/languagestate/fi/file/",
        "start": "/admin/",
    }


@pytest.mark.parametrize("kind", ["practice", "material"])
def test_draft_that_is_not_sent_is_told_to_none_of_the_staff(one_of_the_staff, kind):
    item = unsent(kind)
    for place, address in reached(item).items():
        assert SECRET not in one_of_the_staff.get(address, follow=True).content.decode(), place
    Submission.objects.update(state="sent", sent_at=timezone.now())
    for place in ("list", "form", "history", "work list", "text", "file"):
        shown = one_of_the_staff.get(reached(item)[place], follow=True).content.decode()
        assert SECRET in shown, place


def test_draft_that_is_not_sent_is_written_by_none_of_the_staff(one_of_the_staff):
    item = unsent("practice")
    places = reached(item)
    kinds = ["publications_practice"]
    assert SECRET.encode() not in translation_files.export("fi", kinds)
    Submission.objects.update(state="sent", sent_at=timezone.now())
    catalogue = read_po(BytesIO(translation_files.export("fi", kinds)))
    Submission.objects.update(state="draft")
    for message in catalogue:
        message.string = "Teksti" if message.id else message.string
    written = BytesIO()
    write_po(written, catalogue)
    upload = SimpleUploadedFile("worklist-fi.po", written.getvalue())
    assert one_of_the_staff.post(places["file"], {"file": upload}).status_code == 200
    for place in ("text", "form"):
        one_of_the_staff.post(places[place], {"text": "Teksti", "lead_fi": "Teksti"})
    assert Practice.objects.get().lead_fi is None


def test_file_of_a_draft_that_is_not_sent_is_no_file_of_the_staffs(swedish_editor):
    file = factories.make_material_file(material=unsent("material"), published_at=None)
    places = [
        reverse("admin:publications_materialfile_download", args=[file.pk]),
        reverse("admin:publications_materialfile_picture", args=[file.pk, 1, 480]),
        reverse("admin:publications_materialfile_new_version", args=[file.pk]),
    ]
    assert [swedish_editor.get(address).status_code for address in places] == [404] * 3
    Submission.objects.update(state="sent", sent_at=timezone.now())
    for address in places[::2]:
        response = swedish_editor.get(address)
        assert list(response)  # read to its end, which closes the file
        assert response.status_code == 200


def test_member_sees_what_has_become_of_it(member, membership):
    submission = factories.make_submission(
        membership=membership,
        practice=factories.make_practice(title_sv="Publicerad"),
        state="taken_up",
    )
    shown = member.get(f"/sv/natverket/utkast/{submission.pk}/").content.decode()
    assert submission.practice.path("sv") in shown
    assert "Publicerad" in member.get(HOME["sv"]).content.decode()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("En rad", "<p>En rad</p>"),
        ("En rad\r\nen till\r\n\r\n\r\nNytt stycke", "<p>En rad<br>en till</p><p>Nytt stycke</p>"),
        ("<script>1 < 2 & 3</script>", "<p>&lt;script&gt;1 &lt; 2 &amp; 3&lt;/script&gt;</p>"),
    ],
)
def test_plain_text_is_kept_and_read_back(text, html):
    assert as_html(text) == html
    assert as_html(as_text(html)) == html
