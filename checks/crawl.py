"""Reads every public page of a running portal once, and picks one of each kind to look at closely.

python -m checks.crawl ADDRESS     writes what it read to .local/checks/
"""

import contextlib
import json
import os
import shutil
import sys
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from urllib.parse import quote, urljoin, urlsplit

import django
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse
from django.utils import translation

from run import LOCAL
from tests.html_document import Document

FOLDER = LOCAL / "checks"
# The narrowest and the widest tell nearly all; `make check` by hand looks at the middle too,
# and photographs both schemes.
IS_SHORT = os.environ.get("CHECKS") == "short"
WIDTHS = (360, 1440) if IS_SHORT else (360, 768, 1440)
PAGES = FOLDER / "pages.json"
HTML = FOLDER / "html"

# What no link of a page leads to: searches with hits and without, and an address of nothing.
SEARCHES = [
    *("/sv/sok/?q=v%C3%A4lf%C3%A4rd", "/fi/haku/?q=hyvinvoinnin"),
    *("/sv/sok/?q=qwzxqwzx", "/fi/haku/?q=qwzxqwzx"),
]
NOWHERE = ["/sv/finns-inte/", "/fi/ei-ole/"]


@dataclass(frozen=True)
class Page:
    """One page as it was read: its address, route, the language of its address and its status."""

    path: str
    route: str
    language: str
    status: int
    file: str
    length: int
    by_fallback: bool = False


@dataclass(frozen=True)
class Template:
    """A kind of page in one language, with the address of an example."""

    name: str
    language: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


class Answer:
    """What the portal answered; the body is read only where it is a page."""

    def __init__(self, address: str, path: str) -> None:
        request = urllib.request.Request(urljoin(address, quote(path, safe="/?&=%+-._~")))
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                self._take(response)
        except urllib.error.HTTPError as error:
            with error:
                self._take(error)

    def _take(self, response) -> None:
        self.status: int = response.status
        self.path = urlsplit(response.geturl()).path
        self.is_page = response.headers.get_content_type() == "text/html"
        self.cookie = response.headers.get("Set-Cookie")
        self.html = response.read().decode("utf-8") if self.is_page else ""

    def is_at(self, path: str) -> bool:
        """Whether the page is there, for everybody and without being led elsewhere."""
        return self.status == 200 and self.path == urlsplit(path).path


def crawl(address: str) -> tuple[list[Page], list[str]]:
    """Every page reached from the sitemap and by links from there on, and what went wrong."""
    with urllib.request.urlopen(urljoin(address, "/sitemap.xml"), timeout=60) as response:
        sitemap = response.read().decode("utf-8")
    named = [part.split("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
    waiting = deque(["/sv/", "/fi/", *(urlsplit(one).path for one in named)])
    unlinked = [*SEARCHES, *addresses_without_arguments()]
    waiting.extend(path for path in unlinked if Answer(address, path).is_at(path))
    pages: list[Page] = []
    problems: list[str] = []
    waiting = deque(dict.fromkeys(waiting))
    seen = set(waiting)
    while waiting:
        path = waiting.popleft()
        answer = Answer(address, path)
        if answer.status == 403 and path.startswith(("/sv/natverket/", "/fi/verkosto/")):
            continue  # for members only
        if answer.status != 200:
            problems.append(f"{path}: status {answer.status}")
        if answer.cookie:
            problems.append(f"{path}: sets a cookie")
        if not answer.is_page:
            continue
        document = Document(answer.html)
        pages.append(keep(path, answer, document, len(pages)))
        for link in document.links():
            target = urljoin(path, link)
            if target.startswith(("/sv/", "/fi/")) and target not in seen:
                seen.add(target)
                waiting.append(target)
    for path in ["/", *NOWHERE]:
        answer = Answer(address, path)
        pages.append(keep(path, answer, Document(answer.html), len(pages)))
    return pages, problems


def addresses_without_arguments() -> list[str]:
    """The readers' addresses that need no argument, in both languages; no part of log-in."""
    from foundation.accounts.pages.urls import urlpatterns as log_in  # needs Django to be set up

    sets_cookies = set(route_names(log_in))
    found = []
    for name in route_names(get_resolver().url_patterns):
        if name in sets_cookies:
            continue
        for language in ("sv", "fi"):
            with translation.override(language), contextlib.suppress(NoReverseMatch):
                found.append(reverse(name))
    return [path for path in found if path.startswith(("/sv/", "/fi/"))]


def route_names(patterns: Iterable, namespace: str = "") -> Iterator[str]:
    """Names of all routes but the admin's, with their namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from route_names(pattern.url_patterns, inner)


def keep(path: str, answer: Answer, document: Document, number: int) -> Page:
    """Write the page down, for the instruments that read files."""
    language = path[1:3] if path[1:3] in ("sv", "fi") else "sv"
    canonical = [one.attributes["href"] for one in document.all("link", rel="canonical")]
    file = HTML / f"{number:05}.html"
    file.write_text(answer.html, "utf-8")
    return Page(
        path=path,
        route=route_of(path, language) if answer.status == 200 else "not found",
        language=language,
        status=answer.status,
        file=file.name,
        length=len(answer.html),
        by_fallback=any(not urlsplit(one).path.startswith(path[:4]) for one in canonical),
    )


def route_of(path: str, language: str) -> str:
    """The name of the address's route, as `projects:workshop_detail`."""
    with translation.override(language):
        try:
            return resolve(urlsplit(path).path).view_name
        except Resolver404:
            return "unknown"


def examples(pages: Iterable[Page]) -> list[Template]:
    """One page of each kind and language: the longest, since it has the most parts to look at."""
    best: dict[tuple[str, str], Page] = {}
    for page in pages:
        kind = page.route.replace("portal:", "").replace("municipalities:", "")
        if page.by_fallback:
            kind += " in the other language"
        if page.path in SEARCHES:
            kind += " without hits" if "qwzx" in page.path else " with hits"
        elif "?" in page.path:
            continue
        known = best.get((kind, page.language))
        if known is None or (page.length, known.path) > (known.length, page.path):
            best[kind, page.language] = page
    return [
        Template(kind.replace(":", " ").replace(" ", "-"), language, page.path, page.status)
        for (kind, language), page in sorted(best.items())
    ]


def read_pages() -> list[Page]:
    """What the last crawl has written down."""
    return [Page(**one) for one in json.loads(PAGES.read_text("utf-8"))["pages"]]


def read_problems() -> list[str]:
    """What the last crawl could not read."""
    return json.loads(PAGES.read_text("utf-8"))["problems"]


def main(address: str) -> None:
    """Crawl and write down."""
    django.setup()
    shutil.rmtree(HTML, ignore_errors=True)
    HTML.mkdir(parents=True)
    pages, problems = crawl(address)
    found = {"pages": [asdict(page) for page in pages], "problems": problems}
    PAGES.write_text(json.dumps(found, ensure_ascii=False, indent=0), "utf-8")
    print(f"{len(pages)} pages, {len(examples(pages))} kinds of page and language.")


if __name__ == "__main__":
    main(sys.argv[1])
