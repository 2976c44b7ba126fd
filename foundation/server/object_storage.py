"""Uploads in an S3-compatible storage; needs the packages of the group s3 (docs/storage.md)."""

from typing import Any

from storages.backends.s3 import S3Storage

from foundation.server.object_stream import StoredObject


class ObjectStorage(S3Storage):
    """django-storages' own, but for reading: a part of a file is fetched as a part."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        opened = super()._open(name, mode)  # has asked for the length, or says that it is missing
        return StoredObject(opened.obj, opened.name) if mode == "rb" else opened
