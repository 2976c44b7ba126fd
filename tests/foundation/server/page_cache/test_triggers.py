"""Every table that pages are made of tells of its changes, and the clock's moments are known."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from foundation.server.page_cache.triggers import tables_with_trigger, watch, watched_tables
from portal.page_cache_policy import NOT_READ, moments, next_moment
from tests import factories

OURS = {"content", "search", "municipalities", "projects", "publications", "network", "portal"}


def labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if list(config.get_models())}


def test_every_app_is_read_or_known_to_be_read_by_no_page() -> None:
    assert labels() - OURS <= NOT_READ


def test_what_is_not_read_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert labels() | tables >= NOT_READ


def test_every_other_table_has_the_trigger(db) -> None:
    tables = {
        name
        for name in connection.introspection.table_names()
        # The limits of log-in are counted in a table without a model.
        if name not in {*NOT_READ, "django_migrations", "accounts_limit"}
    }
    apps_not_read = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in NOT_READ
    }
    # Seen from the database, so that a table without a model is found too.
    assert tables_with_trigger(connection) == tables - apps_not_read


def test_trigger_hears_of_truncate_and_fires_for_replicas_too(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgenabled, tgtype FROM pg_trigger WHERE tgname = 'notify_page_cache'"
        )
        # After each statement (no row bit) of INSERT 4, DELETE 8, UPDATE 16 and TRUNCATE 32.
        assert cursor.fetchall() == [("A", 4 + 8 + 16 + 32)]


def test_table_that_is_no_longer_read_loses_the_trigger(db) -> None:
    tables = watched_tables(NOT_READ)
    watch(connection, tables - {"portal_redirect"})
    assert "portal_redirect" not in tables_with_trigger(connection)
    watch(connection, tables)
    assert tables_with_trigger(connection) == tables


def test_no_page_reads_a_table_that_is_not_heard_of(client, db, django_assert_max_num_queries):
    """Bookkeeping is read by no page but for the counts of downloads, which follow hourly."""
    allowed = {"publications_downloadday"}
    factories.make_project()
    factories.make_workshop()
    factories.make_material_file()
    factories.make_story()
    factories.make_practice()
    paths = ["/sv/", "/sv/material/", "/sv/berattelser/", "/sv/god-praxis/", "/sv/verkstader/"]
    paths += ["/sv/oppna-data/", "/sv/nytt/", "/sitemap.xml", "/sv/sprak/", "/sv/finns-inte/"]
    with django_assert_max_num_queries(500) as captured:
        for path in paths:
            client.get(path)
    read = {
        table
        for query in captured.captured_queries
        for table in connection.introspection.table_names()
        if f'"{table}"' in query["sql"]
    }
    not_heard = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if {model._meta.app_label, model._meta.db_table} & NOT_READ
    }
    assert read & not_heard <= allowed


def test_every_field_that_may_hold_a_moment_to_come_is_looked_at() -> None:
    looked_at = set(moments())
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateTimeField) and field.name in (
                "publish_at",
                "withdraw_at",
                "published_at",
                "due_at",
            ):
                assert (model._meta.db_table, field.column) in looked_at


def test_next_moment_is_the_first_of_all_to_come(db) -> None:
    now = timezone.now()
    assert next_moment(connection, now) is None
    factories.make_story(publish_at=now + timedelta(days=3))
    workshop = factories.make_workshop()
    workshop.withdraw_at = now + timedelta(days=2)
    workshop.save()
    assert next_moment(connection, now) == workshop.withdraw_at
    assert next_moment(connection, workshop.withdraw_at) == now + timedelta(days=3)
    assert next_moment(connection, datetime(2100, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("zone_hour", [21, 22])
def test_midnight_in_helsinki_is_a_full_hour(zone_hour: int) -> None:
    from zoneinfo import ZoneInfo

    month = 7 if zone_hour == 21 else 1
    moment = datetime(2026, month, 5, zone_hour, tzinfo=UTC)
    assert moment.astimezone(ZoneInfo(settings.TIME_ZONE)).hour == 0
