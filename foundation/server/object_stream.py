"""A file of an object storage read where it is needed, without fetching it whole."""

import io
from typing import Any

from django.core.files import File


class ObjectStream(io.RawIOBase):
    """The bytes of an object (`boto3`'s `s3.Object`), fetched from the place last sought on.

    What django-storages opens fetches the whole object before its first byte, which a reader who
    moves about in a video would wait for each time.
    """

    def __init__(self, stored_object: Any) -> None:
        super().__init__()
        self._object = stored_object
        self._body: Any = None
        self._position = 0
        self.size: int = stored_object.content_length  # bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("There is nothing before the first byte.")
        if start + offset != self._position:
            self._let_go()
            self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        if self._position >= self.size:
            return 0
        if self._body is None:
            self._body = self._object.get(Range=f"bytes={self._position}-")["Body"]
        chunk = self._body.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)

    def close(self) -> None:
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None


class StoredObject(File):
    """A stored file that can be opened again after it was closed, as Django's fields do."""

    def __init__(self, stored_object: Any, name: str) -> None:
        stream: Any = ObjectStream(
            stored_object
        )  # which typing does not count among its IO classes
        super().__init__(stream, name)
        self._object = stored_object

    def open(self, mode: Any = None, *args: Any, **kwargs: Any) -> "StoredObject":
        if self.closed:
            stream: Any = ObjectStream(self._object)
            self.file = stream
        self.seek(0)
        return self
