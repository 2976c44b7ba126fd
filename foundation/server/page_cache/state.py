"""The state of the content as one value, shared by every worker process of this machine.

A page is fresh while the value is the one that it was made under. The value says nothing else: it
is made anew, at random, with every change, so that none ever comes back.
"""

import fcntl
import mmap
import os
import threading
from pathlib import Path

TOKEN = 8  # bytes
_REMEMBERED = 64  # causes that every process hears of, and only the first acts on
_SIZE = TOKEN * (1 + _REMEMBERED)
UNKNOWN = bytes(TOKEN)  # the value while nobody hears of changes: no page is made under it


class ContentState:
    """The value, in a file that all processes have in their memory, or in this one's alone."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._file: int | None = None
        if path is None:
            self._memory = mmap.mmap(-1, _SIZE)
        else:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._file = os.open(path, flags, 0o600)
            if os.fstat(self._file).st_size < _SIZE:
                os.ftruncate(self._file, _SIZE)
            self._memory = mmap.mmap(self._file, _SIZE)
        self._visible: mmap.mmap | bytes = UNKNOWN

    def token(self) -> bytes:
        """The value now; UNKNOWN while this process hears of no changes."""
        return self._visible[:TOKEN]

    @property
    def is_known(self) -> bool:
        return self._visible is not UNKNOWN

    def mark_known(self) -> None:
        """From here on this process hears of every change; whatever it kept until now is stale."""
        # Another database server may count its transactions anew.
        self._memory[TOKEN:_SIZE] = bytes(_SIZE - TOKEN)
        self.invalidate()
        self._visible = self._memory

    def mark_unknown(self) -> None:
        """From here on this process may miss changes: nothing counts as fresh."""
        self._visible = UNKNOWN

    def invalidate(self, cause: int = 0) -> None:
        """Make every page of every process stale.

        Each process hears of the same cause (a transaction, a moment); the first one does
        it for all.
        """
        name = (cause & (1 << 64) - 1).to_bytes(TOKEN, "little")
        with self._lock:
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                if cause:
                    causes = self._memory[TOKEN:_SIZE]
                    if any(causes[at : at + TOKEN] == name for at in range(0, len(causes), TOKEN)):
                        return
                    self._memory[TOKEN:_SIZE] = (name + causes)[: len(causes)]
                self._memory[:TOKEN] = self._new()
            finally:
                if self._file is not None:
                    fcntl.flock(self._file, fcntl.LOCK_UN)

    def _new(self) -> bytes:
        while (token := os.urandom(TOKEN)) == UNKNOWN:
            pass
        return token
