"""Where pages are kept: bounded in bytes, what is used most staying longest."""

import threading
from collections.abc import Hashable, Iterator

from foundation.server.page_cache.cached_page import Page


class Segment:
    """Pages up to a number of bytes; the longest unused one makes room (second chance)."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._sizes: dict[Hashable, int] = {}


class SegmentedLru:
    """Two segments with one index.

    What anybody can make up (queries, addresses of nothing) has a segment of its own: however much
    of it is asked for, it pushes out nothing but its like.
    """

    def __init__(self, max_bytes: int) -> None:
        self.pages: dict[Hashable, Page] = {}  # read without a lock
        self.lasting, self.passing = Segment(max_bytes - max_bytes // 4), Segment(max_bytes // 4)
        self._lock = threading.Lock()

    def put(self, key: Hashable, page: Page, *, is_lasting: bool) -> None:
        """Keep a page in place of the one there was; one that is too large is not kept."""
        segment = self.lasting if is_lasting else self.passing
        with self._lock:
            self._drop(key)
            if page.size > segment.max_bytes // 4:
                return
            self.pages[key] = page
            self._weigh(segment, key, page)
            self._make_room(segment)

    def weigh(self, key: Hashable, page: Page) -> None:
        """Take note that a kept page has grown by a coding."""
        with self._lock:
            if self.pages.get(key) is page:
                segment = self.lasting if key in self.lasting._sizes else self.passing
                self._weigh(segment, key, page)
                self._make_room(segment)

    @property
    def size(self) -> int:
        """Bytes of all pages together."""
        return self.lasting.size + self.passing.size

    def __len__(self) -> int:
        return len(self.pages)

    def __iter__(self) -> Iterator[Page]:
        return iter(list(self.pages.values()))

    def _weigh(self, segment: Segment, key: Hashable, page: Page) -> None:
        segment.size += page.size - segment._sizes.get(key, 0)
        segment._sizes[key] = page.size

    def _drop(self, key: Hashable) -> None:
        self.pages.pop(key, None)
        for segment in (self.lasting, self.passing):
            segment.size -= segment._sizes.pop(key, 0)

    def _make_room(self, segment: Segment) -> None:
        while segment.size > segment.max_bytes:
            key = next(iter(segment._sizes))
            page = self.pages[key]
            if page.used:
                page.used = False
                segment._sizes[key] = segment._sizes.pop(key)
            else:
                self._drop(key)
