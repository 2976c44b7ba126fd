"""What a key closes: opened by the key and by another program, and by nothing else."""

import io
import os

import pyrage
import pytest

from foundation.backup.encrypting import (
    PIECE,
    SHORTEST_KEY,
    TAG,
    Decrypted,
    Encrypted,
    is_encrypted,
)
from foundation.backup.refused import Refused
from tests.foundation.backup.everything import KEY

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def sealed(data: bytes, key: str = KEY) -> bytes:
    target = io.BytesIO()
    stream = Encrypted(target, key)
    for begin in range(0, len(data), 50_000):
        stream.write(data[begin : begin + 50_000])
    stream.finish()
    return target.getvalue()


def opened(data: bytes, key: str = KEY) -> bytes:
    return io.BufferedReader(Decrypted(io.BytesIO(data), key)).read()


@pytest.mark.parametrize("size", SIZES)
def test_key_opens_what_it_has_closed(size: int) -> None:
    data = os.urandom(size)
    closed = sealed(data)
    assert is_encrypted(closed)
    assert opened(closed) == data


@pytest.mark.parametrize("size", SIZES)
def test_another_program_opens_it(size: int) -> None:
    data = os.urandom(size)
    assert pyrage.passphrase.decrypt(sealed(data), KEY) == data


def test_same_bytes_are_closed_differently_each_time() -> None:
    assert sealed(b"a" * 40)[-40:] != sealed(b"a" * 40)[-40:]


def test_another_key_is_refused() -> None:
    with pytest.raises(Refused, match="made with another"):
        opened(sealed(b"text"), KEY + "!")


def test_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(Refused, match="fewer than"):
        sealed(b"text", "a" * (SHORTEST_KEY - 1))


PAYLOAD = 3 * PIECE + 100
CLOSED = sealed(os.urandom(PAYLOAD))
BODY = len(CLOSED) - PAYLOAD - 4 * TAG  # where the first piece begins
SECOND = BODY + PIECE + TAG
THIRD = SECOND + PIECE + TAG


@pytest.mark.parametrize("place", [0, 25, 60, 120, BODY - 1, BODY, SECOND + 9, len(CLOSED) - 1])
def test_byte_that_was_changed_is_found(place: int) -> None:
    changed = bytearray(CLOSED)
    changed[place] ^= 1
    with pytest.raises(Refused):
        opened(bytes(changed))


@pytest.mark.parametrize("length", [10, BODY - 20, BODY, BODY + 5, SECOND, THIRD, len(CLOSED) - 1])
def test_end_that_was_cut_off_is_found(length: int) -> None:
    with pytest.raises(Refused):
        opened(CLOSED[:length])


@pytest.mark.parametrize(
    "changed",
    [
        CLOSED[:BODY] + CLOSED[SECOND:],
        CLOSED[:BODY] + CLOSED[SECOND:THIRD] + CLOSED[BODY:SECOND] + CLOSED[THIRD:],
        CLOSED[:SECOND] + CLOSED[BODY:],
        CLOSED + b"!",
    ],
    ids=["left out", "moved", "twice", "added"],
)
def test_piece_out_of_its_place_is_found(changed: bytes) -> None:
    with pytest.raises(Refused):
        opened(changed)


def test_header_that_asks_for_too_much_memory_is_refused() -> None:
    first, stanza, rest = CLOSED.split(b"\n", 2)
    with pytest.raises(Refused, match="beginning"):
        opened(b"\n".join([first, stanza[:-2] + b"31", rest]))
