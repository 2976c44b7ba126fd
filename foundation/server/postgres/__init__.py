"""Django's PostgreSQL backend, with a server of its own when the settings name none.

`DATABASES["default"]` comes from `foundation.server.postgres.url.database_from_url`. An entry with
the key `EMBEDDED` gets its server from `foundation.server.postgres.server`:

    {
        "ENGINE": "foundation.server.postgres",
        "NAME": "portal",
        "EMBEDDED": {"data": BASE_DIR / ".local" / "postgres", "durable": True},
    }

`data` is the folder that holds the database between runs; delete it (while nothing runs) to start
afresh. `durable` False turns fsync off: faster, unsafe only against a power cut, meant for tests.
The database and its superuser are both called `portal`. Without the key this is Django's own
backend, for any PostgreSQL from 15 on.
"""
