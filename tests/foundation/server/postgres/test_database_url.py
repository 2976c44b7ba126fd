"""DATABASE_URL names the server in the usual form, and a bad one is refused without being shown."""

import pytest
from django.db import NotSupportedError

from foundation.server.postgres.base import DatabaseWrapper
from foundation.server.postgres.url import database_from_url


@pytest.mark.parametrize("url", [None, "", "  \n"])
def test_no_url_means_the_embedded_server(url, tmp_path):
    entry = database_from_url(url, data=tmp_path, durable=False)
    assert entry["ENGINE"] == "foundation.server.postgres"
    assert entry["NAME"] == "portal"
    assert entry["EMBEDDED"] == {"data": tmp_path, "durable": False}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://db.example.fi/kunta", {"HOST": "db.example.fi", "NAME": "kunta"}),
        (
            "postgresql://anna:hemlig@db:6432/portal",
            {
                "USER": "anna",
                "PASSWORD": "hemlig",
                "HOST": "db",
                "PORT": "6432",
                "NAME": "portal",
            },
        ),
        (
            "postgresql://a%40b:p%2F%3A%23%25%C3%A5+@db/v%C3%A4l",
            {"USER": "a@b", "PASSWORD": "p/:#%å+", "HOST": "db", "NAME": "väl"},
        ),
        ("postgresql://[2001:db8::1]:5433/x", {"HOST": "2001:db8::1", "PORT": "5433", "NAME": "x"}),
        ("postgresql://%2Fvar%2Frun%2Fpg/x", {"HOST": "/var/run/pg", "NAME": "x"}),
        ("postgresql:///x?host=/var/run/pg", {"HOST": "/var/run/pg", "NAME": "x"}),
        ("postgresql:///x", {"NAME": "x"}),
        (
            "postgresql://db/x?sslmode=verify-full&application_name=a%20b+c",
            {
                "HOST": "db",
                "NAME": "x",
                "OPTIONS": {"sslmode": "verify-full", "application_name": "a b+c"},
            },
        ),
    ],
)
def test_url_is_read(url, expected):
    entry = database_from_url(url, data="unused")
    named = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS", "EMBEDDED")
    assert {key: entry[key] for key in named if key in entry} == expected


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("mysql://u:hemlig@db/x", "does not begin with postgresql://"),
        ("hemlig", "does not begin with postgresql://"),
        ("postgresql://u:hemlig@db", "names no database"),
        ("postgresql://u:hemlig@db/", "names no database"),
        ("postgresql://u:hemlig#1@db/x", "%3A, %2F"),
        ("postgresql://u:hem lig@db/x", "%3A, %2F"),
        ("postgresql://u:hemlig/1@db/x", "%3A, %2F"),
        ("postgresql://u:hemlig@1@db/x", "%3A, %2F"),
        ("postgresql://u:hem:lig@db/x", "%3A, %2F"),
        ("postgresql://u:hemlig%zz@db/x", "not followed by two digits"),
        ("postgresql://u:hemlig%FF@db/x", "UTF-8"),
        ("postgresql://u:hemlig%00@db/x", "null byte"),
        ("postgresql://u:hemlig@db:port/x", "from 1 to 65535"),
        ("postgresql://u:hemlig@db:0/x", "from 1 to 65535"),
        ("postgresql://u:hemlig@db:70000/x", "from 1 to 65535"),
        ("postgresql://u:hemlig@db1,db2/x", "must be one host"),
        ("postgresql://u:hemlig@[::1/x", "host cannot be read"),
        ("postgresql://u:hemlig@db/x/y", "holds a / as such"),
        ("postgresql://u:hemlig@db/x?hemlig", "name=value"),
        ("postgresql://u:hemlig@db/x?sslmod=hemlig", "does not know"),
        ("postgresql://u:hemlig@db/x?host=hemlig", "host twice"),
        ("postgresql://u@db/x?sslmode=require&sslmode=disable", "sslmode twice"),
    ],
)
def test_bad_url_is_refused_with_a_hint_that_hides_the_password(url, hint):
    with pytest.raises(ValueError, match="DATABASE_URL") as refusal:
        database_from_url(url, data="unused")
    assert hint in str(refusal.value)
    assert "hemlig" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_server_older_than_15_is_refused():
    connection = DatabaseWrapper(database_from_url("postgresql:///x", data="unused"), "old")
    connection.pg_version = 140011
    with pytest.raises(NotSupportedError, match=r"15 or later.* version 14\.11"):
        connection.check_database_version_supported()
    connection.pg_version = 150000
    connection.check_database_version_supported()
