"""Word → terms: what a word is kept and looked for as, never done in SQL but here only."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import snowballstemmer

from foundation.search.compounds import MOST_REMEMBERED, parts
from foundation.search.dictionaries import dictionary, lemma_of, lemmatizer
from foundation.search.words import folded

_STEMMERS = {"sv": "swedish", "fi": "finnish"}
# A term of another kind than a stem begins with a sign that no word has.
EXACT, FOLDED, KNOWN, UNKNOWN = "=", "~", "+", "?"
MOST_VARIANTS = 64  # spellings with dots that are tried for a word typed without
DOTTED = {"sv": {"a": "aåä", "o": "oö"}, "fi": {"a": "aä", "o": "oö"}}

# Words that say nothing of what a text is about. A question of nothing else is still answered.
_FUNCTION_WORDS = {
    "sv": """
        alla att av blev bli blir de dem den denna det detta dess deras du där då efter eller en er
        ett från för ha hade han har hon hos hur här i icke in inom inte jag kan man med mellan men
        mot mycket ni något när och också om oss på sedan sig sin sina som så till under ut utan vad
        var vara vem vi vid vilka vilken vilket vår våra vårt än är åt över
    """,
    "fi": """
        ei eivät ehkä emme en että he hän ja jo joka jos jossa jotka jälkeen kaikki kanssa kuin kun
        kuka kuinka me mihin mikä miksi missä mitä miten mitkä mutta mukaan mukana myös ne niiden
        niin nyt oli olla olemme olen on ovat sekä sen siitä sitä te tai tämä tämän vaan vai voi
    """,
}


@cache
def function_words(language: str) -> frozenset[str]:
    """Words of the language that say nothing of what a text is about."""
    return frozenset(_FUNCTION_WORDS[language].split())


@lru_cache(maxsize=1)
def _stemmers() -> dict[str, Any]:
    return {code: snowballstemmer.stemmer(name) for code, name in _STEMMERS.items()}


# A stemmer keeps the word that it works on in itself: two threads would cut each other's.
_one_at_a_time = threading.Lock()


def _stem(word: str, language: str) -> str:
    with _one_at_a_time:
        return str(_stemmers()[language].stemWord(word))


@dataclass(frozen=True)
class Reading:
    """What a word in small letters may be a form of; `stems` also where that is a guess."""

    lemmas: tuple[str, ...]
    stems: tuple[str, ...]
    is_known: bool


@lru_cache(maxsize=MOST_REMEMBERED)
def reading(word: str, language: str) -> Reading:
    """The words that the dictionary says this is a form of, else a guess by its parts or ending."""
    if not word.isalpha():
        return Reading((word,), (word,), True)
    known = dictionary(language)
    found = {one.lower() for one in (known.get(word), known.get(word.capitalize())) if one}
    if found:
        lemmas = tuple(sorted(found | _other_lemmas(word, language)))
        return Reading(lemmas, tuple(_stem(one, language) for one in lemmas), True)
    guesses = _guesses(word, language)
    stems = {_stem(one, language) for one in (word, *guesses)}
    return Reading(tuple(guesses), tuple(sorted(stems)), False)


# Endings, each with endings that the same stem has in the same paradigm.
_LOCAL = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lle")
_PARADIGMS = {
    "fi": [
        *((ending, _LOCAL) for ending in ("n", "t", "ksi", "lta", "ltä", *_LOCAL)),
        *((ending, ("na", "nä")) for ending in ("a", "ä")),
    ],
    "sv": [
        ("", ("en", "et", "er", "ar")),
        *((ending, ("et", "ets", "er", "ar")) for ending in ("en", "ens")),
        ("et", ("ets", "en")),
        ("ar", ("arna",)),
        ("er", ("erna",)),
        *((ending, ("ar",)) for ending in ("at", "ad", "ade", "ats")),
    ],
}
SHORTEST_STEM = 3
_STRONG = {"ll": "lt", "nn": "nt", "rr": "rt", "mm": "mp", "ng": "nk", "v": "p", "d": "t"}


def _other_lemmas(word: str, language: str) -> set[str]:
    """Further words that a known form may be a form of.

    The dictionary names one for each form, and not always the likeliest (avun: avu, besluten:
    besluta). The other forms of the same paradigm tell: avussa is a form of apu, beslutet of
    beslut.
    """
    known = dictionary(language)
    found = set()
    for ending, others in _PARADIGMS[language]:
        stem = word[: len(word) - len(ending)]
        if not word.endswith(ending) or len(stem) < SHORTEST_STEM:
            continue
        for other in others:
            lemma = known.get(stem + other, "")
            if (
                stem + other != word
                and lemma.islower()
                and lemma[:SHORTEST_STEM] == word[:SHORTEST_STEM]
            ):
                found.add(lemma)
        if language == "fi" and others is _LOCAL:
            found |= set(_strong(stem))
    return found


def _strong(stem: str) -> Iterator[str]:
    """Finnish nouns whose weak stem this may be: silla-, silta; avu-, apu (VISK § 41–42)."""
    known = dictionary("fi")
    match = re.fullmatch(r"(.*?)(ll|nn|rr|mm|ng|v|d)([aeiouyäö])", stem)
    if match:
        before, weak, vowel = match.groups()
        noun = before + _STRONG[weak] + vowel
        if known.get(noun) == noun:
            yield noun


def _guesses(word: str, language: str) -> list[str]:
    """The basic forms of a word that no dictionary has: a compound bends as its head does."""
    if apart := parts(word, language):
        head = apart[-1]
        if word.endswith(head):
            return [word[: -len(head)] + one for one in reading(head, language).lemmas]
    return [lemmatizer().lemmatize(word, language).lower()]


@lru_cache(maxsize=MOST_REMEMBERED)
def kept_terms(word: str, language: str) -> tuple[str, ...]:
    """What a word of a text is kept as.

    Stems of words the dictionary knows and of those it does not are told apart: two known words
    meet in their lemma only (else kunta, whose stem is kun, would meet kun), a known and an
    unknown one, or two unknown ones, in their stem.
    """
    found = reading(word, language)
    sign = KNOWN if found.is_known else UNKNOWN
    return (*found.lemmas, *(sign + stem for stem in found.stems))


@lru_cache(maxsize=MOST_REMEMBERED)
def folded_terms(word: str, language: str) -> tuple[str, ...]:
    """What a word that has dots is kept as for those who type it without."""
    bare = folded(word)
    if bare == word:
        return ()
    found = reading(word, language)
    kept = {folded(one) for one in (*found.lemmas, *found.stems)} | {bare, _stem(bare, language)}
    return tuple(FOLDED + one for one in sorted(kept))


@lru_cache(maxsize=MOST_REMEMBERED)
def part_terms(word: str, language: str) -> tuple[str, ...]:
    """What the parts of a compound are kept as."""
    found: dict[str, None] = {}
    for part in parts(word, language):
        # A part may have parts itself: livsstils-handledning is about a way of life.
        for one in (part, *parts(part, language)):
            if one not in function_words(language):
                found |= dict.fromkeys(reading(one, language).lemmas)
    return tuple(found)


@lru_cache(maxsize=2_000)
def asked_terms(word: str, language: str) -> tuple[str, ...]:
    """What a word of a question is looked for as.

    A word without dots that no dictionary knows may have been typed on another's keyboard: it is
    looked for in every known spelling with dots, and as what dotted words are kept as without.
    """
    found = reading(word, language)
    asked = {word, *found.lemmas, *(UNKNOWN + stem for stem in found.stems)}
    if not found.is_known:
        asked |= {KNOWN + stem for stem in found.stems}
        if folded(word) == word:
            asked |= typed_without_dots(word, language)
    return tuple(sorted(asked))


def typed_without_dots(word: str, language: str) -> set[str]:
    """The terms that a word has when its dots are taken to be missing."""
    bare = folded(word)
    found = reading(bare, language)
    asked = {FOLDED + one for one in (bare, *found.lemmas, *found.stems)}
    for spelling in _dotted(bare, language):
        if spelling != bare and lemma_of(spelling, language):
            asked |= set(reading(spelling, language).lemmas)
    return asked


def _dotted(word: str, language: str) -> Iterator[str]:
    """Spellings of a word with dots; none for one that has too many of them."""
    letters = [DOTTED[language].get(sign, sign) for sign in word]
    number = 1
    for choices in letters:
        number *= len(choices)
    if language == "fi" and number > MOST_VARIANTS:
        # In a simple Finnish word front and back vowels do not meet: all dots, or none.
        yield word.translate(str.maketrans("ao", "äö"))
    elif number <= MOST_VARIANTS:
        yield from ("".join(spelling) for spelling in product(*letters))
