"""References: what the readers' own programs make of the files, and how the page cites a work."""

import html
import json
import re

import bibtexparser
import pytest
import rispy
from django.core.exceptions import ValidationError

from publications.identifiers import validate_doi, validate_isbn
from publications.references import bibtex, reference_of, ris
from tests import factories

pytestmark = pytest.mark.django_db

# What TeX writes for the signs it keeps to itself.
WRITTEN = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
HOSTILE = [
    "Åbo & Närpes: 100 % välfärd för alla #1",
    'Kunnan "oma" hyvinvointi – ”yhdessä”',
    "Klamrar { i } obalans }} och {",
    "En \\ bakvänd \\emph{stig} för $5_000 ~ ^2",
    "@book{falsk, title = {x}}",
    "Slut på posten}\n\n@book{falsk,\n title={x}}\nER  - \r\nTY  - BOOK",
    "mjukt\u00ad bindestreck\u00a0och smal lucka",
]


def read(text: str) -> str:
    """A BibTeX value as a reader sees it."""
    text = text[1:-1] if text.startswith("{") else text
    pattern = "|".join(map(re.escape, sorted(WRITTEN, key=len, reverse=True)))
    return re.sub(pattern, lambda found: WRITTEN[found[0]], text)


def entry(text: str):
    """The one entry of a BibTeX file."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (found,) = library.entries
    return found.entry_type, {name: field.value for name, field in found.fields_dict.items()}


def records(text: str):
    (found,) = rispy.loads(text)
    return found


def reference(publication, language="sv"):
    authorships = list(publication.authorships.all())
    return reference_of(publication, authorships, f"https://portal.example{publication.path()}")


def on_one_line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def make_article(**given):
    usual = {
        "kind": "article",
        "series": "Focus Localis",
        "number": "3/2022",
        "year": 2022,
        "pages": "26–45",
        "doi": "10.1000/f_l.22",
    }
    return factories.make_publication(**{**usual, **given})


def test_article_has_its_journal_issue_and_pages() -> None:
    article = make_article(original_title="Kunta ja hyvinvointi. Åar & öar")
    factories.make_authorship(publication=article)
    factories.make_authorship(publication=article, family_name="Äijälä", given_name="")
    kind, fields = entry(bibtex(reference(article)))
    assert kind == "article"
    assert fields["author"] == "Ström, Eeva and Äijälä"
    assert read(fields["title"]) == "Kunta ja hyvinvointi. Åar & öar"
    assert fields["journal"] == "Focus Localis"
    assert (fields["number"], fields["pages"], fields["year"]) == ("3", "26--45", "2022")
    assert (fields["language"], fields["langid"]) == ("finnish", "finnish")
    assert fields["doi"] == "10.1000/f_l.22"
    record = records(ris(reference(article)))
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == ["Ström, Eeva", "Äijälä"]
    assert record["title"] == "Kunta ja hyvinvointi. Åar & öar"
    assert (record["secondary_title"], record["number"]) == ("Focus Localis", "3")
    assert (record["start_page"], record["end_page"], record["year"]) == ("26", "45", "2022")
    assert (record["doi"], record["language"]) == ("10.1000/f_l.22", "fi")


def test_report_has_its_series_publisher_and_place() -> None:
    report = factories.make_publication(
        publisher=factories.make_organisation(), pages="64 s.", isbn="978-952-293-000-2"
    )
    factories.make_authorship(publication=report)
    kind, fields = entry(bibtex(reference(report)))
    assert kind == "techreport"
    assert (fields["series"], fields["number"]) == ("Uutta ohjelmasta", "4/2018")
    assert (fields["institution"], fields["address"]) == ("Finlands Kommunförbund", "Helsingfors")
    assert (fields["type"], fields["pagetotal"]) == ("Raportti", "64")
    assert "pages" not in fields
    assert fields["titleaddon"] == "[Hur leda främjande av välfärd?]"
    record = records(ris(reference(report)))
    assert record["type_of_reference"] == "RPRT"
    assert (record["publisher"], record["place_published"]) == (
        "Finlands Kommunförbund",
        "Helsingfors",
    )
    assert record["issn"] == "978-952-293-000-2"  # rispy's name for SN
    assert record["translated_title"] == "Hur leda främjande av välfärd?"


def test_guide_is_a_book_and_its_publisher_stands_for_unknown_authors() -> None:
    guide = factories.make_publication(
        kind="guide",
        original_title="",
        original_language="sv+fi",
        publisher=factories.make_organisation(name_sv="Kommunernas hus and vänner, ab"),
    )
    kind, fields = entry(bibtex(reference(guide)))
    assert kind == "book"
    assert fields["author"] == "{Kommunernas hus and vänner, ab}"
    assert fields["publisher"] == "Kommunernas hus and vänner, ab"
    assert read(fields["title"]) == "[Hur leda främjande av välfärd?]"
    assert fields["language"] == "swedish and finnish"
    record = records(ris(reference(guide)))
    assert record["type_of_reference"] == "BOOK"
    assert record["authors"] == ["Kommunernas hus and vänner, ab"]


@pytest.mark.parametrize("words", HOSTILE)
def test_text_with_signs_of_the_format_is_read_back_as_it_was(words: str) -> None:
    article = make_article(original_title=words, series=words[:100])
    factories.make_authorship(publication=article, family_name=words[:80], given_name="Eeva")
    _kind, fields = entry(bibtex(reference(article)))
    assert read(fields["title"]) == on_one_line(words)
    assert read(fields["journal"]) == on_one_line(words[:100])
    record = records(ris(reference(article)))
    assert record["title"] == on_one_line(words)
    assert record["authors"] == [f"{on_one_line(words[:80])}, Eeva"]


@pytest.mark.parametrize(
    ("language", "path", "name", "media_type"),
    [
        ("sv", "/sv/publikationer/hur-leda/hanvisning.bib", "bib", "application/x-bibtex"),
        ("fi", "/fi/julkaisut/miten-johdetaan/viite.bib", "bib", "application/x-bibtex"),
        ("sv", "/sv/publikationer/hur-leda/hanvisning.ris", "ris", "research-info-systems"),
        ("fi", "/fi/julkaisut/miten-johdetaan/viite.ris", "ris", "research-info-systems"),
    ],
)
def test_file_is_served_in_the_words_of_its_language(
    client, language, path, name, media_type
) -> None:
    publication = factories.make_publication(
        slug_sv="hur-leda", slug_fi="miten-johdetaan", publisher=factories.make_organisation()
    )
    factories.make_authorship(publication=publication)
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].endswith(f"{media_type}; charset=utf-8")
    assert response["Content-Disposition"] == f'attachment; filename="strom2018miten.{name}"'
    text = response.content.decode("utf-8")
    assert ("Suomen Kuntaliitto" in text) == (language == "fi")
    assert f"http://testserver{publication.path(language)}" in text
    assert not response.cookies


def test_address_of_the_other_language_leads_to_the_file_of_this_one(client) -> None:
    factories.make_publication(slug_sv="hur-leda", slug_fi="miten-johdetaan")
    response = client.get("/sv/publikationer/miten-johdetaan/hanvisning.bib")
    assert response.status_code == 301
    assert response["Location"] == "/sv/publikationer/hur-leda/hanvisning.bib"


def test_draft_has_no_reference(client) -> None:
    factories.make_publication(slug_sv="hur-leda", decision="draft")
    assert client.get("/sv/publikationer/hur-leda/hanvisning.ris").status_code == 404


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_page_cites_the_work_in_both_languages(client, language) -> None:
    publication = factories.make_publication(
        publisher=factories.make_organisation(), doi="10.1000/182"
    )
    factories.make_authorship(publication=publication)
    factories.make_project()
    page = html.unescape(client.get(publication.path(language)).content.decode())
    cited = {
        code: re.sub(r"<[^>]+>", "", citation)
        for code, citation in re.findall(
            r'<dd lang="(..)">\s*<p class="citation">(.*?)</p>', page, re.DOTALL
        )
    }
    beginning = "Ström, Eeva (2018): Miten hyvinvointia johdetaan? Uutta ohjelmasta 4/2018. "
    ending = ". https://doi.org/10.1000/182. http://testserver"
    assert cited == {
        "sv": f"{beginning}Finlands Kommunförbund, Helsingfors{ending}{publication.path('sv')}",
        "fi": f"{beginning}Suomen Kuntaliitto, Helsinki{ending}{publication.path('fi')}",
    }


def test_work_in_one_language_is_cited_at_its_only_page(client) -> None:
    publication = factories.make_publication(pairing="fi", pairing_reason="Vain suomeksi.")
    factories.make_project()
    page = html.unescape(client.get(publication.path("sv")).content.decode())
    assert page.count(f"http://testserver{publication.path('fi')}</span>") == 2


def test_search_engines_read_the_journal_of_an_article(client) -> None:
    article = make_article(full_text="https://journal.example/a?b=1&c=2")
    factories.make_project()
    page = client.get(article.path()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "ScholarlyArticle"
    assert data["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3/2022",
        "isPartOf": {"@type": "Periodical", "name": "Focus Localis"},
    }
    assert data["pagination"] == "26–45"
    assert data["sameAs"] == ["https://doi.org/10.1000/f_l.22", "https://journal.example/a?b=1&c=2"]


@pytest.mark.parametrize(
    "isbn", ["978-951-0-18435-6", "9789510184356", "0-306-40615-2", "080442957X"]
)
def test_isbn_with_a_fitting_check_digit_is_taken(isbn) -> None:
    validate_isbn(isbn)


@pytest.mark.parametrize(
    "isbn",
    ["978-951-0-18435-7", "987-951-0-18435-6", "0-306-40615-3", "0804429570", "123", "x" * 13],
)
def test_isbn_with_a_slip_of_the_pen_is_refused(isbn) -> None:
    with pytest.raises(ValidationError):
        validate_isbn(isbn)


@pytest.mark.parametrize("doi", ["https://doi.org/10.1000/182", "doi:10.1000/182", "10.1000/", "x"])
def test_what_is_no_doi_is_refused(doi) -> None:
    with pytest.raises(ValidationError):
        validate_doi(doi)
