"""The store stays within its bytes, and what is made up pushes out only its like."""

import random

from foundation.server.page_cache.cached_page import Page
from foundation.server.page_cache.lru import Shelves


def page(size: int) -> Page:
    return Page.of("200 OK", [("Content-Type", "image/png")], b"x" * size)


def test_flood_stays_within_its_share() -> None:
    shelves = Shelves(1_000_000)
    for number in range(20):
        shelves.put(("lasting", number), page(10_000), is_lasting=True)
    for number in range(2_000):
        shelves.put(("query", number), page(10_000), is_lasting=False)
        assert shelves.size <= 1_000_000
    assert all(("lasting", number) in shelves.pages for number in range(20))
    assert shelves.passing.size <= 250_000
    assert len(shelves) < 50


def test_what_is_used_stays() -> None:
    shelves = Shelves(400_000)
    shelves.put("often", page(20_000), is_lasting=True)
    for number in range(200):
        shelves.pages["often"].used = True
        shelves.put(number, page(20_000), is_lasting=True)
    assert "often" in shelves.pages
    assert 0 not in shelves.pages


def test_page_that_grows_makes_room() -> None:
    shelves = Shelves(400_000)
    pages = [Page.of("200 OK", [("Content-Type", "text/css")], bytes(20_000)) for _ in range(10)]
    for number, one in enumerate(pages):
        shelves.put(number, one, is_lasting=True)
    weight = shelves.size
    pages[0].variant("gzip")
    shelves.weigh(0, pages[0])
    assert shelves.size < weight


def test_too_large_a_page_is_not_kept_and_takes_the_old_one_away() -> None:
    shelves = Shelves(400_000)
    shelves.put("a", page(1_000), is_lasting=True)
    shelves.put("a", page(100_000), is_lasting=True)
    assert "a" not in shelves.pages
    assert shelves.size == 0


def test_size_is_that_of_what_is_kept() -> None:
    dice, shelves = random.Random(1), Shelves(300_000)
    for _number in range(3_000):
        key, is_lasting = dice.randrange(60), dice.random() < 0.5
        shelves.put(key, page(dice.randrange(30_000)), is_lasting=is_lasting)
        assert shelves.size == sum(one.size for one in shelves)
    assert shelves.lasting.size <= shelves.lasting.most
