"""Error pages in the reader's language."""

import errno
import sys
from typing import Any

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.multipartparser import MultiPartParserError
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.content.addresses import Withdrawn
from foundation.content.models import Content
from foundation.content.pages import page_at
from foundation.content.readers_form import is_from_our_page
from portal.legacy_redirects import moved_to, short_address_target


def _answer(request: HttpRequest, status: int, title: str, text: str, **more: Any) -> HttpResponse:
    page = page_at(request, "portal:home", title=title)
    # An error is no version of any page: search engines are told of none.
    page.canonical, page.alternates = "", []
    context = {"page": page, "explanation": text, **more}
    return HttpResponse(loader.render_to_string("error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the request could not be read, or asked a host that is not ours."""
    if isinstance(exception, DisallowedHost):
        # A whole page names its own address, which may follow the very host that was refused.
        return HttpResponse(loader.render_to_string("400_host.html"), status=400)
    return _answer(
        request,
        400,
        _("The request could not be read"),
        _("Something in what your browser sent was not as it should be. Please try again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than any form of ours takes."""
    return _answer(
        request,
        413,
        _("Too much was sent at once"),
        _("Send fewer or smaller files."),
    )


def not_logged_in(request: HttpRequest) -> HttpResponse:
    """403: files are taken from those who are logged in."""
    return _answer(
        request,
        403,
        _("You are not logged in"),
        _("Go back, log in in another tab, and send the files once more."),
    )


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: not for this reader."""
    return _answer(request, 403, _("No access"), _("You do not have the right to see this page."))


def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429: too many attempts to log in from one place, or for one address."""
    return _answer(
        request,
        429,
        _("Too many attempts"),
        _("Somebody has tried too often from here. Wait a few minutes and try again."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without a valid token."""
    return _answer(
        request,
        403,
        _("The form has expired"),
        _("Go back, reload the page and send the form again."),
    )


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing at this address; 301 to where it has gone, as far as that is known."""
    if isinstance(exception, Withdrawn):
        return _gone(request, exception.item)
    is_reading = request.method in ("GET", "HEAD")
    if is_reading and (short := short_address_target(request.path_info)):
        # Not for ever: staff may let the address lead elsewhere tomorrow.
        return HttpResponseRedirect(short)
    target = moved_to(request.path_info) if is_reading else None
    if target and target != request.path:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
    return _answer(
        request,
        404,
        _("The page was not found"),
        _("The address may be mistyped, or the page may have been moved or taken down."),
    )


def _gone(request: HttpRequest, item: Content) -> HttpResponse:
    """410: the page was here and was taken down; its title may be what had to go."""
    return _answer(
        request,
        410,
        _("The page has been taken down"),
        _("The page that stood at this address is no longer public."),
        withdrawn=item,
    )


RETRY_AFTER = 5  # seconds; about as long as the portal needs once its database is back
_PASSWORDS = "password"


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. In both languages and without the database, which may be what is broken."""
    failure = sys.exception()
    if isinstance(failure, OperationalError | InterfaceError) or _is_full(failure):
        return unavailable(request)
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def _is_full(failure: BaseException | None) -> bool:
    """True when there was no room left where files are kept."""
    return isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away, or a disk is full. Nothing that was typed is lost.

    The page offers to send it again.

    It hands out again only what came from a page of ours, and never a password.
    """
    context: dict[str, Any] = {"retry": request.get_full_path(), "LANGUAGE_CODE": get_language()}
    if request.method == "POST" and is_from_our_page(request):
        context |= _typed(request)
    response = HttpResponse(loader.render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = request.POST
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return {}
    return {
        "typed": [(name, value) for name, values in sent.lists() for value in values],
        "asks_password": any(_PASSWORDS in name for name in sent),
        "lost_files": any(request.FILES.values()),
    }
