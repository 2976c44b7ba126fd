"""What every test stands on: PostgreSQL of its own, compiled catalogues, folders that go away."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.utils import translation

from foundation.accounts.sessions import NOTED_AT
from foundation.translations import catalogues
from tests.migrated import copy_migrated

MOST_REASONS = 5  # lines about tests that were skipped


def pytest_configure() -> None:
    """Compile the catalogues before a test reads a translated word."""
    catalogues.compile_stale(catalogues.CHECKOUT)
    Client.force_login = force_login_by(Client.force_login)  # type: ignore[method-assign]


def force_login_by(log_in: Callable) -> Callable:
    """Log in as staff have to, with two factors; with one where a test says so."""

    def force_login(
        client: Client, user: Any, backend: str | None = None, *, factors: int = 2
    ) -> None:
        log_in(client, user, backend)
        method = "mfa" if factors == 2 else "code"
        session = client.session
        session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session[NOTED_AT] = time.time()
        session.save()

    return force_login


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their argument: what a library writes holds the time, and processes differ."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in a few lines what was not tested, and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    told = reasons.most_common(MOST_REASONS if len(reasons) <= MOST_REASONS else MOST_REASONS - 1)
    for reason, count in told:
        terminalreporter.write_line(f"{count} skipped: {reason}")
    if rest := len(reasons) - len(told):
        terminalreporter.write_line(f"{rest} more reasons to skip; -rs tells all.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each process of a run a server of its own, on a copy of the migrated database."""
    database = connections["default"].settings_dict
    if "EMBEDDED" in database:
        folder = tmp_path_factory.mktemp("postgres")
        copy_migrated(folder)
        database["EMBEDDED"] = {"data": folder, "durable": False}
        database["TEST"]["NAME"] = database["NAME"]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is; a database of the server that DATABASE_URL names is made anew."""
    return "EMBEDDED" in connections["default"].settings_dict


@pytest.fixture(scope="session")
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session", autouse=True)
def test_settings(tmp_path_factory: pytest.TempPathFactory, media_root: Path) -> Iterator[None]:
    """Settings that the machine's environment must not decide, and plain static files."""
    with override_settings(
        ALLOWED_HOSTS=["testserver"],
        FEEDBACK_TO=[],
        MEDIA_ROOT=media_root,
        SECURE_SSL_REDIRECT=False,
        SITE_URL="",
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        # Safe hashing costs a second for each user that a test makes.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def restored_language() -> Iterator[None]:
    """Begin in Swedish, whatever the test before has spoken."""
    with translation.override("sv"):
        yield
