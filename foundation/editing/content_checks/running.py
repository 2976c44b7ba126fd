"""Looking a text through by every rule, or the texts of an item that are read one after another."""

from collections.abc import Mapping, Sequence

from foundation.editing.content_checks.finding import Finding
from foundation.editing.content_checks.link_texts import in_links
from foundation.editing.content_checks.parsed_text import Written
from foundation.editing.content_checks.sentences import in_sentences
from foundation.editing.content_checks.short_forms import short_forms
from foundation.editing.content_checks.structure import debris, in_headings, said_twice
from foundation.editing.content_checks.vocabulary import AUTHORITIES


def findings(
    texts: Sequence[Written], language: str, known: Mapping[str, str] | None = None
) -> list[list[Finding]]:
    """What is found in each of an item's texts, in the order of the places.

    They are in one language, "sv" or "fi", and stand in the order in which they are read: what an
    abbreviation means is said once. `known` adds meanings to those of the vocabulary.
    """
    meanings = AUTHORITIES[language] | dict(known or {})
    seen: frozenset[str] = frozenset()
    found: list[list[Finding]] = []
    for written in texts:
        here = [*debris(written), *in_links(written)]
        if written.is_prose:
            here += [*in_headings(written), *said_twice(written)]
            here += in_sentences(written, language)
            used = dict(short_forms(written, meanings, seen))
            seen |= used.keys()
            here += [finding for finding in used.values() if finding]
        found.append(sorted(here, key=lambda finding: (finding.start, finding.end)))
    return found
