"""What is read of files: text, pages, length and pictures, by a process with limits."""

import io
import json
import os
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image as Pillow

from portal import demo
from publications.models import MaterialFile
from publications.text_extraction import (
    extracted_html,
    page_picture_names,
    pdf_lines,
    problems,
    process,
)
from publications.text_extraction.tasks import read_file
from tests import factories, sample_files

DEMO_FILES = Path(demo.__file__).parent / "files"
WORDS = {"page": "Sida", "notes": "Anteckningar", "picture": "Illustration"}


def read(kind: str, content: bytes, **given: object) -> dict:
    """The answer of the process about a file."""
    given = {"words": WORDS, "is_in_two_languages": False, **given}
    with process.copied(io.BytesIO(content), kind) as path:
        return process.ask("read", kind, path, **given)


def html(kind: str, content: bytes, **given: object) -> str:
    answer = read(kind, content, **given)
    assert answer["problem"] == ""
    return answer["html"]


def read_now(file: MaterialFile) -> MaterialFile:
    """The file as its job leaves it."""
    read_file.call(file.pk)
    file.refresh_from_db()
    return file


# Text


def test_deck_is_read_slide_by_slide_with_notes_and_without_hidden_slides():
    answer = read("pptx", sample_files.pptx(), words={**WORDS, "page": "Bild"})
    assert answer["pages"] == 2
    assert answer["headings"] == ["Vårt välfärdsarbete", ""]
    assert answer["html"] == (
        "<h2>Bild 1: Vårt välfärdsarbete</h2>"
        "<ul><li>Skolan &amp; biblioteket<ul><li>Läsning &lt;för alla&gt;</li></ul></li>"
        "<li>Motion</li></ul>"
        "<p><strong>Anteckningar:</strong> Fråga först.</p><p>Lyssna sedan.</p>"
        "<h2>Bild 2</h2><table><tbody><tr><th><p>År</p></th><th><p>Kommuner</p></th></tr>"
        "<tr><td><p>2018</p></td><td><p>26</p></td></tr></tbody></table>"
        "<p><strong>Illustration:</strong> En grön ruta.</p>"
    )


def test_document_is_read_by_its_own_headings():
    assert html("docx", sample_files.docx()) == (
        "<h2>Plan för välfärd</h2><p>Kommunen främjar invånarnas välfärd.</p><h3>Mål</h3>"
        "<ul><li>Delaktighet<ul><li>Ungdomsråd</li></ul></li></ul><ol><li>Först en enkät</li></ol>"
        "<table><tbody><tr><th><p>Mål</p></th><th><p>Mått</p></th></tr>"
        "<tr><td><p>Rörelse</p></td><td><p>Steg</p></td></tr></tbody></table>"
    )


def test_pdf_without_tags_is_read_by_the_sizes_of_its_lines():
    content = sample_files.pdf(
        [
            (20, "Hyvinvointi arjessa"),
            (11, "Kunta edistää asukkaiden hyvin-"),
            (11, "vointia koulussa, sosiaali-"),
            (11, "ja terveyspalveluissa ja EU-"),
            (11, "hankkeissa."),
            (11, ""),
            (11, "• Osallisuus"),
            (11, "• Liikunta"),
        ],
        [(11, "Toinen sivu (ilman otsikkoa).")],
    )
    assert html("pdf", content) == (
        "<h2>Sida 1: Hyvinvointi arjessa</h2>"
        "<p>Kunta edistää asukkaiden hyvinvointia koulussa, sosiaali- ja terveyspalveluissa ja "
        "EU-hankkeissa.</p>"
        "<ul><li>Osallisuus</li><li>Liikunta</li></ul>"
        "<h2>Sida 2</h2><p>Toinen sivu (ilman otsikkoa).</p>"
    )


def test_footers_and_numbers_of_pages_are_not_read():
    pages = [
        [(11, f"Stycke på sida {word}."), (11, ""), (11, ""), (11, f"Kommunförbundet {number}")]
        for number, word in enumerate(("ett", "två", "tre", "fyra"), 1)
    ]
    text = html("pdf", sample_files.pdf(*pages))
    assert "Stycke på sida tre." in text
    assert "Kommunförbundet" not in text


