"""Proving by a code to one's own address to be who one is, while there is no second factor."""

import time
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from foundation.accounts import audit
from foundation.accounts.forms import CodeForm
from foundation.accounts.models import AuditEntry, User
from foundation.accounts.second_factor import has_second_factor

KEY = "confirm_by_code"
SECONDS, ATTEMPTS = 600, 3


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and take it."""
    user = cast(User, request.user)
    if has_second_factor(user):
        return redirect(get_adapter().get_reauthentication_methods(user)[0]["url"])
    if request.method == "POST" and request.POST.get("action") == "send":
        return _send(request, user)
    waiting = _waiting(request)
    form = CodeForm(
        request.POST if waiting and request.method == "POST" else None,
        code=waiting["code"] if waiting else None,
    )
    if waiting and form.is_bound:
        if form.is_valid():
            del request.session[KEY]
            record_authentication(request, user, "code", reauthenticated=True)
            return resume_request(request) or redirect("mfa_index")
        if not _may_try_again(request, user, waiting):
            return ratelimit.respond_429(request)
    context = {"form": form, "is_sent": bool(waiting), "next": request.GET.get("next", "")}
    return TemplateResponse(request, "account/confirm_by_code.html", context)


def _waiting(request: HttpRequest) -> dict[str, Any] | None:
    """The code that was sent in this session and still works."""
    waiting = request.session.get(KEY)
    return waiting if waiting and time.time() - waiting["at"] < SECONDS else None


def _send(request: HttpRequest, user: User) -> HttpResponse:
    if not ratelimit.consume(request, action="request_login_code", key=user.email.lower()):
        return ratelimit.respond_429(request)
    code = get_adapter().generate_login_code()
    request.session[KEY] = {"code": code, "at": time.time(), "left": ATTEMPTS}
    get_adapter().send_mail("account/email/login_code", user.email, {"code": code})
    return redirect(request.get_full_path())


def _may_try_again(request: HttpRequest, user: User, waiting: dict[str, Any]) -> bool:
    """Count a wrong code; the last one of three takes the right one with it."""
    audit.note(request, AuditEntry.Event.FAILED, user, "code")
    waiting["left"] -= 1
    if waiting["left"]:
        request.session[KEY] = waiting
    else:
        del request.session[KEY]
    return waiting["left"] > 0
