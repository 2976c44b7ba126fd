"""Previews: both pages of an item as it stands in the form, drawn before anything is saved.

The form is saved and its pages are drawn inside a transaction that is then taken back: what is seen
is what readers will get, by the same views. What is kept is the drawn pages alone.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.models import Content, Preview
from foundation.content.pages import NAMES
from foundation.content.publication import previewing
from foundation.editing.worklist import bilingual_models

SHARED = timedelta(days=7)  # how long a preview is kept, and a link that was handed out works


def draw(request: HttpRequest, item: Content) -> dict[str, str]:
    """The item's page in each language (HTML), as a reader gets it once it is public."""
    with previewing(item):
        return {code: _page(request, item, code) for code in languages.CODES}


def _page(request: HttpRequest, item: Content, language: str) -> str:
    with translation.override(language):
        address = item.path(language)
        asked: Any = WSGIRequest(
            {
                **{name: request.META[name] for name in _OF_THE_HOST if name in request.META},
                "wsgi.url_scheme": request.scheme,
                "wsgi.input": BytesIO(),
                "REQUEST_METHOD": "GET",
                "PATH_INFO": address,
                "SCRIPT_NAME": "",
            }
        )
        asked.user, asked.LANGUAGE_CODE, asked.is_preview = AnonymousUser(), language, True
        view, arguments, named = resolve(address)
        return view(asked, *arguments, **named).content.decode()


_OF_THE_HOST = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO")


class Drawn(HttpResponseRedirect):
    """The answer to the preview button: an item's pages, drawn while it is saved."""

    def __init__(self, request: HttpRequest, item: Content) -> None:
        super().__init__(request.get_full_path())
        self.pages = draw(request, item) if item.slug_in(languages.current()) else {}
        self.about = {
            "title": str(item)[:200],
            "kind": item._meta.db_table,
            "object_id": item.pk,
            "is_for_members": item.is_for_members,
        }


def previewed(view: Callable[[], HttpResponse], request: HttpRequest) -> HttpResponse:
    """What a form's view answers to the preview button: the preview, or the form with its errors.

    `view` saves the form and answers Drawn where it would else have answered that it is saved.
    """
    # A file is not stored to be looked at.
    request.FILES.clear()
    with transaction.atomic():
        response = view()
        transaction.set_rollback(True)
    if not isinstance(response, Drawn):
        return response
    Preview.objects.filter(made_at__lt=timezone.now() - SHARED).delete()
    if not response.pages:
        messages.error(request, _("Give the item a title first: its pages have no address yet."))
        return response
    preview = Preview.objects.create(
        **response.about,
        **{f"page_{code}": page for code, page in response.pages.items()},
        made_by_id=request.user.pk,
    )
    return HttpResponseRedirect(reverse("admin:preview", args=[preview.token]))


def _mine(request: HttpRequest, token: str) -> Preview:
    preview = Preview.objects.filter(token=token, made_at__gte=timezone.now() - SHARED).first()
    if preview is None:
        raise Http404
    if preview.made_by_id != request.user.pk:
        raise PermissionDenied
    return preview


@never_cache
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def preview_page(request: HttpRequest, token: str) -> HttpResponse:
    """Both pages beside each other, wide or as on a phone, with the way to hand them out."""
    preview = _mine(request, token)
    here = languages.current()
    context = {
        **admin.site.each_context(request),
        "title": preview.title,
        "preview": preview,
        "may_be_shared": may_be_shared(preview),
        "shared_address": absolute(request, reverse("content:preview", args=[here, token]))
        if is_shared(preview)
        else "",
        "versions": [
            {
                "language": code,
                "heading": NAMES[code],
                "says": says,
                "url": reverse("admin:drawn_page", args=[token, code]),
            }
            for code, says in (
                ("sv", _("The page in Swedish")),
                ("fi", _("The page in Finnish")),
            )
        ],
        "is_narrow": request.GET.get("phone") == "1",
    }
    return TemplateResponse(request, "foundation/editing/preview.html", context)


@never_cache
@require_POST
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Let everybody who has the link see the preview for a week, or no longer."""
    preview = _mine(request, token)
    is_wanted = request.POST.get("share") == "1"
    if is_wanted and not may_be_shared(preview):
        messages.error(request, _("It is for members only: its preview cannot be handed out."))
        is_wanted = False
    preview.shared_until = preview.made_at + SHARED if is_wanted else None
    preview.save(update_fields=["shared_until"])
    return HttpResponseRedirect(reverse("admin:preview", args=[token]))


def is_shared(preview: Preview) -> bool:
    """True while everybody who has the link may see the preview."""
    is_handed_out = bool(preview.shared_until and preview.shared_until > timezone.now())
    return is_handed_out and may_be_shared(preview)


def may_be_shared(preview: Preview) -> bool:
    """True for what neither was for members when it was drawn, nor has become so since."""
    if preview.is_for_members:
        return False
    model: Any = bilingual_models().get(preview.kind)
    item = model and model._base_manager.filter(pk=preview.object_id).first()
    return not (item and item.is_for_members)


@never_cache
@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def drawn_page(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """One page of a preview: for the frames of its editor, and for whoever was given the link."""
    preview = Preview.objects.filter(token=token).first()
    if preview is None or language not in languages.CODES:
        raise Http404
    is_hers = request.user.is_authenticated and preview.made_by_id == request.user.pk
    if not is_shared(preview) and not is_hers:
        raise Http404
    response = HttpResponse(getattr(preview, f"page_{language}"))
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Its address is the key to it: no other site is told of it.
    response["Referrer-Policy"] = "no-referrer"
    return response


def urls(admin_view: Callable[..., Any]) -> list[Any]:
    """The admin's addresses of previews."""
    return [
        path("preview/<str:token>/", admin_view(preview_page), name="preview"),
        path("preview/<str:token>/share/", admin_view(share), name="share_preview"),
        path("preview/<str:token>/<str:language>/", admin_view(drawn_page), name="drawn_page"),
    ]