def test_tagged_pdf_is_read_with_its_tables_lists_and_alternatives():
    text = html("pdf", (DEMO_FILES / "ennakointi-diat.fi.pdf").read_bytes())
    assert "<h2>Sida 3: Näin prosessi eteni</h2><table>" in text
    # The tree of the page leaves out the empty cell; it is kept open by where the others stand.
    assert (
        "<td><p>11.12.2018</p></td><td><p></p></td>"
        "<td><p>Merkkien ryhmittely verkostoseminaarissa</p></td>"
    ) in text
    text = html("pdf", (DEMO_FILES / "valfardsledning-bilder.sv.pdf").read_bytes())
    assert "<p><strong>Illustration:</strong> Fem trådar med numren 1–5 möts" in text
    assert "<li>Kommunerna förnyar sin ledning i olika takt.</li>" in text


def test_blocks_of_a_file_in_two_languages_say_which_they_are_in():
    content = (DEMO_FILES / "arbetsblad-signaler.svfi.docx").read_bytes()
    text = html("docx", content, is_in_two_languages=True)
    assert '<h2 lang="sv">Vilka förändringar anar du?</h2>' in text
    assert '<h2 lang="fi">Millaista muutosta aavistelet?</h2>' in text
    assert '<li lang="fi">Mitä muutos merkitsisi' in text
    assert "lang=" not in html("docx", content)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mina signaler", "sv"),
        ("Kysymyksiä alkuun", "fi"),
        ("CC BY 4.0", ""),
        ("Hyvinvointi kuuluu kaikille", "fi"),
        ("Vi och de", "sv"),
    ],
)
def test_language_is_told_by_the_words(text, language):
    assert extracted_html.likely_language(text) == language


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["välfärds-", "ledning"], "välfärdsledning"),
        (["välfärds\u2010", "ledning"], "välfärdsledning"),
        (["social-", "och hälsovård"], "social- och hälsovård"),
        (["EU-", "projekt"], "EU-projekt"),
        (["två", "rader"], "två rader"),
        (["2018–", "2019"], "2018– 2019"),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_whole_again(lines, text):
    pieces = [pdf_lines.Piece(line, 100 - 12 * n, 110 - 12 * n) for n, line in enumerate(lines)]
    assert pdf_lines.joined(pieces) == text


def test_scanned_pages_have_no_text_but_pages():
    answer = read("pdf", sample_files.pdf([], []))
    assert (answer["problem"], answer["pages"]) == ("no_text", 2)


def test_text_is_cut_where_a_page_could_not_hold_it():
    long = extracted_html.Outline()
    for number in range(1000):
        long.item(f"Punkt {number} " + "välfärd " * 500, number % 3)
    assert problems.MAX_TEXT < len(long.html()) <= problems.MAX_TEXT + 10_000


# Length


def mp4(seconds: int, *, version: int = 0) -> bytes:
    layout = ">B3xQQIQ" if version else ">B3xIIII"
    header = struct.pack(layout, version, 0, 0, 600, seconds * 600) + b"\x00" * 80
    mvhd = struct.pack(">I4s", len(header) + 8, b"mvhd") + header
    moov = struct.pack(">I4s", len(mvhd) + 8, b"moov") + mvhd
    ftyp = struct.pack(">I4s4s8x", 20, b"ftyp", b"isom")
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 50) + b"\x00" * 50
    return ftyp + large + moov


def webm(seconds: float) -> bytes:
    scale = b"\x2a\xd7\xb1\x83" + (1_000_000).to_bytes(3, "big")
    duration = b"\x44\x89\x88" + struct.pack(">d", seconds * 1000)
    return b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + scale + duration


@pytest.mark.parametrize(
    ("kind", "content", "seconds"),
    [
        ("mp4", mp4(83), 83),
        ("mp4", mp4(83, version=1), 83),
        ("webm", webm(12.2), 13),
        ("mp4", mp4(83)[:-100], None),
        ("mp4", b"\x00\x00\x00\x18ftypisom", None),
        ("webm", b"\x1a\x45\xdf\xa3", None),
    ],
)
def test_length_of_a_film_is_read_from_its_head(kind, content, seconds):
    assert read(kind, content)["seconds"] == seconds


def test_length_of_the_demo_film():
    film = DEMO_FILES / "exempelvideo-en-vav-av-vardagar.mp4"
    assert read("mp4", film.read_bytes())["seconds"] == 31


# The process


def test_process_knows_neither_django_nor_the_secrets():
    code = (
        "import sys, json; import publications.text_extraction.__main__ as room;"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert found.stdout.strip() == "[]"
    command = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    _status, output, _errors = process.run(command, seconds=20, cwd=settings.BASE_DIR)
    assert "SECRET_KEY" not in output


@pytest.mark.parametrize(
    "act",
    [
        "bytearray(2_000_000_000)",
        "[0] * 400_000_000",
        "open('x', 'wb').write(b'0' * 40_000_000)",
        "[open('/dev/null') for n in range(100)]",
    ],
    ids=["memory", "more memory", "disk", "files"],
)
def test_process_has_limits(tmp_path, act):
    code = f"from publications.text_extraction.__main__ import limit; limit(5); {act}"
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True
    )
    assert ended.returncode != 0


