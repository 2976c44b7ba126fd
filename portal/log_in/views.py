"""What django-allauth does not have: links, sessions ended one by one, a code to confirm."""

import time

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
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

from portal import errors
from portal.accounts import audit
from portal.accounts.devices import device
from portal.accounts.forms import CodeForm
from portal.accounts.log_in_links import take_login_link
from portal.accounts.models import AuditEntry
from portal.accounts.second_factor import LOGIN_LINK, has_second_factor

CODE_KEY = "confirm_by_code"
SHOWN_KEY = "recovery_codes_shown"
CODE_SECONDS, CODE_ATTEMPTS = 600, 3
DOWNLOAD_SECONDS = 600  # after the codes were shown


class PasswordLoginView(account.LoginView):
    """Log-in with address and password; what has begun elsewhere does not lead away from here."""


@require_http_methods(["GET", "HEAD", "POST"])
def login_link(request: HttpRequest, key: str) -> HttpResponse:
    """Log in by a link of the server's own shell; a button, because programs follow addresses."""
    if request.method != "POST":
        return TemplateResponse(request, "account/login_link.html", {})
    user = take_login_link(key)
    if user is None:
        audit.note(request, AuditEntry.Event.FAILED, detail=LOGIN_LINK)
        return TemplateResponse(request, "account/login_link.html", {"is_used": True}, status=410)
    request.session.flush()
    record_authentication(request, user, LOGIN_LINK)
    return perform_login(request, Login(user=user, email=user.email))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Prove by a code to one's own address to be who one is, while there is no second factor."""
    user = request.user
    if has_second_factor(user):
        return redirect(get_adapter().get_reauthentication_methods(user)[0]["url"])
    waiting = request.session.get(CODE_KEY)
    if waiting and time.time() - waiting["at"] > CODE_SECONDS:
        waiting = None
    if request.method == "POST" and request.POST.get("action") == "send":
        if not ratelimit.consume(request, action="request_login_code", key=user.email.lower()):
            return errors.too_many_requests(request)
        code = get_adapter().generate_login_code()
        waiting = {"code": code, "at": time.time(), "left": CODE_ATTEMPTS}
        request.session[CODE_KEY] = waiting
        get_adapter().send_mail("account/email/login_code", user.email, {"code": code})
        return redirect(request.get_full_path())
    form = CodeForm(
        request.POST if waiting and request.method == "POST" else None,
        code=waiting["code"] if waiting else None,
    )
    if form.is_bound and waiting:
        if form.is_valid():
            del request.session[CODE_KEY]
            record_authentication(request, user, "code", reauthenticated=True)
            return resume_request(request) or redirect("mfa_index")
        waiting["left"] -= 1
        if waiting["left"] > 0:
            request.session[CODE_KEY] = waiting
        else:
            del request.session[CODE_KEY]
            return errors.too_many_requests(request)
    return TemplateResponse(
        request,
        "account/confirm_by_code.html",
        {"form": form, "is_sent": bool(waiting), "next": request.GET.get("next", "")},
    )


def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once; for a while afterwards they may be fetched as a file."""
    response = view_recovery_codes(request)
    if isinstance(response, TemplateResponse) and response.context_data["can_view_codes"]:
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
    lines = [_("Recovery codes for %(email)s") % {"email": request.user.email}, ""]
    lines += codes.wrap().get_unused_codes()
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    name = _("recovery-codes")
    response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in, this session first; a POST ends all others."""
    found = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        _end(request, [session for session in found if not session.is_current()])
        return redirect("usersessions_list")
    for session in found:
        session.device = device(session.user_agent)
    found.sort(key=lambda session: (not session.is_current(), -session.last_seen_at.timestamp()))
    return TemplateResponse(request, "usersessions/usersession_list.html", {"sessions": found})


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions, at once."""
    _end(request, [get_object_or_404(UserSession, pk=pk, user=request.user)])
    return redirect("usersessions_list")


def _end(request: HttpRequest, found: list[UserSession]) -> None:
    for session in found:
        session.end()
        audit.note(
            request, AuditEntry.Event.SESSION_ENDED, request.user, device(session.user_agent)
        )
