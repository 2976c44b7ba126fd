"""The sessions of a user: when each was last used, and their end."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.second_factor import AREAS

PRECISION = timedelta(minutes=1)


def note_last_seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: keep, to the minute, when a session was last used; one query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if AREAS.match(request.path_info) and request.user.is_authenticated:
            now = timezone.now()
            UserSession.objects.filter(
                session_key=request.session.session_key, last_seen_at__lt=now - PRECISION
            ).update(last_seen_at=now)
        return get_response(request)

    return middleware


def forget_ended_sessions() -> int:
    """Delete what is kept of sessions that have ended by themselves; how many there were."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    ended = [session for session in UserSession.objects.iterator() if not session.exists()]
    return UserSession.objects.filter(pk__in=[session.pk for session in ended]).delete()[0]
