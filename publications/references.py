"""References to a publication for reference managers, as BibTeX and as RIS; both in UTF-8."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute, at_its_address
from foundation.content.slugs import slug_from
from publications.models import Authorship, Publication

Kind = Publication.Kind

# Names of languages as babel and biblatex know them.
BABEL = {"sv": "swedish", "fi": "finnish"}

# What TeX takes for its own; braces by name, because BibTeX counts them even behind a backslash.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


@dataclass
class Reference:
    """What a reference tells of a publication, for a reader of one language."""

    kind: str
    label: str  # the kind in the work's own language: Raportti
    key: str
    title: str
    year: int
    languages: list[str]
    url: str
    authors: list[tuple[str, str]] = field(default_factory=list)  # family and given name
    corporate_author: str = ""
    gloss: str = ""  # the title in the reader's language
    series: str = ""
    number: str = ""
    pages: list[str] = field(default_factory=list)  # of an article: first and last
    length: str = ""  # in pages, of anything else
    publisher: str = ""
    place: str = ""
    isbn: str = ""
    doi: str = ""


def reference_of(publication: Publication, authorships: list[Authorship], url: str) -> Reference:
    """The reference of a publication whose page is at a whole address.

    A title that is ours and not the work's own stands in square brackets, as cataloguers write it
    (ISBD). The issue of a journal is named without the year it repeats: 3, not 3/2022.
    """
    title = publication.text("title")
    own = publication.original_title
    is_article = publication.kind == Kind.ARTICLE
    publisher = str(publication.publisher.text("name")) if publication.publisher else ""
    number, pages = publication.number, publication.pages
    authors = [(author.family_name, author.given_name) for author in authorships]
    with override(publication.original_language_code or title.language):
        label = str(Kind(publication.kind).label)
    return Reference(
        kind=publication.kind,
        label=label,
        key=_key(publication, authorships, publisher),
        title=own or f"[{title}]",
        gloss=str(title) if own and title.value != own and not title.is_other else "",
        year=publication.year,
        languages=publication.original_language.split("+"),
        url=url,
        authors=authors,
        corporate_author="" if authors else publisher,
        series=publication.series,
        number=number.removesuffix(f"/{publication.year}") if is_article else number,
        pages=[part.strip() for part in re.split(r"[-–—]+", pages) if part] if is_article else [],
        length="" if is_article else "".join(re.findall(r"^\d+", pages)),
        publisher=publisher,
        place=str(publication.text("place")),
        isbn=publication.isbn,
        doi=publication.doi,
    )


def _key(publication: Publication, authorships: list[Authorship], publisher: str) -> str:
    """The name an author's manuscript calls the work by, such as majoinen2018miten."""
    name = authorships[0].family_name if authorships else publisher.partition(" ")[0]
    title = publication.original_title or str(publication.text("title"))
    first_word = slug_from(title).partition("-")[0]
    return f"{slug_from(name).replace('-', '')}{publication.year}{first_word}" or "verk"


def _one_line(text: str) -> str:
    """A text on one line and without control characters, which would end a field or the file."""
    visible = (sign for sign in text if unicodedata.category(sign) != "Cf")  # soft hyphens
    printable = "".join(sign if sign.isprintable() else " " for sign in visible)
    return " ".join(printable.split())


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


def _address(url: str) -> str:
    """An address as TeX may take it word for word: what could end the field is escaped."""
    return iri_to_uri(_one_line(url)).translate({123: "%7B", 125: "%7D", 92: "%5C"})


def _bibtex_author(family: str, given: str) -> str:
    """A person's name; braces keep together what BibTeX would take for two names or their parts."""
    family, given = _tex(family), _tex(given)
    if re.search(r",|\band\b", family) or (" " in family and not given):
        family = f"{{{family}}}"
    if re.search(r",|\band\b", given):
        given = f"{{{given}}}"
    return f"{family}, {given}" if given else family


