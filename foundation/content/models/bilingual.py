"""What has texts in Swedish and Finnish."""

from typing import Any, ClassVar

from django.db import models, transaction

from foundation.content import languages
from foundation.content.constraints import checks_in_one
from foundation.content.texts import Text, text_of


class Bilingual(models.Model):
    """Something with texts in Swedish and Finnish, one column for each."""

    # Translated fields whose two languages do not translate each other: none waits for the other.
    not_compared: ClassVar[tuple[str, ...]] = ()
    # Translated fields that hold lists of words, in which nobody looks for whole sentences.
    not_prose: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with every blank text stored as NULL: an empty string is no translation."""
        for field in self.translated_fields():
            for code in languages.CODES:
                name = f"{field}_{code}"
                if isinstance(getattr(self, name), str) and not getattr(self, name).strip():
                    setattr(self, name, None)
        # What follows from a write before the commit needs a transaction: search is told there.
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Check the columns of the two languages, not the name for the active one of them.

        Else a text that exists in Finnish only would be called missing while Swedish is spoken.
        """
        super().clean_fields(exclude={*(exclude or ()), *self.translated_fields()})

    def get_constraints(self) -> list[Any]:
        """Django's, those that are checks validated in one query."""
        return [(model, checks_in_one(rules)) for model, rules in super().get_constraints()]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which a reader may be shown texts of this item."""
        return languages.CODES

    @classmethod
    def translated_fields(cls) -> tuple[str, ...]:
        """Names of the translated fields, in the order they are declared."""
        from modeltranslation.translator import translator

        translated = set(translator.get_options_for_model(cls).all_fields)
        return tuple(field.name for field in cls._meta.fields if field.name in translated)

    def text(self, field: str, language: str | None = None) -> Text:
        """The text of a translated field, with the language it is in."""
        return text_of(self, field, language)
