"""What every request passes: unreadable ones are refused, the language is chosen by the address."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from foundation.content import languages
from foundation.content.addresses import address
from foundation.server.page_cache.wsgi_middleware import DATABASE_IS_AWAY
from portal import errors

GetResponse = Callable[[HttpRequest], HttpResponse]
_WITHOUT_DATABASE = {"/healthz", "/readyz"}


def refuse_unreadable_requests(get_response: GetResponse) -> GetResponse:
    """Answer 400 to a form in a charset that ASCII names cannot be read from, or to a null byte.

    Django's own answer to a POST in UTF-16 with a CSRF cookie is a bare 500: its 400 view reads
    the POST again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if not _keeps_ascii(charset) or "\x00" in request.path:
            request.META["CONTENT_LENGTH"] = "0"
            return activate_language(errors.bad_request)(request)
        return get_response(request)

    return middleware


def refuse_what_is_too_large(get_response: GetResponse) -> GetResponse:
    """Answer 413 before more is read than a form may hold; files are sent by staff and members.

    It stands before the check of form tokens, which reads what was sent, whoever sent it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        text = request.META.get("CONTENT_LENGTH") or "0"
        refuse = _refusal(request, int(text) if text.isdecimal() else 0)
        if refuse:
            request.META["CONTENT_LENGTH"] = "0"
            return refuse(request)
        return get_response(request)

    return middleware


def _refusal(request: HttpRequest, length: int) -> GetResponse | None:
    if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return None
    members = (address("members:home", code) for code in languages.CODES)
    takes_files = request.path_info.startswith(("/admin/", *members))
    if not takes_files or length > settings.MOST_SENT_WITH_FILES:
        return errors.too_large
    return None if request.user.is_authenticated else errors.not_logged_in


def _keeps_ascii(charset: str) -> bool:
    try:
        return codecs.lookup(charset) is not None and "a=1".encode(charset) == b"a=1"
    except (LookupError, ValueError, TypeError):
        return False


def _activate_language_of(request: HttpRequest) -> str:
    prefix = request.path_info.split("/", 2)[1]
    language = prefix if prefix in languages.CODES else None
    chosen = language or languages.preferred(request.headers.get("Accept-Language", ""))
    translation.activate(chosen or languages.SWEDISH)
    request.LANGUAGE_CODE = translation.get_language()
    return language or ""


def activate_language(get_response: GetResponse) -> GetResponse:
    """Speak the language of the address; outside /sv/ and /fi/, the one the browser prefers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        by_address = _activate_language_of(request)
        response = get_response(request)
        if not by_address:
            patch_vary_headers(response, ["Accept-Language"])
        if "Content-Language" not in response:
            response["Content-Language"] = translation.get_language() or languages.SWEDISH
        return response

    return middleware


def say_that_the_database_is_away(get_response: GetResponse) -> GetResponse:
    """Answer 503 at once while the page cache knows that the database cannot be reached.

    Else each request would wait for a connection, and soon nobody would be left to answer.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get(DATABASE_IS_AWAY) and request.path_info not in _WITHOUT_DATABASE:
            return errors.unavailable(request)
        return get_response(request)

    return middleware


def speak_the_users_language(get_response: GetResponse) -> GetResponse:
    """In the admin, speak the language that the logged-in user has chosen."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Tell the browser that no page needs the camera, the microphone or the place of its reader."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = (
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
        )
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


class CompressTexts(GZipMiddleware):
    """Sends pages and other texts compressed, which is a quarter of the bytes on a slow phone.

    Files are left alone: they are compressed already, and parts of them are asked for by bytes.
    Pages of readers hold no secret that their compressed length could tell (BREACH), and Django
    varies that length in the admin, whose forms hold one.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "application/xml")):
            return response
        return super().process_response(request, response)
