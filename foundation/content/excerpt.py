"""The first rows of what belongs to an item, so that its page stays short however much there is."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.filters import KEYS
from foundation.content.models import Addressed

MOST = 24  # as many as a list has on a page
AND_ONE = MOST + 1  # what is asked for, to know whether there are more

Row = TypeVar("Row", bound=Model)


class Excerpt(list[Row]):
    """Rows of a page; `more` is the address of them all, "" where these are all."""

    more = ""


def excerpt(rows: Iterable[Row], route: str, key: str, item: Addressed) -> Excerpt[Row]:
    """The first rows, and with more than fit the list at a route that is filtered by the item.

    `rows` are `AND_ONE` at most, or are read no further; `key` is the filter's, as in `KEYS`.
    """
    found = Excerpt(islice(rows, AND_ONE))
    if len(found) > MOST:
        found.pop()
        here = languages.current()
        found.more = f"{address(route)}?{urlencode({KEYS[key][here]: item.slug_in(here)})}"
    return found
