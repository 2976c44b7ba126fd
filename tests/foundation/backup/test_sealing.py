"""What is sealed for somebody: opened by the private key that fits, and by nothing else."""

import os
import stat
from io import BytesIO, StringIO
from pathlib import Path

import pyrage
import pytest
from django.core.management import CommandError, call_command

from foundation.backup.refused import OLDER, Refused
from foundation.backup.sealing import opened, recipients_of, seal
from tests.foundation.backup.everything import RECIPIENT

PIECE = 64 * 1024  # bytes that the format seals at once, with 16 of a mark
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def sealed(data: bytes, *public_keys: str) -> bytes:
    target = BytesIO()
    seal(BytesIO(data), target, recipients_of(public_keys or [RECIPIENT]))
    return target.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backup.tar.gz.age"


def unsealed(path: Path, data: bytes, identity: Path | None) -> bytes:
    """What a file with these bytes holds."""
    path.write_bytes(data)
    with opened(path, identity) as plain:
        return plain.read()


@pytest.mark.parametrize("size", SIZES)
def test_identity_opens_what_was_sealed_for_it(path, identity, size: int) -> None:
    data = os.urandom(size)
    assert unsealed(path, sealed(data), identity) == data


def test_each_of_several_recipients_opens_it(path, identity, tmp_path) -> None:
    another = tmp_path / "another.txt"
    call_command("new_backup_identity", another, stdout=StringIO(), stderr=StringIO())
    public_key = another.read_text().split()[3]
    for data in (sealed(b"text", RECIPIENT, public_key), sealed(b"text", public_key, RECIPIENT)):
        assert unsealed(path, data, identity) == unsealed(path, data, another) == b"text"


def test_new_identity_is_its_owners_only_and_opens_what_is_sealed_for_it(path, tmp_path) -> None:
    identity, told, warned = tmp_path / "owner.txt", StringIO(), StringIO()
    call_command("new_backup_identity", identity, stdout=told, stderr=warned)
    assert stat.S_IMODE(identity.stat().st_mode) == 0o600
    name, public_key = told.getvalue().strip().split("=")
    assert name == "BACKUP_RECIPIENT"
    assert "AGE-SECRET-KEY-" not in told.getvalue() + warned.getvalue()
    assert unsealed(path, sealed(b"text", public_key), identity) == b"text"
    before = identity.read_text()
    with pytest.raises(CommandError, match=r"No key was made\. .*File exists"):
        call_command("new_backup_identity", identity)
    assert identity.read_text() == before


def test_another_identity_is_refused(path, tmp_path) -> None:
    another = tmp_path / "another.txt"
    another.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(Refused, match="does not open this backup: it was sealed for another"):
        unsealed(path, sealed(b"text"), another)


def test_sealed_backup_asks_for_an_identity(path) -> None:
    with pytest.raises(Refused, match="is sealed: name the file with the private key"):
        unsealed(path, sealed(b"text"), None)


def test_identity_that_is_not_there_is_told(path, tmp_path) -> None:
    with pytest.raises(Refused, match=r"none\.txt cannot be read: No such file or directory\."):
        unsealed(path, sealed(b"text"), tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "holds no private key"),
        (RECIPIENT.encode(), "holds no private key"),
        (b"\xff\xfe\x00", "holds no private key"),
        (b"AGE-SECRET-KEY-1QQQ", "A private key in .* is damaged"),
    ],
    ids=["empty", "public half", "picture", "half a key"],
)
def test_file_without_a_private_key_is_told(path, tmp_path, text: bytes, reason: str) -> None:
    identity = tmp_path / "wrong.txt"
    identity.write_bytes(text)
    with pytest.raises(Refused, match=reason):
        unsealed(path, sealed(b"text"), identity)


def test_unsealed_backup_is_not_taken_for_a_sealed_one(path, identity) -> None:
    with pytest.raises(Refused, match="is not sealed, so anybody may have made or changed it"):
        unsealed(path, b"a tar", identity)
    assert unsealed(path, b"a tar", None) == b"a tar"


def test_backup_closed_with_a_passphrase_is_of_before_the_first_release(path, identity) -> None:
    for given in (identity, None):
        with pytest.raises(Refused) as refused:
            unsealed(path, pyrage.passphrase.encrypt(b"text", "a former BACKUP_KEY"), given)
        assert str(refused.value) == OLDER


@pytest.mark.parametrize("is_private", [False, True], ids=["misspelt", "private half"])
def test_no_backup_is_made_for_what_is_no_public_key(settings, tmp_path, is_private: bool) -> None:
    private_key = str(pyrage.x25519.Identity.generate())
    settings.BACKUP_RECIPIENT = [RECIPIENT, private_key if is_private else RECIPIENT[:-1]]
    with pytest.raises(CommandError, match=r"No backup was made\. BACKUP_RECIPIENT") as refused:
        call_command("backup", tmp_path / "backups")
    assert private_key not in str(refused.value)
    assert [*(tmp_path / "backups").iterdir()] == []


PAYLOAD = 3 * PIECE + 100
SEALED = sealed(os.urandom(PAYLOAD))
# The format makes its header a little longer by chance.
FIRST = len(SEALED) - PAYLOAD - 4 * 16
SECOND = FIRST + PIECE + 16
THIRD = SECOND + PIECE + 16


@pytest.mark.parametrize(
    "place",
    [25, 60, 120, FIRST - 1, FIRST, SECOND + 9, len(SEALED) - 1],
    ids=["word", "share", "key", "nonce", "first piece", "second piece", "end"],
)
def test_byte_that_was_changed_is_found(path, identity, place: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= 1
    with pytest.raises(Refused, match="damaged"):
        unsealed(path, bytes(changed), identity)


@pytest.mark.parametrize(
    "length",
    [30, FIRST - 20, FIRST, FIRST + 5, SECOND, THIRD, len(SEALED) - 1],
    ids=["word", "header", "nonce", "first piece", "one piece", "two pieces", "end"],
)
def test_end_that_was_cut_off_is_found(path, identity, length: int) -> None:
    with pytest.raises(Refused, match="damaged"):
        unsealed(path, SEALED[:length], identity)


@pytest.mark.parametrize(
    "changed",
    [
        SEALED[:FIRST] + SEALED[SECOND:],
        SEALED[:FIRST] + SEALED[SECOND:THIRD] + SEALED[FIRST:SECOND] + SEALED[THIRD:],
        SEALED[:SECOND] + SEALED[FIRST:],
        SEALED + b"!",
    ],
    ids=["left out", "moved", "twice", "added"],
)
def test_piece_out_of_its_place_is_found(path, identity, changed: bytes) -> None:
    with pytest.raises(Refused, match="damaged"):
        unsealed(path, changed, identity)
