"""How the forms of workshops, themes, projects and publications offer to take in files."""

from typing import Any

from django import template

from publications.bulk_upload_admin import IntakeForm, may_bring_files, owner_value
from publications.uploads import MAX_BYTES

register = template.Library()


@register.inclusion_tag("publications/admin/_materials_of.html", takes_context=True)
def materials_of(context: template.Context, owner: Any) -> dict[str, Any]:
    """The materials of a thing that has been saved, and where files become more of them."""
    request = context["request"]
    if owner is None or not may_bring_files(request, type(owner)):
        return {}
    return {
        "request": request,
        "csrf_token": context["csrf_token"],
        "owner": owner_value(owner),
        "form": IntakeForm(request, auto_id="id_intake_%s"),
        "materials": owner.materials.with_state(),
        "max_bytes": MAX_BYTES,
    }
