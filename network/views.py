"""What is a member's: workshops, materials, what is new, drafts, and people to ask."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.content.addresses import address, at_its_address
from foundation.content.pages import Crumb, Page, page_of
from municipalities.models import Municipality, RegionalActor
from network.members_only import Member, home_page, members_only
from network.models import Submission
from projects.models import ContactAssignment, Workshop
from publications.access import Access
from publications.kits.views import kit_response
from publications.models import Material, MaterialFile
from publications.news import News, Scope
from publications.previews import picture_response
from publications.views import send_file, show_material

MOST = 12  # of a list on the first page


def home_crumb() -> Crumb:
    """The step back to the first page of the network."""
    return Crumb(_("For members of the network"), address("members:home"))


@require_safe
@members_only
def home(request: HttpRequest) -> HttpResponse:
    """What is theirs, and what is new since they were here."""
    member: Member = request.member
    member.note_visit()
    workshops = list(_workshops_of(member))
    today = timezone.localdate()
    context = {
        "page": home_page(request),
        "member": member,
        "coming": sorted((w for w in workshops if w.last_day >= today), key=lambda w: w.day),
        "held": [w for w in workshops if w.last_day < today],
        "news": _news_since(member),
        "materials": list(
            Material.objects.published().filter(access=Access.MEMBERS).with_files().newest()[:MOST]
        ),
        "submissions": list(Submission.objects.of(request.user.pk)),
        "assignments": list(ContactAssignment.objects.filter(project__isnull=False).visible()),
    }
    return render(request, "network/home.html", context)


def _workshops_of(member: Member) -> QuerySet:
    """The workshops for the member's municipalities, or for those of the actor's region."""
    theirs = Q(pk__in=[])
    for party in member.parties:
        if isinstance(party, Municipality):
            theirs |= Q(municipalities=party)
        else:
            theirs |= Q(municipalities__region=party.region_id)
    keys = Workshop.objects.published().filter(theirs).order_by().values("pk")
    return Workshop.objects.published().filter(pk__in=keys).select_related("theme")


def _news_since(member: Member) -> list:
    since = member.since
    entries = News(Scope())[:MOST]
    return [entry for entry in entries if since is None or entry.moment > since]


def _materials() -> QuerySet:
    return Material.objects.published().with_files(texts=True)


def _page(request: HttpRequest, material: Material) -> Page:
    page = page_of(request, material, section="materials", crumbs=[home_crumb()])
    page.canonical, page.alternates = "", []
    return page


@require_safe
@members_only
@at_its_address(_materials)
def material_detail(request: HttpRequest, material: Material) -> HttpResponse:
    """A material for members; one that is open to everybody has its own page."""
    if not material.is_for_members:
        return redirect(material.path())
    return show_material(request, material, _page(request, material))


@require_safe
@members_only
@at_its_address(_materials)
def material_file(
    request: HttpRequest, material: Material, version: int | None = None
) -> HttpResponseBase:
    """The bytes of a material for members, by the same rules as of any other."""
    return send_file(request, material, version)


@require_safe
@members_only
def page_picture(request: HttpRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    """One drawn page of a file for members; raises Http404 for what is not published."""
    public = MaterialFile.objects.published().filter(material__in=Material.objects.published())
    return picture_response(public, pk, number, width)


def _workshops() -> QuerySet:
    return Workshop.objects.published().select_related("theme")


@require_safe
@members_only
@at_its_address(_workshops)
def workshop_kit(request: HttpRequest, workshop: Workshop) -> HttpResponseBase:
    """The materials of a workshop, those for members included."""
    return kit_response(request, workshop)


@require_safe
@members_only
@at_its_address(Municipality.objects.all)
def municipality_kit(request: HttpRequest, municipality: Municipality) -> HttpResponseBase:
    """The materials of the workshops for a municipality, those for members included."""
    return kit_response(request, municipality)


@require_safe
@members_only
@at_its_address(RegionalActor.objects.all)
def regional_actor_kit(request: HttpRequest, actor: RegionalActor) -> HttpResponseBase:
    """The materials of an actor's region, those for members included."""
    return kit_response(request, actor)
