"""Whatever is typed is answered: empty, endless, operators, null bytes, other alphabets."""

import time
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from foundation.search.excerpts import Marker
from foundation.search.query import (
    SearchQuery,
    SearchTerm,
    answer,
    loosened,
    search_query,
    words_of,
)
from foundation.search.suggesting import meant, suggestions
from foundation.search.terms import asked_terms
from foundation.search.vectors import Vector
from foundation.search.words import tidy
from tests.examples import examples

STRANGE = [
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "'",
        '"',
        "\\",
        "&|!()<->:*",
        "':*A | !",
        "a & !b",
        "%%s %(x)s {}",
    ),
    *("x" * 10_000, "välfärd " * 1_000, "ä" * 10_000, "!" * 10_000, "a\u0308" * 500),
    *(
        "日本語 テスト",
        "привет мир",
        "مرحبا بالعالم",
        "‮gnidliub‬",
        "🙂👩‍👩‍👧 🇫🇮",
        "\ud7ff",
        "İstanbul ﬁ",
    ),
    *(
        "-välfärd",
        "~abo",
        "=åbo",
        "#content_term:1",
        "+stem",
        "?stem",
        "a:b:c",
        "S:t",
        ":",
        "1:2:3",
    ),
]
PIECES = ["välfärd", "abo", "2018", *"|&!()'\\:*", "<->"]
OPERATORS = st.lists(st.sampled_from(PIECES)).map(" ".join)


@pytest.mark.django_db
@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_page_answers_anything_typed(client, text: str) -> None:
    for path in ("/sv/sok/", "/fi/haku/", "/sv/sok/traffar.json", "/fi/haku/ehdotukset/"):
        start = time.process_time()
        response = client.get(f"{path}?q={quote(text, errors='replace')}")
        assert response.status_code == 200
        assert time.process_time() - start < 1  # the first question reads the dictionaries


@pytest.mark.django_db
@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=300) | OPERATORS, language=st.sampled_from(["sv", "fi"]))
@example(text="0\x00", language="sv")
def test_question_is_asked_of_anything(text: str, language: str) -> None:
    asked = search_query(text, language)
    if asked:
        answer(asked)
        answer(loosened(asked))
        meant(asked)
        list(Marker(asked).matches(tidy(text)))
    suggestions(text, language)


@settings(max_examples=examples(100), deadline=None)
@given(text=st.text(max_size=400), language=st.sampled_from(["sv", "fi"]))
def test_text_loses_nothing_when_it_is_marked(text: str, language: str) -> None:
    kept = tidy(text)
    vector = Vector(language)
    vector.add(kept, "A")
    assert "\x00" not in str(vector)
    marker = Marker(_question_of(kept, language))
    assert "".join(piece.text for piece in marker.marked(kept)) == kept


def _question_of(text: str, language: str) -> SearchQuery:
    found = words_of(text, language)
    return SearchQuery(
        text,
        language,
        [SearchTerm(one, "", frozenset(asked_terms(one, language))) for one in found],
    )
