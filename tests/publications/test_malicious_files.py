"""Hostile, broken and locked files: each is refused with its message, and nothing is stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from publications import uploads
from publications.models import MaterialFile
from publications.text_extraction import problems
from publications.text_extraction.messages import MESSAGES
from tests import factories, sample_files
from tests.foundation.editing.test_admin import form_of
from tests.malicious_files import CORPUS, encrypted_pdf


def refusal(name: str, content: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        uploads.validate_upload(SimpleUploadedFile(name, content))
    return refused.value


@pytest.mark.parametrize("case", CORPUS)
def test_hostile_file_is_refused_for_its_own_reason(case: str) -> None:
    name, make, code = CORPUS[case]
    refused = refusal(name, make())
    assert refused.code == code
    for language in ("sv", "fi"):
        with override(language):
            assert refused.messages[0].endswith(".")


def stored_files() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


def rows(material, files: list[tuple[str, bytes]]) -> Iterator[tuple[str, object]]:
    yield "files-TOTAL_FORMS", len(files)
    yield "files-INITIAL_FORMS", 0
    for place, (name, content) in enumerate(files):
        yield f"files-{place}-file", SimpleUploadedFile(name, content)
        yield f"files-{place}-language", "sv"
        yield f"files-{place}-version", place + 1
        yield f"files-{place}-role", "content"
        yield f"files-{place}-reading_text", "<p>Skriven för hand.</p>"
        yield f"files-{place}-material", material.pk


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_editor_is_told_and_nothing_is_stored(client, language: str) -> None:
    client.force_login(factories.make_user(is_staff=True, is_superuser=True, language=language))
    material = factories.make_material()
    address = reverse("admin:publications_material_change", args=[material.pk])
    form = form_of(client, address)
    before = stored_files()
    # One of each message, so that the form is posted once.
    cases = {code: (name, make()) for name, make, code in CORPUS.values()}
    form |= dict(rows(material, list(cases.values())))
    form["title_sv"] = "En rubrik som jag just skrev"
    response = client.post(address, form)
    assert response.status_code == 200
    said = response.content.decode()
    with override(language):
        for code in cases.keys() & MESSAGES.keys():
            assert str(MESSAGES[code]) in said.replace("&#x27;", "'")
    assert said.count("Skriven för hand.&lt;/p&gt;</textarea>") == len(cases)
    assert "En rubrik som jag just skrev" in said
    assert not MaterialFile.objects.exists()
    assert stored_files() == before


def test_every_problem_has_its_message_in_both_languages() -> None:
    assert set(MESSAGES) == set(problems.ALL)
    for language in ("sv", "fi"):
        with override(language):
            assert len({str(message) for message in MESSAGES.values()}) == len(MESSAGES)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pptx", sample_files.pptx),
        ("a.docx", sample_files.docx),
        ("a.xlsx", sample_files.xlsx),
        ("a.pdf", lambda: sample_files.pdf([(12, "Om /JavaScripts och /Launchpad.")])),
        # A workbook behind a chart, a link to click and a picture of one's own are no danger.
        (
            "a.pptx",
            lambda: sample_files.changed(
                sample_files.pptx(),
                {
                    "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": sample_files.xlsx(),
                    "ppt/slides/_rels/slide9.xml.rels": sample_files.external(
                        "hyperlink", "https://www.kommunforbundet.fi/"
                    ),
                },
            ),
        ),
        # Links within the file and to pages, and a comment, which stays one.
        (
            "a.pdf",
            lambda: sample_files.pdf(
                [(12, "Text")],
                catalogue=b"/OpenAction << /S /GoTo /D [4 0 R /Fit] >>",
                objects=[b"<< /S /URI /URI (https://example.fi/) >> % <p>hej"],
            ),
        ),
        ("a.csv", lambda: "kommun;värde\nEsbo;-5,3\nÅbo;+358 9\nVasa;-\n".encode()),
    ],
)
def test_harmless_file_is_accepted(name: str, content) -> None:
    uploads.validate_upload(SimpleUploadedFile(name, content()))


def test_locked_file_opens_with_its_password_only() -> None:
    """The corpus holds real encryption, so that it is the lock that is refused."""
    import pypdfium2

    assert len(pypdfium2.PdfDocument(encrypted_pdf(b""))) == 1
    assert len(pypdfium2.PdfDocument(encrypted_pdf(b"hemligt"), password="hemligt")) == 1
