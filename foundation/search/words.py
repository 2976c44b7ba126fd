"""Text → words, the same for the index, the question and the marking of hits."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

LONGEST = 60  # letters of a word that count; the longest words of our languages are shorter

# A colon inside a word is part of it: S:t Michel, THL:n, EU:s.
_WORD = re.compile(r"[^\W_]+(?::[^\W\d_]+)?")
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</(?:p|h2|h3|li|td|th|tr|blockquote)>|<br\s*/?>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Letters that have no decomposition but are typed as if they had.
_LOOKALIKES = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "s", "ł": "l"})


def plain(html: str) -> str:
    """The words of a rich text, a line for each of its blocks."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", html)))


def tidy(text: str) -> str:
    """The text in one spelling (NFC), without null bytes, soft hyphens and needless space."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\x00", " ")
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Every word of a tidy text: where it begins and ends, and how it is looked for."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _normal(match[0])


def words(text: str) -> list[str]:
    """The words of a tidy text, as they are looked for."""
    return [_normal(found) for found in _WORD.findall(text)]


def _normal(word: str) -> str:
    """The word in small letters; of one with a colon, what is no case ending (THL:n → thl)."""
    first, _colon, rest = word.lower().partition(":")
    return (first + rest if len(first) == 1 else first)[:LONGEST]


def folded(word: str) -> str:
    """The word as it is typed without dots and accents: välfärd → valfard."""
    decomposed = unicodedata.normalize("NFD", word.translate(_LOOKALIKES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