def bibtex(reference: Reference) -> str:
    """The reference as a BibTeX entry, with biblatex's fields where BibTeX has none.

    Titles stand in double braces, so that no style takes a capital letter from a name.
    """
    is_article = reference.kind == Kind.ARTICLE
    is_report = reference.kind == Kind.REPORT
    kinds = {Kind.ARTICLE: "article", Kind.REPORT: "techreport", Kind.GUIDE: "book"}
    people = [_bibtex_author(family, given) for family, given in reference.authors]
    languages = [BABEL[code] for code in reference.languages]
    fields = {
        "author": " and ".join(people) or _braced(reference.corporate_author),
        "title": _braced(reference.title),
        "titleaddon": _tex(f"[{reference.gloss}]") if reference.gloss else "",
        "journal" if is_article else "series": _tex(reference.series),
        "type": _tex(reference.label) if is_report else "",
        "number": _tex(reference.number),
        "pages": "--".join(map(_tex, reference.pages)),
        "pagetotal": reference.length,
        "year": str(reference.year),
        "institution" if is_report else "publisher": _tex(reference.publisher),
        "address": _tex(reference.place),
        "isbn": reference.isbn,
        "doi": reference.doi.translate({123: None, 125: None}),
        "url": _address(reference.url),
        "language": " and ".join(languages),
        "langid": languages[0],
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kinds[Kind(reference.kind)]}{{{reference.key},\n{''.join(lines)}}}\n"


def _braced(text: str) -> str:
    return f"{{{_tex(text)}}}" if text else ""


def ris(reference: Reference) -> str:
    """The reference in the RIS format: a tag, two spaces, a hyphen and a space on each line."""
    kinds = {Kind.ARTICLE: "JOUR", Kind.REPORT: "RPRT", Kind.GUIDE: "BOOK"}
    first, last = (reference.pages[0], reference.pages[-1]) if reference.pages else ("", "")
    people = [f"{family}, {given}" if given else family for family, given in reference.authors]
    tags = [
        ("TY", kinds[Kind(reference.kind)]),
        *(("AU", person) for person in people or [reference.corporate_author]),
        ("TI", reference.title),
        ("TT", reference.gloss),
        ("T2", reference.series),
        ("IS", reference.number),
        ("SP", first or reference.length),
        ("EP", last if last != first else ""),
        ("PY", str(reference.year)),
        ("PB", reference.publisher),
        ("CY", reference.place),
        ("SN", reference.isbn),
        ("DO", reference.doi),
        ("UR", iri_to_uri(reference.url)),
        ("LA", ", ".join(reference.languages)),
    ]
    written = [(tag, _one_line(value)) for tag, value in tags]
    lines = [f"{tag}  - {value}\r\n" for tag, value in written if value]
    return "".join([*lines, "ER  - \r\n"])


def _publications() -> QuerySet:
    return (
        Publication.objects.published().select_related("publisher").prefetch_related("authorships")
    )


def _file(
    request: HttpRequest,
    publication: Publication,
    *,
    write: Callable[[Reference], str],
    media_type: str,
    suffix: str,
) -> HttpResponse:
    authorships = list(publication.authorships.all())
    page = absolute(request, publication.canonical_path(languages.current()))
    reference = reference_of(publication, authorships, page)
    response = HttpResponse(write(reference), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference.key}.{suffix}"'
    return response


@require_safe
@at_its_address(_publications)
def publication_bibtex(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The reference as a file for BibTeX and biblatex."""
    media_type = "application/x-bibtex"
    return _file(request, publication, write=bibtex, media_type=media_type, suffix="bib")


@require_safe
@at_its_address(_publications)
def publication_ris(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The reference as a file for EndNote, Zotero, Mendeley and their like."""
    media_type = "application/x-research-info-systems"
    return _file(request, publication, write=ris, media_type=media_type, suffix="ris")
