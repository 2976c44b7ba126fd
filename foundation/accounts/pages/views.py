"""What django-allauth does not have: log-in links, and sessions ended one by one."""

import time

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.accounts import audit
from foundation.accounts.devices import device
from foundation.accounts.log_in_links import take_login_link
from foundation.accounts.models import AuditEntry
from foundation.accounts.second_factor import LOGIN_LINK

SHOWN_KEY = "recovery_codes_shown"
DOWNLOAD_SECONDS = 600  # after the codes were shown


@require_http_methods(["GET", "HEAD", "POST"])
def login_link(request: HttpRequest, key: str) -> HttpResponse:
    """Log in by a link of the server's own shell; a button, because programs follow addresses."""
    if request.method != "POST":
        return TemplateResponse(request, "account/login_link.html", {})
    if not ratelimit.consume(request, action="login"):
        return ratelimit.respond_429(request)
    user = take_login_link(key)
    if user is None:
        audit.note(request, AuditEntry.Event.FAILED, detail=LOGIN_LINK)
        return TemplateResponse(request, "account/login_link.html", {"is_used": True}, status=410)
    request.session.flush()
    record_authentication(request, user, LOGIN_LINK)
    return perform_login(request, Login(user=user, email=user.email))


def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once; for a while afterwards they may be fetched as a file."""
    response = view_recovery_codes(request)
    context = getattr(response, "context_data", None)
    if context and context["can_view_codes"]:
        request.session[SHOWN_KEY] = time.time()
    return response


@login_required
@require_safe
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes that have just been shown in this session, as a file."""
    if time.time() - request.session.get(SHOWN_KEY, 0) > DOWNLOAD_SECONDS:
        raise Http404
    codes = get_object_or_404(
        Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES
    )
    lines = [_("Recovery codes for %(email)s") % {"email": codes.user.email}, ""]
    lines += codes.wrap().get_unused_codes()
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    name = _("recovery-codes")
    response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in, this session first; a POST ends all others."""
    user_sessions = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        _end(request, [session for session in user_sessions if not session.is_current()])
        return redirect("usersessions_list")
    for session in user_sessions:
        session.device = device(session.user_agent)
    user_sessions.sort(
        key=lambda session: (not session.is_current(), -session.last_seen_at.timestamp())
    )
    return TemplateResponse(
        request, "usersessions/usersession_list.html", {"sessions": user_sessions}
    )


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions, at once."""
    _end(request, [get_object_or_404(UserSession, pk=pk, user=request.user)])
    return redirect("usersessions_list")


def _end(request: HttpRequest, user_sessions: list[UserSession]) -> None:
    for session in user_sessions:
        session.end()
        audit.note(
            request, AuditEntry.Event.SESSION_ENDED, request.user, device(session.user_agent)
        )
