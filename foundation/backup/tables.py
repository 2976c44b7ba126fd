"""The database's tables as text, row by row (COPY), and how they are taken in again."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

PIECE = 256 * 1024  # bytes handed to the database at once

# Of log-ins, not of the portal: whoever was logged in logs in again, and a stolen backup opens no
# session. The counts of attempts are worth nothing an hour later.
LEFT_OUT = frozenset(
    {"django_session", "usersessions_usersession", "accounts_loginlink", "accounts_limit"}
)
# What `migrate` itself writes into an empty database; the backup brings its own.
WRITTEN_BY_MIGRATE = frozenset(
    {
        "accounts_auditentry",  # the six roles were given their rights
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
    }
)

# What pg_trigger.tgenabled says, as ALTER TABLE says it.
_STATES = {"A": SQL("ENABLE ALWAYS"), "R": SQL("ENABLE REPLICA"), "D": SQL("DISABLE")}


def tables() -> dict[str, list[str]]:
    """Every table of the portal's schema with its columns, as "name type".

    Columns that the database computes are left out: it computes them again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, array_agg(
                quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) ORDER BY attnum
            )
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                AND NOT EXISTS (SELECT FROM pg_depend
                                WHERE objid = pg_class.oid AND deptype = 'e')
            GROUP BY relname ORDER BY relname COLLATE "C"
            """
        )
        return dict(cursor.fetchall())


def kept_tables() -> dict[str, list[str]]:
    """The tables that go into a backup, with their columns in the order of the alphabet.

    Two databases may have them in different orders, by the ways they were migrated.
    """
    return {name: sorted(columns) for name, columns in tables().items() if name not in LEFT_OUT}


def migrations() -> list[str]:
    """The migrations that this database has, as "app.name"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def written_alike() -> None:
    """Make this transaction's values look the same on every server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL timezone TO 'UTC'; SET LOCAL datestyle TO 'ISO, YMD'; "
            "SET LOCAL intervalstyle TO 'postgres'; SET LOCAL extra_float_digits TO 1; "
            "SET LOCAL bytea_output TO 'hex'; SET LOCAL lc_monetary TO 'C'"
        )


def copy_out(table: str, columns: Iterable[str], target: BinaryIO | None = None) -> tuple[int, str]:
    """Write a table's rows in the order of its key; their number and checksum (SHA-256).

    Without a target they are only read.
    """
    digest, rows = hashlib.sha256(), 0
    query = SQL("COPY (SELECT {} FROM {}{}) TO STDOUT").format(
        _names(columns), Identifier(table), _order(table)
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for data in copy:
            digest.update(data)
            if target:
                target.write(data)
            rows += bytes(data).count(b"\n")  # COPY writes a line break within a text as \n
    return rows, digest.hexdigest()


def copy_in(table: str, columns: Iterable[str], source: BinaryIO) -> None:
    """Store rows that `copy_out` has written."""
    query = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), _names(columns))
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        while data := source.read(PIECE):
            copy.write(data)


def tables_with_rows(names: Iterable[str]) -> list[str]:
    """Which of these tables hold anything."""
    found = []
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(name)))
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def empty(names: Iterable[str]) -> None:
    """Empty these tables at once, and let nobody else at them until the transaction ends."""
    with connection.cursor() as cursor:
        # What is still to be checked at commit keeps a table from being emptied.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(SQL("TRUNCATE {}").format(SQL(", ").join(map(Identifier, names))))


@contextmanager
def without_triggers(names: Iterable[str]) -> Iterator[None]:
    """Nothing writes history, states or search terms of its own: the backup brings what was.

    Needs no right but that of the tables' owner. Foreign keys are checked at the end, and each
    trigger is then as it was: the page cache's also fire for what replication brings.
    """
    names = list(names)
    with connection.cursor() as cursor:
        special = _triggers_out_of_the_ordinary(cursor, names)
        _alter(cursor, SQL("ALTER TABLE {} DISABLE TRIGGER USER"), names)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _alter(cursor, SQL("ALTER TABLE {} ENABLE TRIGGER USER"), names)
        for table, trigger, state in special:
            cursor.execute(
                SQL("ALTER TABLE {} {} TRIGGER {}").format(
                    Identifier(table), _STATES[state], Identifier(trigger)
                )
            )


def _triggers_out_of_the_ordinary(cursor: Any, names: list[str]) -> list[tuple[str, str, str]]:
    """Table, name and state of the triggers that do not fire just when a client writes."""
    cursor.execute(
        "SELECT relname, tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s) "
        "AND NOT tgisinternal AND tgenabled <> 'O'",
        [names],
    )
    return cursor.fetchall()


def sequences() -> dict[str, int | None]:
    """Where the numbering of each table stands; None where no number was given yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = current_schema() ORDER BY 1"
        )
        return dict(cursor.fetchall())


def go_on_counting(numbers: dict[str, int | None]) -> None:
    """Let new rows get the numbers after the last one that was ever given."""
    with connection.cursor() as cursor:
        for name, last in numbers.items():
            sequence = SQL("{}").format(Identifier(name)).as_string()
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, last or 1, last is not None])


def _alter(cursor: Any, statement: SQL, names: list[str]) -> None:
    for name in names:
        cursor.execute(statement.format(Identifier(name)))


def _names(columns: Iterable[str]) -> Composable:
    """The columns' names, which PostgreSQL has quoted where they need it."""
    return SQL(", ").join(SQL(column.split(" ", 1)[0]) for column in columns)


def _order(table: str) -> Composable:
    """By the primary key, and its texts by their bytes: alike on every server."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT attname, attcollation <> 0
            FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indisprimary AND indrelid = format('%%I', %s::text)::regclass
            ORDER BY array_position(indkey::smallint[], attnum)
            """,
            [table],
        )
        key = [
            SQL('{} COLLATE "C"' if is_text else "{}").format(Identifier(name))
            for name, is_text in cursor.fetchall()
        ]
    return SQL(" ORDER BY ") + SQL(", ").join(key) if key else SQL("")
