"""What may be uploaded: read from the bytes, said in plain words."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import demo
from publications import uploads
from tests import sample_files
from tests.factories import PDF

DEMO_FILES = Path(demo.__file__).parent / "files"
MAIN = {
    "pptx": "presentationml.presentation.main+xml",
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
}
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04"


def office(kind, *, types=None, parts=()):
    """A package of the kind, with more parts in it."""
    if types is None:
        types = f"application/vnd.openxmlformats-officedocument.{MAIN[kind]}"
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>')
        for part in parts:
            package.writestr(part, b"x")
    return stored.getvalue()


def validate(name, content):
    uploads.validate_upload(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilder.pdf", PDF),
        ("BILDER.PDF", b"\n" + PDF),
        ("fil.pptx", sample_files.pptx()),
        ("fil.docx", sample_files.docx()),
        ("fil.xlsx", sample_files.xlsx()),
        ("tabell.csv", "år;värde\n2019;1\n".encode()),
        ("tabell.csv", "\ufeffår;värde\r\n".encode()),
        ("film.mp4", MP4),
        ("film.webm", WEBM),
        ("text.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHej\n"),
        ("text.vtt", "\ufeffWEBVTT - på svenska\n".encode()),
    ],
)
def test_file_of_a_known_kind_is_accepted(name, content):
    validate(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilder.pdf", b"MZ\x90\x00"),
        ("bilder.pdf", b""),
        ("bilder.pptx", office("docx")),
        ("bilder.pptx", PDF),
        ("bilder.pptx", b"PK\x03\x04" + b"\x00" * 200),
        ("bilder.pptx", office("pptx")[:60]),
        ("bilder.pdf.exe", PDF),
        ("program.exe", b"MZ\x90\x00"),
        ("sida.html", b"<!doctype html>"),
        ("bild.svg", b"<svg/>"),
        ("utan", PDF),
        (".pdf", PDF),
        ("tabell.csv", b"<script>alert(1)</script>"),
        ("tabell.csv", "år\n".encode("latin-1")),
        ("tabell.csv", b"a\x00b"),
        ("film.mp4", b"\x00\x00\x00\x18ftypheic"),
        ("film.mp4", WEBM),
        ("film.webm", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska"),
        ("text.vtt", b"WEBVTTX\n"),
        ("text.vtt", b"1\n00:00:00,000 --> 00:00:01,000\n"),
    ],
)
def test_file_of_another_kind_is_refused(name, content):
    with pytest.raises(ValidationError):
        validate(name, content)


@pytest.mark.parametrize(
    "content",
    [
        office("pptx", parts=["ppt/vbaProject.bin"]),
        office("pptx", types="application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    ],
)
def test_document_with_macros_is_refused_as_such(content):
    with pytest.raises(ValidationError) as refused:
        validate("bilder.pptx", content)
    assert refused.value.code == "macros"


def test_document_with_a_program_inside_is_refused():
    with pytest.raises(ValidationError) as refused:
        validate("bilder.pptx", office("pptx", parts=["ppt/embeddings/setup.exe"]))
    assert refused.value.code == "program"


def test_old_office_file_is_refused_with_advice():
    with pytest.raises(ValidationError) as refused:
        validate("bilder.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500)
    assert refused.value.code == "old_office"


def test_too_large_a_file_is_refused_unread():
    file = SimpleUploadedFile("bilder.pdf", PDF)
    file.size = uploads.MAX_BYTES + 1
    with pytest.raises(ValidationError) as refused:
        uploads.validate_upload(file)
    assert refused.value.code == "too_large"


def test_file_is_read_from_its_beginning_afterwards():
    file = SimpleUploadedFile("bilder.pdf", PDF)
    uploads.validate_upload(file)
    assert file.read() == PDF


def test_files_of_the_demo_content_are_accepted():
    endings = {".pdf", ".pptx", ".docx", ".mp4", ".vtt"}
    files = [path for path in DEMO_FILES.iterdir() if path.suffix in endings]
    assert {path.suffix for path in files} == endings
    for path in files:
        validate(path.name, path.read_bytes())
