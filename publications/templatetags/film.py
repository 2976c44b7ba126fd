"""How templates get at a material's video."""

from django import template

from publications import film
from publications.models import Material, MaterialFile

register = template.Library()


@register.simple_tag
def film_of(material: Material, files: list[MaterialFile]) -> film.Film | None:
    """The material's video with its captions and its words, or nothing."""
    return film.film_of(material, files)
