"""What staff see of searches: in aggregate, only with the right to, and not for ever."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundation.search.models import SearchedDay
from foundation.search.records import KEPT_DAYS, MOST_A_DAY, most_common, record
from tests import factories

pytestmark = pytest.mark.django_db


def ask(words: str, times: int, *, language: str = "sv", hits: int = 1, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    for _time in range(times):
        record(words, language, hits, day)


def counted(days: int = 30, **chosen: object) -> dict[str, int]:
    return {row["words"]: row["total"] for row in most_common(days, **chosen)}


def test_what_was_asked_seldom_is_shown_to_nobody() -> None:
    ask("vatten", 2)
    ask("välfärd", 3)
    assert counted() == {"välfärd": 3}


def test_days_are_added_up_within_the_period() -> None:
    ask("välfärd", 2)
    ask("välfärd", 2, days_ago=29)
    ask("välfärd", 9, days_ago=30)
    assert counted(30) == {"välfärd": 4}
    assert counted(90) == {"välfärd": 13}


def test_searches_without_hits_are_a_list_of_their_own() -> None:
    ask("glass", 3, hits=0)
    ask("välfärd", 5)
    assert counted(without_hits=True) == {"glass": 3}
    assert counted() == {"välfärd": 5, "glass": 3}


def test_languages_are_told_apart() -> None:
    ask("hyvinvointi", 3, language="fi")
    ask("välfärd", 3)
    assert counted(language="fi") == {"hyvinvointi": 3}


def test_nobody_fills_the_table_by_asking_at_random() -> None:
    today = timezone.localdate()
    SearchedDay.objects.bulk_create(
        SearchedDay(day=today, language="sv", words=str(number)) for number in range(MOST_A_DAY)
    )
    ask("välfärd", 1)
    assert not SearchedDay.objects.filter(words="välfärd").exists()


def test_old_counts_are_deleted_by_the_nightly_check(capsys) -> None:
    ask("välfärd", 1, days_ago=KEPT_DAYS + 1)
    ask("vatten", 1, days_ago=KEPT_DAYS)
    call_command("check_search_index")
    assert list(SearchedDay.objects.values_list("words", flat=True)) == ["vatten"]


def test_page_shows_both_lists_to_who_may_see_them(client) -> None:
    ask("glass", 4, hits=0)
    ask("hyvinvointi", 3, language="fi")
    address = reverse("admin:search_searchedday_changelist")
    user = factories.make_user(is_staff=True)
    client.force_login(user)
    assert client.get(address).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_searchedday"))
    page = client.get(address).content.decode()
    assert page.count(">glass<") == 2
    assert '<th scope="row" lang="fi">hyvinvointi</th>' in page
    assert ">hyvinvointi<" not in client.get(f"{address}?language=sv&days=90").content.decode()
    assert client.get(f"{address}?language=en&days=x").status_code == 200
