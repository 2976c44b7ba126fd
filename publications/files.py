"""How a material's file is handed to a reader."""

from django.http import FileResponse
from django.utils.text import get_valid_filename

from portal.content.slugs import slug_from
from publications.models import MaterialFile

# What a browser may show itself; everything else is saved.
SHOWN = {"application/pdf", "video/mp4", "video/webm", "text/vtt"}


def download_name(file: MaterialFile, language: str) -> str:
    """A speaking file name: title, language and version, safe on every system."""
    title = slug_from(str(file.material.text("title", language)))
    return get_valid_filename(
        f"{title}-{file.language.replace('+', '-')}-v{file.version}.{file.format}"
    )


def file_response(file: MaterialFile, language: str) -> FileResponse:
    """The bytes of a published file, named, typed and marked with their language."""
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=file.media_type not in SHOWN,
        filename=download_name(file, language),
        content_type=file.media_type,
    )
    response["Content-Language"] = ", ".join(file.language_codes)
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{file.sha256}"'
    # What was uploaded must not run anything, even when a browser shows it.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
