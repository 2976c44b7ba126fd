"""The Swedish and Finnish catalogues: collected from the source, checked, compiled with Babel."""

import os
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, denormalize, read_po, write_po
from django.utils.translation.template import templatize

from foundation.translations.catalogue_rules import entry_findings, forms, is_same_as_english

CHECKOUT = Path(__file__).resolve().parents[2]
LANGUAGES = ("sv", "fi")
ROOMS = (
    "foundation",
    "municipalities",
    "projects",
    "publications",
    "network",
    "portal",
    "templates",
)
TEMPLATE_SUFFIXES = (".html", ".txt", ".xml")
# Django hands scripts the texts of the second domain only; ours have none, the admin's have.
DOMAINS = ("django", "djangojs")
SAME_AS_ENGLISH = "same_as_english.txt"
SCRIPT_TEXTS = "foundation/translations/library_script_strings.py"

GETTEXT = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {
    "_": None,
    "gettext_noop": None,
    **GETTEXT,
    **{f"{name}_lazy": arguments for name, arguments in GETTEXT.items()},
}

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
OTHER_ALIAS = re.compile(r"\b((?:n|p|np)?gettext(?:_lazy|_noop)?) as (?!_\b)(\w+)")
UNTRIMMED = re.compile(r"{%\s*blocktrans(?:late)?\b(?!(?:(?!%}).)*\btrimmed\b)", re.DOTALL)
KNOWN_LINE = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?"(?:[^"\\]|\\.)*"|#.*|\s*'
)
ENTRY_KEY = re.compile(r'^(?:msgctxt (?:".*"\n)+)?msgid (?:".*"\n)+', re.MULTILINE)


class CatalogueError(Exception):
    """A catalogue or a source file cannot be read; the message names the file."""


def catalogue_path(root: Path, language: str, domain: str = "django") -> Path:
    """Where the language's catalogue of this gettext domain stands in the checkout."""
    return root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def stale_catalogues(root: Path = CHECKOUT) -> list[Path]:
    """The .po files whose compiled .mo is missing or older."""
    paths = [catalogue_path(root, lang, domain) for domain in DOMAINS for lang in LANGUAGES]
    return [path for path in paths if path.exists() and _is_stale(path)]


def source_messages(root: Path, domain: str = "django") -> Catalog:
    """Every text of the checkout's rooms that is marked for translation in this domain."""
    script_texts = root / SCRIPT_TEXTS
    files = [
        path for path in _source_files(root) if (path == script_texts) == (domain == "djangojs")
    ]
    return collect(files, root)


def collect(paths: list[Path], root: Path) -> Catalog:
    """The marked texts of these Python files and templates, located relative to root.

    Raises CatalogueError for a file that cannot be parsed.
    """
    catalog = Catalog()
    for path in paths:
        location = path.relative_to(root).as_posix()
        try:
            for _line, text, comments, context in _marked_texts(path):
                catalog.add(
                    text, locations=[(location, 1)], auto_comments=comments, context=context
                )
        except (SyntaxError, UnicodeDecodeError, tokenize.TokenError) as error:
            raise CatalogueError(f"{location}: cannot be parsed: {error}") from error
    return catalog


def update(root: Path, *, prune: bool = False) -> dict[str, dict[str, int]]:
    """Bring the catalogues in line with the source and count what is left to do in each.

    A vanished entry is kept as obsolete, so that a reworded text can take over its translation,
    until prune removes it.
    """
    counts = {}
    for path, language, source in _catalogues(root):
        known = _read(path, language) if path.exists() else Catalog(locale=language)
        merged = _merge(source, known, language)
        if prune:
            merged.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _render(merged, language))
        counts[path.relative_to(root).as_posix()] = {
            "entries": len(merged),
            "untranslated": sum(1 for message in merged if message.id and not _filled(message)),
            "obsolete": len(merged.obsolete),
        }
    return counts


def check(root: Path) -> list[str]:
    """One line for each defect of the catalogues and of the way the source marks its texts."""
    findings = list(_marking_findings(root))
    try:
        for path, language, source in _catalogues(root):
            place = path.relative_to(root).as_posix()
            findings += [f"{place}: {line}" for line in _catalogue_findings(path, language, source)]
        findings += _listing_findings(root)
    except CatalogueError as error:
        findings.append(str(error))
    return findings


def compile_stale(root: Path) -> list[Path]:
    """Write the .mo files that are missing or older than their .po, and return their paths."""
    written = []
    for path in stale_catalogues(root):
        compiled = BytesIO()
        write_mo(compiled, _read(path, path.parent.parent.name))
        _replace(path.with_suffix(".mo"), compiled.getvalue())
        written.append(path.with_suffix(".mo"))
    return written


def _catalogues(root: Path) -> Iterator[tuple[Path, str, Catalog]]:
    for domain in DOMAINS:
        source = source_messages(root, domain)
        for language in LANGUAGES:
            yield catalogue_path(root, language, domain), language, source


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _source_files(root: Path) -> list[Path]:
    files = [path for room in ROOMS for path in (root / room).rglob("*") if path.is_file()]
    return sorted(path for path in files if _is_python(path) or _is_template(path))


def _is_python(path: Path) -> bool:
    return path.suffix == ".py" and "migrations" not in path.parts


