"""Writes log-ins into the audit trail; changes of users and rights are written by triggers."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import login_code_rejected, password_changed, password_set
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from foundation.accounts.devices import device, network
from foundation.accounts.models import AuditEntry, User

Event = AuditEntry.Event


def note(request: HttpRequest | None, event: Event, about: Any = None, detail: str = "") -> None:
    """Write an entry about a user, from the device that the request comes from."""
    where = {}
    who = getattr(request, "user", None)
    if request is not None:
        where = {
            "network": network(get_client_ip(request)),
            "device": device(request.headers.get("User-Agent", "")),
        }
    AuditEntry.objects.create(
        event=event,
        who=getattr(who, "email", ""),
        about=about.email if about else "",
        detail=detail[:500],
        **where,
    )


@receiver(user_logged_in)
def logged_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """By what: the factors given in this session, such as "code, totp"."""
    factors = (
        record.get("type") or record["method"]
        for record in get_authentication_records(request, user)
    )
    note(request, Event.LOGGED_IN, user, ", ".join(dict.fromkeys(factors)))


@receiver(user_logged_out)
def logged_out(sender: Any, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        note(request, Event.LOGGED_OUT, user)


@receiver(user_login_failed)
def password_refused(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any
) -> None:
    """What was typed is kept only where it is the address of a user: it may be a password."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    note(request, Event.FAILED, User.objects.filter(email__iexact=typed).first(), "password")


@receiver(login_code_rejected)
def code_refused(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    note(request, Event.FAILED, user, "code")


@receiver(mfa.authentication_failed)
def factor_refused(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any
) -> None:
    note(request, Event.FAILED, user, authenticator.type)


@receiver(mfa.authenticator_added)
def factor_added(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any
) -> None:
    """Who has just shown a code of the new app, or touched the new key, has given the factor."""
    note(request, Event.FACTOR_ADDED, user, authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )


@receiver(mfa.authenticator_reset)
def codes_made_anew(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    note(request, Event.FACTOR_ADDED, user, Authenticator.Type.RECOVERY_CODES)


@receiver(mfa.authenticator_removed)
def factor_removed(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any
) -> None:
    note(request, Event.FACTOR_REMOVED, user, authenticator.type)


@receiver(mfa.authenticator_used)
def recovery_code_used(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any
) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(request, Event.RECOVERY_USED, user)


@receiver([password_set, password_changed])
def password_is_new(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    note(request, Event.PASSWORD_CHANGED, user)
