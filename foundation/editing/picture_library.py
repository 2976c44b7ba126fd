"""The pictures that a rich text can show, for the editor's button."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.models import Image

MOST = 24  # pictures offered at once
WIDEST = 960  # px; the text column is no wider


@never_cache
@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """The newest pictures, or those whose text alternative or maker has the words of `q`."""
    if not request.user.has_perm("content.view_image"):
        raise PermissionDenied
    words = request.GET.get("q", "")[:100]
    language = request.GET.get("language")
    code = language if language in languages.CODES else languages.current()
    found = Image.objects.all()
    for word in words.split():
        found = found.filter(
            Q(alt_sv__icontains=word) | Q(alt_fi__icontains=word) | Q(credit__icontains=word)
        )
    return JsonResponse({"pictures": [_told(image, code) for image in found[:MOST]]})


def _told(image: Image, language: str) -> dict[str, Any]:
    sources = image.sources()
    width, address = next((one for one in reversed(sources) if one[0] <= WIDEST), sources[0])
    return {
        "src": address,
        "width": width,
        "height": round(width * image.height / image.width),
        "alt": "" if image.is_decorative else getattr(image, f"alt_{language}") or "",
    }


def urls(admin_view: Callable[..., Any]) -> list[Any]:
    """The admin's address of the pictures."""
    return [path("pictures/", admin_view(pictures), name="pictures")]
