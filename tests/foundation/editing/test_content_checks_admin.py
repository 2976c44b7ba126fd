"""What the forms say of the texts in them: where, in which language, and never in the way."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from foundation.editing import content_checks_admin
from publications.models import Story
from tests import factories
from tests.foundation.editing.test_admin import Fields, form_of, save, url
from tests.html_document import Document

pytestmark = pytest.mark.django_db

HOLLOW = '<p>Rapporten finns <a href="/x">här</a>.</p>'
HOLLOW_FI = '<p>Raportti on <a href="/x">tästä</a>.</p>'


@pytest.fixture(autouse=True)
def editor(client):
    user = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def panel_of(client, item):
    return client.get(url(type(item), "change", item.pk)).context["findings"]


def shown(panel):
    return [
        (section.anchor, one.finding.rule.value, one.words)
        for section in panel.sections
        for one in section.shown
    ]


def test_form_shows_each_finding_with_its_field_and_its_words(client):
    story = factories.make_story(body_sv=HOLLOW, body_fi=HOLLOW_FI)
    response = client.get(url(Story, "change", story.pk))
    assert shown(response.context["findings"]) == [
        ("id_body_sv", "hollow_link", "här"),
        ("id_body_fi", "hollow_link", "tästä"),
    ]
    page = response.content.decode()
    links = [one for one in Document(page).all("a") if "data-words" in one.attributes]
    assert [(one.attributes["href"], one.attributes["lang"]) for one in links] == [
        ("#id_body_sv", "sv"),
        ("#id_body_fi", "fi"),
    ]
    assert "Rapporten finns <mark>här</mark>." in page
    assert "editing/content-checks.js" in page


def test_form_without_findings_shows_no_panel(client):
    page = client.get(url(Story, "change", factories.make_story().pk)).content.decode()
    assert 'id="findings"' not in page
    assert "editing/content-checks.js" not in page


def test_empty_form_shows_no_panel(client):
    assert not client.get(url(Story, "add")).context["findings"]


def test_findings_do_not_hold_back_from_saving_and_are_told_after_it(client):
    story = factories.make_story()
    response = save(client, url(Story, "change", story.pk), body_sv=HOLLOW)
    assert response.status_code == 302
    story.refresh_from_db()
    assert story.body_sv == HOLLOW
    [told, _saved] = [str(message) for message in get_messages(response.wsgi_request)]
    assert f"{url(Story, 'change', story.pk)}#findings" in told


def test_new_item_is_told_of_too(client):
    factories.make_theme()
    typed = {**form_of(client, url(Story, "add")), "title_sv": "Ny", "year": 2018}
    response = client.post(url(Story, "add"), {**typed, "body_sv": HOLLOW})
    assert response.status_code == 302
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert f"{url(Story, 'change', Story.objects.get().pk)}#findings" in told[0]


@pytest.mark.parametrize("button", ["_continue", "_preview"])
def test_who_stays_at_the_form_is_told_there_only(client, button):
    story = factories.make_story()
    response = save(client, url(Story, "change", story.pk), body_sv=HOLLOW, **{button: "1"})
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert not [message for message in told if "#findings" in message]


def test_refused_form_shows_what_is_typed_and_keeps_it(client):
    story = factories.make_story()
    response = save(client, url(Story, "change", story.pk), body_sv=HOLLOW, title_sv="", year="x")
    assert shown(response.context["findings"]) == [("id_body_sv", "hollow_link", "här")]
    assert Fields(response.content.decode()).values["body_sv"].strip() == HOLLOW


@pytest.mark.parametrize(("pairing", "language"), [("sv", "sv"), ("fi", "fi")])
def test_language_that_nobody_reads_is_left_alone(client, pairing, language):
    story = factories.make_story(
        body_sv=HOLLOW, body_fi=HOLLOW_FI, pairing=pairing, pairing_reason="Finns bara så."
    )
    assert {section.language for section in panel_of(client, story).sections} == {language}


def test_text_with_a_heading_of_the_pages_own_may_begin_with_a_small_one(client):
    html = "<h3>Liten</h3><p>Text.</p>"
    practice = factories.make_practice(body_sv=html, idea_sv=html)
    assert shown(panel_of(client, practice)) == [("id_body_sv", "heading_level", "Liten")]


def test_place_is_counted_among_the_same_words(client):
    story = factories.make_story(body_sv=f"<p>Här och här.</p>{HOLLOW}")
    [section] = panel_of(client, story).sections
    [one] = section.shown
    assert (one.sought, one.nth) == ("här", 1)


def test_words_around_a_place_are_cut_between_words(client):
    long = "<p>" + "vardagen är lång och " * 5 + '<a href="/x">här</a> ' + "är den kort och " * 5
    [section] = panel_of(client, factories.make_story(body_sv=f"{long}</p>")).sections
    one = next(one for one in section.shown if one.words == "här")
    assert one.before.startswith("… ") and one.after.endswith(" …")
    assert len(one.before) < 45 and len(one.after) < 45


def test_many_findings_of_a_field_are_counted(client):
    links = '<p>Se <a href="/x">här</a></p><p>Mer:</p>' * 14
    [section] = panel_of(client, factories.make_story(body_sv=links)).sections
    assert (len(section.shown), section.more) == (10, 4)


def test_abbreviations_of_organisations_and_terms_are_known(client):
    factories.make_organisation(
        name_sv="Byarnas förbund", abbreviation_sv="BF", name_fi="Kylien liitto"
    )
    factories.make_term(term_sv="delad ro", synonyms_sv="DR\nstillhet", term_fi="rauha")
    story = factories.make_story(body_sv="<p>Så säger BF om DR.</p>")
    [section] = panel_of(client, story).sections
    assert [one.finding.full for one in section.shown] == ["Byarnas förbund", "delad ro"]


def test_list_of_synonyms_is_not_read_as_prose(client):
    term = factories.make_term(synonyms_sv="ABC\nEFG")
    assert not panel_of(client, term)


def test_figure_told_by_nobody_or_twice_is_found_in_its_row(client):
    story = factories.make_story()
    image = factories.make_image(alt_sv="Människor på promenad.", alt_fi="Ihmisiä kävelyllä.")
    factories.make_figure(
        story=story,
        image=image,
        caption_sv="människor på  promenad",
        caption_fi="Arki liikkuu",
        long_description_sv="En park.",
        long_description_fi=None,
    )
    assert shown(panel_of(client, story)) == [
        ("id_figures-0-caption_sv", "alt_is_caption", "människor på  promenad"),
        ("id_figures-0-caption_fi", "no_description", "Arki liikkuu"),
    ]


def test_decorative_picture_needs_no_words(client):
    story = factories.make_story()
    image = factories.make_image(is_decorative=True, alt_sv=None, alt_fi=None)
    factories.make_figure(story=story, image=image, long_description_sv=None)
    assert not panel_of(client, story)


@pytest.mark.parametrize("alternative", ["vardag.png", "IMG_2041"])
def test_file_name_is_no_text_alternative(client, alternative):
    image = factories.make_image(alt_sv=alternative)
    assert shown(panel_of(client, image)) == [("id_alt_sv", "alt_is_file_name", alternative)]


def test_row_that_is_to_be_deleted_is_not_read(client):
    story = factories.make_story()
    factories.make_figure(story=story, caption_sv="{{ bild }}", long_description_sv="En park.")
    address = url(Story, "change", story.pk)
    kept = save(client, address, year="x")
    assert ("id_figures-0-caption_sv", "debris", "{{ bild }}") in shown(kept.context["findings"])
    response = save(client, address, year="x", **{"figures-0-DELETE": "on"})
    assert not response.context["findings"]


def test_who_may_only_look_is_told_nothing(client):
    story = factories.make_story(body_sv=HOLLOW)
    factories.make_figure(story=story, caption_sv="{{ bild }}")
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    assert not panel_of(client, story)


def test_panel_takes_as_many_queries_for_three_rows_as_for_one(client, django_assert_num_queries):
    """Three of its own: organisations, terms and pictures."""
    counts = {}
    for number in (1, 3):
        story = factories.make_story(body_sv=HOLLOW * number)
        for _row in range(number):
            factories.make_figure(story=story)
            factories.make_term()
            factories.make_organisation(abbreviation_sv="BF")
        context = client.get(url(Story, "change", story.pk)).context
        formsets = [one.formset for one in context["inline_admin_formsets"]]
        with django_assert_num_queries(3):
            counts[number] = content_checks_admin.panel(context["adminform"].form, formsets)
    assert counts[3].faults > counts[1].faults


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_panel_speaks_the_editors_language(client, language):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True, language=language))
    story = factories.make_story(body_sv=HOLLOW)
    page = client.get(url(Story, "change", story.pk)).content.decode()
    said = {"sv": "Länken säger inte vad den leder till.", "fi": "Linkki ei kerro, mihin se vie."}
    assert said[language] in page


def test_municipality_without_texts_of_its_own_has_nothing_to_find(client):
    assert not panel_of(client, factories.make_municipality())
