"""Which bytes of a file a request asks for (RFC 9110, section 14)."""

import re

_ONE = re.compile(r"([0-9]*)-([0-9]*)")
_BEYOND = 10**18  # bytes: more than any file has


class Unsatisfiable(Exception):
    """None of the bytes asked for exist."""


def range_of(header: str, size: int) -> range | None:
    """The bytes, counted from 0, that a Range header asks for of a file of `size` bytes.

    None where the whole file is the answer: another unit, a header that cannot be read, and several
    ranges, whose multipart answer no browser and no download program asks for (section 14.2 lets a
    server ignore them). Raises Unsatisfiable.
    """
    unit, _, wanted = header.partition("=")
    if unit.lower() != "bytes":
        return None
    found = []
    for one in filter(None, (part.strip(" \t") for part in wanted.split(","))):
        match = _ONE.fullmatch(one)
        if match is None or one == "-":
            return None
        first, last = (_number(digits) if digits else None for digits in match.groups())
        if first is None:
            found.append(range(max(0, size - (last or 0)), size))
        elif last is not None and last < first:
            return None
        else:
            found.append(range(first, size if last is None else min(last + 1, size)))
    if found and not any(found):
        raise Unsatisfiable
    return found[0] if len(found) == 1 else None


def _number(digits: str) -> int:
    # Python refuses to read numbers of more than 4300 digits.
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < 19 else _BEYOND
