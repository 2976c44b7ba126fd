"""Every feed and calendar of the portal on one page, with how to follow them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.pages import page_at
from municipalities.models import Municipality
from projects.models import Participation, Theme


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """What there is to subscribe to: the whole portal, each theme, each municipality."""
    in_the_network = Participation.objects.of_municipalities().values("municipality")
    context = {
        "page": page_at(
            request,
            "portal:feeds",
            title=_("Feeds and calendars"),
            description=_(
                "Follow the portal in a program of your own, without leaving an address."
            ),
        ),
        "themes": list(Theme.objects.published()),
        "municipalities": list(
            Municipality.objects.filter(pk__in=in_the_network).in_order(languages.current())
        ),
    }
    return render(request, "portal/feeds.html", context)
