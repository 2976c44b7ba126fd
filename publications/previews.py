"""Pictures of pages: served while the file and its material are public, like the file itself."""

import logging

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from publications.models import Material, MaterialFile
from publications.text_extraction.page_picture_names import WIDTHS, drawn_name

logger = logging.getLogger(__name__)


@require_safe
@cache_control(public=True, max_age=86400)
def page_picture(request: HttpRequest, pk: int, number: int, width: int) -> FileResponse:
    """One drawn page of a public file; raises Http404 for any other."""
    public = MaterialFile.objects.published().filter(material__in=Material.objects.published())
    return picture_response(public, pk, number, width)


def picture_response(
    files: QuerySet[MaterialFile], pk: int, number: int, width: int
) -> FileResponse:
    """The drawn page of one of the files in the width; raises Http404 where there is none."""
    file = files.filter(pk=pk).only("page_pictures").first()
    drawn = next((p for p in (file.page_pictures if file else []) if p["number"] == number), None)
    if drawn is None or width not in WIDTHS:
        raise Http404
    try:
        stored = default_storage.open(f"{drawn['folder']}/{drawn_name(number, width)}")
    except FileNotFoundError:
        logger.error("Picture %s of file %s is missing: %s", number, pk, drawn["folder"])
        raise Http404 from None
    response = FileResponse(stored, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response
