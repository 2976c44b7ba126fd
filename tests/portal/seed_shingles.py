"""Runs of eight words, as hashes: they tell that a sentence was borrowed without quoting it.

`python -m tests.portal.seed_shingles FILE...` prints the hashes of the documents that the client
gave us; `seed_shingles.txt` holds them.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LENGTH = 8  # words


def shingles(text: str) -> Iterator[tuple[str, str]]:
    """Each run of eight words in the text, with its hash; tags, case and signs do not count."""
    words = re.findall(r"[^\W_]+(?:[:’'-][^\W_]+)*", re.sub(r"<[^>]*>", " ", text).lower())
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield hashlib.sha256(run.encode()).hexdigest()[:12], run


if __name__ == "__main__":
    texts = [Path(name).read_text("utf-8") for name in sys.argv[1:]]
    print("\n".join(sorted({hashed for text in texts for hashed, _ in shingles(text)})))
