"""The glossary: in the order of the reader's alphabet, every word in an element of its language."""

import pytest
from django.test import Client

from tests.factories import make_term
from tests.html_document import Document, Element

pytestmark = pytest.mark.django_db

ADDRESSES = {"sv": "/sv/ordlista/", "fi": "/fi/sanasto/"}


def shown(language: str) -> Document:
    response = Client().get(ADDRESSES[language])
    assert response.status_code == 200
    return Document(response.content.decode())


def terms_of(page: Document) -> list[Element]:
    return [one for one in page.all("div") if one.attributes.get("class") == "term"]


def told(page: Document) -> list[tuple[str, str]]:
    """Every run of text of the one term, with its language where that is not the page's."""
    return Document(page.html.split("<dl>")[1].split("</dl>")[0]).texts


def test_terms_stand_in_the_order_of_the_alphabet_with_the_last_letters_last() -> None:
    for number, word in enumerate(["ödebygd", "Zon", "ålder", "avgift", "ändamål", "Avtal"]):
        make_term(term_sv=word, term_fi=f"sana {9 - number}")
    page = shown("sv")
    in_order = ["avgift", "Avtal", "Zon", "ålder", "ändamål", "ödebygd"]
    assert [one.text for one in page.all("dfn")] == in_order
    letters = ["A", "Z", "Å", "Ä", "Ö"]
    assert [one.attributes["id"] for one in page.all("h2") if "id" in one.attributes] == letters
    assert [f"#{letter}" for letter in letters] == [
        one.attributes["href"] for one in page.all("a") if one.attributes["href"][0] == "#"
    ][1:]  # after the way past the navigation
    assert [one.text for one in shown("fi").all("dfn")] == [f"sana {n}" for n in range(4, 10)]


def test_term_has_an_anchor_of_its_own_also_beside_one_that_is_spelt_alike() -> None:
    one, other = make_term(term_sv="nämnd"), make_term(term_sv="namnd")
    anchors = [found.attributes["id"] for found in terms_of(shown("sv"))]
    assert anchors == [f"namnd-{other.pk}", f"namnd-{one.pk}"]


def test_term_tells_all_it_has_in_the_readers_language() -> None:
    make_term()
    assert told(shown("sv")) == [
        ("", "verkstad"),
        ("", "på finska:"),
        ("fi", "työpaja"),
        ("", "Ett möte där deltagarna arbetar tillsammans."),
        ("", "Kallas också: workshop"),
        ("", "Använd inte i samma betydelse: seminarium"),
    ]
    assert told(shown("fi")) == [
        ("", "työpaja"),
        ("", "ruotsiksi:"),
        ("sv", "verkstad"),
        ("", "Tapaaminen, jossa osallistujat työskentelevät yhdessä."),
        ("", "Myös: workshop, paja"),
        ("", "Älä käytä samassa merkityksessä: seminaari"),
    ]


def test_what_a_term_does_not_have_vanishes_with_its_name() -> None:
    fields = ("definition", "synonyms", "avoid")
    make_term(**{f"{field}_{code}": None for field in fields for code in ("sv", "fi")})
    assert told(shown("sv")) == [("", "verkstad"), ("", "på finska:"), ("fi", "työpaja")]
    assert told(shown("fi")) == [("", "työpaja"), ("", "ruotsiksi:"), ("sv", "verkstad")]


def test_definition_in_the_other_language_is_marked_and_foreign_synonyms_stay_away() -> None:
    make_term(definition_sv=None, synonyms_sv=None, avoid_sv=None)
    assert told(shown("sv")) == [
        ("", "verkstad"),
        ("", "på finska:"),
        ("fi", "työpaja"),
        ("fi", "Tapaaminen, jossa osallistujat työskentelevät yhdessä."),
        ("", "på finska"),
    ]


def test_words_that_are_alike_in_both_languages_are_both_shown() -> None:
    make_term(term_sv="scenario", term_fi="scenario")
    assert [spoken for spoken, text in shown("sv").texts if text == "scenario"] == ["sv", "fi"]


def test_glossary_without_words_says_so_and_leads_on() -> None:
    page = shown("sv")
    assert ("sv", "Ordlistan innehåller inga ord ännu.") in page.texts
    assert not page.all("dl")
    assert not page.all("nav", **{"aria-label": "Bokstäver på sidan"})
    assert page.all("a", href="/sv/respons/")


@pytest.mark.parametrize("count", [1, 3])
def test_glossary_takes_two_queries(django_assert_num_queries, count: int) -> None:
    for _number in range(count):
        make_term()
    with django_assert_num_queries(2):  # the terms, the frame
        shown("sv")
