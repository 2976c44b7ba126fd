"""What there is to read and take home: publications, stories, good practice and materials."""

from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content import languages
from foundation.content.addresses import absolute, address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.filters import Filtering
from foundation.content.pages import Crumb, Page, crumb_of, page_at, page_of
from projects.models import Project
from projects.views import visible_assignments
from publications import structured_data
from publications.counts import count_download, with_downloads
from publications.files import ASK_EACH_TIME, FOR_EVER, NOT_AT_ALL, FileIsMissing, file_response
from publications.filters import (
    YEAR_OF_MATERIAL,
    material_filtering,
    practice_filtering,
    publication_filtering,
    story_filtering,
)
from publications.licences import deed, meaning
from publications.locks import lock_page
from publications.models import (
    ActionProposal,
    Authorship,
    Material,
    MaterialFile,
    Practice,
    Publication,
    PublicationEvent,
    ReflectionQuestion,
    Story,
    TaskArea,
)
from publications.templatetags.materials import in_reading_order

PUBLICATIONS = "publications:publication_list"


@require_safe
def material_list(request: HttpRequest) -> HttpResponse:
    """The library of materials, filtered by type, language, theme, municipality and year."""
    filtering = material_filtering(request)
    rows = Material.objects.with_locked().annotate(year=YEAR_OF_MATERIAL)
    counted = filtering.count(rows)
    materials = filtering.paginate(
        filtering.apply(rows.with_files().newest()), total=counted["all"]
    )
    context = {
        "page": page_at(
            request,
            "publications:material_list",
            title=_("Materials"),
            description=_("Slides, videos, documents and worksheets to use in your own work."),
            section="materials",
            queries=filtering.queries(materials.number),
        ),
        "filtering": filtering,
        "materials": materials,
    }
    return render(request, "publications/material_list.html", context)


def _materials() -> QuerySet:
    return Material.objects.with_locked().with_files()


def _counted_materials() -> QuerySet:
    return with_downloads(Material.objects.with_locked().with_files(texts=True))


@require_safe
@at_its_address(_counted_materials)
def material_detail(request: HttpRequest, material: Material) -> HttpResponse:
    """A material: what it is and for whom, what one may do with it, and its files."""
    if material.is_locked:
        return lock_page(request, material)
    crumbs = [Crumb(_("Materials"), address("publications:material_list"))]
    return show_material(
        request, material, page_of(request, material, section="materials", crumbs=crumbs)
    )


def show_material(request: HttpRequest, material: Material, page: Page) -> HttpResponse:
    """The page of a material that the reader may have."""
    here = languages.current()
    files = in_reading_order(material.newest_files())
    context = {
        "page": page,
        "material": material,
        "files": files,
        "length": next((file for file in files if file.pages or file.seconds), None),
        "licence_meaning": meaning(material.licence),
        "licence_deed": deed(material.licence, here),
    }
    return render(request, "publications/material_detail.html", context)


def _file_or_404(material: Material, version: int | None, number: str) -> MaterialFile:
    """The file that an address names; `number` may choose one by its id. Raises Http404."""
    if number:
        is_number = number.isascii() and number.isdecimal() and len(number) < 10
        named = material.files.published().filter(pk=int(number)) if is_number else []
        file = next((file for file in named if version in (None, file.version)), None)
    else:
        file = material.file_for(languages.current(), version)
    if file is None:
        raise Http404
    return file


@require_safe
@at_its_address(_materials)
def material_file(
    request: HttpRequest, material: Material, version: int | None = None
) -> HttpResponseBase:
    """The bytes of a material: the reader's language, else the bilingual file, else the other.

    `?nr=` chooses one of the page's files, such as the slides beside their PDF.
    """
    if material.is_locked:
        return lock_page(request, material, status=403)
    return send_file(request, material, version)


def send_file(request: HttpRequest, material: Material, version: int | None) -> HttpResponseBase:
    """The file that the address names, to a reader who may have the material."""
    here, number = languages.current(), request.GET.get("nr", "")
    file = _file_or_404(material, version, number)
    # A version that stands in for a missing language gives way when that language comes.
    is_for_ever = version is not None and (number or file.language == here)
    caching = FOR_EVER if is_for_ever else ASK_EACH_TIME
    if material.is_for_members:
        caching = NOT_AT_ALL
    try:
        response = file_response(request, file, here, caching)
    except FileIsMissing:
        return _missing(request, material)
    count_download(request, response, file)
    return response


def _missing(request: HttpRequest, material: Material) -> HttpResponse:
    """404 for a file that ought to be there: the reader's address is right, the fault is ours."""
    page = page_at(
        request,
        "publications:material_list",
        title=_("The file cannot be fetched"),
        section="materials",
        crumbs=[Crumb(_("Materials"), address("publications:material_list")), crumb_of(material)],
    )
    page.canonical, page.alternates = "", []
    explanation = _("Something has happened to the file on our side. Please try again later.")
    context = {"page": page, "explanation": explanation}
    response = render(request, "error.html", context, status=404)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """The stories, newest first, by theme, municipality and year."""
    filtering = story_filtering(request)
    rows = Story.objects.published().newest().select_related("theme")
    counted = filtering.count(rows)
    stories = filtering.paginate(filtering.apply(rows), total=counted["all"])
    context = {
        "page": page_at(
            request,
            "publications:story_list",
            title=_("Stories"),
            description=_("Stories about how municipalities promote welfare."),
            section="publications",
            crumbs=[Crumb(_("Publications and stories"), address(PUBLICATIONS))],
            queries=filtering.queries(stories.number),
        ),
        "filtering": filtering,
        "stories": stories,
    }
    return render(request, "publications/story_list.html", context)


def _stories() -> QuerySet:
    return Story.objects.published().select_related("theme", "publication")


