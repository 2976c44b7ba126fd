"""Random histories of texts in two languages, held against a model in plain Python.

The model is made of the issue's words: "For each item, language and translated field the portal
remembers what stood on both sides when they were last declared equal. Any later change on one side
marks the other as due. Small change, nothing to translate, is one tick. Formatting-only changes of
rich text do not count." It knows meanings only; how a meaning is dressed in HTML is the test's.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from foundation.content.agreement import EVERY_FIELD, writing
from foundation.content.languages import CODES, other
from foundation.content.models import Bilingual, LanguageState
from foundation.editing.worklist import outstanding
from publications.models import Figure, Story
from tests import factories
from tests.examples import examples

# Every run plays the same histories, so that a failure is one everywhere.
STEADY = settings(
    max_examples=examples(40),
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


class Meaning(NamedTuple):
    """What a text says to its readers: its words, and where its link leads."""

    words: str
    target: str


@dataclass
class Remembered:
    """A text in two languages, and what is remembered of it."""

    now: dict[str, Meaning | None] = field(default_factory=lambda: dict.fromkeys(CODES))
    when_equal: dict[str, Meaning] | None = None

    def written(
        self, new: dict[str, Meaning | None], *, declared_equal: bool, is_small: bool
    ) -> None:
        before, self.now = self.now, {**self.now, **new}
        texts = {code: meaning for code, meaning in self.now.items() if meaning}
        if not texts:
            self.when_equal = None
        elif len(texts) == 2 and (declared_equal or self.when_equal is None):
            self.when_equal = texts
        elif is_small and self.when_equal:
            for code, meaning in texts.items():
                # A change for real that came before is still to be translated.
                if before[code] in (None, self.when_equal[code]):
                    self.when_equal = {**self.when_equal, code: meaning}

    def waits_for(self, language: str) -> str | None:
        """Why the text is on a language's work list: "missing", "changed", or not at all."""
        there = self.now[other(language)]
        if there is None:
            return None
        if self.now[language] is None:
            return "missing"
        assert self.when_equal
        return "changed" if there != self.when_equal[other(language)] else None


@dataclass
class Item:
    """A row of ours: its texts by field, and the languages it is meant to exist in."""

    row: Story | Figure
    texts: dict[str, Remembered]
    pairing: str = "both"

    @property
    def key(self) -> tuple[str, int]:
        return self.row._meta.db_table, self.row.pk


FIELDS: dict[type[Bilingual], tuple[str, str]] = {
    Story: ("title", "body"),
    Figure: ("caption", "long_description"),
}
RICH = {"body"}

# Few words, so that histories meet the agreed wording again.
meanings = st.builds(
    Meaning, st.sampled_from(["Välfärd nu", "Kunta nyt"]), st.sampled_from(["/a", "/b", ""])
)
four_meanings = st.lists(meanings, min_size=4, max_size=4)
BLOCKS = ["<p>{}</p>", "<h2>{}</h2><p>&nbsp;</p>", "<ul><li>{}</li></ul>", "<p>  {}\n</p>"]
# Marks begin in the middle of a word.
MARKS = ["{}{}", "<strong>{}</strong>{}", "{}<em>{}</em>", '<span lang="fi">{}</span>{}']
EMPTY = [None, "", "<p></p>"]


class Dress(NamedTuple):
    """How a meaning is written down: formatting, kind of blank, kind of nothing."""

    block: str
    mark: str
    blank: str
    nothing: str | None

    def put_on(self, meaning: Meaning | None, is_rich: bool) -> str | None:
        if meaning is None:
            return self.nothing if is_rich or self.nothing is None else ""
        words = meaning.words.replace(" ", self.blank)
        if not is_rich:
            return f"{words} {meaning.target}"
        marked = self.mark.format(words[:2], words[2:])
        return self.block.format(
            f'<a href="{meaning.target}">{marked}</a>' if meaning.target else marked
        )


dresses = st.builds(
    Dress,
    st.sampled_from(BLOCKS),
    st.sampled_from(MARKS),
    st.sampled_from([" ", "\u00a0", " \n "]),
    st.sampled_from(EMPTY),
)
ways = st.sampled_from(["save", "update", "plain SQL"])
declarations = st.sampled_from(["", "", "small", "small", "all", "first", "second"])


def _spread(
    item: Item, told: list[Meaning], sides: Iterable[str], fields: Iterable[str]
) -> dict[str, dict[str, Meaning | None]]:
    """New meanings for these sides of these fields of an item."""
    places = {name: number for number, name in enumerate(item.texts)}
    return {
        name: {code: told[2 * places[name] + CODES.index(code)] for code in sides}
        for name in fields
    }


def _is_written(sides: dict[str, Meaning | None]) -> bool:
    return any(sides.values())


