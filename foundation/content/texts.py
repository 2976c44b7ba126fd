"""The one way to read a translated text: it always says which language it returned."""

from dataclasses import dataclass
from typing import Any

from foundation.content import languages


@dataclass(frozen=True)
class Text:
    """A text as a reader gets it.

    `language` is the language the value is written in, `asked` the one the reader reads; an empty
    value means that the text exists in neither.
    """

    value: str
    language: str
    asked: str

    @property
    def is_other(self) -> bool:
        """True when the reader gets the other language's text."""
        return bool(self.value) and self.language != self.asked

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value


def text_of(item: Any, field: str, language: str | None = None) -> Text:
    """The text of a translated field for a reader of `language` (the active one if not given).

    Text in the other language is the fallback, and says so. An item that is declared to exist in
    one language only never shows a half-written draft of the other.
    """
    asked = language or languages.current()
    for candidate in (asked, languages.other(asked)):
        if candidate in item.languages:
            value = getattr(item, f"{field}_{candidate}")
            if value:
                return Text(value, candidate, asked)
    return Text("", asked, asked)
