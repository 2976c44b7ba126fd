"""One finding: what it is about, where it lies, and what to do."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """What a text is looked through for; the label says what is wrong and what to do."""

    HOLLOW_LINK = "hollow_link", _("The link does not say what it leads to.")
    ADDRESS_IN_LINK = "address_in_link", _("The link shows an address. Write what it leads to.")
    BARE_ADDRESS = "bare_address", _("Hard to read aloud: make a link of it, with words.")
    HEADING_LEVEL = (
        "heading_level",
        _("The heading is too far down: a larger one must come before it."),
    )
    FALSE_HEADING = "false_heading", _("Looks like a heading: make it one, so that all notice.")
    EMPTY_HEADING = "empty_heading", _("The heading has no words.")
    EMPTY_SECTION = "empty_section", _("Nothing stands under the heading.")
    SAID_TWICE = "said_twice", _("The same stands right before it.")
    NO_YEAR = "no_year", _("The date has no year.")
    SEEN_FROM_TODAY = (
        "seen_from_today",
        _("Says when only for those who read it today: name the year."),
    )
    HIDDEN_EMAIL = "hidden_email", _("Write the e-mail address with @.")
    SHORT_FORM = "short_form", _("Write it out the first time.")
    UNKNOWN_SHORT_FORM = "unknown_short_form", _("Do all readers know the abbreviation?")
    LONG_SENTENCE = "long_sentence", _("A long sentence.")
    DEBRIS = "debris", _("A mark of the tools, no text for readers: take it away.")
    ALT_IS_CAPTION = (
        "alt_is_caption",
        _("The picture's text alternative says the same: readers would hear it twice."),
    )
    ALT_IS_FILE_NAME = "alt_is_file_name", _("The name of a file does not say what is to be seen.")
    NO_DESCRIPTION = (
        "no_description",
        _("Nothing here for those who cannot see the figure: say it in words."),
    )


# May well be as it should be: worth a second look, no more.
HINTS = frozenset(
    {
        Rule.BARE_ADDRESS,
        Rule.FALSE_HEADING,
        Rule.SEEN_FROM_TODAY,
        Rule.UNKNOWN_SHORT_FORM,
        Rule.LONG_SENTENCE,
    }
)


@dataclass(frozen=True)
class Finding:
    """A rule and the words it is about: text[start:end], empty where words are missing."""

    rule: Rule
    start: int
    end: int
    full: str = ""  # what a short form stands for
    words: int = 0  # in a long sentence

    @property
    def is_hint(self) -> bool:
        return self.rule in HINTS

    @property
    def why(self) -> str:
        """What is wrong and what to do, in the editor's language."""
        if self.full:
            return gettext("Write it out the first time: %(full)s.") % {"full": self.full}
        if self.words:
            return ngettext(
                "A long sentence, %(count)d word: can it be two?",
                "A long sentence, %(count)d words: can it be two?",
                self.words,
            ) % {"count": self.words}
        return str(self.rule.label)
