"""The server of production: private metrics, and logs that tell nothing of anybody."""

import json
import logging
import os
import sys
from pathlib import Path

import pytest

from foundation.server.logs import JsonLines
from foundation.server.page_cache.metrics import as_prometheus
from foundation.server.serving import private_address


@pytest.mark.parametrize("address", ["127.0.0.1:9108", "[::1]:9108", "10.1.2.3:80"])
def test_metrics_are_served_on_a_private_address(address: str) -> None:
    assert private_address(address)[1] == int(address.rpartition(":")[2])


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8:9108", "portal.example.fi:9108", "9108", ":9108"),
        *("0.0.0.0:9108", "[::]:9108", "240.0.0.1:9108"),
    ],
)
def test_metrics_are_served_on_no_other(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        private_address(address)


def test_metrics_are_those_of_living_workers(tmp_path: Path) -> None:
    told = {"page_cache_misses_total": 3, "django_responses_total": {"200": 2, "404": 1}}
    (tmp_path / f"{os.getpid()}.json").write_text(json.dumps(told))
    (tmp_path / "999999999.json").write_text(json.dumps(told))
    text = as_prometheus(tmp_path)
    assert f'portal_page_cache_misses_total{{worker="{os.getpid()}"}} 3' in text
    assert f'portal_django_responses_total{{worker="{os.getpid()}",status="404"}} 1' in text
    assert "999999999" not in text
    for line in text.splitlines():
        assert line.startswith(("# HELP portal_", "# TYPE portal_", "portal_"))


def line_of(record: logging.LogRecord) -> dict:
    return json.loads(JsonLines().format(record))


def record(message: str, *arguments: object, exc_info: object = None) -> logging.LogRecord:
    return logging.LogRecord("x", logging.ERROR, "", 0, message, arguments, exc_info)


def test_log_line_is_one_object_without_queries() -> None:
    line = line_of(record('Not Found: %s "quoted"\n', "/sv/sok/?q=Matti"))
    assert line["message"] == 'Not Found: /sv/sok/ "quoted"'
    assert (line["level"], line["logger"]) == ("error", "x")


def test_rows_that_the_database_quotes_are_left_out() -> None:
    said = "duplicate key\nDETAIL:  Key (email)=(matti@example.fi) already exists."
    try:
        raise ValueError(said)
    except ValueError:
        line = line_of(record("It failed", exc_info=sys.exc_info()))
    assert "matti" not in json.dumps(line)
    assert "duplicate key" in line["exception"]


def test_row_with_a_text_of_several_lines_is_left_out_whole() -> None:
    row = "Failing row contains (1, Hej\nJag heter Anna\n\nHälsningar, anna@example.fi, xx)."
    try:
        try:
            raise ValueError(f"violates check\nDETAIL:  {row}")
        except ValueError as error:
            raise RuntimeError(
                f"not stored\nLINE 1: INSERT … ('Anna')\n  ^\nDETAIL:  {row}"
            ) from error
    except RuntimeError:
        told = line_of(record("It failed", exc_info=sys.exc_info()))["exception"]
    assert "nna" not in told
    for kept in ("violates check", "direct cause", "Traceback", "RuntimeError: not stored"):
        assert kept in told


def test_access_is_told_without_who_and_what() -> None:
    told = {
        "addr": "192.0.2.1",
        "method": "GET",
        "path": "/sv/sok/",
        "query_string": "q=Matti",
        "status": 200,
        "dt_ms": 1.23456,
    }
    one = record("%(method)s", told)
    one.name, one.args = "granian.access", told
    line = line_of(one)
    assert (line["path"], line["status"], line["milliseconds"]) == ("/sv/sok/", 200, 1.235)
    assert not {"192.0.2.1", "q=Matti"} & {str(value) for value in line.values()}
