"""The page of the older version says so; the page of the newer one says it before the switch."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from foundation.content.agreement import EVERY_FIELD, compared_fields, writing
from foundation.content.languages import CODES, other
from foundation.content.models import Addressed, LanguageState
from foundation.content.pages import Page
from publications.models import TaskArea
from tests import factories
from tests.constraint_cases import ADDRESSED_MODELS
from tests.html_document import Document

EITHER_SIDE = pytest.mark.parametrize("ahead", CODES)
# Around midnight in Helsinki, two hours before UTC's in winter and three in summer.
BEFORE_MIDNIGHT = datetime(2026, 1, 31, 21, 59, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 3, 31, 21, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db

# A task area is a place on the page of all practices.
WITH_A_PAGE = [model for model in ADDRESSED_MODELS if model is not TaskArea]


def change(item: Addressed, **columns: Any) -> None:
    type(item)._base_manager.filter(pk=item.pk).update(**columns)


def change_at(moment: datetime, item: Addressed, **columns: Any) -> None:
    """Change one side of texts, as if it had been done at a moment."""
    change(item, **columns)
    for column in columns:
        field, _, code = column.rpartition("_")
        LanguageState.objects.filter(
            kind=item._meta.db_table, object_id=item.pk, field=field
        ).update(**{f"{code}_revised_at": moment})


def page(item: Addressed, language: str) -> Page:
    response = Client().get(item.path(language))
    assert response.status_code == 200
    return response.context["page"]


def newer(item: Addressed, language: str) -> list[tuple[str, str]]:
    """What the page says of a newer version: the note and where it leads."""
    notices = page(item, language).notices
    return [(notice.text, notice.url) for notice in notices if notice.kind == "newer"]


@pytest.mark.parametrize("model", WITH_A_PAGE, ids=lambda model: model.__name__)
@EITHER_SIDE
def test_page_of_every_kind_tells_of_a_newer_version(model, ahead):
    item: Any = factories.MAKERS[model]()
    there = other(ahead)
    assert newer(item, there) == []
    change_at(AFTER_MIDNIGHT, item, **{f"{compared_fields(model)[0]}_{ahead}": "Ny – Uusi"})
    [(note, url)] = newer(item, there)
    assert "1.4.2026" in note
    assert url == item.path(ahead)
    assert newer(item, ahead) == []
    switch = page(item, ahead).switch
    assert switch.state == "older"
    assert "1.4.2026" in switch.note


@EITHER_SIDE
def test_reader_of_the_older_version_gets_the_date_and_a_link(ahead):
    story, there = factories.make_story(), other(ahead)
    change_at(AFTER_MIDNIGHT, story, **{f"lead_{ahead}": "Ny – Uusi"})
    response = Client().get(story.path(there))
    document = Document(response.content.decode())
    [main] = document.all("main")
    assert "1.4.2026" in main.text
    assert len(document.all("a", href=story.path(ahead))) == 2  # the notice's and the switch
    document = Document(Client().get(story.path(ahead)).content.decode())
    assert "1.4.2026" not in document.all("main")[0].text
    assert "1.4.2026" in document.html


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (BEFORE_MIDNIGHT, "31.1.2026"),
        (BEFORE_MIDNIGHT + timedelta(minutes=2), "1.2.2026"),
        (AFTER_MIDNIGHT - timedelta(minutes=2), "31.3.2026"),
        (AFTER_MIDNIGHT, "1.4.2026"),
    ],
)
def test_day_is_that_of_helsinki(moment, day):
    story = factories.make_story()
    change_at(moment, story, title_sv="Ny rubrik")
    [(note, _url)] = newer(story, "fi")
    assert f"({day})" in note
    assert page(story, "sv").switch.note.rstrip(".").endswith(f" {day}")


@EITHER_SIDE
@pytest.mark.parametrize("field", ["title", "lead"])
def test_version_changed_later_is_the_newer_when_both_have_changed(ahead, field):
    story, there = factories.make_story(), other(ahead)
    change_at(BEFORE_MIDNIGHT, story, **{f"title_{there}": "Toinen – Andra"})
    change_at(AFTER_MIDNIGHT, story, **{f"{field}_{ahead}": "Uusi – Ny"})
    [(note, url)] = newer(story, there)
    assert "1.4.2026" in note
    assert url == story.path(ahead)
    assert newer(story, ahead) == []
    assert page(story, ahead).switch.state == "older"
    assert page(story, there).switch.state == "same"


def test_versions_changed_in_one_go_are_neither_newer_nor_older():
    story = factories.make_story()
    change(story, title_sv="Ny rubrik", title_fi="Uusi otsikko")
    for language in CODES:
        assert newer(story, language) == []
        assert page(story, language).switch.state == "same"


@EITHER_SIDE
def test_nothing_is_said_of_versions_that_agree(ahead):
    story = factories.make_story()
    change(story, **{f"body_{ahead}": "<p>Ny – Uusi</p>"})
    with writing(agreeing=EVERY_FIELD):
        story.refresh_from_db()
        story.save()
    with writing(small_change=True):
        change(story, **{f"body_{ahead}": "<p>Ny – Uusi.</p>"})
    change(story, **{f"body_{ahead}": "<p><strong>Ny</strong> – Uusi.</p>"})
    for language in CODES:
        assert newer(story, language) == []
        assert page(story, language).switch.state == "same"


@EITHER_SIDE
def test_missing_text_makes_a_version_partial_and_not_older(ahead):
    story, there = factories.make_story(), other(ahead)
    change_at(AFTER_MIDNIGHT, story, **{f"kicker_{there}": None})
    assert [notice.kind for notice in page(story, there).notices] == ["partly"]
    assert page(story, ahead).switch.state == "partly"


@EITHER_SIDE
def test_nothing_is_newer_about_an_item_in_one_language(ahead):
    story = factories.make_story()
    change(story, **{f"title_{ahead}": "Ny – Uusi"})
    change(story, pairing=ahead, pairing_reason="Bara här – Vain täällä")
    story.refresh_from_db()
    for language in CODES:
        assert newer(story, language) == []
        assert page(story, language).switch.state != "older"


def test_side_that_was_revised_last_is_the_newer_however_long_the_other_has_waited():
    story = factories.make_story()
    change_at(datetime(2026, 1, 1, 12, tzinfo=UTC), story, lead_sv="Första ändringen.")
    change_at(datetime(2026, 2, 1, 12, tzinfo=UTC), story, lead_fi="Toinen muutos.")
    assert [note for note, _url in newer(story, "sv")] != []
    change_at(datetime(2026, 3, 1, 12, tzinfo=UTC), story, lead_sv="Tredje ändringen.")
    assert newer(story, "sv") == []
    assert "1.3.2026" in newer(story, "fi")[0][0]
