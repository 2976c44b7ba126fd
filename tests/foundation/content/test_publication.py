"""The publication state: the same in Python and SQL, by the clock, and `published()` the door."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from foundation.content.publication import State, in_state
from foundation.translations.catalogues import CHECKOUT
from publications.models import Story
from tests.constraint_cases import CONTENT_MODELS
from tests.factories import make_story

NOON = datetime(2018, 10, 11, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_draft_is_seen_at_no_moment() -> None:
    make_story(decision="draft", publish_at=NOON)
    assert not Story.objects.published(NOON + SECOND).exists()
    assert Story.objects.get().state_at(NOON + SECOND) == State.DRAFT


@pytest.mark.django_db
def test_scheduled_item_appears_by_itself() -> None:
    make_story(publish_at=NOON)
    assert not Story.objects.published(NOON - SECOND).exists()
    assert Story.objects.published(NOON).exists()
    assert Story.objects.get().state_at(NOON - SECOND) == State.SCHEDULED


@pytest.mark.django_db
def test_item_leaves_by_itself_at_its_last_moment() -> None:
    make_story(publish_at=NOON, withdraw_at=NOON + SECOND)
    assert Story.objects.published(NOON).exists()
    assert not Story.objects.published(NOON + SECOND).exists()
    assert Story.objects.get().state_at(NOON + SECOND) == State.WITHDRAWN


@pytest.mark.django_db
def test_withdrawn_item_is_seen_at_no_moment() -> None:
    make_story(decision="withdrawn", publish_at=NOON)
    assert not Story.objects.published(NOON + SECOND).exists()
    assert Story.objects.get().state_at(NOON + SECOND) == State.WITHDRAWN


@pytest.mark.django_db
def test_published_means_now_unless_a_moment_is_given() -> None:
    make_story()
    scheduled = make_story(publish_at=datetime(2100, 1, 1, tzinfo=UTC))
    assert scheduled not in Story.objects.published()
    assert Story.objects.published().count() == 1
    assert scheduled.state_at() == State.SCHEDULED


@pytest.mark.django_db
def test_item_made_public_without_a_moment_is_public_from_now() -> None:
    story = make_story(publish_at=None)
    assert story.publish_at is not None
    assert story in Story.objects.published()


@pytest.mark.django_db
def test_sql_and_python_tell_the_same_state() -> None:
    moments = [None, NOON - SECOND, NOON, NOON + SECOND]
    for decision, publish_at, withdraw_at in product(
        ("draft", "public", "withdrawn"), moments, moments
    ):
        if publish_at is None and decision == "public":
            continue  # the database refuses it
        if publish_at and withdraw_at and withdraw_at <= publish_at:
            continue  # likewise
        make_story(decision=decision, publish_at=publish_at, withdraw_at=withdraw_at)
    assert Story.objects.count() == 26
    for moment in (NOON - SECOND * 2, NOON - SECOND, NOON, NOON + SECOND, NOON + SECOND * 2):
        by_python = {story.pk: story.state_at(moment) for story in Story.objects.all()}
        by_column = dict(Story.objects.with_state(moment).values_list("pk", "state"))
        by_condition = {
            pk: state
            for state in State
            for pk in Story.objects.filter(in_state(state, moment)).values_list("pk", flat=True)
        }
        assert by_python == by_column == by_condition
        published = set(Story.objects.published(moment).values_list("pk", flat=True))
        assert published == {pk for pk, state in by_python.items() if state == State.PUBLISHED}


# The one door: who reads rows for readers goes through `published()`.

ROOMS = ("municipalities", "projects", "publications", "network", "portal")
# Models and migrations define the rows; the admin, the demo content and imports write them.
BEHIND_THE_DOOR = re.compile(
    r"(^|/)(models|migrations|management|demo|admin)(/|\.py$|_)|_admin|/(bulk_upload|participations|submissions|tables)\.py$"
)
MODEL_NAMES = {model.__name__ for model in CONTENT_MODELS}
ACCESSORS = {
    str(relation.get_accessor_name())
    for model in CONTENT_MODELS
    for field in model._meta.get_fields()
    if (field.many_to_one or field.many_to_many) and not field.auto_created
    for relation in [field.remote_field]
    if not relation.hidden
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
PAST_THE_DOOR = {"published", "with_locked", "with_state"}


def reads(code: str) -> Iterator[str]:
    """What is called on the manager of a content model, as `Story.objects.filter`."""
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)):
            continue
        manager = node.value
        is_model = isinstance(manager.value, ast.Name) and manager.value.id in MODEL_NAMES
        if (manager.attr in MANAGERS and is_model) or manager.attr in ACCESSORS:
            yield ast.unparse(node)


def past_the_door(code: str) -> list[str]:
    return [read for read in reads(code) if read.rpartition(".")[2] not in PAST_THE_DOOR]


def test_related_managers_of_content_are_known() -> None:
    assert {"materials", "stories", "workshops", "series", "publications"} <= ACCESSORS


@pytest.mark.parametrize(
    "code",
    [
        "Story.objects.all()",
        "Story.objects.filter(published=True)",
        "theme.materials.all()",
        "municipality.workshops.order_by('-day')",
        "get(lambda: Workshop.objects.first)",
        "Story._default_manager.count()",
    ],
)
def test_way_past_the_door_is_found(code: str) -> None:
    assert past_the_door(code)


@pytest.mark.parametrize(
    "code", ["Story.objects.published()", "theme.materials.published().newest()"]
)
def test_way_through_the_door_is_none_past_it(code: str) -> None:
    assert not past_the_door(code)


@pytest.mark.parametrize("room", ROOMS)
def test_published_is_the_only_door(room: str) -> None:
    found = []
    for path in sorted((CHECKOUT / room).rglob("*.py")):
        place = path.relative_to(CHECKOUT).as_posix()
        if not BEHIND_THE_DOOR.search(place):
            found += [f"{place}: {read}" for read in past_the_door(path.read_text("utf-8"))]
    assert not found


def test_no_template_opens_another_door() -> None:
    pattern = re.compile(rf"\.({'|'.join(sorted(ACCESSORS))})\.(all|first|last|count|exists)\b")
    templates = [path for path in Path(CHECKOUT).glob("templates/**/*.html")]
    assert not [
        f"{path.name}: {m[0]}"
        for path in templates
        for m in pattern.finditer(path.read_text("utf-8"))
    ]