def test_process_that_computes_for_ever_is_stopped_by_its_limit(tmp_path):
    code = "from publications.text_extraction.__main__ import limit; limit(1)\nwhile True: pass"
    command = [sys.executable, "-c", code]
    ended, _output, _errors = process.run(command, seconds=50, cwd=settings.BASE_DIR)
    assert ended < 0


def test_process_that_sleeps_is_stopped_with_all_it_has_started(tmp_path):
    (tmp_path / "alive").touch()
    command = ["sh", "-c", "(while rm alive 2>/dev/null || sleep 0.2; do touch again; done) & wait"]
    began = time.monotonic()
    ended, _output, _errors = process.run(command, seconds=1, cwd=tmp_path)
    assert ended < 0
    assert time.monotonic() - began < 20
    (tmp_path / "again").unlink(missing_ok=True)
    time.sleep(0.6)
    assert not (tmp_path / "again").exists()


def test_what_ends_badly_is_too_heavy_and_what_says_nothing_is_broken(monkeypatch, tmp_path):
    for ended, output, problem in (
        (-9, "", "too_heavy"),
        (0, "no json", "broken"),
        (0, json.dumps({"problem": "made up"}), "broken"),
        (0, json.dumps({"pages": 3}), ""),
    ):
        answer = (ended, output, "")
        monkeypatch.setattr(process, "run", lambda *args, answer=answer, **more: answer)
        assert process.ask("read", "pdf", tmp_path / "a.pdf")["problem"] == problem


# The job


def test_new_file_is_read_once_it_is_saved(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = factories.make_material_file(
            language="sv",
            reading_text="",
            text_checked_at=None,
            content=sample_files.pdf([(12, "Text")], []),
        )
        assert file.reading_state == "waiting"
    file.refresh_from_db()
    assert (file.reading_state, file.pages) == ("read", 2)
    assert file.reading_text == "<h2>Bild 1</h2><p>Text</p>"
    assert file.plain_text() == "Bild 1\nText"
    assert file.is_unchecked
    assert [picture["number"] for picture in file.page_pictures] == [1, 2]


def test_text_that_is_checked_and_a_number_that_is_given_stay(db):
    file = factories.make_material_file(pages=9, text_checked_at=factories.LONG_AGO)
    before = file.reading_text
    read_now(file)
    assert (file.reading_text, file.pages) == (before, 9)
    assert file.page_pictures


def test_reading_again_replaces_a_checked_text(db, django_capture_on_commit_callbacks):
    file = factories.make_material_file(text_checked_by=factories.make_user())
    with django_capture_on_commit_callbacks(execute=True):
        file.read_again()
    file.refresh_from_db()
    assert "Hyvinvointi arjessa." in file.reading_text
    assert file.is_unchecked
    assert file.text_checked_by is None


def test_pictures_are_webp_in_two_widths_and_old_ones_go(db, django_capture_on_commit_callbacks):
    file = factories.make_material_file(content=sample_files.pdf(*[[(12, "Text")]] * 6))
    read_now(file)
    assert len(file.page_pictures) == page_picture_names.COUNT
    first = file.page_pictures[0]
    for width in page_picture_names.WIDTHS:
        name = f"{first['folder']}/{page_picture_names.drawn_name(1, width)}"
        with default_storage.open(name) as stored, Pillow.open(stored) as picture:
            assert picture.format == "WEBP"
            assert picture.width == width
            assert abs(picture.height * first["width"] - width * first["height"]) <= width
    read_now(file)
    assert file.page_pictures[0]["folder"] != first["folder"]
    assert not default_storage.exists(f"{first['folder']}/{page_picture_names.drawn_name(1, 480)}")


def test_deck_beside_its_pdf_is_not_drawn(db, monkeypatch):
    monkeypatch.setattr(
        "publications.text_extraction.tasks.as_pdf", lambda path: pytest.fail("drawn")
    )
    material = factories.make_material()
    given = {"material": material, "language": "sv", "version": 1}
    deck = factories.make_material_file(name="a.pptx", content=sample_files.pptx(), **given)
    factories.make_material_file(**given)
    assert read_now(deck).page_pictures == []


def test_deck_alone_is_drawn_by_libreoffice_where_it_is(db, monkeypatch, tmp_path):
    """By a program in its place that is told what LibreOffice is told, and makes a PDF."""
    program = tmp_path / "soffice"
    made = tmp_path / "made.pdf"
    made.write_bytes(sample_files.pdf([(20, "Ritad")]))
    program.write_text(
        "#!/bin/sh\n"
        'for last; do :; done; case "$*" in *"--headless"*"--convert-to pdf --outdir"*) '
        f'cp {made} "${{last%.*}}.pdf";; esac\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    file = factories.make_material_file(name="a.pptx", content=sample_files.pptx())
    assert len(read_now(file).page_pictures) == 1
    program.write_text("#!/bin/sh\nexit 1\n")
    assert read_now(file).page_pictures == []


def test_deck_alone_without_libreoffice_has_text_and_no_pictures(db, monkeypatch):
    monkeypatch.setattr("publications.text_extraction.office.PROGRAMS", ("no-such-program",))
    file = factories.make_material_file(
        name="a.pptx",
        language="fi",
        content=sample_files.pptx(),
        reading_text="",
        text_checked_at=None,
    )
    read_now(file)
    assert (file.reading_state, file.page_pictures) == ("read", [])
    assert "<h2>Dia 1: Vårt välfärdsarbete</h2>" in file.reading_text


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"%PDF-1.7\n%%EOF", "broken"), (sample_files.pdf([]), "no_text")],
)
def test_file_that_cannot_be_read_says_why(db, content, problem):
    file = factories.make_material_file(content=content, reading_text="", text_checked_at=None)
    read_now(file)
    assert (file.reading_state, file.reading_problem) == ("failed", problem)
    assert file.reading_text == ""


