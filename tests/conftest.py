"""What every test stands on: PostgreSQL of its own, compiled catalogues, folders that go away."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.utils import translation

from foundation.accounts.sessions import NOTED_AT
from foundation.translations import catalogues


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each run a server of its own, so that two runs do not meet in one test database."""
    database = connections["default"].settings_dict
    if "EMBEDDED" in database:
        database["EMBEDDED"] = {"data": tmp_path_factory.mktemp("postgres"), "durable": False}


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
