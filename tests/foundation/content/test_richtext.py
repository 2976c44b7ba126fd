"""Rich text: what may stand in it, whoever brings it."""

import pytest
from django.urls import reverse

from foundation.content.richtext import sanitised
from tests import factories

FIGURE = (
    '<figure><img src="/images/3/960.webp" alt="Väv" width="960" height="720">'
    "<figcaption>En <em>väv</em></figcaption></figure>"
)
QUOTE = "<blockquote><p>Ett citat.</p><p><cite>Eeva Ström</cite></p></blockquote>"


@pytest.mark.parametrize("html", [FIGURE, QUOTE, f"<p>Text</p>{FIGURE}"])
def test_figures_and_quotes_with_their_speaker_stay(html):
    assert sanitised(html) == html


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/x.png",
        "//example.org/images/3/960.webp",
        "/images/3/960.webp?x=1",
        "/admin/logout/",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "",
    ],
)
def test_picture_from_elsewhere_goes_with_its_figure(source):
    figure = FIGURE.replace("/images/3/960.webp", source)
    assert sanitised(f"<p>Text</p>{figure}") == "<p>Text</p>"


def test_picture_keeps_no_code_and_no_look():
    html = sanitised(
        '<figure class="x" onclick="x()"><img src="/images/3/960.webp" alt="a" onerror="x()" '
        'style="width:9999px" width="100%" height="72"></figure>'
    )
    assert html == '<figure><img src="/images/3/960.webp" alt="a" height="72"></figure>'


def test_figure_alone_is_a_text_and_an_empty_one_is_none():
    assert sanitised(FIGURE.replace("<figcaption>En <em>väv</em></figcaption>", ""))
    assert sanitised("<figure></figure>") == ""
    assert sanitised("<p> </p><p>&nbsp;</p>") == ""


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument>hemligt</w:WordDocument></xml><![endif]--></head><body>
<p class=MsoNormal style='margin:0cm'><b>Fet</b> i <st1:place w:st="on">Esbo</st1:place>.<o:p></o:p>
</p><script>alert(1)</script></body></html>"""


def test_word_sent_past_the_editor_leaves_its_words_only():
    html = sanitised(WORD)
    for rest in ("Mso", "style", "o:p", "st1", "hemligt", "alert", "margin"):
        assert rest not in html
    assert "Fet" in html
    assert "Esbo" in html


# The library of pictures


@pytest.fixture
def editor(db, client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    return client


def offered(client, **asked):
    return client.get(reverse("admin:pictures"), asked).json()["pictures"]


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_picture_is_offered_with_its_alternative_in_the_texts_language(editor, language):
    image = factories.make_image()
    [picture] = offered(editor, language=language)
    assert picture["alt"] == getattr(image, f"alt_{language}")
    assert b"".join(editor.get(picture["src"]).streaming_content)
    figure = f'<figure><img src="{picture["src"]}" height="{picture["height"]}"></figure>'
    assert sanitised(figure) == figure


def test_picture_is_found_by_its_words(editor):
    factories.make_image(alt_sv="En röd stuga", alt_fi="Punainen mökki")
    assert len(offered(editor, q="röd stuga")) == 1
    assert len(offered(editor, q="mökki")) == 1
    assert offered(editor, q="slott") == []


def test_pictures_are_offered_in_one_query(editor, django_assert_num_queries):
    factories.make_image()
    offered(editor)
    with django_assert_num_queries(3):
        offered(editor)
    factories.make_image()
    factories.make_image()
    with django_assert_num_queries(3):
        offered(editor)


def test_pictures_are_offered_to_those_who_may_see_them(db, client):
    assert client.get(reverse("admin:pictures")).status_code == 302
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(reverse("admin:pictures")).status_code == 403