@require_safe
@at_its_address(_stories)
def story_detail(request: HttpRequest, story: Story) -> HttpResponse:
    """A story, with its figures and what else there is to read."""
    project = Project.current()
    context = {
        "page": page_of(
            request,
            story,
            section="publications",
            og_type="article",
            crumbs=[
                Crumb(_("Publications and stories"), address(PUBLICATIONS)),
                Crumb(_("Stories"), address("publications:story_list")),
            ],
            json_ld=structured_data.article(request, story, project.owner if project else None),
        ),
        "story": story,
        "municipalities": list(story.municipalities.in_order(languages.current())),
        "figures": list(story.figures.select_related("image")),
        "related": list(Story.objects.published().nearest_to(story).select_related("theme")[:3]),
    }
    return render(request, "publications/story_detail.html", context)


@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """The publications, newest first, with the way to stories and good practice.

    Whoever filters the publications is shown nothing else.
    """
    filtering = publication_filtering(request)
    rows = Publication.objects.published().newest().select_related("theme", "publisher")
    counted = filtering.count(rows)
    publications = filtering.paginate(
        filtering.apply(rows).prefetch_related("authorships"), total=counted["all"]
    )
    others = 0 if filtering.is_active else 3
    context = {
        "page": page_at(
            request,
            PUBLICATIONS,
            title=_("Publications and stories"),
            description=_("Reports, guides and articles on how municipalities promote welfare."),
            section="publications",
            queries=filtering.queries(publications.number),
        ),
        "filtering": filtering,
        "publications": publications,
        "stories": list(Story.objects.published().newest().select_related("theme")[:others]),
        "practices": list(
            Practice.objects.published().select_related("theme").order_by("-pk")[:others]
        ),
    }
    return render(request, "publications/publication_list.html", context)


def _publications() -> QuerySet:
    of_publication = {"publication": OuterRef("pk")}
    return alongside(
        Publication.objects.published().select_related("theme", "publisher"),
        authorships=Authorship.objects.filter(**of_publication),
        proposals=ActionProposal.objects.filter(**of_publication),
        questions=ReflectionQuestion.objects.filter(**of_publication),
        events=PublicationEvent.objects.filter(**of_publication),
    )


@require_safe
@at_its_address(_publications)
def publication_detail(request: HttpRequest, publication: Publication) -> HttpResponse:
    """A publication: who wrote it, what it found, what it proposes and how to cite it."""
    authorships = take(publication, "authorships", Authorship)
    context = {
        "page": page_of(
            request,
            publication,
            section="publications",
            og_type="article",
            crumbs=[Crumb(_("Publications and stories"), address(PUBLICATIONS))],
            json_ld=structured_data.report(request, publication, authorships),
        ),
        "publication": publication,
        "authorships": authorships,
        # The reader's own language first.
        "citations": [
            (code, absolute(request, publication.canonical_path(code)))
            for code in (languages.current(), languages.other(languages.current()))
        ],
        "proposals": take(publication, "proposals", ActionProposal),
        "questions": take(publication, "questions", ReflectionQuestion),
        "events": take(publication, "events", PublicationEvent),
        "figures": list(publication.figures.select_related("image")),
        "materials": list(publication.materials.with_locked().with_files()),
        "assignments": visible_assignments(publication),
    }
    return render(request, "publications/publication_detail.html", context)


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    """Good practices by statutory task area, filtered by it, by theme and by municipality."""
    areas = list(TaskArea.objects.all())
    filtering = practice_filtering(request, areas)
    rows = Practice.objects.published()
    counted = filtering.count(rows)
    practices = filtering.paginate(
        filtering.apply(
            rows.select_related("theme").prefetch_related("task_areas", "municipalities")
        ).order_by("pk"),
        total=counted["all"],
    )
    context = {
        "page": page_at(
            request,
            "publications:practice_list",
            title=_("Good practice"),
            description=_("What works somewhere, described so that others can do it too."),
            section="publications",
            crumbs=[Crumb(_("Publications and stories"), address(PUBLICATIONS))],
            queries=filtering.queries(practices.number),
        ),
        "filtering": filtering,
        "found": counted["all"],
        "practices": practices,
        "areas": _by_area(list(practices), areas, filtering),
        "unsorted": [practice for practice in practices if not practice.task_areas.all()],
    }
    return render(request, "publications/practice_list.html", context)


def _by_area(
    practices: list[Practice], areas: list[TaskArea], filtering: Filtering
) -> list[tuple[TaskArea, list[Practice]]]:
    """The areas that have practices, with them; only the area asked for, where one is."""
    by_area = filtering.filters[0]
    shown = [
        area
        for area, choice in zip(areas, by_area.choices, strict=True)
        if by_area.chosen in (None, choice)
    ]
    grouped = [
        (area, [practice for practice in practices if area in practice.task_areas.all()])
        for area in shown
    ]
    return [(area, found) for area, found in grouped if found]


def _practices() -> QuerySet:
    return Practice.objects.published().select_related(
        "theme", "contact__employer", "contact__photo"
    )


@require_safe
@at_its_address(_practices)
def practice_detail(request: HttpRequest, practice: Practice) -> HttpResponse:
    """A good practice: the need, the idea, how it is done and what came of it."""
    contact = practice.contact
    context = {
        "page": page_of(
            request,
            practice,
            section="publications",
            crumbs=[
                Crumb(_("Publications and stories"), address(PUBLICATIONS)),
                Crumb(_("Good practice"), address("publications:practice_list")),
            ],
        ),
        "practice": practice,
        "task_areas": list(practice.task_areas.all()),
        "adoptions": list(practice.adoptions.select_related("municipality")),
        "contact": contact if contact and contact.is_visible() else None,
    }
    return render(request, "publications/practice_detail.html", context)
