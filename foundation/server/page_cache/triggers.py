"""Triggers that tell the page cache of every change, on every table but those it must not hear of.

They are put on by enumerating what is in the database after each `migrate`: a new table has its
trigger from its first row on, without anybody having to think of it.
"""

from collections.abc import Collection

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.sql import SQL, Identifier

CHANNEL = "portal_pages"
NAME = "notify_page_cache"
FUNCTION = "page_cache_changed"

# One notification for a transaction, delivered when it is committed, and none after a rollback.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', pg_current_xact_id()::text);
    RETURN NULL;
END $$"""


def watched_tables(not_read: Collection[str]) -> set[str]:
    """Tables of all models, rows of many-to-many relations included, but those of no page.

    `not_read` names apps by their label and single tables by their name.
    """
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and model._meta.app_label not in not_read
        and model._meta.db_table not in not_read
    }


def tables_with_trigger(connection: BaseDatabaseWrapper) -> set[str]:
    """Tables on which the trigger is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = %s AND relnamespace = current_schema()::regnamespace",
            [NAME],
        )
        return {name for (name,) in cursor.fetchall()}


def watch(connection: BaseDatabaseWrapper, tables: Collection[str]) -> None:
    """Put the trigger on these tables, and take it from all others."""
    tables_watched = tables_with_trigger(connection)
    missing, spare = sorted(set(tables) - tables_watched), sorted(tables_watched - set(tables))
    if not missing and not spare:
        return
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        for table in missing:
            cursor.execute(
                SQL(
                    "CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                ).format(name=Identifier(NAME), table=Identifier(table), function=SQL(FUNCTION))
            )
            # Also for rows that replication brings, or that somebody writes as a replica would.
            cursor.execute(
                SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(
                    Identifier(table), Identifier(NAME)
                )
            )
        for table in spare:
            cursor.execute(SQL("DROP TRIGGER {} ON {}").format(Identifier(NAME), Identifier(table)))
