"""Links in public texts that lead nowhere: found, tried, and told to whoever answers for the text.

A server that is away for an afternoon is no broken link: only what fails on two different days is
reported. Sites that refuse robots answer 401, 403, 405, 429 or 999 to us and the page to a reader.
"""

import http.client
import ipaddress
import logging
import re
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from smtplib import SMTPException
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.contrib import admin
from django.core.mail import EmailMessage
from django.db.models import F, ForeignKey, QuerySet, URLField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from foundation.content import languages
from foundation.content.addresses import own_origin, path_at_home
from foundation.content.agreement import is_rich
from foundation.content.models import Bilingual, Content
from foundation.editing.worklist import bilingual_models
from portal.models import BrokenLink

logger = logging.getLogger(__name__)

_HREF = re.compile(r'<a\b[^>]*\shref="([^"]+)"', re.IGNORECASE)
REFUSES_ROBOTS = {401, 403, 405, 406, 429, 451, 503, 999}
SILENT = 1  # no answer at all; smaller than any status of HTTP
CIRCLE = 508  # Loop Detected (RFC 5842, section 7.2)
MAX_REDIRECTS = 5
TIMEOUT = 10  # seconds to connect, and for each answer
NAME = "Mozilla/5.0 (compatible; link check of the portal's own pages)"


@dataclass(frozen=True)
class Place:
    """An item with a link in one of its public texts."""

    item: Bilingual
    url: str


def links() -> Iterator[Place]:
    """Every link in the texts that readers may meet, each once for an item."""
    for model in bilingual_models().values():
        rows: QuerySet = (
            model.objects.published()
            if issubclass(model, Content)
            else model._default_manager.all()
        )
        rich = [name for name in model.translated_fields() if is_rich(model, name)]
        plain = [
            field.name
            for field in model._meta.fields
            if isinstance(field, URLField) and field.name not in model.translated_fields()
        ]
        if not rich and not plain:
            continue
        for item in rows.iterator(chunk_size=200):
            found: dict[str, None] = {}
            for code in item.languages:
                for name in rich:
                    html = getattr(item, f"{name}_{code}") or ""
                    found.update(dict.fromkeys(unescape(url) for url in _HREF.findall(html)))
            for name in plain:
                language = name[-2:] if name[-3:] in ("_sv", "_fi") else ""
                value = getattr(item, name) if not language or language in item.languages else ""
                if value:
                    found[value] = None
            yield from (Place(item, url) for url in found if _can_be_tried(url))


def _can_be_tried(url: str) -> bool:
    return url.startswith(("http://", "https://", "/"))


def status_of(url: str, *, allowed: Callable[[str], bool] | None = None) -> int:
    """The HTTP status of what is wrong with a link, 0 when nothing is.

    SILENT stands for a site that does not answer, CIRCLE for one that leads round and round.
    `allowed` decides whether an address of the network may be asked: public ones, by default, so
    that nobody can make the server look around at home.
    """
    try:
        return _status_at_the_end(urljoin(f"{own_origin()}/", url), allowed or _is_public)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        logger.info("%s could not be followed: %r", url, error)
        return SILENT


def _status_at_the_end(url: str, allowed: Callable[[str], bool]) -> int:
    """What is wrong at the end of the way that redirects show, at home and outside."""
    for _step in range(MAX_REDIRECTS + 1):
        is_at_home = path_at_home(url) is not None
        status, location = _ask_at_home(url) if is_at_home else _ask_outside(url, allowed)
        if status not in (301, 302, 303, 307, 308):
            is_fine = status < 400 or (status in REFUSES_ROBOTS and not is_at_home)
            return 0 if is_fine else status
        url = urljoin(url, location)
    return CIRCLE


def _ask_at_home(url: str) -> tuple[int, str]:
    """Status and Location of our own answer, which needs neither a server nor the network."""
    host = urlsplit(own_origin()).hostname or "localhost"
    client = Client(SERVER_NAME=host, raise_request_exception=False)
    response: Any = client.head(url.partition("#")[0], secure=True)
    if response.streaming:
        list(response.streaming_content)  # empty, but only its end closes the file
    return response.status_code, response.get("Location", "")


def _ask_outside(url: str, allowed: Callable[[str], bool]) -> tuple[int, str]:
    status, location = _ask("HEAD", url, allowed)
    if status in (400, 404, 405, 500, 501):  # answers of servers that do not know HEAD
        return _ask("GET", url, allowed)
    return status, location


