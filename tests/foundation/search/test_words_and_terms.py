"""Words, terms and forms of names: what is kept of a text and what is looked for."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from foundation.search.compounds import parts
from foundation.search.placenames import forms
from foundation.search.terms import _stem, asked_terms, folded_terms, kept_terms, part_terms
from foundation.search.words import folded, plain, tidy, words


def meets(asked: str, text: str, language: str) -> bool:
    kept = {text, *kept_terms(text, language), *folded_terms(text, language)}
    return not kept.isdisjoint(asked_terms(asked, language))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S:t Michel", ["st", "michel"]),
        ("THL:n ja EU:s", ["thl", "ja", "eu"]),
        ("ARTTU2-tutkimusohjelma 4/2018", ["arttu2", "tutkimusohjelma", "4", "2018"]),
        ("kl. 12:30", ["kl", "12", "30"]),
        ("”Välfärd” – i vardagen!", ["välfärd", "i", "vardagen"]),
        ("_a_ 🙂 مرحبا", ["a", "مرحبا"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(tidy(text)) == expected


def test_word_is_cut_where_no_word_is_as_long() -> None:
    assert words("a" * 500) == ["a" * 60]


def test_rich_text_keeps_its_words_apart() -> None:
    assert plain("<p>Ett</p><p>två &amp; tre<br>fyra</p>").split() == [
        "Ett",
        "två",
        "&",
        "tre",
        "fyra",
    ]


def test_text_is_tidied_to_one_spelling() -> None:
    assert tidy("väl\u00adfa\u0308rd\x00  i\t dag\n\n\nnu") == "välfärd i dag\nnu"


@pytest.mark.parametrize(
    ("word", "bare"), [("välfärd", "valfard"), ("Åbo", "Abo"), ("Sápmi", "Sapmi"), ("đ", "d")]
)
def test_dots_are_folded_away(word: str, bare: str) -> None:
    assert folded(word) == bare


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("kunnan", "kunnissa", "fi"),
        ("avun", "apu", "fi"),
        ("sillan", "silta", "fi"),
        ("hyvinvointijohtamisen", "hyvinvointijohtaminen", "fi"),
        ("besluten", "beslut", "sv"),
        ("nämnd", "nämndernas", "sv"),
        ("välfärdsledningens", "välfärdsledning", "sv"),
        ("kaytannon", "käytäntö", "fi"),
        ("valfarden", "välfärd", "sv"),
    ],
)
def test_forms_of_a_word_meet(asked: str, text: str, language: str) -> None:
    assert meets(asked, text, language)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("kunta", "kun", "fi"),
        ("lapsi", "lappi", "fi"),
        ("kommun", "kommunikation", "sv"),
        ("väl", "välfärd", "sv"),
        # Who types the dots means them.
        ("sää", "saa", "fi"),
    ],
)
def test_words_that_look_alike_do_not_meet(asked: str, text: str, language: str) -> None:
    assert not meets(asked, text, language)


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("välfärdsledning", "sv", ("välfärd", "ledning")),
        ("medborgarinflytande", "sv", ("medborgare", "inflytande")),
        ("kyrkoherde", "sv", ("kyrka", "herde")),
        ("hyvinvointijohtaminen", "fi", ("hyvinvointi", "johtaminen")),
        ("kunnanvaltuusto", "fi", ("kunta", "valtuusto")),
        ("lähipalvelu", "fi", ("lähi", "palvelu")),
        ("välfärd", "sv", ()),
        ("kommunikation", "sv", ()),
        ("kokoukset", "fi", ()),
        ("x" * 400, "fi", ()),
    ],
)
def test_compound_is_taken_apart(word: str, language: str, expected: tuple[str, ...]) -> None:
    assert parts(word, language) == expected


def test_part_of_a_part_is_kept_too() -> None:
    assert {"livsstil", "liv", "handledning"} <= set(part_terms("livsstilshandledning", "sv"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Turku", "turun turussa turkuun turulta"),
        ("Helsinki", "helsingin helsingissä helsinkiin"),
        ("Lahti", "lahden lahdessa lahteen"),
        ("Tampere", "tampereen tampereella tampereelle tamperetta"),
        ("Uusikaupunki", "uudenkaupungin uudessakaupungissa uuteenkaupunkiin"),
        ("Isokyrö", "isonkyrön isossakyrössä"),
        ("Kauniainen", "kauniaisten kauniaisissa"),
        ("Parainen", "paraisten paraisilla"),
        ("Virrat", "virroilla"),
        ("Loppi", "lopen lopella"),
        ("Punkalaidun", "punkalaitumen"),
        ("Kangasala", "kangasalla kangasalan"),
        ("Kangasniemi", "kangasniemellä"),
        ("Alavus", "alavuden alavudella"),
        ("Joensuu", "joensuun joensuussa joensuuhun"),
        ("Ii", "iin iissä"),
        ("Pedersören kunta", "pedersören_kunnan pedersören_kunnassa"),
    ],
)
def test_name_of_a_place_bends(name: str, expected: str) -> None:
    wanted = {one.replace("_", " ") for one in expected.split()}
    assert wanted <= set(forms(name, "fi"))


def test_swedish_name_has_its_genitive() -> None:
    assert forms("Jakobstad", "sv") == ["jakobstad", "jakobstads"]
    assert forms("Borgnäs", "sv") == ["borgnäs"]


def test_threads_do_not_cut_each_others_words() -> None:
    """Requests are answered by several threads, and what is read wrong is kept wrong."""
    words = {
        "sv": ["verkstäderna", "välfärdens", "kommunernas", "hälsofrämjande", "berättelserna"],
        "fi": ["hyvinvointia", "työpajoissa", "kuntien", "osallisuuden", "kertomuksessa"],
    }
    asked = [(word, language) for language, some in words.items() for word in some]
    expected = {one: _stem(*one) for one in asked}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda one: (one, _stem(*one)), asked * 300))
    finally:
        sys.setswitchinterval(interval)
    assert [one for one in found if expected[one[0]] != one[1]] == []
