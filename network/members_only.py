"""Who may open the network's pages: who may come in, and what others are told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.content.pages import Page, page_at
from municipalities.models import Municipality, RegionalActor
from network.models import Membership
from publications.access import opened_to_a_member
from publications.files import NOT_AT_ALL


@dataclass
class Member:
    """Who reads the network's pages: a person with a membership that holds, or one of the staff."""

    user: Any
    memberships: list[Membership]

    @cached_property
    def parties(self) -> list[Municipality | RegionalActor]:
        """The municipalities and regional actors the person belongs to; none for staff."""
        return [one.party for one in self.memberships]

    @property
    def since(self) -> datetime | None:
        """Until when the person has seen what is new; None for staff, who have no last visit."""
        if not self.memberships:
            return None
        return max(one.visited_before_at or one.invited_at for one in self.memberships)

    def note_visit(self) -> None:
        """Keep the moment; that of an earlier day stays as the last visit before."""
        now = timezone.now()
        for one in self.memberships:
            seen = one.visited_at
            if seen is None or timezone.localdate(seen) < timezone.localdate(now):
                one.visited_before_at = seen
            one.visited_at = now
            one.save(update_fields=["visited_at", "visited_before_at"])


def _memberships(request: HttpRequest) -> list[Membership]:
    of_user = Membership.objects.filter(user=request.user.pk)
    return list(of_user.select_related("user", "municipality", "regional_actor"))


def _is_staff_reader(user: Any) -> bool:
    return user.is_staff and user.is_active and user.has_perm("network.view_membership")


def members_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator of the network's views: checked anew for each request, stored by nobody.

    Inside, doors are open to what is for members; the view reads `request.member`. Everybody else
    is told what the pages are and how to come in.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = _memberships(request) if request.user.is_authenticated else []
        current = [one for one in known if one.is_current]
        if not current and not _is_staff_reader(request.user):
            return _private(_outside(request, known))
        request.member = Member(request.user, current)
        with opened_to_a_member():
            return _private(view(request, *args, **kwargs))

    return wrapped


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = NOT_AT_ALL
    response["X-Robots-Tag"] = "noindex"
    return response


def home_page(request: HttpRequest) -> Page:
    """The first page of the network, which strangers and members see at the same address."""
    return page_at(
        request,
        "members:home",
        title=_("For members of the network"),
        description=_(
            "For the people of the network's municipalities and regional actors, who log in."
        ),
    )


def _outside(request: HttpRequest, ended: list[Membership]) -> HttpResponseBase:
    """What the pages are and how to come in: 200 at their own address, 403 in place of another."""
    page = home_page(request)
    is_home = request.resolver_match is not None and request.resolver_match.url_name == "home"
    if not is_home:
        page.canonical, page.alternates = "", []
    way_back = urlencode({"next": request.get_full_path()})
    context = {
        "page": page,
        "is_home": is_home,
        "login": f"{resolve_url(settings.LOGIN_URL)}?{way_back}",
        "ended": max(ended, key=lambda one: one.valid_until, default=None),
    }
    return render(request, "network/outside.html", context, status=200 if is_home else 403)
