"""Why a file cannot be taken in or read; `messages` says each in words. Knows nothing of Django."""

MAX_PAGES = 1000
MAX_SIDE = 14_400  # points: the largest page that ISO 32000-1, annex C, counts on (5.08 m)
MAX_UNPACKED = 400_000_000  # bytes of all parts of a document together
MAX_XML = 60_000_000  # bytes of one part that is read as text
MAX_TEXT = 1_500_000  # signs of a text as HTML

# Found by the process, or by who waits for it.
BROKEN = "broken"
ENCRYPTED = "encrypted"
TOO_MANY_PAGES = "pages"
PAGE_TOO_LARGE = "page_size"
TOO_LARGE_UNPACKED = "unpacked"
TWO_KINDS = "two_kinds"
MACROS = "macros"
PROGRAM = "program"
ACTIVE = "active"
EMBEDDED = "embedded"
EXTERNAL = "external"
ENTITIES = "entities"
TOO_HEAVY = "too_heavy"
NO_TEXT = "no_text"
MISSING = "missing"

ALL = (
    *(BROKEN, ENCRYPTED, TOO_MANY_PAGES, PAGE_TOO_LARGE, TOO_LARGE_UNPACKED, TWO_KINDS, MACROS),
    *(PROGRAM, ACTIVE, EMBEDDED, EXTERNAL, ENTITIES, TOO_HEAVY, NO_TEXT, MISSING),
)


class Problem(Exception):
    """What is wrong with a file, by one of the names above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
