"""What the page cache keeps of this site, what it hears of, and when the clock changes a page."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.translation import override, pgettext
from psycopg.sql import SQL, Identifier

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.filters import KEYS
from foundation.search.indexing import bring_up_to_date, is_up_to_date
from foundation.server.page_cache.invalidation import ANSWER, Listener
from foundation.server.page_cache.metrics import write_metrics_for_ever
from foundation.server.page_cache.rules import Rules
from foundation.server.page_cache.state import ContentState
from foundation.server.page_cache.triggers import watched_tables
from foundation.server.page_cache.wsgi_middleware import Application, PageCacheMiddleware
from foundation.server.postgres.base import DatabaseWrapper

logger = logging.getLogger(__name__)

# Apps and tables that no public page is made of; a write to any other makes every page anew.
NOT_READ = {
    "admin",  # the log of the admin
    "auth",  # roles and rights
    "accounts",  # people who log in; readers meet contacts instead
    *("account", "mfa", "usersessions"),  # how they log in
    "contenttypes",
    "sessions",
    "history",  # what was written, for staff
    "django_tasks_database",  # jobs, whose results are written where they belong
    *("content_preview", "content_openform"),  # for staff only, and never kept
    *("network_membership", "network_submission"),  # for members, whose pages are never kept
    "search_staleitem",  # notes of what is to be read anew, which then changes entries
    "search_searchedday",  # what readers look for, shown to staff
    "publications_downloadday",  # public counts follow at the full hour (docs/page-cache.md)
    "publications_kitday",
    "publications_adoptionrequest",  # shown once it is confirmed, as an adoption
    "portal_feedback",
    "portal_brokenlink",
}

# Never kept, whoever asks: what staff and members see, files, and pages with a token in a form.
NEVER_CACHED = ("/admin", "/static/", "/images/", "/preview", "/healthz", "/readyz")
# And what lies behind these; other pages with forms say no-store themselves.
ROUTES_NEVER_CACHED = ("members:home", "account_login", "mfa_index", "portal:feedback")
# Files and kits are counted, asked for in parts, and larger than a page.
_FILES = "materials/<slug:slug>/file/"
_KITS = "themes/<slug:slug>/kit.zip"

# Moments that tell what has been: none of them can lie ahead.
_RECORDED = re.compile(
    r"created_at|updated_at|replaced_at|agreed_at|text_checked_at|(sv|fi)_(changed|revised)_at"
    # The index follows its items, whose own moments are looked at.
    r"|public_from|public_until"
)


def with_page_cache(application: Application) -> Application:
    """The application with its finished pages in front; itself where none are to be kept."""
    max_bytes = settings.PAGE_CACHE_MB * 1_000_000
    if not max_bytes:
        return application
    shared = Path(settings.PAGE_CACHE_SHARED) if settings.PAGE_CACHE_SHARED else None
    state = ContentState(shared)
    listener = Listener(
        state,
        connect=direct_connection,
        next_moment=next_moment,
        after_change=index_what_was_written,
    )
    tell = partial(write_metrics_for_ever, folder=shared.parent) if shared else None
    return PageCacheMiddleware(
        application, rules(), state, max_bytes=max_bytes, listener=listener, on_start=tell
    )


def rules() -> Rules:
    """What is public of this site, under which names and with which queries."""
    keys = {code: frozenset(words[code] for words in KEYS.values()) for code in languages.CODES}
    scheme = settings.SECURE_PROXY_SSL_HEADER
    return Rules(
        hosts=frozenset(_hosts()),
        excluded_paths=(*NEVER_CACHED, *_excluded_paths()),
        excluded_endings=tuple(_file_endings()),
        keys=keys,
        preferred=languages.preferred,
        cookies=(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"),
        is_behind_proxy=scheme is not None,
    )


def _hosts() -> list[str]:
    """The site's names as browsers write them, with the ports that it may be asked at.

    A name with a wildcard has no end of forms: it is answered, but what it shows is not kept.
    """
    names = [name.lower() for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))]
    ports = ("", ":80", ":443", *(f":{port}" for port in settings.PAGE_CACHE_PORTS))
    return [f"{name}{port}" for name in names for port in ports]


def _excluded_paths() -> list[str]:
    return [address(route, code) for route in ROUTES_NEVER_CACHED for code in languages.CODES]


def _file_endings() -> set[str]:
    endings = {".zip"}
    for code in languages.CODES:
        with override(code):
            endings.add("/" + pgettext("url", _FILES).split("/")[-2] + "/")
            endings.add("/" + pgettext("url", _KITS).split("/")[-1])
    return endings


def direct_connection() -> DatabaseWrapper:
    """A connection to the server itself, on which notifications arrive; not open yet."""
    if settings.PAGE_CACHE_DATABASE:
        new_connection = ConnectionHandler({"default": settings.PAGE_CACHE_DATABASE})["default"]
    else:
        new_connection = connections.create_connection("default")
    direct = cast(DatabaseWrapper, new_connection)
    direct.answer_within = ANSWER
    return direct


def moments() -> list[tuple[str, str]]:
    """Table and column of every moment at which the clock may change a page.

    Days (a workshop that has passed, a contact visible until, a half-year) change at midnight,
    which is a full hour, and at each of those the page cache makes everything anew.
    """
    read = watched_tables(NOT_READ)
    columns = {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        if model._meta.db_table in read
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.DateTimeField) and not _RECORDED.fullmatch(field.name)
    }
    return sorted(columns)


def next_moment(wrapper: BaseDatabaseWrapper, after: datetime) -> datetime | None:
    """The first of all moments after this one, None when there is none; one query."""
    parts = [
        SQL("SELECT min({column}) AS moment FROM {table} WHERE {column} > {after}").format(
            column=Identifier(column), table=Identifier(table), after=after
        )
        for table, column in moments()
    ]
    with wrapper.cursor() as cursor:
        cursor.execute(
            SQL("SELECT min(moment) FROM ({}) AS every").format(SQL(" UNION ALL ").join(parts))
        )
        moment: datetime | None = cursor.fetchone()[0]
    return moment


def index_what_was_written() -> None:
    """Read anew for search what was written past Django; its triggers tell the page cache again."""
    close_old_connections()
    try:
        if not is_up_to_date():
            bring_up_to_date()
    finally:
        connection.close()


def count_cache_hits(count: Callable[[], Any]) -> Callable[[], None]:
    """What counts a page that the page cache hands out; a count that fails costs nothing."""

    def counts() -> None:
        try:
            close_old_connections()
            count()
        except Exception:
            logger.exception("A page that was handed out again was not counted")

    return counts
