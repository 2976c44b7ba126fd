"""How many random examples hypothesis tries: a fifth, and all of them where EXAMPLES=all."""

import os

ARE_FEW = os.environ.get("EXAMPLES") != "all"
FEWEST = 8


def examples(number: int) -> int:
    """The number of examples of a test that tries so many where time is no matter."""
    return max(number // 5, FEWEST) if ARE_FEW else number
