from pathlib import Path

import pytest

from tests.foundation.backup.everything import IDENTITY, RECIPIENT


@pytest.fixture
def own_storage(settings, tmp_path: Path) -> None:
    """A folder of files for one test alone, and somebody its backups are sealed for."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_RECIPIENT = [RECIPIENT]


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """The file with the private key of whom the backups are sealed for."""
    path = tmp_path / "identity.txt"
    path.write_text(f"# public key: {RECIPIENT}\n{IDENTITY}\n")
    return path
