"""What templates of the admin ask the history."""

from datetime import datetime
from typing import Any

from django import template

from foundation.history import deletions
from foundation.history.recording import recorded_kinds

register = template.Library()


@register.simple_tag
def kept_until(options: Any) -> datetime | None:
    """Until when an item of the model that is deleted now can be had back; None if never."""
    return deletions.until() if options.db_table in recorded_kinds() else None
