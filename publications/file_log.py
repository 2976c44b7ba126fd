"""How the admin's history tells of files that came by other ways than the material's form."""

from django.contrib.admin.options import ModelAdmin
from django.http import HttpRequest
from django.utils.translation import override

from publications.models import MaterialFile


def log_file(
    material_admin: ModelAdmin, request: HttpRequest, file: MaterialFile, *, is_new: bool
) -> None:
    """Note in the history of a material that a file was added, or that it was made of the file."""
    if is_new:
        material_admin.log_addition(request, file.material, [{"added": {}}])
        return
    with override(None):  # the history keeps English msgids and translates them as it is read
        name = str(MaterialFile._meta.verbose_name)
    added = {"added": {"name": name, "object": file.original_name}}
    material_admin.log_change(request, file.material, [added])
