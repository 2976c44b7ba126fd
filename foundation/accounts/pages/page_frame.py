"""The pages of log-in and of one's own account, in the frame of every other page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.cache import add_never_cache_headers

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.pages import Page, page_at

View = Callable[..., HttpResponse]
LIMITS = {"too_many_login_attempts", "rate_limited"}


class _Here:
    """This very address in each language."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments

    def path(self, language: str, route: str) -> str:
        return address(route, language, **self.arguments)


def page_here(request: HttpRequest, title: str, description: str = "") -> Page:
    """The page that is asked for; search engines are told of none."""
    query = request.GET.urlencode()
    match = resolve(request.path_info)
    page = page_at(
        request,
        match.view_name,
        title=str(title),
        of=_Here(match.kwargs),  # type: ignore[arg-type]
        description=str(description),
        queries=dict.fromkeys(languages.CODES, query),
    )
    page.canonical, page.alternates = "", []
    return page


def as_page(view: View, title: Any, **more: Any) -> View:
    """A view of the library, as a page of ours: with a frame, and never kept by anybody."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            # The library's "site" would stand in front of ours.
            context = {k: v for k, v in (response.context_data or {}).items() if k != "site"}
            response.context_data = {
                **context,
                "page": page_here(request, title),
                "mail_is_set_up": "dummy" not in settings.EMAIL_BACKEND,
                **more,
            }
            response.status_code = _status(response.status_code, context)
        return response

    return wrapped


def _status(status: int, context: dict[str, Any]) -> int:
    """429 for a form that came too often, 422 for one with another error."""
    forms = (context.get("form"), context.get("webauthn_form"))
    errors = [
        error
        for form in forms
        if form is not None and form.is_bound
        for errors in form.errors.as_data().values()
        for error in errors
    ]
    if any(error.code in LIMITS for error in errors):
        return 429
    return 422 if errors else status