class TwoLanguages(RuleBasedStateMachine):
    """Editors at work on several items, and the work lists of both languages."""

    items = Bundle("items")

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Item] = []
        self.undone = ExitStack()
        self.undone.enter_context(transaction.atomic())
        self.undone.callback(transaction.set_rollback, True)
        # What figures stand on.
        self.story = factories.make_story()
        self.image = factories.make_image(width=8, height=8)

    def teardown(self) -> None:
        self.undone.close()

    @initialize(target=items, told=four_meanings, dress=dresses)
    def begin(self, told: list[Meaning], dress: Dress) -> Any:
        return multiple(*(self._told(model, None, told, dress) for model in (Story, Story, Figure)))

    def _told(
        self, model: type[Bilingual], key: int | None, told: list[Meaning], dress: Dress
    ) -> Item:
        item = self._made(model, key)
        self._write(item, _spread(item, told, CODES, item.texts), dress, "", "save")
        return item

    def _made(self, model: type[Bilingual], key: int | None) -> Item:
        usual: dict[str, Any] = {
            f"{name}_{code}": None for name in model.translated_fields() for code in CODES
        }
        row: Story | Figure
        if model is Story:
            row = factories.make_story(pk=key, **usual, decision="draft")
        else:
            row = factories.make_figure(pk=key, **usual, story=self.story, image=self.image)
        item = Item(row, {name: Remembered() for name in FIELDS[model]})
        self.known.append(item)
        return item

    @rule(
        item=items,
        told=four_meanings,
        sides=st.sampled_from([("sv",), ("fi",), CODES]),
        which=st.sampled_from([slice(0, 1), slice(1, 2), slice(0, 2)]),
        dress=dresses,
        declared=declarations,
        way=ways,
    )
    def edit(
        self,
        item: Item,
        told: list[Meaning],
        sides: tuple[str, ...],
        which: slice,
        dress: Dress,
        declared: str,
        way: str,
    ) -> None:
        new = _spread(item, told, sides, list(item.texts)[which])
        self._write(item, new, dress, declared, way)

    @rule(item=items, dress=dresses, declared=declarations, way=ways)
    def format_only(self, item: Item, dress: Dress, declared: str, way: str) -> None:
        new = {name: dict(text.now) for name, text in item.texts.items()}
        self._write(item, new, dress, declared, way)

    @rule(item=items, side=st.sampled_from(CODES), dress=dresses, way=ways)
    def take_back(self, item: Item, side: str, dress: Dress, way: str) -> None:
        new = {
            name: {side: text.when_equal[side]} if text.when_equal else {}
            for name, text in item.texts.items()
        }
        self._write(item, new, dress, "", way)

    @rule(
        item=items,
        sides=st.sampled_from([("sv",), ("fi",), ("sv",), ("fi",), CODES]),
        dress=dresses,
        declared=declarations,
        way=ways,
    )
    def empty(
        self, item: Item, sides: tuple[str, ...], dress: Dress, declared: str, way: str
    ) -> None:
        new: Any = {name: dict.fromkeys(sides) for name in item.texts}
        self._write(item, new, dress, declared, way)

    def _write(self, item: Item, new: Any, dress: Dress, declared: str, way: str) -> None:
        columns = {
            f"{name}_{code}": dress.put_on(meaning, name in RICH)
            for name, texts in new.items()
            for code, meaning in texts.items()
        }
        names = list(item.texts)
        fields = {"all": names, "first": names[:1], "second": names[1:]}.get(declared, [])
        agreeing = EVERY_FIELD if declared == "all" else fields
        note(f"{item.key} {declared or 'change'} {columns}")
        with writing(agreeing=agreeing, small_change=declared == "small"):
            self._columns(item, columns, way)
        if way != "save" and not columns:
            fields = []
        for name, text in item.texts.items():
            text.written(
                new.get(name, {}), declared_equal=name in fields, is_small=declared == "small"
            )

    def _columns(self, item: Item, columns: dict[str, Any], way: str) -> None:
        model = type(item.row)
        if way == "save":
            row = model._base_manager.get(pk=item.row.pk)
            for name, value in columns.items():
                setattr(row, name, value)
            row.save()
        elif columns and way == "update":
            model._base_manager.filter(pk=item.row.pk).update(**columns)
        elif columns:
            assignments = ", ".join(f"{name} = %s" for name in columns)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {model._meta.db_table} SET {assignments} WHERE id = %s",
                    [*columns.values(), item.row.pk],
                )

    @rule(item=items, pairing=st.sampled_from(["both", "sv", "fi"]))
    def pair(self, item: Item, pairing: str) -> None:
        if isinstance(item.row, Story):
            Story.objects.filter(pk=item.row.pk).update(pairing=pairing)
            item.pairing = pairing

    @rule(
        target=items,
        item=consumes(items),
        keeps_its_key=st.booleans(),
        told=four_meanings,
        dress=dresses,
    )
    def delete_and_make_again(
        self, item: Item, keeps_its_key: bool, told: list[Meaning], dress: Dress
    ) -> Item:
        self.known.remove(item)
        model, key = type(item.row), item.row.pk
        model._base_manager.filter(pk=key).delete()
        self.work_lists_are_those_of_the_model()
        return self._told(model, key if keeps_its_key else None, told, dress)

    @invariant()
    def work_lists_are_those_of_the_model(self) -> None:
        for language in CODES:
            expected = {
                (*item.key, name, reason)
                for item in self.known
                if item.pairing == "both"
                for name, text in item.texts.items()
                if (reason := text.waits_for(language))
            }
            found = {
                (
                    state.kind,
                    state.object_id,
                    state.field,
                    "changed" if getattr(state, f"{language}_is_filled") else "missing",
                )
                for state in outstanding(language)
            }
            assert found == expected

    @invariant()
    def nothing_is_remembered_of_what_is_gone(self) -> None:
        ground = {(row._meta.db_table, row.pk) for row in (self.story, self.image)}
        remembered = set(LanguageState.objects.values_list("kind", "object_id")) - ground
        texts = {item.key: [text.now for text in item.texts.values()] for item in self.known}
        assert remembered == {key for key, nows in texts.items() if any(map(_is_written, nows))}


@pytest.mark.django_db
def test_work_lists_follow_every_history_of_edits_and_agreements():
    run_state_machine_as_test(TwoLanguages, settings=STEADY)
