"""What is found in texts: rule by rule in both languages, and in whole documents."""

import os
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.content.languages import CODES
from foundation.editing.content_checks.finding import HINTS, Finding, Rule
from foundation.editing.content_checks.parsed_text import Written, plain, rich
from foundation.editing.content_checks.running import findings
from tests.examples import examples

LONG = {
    "sv": "Vi vet att " + "en liten sak till hör till vardagen och " * 4 + "det räcker.",
    "fi": "Tiedämme, että " + "pieni asia kuuluu arkeen ja toinen iltaan ja " * 3 + "se riittää.",
}


def told(written: Written, found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.rule.value, written.text[one.start : one.end]) for one in found]


def found_in(written: Written, language: str, known=None) -> list[tuple[str, str]]:
    return told(written, findings([written], language, known)[0])


@pytest.mark.parametrize(
    ("language", "html", "expected"),
    [
        # Links
        ("sv", '<p>Rapporten finns <a href="/x">här</a>.</p>', [("hollow_link", "här")]),
        ("sv", '<p><a href="/x">Klicka här!</a></p>', [("hollow_link", "Klicka här!")]),
        ("sv", '<p><a href="/x">Läs mer …</a></p>', [("hollow_link", "Läs mer …")]),
        ("fi", '<p>Lataa raportti <a href="/x">tästä</a>.</p>', [("hollow_link", "tästä")]),
        ("fi", '<p><a href="/x">Lue lisää</a></p>', [("hollow_link", "Lue lisää")]),
        ("fi", '<p>Kuva <a href="/x">→</a></p>', [("hollow_link", "→")]),
        ("sv", '<p>Se <a href="/x"></a> där.</p>', [("hollow_link", "")]),
        (
            "sv",
            '<p><a href="https://example.fi/a">www.example.fi/a</a></p>',
            [("address_in_link", "www.example.fi/a")],
        ),
        (
            "fi",
            '<p><a href="https://example.fi">Sivusto: example.fi/a</a></p>',
            [("address_in_link", "Sivusto: example.fi/a")],
        ),
        ("sv", "<p>Mer på www.example.fi/a.</p>", [("bare_address", "www.example.fi/a")]),
        ("fi", "<p>Osoite on https://example.fi.</p>", [("bare_address", "https://example.fi")]),
        # Headings
        ("sv", "<h3>Liten</h3><p>Text.</p>", [("heading_level", "Liten")]),
        ("fi", "<h2>Iso</h2><h3>Pieni</h3><p>Teksti.</p>", []),
        ("sv", "<h2>Tom</h2>", [("empty_section", "Tom")]),
        ("fi", "<h2>Tyhjä</h2><h2>Täysi</h2><p>Teksti.</p>", [("empty_section", "Tyhjä")]),
        (
            "sv",
            "<h2>Stor</h2><p>Text.</p><h3>Tom</h3><h2>Sist</h2><p>Text.</p>",
            [("empty_section", "Tom")],
        ),
        ("fi", "<h2></h2><p>Teksti.</p>", [("empty_heading", "")]),
        ("sv", "<p><strong>Rubrik</strong></p><p>Text.</p>", [("false_heading", "Rubrik")]),
        ("fi", "<p><strong>Tärkeää on arki.</strong></p><p>Teksti.</p>", []),
        ("fi", "<p><strong>Otsikko</strong> ei ole tämä</p><p>Teksti.</p>", []),
        (
            "fi",
            "<p>Kuva kylän sillasta.</p><p>Kuva kylän sillasta.</p>",
            [("said_twice", "Kuva kylän sillasta.")],
        ),
        # Dates
        ("sv", "<p>Vi ses den 11 oktober.</p>", [("no_year", "11 oktober")]),
        ("sv", "<p>Vi ses 11.10. Välkommen!</p>", [("no_year", "11.10.")]),
        ("fi", "<p>Tavataan 11. lokakuuta.</p>", [("no_year", "11. lokakuuta")]),
        ("fi", "<p>Tavataan ti 9.4. klo 9.30.</p>", [("no_year", "9.4.")]),
        ("sv", "<p>Allt ordnades i augusti.</p>", [("seen_from_today", "i augusti")]),
        ("sv", "<p>Förra året kom många med.</p>", [("seen_from_today", "Förra året")]),
        ("fi", "<p>Työ alkoi viime vuonna.</p>", [("seen_from_today", "viime vuonna")]),
        ("fi", "<p>Seminaari on lokakuussa.</p>", [("seen_from_today", "lokakuussa")]),
        # E-mail
        (
            "sv",
            "<p>Skriv: eeva.strom(at)example.fi.</p>",
            [("hidden_email", "eeva.strom(at)example.fi")],
        ),
        (
            "fi",
            "<p>Osoite: matti [at] example.fi</p>",
            [("hidden_email", "matti [at] example.fi")],
        ),
        # Abbreviations
        ("sv", "<p>Stödet kom från SHM.</p>", [("short_form", "SHM")]),
        ("fi", "<p>VM:n raha auttoi.</p>", [("short_form", "VM")]),
        ("sv", "<p>Vi kallar det ABC. Så säger ABC.</p>", [("unknown_short_form", "ABC")]),
        # Sentences
        ("sv", f"<p>{LONG['sv']}</p>", [("long_sentence", LONG["sv"])]),
        ("fi", f"<p>{LONG['fi']}</p>", [("long_sentence", LONG["fi"])]),
        # Debris
        ("sv", "<p>narrow</p><p>Text.</p>", [("debris", "narrow")]),
        ("fi", "<p>Nimi {{ title }} puuttuu.</p>", [("debris", "{{ title }}")]),
        ("sv", "<p>Kort &amp;nbsp; gott.</p>", [("debris", "&nbsp;")]),
    ],
)
def test_fault_is_found_with_its_words(language, html, expected) -> None:
    assert found_in(rich(html), language) == expected


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("sv", '<p><a href="/x">Läs rapporten om vardagen</a></p>'),
        ("fi", '<p><a href="/x">Lue raportti arjesta</a></p>'),
        ("sv", '<p><a href="/x">2018</a></p>'),
        ("sv", '<p><a href="mailto:eeva@example.fi">eeva@example.fi</a></p>'),
        ("fi", '<p><a href="tel:+358977110">09 7711</a></p>'),
        ("sv", '<p><a href="https://example.fi/">tillgänglighetskrav.fi</a></p>'),
        ("sv", "<p>Vi ses den 11 oktober 2018.</p>"),
        ("sv", "<p>Vi ses 11–12.10.2018 kl. 9.10.</p>"),
        ("fi", "<p>Tavataan 11.10.–12.12.2018.</p>"),
        ("fi", "<p>Tavataan klo 9.10. Tervetuloa!</p>"),
        ("fi", "<p>Työ alkoi lokakuussa 2017.</p>"),
        ("sv", "<p>Versionen är 1.2.3 och måttet 3,5.</p>"),
        ("sv", "<p>Social- och hälsovårdsministeriet (SHM) är med. Så säger SHM.</p>"),
        ("sv", "<p>SHM (social- och hälsovårdsministeriet) är med.</p>"),
        ("fi", "<p>Sosiaali- ja terveysministeriön väki on STM:n väkeä.</p>"),
        ("fi", "<p>EU ja PDF ovat tuttuja, ja luku on XIV.</p>"),
        ("sv", "<p>KOM MED OCH SKRIV</p>"),
        ("sv", "<p>Forskningen ARTTU2 går vidare.</p>"),
        ("sv", f"<h2>{LONG['sv'].rstrip('.')}</h2><p>Text.</p>"),
        ("sv", "<p>Det gäller t.ex. Esbo, bl.a. Sibbo och kl. 9 också Vasa.</p>"),
        ("fi", "<ul><li>arki</li><li>ilta</li></ul>"),
        ("sv", ""),
    ],
)
def test_what_is_well_written_is_left_alone(language, html) -> None:
    assert found_in(rich(html), language) == []


