"""Pictures: the only uploads of the kernel, served in the widths we drew ourselves."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from foundation.content import pictures
from foundation.content.models import Image


@require_safe
@cache_control(public=True, max_age=86400)
def picture(request: HttpRequest, pk: int, width: int) -> FileResponse:
    """One drawn width of a picture; raises Http404 for any other."""
    image = get_object_or_404(Image, pk=pk)
    name = pictures.width_path(str(image.file.name), width)
    if width not in pictures.widths_of(image.width) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response
