"""One value for all processes of a machine, which never comes back."""

import subprocess
import sys
from pathlib import Path

from foundation.server.page_cache.state import UNKNOWN, ContentState


def test_value_is_unknown_until_somebody_listens() -> None:
    state = ContentState()
    assert (state.token(), state.is_known) == (UNKNOWN, False)
    state.mark_known()
    assert state.token() != UNKNOWN
    state.mark_unknown()
    assert state.token() == UNKNOWN


def test_value_never_comes_back() -> None:
    state = ContentState()
    state.mark_known()
    seen = {state.token()}
    for _number in range(1_000):
        state.invalidate()
        assert state.token() not in seen
        seen.add(state.token())


def test_two_processes_turn_once_for_the_same_cause(tmp_path: Path) -> None:
    ours, theirs = (ContentState(tmp_path / "state") for _ in range(2))
    ours.mark_known()
    theirs.mark_known()
    assert ours.token() == theirs.token()
    before = ours.token()
    ours.invalidate(7)
    turned = theirs.token()
    assert turned != before
    theirs.invalidate(7)
    assert ours.token() == turned
    theirs.invalidate(8)
    ours.invalidate(8)
    ours.invalidate(7)  # a late one of what all know already
    assert ours.token() == theirs.token() != turned


def test_cause_that_was_forgotten_turns_again(tmp_path: Path) -> None:
    state = ContentState(tmp_path / "state")
    state.mark_known()
    state.invalidate(1)
    for cause in range(2, 200):
        state.invalidate(cause)
    before = state.token()
    state.invalidate(1)
    assert state.token() != before


def test_another_process_is_seen(tmp_path: Path) -> None:
    state = ContentState(tmp_path / "state")
    state.mark_known()
    before = state.token()
    code = (
        "import sys; from pathlib import Path; "
        "from foundation.server.page_cache.state import ContentState; "
        "ContentState(Path(sys.argv[1])).invalidate()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "state")], check=True)
    assert state.token() != before


def test_file_is_nobody_elses(tmp_path: Path) -> None:
    ContentState(tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600
