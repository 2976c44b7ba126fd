"""The action proposals of a publication on one sheet, to hang on a wall."""

from math import ceil

from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content.addresses import address, at_its_address
from foundation.content.alongside import alongside, take
from foundation.content.pages import Crumb, crumb_of, page_of
from publications.models import ActionProposal, Publication, ReflectionQuestion

# In units of wall-chart.css, a millimetre of the smallest paper: what a sheet has for its proposals
# below a heading of one line, and what a number takes of a proposal's part.
WIDTH, HEIGHT, GAP, NUMBER = 255, 142, 5, 24
HEADING_LINE, COUNT_LINE = 10.5, 9
HEADING_LETTERS = 30  # on a line
# Sizes of type in tenths of a unit, each with a class in wall-chart.css.
SIZES = (80, 74, 68, 62, 57, 52, 48, 44, 40, 37, 34, 31, 29, 27, 25, 23, 21, 19, 17)


def _publications() -> QuerySet:
    of_publication = {"publication": OuterRef("pk")}
    return alongside(
        Publication.objects.published().select_related("theme", "publisher"),
        proposals=ActionProposal.objects.filter(**of_publication),
        questions=ReflectionQuestion.objects.filter(**of_publication),
    )


def columns(count: int) -> int:
    """How many proposals stand beside each other on a sheet that is wider than high."""
    return count if count <= 3 else min(5, -(-count // 2))


def type_size(heading: str, proposals: list[ActionProposal], *, has_count: bool) -> int:
    """The largest of SIZES in which every proposal fits into its part of the sheet."""
    beside = columns(len(proposals))
    rows = -(-len(proposals) // beside)
    more_lines = ceil(len(heading) / HEADING_LETTERS) - 1
    height = HEIGHT - HEADING_LINE * more_lines - COUNT_LINE * has_count - GAP * (rows - 1)
    room = height / rows - NUMBER
    width = (WIDTH - GAP * (beside - 1)) / beside
    lengths = [(len(one.text("title").value), len(one.text("proposal").value)) for one in proposals]

    def fits(size: int) -> bool:
        on_a_line = width / (size / 10 * 0.55)  # letters; long words leave ends of lines empty
        lines = (
            1.5 * ceil(1.25 * title / on_a_line) + 1.3 * ceil(text / on_a_line) + 1
            for title, text in lengths
        )
        return max(lines) * size / 10 <= room

    return next(filter(fits, SIZES), SIZES[-1])


@require_safe
@at_its_address(_publications)
def wall_chart(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The wall chart of a publication with proposals; its questions are the back of the sheet."""
    proposals = take(publication, "proposals", ActionProposal)
    if not proposals:
        raise Http404
    page = page_of(
        request,
        publication,
        route="publications:wall_chart",
        section="publications",
        description=_("The action proposals on one sheet, to print and hang on a wall."),
        crumbs=[
            Crumb(_("Publications and stories"), address("publications:publication_list")),
            crumb_of(publication),
        ],
    )
    page.title, page.title_lang = _("Wall chart"), ""
    promised = publication.promised_proposals or 0
    has_count = promised > len(proposals)
    heading = publication.text("title").value
    context = {
        "page": page,
        "publication": publication,
        "proposals": proposals,
        "columns": columns(len(proposals)),
        "size": type_size(heading, proposals, has_count=has_count),
        "has_count": has_count,
        "questions": take(publication, "questions", ReflectionQuestion),
    }
    return render(request, "publications/wall_chart.html", context)
