"""Calendar files: workshops as the calendar programs of those who follow them read them.

By RFC 5545 and, for names and refreshing, RFC 7986. What was decided about them stands in
docs/calendars.md.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import condition
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
    vText,
)

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.pages import only_in, written_day
from foundation.content.publication import State
from foundation.content.texts import Text
from projects.models import Workshop
from projects.models.workshop import HELSINKI

MAX_AGE = 900  # seconds that a copy may be used unasked
REFRESH = timedelta(hours=12)  # how often a subscriber's program shall ask again

_MAKER = {
    "sv": "-//Kommunförbundet//Kommunen som välfärdsfrämjare//SV",
    "fi": "-//Kuntaliitto//Kunta hyvinvoinnin edistäjänä//FI",
}
_STATUS = {
    Workshop.Status.PLANNED: "TENTATIVE",
    Workshop.Status.CONFIRMED: "CONFIRMED",
    Workshop.Status.MOVED: "CONFIRMED",
    Workshop.Status.HELD: "CONFIRMED",
    Workshop.Status.CANCELLED: "CANCELLED",
}


def calendar(request: HttpRequest, workshops: Iterable[Workshop], name: str = "") -> bytes:
    """Workshops as an iCalendar file in the reader's language.

    A calendar to subscribe to has a name. A file without one is a single entry to add: Outlook
    would open a named one as a calendar of its own.
    """
    file = Calendar()
    file.add("prodid", _MAKER[languages.current()])
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    if name:
        for key in ("name", "x-wr-calname"):
            file.add(key, vText(_one_line(name)))  # icalendar escapes an X- name only as a vText
        file.add("x-wr-timezone", vText(HELSINKI.key))
        file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        file.add("x-published-ttl", vDuration(REFRESH))  # a name icalendar has no type for
    file.add_component(_helsinki())
    for workshop in workshops:
        file.add_component(_event(request, workshop))
    return file.to_ical()


def calendar_response(request: HttpRequest, content: bytes, file_name: str) -> HttpResponse:
    """A calendar file with its validator, or 304 for whoever has it already.

    The file's name is made of a slug, so it needs no quoting.
    There is no Last-Modified: an entry that leaves the calendar would turn it back.
    """
    etag = f'"{hashlib.sha256(content).hexdigest()}"'

    def whole(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{file_name}"'
        return response

    response = condition(etag_func=lambda *_: etag)(whole)(request)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _helsinki() -> Timezone:
    """Europe/Helsinki by the rule of the European Union, which is in force since 1996."""
    summer, winter = timedelta(hours=3), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", HELSINKI.key)
    for part, name, since, before, after in (
        (TimezoneDaylight(), "EEST", datetime(1996, 3, 31, 3), winter, summer),
        (TimezoneStandard(), "EET", datetime(1996, 10, 27, 4), summer, winter),
    ):
        part.add("tzname", name)
        part.add("dtstart", since)  # by the clock that is left behind (RFC 5545, 3.6.5)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": since.month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def _event(request: HttpRequest, workshop: Workshop) -> Event:
    event = Event()
    event.add("uid", str(workshop.uid))
    event.add("sequence", workshop.sequence)
    # Without a METHOD the stamp, too, says when the entry last changed (RFC 5545, 3.8.7.2).
    event.add("dtstamp", workshop.updated_at)
    event.add("last-modified", workshop.updated_at)
    event.add("status", _STATUS[Workshop.Status(workshop.status)])
    if workshop.is_all_day:
        event.add("dtstart", workshop.day)
        event.add("dtend", workshop.last_day + timedelta(days=1))  # the first day after it
    else:
        event.add("dtstart", workshop.starts_at)
        event.add("dtend", workshop.ends_at)
    if workshop.is_cancelled:
        event.add("transp", "TRANSPARENT")  # nobody is busy with it any more
    address = absolute(request, workshop.path())
    _add(event, "summary", _summary(workshop))
    _add(event, "location", _location(workshop))
    _add(event, "description", _description(workshop, address))
    event.add("url", address)
    if workshop.theme and workshop.theme.state_at() == State.PUBLISHED:
        title = workshop.theme.text("title")
        event.add("categories", [_one_line(title.value)], parameters=_spoken(title))
    return event


def _add(event: Event, name: str, text: Text) -> None:
    if text:
        event.add(name, text.value, parameters=_spoken(text))


def _spoken(text: Text) -> dict[str, Any]:
    return {"LANGUAGE": text.language}


def _summary(workshop: Workshop) -> Text:
    """The title; many programs show no STATUS, so a cancelled workshop says so here too."""
    title = workshop.text("title")
    value = _one_line(title.value)
    if workshop.is_cancelled:
        with override(title.language):
            value = _("Cancelled: %(title)s") % {"title": value}
    return Text(value, title.language, title.asked)


def _location(workshop: Workshop) -> Text:
    place, here = workshop.text("place"), languages.current()
    if not place and workshop.online_url:
        return Text(_("Online"), here, here)
    return Text(_one_line(place.value), place.language, place.asked)


def _description(workshop: Workshop, address: str) -> Text:
    """What it is about, and at the end its address: calendar programs seldom show the URL.

    Everything is in the language of the lead, but for the note to a reader of the other one.
    """
    lead = workshop.text("lead")
    has_passed = workshop.last_day < timezone.localdate()
    parts = []
    if languages.current() not in workshop.languages:
        parts.append(only_in(lead.language))
    with override(lead.language):
        parts.append(_state(workshop, has_passed))
        parts.append("\n".join(_one_line(line) for line in lead.value.splitlines()))
        if workshop.online_url and not has_passed and not workshop.is_cancelled:
            parts.append(_("Take part online: %(address)s") % {"address": workshop.online_url})
        if workshop.is_example:
            parts.append(_("This is an example, made to show how the portal works."))
    parts.append(address)
    return Text("\n\n".join(part for part in parts if part), lead.language, lead.asked)


def _state(workshop: Workshop, has_passed: bool) -> str:
    if workshop.is_cancelled and has_passed:
        return _("The workshop did not take place.")
    if workshop.is_cancelled:
        return _("The workshop will not take place.")
    if workshop.status == Workshop.Status.MOVED:
        new = _("The date, time and place given here are the new ones.")
        if workshop.moved_from is None:
            return new
        former = _("Moved from %(day)s") % {"day": written_day(workshop.moved_from)}
        return f"{former}. {new}"
    if workshop.status == Workshop.Status.PLANNED and not has_passed:
        return _("The date and place may still change.")
    return ""


def _one_line(text: str) -> str:
    """A text without control characters, which no calendar may hold, and without line breaks.

    The separators U+2028 and U+2029 end a line for some readers of calendars.
    """
    unsafe = {"Cc", "Zl", "Zp"}
    return " ".join("".join(" " if unicodedata.category(c) in unsafe else c for c in text).split())
