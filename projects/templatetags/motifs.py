"""Template tags that place the drawings of `projects.motifs`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from projects import motifs

register = template.Library()


@register.filter
def colour(theme: Any) -> str:
    """Return the name of a theme's colour for class names, "" where there is no theme."""
    number = getattr(theme, "thread", None)
    return motifs.THREADS[number - 1] if number else ""


@register.simple_tag
def motif(theme: Any) -> SafeString:
    """Return the small drawing that marks what belongs to a theme, or nothing."""
    name = colour(theme)
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="motif thread-{}" aria-hidden="true" focusable="false" viewBox="0 0 13 13">'
        '<path d="{}"/></svg>',
        name,
        motifs.motif_path(name),
    )


@register.simple_tag
def timeline_piece(*themes: Any, is_unknown: bool = False) -> SafeString:
    """Return one half-year's piece of the timeline with the colours of its themes raised."""
    return mark_safe(  # noqa: S308 -- drawn from numbers and known names
        motifs.timeline_piece(filter(None, map(colour, themes)), is_unknown=is_unknown)
    )
