"""The backend's entry point, under the file name Django looks for."""

import shutil
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

import psycopg
from django.db import NotSupportedError
from django.db.backends.postgresql import base, client, features
from django.utils.asyncio import async_unsafe

from foundation.server.postgres.binaries import OLDEST, installed
from foundation.server.postgres.server import PORT, ROLE, EmbeddedServer, embedded_server


def server_of(settings_dict: dict[str, Any]) -> EmbeddedServer | None:
    """Return the embedded server of a database entry; None when the entry names another."""
    embedded = settings_dict.get("EMBEDDED")
    return embedded_server(**embedded) if embedded else None


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, which reads the settings and not the connection's parameters."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        server = server_of(settings_dict)
        if server is None:
            return super().settings_to_cmd_args_env(settings_dict, parameters)
        arguments, environment = super().settings_to_cmd_args_env(
            {**settings_dict, "HOST": server.folder(), "PORT": PORT, "USER": ROLE}, parameters
        )
        for folder in installed():
            if program := shutil.which(arguments[0], path=folder):
                arguments[0] = program
                break
        return arguments, environment


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (OLDEST,)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the server the settings name, else to the embedded one."""

    client_class = DatabaseClient
    features_class = DatabaseFeatures
    # Called in every transaction that is about to be committed: what follows from its writes and
    # only Python can tell becomes part of it. Django's own on_commit comes after it.
    before_commit: ClassVar[list[Callable[[], None]]] = []
    # Seconds that a server is waited for, each time that it is asked; None without an end. A server
    # that is frozen or cut off says nothing, and its connection stays open.
    answer_within: int | None = None

    def _commit(self) -> None:
        for step in self.before_commit:
            step()
        super()._commit()  # type: ignore[misc]  # the stubs leave it out

    def check_database_version_supported(self) -> None:
        """Raise NotSupportedError for a server that is too old."""
        if self.get_database_version() < (OLDEST,):
            version = ".".join(map(str, self.get_database_version()))
            raise NotSupportedError(
                f"PostgreSQL {OLDEST} or later is required; the server DATABASE_URL names is"
                f" version {version}. Name a newer one, or leave DATABASE_URL unset."
            )

    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        if server := server_of(self.settings_dict):
            parameters |= {"host": server.folder(), "port": PORT, "user": ROLE}
        if self.answer_within is not None:
            parameters.setdefault("connect_timeout", self.answer_within)
        return parameters

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        connection = self._connected(conn_params)
        if self.answer_within is not None:
            # Whatever is asked passes here; psycopg raises OperationalError at the end.
            connection.wait = partial(connection.wait, timeout=self.answer_within)  # type: ignore[method-assign]
        return connection

    def _connected(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            server = server_of(self.settings_dict)
            if server is None:
                raise
            # The server may have been killed since this process last looked.
            return super().get_new_connection({**conn_params, "host": server.ensure()})
