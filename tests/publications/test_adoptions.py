"""Good practice, and “we do this too”: nothing is shown before staff have agreed to it."""

import html
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portal.feedback import FeedbackForm
from publications.adoptions import AdoptionRequestForm
from publications.models import Adoption, AdoptionRequest
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db
LIST = reverse("admin:publications_adoptionrequest_changelist")


@pytest.fixture
def practice():
    factories.make_project()
    return factories.make_practice(slug_sv="motion-pa-recept", slug_fi="liikuntaresepti")


def form_at(practice, language: str = "sv") -> str:
    return practice.path(language, route="publications:request_adoption")


def typed(one, **changes):
    usual = {
        "municipality": one.pk,
        "name": "Eeva Ström",
        "email": "eeva@esbo.example",
        "message": "Vi började i fjol.",
        "token": AdoptionRequestForm.new_token(),
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def text_of(response) -> str:
    return html.unescape(response.content.decode())


# The page


def test_page_tells_need_idea_way_results_and_what_it_takes_in_this_order(client, practice) -> None:
    for field in ("results", "requirements"):
        for code in ("sv", "fi"):
            setattr(practice, f"{field}_{code}", "<p>Text</p>")
    practice.save()
    page = Document(client.get(practice.path()).content.decode())
    headings = [one.text for one in page.all("h2")]
    assert headings[:5] == ["Behovet", "Idén", "Så görs det", "Resultat", "Vad det kräver"]


@pytest.mark.parametrize(
    ("language", "one", "three"),
    [
        ("sv", "1 kommun gör så här", "3 kommuner gör så här"),
        ("fi", "1 kunta toimii näin", "3 kuntaa toimii näin"),
    ],
)
def test_page_and_list_count_the_municipalities(client, practice, language, one, three) -> None:
    listed = practice.path(language).rsplit("/", 2)[0] + "/"
    assert one not in text_of(client.get(practice.path(language)))
    factories.make_adoption(practice=practice)
    assert one in text_of(client.get(practice.path(language)))
    for _number in range(2):
        factories.make_adoption(practice=practice, is_origin=False)
    page = text_of(client.get(practice.path(language)))
    assert three in page
    assert page.count("började här" if language == "sv" else "alkoi täältä") == 1
    assert three in text_of(client.get(listed))


def test_link_to_the_full_model_says_where_it_leads(client, practice) -> None:
    practice.full_model = "https://www.innokyla.example/fi/malli?x=1"
    practice.save()
    page = Document(client.get(practice.path()).content.decode())
    (link,) = page.all("a", href=practice.full_model)
    assert link.text == "Hela beskrivningen av arbetssättet på innokyla.example"


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_task_area_leads_to_its_place_in_the_list(client, practice, language) -> None:
    area = factories.make_task_area()
    practice.task_areas.add(area)
    page = Document(client.get(practice.path(language)).content.decode())
    slug = {"sv": "utbildning-och-kultur", "fi": "sivistys-ja-kulttuuri"}[language]
    (link,) = [one for one in page.all("a") if one.attributes["href"].endswith(f"#{slug}")]
    listed = Document(client.get(link.attributes["href"].split("#")[0]).content.decode())
    assert listed.all("section", id=slug)


def test_task_area_renamed_keeps_its_place(practice) -> None:
    area = factories.make_task_area()
    before = area.path("sv")
    area.name_sv = "Bildning"
    area.save()
    assert area.path("sv") == before


# The form


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_request_is_stored_and_shown_to_nobody(client, practice, language) -> None:
    municipality = factories.make_municipality()
    response = client.post(form_at(practice, language), typed(municipality))
    assert response.status_code == 302
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200
    assert not response.cookies
    assert not thanks.cookies
    asked = AdoptionRequest.objects.get()
    assert (asked.practice, asked.municipality, asked.language) == (
        practice,
        municipality,
        language,
    )
    assert asked.confirmed_at is None
    assert not Adoption.objects.exists()
    name = str(municipality.text("name", language))
    for path in (practice.path(language), municipality.path(language)):
        page = text_of(client.get(path))
        assert "Eeva" not in page
        assert (name in page) == (path == municipality.path(language))
    assert practice.path(language) not in text_of(client.get(municipality.path(language)))


def test_form_as_it_is_handed_out_can_be_sent(client, practice) -> None:
    municipality = factories.make_municipality()
    page = client.get(form_at(practice))
    assert page["Cache-Control"] == "no-store"
    assert not page.cookies
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token
    data = typed(municipality, token=html.unescape(token[1]))
    assert client.post(form_at(practice), data).status_code == 302


def test_form_lists_municipalities_by_their_name_in_the_readers_language(client, practice) -> None:
    factories.make_municipality(code="853", name_sv="Åbo", name_fi="Turku")
    factories.make_municipality()
    page = Document(client.get(form_at(practice, "fi")).content.decode())
    options = [one.text for one in page.all("option")]
    assert options == ["Valitse kuntasi", "Helsinki", "Turku"]


@pytest.mark.parametrize(
    "changes",
    [
        {"municipality": ""},
        {"municipality": "999999"},
        {"municipality": "x\x00"},
        {"name": ""},
        {"name": "x" * 200},
        {"email": ""},
        {"email": "eeva"},
        {"email": "eeva@example.fi\nBcc: all@example.fi"},
        {"message": "x" * 1001},
        {"message": "a\x00b"},
        {"token": None},
        {"token": "adoption"},
        {"token": FeedbackForm.new_token()},
        {"website": "https://x.example"},
    ],
)
def test_form_that_is_wrong_comes_back_with_what_was_typed(client, practice, changes) -> None:
    data = typed(factories.make_municipality(), **changes)
    response = client.post(form_at(practice, "fi"), data)
    page = text_of(response)
    assert response.status_code == 422
    assert 'role="alert"' in page
    assert data["name"] in page
    assert not response.cookies
    assert not AdoptionRequest.objects.exists()


def test_form_sent_from_another_site_is_refused(client, practice) -> None:
    data = typed(factories.make_municipality())
    origin = {"origin": "https://elsewhere.example"}
    assert client.post(form_at(practice), data, headers=origin).status_code == 422
    assert not AdoptionRequest.objects.exists()


def test_municipality_that_is_named_already_is_told_so(client, practice) -> None:
    adoption = factories.make_adoption(practice=practice)
    response = client.post(form_at(practice), typed(adoption.municipality))
    assert response.status_code == 422
    assert "Kommunen finns redan med här." in text_of(response)
    assert not AdoptionRequest.objects.exists()


def test_draft_takes_no_requests(client, practice) -> None:
    practice.decision = "draft"
    practice.save()
    assert client.get(form_at(practice)).status_code == 404
    assert client.post(form_at(practice), typed(factories.make_municipality())).status_code == 404


def test_request_is_mailed_where_mail_is_set_up(client, practice, settings) -> None:
    settings.FEEDBACK_TO = ["redaktionen@example.fi"]
    client.post(form_at(practice, "fi"), typed(factories.make_municipality()))
    (letter,) = mail.outbox
    assert letter.reply_to == ["eeva@esbo.example"]
    assert "Motion på recept" in letter.body


# The admin


@pytest.fixture
def editor(client):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def confirm(asked) -> str:
    return reverse("admin:publications_adoptionrequest_confirm", args=[asked.pk])


def test_staff_confirm_with_the_one_button_of_the_list(client, practice, editor) -> None:
    asked = factories.make_adoption_request(practice=practice)
    page = Document(client.get(LIST).content.decode())
    (button,) = page.all("button", formaction=confirm(asked))
    assert button.text == "Bekräfta"
    response = client.post(confirm(asked), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    asked.refresh_from_db()
    assert asked.confirmed_by == editor
    adoption = Adoption.objects.get()
    assert (adoption.practice, adoption.municipality) == (practice, asked.municipality)
    assert not adoption.is_origin
    client.logout()
    assert "1 kommun gör så här" in text_of(client.get(practice.path()))
    assert practice.path() in text_of(client.get(asked.municipality.path()))


def test_request_confirmed_twice_marks_the_municipality_once(client, practice, editor) -> None:
    asked = factories.make_adoption_request(practice=practice)
    client.post(confirm(asked))
    first = AdoptionRequest.objects.get().confirmed_at
    assert client.post(confirm(asked)).status_code == 302
    assert Adoption.objects.count() == 1
    assert AdoptionRequest.objects.get().confirmed_at == first


def test_origin_stays_when_its_own_request_is_confirmed(client, practice, editor) -> None:
    adoption = factories.make_adoption(practice=practice, is_origin=True)
    asked = factories.make_adoption_request(practice=practice, municipality=adoption.municipality)
    client.post(confirm(asked))
    assert Adoption.objects.get().is_origin


def test_nothing_is_confirmed_by_following_a_link(client, practice, editor) -> None:
    asked = factories.make_adoption_request(practice=practice)
    assert client.get(confirm(asked)).status_code == 405
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("rights", [[], ["change_adoptionrequest"], ["change_adoption"]])
def test_who_may_not_change_both_confirms_nothing(client, practice, rights) -> None:
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    asked = factories.make_adoption_request(practice=practice)
    assert client.post(confirm(asked)).status_code == 403
    assert not Adoption.objects.exists()


def test_reader_confirms_nothing(client, practice) -> None:
    asked = factories.make_adoption_request(practice=practice)
    assert client.post(confirm(asked)).status_code == 302
    assert not Adoption.objects.exists()


def test_list_tells_waiting_from_confirmed(client, practice, editor) -> None:
    waiting = factories.make_adoption_request(practice=practice)
    done = factories.make_adoption_request(practice=practice, confirmed_at=timezone.now())
    for value, shown, hidden in (("open", waiting, done), ("confirmed", done, waiting)):
        page = text_of(client.get(LIST, {"state": value}))
        assert str(shown.municipality) in page
        assert str(hidden.municipality) not in page


def test_request_is_deleted_a_year_after_it_was_confirmed(practice) -> None:
    now = timezone.now()
    for days in (364, 366):
        factories.make_adoption_request(practice=practice, confirmed_at=now - timedelta(days=days))
    factories.make_adoption_request(practice=practice, received_at=now - timedelta(days=800))
    call_command("delete_old_feedback", stdout=StringIO())
    kept = AdoptionRequest.objects.order_by("confirmed_at")
    assert [one.confirmed_at and (now - one.confirmed_at).days for one in kept] == [364, None]
