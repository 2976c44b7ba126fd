"""The dictionaries of both languages: which words there are, and what each is a form of.

simplemma's lists hold 3.5 million Finnish and 1 million Swedish forms. As Python dicts they cost
490 MiB in every process; as tries in files that processes share (mmap) next to nothing. The files
are made once, by a process of its own, because making them takes the 490 MiB.
"""

import fcntl
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from marisa_trie import BytesTrie
from simplemma import Lemmatizer, __version__
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY
from simplemma.strategies.dictionaries.dictionary_factory import (
    DecodedStrMapping,
    _load_dictionary_from_disk,
)

logger = logging.getLogger(__name__)


class Trie(DecodedStrMapping):
    """A dictionary in a file that every process maps into its memory."""

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie().mmap(str(path))

    def _lookup(self, key: str) -> str | None:
        found = self._trie.get(key)
        return str(found[0].decode()) if found else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._trie.iterkeys())

    def __len__(self) -> int:
        return len(self._trie)


class SharedDictionaries:
    """Hands simplemma the dictionaries as tries in files; made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, language: str) -> Path:
        """Where a language's trie is kept, for this version of the lists."""
        return self.folder / f"{language}-{__version__}.trie"

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """The dictionary of a language; without a folder to write in, a slower one in memory."""
        return _dictionary(self, lang)

    def make(self, language: str) -> None:
        """Write a language's trie, unless another process has; takes some seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{language}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.path(language).exists():
                return
            forms = _load_dictionary_from_disk(language)
            trie = BytesTrie((form.decode(), lemma) for form, lemma in forms.items())
            unfinished = self.folder / f"{language}.unfinished"
            trie.save(str(unfinished))
            unfinished.replace(self.path(language))


@cache
def _dictionary(shared: SharedDictionaries, language: str) -> Mapping[str, str]:
    path = shared.path(language)
    if not path.exists():
        # In a process of its own, so that the memory it takes is given back.
        code = (
            "import sys; from pathlib import Path; from foundation.search.dictionaries import "
            "SharedDictionaries; SharedDictionaries(Path(sys.argv[1])).make(sys.argv[2])"
        )
        made = subprocess.run(
            [sys.executable, "-c", code, str(shared.folder), language],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            logger.warning("No dictionary could be made in %s: %s", shared.folder, made.stderr)
    if path.exists():
        return Trie(path)
    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)


@cache
def dictionary(language: str) -> Mapping[str, str]:
    """Every form of the language with the word it is a form of; names begin with a capital."""
    return _shared().get_dictionary(language)


@cache
def lemmatizer() -> Lemmatizer:
    """simplemma on the shared dictionaries."""
    # Terms are kept in a cache of their own: what lies under it need not be kept twice.
    return Lemmatizer(
        cache_max_size=0, lemmatization_strategy=DefaultStrategy(dictionary_factory=_shared())
    )


@cache
def _shared() -> SharedDictionaries:
    return SharedDictionaries(Path(settings.SEARCH_DICTIONARIES))


def lemma_of(word: str, language: str) -> str | None:
    """What a word in small letters is a form of by the dictionary; None for an unknown word."""
    known = dictionary(language)
    return known.get(word) or known.get(word.capitalize())


def is_common(word: str, language: str) -> bool:
    """True for a word of the language that is nobody's name."""
    lemma = dictionary(language).get(word)
    return lemma is not None and lemma.islower()
