"""When a workshop is, as its pages and files write it."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation.content.templatetags.content import day

register = template.Library()


@register.simple_tag
def period(workshop: Any) -> SafeString:
    """When a workshop takes place: 11.10.2018 kl. 9–12, or the day or days alone."""
    first, last = workshop.day, workshop.last_day
    written = day(first)
    if last != first:
        written = format_html("{}–{}", written, day(last))
    if workshop.is_all_day:
        return written
    return format_html("{} {}", written, hours(workshop))


@register.simple_tag
def hours(workshop: Any) -> SafeString:
    """The times of a workshop by the clock: kl. 9–12; nothing when they are not known."""
    if workshop.is_all_day:
        return mark_safe("")
    start, end = _clock(workshop.start_time), _clock(workshop.end_time)
    return format_html(
        '<time datetime="{}">{}</time>',
        workshop.starts_at.isoformat(),
        _("%(start)s–%(end)s o'clock") % {"start": start, "end": end},
    )


def _clock(value: Any) -> str:
    return f"{value.hour}" if not value.minute else f"{value.hour}.{value.minute:02}"
