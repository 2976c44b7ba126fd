"""The admin's start page: what is due, for those who may do something about it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Municipality
from portal.models import Feedback
from projects.models import Contact
from publications.models import AdoptionRequest, Story
from tests import factories
from tests.foundation.editing.test_admin import url
from tests.html_document import Document

pytestmark = pytest.mark.django_db

KEYS = ["feedback", "adoptions", "reviews", "links", "soon"]
START = {"sv": "Ny verkstad", "fi": "Uusi työpaja"}


def staff(client, *rights, **given):
    user = factories.make_user(is_staff=True, **given)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return user


@pytest.fixture
def editor(client):
    return staff(client, is_superuser=True, first_name="Svea")


def start_page(client):
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    return response


def blocks(client):
    return {block.key: block for block in start_page(client).context["due"]}


def in_days(days):
    return timezone.now() + timedelta(days=days)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def make_all(count=1):
    """So many rows for each block, of two kinds where a block lists several."""
    for number in range(count):
        story = factories.make_story(review_by=today(-number - 1))
        factories.make_theme(withdraw_at=in_days(number + 1))
        factories.make_feedback()
        factories.make_adoption_request()
        for item in (story, factories.make_figure()):
            factories.make_broken_link(
                kind=item._meta.db_table,
                object_id=item.pk,
                url=f"https://example.fi/{number}",
                first_failed_on=today(-3),
                last_failed_on=today(-1),
            )
        LogEntry.objects.create(
            user=factories.make_user(),
            content_type=ContentType.objects.get_for_model(Story),
            object_id=str(story.pk),
            object_repr=str(story),
            action_flag=CHANGE,
        )


def test_blocks_stand_in_order_of_haste_and_lead_to_what_is_due(client, editor):
    make_all()
    found = blocks(client)
    assert list(found) == KEYS
    [feedback] = found["feedback"].rows
    assert feedback.url == url(Feedback, "change", Feedback.objects.get().pk)
    assert feedback.day == Feedback.objects.get().answer_by
    page = Document(start_page(client).content.decode())
    hrefs = {link.attributes.get("href") for link in page.all("a")}
    assert {row.url for block in found.values() for row in block.rows} <= hrefs
    assert {block.list_url for block in found.values() if block.list_url} <= hrefs
    for address in {row.url for block in found.values() for row in block.rows}:
        assert client.get(address).status_code == 200, address
    for block in found.values():
        if block.list_url:
            assert client.get(block.list_url).context["cl"].result_count == len(block.rows)


def test_empty_blocks_vanish(client, editor):
    response = start_page(client)
    assert response.context["due"] == []
    assert 'class="due-blocks"' not in response.content.decode()
    assert "recent-changes" not in response.content.decode()


def test_done_is_no_longer_due(client, editor):
    make_all()
    Feedback.objects.update(answered_at=timezone.now())
    AdoptionRequest.objects.update(confirmed_at=timezone.now(), confirmed_by=editor)
    Story.objects.update(review_by=today(1))
    assert list(blocks(client)) == ["links", "soon"]


def test_only_what_the_user_may_change_is_due(client):
    make_all()
    staff(client)
    assert blocks(client) == {}
    staff(client, *(f"view_{name}" for name in ("story", "feedback", "adoptionrequest")))
    assert blocks(client) == {}
    staff(client, "change_feedback")
    assert list(blocks(client)) == ["feedback"]
    staff(client, "change_adoptionrequest")
    assert blocks(client) == {}
    staff(client, "change_adoptionrequest", "change_adoption")
    assert list(blocks(client)) == ["adoptions"]
    staff(client, "change_story")
    assert [row.url for row in blocks(client)["reviews"].rows] == [
        url(Story, "change", Story.objects.get(review_by__isnull=False).pk)
    ]
    staff(client, "change_theme", "view_brokenlink")
    assert list(blocks(client)) == ["soon"]


def test_overdue_answers_are_marked(client, editor):
    factories.make_feedback(answer_by=today(-1))
    factories.make_feedback(answer_by=today())
    assert [row.is_overdue for row in blocks(client)["feedback"].rows] == [True, False]
    assert start_page(client).content.decode().count("tag-overdue") == 1


def test_message_in_the_other_language_is_marked(client, editor):
    factories.make_feedback(language="fi", message="Kiitos sivuista!")
    assert '<span lang="fi">Kiitos sivuista!</span>' in start_page(client).content.decode()


def test_item_with_a_title_in_the_other_language_is_marked(client, editor):
    factories.make_story(title_sv=None, slug_sv=None, decision="draft", publish_at=None)
    Story.objects.update(review_by=today())
    assert '<span lang="fi">Arjen pienet asiat</span>' in start_page(client).content.decode()


@pytest.mark.parametrize(
    ("given", "is_due"),
    [
        ({"review_by": today(0)}, True),
        ({"review_by": today(1)}, False),
        ({"review_by": today(-400), "decision": "withdrawn"}, False),
        ({"review_by": today(-400), "decision": "draft"}, True),
    ],
)
def test_text_comes_up_for_a_check_on_its_day(client, editor, given, is_due):
    factories.make_story(**given)
    assert ("reviews" in blocks(client)) is is_due


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"publish_at": in_days(3)}, ["blir offentlig"]),
        ({"withdraw_at": in_days(3)}, ["tas ner"]),
        ({"publish_at": in_days(3), "withdraw_at": in_days(9)}, ["blir offentlig", "tas ner"]),
        ({"publish_at": in_days(3), "withdraw_at": in_days(90)}, ["blir offentlig"]),
        ({"publish_at": in_days(15)}, []),
        ({"withdraw_at": in_days(-1)}, []),
        ({"publish_at": in_days(3), "decision": "draft"}, []),
    ],
)
def test_what_happens_by_itself_soon_is_told(client, editor, given, says):
    factories.make_story(**given)
    rows = blocks(client)["soon"].rows if says else blocks(client).get("soon", [])
    assert [row.says for row in rows] == says


def test_link_that_failed_once_is_not_told(client, editor):
    story = factories.make_story()
    factories.make_broken_link(
        kind=story._meta.db_table,
        object_id=story.pk,
        first_failed_on=today(),
        last_failed_on=today(),
    )
    assert blocks(client) == {}


def test_long_block_is_folded(client, editor):
    for _number in range(8):
        factories.make_feedback()
    block = blocks(client)["feedback"]
    assert (len(block.first), len(block.rest)) == (6, 2)
    assert "<summary>2 till</summary>" in start_page(client).content.decode()


def test_recent_changes_are_everybodys_newest_first(client, editor):
    kind = ContentType.objects.get_for_model(Story)
    story, colleague = factories.make_story(), factories.make_user(first_name="Matti")
    for user, flag, key in ((colleague, CHANGE, story.pk), (editor, DELETION, 0)):
        LogEntry.objects.create(
            user=user,
            content_type=kind,
            object_id=str(key),
            object_repr="Som den hette då",
            action_flag=flag,
        )
    response = start_page(client)
    listed = [(one.what, one.url) for one in response.context["recent_changes"]]
    assert listed == [
        ("Som den hette då", ""),
        (story.title_sv, url(Story, "change", story.pk)),
    ]
    page = response.content.decode()
    assert "<del>Som den hette då</del>" in page and "Matti" in page


def test_recent_changes_are_named_in_the_readers_language(client, editor):
    kinds = ContentType.objects.get_for_models(Story, Municipality)
    story = factories.make_story(title_sv=None, slug_sv=None, decision="draft", publish_at=None)
    for item in (story, factories.make_municipality()):
        LogEntry.objects.create(
            user=editor,
            content_type=kinds[type(item)],
            object_id=str(item.pk),
            object_repr="Toisella kielellä",
            action_flag=CHANGE,
        )
    listed = [one.what for one in start_page(client).context["recent_changes"]]
    assert listed == ["Esbo", '<span lang="fi">Arjen pienet asiat</span>']


def test_changes_of_what_the_user_may_not_see_are_not_told(client):
    make_all()
    staff(client, "change_contact")
    assert start_page(client).context["recent_changes"] == []
    LogEntry.objects.update(content_type=ContentType.objects.get_for_model(Contact))
    assert len(start_page(client).context["recent_changes"]) == 1


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_buttons_for_what_is_made_most_often(client, language):
    staff(client, "add_workshop", language=language)
    [(address, label)] = start_page(client).context["new_items"]
    assert (address, label) == (reverse("admin:projects_workshop_add"), START[language])
    staff(client)
    assert start_page(client).context["new_items"] == []


def test_start_page_takes_as_many_queries_for_three_rows_as_for_one(
    client, editor, django_assert_num_queries, django_assert_max_num_queries
):
    make_all()
    start_page(client)  # content types are remembered from here on
    with django_assert_max_num_queries(20) as one:
        start_page(client)
    make_all(2)
    with django_assert_num_queries(len(one)):
        start_page(client)
