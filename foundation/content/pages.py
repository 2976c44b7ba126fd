"""What a page says about itself: to its reader, to the language switch and to search engines."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from foundation.content import languages
from foundation.content.addresses import absolute, address
from foundation.content.models import Addressed
from foundation.content.texts import Text

NAMES = {"sv": "På svenska", "fi": "Suomeksi"}


@dataclass(frozen=True)
class Crumb:
    """A step of the way from the start page; `lang` marks a label in the other language."""

    label: str
    url: str
    lang: str = ""


@dataclass(frozen=True)
class Notice:
    """Something the reader must know about the page before reading it."""

    kind: str  # "only_other", "partly", "newer" or "example"
    text: str
    url: str = ""
    url_text: str = ""
    url_language: str = ""


@dataclass(frozen=True)
class Switch:
    """The link to the same page in the other language, with what the reader will find there."""

    language: str
    name: str
    url: str
    state: str = "same"  # or "partly", "older", "only_here", "only_there"
    note: str = ""


@dataclass
class Page:
    """One document: its address in each language, and the languages it really exists in."""

    title: str
    switch: Switch
    canonical: str
    alternates: list[tuple[str, str]]
    item: Addressed | None = None  # whose page it is, if it is an item's own
    title_lang: str = ""
    description: str = ""
    description_lang: str = ""
    section: str = ""
    notices: list[Notice] = field(default_factory=list)
    crumbs: list[Crumb] = field(default_factory=list)
    og_type: str = "website"
    json_ld: SafeString | str = ""


def only_in(language: str) -> str:
    """The note that a text exists in one language only."""
    if language == languages.SWEDISH:
        return _("This text exists only in Swedish.")
    return _("This text exists only in Finnish.")


def partly_in(language: str) -> str:
    """The note that an item is partly in a language."""
    if language == languages.SWEDISH:
        return _("Partly in Swedish")
    return _("Partly in Finnish")


def page_at(
    request: HttpRequest,
    route: str,
    *,
    title: str,
    of: Addressed | None = None,
    description: str = "",
    section: str = "",
    crumbs: list[Crumb] | None = None,
    queries: dict[str, str] | None = None,
    **more: Any,
) -> Page:
    """The page of a route that exists in both languages, such as a list.

    `of` is the item whose page the route lies under, if it does. `queries` holds the query string
    of this very view in each language, so that the switch keeps filters.
    """
    paths = {c: of.path(c, route) if of else address(route, c) for c in languages.CODES}
    queries = queries or {}
    urls = {c: paths[c] + (f"?{queries[c]}" if queries.get(c) else "") for c in languages.CODES}
    here = languages.current()
    there = languages.other(here)
    return Page(
        title=title,
        description=description,
        section=section,
        crumbs=crumbs or [],
        switch=Switch(there, NAMES[there], urls[there]),
        canonical=absolute(request, urls[here]),
        alternates=[(code, absolute(request, urls[code])) for code in languages.CODES],
        **more,
    )


def page_of(
    request: HttpRequest,
    item: Addressed,
    *,
    section: str = "",
    crumbs: list[Crumb] | None = None,
    description: str = "",
    route: str | None = None,
    **more: Any,
) -> Page:
    """The page of an item, or at a route under it; the item may exist in one language only."""
    here = languages.current()
    there = languages.other(here)
    path = {code: item.path(code, route=route) for code in languages.CODES}
    title, lead = item.text(item.name_field), _lead(item)
    switch = Switch(there, NAMES[there], path[there])
    notices = []
    if here not in item.languages:
        notices.append(Notice("only_other", only_in(there)))
        switch = Switch(there, NAMES[there], switch.url, "only_there", only_in(there))
    elif there not in item.languages:
        switch = Switch(there, NAMES[there], switch.url, "only_here", only_in(here))
    else:
        if _is_partly_missing(item, here):
            notices.append(Notice("partly", partly_in(here)))
        if _is_partly_missing(item, there):
            switch = Switch(there, NAMES[there], switch.url, "partly", partly_in(there))
        if moment := _moment_ahead(item, there):
            notice = Notice("newer", newer_in(there, moment), path[there], read_in(there), there)
            notices.append(notice)
        elif moment := _moment_ahead(item, here):
            switch = Switch(there, NAMES[there], switch.url, "older", older_in(there, moment))
    if getattr(item, "is_example", False):
        notices.append(
            Notice("example", _("This is an example, made to show how the portal works."))
        )
    real = here if here in item.languages else there
    return Page(
        title=title.value,
        item=item,
        title_lang=title.language if title.is_other else "",
        description=Truncator(description or lead.value).chars(200),
        description_lang=lead.language if lead.is_other and not description else "",
        section=section,
        crumbs=crumbs or [],
        notices=notices,
        switch=switch,
        canonical=absolute(request, path[real]),
        alternates=(
            [(code, absolute(request, path[code])) for code in item.languages]
            if len(item.languages) > 1
            else []
        ),
        **more,
    )


def newer_in(language: str, moment: datetime) -> str:
    """The note that the other version has changed for real since the two last agreed."""
    date = written_day(moment)
    if language == languages.SWEDISH:
        return _("The Swedish version is newer (%(date)s).") % {"date": date}
    return _("The Finnish version is newer (%(date)s).") % {"date": date}


def read_in(language: str) -> str:
    """What a link to an item's other version says."""
    if language == languages.SWEDISH:
        return _("Read it in Swedish")
    return _("Read it in Finnish")


def older_in(language: str, moment: datetime) -> str:
    """The note, before the click, that the other version lags behind this one."""
    date = written_day(moment)
    if language == languages.SWEDISH:
        return _("The Swedish version is older than %(date)s.") % {"date": date}
    return _("The Finnish version is older than %(date)s.") % {"date": date}


def written_day(value: date | datetime) -> str:
    """A day as both languages write it, by the clock in Helsinki: 11.10.2018."""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{day.day}.{day.month}.{day.year}"


def _moment_ahead(item: Addressed, language: str) -> datetime | None:
    """Since when this language's version is the newer one, None when it is not.

    Every item that is shown has been asked for these moments (`with_moments_ahead`). When both
    sides have changed since they agreed, the later one is the newer.
    """
    ours = getattr(item, f"{language}_revised_at")
    theirs = getattr(item, f"{languages.other(language)}_revised_at")
    return ours if ours and (theirs is None or ours > theirs) else None


def _is_partly_missing(item: Addressed, language: str) -> bool:
    is_missing = getattr(item, "is_partly_missing", None)
    return bool(is_missing and is_missing(language))


def _lead(item: Addressed) -> Text:
    here = languages.current()
    return item.text("lead") if "lead" in item.translated_fields() else Text("", here, here)


def crumb_of(item: Addressed) -> Crumb:
    """A crumb that leads to an item."""
    title = item.text(item.name_field)
    return Crumb(title.value, item.path(), title.language if title.is_other else "")


def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data (schema.org) as JSON that is safe in a script element, without blanks."""
    full = {"@context": "https://schema.org", **_without_blanks(data)}
    text = json.dumps(full, ensure_ascii=False)
    return mark_safe(text.translate({60: "\\u003C", 62: "\\u003E", 38: "\\u0026"}))  # noqa: S308


def _without_blanks(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _without_blanks(v) for k, v in data.items() if v not in ("", None, [], {})}
    if isinstance(data, list):
        return [_without_blanks(value) for value in data]
    return data
