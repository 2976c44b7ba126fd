"""The next version of a material's file: chosen, then published or kept as a draft."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.editing.rights import PUBLISH
from foundation.editing.saving import check_rules_now
from publications.file_log import log_file
from publications.models import Material, MaterialFile


def new_version_urls(material_admin: ModelAdmin) -> list[Any]:
    """The address where a file gets its next version."""
    view = material_admin.admin_site.admin_view(partial(new_version, material_admin))
    name = "publications_materialfile_new_version"
    return [path("files/<int:pk>/new-version/", view, name=name)]


def may_bring_version(request: HttpRequest) -> bool:
    """True for a user who may change materials and add files to them."""
    return request.user.has_perms(("publications.change_material", "publications.add_materialfile"))


def next_version(file: MaterialFile) -> int:
    """The number after the highest that the file's language and role have, public or not."""
    beside = MaterialFile.objects.filter(
        material=file.material_id, role=file.role, language=file.language
    )
    return (beside.aggregate(Max("version"))["version__max"] or 0) + 1


class NewVersionForm(forms.ModelForm):
    """The next version of a file, as an editor brings it."""

    class Meta:
        model = MaterialFile
        fields = ("file", "language", "role", "version")
        widgets = {"file": forms.FileInput}

    def validate_constraints(self) -> None:
        """Check the rules on what the form does not show too: the material and the format."""
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))


def new_version(material_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Store the next version of a file: public at once, or as a draft that changes nothing."""
    earlier = get_object_or_404(MaterialFile.objects.for_staff().select_related("material"), pk=pk)
    material = earlier.material
    if not may_bring_version(request):
        raise PermissionDenied
    may_publish = request.user.has_perm(PUBLISH)
    if "publish" in request.POST and not may_publish:
        raise PermissionDenied
    form = NewVersionForm(
        request.POST or None,
        request.FILES or None,
        instance=MaterialFile(material=material),
        initial={
            "language": earlier.language,
            "role": earlier.role,
            "version": next_version(earlier),
        },
    )
    if request.method == "POST" and form.is_valid():
        is_public = "publish" in request.POST
        if _store(form, is_public=is_public):
            log_file(material_admin, request, form.instance, is_new=False)
            messages.success(request, _told(form.instance))
            address = reverse("admin:publications_material_change", args=[material.pk])
            return HttpResponseRedirect(address)
    return render(
        request,
        "publications/admin/new_version.html",
        {
            **material_admin.admin_site.each_context(request),
            "title": gettext("New version"),
            "form": form,
            "earlier": earlier,
            "material": material,
            "may_publish": may_publish,
            "opts": Material._meta,
        },
    )


def _store(form: NewVersionForm, *, is_public: bool) -> bool:
    """Save the file; False, with the reason in the form and nothing kept, where it is refused."""
    file = form.instance
    file.published_at = timezone.now() if is_public else None
    try:
        with transaction.atomic():
            file.save()
            check_rules_now()
    except IntegrityError:
        # A colleague has saved the same version since the form was checked.
        file.file.storage.delete(str(file.file.name))
        form.add_error("version", _("There already is a file in this language and version."))
        return False
    return True


def _told(file: MaterialFile) -> str:
    if file.published_at:
        return gettext("Version %(number)d is public.") % {"number": file.version}
    return gettext(
        "Version %(number)d is kept as a draft. Readers still get the version before it."
    ) % {"number": file.version}
