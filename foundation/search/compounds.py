"""Compound → parts: välfärdsledning is also about välfärd, hyvinvointijohtaminen about johtaminen.

Both languages write compounds as one word, and no dictionary holds them all. A word is taken apart
into words the dictionary knows: modifiers in the forms that modifiers have, a head in any form.
"""

from functools import lru_cache

from foundation.search.dictionaries import dictionary

SHORTEST_COMPOUND = 7
SHORTEST_PART = 4
MOST_PARTS = 4
LONGEST = 50  # letters of a word that is taken apart

# Shorter words that many compounds of this field are made with; other short ones are mostly chance.
_SHORT_PARTS = {
    "sv": "barn by hem häl ort råd lag liv tid mat vård hus mål dag plan nät",
    "fi": "työ tie maa yö sää ikä apu elo osa",
}
# Modifiers that are no words by themselves, or none in their basic form.
_FIRST_PARTS = {
    "sv": "när fjärr själv små stor hög låg äldre yngre mellan multi",
    "fi": """
        ala ali ennakko esi etä etu itse keski lähi moni oma perus pien suur sisä taka täys ulko uus
        yhdys ylä yli
    """,
}
# Endings that the dictionary lists as words, but that make one word of another rather than two.
_NO_HEADS = {
    "sv": """
        aktig aktigt aktiga ande ende arna erna else heten heter lös löst lösa
    """,
    "fi": """
        inen isen lainen laisen laiset laisten läinen läisen läiset läisten llinen lliset minen
        misen suus suuden ttaa ttää kaan kään
    """,
}


def _sets(words: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(text.split()) for language, text in words.items()}


MOST_REMEMBERED = 5_000  # words, in each table of answers; it holds 1 or 2 MB of a process
SHORT_PARTS, FIRST_PARTS, NO_HEADS = map(_sets, (_SHORT_PARTS, _FIRST_PARTS, _NO_HEADS))


@lru_cache(maxsize=MOST_REMEMBERED)
def parts(word: str, language: str) -> tuple[str, ...]:
    """The words that a compound is made of, modifiers in their basic form; none for a simple one.

    Of several ways to take it apart, the one with the fewest parts and the longest head.
    """
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST or not word.isalpha():
        return ()
    # Kokoukset is no compound of ukset: a known word is taken apart in its basic form, kokous.
    word = (dictionary(language).get(word) or word).lower()
    return _apart(word, language, MOST_PARTS) or ()


@lru_cache(maxsize=MOST_REMEMBERED)
def _apart(word: str, language: str, most: int) -> tuple[str, ...] | None:
    if most < 2:
        return None
    best: tuple[str, ...] | None = None
    for end in range(len(word) - 2, 1, -1):
        modifier = _modifier(word[:end], language)
        if modifier is None:
            continue
        rest = word[end:]
        if _is_head(rest, language):
            found: tuple[str, ...] | None = (modifier, rest)
        else:
            more = _apart(rest, language, most - 1)
            found = (modifier, *more) if more else None
        if found and (best is None or _rank(found) > _rank(best)):
            best = found
    return best


def _rank(found: tuple[str, ...]) -> tuple[int, int]:
    return -len(found), min(len(part) for part in found)


def _is_long_enough(part: str, language: str) -> bool:
    return len(part) >= SHORTEST_PART or part in SHORT_PARTS[language]


def _is_head(word: str, language: str) -> bool:
    return (
        _is_long_enough(word, language)
        and word not in NO_HEADS[language]
        and (dictionary(language).get(word) or "").islower()
    )


def _modifier(piece: str, language: str) -> str | None:
    """The basic form of a word that stands before another in a compound; None for no such form."""
    if piece in FIRST_PARTS[language]:
        return piece
    if not _is_long_enough(piece, language):
        return None
    return _finnish_modifier(piece) if language == "fi" else _swedish_modifier(piece)


def _finnish_modifier(piece: str) -> str | None:
    """A modifier in the nominative or the genitive; of words in -nen, the form in -s."""
    known = dictionary("fi")
    lemma = known.get(piece)
    if lemma and lemma.islower() and (lemma == piece or piece.endswith(("n", "ten", "jen"))):
        return lemma
    if piece.endswith("s") and known.get(piece[:-1] + "nen") == piece[:-1] + "nen":
        return piece[:-1] + "nen"
    return None


def _swedish_modifier(piece: str) -> str | None:
    """A modifier as it is, with a joining s, or with another vowel in the place of its last.

    Folk-, välfärds-, skol- (skola), medborgar- (medborgare), kyrko- (kyrka), gatu- (gata).
    """
    known = dictionary("sv")
    candidates = [piece]
    if piece.endswith("s"):
        candidates.append(piece[:-1])
    if piece.endswith(("o", "u")):
        candidates.append(piece[:-1] + "a")
    candidates += [piece + "a", piece + "e"]
    for candidate in candidates:
        if known.get(candidate) == candidate and candidate.islower():
            return candidate
    lemma = known.get(piece)
    # Medborgar- is listed as a form; other inflected forms do not stand before a word.
    if lemma and lemma.islower() and lemma.startswith(piece[:-1]) and len(lemma) >= len(piece):
        return lemma
    return None
