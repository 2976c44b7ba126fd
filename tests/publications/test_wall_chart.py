"""The wall chart: the proposals that are known, on one sheet, and no more than those."""

import pytest
from django.urls import reverse
from django.utils import translation

from publications.models import ActionProposal
from publications.wall_chart import SIZES, columns, type_size
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db


def chart(publication, language: str = "sv") -> str:
    return publication.path(language, route="publications:wall_chart")


def make_proposals(count: int, **given):
    publication = factories.make_publication(**given)
    for _number in range(count):
        factories.make_action_proposal(publication=publication)
    factories.make_project()
    return publication


@pytest.mark.parametrize(
    ("language", "path", "words"),
    [
        ("sv", "/sv/publikationer/tio/vaggtavla/", "Här visas 2 av 10 förslag."),
        ("fi", "/fi/julkaisut/kymmenen/seinataulu/", "Ehdotuksista näytetään tässä 2/10."),
    ],
)
def test_chart_says_how_many_of_the_proposals_it_shows(client, language, path, words) -> None:
    publication = make_proposals(2, promised_proposals=10, slug_sv="tio", slug_fi="kymmenen")
    assert chart(publication, language) == path
    page = Document(client.get(path).content.decode())
    assert words in [text for _language, text in page.texts]
    assert len(page.all("span", **{"class": "number"})) == 2


def test_chart_with_all_proposals_counts_nothing(client) -> None:
    response = client.get(chart(make_proposals(3, promised_proposals=3)))
    assert response.status_code == 200
    assert "sheet-count" not in response.content.decode()


def test_publication_without_proposals_has_no_chart(client) -> None:
    publication = make_proposals(0, promised_proposals=10)
    assert client.get(chart(publication)).status_code == 404
    assert chart(publication) not in client.get(publication.path()).content.decode()


def test_publication_leads_to_its_chart(client) -> None:
    publication = make_proposals(1)
    assert chart(publication) in client.get(publication.path()).content.decode()


def test_questions_are_a_sheet_of_their_own(client) -> None:
    publication = make_proposals(1)
    assert client.get(chart(publication)).content.decode().count('class="sheet"') == 1
    factories.make_reflection_question(publication=publication)
    page = client.get(chart(publication)).content.decode()
    assert page.count('class="sheet"') == 2
    assert "Vem bär ansvaret hos er?" in page


def test_chart_of_an_example_says_so_on_paper_too(client) -> None:
    page = client.get(chart(make_proposals(1, is_example=True))).content.decode()
    assert "Det här är ett exempel" in page.partition('class="sheet-foot"')[2].partition("</p>")[0]


def test_chart_of_a_work_in_one_language_is_marked_under_the_other(client) -> None:
    publication = make_proposals(1, pairing="fi", pairing_reason="Vain suomeksi.")
    page = Document(client.get(chart(publication, "sv")).content.decode())
    assert page.all("h1")[0].attributes["lang"] == "fi"
    canonical = page.all("link", rel="canonical")[0].attributes["href"]
    assert canonical == f"http://testserver{chart(publication, 'fi')}"


@pytest.mark.parametrize(
    ("count", "beside"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3), (8, 4), (10, 5), (15, 5)]
)
def test_ten_proposals_stand_in_two_rows(count, beside) -> None:
    assert columns(count) == beside


def _of_length(title: int, text: int, count: int) -> list[ActionProposal]:
    return [ActionProposal(title_sv="x" * title, proposal_sv="x" * text)] * count


def test_type_shrinks_with_what_has_to_fit() -> None:
    sizes = [
        type_size("Tio förslag", proposals, has_count=False)
        for proposals in (
            _of_length(30, 100, 2),
            _of_length(50, 200, 2),
            _of_length(50, 200, 10),
            _of_length(160, 800, 10),
        )
    ]
    assert sizes == sorted(set(sizes), reverse=True)
    assert set(sizes) <= set(SIZES)


# Anchors


@pytest.mark.parametrize(("language", "word"), [("sv", "forslag"), ("fi", "ehdotus")])
def test_proposal_has_a_place_and_a_visible_link_to_it(client, language, word) -> None:
    publication = make_proposals(2)
    unnumbered = factories.make_action_proposal(publication=publication, number=None)
    page = Document(client.get(publication.path(language)).content.decode())
    places = [f"{word}-1", f"{word}-2", f"{word}-id-{unnumbered.pk}"]
    assert [one.attributes["id"] for one in page.all("li", **{"class": "proposal"})] == places
    links = {one.attributes["href"]: one.text for one in page.all("a")}
    with translation.override(language):
        assert links[f"#{word}-2"] == translation.gettext("Link to proposal %(number)s") % {
            "number": 2
        }
    assert all(f"#{place}" in links for place in places)


def test_start_page_shows_proposals_without_links_to_themselves(client) -> None:
    make_proposals(2)
    assert "#forslag-1" not in client.get(reverse("portal:home")).content.decode()
