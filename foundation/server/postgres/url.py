"""Reads DATABASE_URL."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg import pq

from foundation.server.postgres.server import DATABASE

FORM = "DATABASE_URL has the form postgresql://user:password@host:5432/name?sslmode=require"
ENCODE = "Write the characters : / ? # [ ] @ % inside a name or password as %3A, %2F and so on."
IN_THE_QUERY = {
    "host": "HOST",
    "port": "PORT",
    "user": "USER",
    "password": "PASSWORD",
    "dbname": "NAME",
}


def database_from_url(url: str | None, *, data: str | Path, durable: bool = True) -> dict[str, Any]:
    """Return Django's DATABASES entry for a URL, or for the embedded server when there is none.

    `data` and `durable` concern the embedded server (see `foundation.server.postgres`). What
    follows the question mark are libpq's connection options; a Unix socket is named by
    `?host=/folder` or by a percent-encoded host. Raises ValueError, with a hint and never with a
    part of the URL that may hold the password.
    """
    entry: dict[str, Any] = {
        "ENGINE": "foundation.server.postgres",
        # Kept open for a minute, and tried before each request: a restarted server goes unseen.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    url = (url or "").strip()
    if not url:
        return {**entry, "NAME": DATABASE, "EMBEDDED": {"data": data, "durable": durable}}
    named, options = _parts(url)
    if not named.get("NAME"):
        raise ValueError(f"DATABASE_URL names no database. {FORM}.")
    port = named.get("PORT", "")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(f"DATABASE_URL's port is not a number from 1 to 65535. {ENCODE}")
    return {**entry, **named, **({"OPTIONS": options} if options else {})}


def _parts(url: str) -> tuple[dict[str, str], dict[str, str]]:
    if not re.match(r"postgres(ql)?://", url, re.IGNORECASE):
        raise ValueError(f"DATABASE_URL does not begin with postgresql://. {FORM}.")
    if "#" in url or re.search(r"[\s\x00-\x1f]", url):
        raise ValueError(f"DATABASE_URL holds a # or a space as such. {ENCODE}")
    try:
        split = urlsplit(url)
    except ValueError:
        raise ValueError(f"DATABASE_URL's host cannot be read. {ENCODE}") from None
    account, _, server = split.netloc.rpartition("@")
    user, _, password = account.partition(":")
    address = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\],]*)(?::([^:]*))?", server)
    if address is None or "@" in account or ":" in password:
        raise ValueError(f"DATABASE_URL's host cannot be read: it must be one host. {ENCODE}")
    name = split.path.removeprefix("/")
    if "/" in name:
        raise ValueError(f"DATABASE_URL's database name holds a / as such. {ENCODE}")
    named = {
        key: _decoded(text)
        for key, text in {
            "NAME": name,
            "USER": user,
            "PASSWORD": password,
            "HOST": address[1].strip("[]"),
            "PORT": address[2],
        }.items()
        if text
    }
    options = {}
    for option, text in _query(split.query):
        key = IN_THE_QUERY.get(option)
        if option in options or key in named:
            raise ValueError(f"DATABASE_URL gives {option} twice.")
        if key:
            named[key] = text
        elif option in _libpq_options():
            options[option] = text
        else:
            raise ValueError(
                "DATABASE_URL has an option after the ? that PostgreSQL's client does not know."
                f" {FORM}."
            )
    return named, options


def _query(text: str) -> list[tuple[str, str]]:
    # A plus sign is itself in these URLs, not a space.
    text = text.replace("+", "%2B")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        if text:
            raise ValueError(
                f"DATABASE_URL's options after the ? are not of the form name=value. {ENCODE}"
            ) from None
        pairs = []
    if any("\x00" in part for pair in pairs for part in pair):
        raise ValueError("DATABASE_URL holds a null byte.")
    return pairs


def _decoded(text: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ValueError(f"DATABASE_URL has a % that is not followed by two digits. {ENCODE}")
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise ValueError("DATABASE_URL is not percent-encoded UTF-8.") from None
    if "\x00" in decoded:
        raise ValueError("DATABASE_URL holds a null byte.")
    return decoded


def _libpq_options() -> set[str]:
    return {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
