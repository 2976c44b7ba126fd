"""The search page, its JSON, the suggestions and what browsers are told."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from foundation.search.indexing import bring_up_to_date
from foundation.search.models import SearchedDay
from projects.models import Theme
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db


def page(client, query: str = "", language: str = "sv") -> Document:
    with translation.override(language):
        response = client.get(f"{reverse('portal:search')}{query}")
    assert response.status_code == 200
    document = Document(response.content.decode())
    # What was found is no page of its own for search engines; the page to search from is one.
    assert response.get("X-Robots-Tag") == ("noindex" if query else None)
    assert bool(document.all("meta", name="robots")) is bool(query)
    return document


def hits(document: Document) -> list[str]:
    return [one.text for one in document.all("h3")]


@pytest.fixture
def ledning(db) -> None:
    theme = factories.make_theme()
    place = factories.make_municipality()
    factories.make_workshop(theme=theme, title_sv="Ledningens dag", municipalities=[place])
    factories.make_story(title_sv="Om att leda", lead_sv="Välfärdsledning i praktiken.")
    bring_up_to_date()


def test_addresses_are_those_of_each_language() -> None:
    for language, path in (("sv", "/sv/sok/"), ("fi", "/fi/haku/")):
        with translation.override(language):
            assert reverse("portal:search") == path


def test_hit_tells_what_it_is_and_marks_what_it_was_found_by(client, ledning) -> None:
    document = page(client, "?q=ledning")
    assert "Ledningens dag" in hits(document)
    marked = [one.text for one in document.all("mark")]
    assert "Ledningens" in marked
    assert "Välfärdsledning" in marked
    kickers = [one.text for one in document.all("p", **{"class": "kicker"})]
    assert any("Verkstad" in text and "11.10.2018" in text and "Esbo" in text for text in kickers)


def test_facets_count_and_narrow_down(client, ledning) -> None:
    document = page(client, "?q=ledning")
    options = [one.text for one in document.all("option")]
    assert "Verkstäder (1)" in options
    assert "Esbo (1)" in options
    assert "2018 (1)" in options
    narrowed = page(client, "?q=ledning&kommun=esbo&typ=verkstader")
    assert hits(narrowed) == ["Ledningens dag"]
    chosen = [one.text for one in narrowed.all("option") if "selected" in one.attributes]
    assert chosen == ["Verkstäder (1)", "Esbo (1)"]
    assert not hits(page(client, "?q=ledning&kommun=esbo&ar=1999"))


def test_switch_keeps_words_and_choices(client, ledning) -> None:
    document = page(client, "?q=ledning&kommun=esbo")
    switch = next(one for one in document.all("a", hreflang="fi") if one.text == "Suomeksi")
    assert switch.attributes["href"] == "/fi/haku/?q=ledning&kunta=espoo"


def test_unknown_choice_is_named_and_left_out(client, ledning) -> None:
    document = page(client, "?q=ledning&tema=nonsens")
    assert hits(document)
    assert "nonsens" in document.all("p", role="status")[0].text


def test_hits_in_the_other_language_stand_below_with_their_lang(client) -> None:
    factories.make_story(title_fi="Pöllö valvoo")
    bring_up_to_date()
    document = page(client, "?q=pöllö")
    assert any("Inga träffar på ”pöllö”" in text for _language, text in document.texts)
    assert "1 träff på finska" in [one.text for one in document.all("h2")]
    (link,) = document.all("a", lang="fi", hreflang="fi")[-1:]
    assert link.text == "Pöllö valvoo"
    assert link.attributes["href"].startswith("/fi/")


def test_item_found_here_is_not_offered_in_the_other_language_again(client) -> None:
    factories.make_story(title_sv="Uggla 2030", title_fi="Pöllö 2030")
    bring_up_to_date()
    document = page(client, "?q=2030")
    assert hits(document) == ["Uggla 2030"]


def test_misspelt_word_is_put_right_when_little_is_found(client, ledning) -> None:
    document = page(client, "?q=ledningenns")
    (better,) = [one for one in document.all("a") if one.attributes["href"] == "?q=ledningens"]
    assert better.text == "ledningens"
    assert not [one for one in page(client, "?q=ledning").all("p", **{"class": "did-you-mean"})]


def test_word_of_a_draft_is_never_suggested(client) -> None:
    factories.make_story(title_sv="Hemligheten", decision="draft", publish_at=None)
    bring_up_to_date()
    document = page(client, "?q=hemlighetn")
    assert "hemligheten" not in document.html.replace("hemlighetn", "")


def test_choice_without_words_says_what_is_missing_and_counts_nothing(client, ledning) -> None:
    theme = Theme.objects.get()
    document = page(client, f"?tema={theme.slug_sv}")
    assert "så snart du skriver ett sökord" in document.html
    chosen = [one for one in document.all("option") if "selected" in one.attributes]
    assert [one.text for one in chosen] == [theme.title_sv]
    assert not [one.text for one in document.all("option") if "(" in one.text]
    assert "?q=" not in {one.attributes["href"] for one in document.all("a")}


def test_page_without_hits_helps_on(client) -> None:
    theme = factories.make_theme()
    document = page(client, "?q=xyzzy")
    assert any(one.attributes["href"] == theme.path() for one in document.all("a"))


def test_pages_of_hits_follow_each_other(client) -> None:
    for number in range(12):
        factories.make_story(title_sv=f"Uggla {number}")
    bring_up_to_date()
    first, second = page(client, "?q=uggla"), page(client, "?q=uggla&sida=2")
    assert len(hits(first)) == 10
    assert len(hits(second)) == 2
    assert second.all("ol")[0].attributes["start"] == "11"
    assert hits(page(client, "?q=uggla&sida=99")) == hits(second)
    for none in ("0", "-1", "x"):
        start = page(client, f"?q=uggla&sida={none}")
        assert hits(start) == hits(first)
        assert start.all("ol")[0].attributes["start"] == "1"
    assert any(one.attributes.get("rel") == "next" for one in first.all("a"))


def test_every_page_leads_to_search(client) -> None:
    response = client.get("/sv/")
    document = Document(response.content.decode())
    (form,) = document.all("form", role="search")
    assert form.attributes["action"] == "/sv/sok/"
    (link,) = document.all("link", rel="search")
    description = client.get(link.attributes["href"])
    assert description["Content-Type"].startswith("application/opensearchdescription+xml")
    text = description.content.decode()
    assert "http://testserver/sv/sok/?q={searchTerms}" in text
    assert "http://testserver/sv/sok/forslag/?q={searchTerms}" in text
    assert len(re.findall("<ShortName>(.{1,16})</ShortName>", text)) == 1
    with translation.override("fi"):
        text = client.get(reverse("portal:search_description")).content.decode()
    assert len(re.findall("<ShortName>(.{1,16})</ShortName>", text)) == 1
    assert "http://testserver/fi/haku/?q={searchTerms}" in text


def test_results_are_json_for_any_site(client, ledning) -> None:
    response = client.get(reverse("portal:search_results"), {"q": "ledning"})
    assert response["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert found["total"] == 3  # the theme too
    first = next(one for one in found["hits"] if one["title"] == "Ledningens dag")
    assert first["url"].startswith("http://testserver/sv/verkstader/2018/")
    assert first["date"] == "2018-10-11"
    assert first["municipalities"] == ["Esbo"]
    assert {"value": "esbo", "label": "Esbo", "count": 1} in found["facets"]["kommun"]
    assert any(piece["marked"] for hit in found["hits"] for piece in hit["excerpt"])
    assert not response.cookies


def test_names_are_suggested_while_they_are_typed(client, ledning) -> None:
    response = client.get(reverse("portal:search_suggestions"), {"q": "led"})
    assert response["Content-Type"] == "application/x-suggestions+json"
    typed, titles, kinds, urls = response.json()
    assert typed == "led"
    assert titles[:2] == ["Ledningens dag", "Om att leda"]
    assert kinds[:2] == ["verkstad", "berättelse"]
    assert all(url.startswith("http://testserver/sv/") for url in urls)


def test_script_is_small() -> None:
    path = finders.find("portal/search.js")
    assert path and len(Path(path).read_bytes()) <= 2048


def test_what_was_looked_for_is_counted_without_who_asked(client, ledning) -> None:
    for _number in range(3):
        page(client, "?q=ledning")
    page(client, "?q=ledning&sida=2")
    page(client, "?q=ledning&kommun=esbo")
    page(client, "?q=vatten")
    kept = SearchedDay.objects.values_list("language", "words", "times", "times_without_hits")
    assert set(kept) == {("sv", "ledning", 3, 0), ("sv", "vatten", 1, 1)}
    columns = {field.name for field in SearchedDay._meta.fields}
    assert columns == {"id", "day", "language", "words", "times", "times_without_hits"}


@pytest.mark.parametrize(
    "personal",
    ["Ahlqvist", "eeva@example.fi", "040 1234567", "010190-123A", "vatten Ahlqvist", "a b c d e f"],
)
def test_what_may_be_personal_is_not_kept(client, personal: str) -> None:
    client.get(reverse("portal:search"), {"q": personal})
    assert not SearchedDay.objects.exists()
