"""The news as Atom feeds (RFC 4287), one for each scope and language."""

import hashlib
import unicodedata
import uuid
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from foundation.content import languages
from foundation.content.addresses import absolute
from foundation.content.pages import only_in
from foundation.content.templatetags.content import period
from publications.news import FEED_NAMESPACE, Entry, Scope

MAX_AGE = 900  # seconds that a copy may be used unasked
LONGEST = 50  # entries
# RFC 4287 wants a moment; this one is said of a feed in which nothing has ever stood.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class NewsFeed(Atom1Feed):
    """Django's feed, whose entries say which language each of their texts is in."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        if item["summary"]:
            spoken = {"type": "text", "xml:lang": item["summary_language"]}
            handler.addQuickElement("summary", item["summary"], spoken)

    def latest_post_date(self) -> datetime:
        """The newest change; never the moment of asking, so that the same news have one ETag."""
        return max((item["updateddate"] for item in self.items), default=_NEVER)


def feed(
    request: HttpRequest,
    scope: Scope,
    entries: list[Entry],
    *,
    title: str,
    author: str,
    page: str,
    own_path: str,
) -> bytes:
    """The news of a scope as an Atom document in the reader's language.

    Each entry has the same id in both languages, as events have in the calendars; the feeds of the
    two languages have ids of their own, because each is a feed to subscribe to.
    """
    here = languages.current()
    atom = NewsFeed(
        title=_clean(title),
        link=absolute(request, page),
        description=None,
        language=here,
        author_name=_clean(author),
        feed_url=absolute(request, own_path),
        feed_guid=uuid.uuid5(FEED_NAMESPACE, f"{scope.name}:{here}").urn,
    )
    for entry in entries:
        atom.add_item(**_item(request, entry))
    return atom.writeString("utf-8").encode()


def _item(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    title, told = entry.heading, entry.details
    parts = [entry.label]
    if entry.workshop:
        parts.append(strip_tags(period(entry.workshop)))
    if languages.current() not in entry.languages:
        parts.append(only_in(title.language))
    if entry.is_example:
        parts.append(_("This is an example, made to show how the portal works."))
    words = title.value
    if not title.is_other:
        # Most programs show titles only, and nobody must overlook that a workshop is cancelled.
        words = f"{entry.label}: {title.value}"
    said = ". ".join(part.rstrip(".") for part in parts) + "."
    is_other = told.is_other
    return {
        "title": _clean(words),
        "link": absolute(request, entry.path),
        "description": None,
        "unique_id": entry.uid,
        "pubdate": entry.moment,
        "updateddate": entry.moment,
        "language": title.language if title.is_other else "",
        "summary": _clean(said if is_other or not told else f"{said} {told.value}"),
        "summary_language": languages.current(),
    }


def _clean(text: str) -> str:
    """A text on one line, without the signs that no XML document may hold (XML 1.0, 2.2)."""
    unsafe = {"Cc", "Cn", "Cs"}
    return " ".join("".join(" " if unicodedata.category(c) in unsafe else c for c in text).split())


def feed_response(request: HttpRequest, content: bytes) -> HttpResponse:
    """A feed with its validator, or 304 for whoever has it already.

    There is no Last-Modified: an entry that is withdrawn would turn it back.
    """
    etag = f'"{hashlib.sha256(content).hexdigest()}"'

    def whole(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=NewsFeed.content_type)

    response = condition(etag_func=lambda *_: etag)(whole)(request)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
