"""The sessions of a user: when each was last used, and their end."""

import time
from collections.abc import Callable
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation.accounts.second_factor import AREAS

PRECISION = 60  # seconds
NOTED_AT = "last_seen_noted_at"  # in the session, seconds since the epoch


def note_last_seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware: keep, to the minute, when a session was last used; no query in between."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if AREAS.match(request.path_info) and request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(NOTED_AT, 0) > PRECISION:
                request.session[NOTED_AT] = now
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=timezone.now()
                )
        return get_response(request)

    return middleware


def forget_ended_sessions() -> int:
    """Delete what is kept of sessions that have ended by themselves; how many there were."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    ended = [session for session in UserSession.objects.iterator() if not session.exists()]
    return UserSession.objects.filter(pk__in=[session.pk for session in ended]).delete()[0]