def test_names_of_months_are_no_dates_in_the_other_language() -> None:
    assert found_in(rich("<p>Terve Kunta 11 lokakuuta.</p>"), "sv") == []


def test_text_under_a_heading_of_its_page_begins_one_level_down() -> None:
    html = "<h3>Liten</h3><p>Text.</p>"
    assert found_in(rich(html), "sv") and not found_in(rich(html, under=2), "sv")
    assert not found_in(rich("<h2>Stor</h2><p>Text.</p>", under=2), "sv")


def test_abbreviation_is_written_out_once_in_an_item() -> None:
    lead = plain("Social- och hälsovårdsministeriet (SHM) betalar.")
    body = rich("<p>SHM betalar mer. FM betalar lite, FM sist.</p>")
    first, second = findings([lead, body], "sv")
    assert (told(lead, first), told(body, second)) == ([], [("short_form", "FM")])


def test_abbreviations_of_the_portal_are_known() -> None:
    text = rich("<p>Så säger ABC. Arbetsgruppen för bättre citat (ABC) vet.</p>")
    [finding] = findings([text], "sv", {"ABC": "Arbetsgruppen för bättre citat"})[0]
    assert (finding.rule, finding.full) == (Rule.SHORT_FORM, "Arbetsgruppen för bättre citat")
    assert "Arbetsgruppen för bättre citat" in finding.why


def test_title_is_no_prose() -> None:
    title = plain("SHM i vardagen den 11 oktober", is_prose=False)
    assert found_in(title, "sv") == []
    assert found_in(plain("eeva(at)example.fi", is_prose=False), "sv")


@pytest.mark.parametrize("language", CODES)
def test_every_rule_says_in_the_editors_language_what_to_do(language) -> None:
    from django.utils import translation

    with translation.override("en"):
        english = {rule: Finding(rule, 0, 0).why for rule in Rule}
    with translation.override(language):
        assert not {why for rule, why in english.items() if Finding(rule, 0, 0).why == why}
        assert "35" in Finding(Rule.LONG_SENTENCE, 0, 9, words=35).why
    assert set(Rule) > HINTS


