"""The fields of a data set: their names, what they hold, and how they are read from a row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models import Addressed, Content

Value = str | int | float | bool | list | None


@dataclass(frozen=True)
class Field:
    """One field, or the two of a text that has a column for each language."""

    name: str
    explanation: str | Promise
    read: Callable[[Any, str], Any]
    is_in_both: bool = False

    @property
    def keys(self) -> list[str]:
        """What the field is called in the files: these never change."""
        return (
            [f"{self.name}_{code}" for code in languages.CODES] if self.is_in_both else [self.name]
        )

    def values(self, row: Any) -> Iterator[tuple[str, Value]]:
        """The keys with what the row holds; a language it does not exist in is empty."""
        if not self.is_in_both:
            yield self.name, written(self.read(row, ""))
            return
        for code in languages.CODES:
            exists = code in languages_of(row)
            yield f"{self.name}_{code}", written(self.read(row, code)) if exists else None


def languages_of(row: Any) -> tuple[str, ...]:
    """The languages readers may be shown; a part of a publication has those of the whole."""
    whole = row if isinstance(row, Content) else getattr(row, "publication", row)
    return whole.languages


def written(value: Any) -> Value:
    """A value as both formats write it: days and moments by ISO 8601, moments in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool | int | list):
        return value
    return str(value) if value not in (None, "") else None


def plain(name: str, explanation: str | Promise, attribute: str = "") -> Field:
    """A field that has no language, read from an attribute (of its own name, if none is given)."""

    def read(row: Any, _language: str) -> Any:
        value = row
        for part in (attribute or name).split("."):
            value = getattr(value, part)
        return value

    return Field(name, explanation, read)


def text(name: str, explanation: str | Promise, attribute: str = "") -> Field:
    """A text in both languages; the columns themselves, never one in place of the other."""

    def read(row: Any, language: str) -> Any:
        *way, last = (attribute or name).split(".")
        for part in way:
            row = getattr(row, part)
        return getattr(row, f"{last}_{language}")

    return Field(name, explanation, read, is_in_both=True)


def lines(name: str, explanation: str | Promise) -> Field:
    """A text with one thing on each line, as a list in both languages."""

    def read(row: Any, language: str) -> list[str] | None:
        stored = getattr(row, f"{name}_{language}")
        return [line.strip() for line in stored.splitlines() if line.strip()] if stored else None

    return Field(name, explanation, read, is_in_both=True)


def page_address(absolute: Callable[[str], str]) -> Callable[[Any, str], str]:
    """Reads the whole address of a row's page in a language."""

    def read(row: Addressed, language: str) -> str:
        return absolute(row.path(language))

    return read


KEY = plain("id", _("Number of the row: it never changes and is never used again."), "pk")
LANGUAGES = Field(
    "languages",
    _("Languages the item exists in: sv, fi or both."),
    lambda row, _language: list(row.languages),
)
EXAMPLE = plain("is_example", _("True for example data, made up to show how the portal works."))
CHANGED = plain("updated_at", _("When the item was last changed (UTC)."))
PUBLISHED = plain("published_at", _("Since when the item is public (UTC)."), "publish_at")
CODES_OF_MUNICIPALITIES = plain("municipality_codes", _("Codes of the municipalities it is about."))
THEME = plain("theme_id", _("Number of the theme, in the table of themes."), "public_theme")
CONTENT_TEXTS = (
    text("title", _("The heading of the page.")),
    text("lead", _("One or two sentences about it.")),
    text("body", _("The text, as HTML.")),
)
