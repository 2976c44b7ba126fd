"""The mark of a page that is drawn to be kept as a file, when there is no server any more."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

# A key that no header of a request can have: only the one who writes the copy can set it.
KEY = "portal.archive"


@dataclass(frozen=True)
class Archive:
    """A copy of the public portal as files: when it was made, and where it will stand."""

    day: date
    base_url: str  # scheme and host, without a final slash
    is_offline: bool = False  # opened from a disk, without any server
    contact: str = ""  # an e-mail address for readers' questions, if there is one

    @property
    def host(self) -> str:
        """The host of the copy, as a reader types it."""
        return self.base_url.partition("://")[2]


def archive_of(request: HttpRequest) -> Archive | None:
    """The copy that the page is drawn for, None for a page of the living portal."""
    return request.META.get(KEY)