# Documents as they come, with the faults that they come with.

SWEDISH_REPORT = """
<h2>En liten berättelse om en stor by</h2>
<p>Så såg bron ut på våren</p><p>Så såg bron ut på våren</p>
<p>Byn lever. Pengarna kom från FM och SHM, och byrådet EFG höll i trådarna.</p>
<p>Läs fler berättelser:</p>
<h2>Bron byggdes färdig</h2>
<p>lateral-image-left</p>
<p>tags2017-2019</p>
<h2>Läs mer om dessa teman</h2>
"""
FINNISH_CONTACT = """
<p>STM:n tuella kylä sai sillan viime syksynä.</p>
<p>narrow</p>
<p>Lisätietoja: pirkko.puro(at)example.fi, www.example.fi/silta</p>
<p>Lataa kuvat <a href="https://example.fi/silta">tästä</a>.</p>
"""


def test_documents_typed_in_as_they_stand_give_a_known_list() -> None:
    """The faults of the client's own documents, in sentences of ours.

    Those are not in the repository; the next test reads them where they are at hand.
    """
    assert found_in(rich(SWEDISH_REPORT), "sv") == [
        ("said_twice", "Så såg bron ut på våren"),
        ("short_form", "FM"),
        ("short_form", "SHM"),
        ("unknown_short_form", "EFG"),
        ("debris", "lateral-image-left"),
        ("debris", "tags2017-2019"),
        ("empty_section", "Läs mer om dessa teman"),
    ]
    assert found_in(rich(FINNISH_CONTACT), "fi") == [
        ("short_form", "STM"),
        ("seen_from_today", "viime syksynä"),
        ("debris", "narrow"),
        ("hidden_email", "pirkko.puro(at)example.fi"),
        ("bare_address", "www.example.fi/silta"),
        ("hollow_link", "tästä"),
    ]


# Of each document, by its place among them: how often each rule finds something in it.
IN_THE_SEEDS = [
    {"short_form": 2, "debris": 3},
    {"debris": 2},
    {"short_form": 2, "unknown_short_form": 1, "debris": 3, "said_twice": 1},
    {"long_sentence": 4, "bare_address": 1, "hidden_email": 3, "debris": 2, "said_twice": 1},
    {"seen_from_today": 3},
]


def typed(document: str) -> str:
    """A document as an editor types it in who marks no headings: each line is a paragraph."""
    lines = (line.strip() for line in document.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


@pytest.mark.skipif("SEEDS" not in os.environ, reason="SEEDS names no folder of documents")
def test_clients_documents_give_the_list_that_is_known() -> None:
    """The five documents the client gave us, from the folder that SEEDS names; prints the list."""
    counted = []
    for path in sorted(Path(os.environ["SEEDS"]).glob("*.txt")):
        document = path.read_text("utf-8")
        written = rich(typed(document))
        found = found_in(written, "fi" if "hyvinvoinnin edistäminen" in document else "sv")
        print(path.name, *found, sep="\n  ")
        rules = [rule for rule, _words in found]
        counted.append({rule: rules.count(rule) for rule in rules})
    assert counted == IN_THE_SEEDS


# Whatever is typed

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<h2>",
            "</h2>",
            "<h3>",
            "</h1>",
            "<ul><li>",
            "</li></ul>",
            "<br>",
            "<td>",
        ),
        *('<a href="/x">', "</a>", "<strong>", "</strong>", "<table>", "</table>", "<!--", "]]>"),
        *(
            "&nbsp;",
            "&amp;lt;",
            "(at)",
            " ",
            "\n",
            "\r\n",
            ". ",
            "11.10.",
            "i augusti",
            "lokakuussa",
        ),
        *(
            "SHM",
            "(STM)",
            "EFG",
            "www.example.fi",
            "https://",
            "{{",
            "}}",
            "här",
            "tästä",
            "–",
            "<![x[",
        ),
    ]
)
HTML = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)


@pytest.mark.parametrize("language", CODES)
@given(html=HTML)
@settings(max_examples=examples(150), derandomize=True, database=None, deadline=None)
def test_any_text_is_looked_through_and_places_lie_inside_it(language, html) -> None:
    texts = [rich(html), plain(html), plain(html, is_prose=False)]
    for written, found in zip(texts, findings(texts, language), strict=True):
        for one in found:
            assert 0 <= one.start <= one.end <= len(written.text)
        for block in written.blocks:
            assert 0 <= block.start <= block.end <= len(written.text)


@pytest.mark.parametrize(
    "piece",
    ["a", "-", "A", "(at)", "{{", "[a ", "11.10.", "a.", "Kl. ", "<h2>", "www.", "SHM ", "1 ", '"'],
)
def test_text_that_is_all_of_one_kind_takes_no_long_time(piece) -> None:
    from time import process_time

    begun = process_time()
    findings([rich(piece * 20_000), plain(piece * 20_000)], "sv")
    assert process_time() - begun < 5  # seconds
