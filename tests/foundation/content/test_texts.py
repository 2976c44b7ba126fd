"""Translated texts: one way to read them, which never hides the language it found."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.content.templatetags import content as tags
from foundation.content.texts import Text, text_of
from publications.models import Story
from tests.factories import (
    make_contact,
    make_municipality,
    make_publication,
    make_story,
)

SWEDISH_ONLY = {"pairing": "sv", "pairing_reason": "Rapporten finns bara på svenska."}
FINNISH_ONLY = {"pairing": "fi", "pairing_reason": "Raportti on vain suomeksi."}


def rendered(source: str, **context: object) -> str:
    return Template("{% load content %}" + source).render(Context(context))


def unsaved(**fields: object) -> Story:
    """A story that needs no database; texts that are not given are missing."""
    empty = {
        f"{field}_{code}": None for field in ("title", "lead", "body") for code in ("sv", "fi")
    }
    return Story(**{**empty, "year": 2017, **fields})


# What is returned


@pytest.mark.parametrize(
    ("sv", "fi", "asked", "value", "language"),
    [
        ("Vardag", "Arki", "sv", "Vardag", "sv"),
        ("Vardag", "Arki", "fi", "Arki", "fi"),
        ("Vardag", None, "fi", "Vardag", "sv"),
        ("Vardag", "", "fi", "Vardag", "sv"),
        (None, "Arki", "sv", "Arki", "fi"),
        (None, None, "fi", "", "fi"),
    ],
)
def test_text_says_which_language_it_returned(sv, fi, asked, value, language) -> None:
    found = text_of(unsaved(title_sv=sv, title_fi=fi), "title", asked)
    assert (found.value, found.language, found.asked) == (value, language, asked)
    assert found.is_other == (bool(value) and language != asked)
    assert bool(found) == bool(value)
    assert str(found) == value


def test_text_is_asked_for_in_the_active_language() -> None:
    story = unsaved(title_sv="Vardag", title_fi="Arki")
    with translation.override("fi"):
        assert story.text("title").value == "Arki"
        assert story.text("title", "sv").value == "Vardag"


def test_item_declared_in_one_language_never_shows_a_draft_of_the_other() -> None:
    story = unsaved(**SWEDISH_ONLY, title_sv="Vardag", title_fi="Luonnos", lead_fi="Luonnos")
    assert text_of(story, "title", "fi") == Text("Vardag", "sv", "fi")
    assert not text_of(story, "lead", "fi")
    assert not text_of(story, "lead", "sv")


def test_modeltranslation_itself_falls_back_on_nothing() -> None:
    with translation.override("fi"):
        assert unsaved(title_sv="Vardag").title is None


@pytest.mark.django_db
def test_blank_text_is_stored_as_missing() -> None:
    story = make_story(kicker_sv="  ", kicker_fi="")
    story.refresh_from_db()
    assert (story.kicker_sv, story.kicker_fi) == (None, None)


# Template filters


def test_text_filter_escapes_and_marks_the_other_language() -> None:
    story = unsaved(title_sv="Mat & <b>motion</b>")
    assert rendered('{{ s|text:"title" }}', s=story) == "Mat &amp; &lt;b&gt;motion&lt;/b&gt;"
    with translation.override("fi"):
        assert rendered('{{ s|text:"title" }}', s=story) == (
            '<span lang="sv">Mat &amp; &lt;b&gt;motion&lt;/b&gt;</span>'
        )


def test_text_filter_shows_nothing_for_a_text_that_is_missing() -> None:
    assert rendered('[{{ s|text:"lead" }}]', s=unsaved()) == "[]"


def test_plain_filter_is_bare_text_and_escaped_in_attributes() -> None:
    story = unsaved(title_sv='Vardag" onclick="x')
    with translation.override("fi"):
        assert rendered('<a title="{{ s|plain:"title" }}">', s=story) == (
            '<a title="Vardag&quot; onclick=&quot;x">'
        )


def test_has_and_lang_filters_tell_where_a_text_is() -> None:
    story = unsaved(title_sv="Vardag", **SWEDISH_ONLY, lead_fi="Luonnos")
    source = (
        '{% if s|has:"title" %}T{% endif %}{% if s|has:"lead" %}L{% endif %}{{ s|lang:"title" }}'
    )
    assert rendered(source, s=story) == "T"
    with translation.override("fi"):
        assert rendered(source, s=story) == "Tsv"


def test_rich_text_stands_in_prose_in_its_own_language() -> None:
    story = unsaved(body_sv="<p>Välfärd</p>")
    assert rendered('{{ s|richtext:"body" }}', s=story) == '<div class="prose"><p>Välfärd</p></div>'


def test_rich_text_of_the_other_language_comes_after_a_visible_note() -> None:
    story = unsaved(title_fi="Arki", body_sv="<p>Välfärd</p>")
    with translation.override("fi"):
        assert rendered('{{ s|richtext:"body" }}', s=story) == (
            '<p class="language-note">Tämä teksti on vain ruotsiksi.</p>'
            '<div class="prose" lang="sv"><p>Välfärd</p></div>'
        )


def test_rich_text_of_a_single_language_page_repeats_no_note() -> None:
    story = unsaved(**FINNISH_ONLY, title_fi="Arki", body_fi="<p>Arki</p>")
    assert rendered('{{ s|richtext:"body" }}', s=story) == (
        '<div class="prose" lang="fi"><p>Arki</p></div>'
    )


def test_rich_text_that_is_missing_leaves_nothing() -> None:
    assert rendered('[{{ s|richtext:"body" }}]', s=unsaved()) == "[]"


@pytest.mark.django_db
def test_lines_filter_splits_and_keeps_the_language() -> None:
    contact = make_contact(responsibilities_sv=" framtid \n\n<ledning>\n", responsibilities_fi=None)
    source = '{% for line in c|lines:"responsibilities" %}[{{ line|marked }}]{% endfor %}'
    assert rendered(source, c=contact) == "[framtid][&lt;ledning&gt;]"
    with translation.override("fi"):
        assert rendered(source, c=contact) == (
            '[<span lang="sv">framtid</span>][<span lang="sv">&lt;ledning&gt;</span>]'
        )


@pytest.mark.parametrize(
    ("pairing", "language", "mark"),
    [
        ("both", "sv", ""),
        ("both", "fi", ""),
        ("sv", "sv", ""),
        ("sv", "fi", '<span class="language-mark">ruotsiksi</span>'),
        ("fi", "sv", '<span class="language-mark">på finska</span>'),
    ],
)
def test_language_mark_stands_on_what_exists_in_the_other_language_only(
    pairing, language, mark
) -> None:
    with translation.override(language):
        assert rendered("{{ s|language_mark }}", s=unsaved(pairing=pairing)) == mark


# Template tags


@pytest.mark.django_db
def test_link_is_named_by_the_title_and_leads_to_the_page_in_the_readers_language() -> None:
    story = make_story(title_sv="Mat & motion", title_fi="Ruoka")
    assert rendered("{% link s %}", s=story) == f'<a href="{story.path("sv")}">Mat &amp; motion</a>'
    with translation.override("fi"):
        assert rendered("{% link s %}", s=story) == f'<a href="{story.path("fi")}">Ruoka</a>'
    assert story.path("sv") != story.path("fi")


@pytest.mark.django_db
def test_link_to_a_single_language_item_carries_its_language() -> None:
    story = make_story(**FINNISH_ONLY, title_fi="Arki")
    link = rendered('{% link s "quiet" %}', s=story)
    assert link == f'<a href="{story.path("sv")}" lang="fi" hreflang="fi" class="quiet">Arki</a>'
    assert story.path("sv").startswith("/sv/")


@pytest.mark.django_db
def test_link_names_a_municipality_by_its_name() -> None:
    with translation.override("fi"):
        assert rendered("{% link m %}", m=make_municipality()).endswith(">Espoo</a>")


@pytest.mark.django_db
def test_address_tag_gives_the_path_in_the_readers_language() -> None:
    story = make_story()
    assert rendered("{% address s %}", s=story) == story.path("sv")


def test_day_stands_in_a_time_element_with_its_year() -> None:
    written = '<time datetime="2018-02-03">3.2.2018</time>'
    assert rendered("{{ d|day }}", d=date(2018, 2, 3)) == written
    assert rendered("[{{ d|day }}]", d=None) == "[]"


def test_day_of_a_moment_is_the_day_in_helsinki() -> None:
    late = datetime(2018, 2, 2, 22, 30, tzinfo=UTC)
    assert rendered("{{ d|day }}", d=late) == '<time datetime="2018-02-03">3.2.2018</time>'


@pytest.mark.parametrize(
    ("size", "written"),
    [(1, "1 kB"), (85_400, "85 kB"), (999_999, "1000 kB"), (1_400_000, "1,4 MB")],
)
def test_file_size_is_written_as_people_read_it(size, written) -> None:
    assert tags.file_size(size).replace("\xa0", " ") == written
    with translation.override("fi"):
        assert tags.file_size(size).replace("\xa0", " ") == written.replace("B", "t")


def test_duration_is_written_in_minutes_and_seconds() -> None:
    assert tags.duration(65).replace("\xa0", " ") == "1.05 min"
    assert tags.duration(40).replace("\xa0", " ") == "40 s"


# Rich text is clean on every way into the database

ATTACKS = [
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<p style='background:url(x)'>x</p>",
    "<style>p { color: red }</style>",
    "<iframe src='https://example.fi'></iframe>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<form action='https://example.fi'><button>x</button></form>",
    "<object data='x'></object><embed src='x'>",
    "<base href='https://example.fi'>",
    "<!--<p>--><script>alert(1)</script>",
    "<p id='main' class='visually-hidden'>x</p>",
]
HARMFUL = (
    *("<script", "onclick", "onerror", "javascript:", "data:", "style", "<iframe", "<img"),
    *("<svg", "<form", "<button", "<object", "<embed", "<base", "id=", "class=", "<!--", "&#9;"),
)


def is_clean(html: str) -> bool:
    return not any(sign in html.lower() for sign in HARMFUL)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS)
def test_rich_text_is_clean_on_every_way_into_the_database(attack) -> None:
    html = f"<p>Välfärd</p>{attack}"
    story = make_story(body_sv=html)
    Story.objects.bulk_create([unsaved(title_sv="Vardag", body_sv=html)])
    stored = list(Story.objects.values_list("body_sv", flat=True))
    Story.objects.filter(pk=story.pk).update(body_fi=html)
    story.body_sv = html
    Story.objects.bulk_update([story], ["body_sv"])
    stored += Story.objects.get(pk=story.pk).body_fi, Story.objects.get(pk=story.pk).body_sv
    assert len(stored) == 4
    assert all("Välfärd" in text and is_clean(text) for text in stored)


@pytest.mark.django_db
def test_rich_text_keeps_what_editors_use() -> None:
    html = (
        '<h2>Rubrik</h2><p>Text <strong>fet</strong> <em>kursiv</em> <span lang="fi">arki</span>'
        ' <a href="https://example.fi/" hreflang="fi">länk</a>'
        ' <a href="mailto:a@example.fi">brev</a></p><ul><li>punkt</li></ul>'
        '<table><tbody><tr><th scope="row">År</th><td>2018</td></tr></tbody></table>'
        "<blockquote><p>citat</p></blockquote>"
    )
    story = make_story(body_sv=html)
    story.refresh_from_db()
    assert story.body_sv == html


@pytest.mark.django_db
def test_item_is_partly_missing_where_an_optional_text_is_in_one_language_only() -> None:
    publication = make_publication(place_fi=None)
    assert publication.is_partly_missing("fi")
    assert not publication.is_partly_missing("sv")


@pytest.mark.django_db
def test_other_text_is_the_same_said_in_the_other_language() -> None:
    esbo, sund = make_municipality(), make_municipality(name_sv="Sund", name_fi="Sund")
    assert rendered('{{ m|other_text:"name" }}', m=esbo) == '<span lang="fi">Espoo</span>'
    with translation.override("fi"):
        assert rendered('{{ m|other_text:"name" }}', m=esbo) == '<span lang="sv">Esbo</span>'
    assert rendered('[{{ m|other_text:"name" }}]', m=sund) == "[]"
    assert rendered('[{{ s|other_text:"title" }}]', s=unsaved(title_sv="Vardag")) == "[]"
    assert rendered('[{{ s|other_text:"title" }}]', s=unsaved(title_fi="Arki")) == "[]"


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "torsdag 11 oktober 2018"), ("fi", "torstai 11. lokakuuta 2018")],
)
def test_day_in_words_names_the_weekday_and_the_month(language, words) -> None:
    with translation.override(language):
        written = rendered("{{ d|day_in_words }}", d=date(2018, 10, 11))
    assert written.lower() == f'<time datetime="2018-10-11">{words}</time>'
