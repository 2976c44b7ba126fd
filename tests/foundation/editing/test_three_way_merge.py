"""Two people on one item: whatever one of them changed is in the result, or in a conflict."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from foundation.editing.three_way_merge import merge_fields, merge_rows

NAMES = ("title_sv", "title_fi", "lead_sv", "year")
VALUES = st.sampled_from(["", "a", "b", "c"])
FIELDS = st.fixed_dictionaries({name: VALUES for name in NAMES})
ROWS = st.dictionaries(st.integers(1, 4), FIELDS)


@given(FIELDS, FIELDS)
def test_what_one_side_alone_changes_is_taken_whole(base: dict, changed: dict) -> None:
    assert merge_fields(base, changed, base).values == changed
    merged = merge_fields(base, base, changed)
    assert merged.values == changed
    assert merged.theirs == {name for name in NAMES if base[name] != changed[name]}
    assert not merged.conflicts


@given(FIELDS, FIELDS)
def test_two_who_write_the_same_agree(base: dict, both: dict) -> None:
    merged = merge_fields(base, both, both)
    assert (merged.values, merged.theirs, merged.conflicts) == (both, frozenset(), frozenset())


@given(FIELDS, FIELDS, FIELDS)
def test_every_change_is_kept_or_in_conflict(base: dict, mine: dict, theirs: dict) -> None:
    merged = merge_fields(base, mine, theirs)
    for name in NAMES:
        i_changed, they_changed = mine[name] != base[name], theirs[name] != base[name]
        is_conflict = i_changed and they_changed and mine[name] != theirs[name]
        assert (name in merged.conflicts) == is_conflict
        # What is typed is never lost: in a conflict it stays in the form.
        expected = theirs[name] if they_changed and not i_changed else mine[name]
        assert merged.values[name] == expected


@given(FIELDS, FIELDS, FIELDS)
def test_both_sides_find_the_same_conflicts(base: dict, mine: dict, theirs: dict) -> None:
    one, other = merge_fields(base, mine, theirs), merge_fields(base, theirs, mine)
    assert one.conflicts == other.conflicts
    settled = set(NAMES) - one.conflicts
    assert {n: one.values[n] for n in settled} == {n: other.values[n] for n in settled}


@given(FIELDS, FIELDS, st.sets(st.sampled_from(NAMES)))
def test_field_that_the_form_lacks_stays_as_stored(mine: dict, theirs: dict, known: set) -> None:
    typed = {name: mine[name] for name in known}
    merged = merge_fields(theirs, typed, theirs)
    assert merged.values == {**theirs, **typed}


def test_field_without_a_base_is_never_overwritten_unseen() -> None:
    assert merge_fields({}, {"year": "1"}, {"year": "2"}).conflicts == {"year"}
    assert not merge_fields({}, {"year": "1"}, {"year": "1"}).conflicts


def values(rows: Any) -> dict:
    return {key: row.values for key, row in rows.items()}


@given(ROWS, ROWS)
def test_rows_of_one_side_alone_are_taken_whole(base: dict, changed: dict) -> None:
    mine, theirs = merge_rows(base, changed, base), merge_rows(base, base, changed)
    assert values(mine.rows) == changed
    assert values(theirs.rows) == changed
    assert theirs.added == changed.keys() - base.keys()
    assert theirs.removed == base.keys() - changed.keys()
    for merged in (mine, theirs):
        assert not merged.i_removed | merged.they_removed


@given(ROWS, ROWS, ROWS)
def test_no_row_is_lost_unseen(base: dict, mine: dict, theirs: dict) -> None:
    merged = merge_rows(base, mine, theirs)
    for key in base.keys() | mine.keys() | theirs.keys():
        if key in mine and key in theirs:
            assert merged.rows[key] == merge_fields(base.get(key, {}), mine[key], theirs[key])
        elif key in mine:
            assert (key in merged.rows) == (key not in base or mine[key] != base[key])
            assert (key in merged.they_removed) == (key in base and mine[key] != base[key])
        elif key in theirs:
            assert (key in merged.rows) == (key not in base or theirs[key] != base[key])
            assert (key in merged.i_removed) == (key in base and theirs[key] != base[key])
        else:
            assert key not in merged.rows


@given(ROWS, ROWS, ROWS)
def test_my_rows_come_first_and_in_my_order(base: dict, mine: dict, theirs: dict) -> None:
    merged = list(merge_rows(base, mine, theirs).rows)
    of_mine = [key for key in mine if key in merged]
    assert merged[: len(of_mine)] == of_mine
