"""What the pages of good practice say in numbers."""

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def doing_so(number: int) -> str:
    """How many municipalities work by a practice, in words; nothing when none is known."""
    if not number:
        return ""
    words = ngettext(
        "%(number)d municipality does this", "%(number)d municipalities do this", number
    )
    return words % {"number": number}
