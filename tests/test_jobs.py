"""JOBS: where jobs are done is a setting of the environment."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("jobs", "backend"),
    [("at-once", "ImmediateBackend"), ("worker", "DatabaseBackend"), ("sometimes", "")],
)
def test_jobs_are_done_where_the_setting_says(jobs: str, backend: str) -> None:
    code = "from portal import settings; print(settings.TASKS['default']['BACKEND'])"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**os.environ, "JOBS": jobs, "SECRET_KEY": "x"},
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip().endswith(backend)
    assert (found.returncode == 0) == bool(backend)
    assert backend or "JOBS is at-once or worker." in found.stderr
