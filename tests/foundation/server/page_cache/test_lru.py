"""The page cache stays within its bytes, and what is made up pushes out only its like."""

import random

from foundation.server.page_cache.cached_page import Page
from foundation.server.page_cache.lru import SegmentedLru


def page(size: int) -> Page:
    return Page.of("200 OK", [("Content-Type", "image/png")], b"x" * size)


def test_flood_stays_within_its_share() -> None:
    lru = SegmentedLru(1_000_000)
    for number in range(20):
        lru.put(("lasting", number), page(10_000), is_lasting=True)
    for number in range(2_000):
        lru.put(("query", number), page(10_000), is_lasting=False)
        assert lru.size <= 1_000_000
    assert all(("lasting", number) in lru.pages for number in range(20))
    assert lru.passing.size <= 250_000
    assert len(lru) < 50


def test_what_is_used_stays() -> None:
    lru = SegmentedLru(400_000)
    lru.put("often", page(20_000), is_lasting=True)
    for number in range(200):
        lru.pages["often"].used = True
        lru.put(number, page(20_000), is_lasting=True)
    assert "often" in lru.pages
    assert 0 not in lru.pages


def test_page_that_grows_makes_room() -> None:
    lru = SegmentedLru(400_000)
    pages = [Page.of("200 OK", [("Content-Type", "text/css")], bytes(20_000)) for _ in range(10)]
    for number, one in enumerate(pages):
        lru.put(number, one, is_lasting=True)
    weight = lru.size
    pages[0].variant("gzip")
    lru.weigh(0, pages[0])
    assert lru.size < weight


def test_too_large_a_page_is_not_kept_and_takes_the_old_one_away() -> None:
    lru = SegmentedLru(400_000)
    lru.put("a", page(1_000), is_lasting=True)
    lru.put("a", page(100_000), is_lasting=True)
    assert "a" not in lru.pages
    assert lru.size == 0


def test_size_is_that_of_what_is_kept() -> None:
    dice, lru = random.Random(1), SegmentedLru(300_000)
    for _number in range(3_000):
        key, is_lasting = dice.randrange(60), dice.random() < 0.5
        lru.put(key, page(dice.randrange(30_000)), is_lasting=is_lasting)
        assert lru.size == sum(one.size for one in lru)
    assert lru.lasting.size <= lru.lasting.max_bytes
