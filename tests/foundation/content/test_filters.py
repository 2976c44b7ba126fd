"""Filters of lists: what readers put into the address never breaks a page."""

import pytest
from django.db.models import Q
from django.test import RequestFactory
from django.utils import translation

from foundation.content.filters import MAX_INPUT, Choice, Filter, Filtering, cleaned
from publications.models import Story
from tests.factories import make_story, make_theme


def theme_filter() -> Filter:
    return Filter(
        "theme",
        "Tema",
        [
            Choice({"sv": "delaktighet", "fi": "osallisuus"}, "Delaktighet", Q(theme__thread=1)),
            Choice({"sv": "rorelse", "fi": "liikkuminen"}, "Rörelse", Q(theme__thread=2)),
        ],
    )


def asked(query: str) -> Filtering:
    return Filtering.of(RequestFactory().get(f"/sv/?{query}"), theme_filter())


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("  Åbo  stad ", "Åbo stad"),
        ("a\x00b", "a b"),
        ("a\r\n\tb\u202eb\ufeff", "a b b"),
        ("\x00", ""),
        ("", ""),
        ("ä" * 1000, "ä" * MAX_INPUT),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("\ud800", ""),
    ],
)
def test_query_value_is_cleaned(value, clean) -> None:
    assert cleaned(value) == clean


def test_choice_is_known_by_its_word_in_the_readers_language() -> None:
    assert asked("tema=delaktighet").filters[0].chosen.label == "Delaktighet"
    assert asked("tema=DELAKTIGHET").filters[0].chosen.label == "Delaktighet"
    with translation.override("fi"):
        assert asked("teema=osallisuus").filters[0].chosen.label == "Delaktighet"
        assert not asked("tema=osallisuus").is_active


@pytest.mark.parametrize(
    "value",
    ["okant", "osallisuus", "%00delaktighet%00x", "%F0%9F%A6%84", "1%20OR%201=1", "a" * 5000],
)
def test_unknown_value_is_told_and_filters_nothing(value) -> None:
    filtering = asked(f"tema={value}")
    assert not filtering.is_active
    assert len(filtering.unknown) == 1
    assert filtering.unknown[0].label == "Tema"
    assert len(filtering.unknown[0].value) <= MAX_INPUT
    assert "\x00" not in filtering.unknown[0].value
    assert filtering.query("sv") == ""


@pytest.mark.parametrize(
    "query", ["", "tema=", "tema=%00", "tema=%20", "annat=delaktighet", "=", "&&&"]
)
def test_nothing_asked_filters_nothing(query) -> None:
    filtering = asked(query)
    assert not filtering.is_active
    assert not filtering.unknown


def test_query_of_the_same_view_is_known_in_each_language() -> None:
    filtering = asked("tema=rorelse&sida=3&skrap=1")
    assert filtering.queries(3) == {
        "sv": "tema=rorelse&sida=3",
        "fi": "teema=liikkuminen&sivu=3",
    }
    assert filtering.queries() == {"sv": "tema=rorelse", "fi": "teema=liikkuminen"}


def test_options_say_which_is_chosen() -> None:
    options = asked("tema=rorelse").filters[0].options()
    assert [(option["value"], option["is_chosen"]) for option in options] == [
        ("delaktighet", False),
        ("rorelse", True),
    ]


@pytest.mark.django_db
def test_filter_leaves_the_rows_asked_for() -> None:
    make_story(theme=make_theme())
    second = make_story(theme=make_theme())
    assert list(asked("tema=rorelse").apply(Story.objects.published())) == [second]
    assert asked("tema=okant").apply(Story.objects.published()).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", 1),
        ("1", 1),
        ("2", 2),
        ("3", 2),
        ("0", 1),
        ("000002", 2),
        ("-1", 1),
        ("999999999999999999999", 2),
        ("9" * 5000, 2),
        ("x", 1),
        ("1e3", 1),
        ("1.5", 1),
        ("%00", 1),
        ("٢", 1),
        ("²", 1),
        ("Infinity", 1),
        ("1&sida=2", 2),
    ],
)
def test_page_number_that_is_none_gives_the_first_and_one_too_high_the_last(number, shown) -> None:
    for _number in range(3):
        make_story()
    page = asked(f"sida={number}").paginate(Story.objects.published().newest(), size=2)
    assert page.number == shown


@pytest.mark.django_db
def test_links_of_pages_keep_the_filter() -> None:
    theme = make_theme()
    for _number in range(3):
        make_story(theme=theme)
    filtering = asked("tema=delaktighet&sida=2")
    page = filtering.paginate(filtering.apply(Story.objects.newest()), size=2)
    assert [(link["url"], link["is_current"]) for link in page.links] == [
        ("?tema=delaktighet", False),
        ("?tema=delaktighet&sida=2", True),
    ]


@pytest.mark.django_db
def test_empty_list_has_one_page() -> None:
    assert asked("sida=7").paginate(Story.objects.published()).number == 1
