"""Links that say nothing, and addresses that stand where words should."""

import re
from collections.abc import Iterator

from foundation.editing.content_checks.finding import Finding, Rule
from foundation.editing.content_checks.parsed_text import Written
from foundation.editing.content_checks.vocabulary import HOLLOW

_ADDRESS = re.compile(
    r"(?<![\w@/.-])(?:(?:https?://|www\.)[^\s<>\"”’()]+"
    r"|[a-zåäö0-9-]{1,63}\.(?:fi|ax|se|com|org|eu|net)(?:/[^\s<>\"”’()]*)?(?![\w@.-]))",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\s?[(\[{]\s?(?:at|ät|@|snabel-a|ät-merkki|miukumauku)\s?[)\]}]\s?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_EVERY_HOLLOW_WORD = HOLLOW["sv"] | HOLLOW["fi"]
_CONTACT = ("mailto:", "tel:")


def in_links(written: Written) -> Iterator[Finding]:
    """Links whose text is empty, says nothing or is an address; addresses that are no links.

    And e-mail addresses written with “(at)”.
    """
    emails = list(_hidden_emails(written))
    yield from emails
    addresses = [
        (match.start(), _end_of(match))
        for match in _ADDRESS.finditer(written.text)
        if not any(one.start <= match.start() < one.end for one in emails)
    ]
    for link in written.links:
        text = written.text[link.start : link.end]
        inside = [one for one in addresses if one[0] < link.end and link.start < one[1]]
        addresses = [one for one in addresses if one not in inside]
        shown = [written.text[start:end] for start, end in inside]
        if any(map(_is_no_name, shown)) and not link.href.startswith(_CONTACT):
            yield Finding(Rule.ADDRESS_IN_LINK, link.start, link.end)
        elif set(_LETTERS.findall(text.lower())) <= _EVERY_HOLLOW_WORD and not _is_number(text):
            yield Finding(Rule.HOLLOW_LINK, link.start, max(link.start, link.end))
    for start, end in addresses:
        yield Finding(Rule.BARE_ADDRESS, start, end)


def _end_of(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip(".,;:!?"))


def _is_no_name(address: str) -> bool:
    """True unless it is the bare name of a site, such as tillgänglighetskrav.fi."""
    return "/" in address or address.lower().startswith("www.")


def _is_number(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _hidden_emails(written: Written) -> Iterator[Finding]:
    for match in _AT.finditer(written.text):
        start, end = match.span()
        while start and _belongs(written.text[start - 1]):
            start -= 1
        while end < len(written.text) and _belongs(written.text[end]):
            end += 1
        end = match.end() + len(written.text[match.end() : end].rstrip("."))
        if start < match.start() and match.end() < end:
            yield Finding(Rule.HIDDEN_EMAIL, start, end)


def _belongs(sign: str) -> bool:
    return sign.isalnum() or sign in "._+-"
