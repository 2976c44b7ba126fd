"""What search engines read of the project and its workshops (schema.org)."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.content.addresses import absolute
from portal.content.pages import json_ld
from projects.models import Organisation, Workshop

_STATUS = {
    Workshop.Status.CANCELLED: "https://schema.org/EventCancelled",
    Workshop.Status.MOVED: "https://schema.org/EventRescheduled",
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
    title, place = workshop.text("title"), workshop.text("place")
    return json_ld(
        {
            "@type": "Event",
            "name": title.value,
            "inLanguage": title.language,
            "description": str(workshop.text("lead")),
            "url": absolute(request, workshop.path()),
            "startDate": (workshop.day if workshop.is_all_day else workshop.starts_at).isoformat(),
            "endDate": (workshop.last_day if workshop.is_all_day else workshop.ends_at).isoformat(),
            "eventStatus": _STATUS.get(
                Workshop.Status(workshop.status), "https://schema.org/EventScheduled"
            ),
            "location": {"@type": "Place", "name": place.value} if place else None,
            "organizer": organisation(owner) if owner else None,
        }
    )
