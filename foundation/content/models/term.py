"""The glossary."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from foundation.content.models.bilingual import Bilingual
from foundation.content.publication import filled


class Term(Bilingual):
    """A word of the trade in both languages, with its synonyms and the words to avoid."""

    # A word has the synonyms it has in each language; most have none in the other.
    not_compared = not_prose = ("synonyms", "avoid")

    term = models.CharField(_("Term"), max_length=120, null=True)
    definition = models.TextField(
        _("What it means"), max_length=600, null=True, blank=True, help_text=_("In plain words.")
    )
    synonyms = models.TextField(
        _("Synonyms"),
        null=True,
        blank=True,
        help_text=_("One on each line: readers who search for them find the term."),
    )
    avoid = models.TextField(
        _("Do not use"), null=True, blank=True, help_text=_("Words to avoid, one on each line.")
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Lower(f"term_{code}"),
                name=f"term_in_{word}_is_explained_once",
                violation_error_message=_("The glossary already has this term."),
            )
            for code, word in (("sv", "swedish"), ("fi", "finnish"))
        ] + [
            models.CheckConstraint(
                condition=filled("term", "sv") & filled("term", "fi"),
                name="term_is_given_in_both_languages",
                violation_error_message=_("Give the term in both languages."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("term"))
