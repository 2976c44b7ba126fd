"""Template tags that place the drawings of ``portal.weave``."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from portal import social_pictures, weave
from portal import title_card as covers

register = template.Library()


@register.filter
def thread(theme: Any) -> str:
    """Return the name of a theme's thread for class names, "" where there is no theme."""
    number = getattr(theme, "thread", None)
    return weave.THREADS[number - 1] if number else ""


@register.simple_tag
def motif(theme: Any) -> SafeString:
    """Return the small drawing that marks what belongs to a theme, or nothing."""
    name = thread(theme)
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="motif thread-{}" aria-hidden="true" focusable="false" viewBox="0 0 13 13">'
        '<path d="{}"/></svg>',
        name,
        weave.motif_path(name),
    )


@register.simple_tag(takes_context=True)
def social_picture(context: Context) -> str:
    """Return the address of the picture that other sites show beside a link to the page."""
    item = context["page"].item
    if item is None:
        return context["site"].social_picture
    return absolute(context["request"], social_pictures.address_of(item, languages.current()))


@register.simple_tag
def mark() -> SafeString:
    """Return the mark of the portal."""
    return mark_safe(  # noqa: S308 -- drawn from constants
        '<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        f"{weave.mark()}</svg>"
    )


@register.simple_tag
def hero_weave(themes: Iterable[Any] = ()) -> SafeString:
    """Return the weave of the start page for the main themes of the half-years, in order."""
    threads = [thread(theme) or None for theme in themes or ()] or [None] * 5
    return mark_safe(weave.hero(threads))  # noqa: S308 -- drawn from numbers and known names


@register.simple_tag
def strand(*themes: Any, is_unknown: bool = False) -> SafeString:
    """Return one half-year's piece of the timeline with the threads of its themes raised."""
    return mark_safe(  # noqa: S308 -- drawn from numbers and known names
        weave.strand(filter(None, map(thread, themes)), is_unknown=is_unknown)
    )


@register.simple_tag
def title_card(item: Any, kind: str, theme: Any) -> SafeString:
    """Return the drawn cover of an item that has no picture of its own."""
    title = item.text("title")
    drawn = covers.title_card(
        title.value, kind, thread(theme), title.language if title.is_other else ""
    )
    return mark_safe(drawn)  # noqa: S308 -- drawn from escaped words and known names