def _is_template(path: Path) -> bool:
    return path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts


def _marked_texts(path: Path) -> Iterator[tuple]:
    content = path.read_bytes()
    if path.suffix != ".py":
        code = templatize(content.decode(), origin=path.name)
        # What templatize() leaves of the markup keeps its indentation, which Python's tokenizer
        # refuses; every call it writes stands on one line.
        content = "\n".join(line.lstrip() for line in code.splitlines()).encode()
    return extract(
        "python",
        BytesIO(content),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        options={"encoding": "utf-8"},
        strip_comment_tags=True,
    )


def _read(path: Path, language: str) -> Catalog:
    place = path.relative_to(path.parents[3]).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        # Babel guesses on where a quotation mark is missing.
        for number, line in enumerate(text.split("\n"), start=1):
            if not KNOWN_LINE.fullmatch(line):
                raise CatalogueError(f"{place}:{number}: cannot be read: {line}")
        return read_po(StringIO(text), locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{place}: cannot be read: {error}") from error


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, forms(message.id)[0]


def _filled(message: Message) -> bool:
    translations = forms(message.string)
    return len(translations) == len(forms(message.id)) and all(translations)


def _merge(source: Catalog, known: Catalog, language: str) -> Catalog:
    merged = Catalog(locale=language)
    old = {_key(entry): entry for entry in (*known.obsolete.values(), *known) if entry.id}
    for message in source:
        if not message.id:
            continue
        before = old.pop(_key(message), None)
        merged.add(
            message.id,
            string=_carried_over(before, message) if before else None,
            flags=before.flags & {"fuzzy"} if before else (),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    translated = [entry for entry in old.values() if any(forms(entry.string))]
    merged.obsolete.update({str(_key(entry)): entry for entry in translated})
    return merged


def _carried_over(before: Message, message: Message) -> str | tuple[str, ...]:
    translations = (*forms(before.string), "")
    return translations[:2] if message.pluralizable else translations[0]


def _header(language: str) -> str:
    # Dates, names and tool versions would change with every run and say nothing to a reader.
    return (
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS}\\n"\n'
    )


def _render(catalog: Catalog, language: str) -> bytes:
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, sort_output=True, no_location=True)
    return _header(language).encode() + b"\n" + body.getvalue()


def _replace(path: Path, content: bytes) -> None:
    # A reader in another process sees the old file or the new one, never half of one.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _marking_findings(root: Path) -> Iterator[str]:
    for path in _source_files(root):
        place = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if _is_python(path):
            for name, alias in OTHER_ALIAS.findall(text):
                yield f"{place}: {name} is imported as {alias}, whose texts are not collected"
            continue
        for match in UNTRIMMED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{place}:{line}: blocktranslate without trimmed"


def _catalogue_findings(path: Path, language: str, source: Catalog) -> Iterator[str]:
    if not path.exists():
        yield "the catalogue is missing; run: python3 run.py catalogues update"
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    if not text.startswith(_header(language)):
        yield "the header is not the one that update writes"
    for entry, times in Counter(ENTRY_KEY.findall(text)).items():
        if times > 1:
            yield f"{_shown(denormalize(entry.partition('msgid ')[2]))}: stands {times} times"
    catalog = _read(path, language)
    yield from _differences(source, catalog)
    allowed = _same_as_english(path.parents[1])
    for message in catalog:
        if message.id:
            for finding in entry_findings(message, allowed):
                yield f"{_named(message)}: {finding}"


def _differences(source: Catalog, catalog: Catalog) -> Iterator[str]:
    wanted = {_key(message): message for message in source if message.id}
    present = {_key(message): message for message in catalog if message.id}
    for key in sorted(wanted.keys() - present.keys(), key=str):
        yield f"{_named(wanted[key])}: missing; run: python3 run.py catalogues update"
    for key in sorted(present.keys() - wanted.keys(), key=str):
        yield f"{_named(present[key])}: no longer in the source"
    for key in sorted(wanted.keys() & present.keys(), key=str):
        if wanted[key].id != present[key].id:
            yield f"{_named(wanted[key])}: the source has another plural"
    for message in catalog.obsolete.values():
        yield f"{_named(message)}: obsolete; run: python3 run.py catalogues update --prune"


def _listing_findings(root: Path) -> Iterator[str]:
    for language in LANGUAGES:
        paths = [catalogue_path(root, language, domain) for domain in DOMAINS]
        entries = [entry for path in paths if path.exists() for entry in _read(path, language)]
        needed = {_key(entry)[1] for entry in entries if entry.id and is_same_as_english(entry)}
        for text in sorted(_same_as_english(root / "locale" / language) - needed):
            yield f"locale/{language}/{SAME_AS_ENGLISH}: {_shown(text)} is listed without need"


def _same_as_english(folder: Path) -> set[str]:
    """The texts that are rightly the same word in English and in this language."""
    listing = folder / SAME_AS_ENGLISH
    if not listing.exists():
        return set()
    return {line for line in listing.read_text(encoding="utf-8").splitlines() if line}


def _named(message: Message) -> str:
    context, text = _key(message)
    return f"{_shown(text)} ({context})" if context else _shown(text)


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:60]}…”" if len(flat) > 60 else f"“{flat}”"
