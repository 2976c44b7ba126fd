"""Compiled queries: put into SQL once, and each time as true as one that is built anew."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from foundation.content.alphabet import alphabetical
from foundation.content.compiled import compiled
from foundation.content.publication import previewing
from foundation.translations.catalogues import CHECKOUT
from projects.models import Theme, Workshop
from publications.access import opened_to_a_member
from publications.models import Material, Story
from tests import factories

EARLY = datetime(2018, 3, 1, 7, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_rows_follow_the_values() -> None:
    @compiled
    def stories(moment: Any) -> QuerySet:
        return Story.objects.published(moment).order_by("pk")

    first = factories.make_story(publish_at=EARLY, withdraw_at=EARLY + timedelta(days=2))
    second = factories.make_story(publish_at=EARLY + timedelta(days=1))
    assert stories(EARLY) == [first]
    assert stories(EARLY + timedelta(days=1)) == [first, second]
    assert stories(EARLY + timedelta(days=2)) == [second]
    assert stories(EARLY - timedelta(seconds=1)) == []


@pytest.mark.django_db
def test_rows_follow_the_table() -> None:
    @compiled
    def stories(moment: Any) -> QuerySet:
        return Story.objects.published(moment)

    assert stories(timezone.now()) == []
    story = factories.make_story(title_sv="Första", title_fi="Ensimmäinen")
    assert [one.title_sv for one in stories(timezone.now())] == ["Första"]
    Story.objects.update(title_sv="Andra")
    assert [one.title_sv for one in stories(timezone.now())] == ["Andra"]
    story.delete()
    assert stories(timezone.now()) == []


@pytest.mark.django_db
def test_query_is_built_once_for_each_language_and_shape() -> None:
    built = []

    @compiled
    def themes(moment: Any, *, most: int) -> QuerySet:
        built.append((translation.get_language(), most))
        return Theme.objects.published(moment).order_by("pk")[:most]

    factories.make_theme()
    factories.make_theme()
    for _number in range(3):
        for language in ("sv", "fi"):
            with translation.override(language):
                assert len(themes(timezone.now(), most=1)) == 1
                assert len(themes(timezone.now(), most=2)) == 2
                assert themes(timezone.now(), most=0) == []
    assert sorted(built) == [(code, most) for code in ("fi", "sv") for most in (0, 1, 2)]


@pytest.mark.django_db
def test_order_follows_the_language() -> None:
    @compiled
    def themes() -> QuerySet:
        return Theme.objects.order_by(alphabetical(f"title_{translation.get_language()}"))

    one = factories.make_theme(title_sv="A", title_fi="Ö")
    other = factories.make_theme(title_sv="Ö", title_fi="A")
    for language, expected in (("sv", [one, other]), ("fi", [other, one]), ("sv", [one, other])):
        with translation.override(language):
            assert themes() == expected


@pytest.mark.django_db
def test_what_is_joined_and_annotated_comes_too() -> None:
    @compiled
    def materials(moment: Any) -> QuerySet:
        named = Material.objects.published(moment).annotate(number=F("pk"))
        return named.select_related("theme")

    material = factories.make_material(theme=factories.make_theme())
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            (found,) = materials(timezone.now())
            assert found.theme == material.theme
            assert found.number == material.pk
        assert len(queries) == 1


@pytest.mark.django_db
def test_values_come_as_dictionaries_and_days_compare() -> None:
    @compiled
    def days(after: Any) -> QuerySet:
        return Workshop.objects.filter(day__gt=after).order_by("day").values("day", "pk")

    first = factories.make_workshop(day="2018-10-11", last_day="2018-10-11")
    second = factories.make_workshop(day="2019-10-11", last_day="2019-10-11")
    rows = [
        {"day": date(2018, 10, 11), "pk": first.pk},
        {"day": date(2019, 10, 11), "pk": second.pk},
    ]
    assert days(date(2018, 10, 10)) == rows
    assert days(date(2018, 10, 11)) == rows[1:]


@pytest.mark.django_db
def test_preview_opens_the_door_and_shuts_it_again() -> None:
    @compiled
    def stories(moment: Any) -> QuerySet:
        return Story.objects.published(moment)

    draft = factories.make_story(decision="draft", publish_at=None)
    for _number in range(2):
        assert stories(timezone.now()) == []
        with previewing(draft):
            assert stories(timezone.now()) == [draft]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "build",
    [
        lambda: Story.objects.published(),
        lambda: Workshop.objects.filter(day__gt=timezone.localdate()),
    ],
)
def test_moment_of_the_first_asking_is_refused(build) -> None:
    with pytest.raises(TypeError, match="moments and days"):
        compiled(build)()


@pytest.mark.django_db
def test_query_with_others_after_it_is_refused() -> None:
    with pytest.raises(TypeError, match="fetches nothing after it"):
        compiled(lambda moment: Material.objects.published(moment).with_files())(timezone.now())


@pytest.mark.django_db
def test_what_is_for_members_stays_theirs() -> None:
    @compiled
    def materials(moment: Any) -> QuerySet:
        return Material.objects.published(moment).order_by("pk")

    for_all = factories.make_material(theme=factories.make_theme())
    for_members = factories.make_material(theme=factories.make_theme(), access="members")
    for _number in range(2):
        assert materials(timezone.now()) == [for_all]
        with opened_to_a_member():
            assert materials(timezone.now()) == [for_all, for_members]


# Each of them either has a query of its own or is asked for anew: see `compiled`.
CIRCUMSTANCES = {"closed_is_unnamed", "opened_to_a_member", "previewed"}


def test_no_circumstance_of_queries_is_forgotten() -> None:
    rooms = ("portal/content", "municipalities", "projects", "publications")
    sources = [
        path.read_text("utf-8") for room in rooms for path in (CHECKOUT / room).rglob("*.py")
    ]
    named = re.findall(r'= ContextVar\(\s*"(\w+)"', "\n".join(sources))
    assert set(named) == CIRCUMSTANCES
