"""What search finds of the glossary and the statements."""

from foundation.content.addresses import address
from foundation.content.models import Term
from foundation.search.declarations import LEAD, NAME, Sought, declare, own
from portal.glossary import anchor_of
from portal.models import Statement
from projects.searchable import of_content


def _term(term: Term, language: str) -> Sought:
    word = own(term, "term", language)
    definition = own(term, "definition", language)
    # Who looks for a word by a synonym, or by one that is better avoided, means this one.
    others = f"{own(term, 'synonyms', language)}\n{own(term, 'avoid', language)}".splitlines()
    synonyms = own(term, "synonyms", language).splitlines()
    return Sought(
        title=word,
        path=f"{address('portal:glossary', language)}#{anchor_of(term, language)}",
        texts=[*((one, NAME) for one in others), (definition, LEAD)],
        quoted=[definition],
        names=[word, *synonyms] if any(synonyms) else [],
        languages=["sv", "fi"],
    )


declare(Term, _term)
declare(Statement, of_content)