def _ask(method: str, url: str, allowed: Callable[[str], bool]) -> tuple[int, str]:
    """Status and Location of a request; only the head of the answer is read."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # Connected to the very address that was looked at: a name may answer otherwise the next time.
    numbers = sorted(
        {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    )
    number = next((str(one) for one in numbers if allowed(str(one))), None)
    if number is None:
        raise ValueError(url)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = socket.create_connection((number, port), TIMEOUT)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        connection.request(
            method,
            path + query,
            headers={"User-Agent": NAME, "Host": parts.netloc.rpartition("@")[2]},
        )
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        connection.close()


def _is_public(number: str) -> bool:
    return ipaddress.ip_address(number.partition("%")[0]).is_global


def check(
    day: date | None = None, *, status_of: Callable[[str], int] = status_of
) -> tuple[int, int]:
    """Try every link once and keep what fails; returns how many were tried, how many failed."""
    today = day or timezone.localdate()
    verdicts: dict[str, int] = {}
    failing: set[tuple[str, int, str]] = set()
    for place in links():
        if place.url not in verdicts:
            verdicts[place.url] = status_of(place.url)
        if not verdicts[place.url]:
            continue
        key = (place.item._meta.db_table, place.item.pk, place.url[:2000])
        failing.add(key)
        BrokenLink.objects.update_or_create(
            kind=key[0],
            object_id=key[1],
            url=key[2],
            defaults={"status": verdicts[place.url], "last_failed_on": today},
            create_defaults={
                "status": verdicts[place.url],
                "first_failed_on": today,
                "last_failed_on": today,
            },
        )
    for known in BrokenLink.objects.all():
        if (known.kind, known.object_id, known.url) not in failing:
            known.delete()
    return len(verdicts), len(failing)


def confirmed() -> QuerySet[BrokenLink]:
    """Links that failed on two different days at least."""
    return BrokenLink.objects.filter(last_failed_on__gt=F("first_failed_on"))


def report(day: date | None = None) -> int:
    """Mail each owner the confirmed links not told of yet; returns how many mails went out.

    What belongs to nobody waits on the admin's start page only.
    """
    by_owner: dict[Any, list[tuple[BrokenLink, Bilingual]]] = defaultdict(list)
    for link, item in with_items(confirmed().filter(reported_on__isnull=True)):
        owner = owner_of(item) if item else None
        if item and owner and owner.is_active and owner.email:
            by_owner[owner].append((link, item))
    sent = 0
    for owner, found in by_owner.items():
        if _mail(owner, found):
            BrokenLink.objects.filter(pk__in=[link.pk for link, _item in found]).update(
                reported_on=day or timezone.localdate()
            )
            sent += 1
    return sent


def with_items(found: Iterable[BrokenLink]) -> list[tuple[BrokenLink, Bilingual | None]]:
    """Broken links with the items they stand in, None where one has been deleted since.

    One query for each kind of item.
    """
    found, models = list(found), bilingual_models()
    items = {
        (kind, item.pk): item
        for kind in {link.kind for link in found} & models.keys()
        for item in _with_its_page(models[kind]).filter(
            pk__in=[link.object_id for link in found if link.kind == kind]
        )
    }
    return [(link, items.get((link.kind, link.object_id))) for link in found]


def _with_its_page(model: type[Bilingual]) -> QuerySet:
    """The rows of a model; parts without a form of their own come with their page."""
    rows: QuerySet = model._default_manager.all()
    if admin.site.is_registered(model):
        return rows
    pages = [
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and issubclass(field.related_model, Content)
    ]
    return rows.select_related(*pages) if pages else rows


def owner_of(item: Any) -> Any:
    """Who answers for an item, or for the page it is a part of; None where nobody does."""
    if hasattr(item, "responsible"):
        return item.responsible
    whole = page_with(item)
    return whole.responsible if whole else None


def page_with(part: Bilingual) -> Content | None:
    """The page that a part, such as a figure or a proposal, belongs to."""
    for field in part._meta.fields:
        belongs = isinstance(field, ForeignKey) and issubclass(field.related_model, Content)
        if belongs and (whole := getattr(part, field.name)):
            return whole
    return None


def edit_address(item: Bilingual) -> str:
    """Where the item is edited; "" for a row without a form of its own."""
    edited: Any = item if admin.site.is_registered(type(item)) else page_with(item)
    if edited is None:
        return ""
    options = edited._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[edited.pk])


def _mail(owner: Any, found: list[tuple[BrokenLink, Bilingual]]) -> bool:
    with override(owner.language if owner.language in languages.CODES else settings.LANGUAGE_CODE):
        lines = [
            ngettext(
                "A link in a text you answer for has not worked on two different days:",
                "Links in texts you answer for have not worked on two different days:",
                len(found),
            ),
            "",
        ]
        for link, item in found:
            lines += [str(item), link.url]
            if settings.SITE_URL:
                lines.append(f"{settings.SITE_URL}{edit_address(item)}")
            lines.append("")
        message = EmailMessage(
            subject=ngettext("A broken link", "%(count)d broken links", len(found))
            % {"count": len(found)},
            body="\n".join(lines),
            to=[owner.email],
        )
        try:
            message.send()
        except (OSError, SMTPException):
            logger.warning("Broken links could not be mailed; they stay to be reported")
            return False
    return True
