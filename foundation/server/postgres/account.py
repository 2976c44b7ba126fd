"""The account the embedded server runs under: PostgreSQL refuses to run as root."""

import os
import pwd
from pathlib import Path
from typing import Any, NamedTuple


class Account(NamedTuple):
    """A user and group id other than root's."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """Return the arguments with which `subprocess` starts a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(cluster: Path) -> Account | None:
    """Return the account for a cluster's server; None means the caller's own, not being root.

    The owner of the files, so that root and the owner of a checkout can take turns; `nobody`
    where they are root's own or `initdb` could not find a name for the owner.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists():
        owner = cluster.stat()
        if owner.st_uid:
            return Account(owner.st_uid, owner.st_gid)
    owner = nearest_existing(cluster).stat()
    try:
        entry = pwd.getpwuid(owner.st_uid)
    except KeyError:
        entry = None
    if entry is None or entry.pw_uid == 0:
        entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def nearest_existing(path: Path) -> Path:
    """Return the path's closest ancestor that exists."""
    return next(folder for folder in path.parents if folder.exists())


def give(tree: Path, account: Account | None) -> None:
    """Make an account the owner of a folder and everything in it."""
    if account is None:
        return
    os.chown(tree, *account)
    for folder, folders, files in os.walk(tree):
        for name in (*folders, *files):
            os.chown(os.path.join(folder, name), *account, follow_symlinks=False)
