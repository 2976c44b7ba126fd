"""Template tags that place the drawings of ``portal.drawings``."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from foundation.content import languages
from foundation.content.addresses import absolute
from portal import drawings, social_pictures
from projects.templatetags.motifs import colour

register = template.Library()


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
        f"{drawings.mark()}</svg>"
    )


@register.simple_tag
def hero(themes: Iterable[Any] = ()) -> SafeString:
    """Return the weave of the start page for the main themes of the half-years, in order."""
    colours = [colour(theme) or None for theme in themes or ()] or [None] * 5
    return mark_safe(drawings.hero(colours))  # noqa: S308 -- drawn from numbers and known names
