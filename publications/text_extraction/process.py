"""Starts the process that opens a file, waits for it, and takes what it says with caution."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from publications.text_extraction.problems import ALL, BROKEN, TOO_HEAVY

logger = logging.getLogger(__name__)

SECONDS = {"check": 20, "read": 90, "draw": 60}  # of processor time; by the clock twice as much


@contextmanager
def copied(stream: Any, kind: str) -> Iterator[Path]:
    """The bytes of an open file as a file of its own in a folder of its own, while it is needed."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        path = Path(folder) / f"file.{kind}"
        stream.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
        yield path


def ask(task: str, kind: str, path: Path, **more: Any) -> dict[str, Any]:
    """The answer of the process to an order; its `problem` is "" or one of `problems`."""
    order = {"task": task, "kind": kind, "path": str(path), "seconds": SECONDS[task], **more}
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "publications.text_extraction",
        json.dumps(order),
    ]
    ended, output, errors = run(command, seconds=2 * SECONDS[task], cwd=settings.BASE_DIR)
    if errors:
        logger.info("Reading a file (%s, %s): %s", task, kind, errors[-2000:])
    if ended != 0:
        # Killed by its limits, or by the clock: nothing is known of the file but that.
        return {"problem": TOO_HEAVY}
    try:
        answer = json.loads(output)
    except ValueError:
        return {"problem": BROKEN}
    problem = answer.setdefault("problem", "")
    return answer if not problem or problem in ALL else {"problem": BROKEN}


def run(command: list[str], *, seconds: int, cwd: Path) -> tuple[int, str, str]:
    """Run a command and all it starts for so long at most; its status, output and errors.

    It inherits neither secrets nor settings: nothing of the environment but the path.
    """
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(cwd), "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        output, errors = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        output, errors = child.communicate()
    return child.returncode, output, errors
