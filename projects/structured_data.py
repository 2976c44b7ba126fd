"""What search engines read of the project and its workshops (schema.org)."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.content.addresses import absolute
from foundation.content.pages import json_ld
from projects.models import Organisation, Workshop, WorkshopSeries

_STATUS = {
    Workshop.Status.CANCELLED: "EventCancelled",
    Workshop.Status.MOVED: "EventRescheduled",
}


def organisation(owner: Organisation) -> dict:
    """An organisation as schema.org sees it."""
    return {
        "@type": "Organization",
        "name": str(owner.text("name")),
        "url": str(owner.text("website")),
    }


def event(request: HttpRequest, workshop: Workshop, owner: Organisation | None) -> SafeString:
    """A workshop as an Event; its place only where it is known."""
    return json_ld(
        _event(request, workshop) | {"organizer": organisation(owner) if owner else None}
    )


def event_series(
    request: HttpRequest, series: WorkshopSeries, workshops: list[Workshop]
) -> SafeString:
    """A process of several workshops as an EventSeries with its events."""
    title = series.text("title")
    return json_ld(
        {
            "@type": "EventSeries",
            "name": title.value,
            "inLanguage": title.language,
            "description": str(series.text("lead")),
            "url": absolute(request, series.path()),
            "startDate": _starts(workshops[0]) if workshops else "",
            "endDate": _ends(workshops[-1]) if workshops else "",
            "subEvent": [_event(request, workshop) for workshop in workshops],
        }
    )


def _starts(workshop: Workshop) -> str:
    return (workshop.day if workshop.is_all_day else workshop.starts_at).isoformat()


def _ends(workshop: Workshop) -> str:
    return (workshop.last_day if workshop.is_all_day else workshop.ends_at).isoformat()


def _event(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    title, place = workshop.text("title"), workshop.text("place")
    status = _STATUS.get(Workshop.Status(workshop.status), "EventScheduled")
    places: list[dict[str, Any]] = [{"@type": "Place", "name": place.value}] if place else []
    if workshop.online_url and workshop.is_to_come:
        places.append({"@type": "VirtualLocation", "url": workshop.online_url})
    return {
        "@type": "Event",
        "name": title.value,
        "inLanguage": title.language,
        "description": str(workshop.text("lead")),
        "url": absolute(request, workshop.path()),
        "startDate": _starts(workshop),
        "endDate": _ends(workshop),
        "previousStartDate": workshop.moved_from.isoformat() if workshop.moved_from else "",
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": _attendance(bool(place), bool(workshop.online_url)),
        "location": places[0] if len(places) == 1 else places,
    }


def _attendance(at_a_place: bool, online: bool) -> str:
    """How one takes part, or nothing where it is not known."""
    if not at_a_place and not online:
        return ""
    mode = "Mixed" if at_a_place and online else "Online" if online else "Offline"
    return f"https://schema.org/{mode}EventAttendanceMode"
