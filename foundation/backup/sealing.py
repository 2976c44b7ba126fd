"""Seals a backup for whoever holds a private key, in the format age v1, and opens it again.

The server has the public half only (the setting BACKUP_RECIPIENT), so that nobody who breaks into
it, or finds a backup, reads an older one.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import pyrage

from foundation.backup.refused import OLDER, Refused

FIRST_LINE = b"age-encryption.org/v1\n"
PASSPHRASE = FIRST_LINE + b"-> scrypt "  # how backups were closed before 0.1.0
PRIVATE = "AGE-SECRET-KEY-"


def new_identity(path: Path) -> str:
    """Write a private key into a new file, readable by its owner only; the public half of it."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {recipient}\n{identity}\n")
    return recipient


def recipients_of(public_keys: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """The public keys as the library takes them; raises Refused for what is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in public_keys]
    except pyrage.RecipientError as error:
        # Not what it is: somebody may have put the private half there.
        raise Refused("BACKUP_RECIPIENT holds something that is no public key (age1…).") from error


def seal(plain: BinaryIO, target: BinaryIO, recipients: Sequence[pyrage.x25519.Recipient]) -> None:
    """Write what is left to read so that each recipient opens it; raises Refused on a full disk."""
    try:
        pyrage.encrypt_io(plain, target, recipients)
    except pyrage.EncryptError as error:  # which is also how it hands on what `write` raises
        raise Refused(f"It could not be sealed: {error}.") from error


@contextmanager
def opened(path: Path, identity: Path | None) -> Iterator[BinaryIO]:
    """The bytes of a backup, to be read more than once; raises Refused where it stays closed.

    What was sealed is whole before the first byte of it is used: it waits in the temporary folder.
    """
    with path.open("rb") as file:
        beginning = file.read(len(PASSPHRASE))
        file.seek(0)
        if not beginning.startswith(FIRST_LINE):
            if identity:
                raise Refused(
                    "The backup is not sealed, so anybody may have made or changed it. "
                    "Leave --identity out if you trust it."
                )
            yield cast(BinaryIO, file)
            return
        if beginning == PASSPHRASE:
            raise Refused(OLDER)
        with TemporaryFile() as plain:
            _unseal(cast(BinaryIO, file), cast(BinaryIO, plain), _private_keys(identity))
            plain.seek(0)
            yield cast(BinaryIO, plain)


def _unseal(
    sealed: BinaryIO, plain: BinaryIO, private_keys: Sequence[pyrage.x25519.Identity]
) -> None:
    try:
        pyrage.decrypt_io(sealed, plain, private_keys)
    except pyrage.DecryptError as error:
        raise Refused(
            "The identity does not open this backup: it was sealed for another, "
            f"or its beginning is damaged ({error})."
        ) from error
    except OSError as error:
        if error.errno:  # of the temporary folder
            raise
        raise Refused("The backup is damaged or cut off, or somebody has changed it.") from error


def _private_keys(identity: Path | None) -> list[pyrage.x25519.Identity]:
    """The keys in a file as `age-keygen` and `new_backup_identity` write it."""
    if identity is None:
        raise Refused("The backup is sealed: name the file with the private key by --identity.")
    try:
        lines = identity.read_text("utf-8", errors="replace").splitlines()
        keys = [line.strip() for line in lines if line.startswith(PRIVATE)]
        private_keys = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except OSError as error:
        raise Refused(f"The identity {identity} cannot be read: {error.strerror}.") from error
    except pyrage.IdentityError as error:
        raise Refused(f"A private key in {identity} is damaged.") from error
    if not private_keys:
        raise Refused(f"{identity} holds no private key ({PRIVATE}…).")
    return private_keys
