"""What a reader is shown in place of what is for members only: that it is there, and the way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.content.addresses import address
from foundation.content.pages import Crumb, page_of
from publications.access import opened_to_a_member
from publications.models import Material


def lock_page(request: HttpRequest, material: Material, status: int = 200) -> HttpResponse:
    """The page of a material that is locked, the same for everybody; 403 in place of its file."""
    page = page_of(
        request,
        material,
        section="materials",
        description=_("Only for members of the network."),
        crumbs=[Crumb(_("Materials"), address("publications:material_list"))],
    )
    with opened_to_a_member():
        way_in = material.path()
    if status != 200:  # no version of any page
        page.canonical, page.alternates = "", []
    context = {"page": page, "material": material, "way_in": way_in}
    response = render(request, "publications/material_locked.html", context, status=status)
    if status != 200:
        response["Cache-Control"] = "no-store"
    return response
