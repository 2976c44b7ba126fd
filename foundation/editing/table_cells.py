"""What the cells of a table say: days, times, numbers and choices, as people write them."""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.content import languages
from foundation.editing.table_import import shown


def day_of(cell: str) -> date:
    """A day written 2018-10-11 or 11.10.2018."""
    if parts := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", cell, re.ASCII):
        year, month, day = map(int, parts.groups())
    elif parts := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", cell, re.ASCII):
        day, month, year = map(int, parts.groups())
    else:
        problem = _("“%(value)s” is no date; write it 11.10.2018 or 2018-10-11.")
        raise ValidationError(problem % {"value": shown(cell)})
    try:
        return date(year, month, day)
    except ValueError as error:
        problem = _("there is no day %(value)s.")
        raise ValidationError(problem % {"value": cell}) from error


def time_of(cell: str) -> time:
    """A time of the day written 9:00 or 9.00."""
    parts = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.]00)?", cell, re.ASCII)
    if not parts or int(parts[1]) > 23 or int(parts[2]) > 59:
        problem = _("“%(value)s” is no time; write it 9.00 or 9:00.")
        raise ValidationError(problem % {"value": shown(cell)})
    return time(int(parts[1]), int(parts[2]))


def number_of(cell: str) -> int:
    """A whole number, such as 26."""
    if not re.fullmatch(r"\d{1,9}", cell, re.ASCII):
        problem = _("“%(value)s” is no whole number.")
        raise ValidationError(problem % {"value": shown(cell)})
    return int(cell)


def lines_of(cell: str) -> str:
    """A text with one thing on each line, of a cell that parts them with vertical lines."""
    return "\n".join(filter(None, (part.strip() for part in cell.split("|"))))


def words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    """The words for each choice in either language, and the value itself, in small letters."""
    words = {}
    for value in choices.values:
        words[value.casefold()] = value
        for code in languages.CODES:
            with override(code):
                words[str(choices(value).label).casefold()] = value
    return words
