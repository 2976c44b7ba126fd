"""What has changed between two wordings is shown word by word."""

import pytest
from django.utils.translation import override

from foundation.editing.word_diff import as_html, word_diff, words_of


def steps_of(before: str, after: str, *, is_rich: bool = True) -> list[tuple[str, str]]:
    """The steps with their words as one text, as a reader meets them."""
    return [
        (kind, " ".join(words).replace("\n", "").replace("  ", " ").strip())
        for kind, words in word_diff(before, after, is_rich=is_rich)
    ]


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        ("", "", []),
        ("Välfärd", "Välfärd", [("same", "Välfärd")]),
        ("", "Ny text", [("added", "Ny text")]),
        ("Gammal text", "", [("removed", "Gammal text")]),
        (
            "Kunta edistää hyvinvointia",
            "Kunta edistää terveyttä ja hyvinvointia",
            [("same", "Kunta edistää"), ("added", "terveyttä ja"), ("same", "hyvinvointia")],
        ),
        (
            "Åbo är en stad",
            "Ålands är en ö",
            [
                ("removed", "Åbo"),
                ("added", "Ålands"),
                ("same", "är en"),
                ("removed", "stad"),
                ("added", "ö"),
            ],
        ),
        ("Valfard", "Välfärd", [("removed", "Valfard"), ("added", "Välfärd")]),
        ("Mer  än\u00a03", "Mer än 3", [("same", "Mer än 3")]),
        (
            "a < b och c > d",
            "a < b och e > d",
            [("same", "a < b och"), ("removed", "c"), ("added", "e"), ("same", "> d")],
        ),
    ],
)
def test_steps_lead_from_one_wording_to_the_other(before, after, steps):
    assert steps_of(before, after, is_rich=False) == steps


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Kunta edistää</p>", "<p><strong>Kunta</strong> edis<em>tää</em></p>"),
        ("<p>Kunta edistää</p>", '<p><span lang="fi">Kunta</span>&nbsp;edistää</p>'),
        ("<p>Kunta</p><p>edistää</p>", "<ul><li>Kunta</li><li>edistää</li></ul>"),
        ("<p>Kunta</p><p>edistää</p>", "<p>Kunta edistää</p>"),
        ("<p>Kunta edistää</p>", "<h2>Kunta</h2><p>edistää</p>"),
        ("<p>Kunta edistää</p>", "<p>Kunta<br>edistää</p>"),
        ("<p>A &amp; O</p>", "<h2>A &amp; O</h2>"),
        ('<p><a href="/a">Kunta</a></p>', '<p><a href="/a" hreflang="fi"><em>Kunta</em></a></p>'),
    ],
)
def test_formatting_is_no_step(before, after):
    assert {kind for kind, _words in steps_of(before, after)} == {"same"}


def test_words_keep_to_their_block():
    html = "<h2>Rubrik</h2><ul><li>Ett</li><li>Två</li></ul><table><tr><td>Å</td><td>Ö</td></tr>"
    assert words_of(html, is_rich=True) == [
        "Rubrik",
        "\n",
        "Ett",
        "\n",
        "Två",
        "\n",
        "Å",
        "\n",
        "Ö",
    ]


def test_changed_word_in_a_list_is_the_only_step():
    before = "<h2>Mål</h2><ul><li>Hälsa</li><li>Delaktighet</li></ul>"
    after = "<h2>Mål</h2><ul><li>Välfärd</li><li>Delaktighet</li></ul>"
    changed = [step for step in steps_of(before, after) if step[0] != "same"]
    assert changed == [("removed", "Hälsa"), ("added", "Välfärd")]


def test_new_target_of_a_link_is_told_with_the_words_unchanged():
    before = '<p>Läs <a href="https://example.fi/a?x=1&amp;y=2">mer</a>.</p>'
    after = '<p>Läs <a href="https://example.fi/b">mer</a>.</p>'
    assert steps_of(before, after) == [
        ("same", "Läs"),
        ("removed", "[https://example.fi/a?x=1&y=2]"),
        ("added", "[https://example.fi/b]"),
        ("same", "mer."),
    ]


def test_unchanged_target_of_a_link_is_no_step():
    text = '<p>Läs <a href="/sv/teman/">mer</a>.</p>'
    assert steps_of(text, text.replace("Läs", "Se")) == [
        ("removed", "Läs"),
        ("added", "Se"),
        ("same", "[/sv/teman/] mer."),
    ]


def test_new_block_is_no_step_of_its_own():
    assert steps_of("<p>Ett två</p>", "<p>Ett</p><p>två</p>") == [("same", "Ett två")]


def test_html_says_what_is_removed_and_added():
    with override("en"):
        html = as_html([("same", ["Kunta"]), ("removed", ["ennen"]), ("added", ["nyt"])], lang="en")
    assert html == (
        'Kunta <del><span class="visually-hidden" lang="en">removed: </span>ennen</del> '
        '<ins><span class="visually-hidden" lang="en">added: </span>nyt</ins>'
    )


@pytest.mark.parametrize("kind", ["same", "removed", "added"])
@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>', "A & O", "{0} {}"])
def test_html_holds_no_markup_of_the_texts(kind, words):
    html = as_html([(kind, [words])], lang="sv")
    assert "<script" not in html
    assert "<img" not in html
    assert "A & O" not in html
    if "{" in words:
        assert words in html


def test_markup_written_as_text_is_shown_as_text():
    before, after = "<p>&lt;b&gt; ä</p>", "<p>&lt;i&gt; ä</p>"
    assert steps_of(before, after) == [("removed", "<b>"), ("added", "<i>"), ("same", "ä")]
    steps = word_diff(before, after, is_rich=True)
    assert "&lt;i&gt;</ins> ä" in as_html(steps, lang="sv")


def test_long_text_of_common_words_is_told_apart():
    """Of a report's length, half of it words that come again and again."""
    words = [("och", "i", f"ord{number % 400}", "kommunen")[number % 4] for number in range(6000)]
    before = "".join(f"<p>{' '.join(words[at : at + 60])}.</p>" for at in range(0, 6000, 60))
    after = before.replace("ord10 ", "nytt ").replace("ord30 ", "")
    steps = steps_of(before, after)
    assert ("removed", "ord10") in steps
    assert ("added", "nytt") in steps
