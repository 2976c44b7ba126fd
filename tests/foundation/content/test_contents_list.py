"""The contents list of a long text, and the same text in easy language one click away."""

import pytest
from django.utils import translation

from foundation.content.contents_list import anchored
from foundation.content.texts import Text
from tests import factories
from tests.html_document import Document

HEADINGS = "".join(f"<h2>{words}</h2><p>Ord.</p>" for words in ("Varför?", "Hur?", "Med vem?"))


def names(html):
    return [one.attributes["id"] for one in Document(html).elements if one.tag == "h2"]


def test_anchors_are_made_of_the_headings_words():
    html, sections = anchored(Text("<h2>Två språk &amp; <em>en</em> kommun</h2>", "sv", "sv"))
    assert names(html) == ["avsnitt-tva-sprak-en-kommun"]
    assert [section.heading.value for section in sections] == ["Två språk & en kommun"]


def test_equal_headings_get_anchors_of_their_own():
    html, _sections = anchored(Text("<h2>Mer</h2><h2>Mer</h2><h2>Mer</h2>", "sv", "sv"))
    assert names(html) == ["avsnitt-mer", "avsnitt-mer-2", "avsnitt-mer-3"]


def test_heading_in_another_language_keeps_its_mark():
    html, _sections = anchored(Text('<h2 lang="fi">Miksi?</h2>', "sv", "sv"))
    assert html == '<h2 id="avsnitt-miksi" lang="fi">Miksi?</h2>'


@pytest.mark.parametrize("html", ["", "<p>Ord.</p>", "<h2></h2>", "<h3>Liten</h3>"])
def test_text_without_headings_is_left_as_it_is(html):
    assert anchored(Text(html, "sv", "sv")) == (html, [])


@pytest.mark.django_db
def test_story_with_three_headings_lists_them_and_leads_to_each(client):
    story = factories.make_story(body_sv=HEADINGS)
    page = Document(client.get(story.path("sv")).content.decode())
    links = [one.attributes.get("href", "") for one in page.elements if one.tag == "a"]
    ids = [one.attributes.get("id") for one in page.elements]
    listed = [link[1:] for link in links if link.startswith("#avsnitt-")]
    assert listed == ["avsnitt-varfor", "avsnitt-hur", "avsnitt-med-vem"]
    assert all(ids.count(anchor) == 1 for anchor in listed)


@pytest.mark.django_db
def test_story_with_two_headings_lists_none(client):
    story = factories.make_story(body_sv="<h2>Ett</h2><p>Ord.</p><h2>Två</h2><p>Ord.</p>")
    html = client.get(story.path("sv")).content.decode()
    assert 'id="avsnitt-tva"' in html
    assert 'href="#avsnitt' not in html


@pytest.mark.django_db
def test_headings_of_the_other_language_are_marked_in_the_list(client):
    story = factories.make_story(pairing="sv", pairing_reason="x", body_sv=HEADINGS)
    page = Document(client.get(story.path("fi")).content.decode())
    assert ("sv", "Varför?") in page.texts
    assert ("fi", "Tällä sivulla") in page.texts


@pytest.mark.django_db
def test_easy_language_is_one_click_away_and_absent_where_there_is_none(client):
    story = factories.make_story(
        easy_language_sv="<p>Det är kort.</p>", easy_language_fi="<p>Tämä on lyhyt.</p>"
    )
    html = client.get(story.path("fi")).content.decode()
    details = html[html.index('<details class="easy-language">') :].split("</details>")[0]
    assert "Tiivistelmä selkokielellä" in details
    assert "<p>Tämä on lyhyt.</p>" in details
    other = factories.make_story(easy_language_sv=None, easy_language_fi=None)
    assert "easy-language" not in client.get(other.path("fi")).content.decode()


@pytest.mark.django_db
def test_easy_language_in_one_language_only_says_so(client):
    story = factories.make_story(easy_language_sv="<p>Det är kort.</p>", easy_language_fi=None)
    page = Document(client.get(story.path("fi")).content.decode())
    assert ("sv", "Det är kort.") in page.texts
    assert ("fi", "Tämä teksti on vain ruotsiksi.") in page.texts


@pytest.mark.django_db
def test_stories_to_read_also_are_those_chosen_by_hand_then_the_nearest(client):
    theme, publication = factories.make_theme(), factories.make_publication()
    story = factories.make_story(theme=theme, publication=publication)
    chosen = factories.make_story(year=2016, title_sv="Vald")
    of_publication = factories.make_story(year=2016, publication=publication, title_sv="Samma bok")
    of_theme = factories.make_story(year=2016, theme=theme, title_sv="Samma tema")
    factories.make_story(year=2019, title_sv="Nyast")
    story.read_also.add(chosen)
    found = type(story).objects.published().nearest_to(story)
    with translation.override("sv"):
        assert list(found)[:3] == [chosen, of_publication, of_theme]
        assert story not in found
