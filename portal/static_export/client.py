"""Asks the portal as an anonymous reader does, in this process: no network, no store in between."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections

from foundation.content.archive import KEY, Archive

CHUNK = 1 << 18  # bytes held of a file while it is copied


@dataclass
class Answer:
    """What the portal says at an address; the headers' names are in small letters."""

    status: int
    headers: dict[str, str]
    body: Any  # an iterable of bytes, closed after reading if it can be

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def chunks(self) -> Iterator[bytes]:
        """The body, read once and piece by piece."""
        try:
            yield from self.body
        finally:
            if hasattr(self.body, "close"):
                self.body.close()


class Reader:
    """A reader without a name, a cookie or a preferred language; no download counts as theirs."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @cached_property
    def _portal(self) -> WSGIHandler:
        return WSGIHandler()

    def ask(self, address: str) -> Answer:
        """The answer at a path with its query; static files are read where they are collected."""
        path, _mark, query = address.partition("?")
        if path.startswith(settings.STATIC_URL):
            return _static(unquote(path.removeprefix(settings.STATIC_URL)))
        response = self._portal.get_response(WSGIRequest(self._environ(path, query)))
        headers = {name.lower(): value for name, value in response.items()}
        return Answer(response.status_code, headers, response)

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        # WSGI holds the bytes of a path as latin-1 (PEP 3333).
        raw = unquote(path, encoding="latin-1")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": raw,
            "QUERY_STRING": query,
            "SERVER_NAME": _host(),
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": _host(),
            # As if the proxy had said so: an answer that leads to https is no page.
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "https",
            "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            KEY: self.archive,
        }


def _host() -> str:
    """A host that the portal answers to; whole addresses are made of the copy's own."""
    names = (name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*")
    return next(names, "localhost")


def host_asked() -> str:
    """The scheme and host of every request, for the few answers that repeat them."""
    return f"https://{_host()}"


def _static(name: str) -> Answer:
    """A static file, as it was collected; in tests, which collect nothing, from its app."""
    if staticfiles_storage.exists(name):
        return Answer(200, {}, _chunks_of(staticfiles_storage.open(name)))
    found = finders.find(name)
    if isinstance(found, str):
        return Answer(200, {}, _chunks_of(open(found, "rb")))
    return Answer(404, {}, [])


def _chunks_of(file: Any) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the database connection, and so the moment it reads, when an answer has been read."""
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_finished.connect(close_old_connections)
