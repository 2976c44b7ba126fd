"""A data set as a file: written row by row, so that a large one takes no more memory."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from django.db.models import QuerySet
from django.utils.translation import override

from foundation.content import languages
from foundation.editing.spreadsheets import csv_lines
from portal.open_data.addresses import address_fields
from portal.open_data.data_set import DataSet
from portal.open_data.fields import Field, Value
from portal.open_data.terms import credit, terms

BATCH = 1000  # rows read at once
IN_MEMORY = 1024 * 1024  # bytes; a longer file is kept on disk while it is sent

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True)
class WrittenFile:
    """A file that has been written, with what a cache knows it by."""

    content: BinaryIO
    size: int
    digest: str


def fields_of(data_set: DataSet, absolute: Callable[[str], str]) -> tuple[Field, ...]:
    """The fields of a data set, those with the addresses of its rows last."""
    return (*data_set.fields, *address_fields(data_set, absolute))


def rows_of(data_set: DataSet, absolute: Callable[[str], str]) -> Iterator[dict[str, Value]]:
    """Each public row as its keys and values; one query."""
    fields = fields_of(data_set, absolute)
    prepared: QuerySet = data_set.prepare(data_set.rows())
    for row in prepared.iterator(chunk_size=BATCH):
        yield dict(pair for field in fields for pair in field.values(row))


def write(data_set: DataSet, form: str, absolute: Callable[[str], str]) -> WrittenFile:
    """The data set in a form ("json" or "csv"): the same bytes while its rows are the same."""
    # Who asks closes it, when the last byte is sent.
    kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in _WRITERS[form](data_set, absolute):
            kept.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    except BaseException:
        kept.close()
        raise
    return WrittenFile(cast(BinaryIO, kept), size, digest.hexdigest())


def _json(data_set: DataSet, absolute: Callable[[str], str]) -> Iterator[bytes]:
    head: dict[str, Any] = {"dataset": data_set.key}
    for code in languages.CODES:
        with override(code):
            head |= {
                f"title_{code}": str(data_set.title),
                f"credit_{code}": credit(data_set),
                f"terms_{code}": terms(data_set),
            }
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    yield f'{opening}, "rows": ['.encode()
    comma = "\n"
    for row in rows_of(data_set, absolute):
        yield (comma + json.dumps(row, ensure_ascii=False)).encode()
        comma = ",\n"
    yield b"\n]}\n"


def _csv(data_set: DataSet, absolute: Callable[[str], str]) -> Iterator[bytes]:
    keys = [key for field in fields_of(data_set, absolute) for key in field.keys]
    rows = (map(_cell, row.values()) for row in rows_of(data_set, absolute))
    return csv_lines(chain([keys], rows))


def _cell(value: Value) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " | ".join(map(str, value))
    return value


_WRITERS = {"json": _json, "csv": _csv}
