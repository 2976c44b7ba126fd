"""The second factor: what staff must have given in this very session.

A code by e-mail and a password are one factor each. An authenticator app, a recovery code and a
passkey are the second; a passkey that has checked its owner (finger, face, PIN) counts for both.
"""

import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

# Made at the server's own shell, where whoever stands has more than two factors would give.
LOGIN_LINK = "login_link"
SECOND_FACTORS = {"mfa", LOGIN_LINK}
# Where staff do their work. The account area itself is closed too, but for what follows.
AREAS = re.compile(r"/(admin|sv/natverket|fi/verkosto|sv/konto|fi/tili)/")
# What somebody without a second factor needs to get one or to give it, or to leave.
WAY_THERE = {
    "account_logout",
    "account_reauthenticate",
    "confirm_by_code",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "admin:language",
}
GetResponse = Callable[[HttpRequest], HttpResponse]


def second_factor_given(request: HttpRequest) -> bool:
    """Whether the logged-in user has given a second factor in this session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] in SECOND_FACTORS for record in records)


def has_second_factor(user: Any) -> bool:
    """Whether a user has an authenticator app or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def way_to_second_factor(request: HttpRequest) -> HttpResponse | None:
    """Where a staff user must go first, None for whoever may go on; costs no query then."""
    user = request.user
    if not (user.is_authenticated and user.is_staff) or second_factor_given(request):
        return None
    back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    if has_second_factor(user):
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        by_code = kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}
        name = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
        return HttpResponseRedirect(f"{reverse(name)}?{back}")
    return HttpResponseRedirect(f"{reverse('mfa_index')}?{back}")


def second_factor_for_staff(get_response: GetResponse) -> GetResponse:
    """Middleware: staff without a second factor in this session go nowhere but to give one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not AREAS.match(request.path_info) or (match and match.view_name in WAY_THERE):
            return None
        return way_to_second_factor(request)

    middleware.process_view = process_view
    return middleware


def authenticated_recently(request: HttpRequest) -> bool:
    """Whether the user has proved to be who they are in the last minutes.

    Whoever has a second factor proves it with that one.
    """
    accepted = SECOND_FACTORS if has_second_factor(request.user) else None
    records = [
        record
        for record in get_authentication_records(request, request.user)
        if accepted is None or record["method"] in accepted
    ]
    age = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(time.time() - record["at"] < age for record in records)


def recently_authenticated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: whoever has not proved lately to be who they are is asked to, and led back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_authenticated and authenticated_recently(request)):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return wrapped
