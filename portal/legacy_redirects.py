"""Where a path without a page leads: sections have a word in each language, and had others."""

from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import translation

from foundation.content import languages
from foundation.content.addresses import address
from portal.models import path_of, redirected

# Words that sections had, or that readers are told elsewhere. They lead to the section for ever:
# whoever changes a path word in the catalogues adds the old one here.
FORMER_SECTIONS = {
    "sv": {"workshoppar": "projects:workshop_list"},
    "fi": {"workshopit": "projects:workshop_list"},
}


def moved_to(path: str) -> str | None:
    """The one address that a path stands for which has no page, or None.

    A section may be called by a former word, or by its word in the other language; the item behind
    it by any slug it has or had. The answer is the last address: one redirect is enough.
    """
    prefix, _slash, rest = path.strip("/").partition("/")
    if prefix not in languages.CODES or not rest:
        return None
    section, _slash, tail = rest.partition("/")
    route = FORMER_SECTIONS[prefix].get(section)
    if route:
        return _address_of(f"{address(route, prefix)}{tail}", prefix, prefix)
    if _is_file(rest):  # what its query asks for has other words in the other language
        return None
    there = languages.other(prefix)
    return _address_of(f"/{there}/{rest}", there, prefix)


def short_address_target(path: str) -> str | None:
    """Where the short address that staff gave a path leads, in one hop; None when it is none."""
    target = redirected(path)
    if target is None or not target.startswith("/"):
        return target
    prefix, rest = target[1:3], target[len(path_of(target)) :].removeprefix("/")
    today = _address_of(path_of(target), prefix, prefix)
    return f"{today}{rest}" if today else target


def _is_file(path: str) -> bool:
    return "." in path.rpartition("/")[2]


def _address_of(path: str, language: str, prefix: str) -> str | None:
    with translation.override(language):
        try:
            match = resolve(path if _is_file(path) else path.rstrip("/") + "/")
        except Resolver404:
            return None
    item_address = getattr(match.func, "item_address", None)
    if item_address is None:
        return address(match.view_name, prefix, **match.captured_kwargs)
    try:
        return item_address(match.view_name, match.captured_kwargs, language, prefix)
    except Http404:
        return None
