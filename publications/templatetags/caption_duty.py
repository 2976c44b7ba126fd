"""How the admin's pages ask what a video still owes its viewers."""

from django import template

from publications import caption_duty_admin
from publications.models import Material

register = template.Library()


@register.simple_tag
def duty_of(material: Material) -> caption_duty_admin.Duty | None:
    """The captions that a material's video lacks, and by when; or nothing."""
    return caption_duty_admin.duty_of(material)