def test_missing_file_is_noted_and_a_deleted_one_needs_no_reading(db):
    file = factories.make_material_file()
    default_storage.delete(file.file.name)
    assert read_now(file).reading_problem == "missing"
    read_file.call(file.pk + 1)


def test_found_text_is_not_kept_for_other_bytes(db, monkeypatch):
    file = factories.make_material_file(published_at=None, reading_text="", text_checked_at=None)
    rows = MaterialFile.objects.filter(pk=file.pk)

    def replaced(*args, **more):
        rows.update(sha256="0" * 64)
        return {"problem": "", "html": "<p>Den gamla texten</p>", "pages": 1}

    monkeypatch.setattr("publications.text_extraction.tasks.ask", replaced)
    read_now(file)
    assert (file.reading_text, file.reading_state) == ("", "waiting")


def test_what_the_process_says_is_sanitised(db, monkeypatch):
    file = factories.make_material_file(reading_text="", text_checked_at=None)
    answer = {"problem": "", "html": '<p onclick="x()">Text<script>x()</script></p>', "pages": 1}
    monkeypatch.setattr(
        "publications.text_extraction.tasks.ask", lambda *args, **more: dict(answer)
    )
    assert read_now(file).reading_text == "<p>Text</p>"


def test_command_reads_what_has_not_been_read(db, django_capture_on_commit_callbacks):
    unread = factories.make_material_file()
    read_already = factories.make_material_file()
    captions = factories.make_material_file(name="a.vtt", role="captions", content=b"WEBVTT\n")
    MaterialFile.objects.filter(pk=read_already.pk).update(reading_state="read", pages=7)
    out = io.StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("read_files", stdout=out)
    assert out.getvalue() == "1 files are read, or waiting to be.\n"
    for file, pages, state in (
        (unread, 1, "read"),
        (read_already, 7, "read"),
        (captions, None, "none"),
    ):
        file.refresh_from_db()
        assert (file.pages, file.reading_state) == (pages, state)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("read_files", "--all", stdout=out)
    assert out.getvalue().endswith("2 files are read, or waiting to be.\n")


def test_worker_reads_what_waits_in_the_database(db, settings, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        file = factories.make_material_file(reading_text="", text_checked_at=None)
    file.refresh_from_db()
    assert file.reading_state == "waiting"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [file.pk]
    waiting = DBTaskResult.objects.get()
    waiting.task.call(*waiting.args_kwargs["args"])
    file.refresh_from_db()
    assert file.reading_state == "read"


def test_replaced_draft_is_read_anew(db):
    file = factories.make_material_file(published_at=None)
    MaterialFile.objects.filter(pk=file.pk).update(reading_state="read")
    file.refresh_from_db()
    file.file = ContentFile(sample_files.pdf([(12, "Ny text")]), "ny.pdf")
    file.save()
    assert file.reading_state == "waiting"
