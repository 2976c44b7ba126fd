"""Closes a stream of bytes with a passphrase, in the format age v1, and opens it again.

The format is that of https://c2sp.org/age with its recipient scrypt: a header that holds the
stream's own key, closed with a key made of the passphrase (scrypt, RFC 7914), and then pieces of
64 kB, each sealed by ChaCha20-Poly1305 (RFC 8439) under its number and a mark on the last one
(STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). So a piece that is changed, left out,
moved or cut off is found, and any program for age opens a backup without the portal.
"""

import base64
import binascii
import hmac
import io
import os
import re
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from foundation.backup.refused import Refused

FIRST_LINE = b"age-encryption.org/v1"
PIECE = 64 * 1024  # bytes sealed at once
TAG = 16  # bytes that the seal of a piece adds
SHORTEST_KEY = 20  # characters
# 2 to this power: scrypt takes 32 MB and a tenth of a second. The key is random, not remembered,
# so there is nothing to be gained by asking more of a small server.
WORK = 15
MOST_WORK = 20  # what a header may ask of us: 1 GB
LONGEST_LINE = 200


def checked_key(key: str) -> bytes:
    """The passphrase as bytes; raises Refused for one that could be guessed."""
    if len(key) < SHORTEST_KEY:
        raise Refused(
            f"BACKUP_KEY has fewer than {SHORTEST_KEY} characters. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return key.encode()


class Encrypted(io.RawIOBase):
    """A stream to write to; what is written reaches `target` sealed. Nothing is whole unclosed."""

    def __init__(self, target: BinaryIO, key: str) -> None:
        super().__init__()
        file_key = os.urandom(16)
        self._target = target
        self._waiting = bytearray()
        target.write(_header(file_key, checked_key(key)))
        nonce = os.urandom(16)
        target.write(nonce)
        self._seal = _Sealer(file_key, nonce)

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._waiting += data
        # The last piece is known as such only at the end, so one is always held back.
        while len(self._waiting) > PIECE:
            self._target.write(self._seal.close(bytes(self._waiting[:PIECE]), is_last=False))
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal the last piece. The target stays open."""
        self._target.write(self._seal.close(bytes(self._waiting), is_last=True))


class Decrypted(io.RawIOBase):
    """The bytes that a sealed stream holds; raises Refused at the first one that is not right."""

    def __init__(self, source: BinaryIO, key: str) -> None:
        super().__init__()
        file_key = _file_key(source, checked_key(key))
        nonce = _exactly(source, 16)
        self._source = source
        self._seal = _Sealer(file_key, nonce)
        self._sealed = source.read(PIECE + TAG)
        self._ready = b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._ready and not self._is_over:
            self._open_a_piece()
        taken = self._ready[: len(buffer)]
        self._ready = self._ready[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _open_a_piece(self) -> None:
        following = self._source.read(PIECE + TAG)
        self._is_over = not following
        try:
            self._ready = self._seal.open(self._sealed, is_last=self._is_over)
        except (InvalidTag, ValueError) as error:
            raise Refused(
                "The backup is damaged or cut off, or somebody has changed it."
            ) from error
        self._sealed = following


def is_encrypted(beginning: bytes) -> bool:
    """Whether a file that begins so is closed with a key."""
    return beginning.startswith(FIRST_LINE)


class _Sealer:
    """Seals or opens pieces in their order."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._number = 0

    def close(self, piece: bytes, *, is_last: bool) -> bytes:
        return self._cipher.encrypt(self._next(is_last), piece, None)

    def open(self, piece: bytes, *, is_last: bool) -> bytes:
        return self._cipher.decrypt(self._next(is_last), piece, None)

    def _next(self, is_last: bool) -> bytes:
        number = self._number.to_bytes(11, "big")
        self._number += 1
        return number + (b"\x01" if is_last else b"\x00")


def _header(file_key: bytes, key: bytes) -> bytes:
    salt = os.urandom(16)
    wrapped = ChaCha20Poly1305(_wrapping_key(key, salt, WORK)).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_coded(salt), WORK, _coded(wrapped))
    signed = FIRST_LINE + b"\n" + stanza + b"---"
    return signed + b" " + _coded(_signature(file_key, signed)) + b"\n"


def _file_key(source: BinaryIO, key: bytes) -> bytes:
    lines = [_line(source) for _number in range(4)]
    stanza = re.fullmatch(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)", lines[1])
    end = re.fullmatch(rb"--- ([A-Za-z0-9+/]{43})", lines[3])
    if lines[0] != FIRST_LINE or not stanza or not end or int(stanza[2]) > MOST_WORK:
        raise Refused("The beginning of the backup is damaged, or it was closed in another way.")
    try:
        salt, wrapped = _decoded(stanza[1]), _decoded(lines[2])
        cipher = ChaCha20Poly1305(_wrapping_key(key, salt, int(stanza[2])))
        file_key = cipher.decrypt(bytes(12), wrapped, None)
    except (InvalidTag, ValueError) as error:
        raise Refused("BACKUP_KEY does not open this backup: it was made with another.") from error
    signed = b"\n".join([*lines[:3], b"---"])
    if not hmac.compare_digest(_coded(_signature(file_key, signed)), end[1]):
        raise Refused("The beginning of the backup is damaged.")
    return file_key


def _line(source: BinaryIO) -> bytes:
    line = source.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise Refused("The backup is cut off within its beginning.")
    return line[:-1]


def _exactly(source: BinaryIO, size: int) -> bytes:
    data = source.read(size)
    if len(data) < size:
        raise Refused("The backup is cut off within its beginning.")
    return data


def _wrapping_key(key: bytes, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    return Scrypt(salt=salted, length=32, n=2**work, r=8, p=1).derive(key)


def _signature(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), signed, "sha256")


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _coded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
