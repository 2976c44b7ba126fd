"""The one way templates read translated texts: whatever they get, its language is marked."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.contents_list import FEWEST_HEADINGS, Section, anchored
from foundation.content.pages import only_in
from foundation.content.publication import State
from foundation.content.texts import Text, text_of

register = template.Library()

# Django's date formats: Finnish puts the month in another case (E) after an ordinal number.
IN_WORDS = {"sv": "l j F Y", "fi": "l j. E Y"}


def _marked(text: Text) -> SafeString:
    if text.is_other:
        return format_html('<span lang="{}">{}</span>', text.language, text.value)
    return format_html("{}", text.value)


@register.filter
def text(item: Any, field: str) -> SafeString:
    """The text of a field; in the other language it stands in an element with its `lang`."""
    return _marked(text_of(item, field))


@register.filter
def plain(item: Any, field: str) -> str:
    """The bare text of a field, for attributes and titles whose element carries the `lang`."""
    return text_of(item, field).value


@register.filter
def other_text(item: Any, field: str) -> SafeString:
    """The text of a field in the other language, marked as such; empty where it is no other."""
    here = text_of(item, field)
    there = text_of(item, field, languages.other(languages.current()))
    if there.is_other or there.value == here.value:
        return mark_safe("")
    return format_html('<span lang="{}">{}</span>', there.language, there.value)


@register.filter
def has(item: Any, field: str) -> bool:
    """True when the field has a text that a reader may be shown, in either language."""
    return bool(text_of(item, field))


@register.filter
def lang(item: Any, field: str) -> str:
    """The language of a field's text when it is the other one, else nothing."""
    found = text_of(item, field)
    return found.language if found.is_other else ""


@register.filter
def richtext(item: Any, field: str) -> SafeString:
    """The HTML of a rich field; in the other language with its `lang`, after a visible note.

    The value was sanitised on its way into the database.
    """
    found = text_of(item, field)
    if not found:
        return mark_safe("")
    # Other rich texts are parts under a heading of the page's own.
    html = mark_safe(anchored(found)[0] if field == "body" else found.value)  # noqa: S308
    if not found.is_other:
        return format_html('<div class="prose">{}</div>', html)
    # A page that exists in one language only has said so at its top, once.
    note = (
        format_html('<p class="language-note">{}</p>', only_in(found.language))
        if languages.current() in item.languages
        else ""
    )
    return format_html('{}<div class="prose" lang="{}">{}</div>', note, found.language, html)


@register.filter
def sections(item: Any, field: str) -> list[Section]:
    """The sections of an item's body that its contents list names; none where they are few."""
    found = anchored(text_of(item, field))[1]
    return found if len(found) >= FEWEST_HEADINGS else []


@register.filter
def lines(item: Any, field: str) -> list[Text]:
    """The lines of a field that holds one thing on each."""
    found = text_of(item, field)
    return [
        Text(line.strip(), found.language, found.asked)
        for line in found.value.splitlines()
        if line.strip()
    ]


@register.filter
def own_lines(item: Any, field: str) -> list[str]:
    """The lines of a field in the reader's language only, for what does not translate.

    A Finnish synonym is no synonym of a Swedish word.
    """
    found = text_of(item, field)
    return [] if found.is_other else [str(line) for line in lines(item, field)]


@register.filter
def marked(found: Text) -> SafeString:
    """A text that is already at hand, marked with its language if it is the other one."""
    return _marked(found)


@register.filter
def public(item: Any) -> Any:
    """The item while readers may see it, else nothing: for links from one item to another."""
    return item if item and item.state_at() == State.PUBLISHED else None


@register.filter
def language_mark(item: Any) -> SafeString:
    """For lists: a mark on what exists in the other language only."""
    here = languages.current()
    if here in item.languages:
        return mark_safe("")
    label = _("in Finnish") if here == languages.SWEDISH else _("in Swedish")
    return format_html('<span class="language-mark">{}</span>', label)


@register.simple_tag
def link(item: Any, css_class: str = "") -> SafeString:
    """A link to an item's page, named by its title and marked with the title's language."""
    title = text_of(item, item.name_field)
    attributes = mark_safe("")
    if title.is_other:
        attributes = format_html(' lang="{0}" hreflang="{0}"', title.language)
    if css_class:
        attributes += format_html(' class="{}"', css_class)
    return format_html('<a href="{}"{}>{}</a>', item.path(), attributes, title.value)


@register.simple_tag
def address(item: Any, route: str = "", **arguments: Any) -> str:
    """The address of an item's page, or of a page under it, in the reader's language."""
    return item.path(route=route or None, **arguments)


@register.simple_tag(takes_context=True)
def whole_address(context: dict[str, Any], path: str, scheme: str = "") -> str:
    """A path as a whole address, to copy or, with the scheme `webcal`, to subscribe to."""
    found = absolute(context["request"], path)
    return f"{scheme}:{found.partition(':')[2]}" if scheme else found


def _written(value: date) -> str:
    return f"{value.day}.{value.month}.{value.year}"


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """A day as both languages write it, with its year, in a `time` element."""
    if value is None:
        return mark_safe("")
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _written(value))


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


@register.filter
def day_in_words(value: date) -> SafeString:
    """A day with its weekday and month in words: torsdag 11 oktober 2018."""
    written = date_format(value, IN_WORDS[languages.current()])
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


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


@register.filter
def file_size(size: int) -> str:
    """A size in bytes as people read it: 85 kB, 1,4 MB; in Finnish 85 kt, 1,4 Mt.

    Decimal units (IEC 80000-13); a byte is a *tavu* in Finnish.
    """
    byte = "t" if languages.current() == languages.FINNISH else "B"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\xa0k{byte}"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + f"\xa0M{byte}"


@register.filter
def duration(seconds: int) -> str:
    """A length in seconds as minutes and seconds: 1.05 min; under a minute 31 s."""
    if seconds < 60:
        return f"{seconds}\xa0s"
    return f"{seconds // 60}.{seconds % 60:02}\xa0min"
