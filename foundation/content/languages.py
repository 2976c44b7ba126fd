"""The two equal languages of the portal."""

from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

SWEDISH = "sv"
FINNISH = "fi"
CODES = (SWEDISH, FINNISH)


def other(language: str) -> str:
    """The language that is not this one."""
    return FINNISH if language == SWEDISH else SWEDISH


def current() -> str:
    """The language of the page being made ("sv" or "fi")."""
    language = get_language()
    return language if language in CODES else SWEDISH


def preferred(accept_language: str) -> str | None:
    """The first of our languages in an Accept-Language header, or None.

    Regional variants count as their language: `sv-FI` is Swedish (RFC 9110 section 12.5.4 and
    RFC 4647 basic filtering). A weight of zero refuses a language.
    """
    for tag, weight in parse_accept_lang_header(accept_language.lower()):
        language = tag.split("-")[0]
        if language in CODES and weight > 0:
            return language
    return None
