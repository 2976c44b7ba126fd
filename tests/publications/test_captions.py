"""Captions: which files are shown, what editors are told of the others, and how they read."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from portal import demo
from publications.captions import (
    MAX_BYTES,
    read_captions,
    refuse_longer_than,
    transcript,
    validate_captions,
)

DEMO_FILES = Path(demo.__file__).parent / "files"


def vtt(*cues):
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def cue(start, end, text):
    return f"00:{start}.000 --> 00:{end}.000\n{text}"


def paragraphs(*cues):
    return transcript(read_captions(vtt(*cues).encode()))


HELLO = cue("01", "02", "Hej")


@pytest.mark.parametrize("path", sorted(DEMO_FILES.glob("*.vtt")), ids=lambda path: path.name)
def test_captions_of_the_demo_content_are_good(path):
    assert read_captions(path.read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        vtt(HELLO),
        "\ufeff" + vtt(HELLO),
        vtt(HELLO).replace("\n", "\r\n"),
        vtt(HELLO).replace("\n", "\r"),
        vtt(HELLO).rstrip(),
        "WEBVTT - på svenska\nKind: captions\nLanguage: sv\n\n" + HELLO,
        vtt("NOTE Gjord för hand <b>", "NOTE\nFlera\nrader", HELLO),
        vtt("REGION\nid:fred\nwidth:40%", HELLO),
        vtt(f"1\n{HELLO}", "andra\n" + cue("02", "03", "då")),
        vtt("00:01.000 --> 00:02.000 align:start line:0 position:10%\nHej"),
        vtt("00:00:01.000 --> 100:00:02.000\nHej"),
        vtt(cue("01", "05", "Över"), cue("02", "03", "varandra"), cue("02", "04", "samtidigt")),
        vtt(
            cue(
                "01", "02", "<v Eva>Hej <b>på</b> <i>er</i></v> <c.gul>alla</c> <lang fi>moi</lang>"
            )
        ),
        vtt(cue("01", "09", "Ord <00:02.000>för <00:03.000>ord")),
        vtt(cue("01", "02", "1 &lt; 2 &amp; 3 &gt; 2 & så")),
    ],
)
def test_captions_that_a_player_shows_are_accepted(content):
    assert read_captions(content.encode())


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        ("", 1, "WEBVTT"),
        ("WEBVTTX\n\n" + HELLO, 1, "WEBVTT"),
        ("1\n00:00:00,000 --> 00:00:01,000\nHej\n", 1, "WEBVTT"),
        (vtt("00:01,000 --> 00:02,000\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("00:01 --> 00:02\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("00:61.000 --> 00:62.000\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("1:00:01.000 --> 1:00:02.000\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("00:01.000 --> 00:02.000 align:mitten\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("00:01.000 --> 00:02.000 00:03.000\nHej"), 3, "00:01.000 --> 00:04.000"),
        (vtt("1\n--> 00:02.000\nHej"), 4, "00:01.000 --> 00:04.000"),
        (vtt(HELLO, "Ensam text"), 6, "Tider saknas"),
        (vtt("1\n2\n" + HELLO), 3, "Tider saknas"),
        (vtt(HELLO + "\n" + HELLO), 5, "tom rad"),
        (vtt(cue("02", "02", "Hej")), 3, "slutar innan"),
        (vtt(cue("02", "01", "Hej")), 3, "slutar innan"),
        (vtt(cue("05", "06", "Hej"), cue("04", "09", "då")), 6, "ovanför"),
        (vtt(cue("01", "02", "")), 3, "ingen text"),
        (vtt(cue("01", "02", "<i> </i>")), 3, "ingen text"),
        (vtt(cue("01", "02", "&nbsp;")), 3, "ingen text"),
        (vtt(cue("01", "02", "Hej\n<script>alert(1)</script>")), 5, "<script>"),
        (vtt(cue("01", "02", "<img src=x onerror=alert(1)>")), 4, "<img"),
        (vtt(cue("01", "02", "<a href=https://example.com>x</a>")), 4, "<a href"),
        (vtt(cue("01", "02", '<font color="red">x</font>')), 4, "<font"),
        (vtt(cue("01", "02", "<bx>x</bx>")), 4, "<bx>"),
        (vtt(cue("01", "02", "<svg/onload=x>")), 4, "<svg"),
        (vtt(cue("01", "02", "1 < 2")), 4, "&lt;"),
        (vtt("STYLE\n::cue { background: url(https://example.com/x) }", HELLO), 3, "stilarna"),
        (vtt(HELLO, "REGION\nid:fred"), 6, "Tider saknas"),
    ],
)
def test_captions_that_break_a_rule_are_refused_with_the_line(content, line, word):
    with pytest.raises(ValidationError) as error:
        read_captions(content.encode())
    assert f"Rad {line} i textningen:" in error.value.messages[0]
    assert word in error.value.messages[0]


def test_line_that_is_not_utf_8_is_named():
    with pytest.raises(ValidationError, match=r"Rad 4 .*UTF-8"):
        read_captions(vtt(cue("01", "02", "Välfärd")).encode("latin-1"))


def test_message_is_in_the_editors_language():
    with pytest.raises(ValidationError) as error:
        read_captions(vtt(cue("02", "01", "Hei")).encode())
    with override("fi"):
        messages = error.value.messages
    assert messages == ["Tekstityksen rivi 3: Teksti loppuu ennen kuin se alkaa."]


@pytest.mark.parametrize("content", ["WEBVTT", "WEBVTT\n", "WEBVTT\n\nNOTE inget än\n"])
def test_file_without_captions_is_refused(content):
    with pytest.raises(ValidationError) as error:
        read_captions(content.encode())
    assert error.value.code == "empty"


def test_upload_is_checked_and_read_from_its_beginning_afterwards():
    good = SimpleUploadedFile("TEXT.VTT", vtt(HELLO).encode())
    validate_captions(good)
    assert good.read() == vtt(HELLO).encode()
    with pytest.raises(ValidationError):
        validate_captions(SimpleUploadedFile("text.vtt", b"WEBVTT\n"))
    validate_captions(SimpleUploadedFile("bilder.pdf", b"%PDF-"))


def test_captions_larger_than_any_are_refused_unread():
    large = SimpleUploadedFile("text.vtt", b"WEBVTT\n" + b"\n" * MAX_BYTES)
    with pytest.raises(ValidationError) as error:
        validate_captions(large)
    assert error.value.code == "too_large"


def test_captions_that_outlast_their_video_are_refused():
    cues = read_captions(vtt(HELLO, cue("30", "33", "då")).encode())
    refuse_longer_than(cues, 31)
    with pytest.raises(ValidationError, match="Rad 6 "):
        refuse_longer_than(cues, 30)


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (
            [cue("01", "03", "Välfärd byggs"), cue("03", "05", "i vardagen.")],
            ["Välfärd byggs i vardagen."],
        ),
        ([cue("01", "03", "Först."), cue("05", "07", "Sedan.")], ["Först.", "Sedan."]),
        ([cue("01", "03", "Två\nrader")], ["Två rader"]),
        ([cue("01", "03", "- Vem är du?\n- Eva.")], ["– Vem är du?", "– Eva."]),
        ([cue("01", "03", "– Vem är\n  du?\n– Eva.")], ["– Vem är du?", "– Eva."]),
        ([cue("01", "03", "välfärds-\nledning - nu")], ["välfärds- ledning - nu"]),
        (
            [cue("01", "03", "<v Eva Ström>Hej.</v>"), cue("03", "05", "<v Eva Ström>Välkomna.")],
            ["Eva Ström: Hej. Välkomna."],
        ),
        (
            [cue("01", "03", "<v Eva>Hej.</v>\n<v.hög Matti>Terve.</v>")],
            ["Eva: Hej.", "Matti: Terve."],
        ),
        ([cue("01", "03", "Rullar"), cue("03", "04", "Rullar")], ["Rullar"]),
        ([cue("01", "03", "<c.gul><b>1 &lt; 2</b></c> &amp; 3")], ["1 < 2 & 3"]),
        ([cue("01", "03", "&lt;script&gt;")], ["<script>"]),
    ],
)
def test_transcript_reads_as_prose(cues, expected):
    assert paragraphs(*cues) == expected


def test_long_speech_is_parted_where_a_sentence_ends():
    sentence = "Kommunen främjar invånarnas välfärd på många sätt i vardagen"
    cues = [
        cue(f"{n:02}", f"{n + 1:02}", f"{sentence} {n}{'.' if n % 4 == 3 else ''}")
        for n in range(20)
    ]
    found = paragraphs(*cues)
    assert [paragraph[-3:] for paragraph in found] == [" 7.", "15.", "19."]
