from pathlib import Path

import pytest

from tests.foundation.backup.everything import KEY


@pytest.fixture
def own_storage(settings, tmp_path: Path) -> None:
    """A folder of files for one test alone, and a key for its backups."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_KEY = KEY
