"""Uploaded pictures: verified by their content, drawn upright in known widths, served by a view."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from foundation.content import pictures
from foundation.content.models import Image
from tests.factories import make_image

EXIF_ORIENTATION = 0x0112
ROTATED = 6  # the camera was held upright: to be turned a quarter clockwise


def drawn(kind: str = "PNG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **options):
    out = BytesIO()
    Pillow.new(mode, size, "white" if mode != "P" else 0).save(out, kind, **options)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they hold a very large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


def opened_width(image: Image, width: int) -> Pillow.Image:
    """A drawn width of a picture, as it lies in the storage."""
    with default_storage.open(pictures.width_path(image.file.name or "", width)) as stored:
        return Pillow.open(BytesIO(stored.read()))


def refusal(content: bytes, name: str = "bild.png") -> str:
    with pytest.raises(ValidationError) as refused:
        pictures.validate_picture(SimpleUploadedFile(name, content))
    return str(refused.value.message)


@pytest.mark.parametrize("kind", sorted(pictures.FORMATS))
def test_picture_is_accepted_whatever_its_name_says(kind: str) -> None:
    upload = SimpleUploadedFile("bild.exe", drawn(kind))
    pictures.validate_picture(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        drawn()[:60],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\x00" * 50,
        drawn("GIF"),
        drawn("BMP"),
        drawn("TIFF"),
        b"%PDF-1.4",
        b"<html><script>alert(1)</script></html>",
    ],
)
def test_file_of_another_kind_is_refused_whatever_its_name_says(content: bytes) -> None:
    assert "JPEG, PNG, WebP" in refusal(content)


@pytest.mark.parametrize("size", [(6400, 6400), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_picture_with_too_many_pixels_is_refused_before_it_is_opened(size) -> None:
    refusal(png_that_claims(*size))


def test_file_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 100)
    assert "20 MB" in refusal(drawn())


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("Sommar i Åbo.PNG", ".png"),
        ("../../etc/passwd", ""),
        ("a/b\\c.jpeg", ".jpeg"),
        ("bild.åäö", ""),
        ("x" * 300 + ".webp", ".webp"),
    ],
)
def test_upload_is_stored_under_a_name_of_our_own(name: str, suffix: str) -> None:
    path = pictures.upload_path(None, name)
    assert path.startswith("pictures/")
    assert path.endswith(suffix)
    assert len(path) == len("pictures/") + 32 + len(suffix)


@pytest.mark.parametrize(
    ("original", "widths"),
    [
        (1, [1]),
        (479, [479]),
        (480, [480]),
        (959, [480]),
        (960, [480, 960]),
        (5000, [480, 960, 1600]),
    ],
)
def test_widths_are_never_wider_than_the_picture(original, widths) -> None:
    assert pictures.widths_of(original) == widths


@pytest.mark.django_db
def test_every_width_is_drawn_when_a_picture_is_saved() -> None:
    image = make_image(width=1000, height=500)
    stored = [opened_width(image, width) for width in (480, 960)]
    assert [(one.format, one.size) for one in stored] == [
        ("WEBP", (480, 240)),
        ("WEBP", (960, 480)),
    ]


@pytest.mark.django_db
def test_picture_stands_upright_and_keeps_none_of_the_cameras_notes() -> None:
    exif = Pillow.Exif()
    exif[EXIF_ORIENTATION] = ROTATED
    exif[0x010F] = "Kameran"
    image = make_image(file=ContentFile(drawn("JPEG", (1000, 600), exif=exif), "bild.jpg"))
    image.refresh_from_db()
    assert (image.width, image.height) == (600, 1000)
    assert [width for width, _url in image.sources()] == [480]
    upright = opened_width(image, 480)
    assert upright.size == (480, 800)
    assert not upright.getexif()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_picture_of_any_colour_mode_is_drawn(mode: str) -> None:
    image = make_image(file=ContentFile(drawn("PNG", (600, 300), mode), "bild.png"))
    assert default_storage.exists(pictures.width_path(image.file.name or "", 480))


@pytest.mark.django_db
def test_widths_are_not_drawn_again_when_only_the_text_changes(monkeypatch) -> None:
    image = make_image()
    monkeypatch.setattr(pictures, "draw_widths", lambda file: pytest.fail("drawn again"))
    image.credit = "Matti Ahlqvist"
    image.save()


@pytest.mark.django_db
def test_drawn_width_is_served_and_any_other_is_not_found(client) -> None:
    image = make_image(width=1000, height=500)
    for width, url in image.sources():
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content)[8:12] == b"WEBP"
        assert not response.cookies
        assert client.get(url.replace(f"/{width}.", "/481.")).status_code == 404
    assert client.get(url.replace(f"/{image.pk}/", "/999999/")).status_code == 404


@pytest.mark.django_db
def test_picture_whose_file_is_gone_is_not_found(client) -> None:
    image = make_image()
    default_storage.delete(pictures.width_path(image.file.name or "", 480))
    assert client.get(image.sources()[0][1]).status_code == 404


@pytest.mark.django_db
def test_form_refuses_a_bad_file_with_plain_words() -> None:
    image = Image(
        file=SimpleUploadedFile("bild.png", b"not a picture"), credit="Eeva", is_decorative=True
    )
    with pytest.raises(ValidationError) as refused:
        image.full_clean(exclude=["width", "height"])
    assert list(refused.value.message_dict) == ["file"]
