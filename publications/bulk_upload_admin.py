"""Where editors bring files: one request takes in one file, or several without JavaScript."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.editing.editing_admin import may_change
from foundation.editing.rights import belonging, parties_of, says_whose
from publications.bulk_upload import OWNERS, Brought, Owner, captions_last, take_in
from publications.file_log import log_file
from publications.models import Material, MaterialFile
from publications.uploads import MAX_BYTES

logger = logging.getLogger(__name__)

ACCEPTED = ".pdf,.pptx,.docx,.xlsx,.csv,.mp4,.webm,.vtt"


def intake_urls(material_admin: ModelAdmin) -> list[Any]:
    """The address where files are brought."""
    view = material_admin.admin_site.admin_view(partial(intake, material_admin))
    return [path("from-files/", view, name="publications_material_intake")]


def may_bring_files(request: HttpRequest, owner: type[Owner]) -> bool:
    """True for a user who may add materials with files, and change what they would belong to.

    Those who edit for a municipality bring files to what belongs to it.
    """
    adds = ("publications.add_material", "publications.add_materialfile")
    if request.user.has_perms(adds) and may_change(request, owner):
        return True
    return says_whose(owner) and parties_of(request.user) is not None


def owners_for(request: HttpRequest, model: type[Owner]) -> QuerySet:
    """What of a model the user may bring files to."""
    own = belonging(request.user, model)
    if own is None or may_change(request, model):
        return model._default_manager.all()
    return own


class ManyFilesInput(forms.FileInput):
    """A chooser of several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploads; each is judged when it is taken in."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in data or [] if upload]
        if not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        return uploads


class IntakeForm(forms.Form):
    """What files are brought to, and their language where their names do not tell it."""

    owner = forms.CharField(label=_("Belongs to"), widget=forms.Select)
    language = forms.ChoiceField(
        label=_("Language of the files whose names do not tell it"),
        choices=MaterialFile.Language,
        widget=forms.RadioSelect,
    )
    uploads = ManyFilesField(
        label=_("Choose files"), widget=ManyFilesInput(attrs={"accept": ACCEPTED})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["language"].initial = languages.current()

    def offer_owners(self) -> None:
        """Let the user choose among everything that materials may belong to."""
        self.fields["owner"].widget.choices = [
            ("", ""),
            *(
                (
                    capfirst(model._meta.verbose_name_plural),
                    [(owner_value(one), str(one)) for one in _in_order(self.request, model)],
                )
                for model in OWNERS.values()
                if may_bring_files(self.request, model)
            ),
        ]

    def clean_owner(self) -> Owner:
        kind, _colon, number = self.cleaned_data["owner"].partition(":")
        model = OWNERS.get(kind)
        is_number = number.isascii() and number.isdecimal() and len(number) < 10
        owner = None
        if model is not None and is_number and may_bring_files(self.request, model):
            owner = owners_for(self.request, model).filter(pk=number).first()
        if owner is None:
            raise ValidationError(_("Choose what the files belong to."))
        return owner


def owner_value(owner: Owner) -> str:
    """How the form names what files are brought to."""
    return f"{owner._meta.model_name}:{owner.pk}"


def _in_order(request: HttpRequest, model: type[Owner]) -> QuerySet:
    newest = "-day" if model._meta.model_name == "workshop" else "-pk"
    return owners_for(request, model).order_by(newest)


@dataclass(frozen=True)
class Outcome:
    """What became of one file that was brought."""

    file_name: str
    file: MaterialFile | None = None
    is_joined: bool = False
    errors: Iterable[str] = ()


def intake(material_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take in the files that an editor brings; answer with a page, or a script with one row."""
    if not any(may_bring_files(request, model) for model in OWNERS.values()):
        raise PermissionDenied
    is_alone = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    form = IntakeForm(request, request.POST or None, request.FILES or None, initial=request.GET)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        outcomes = _take_in_all(material_admin, request, form)
    elif is_alone:
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        outcomes = [Outcome("", errors=wrong)]
    if is_alone:
        status = 422 if any(outcome.errors for outcome in outcomes) else 201
        return render(
            request, "publications/admin/_outcome.html", {"outcome": outcomes[0]}, status=status
        )
    form.offer_owners()
    context = {
        **material_admin.admin_site.each_context(request),
        "title": gettext("Materials from files"),
        "form": form,
        "outcomes": outcomes,
        "max_bytes": MAX_BYTES,
        "opts": Material._meta,
    }
    return render(request, "publications/admin/bulk_upload.html", context)


def _take_in_all(
    material_admin: ModelAdmin, request: HttpRequest, form: IntakeForm
) -> list[Outcome]:
    """Take in each file in a transaction of its own: one that is refused stops no other."""
    data = form.cleaned_data
    drafts = {int(pk) for pk in request.POST.getlist("drafts") if pk.isdecimal() and len(pk) < 10}
    outcomes = []
    for upload in captions_last(data["uploads"]):
        brought = Brought(data["owner"], data["language"], request.user, drafts)
        try:
            file = take_in(upload, brought)
        except ValidationError as error:
            outcomes.append(Outcome(upload.name, errors=error.messages))
        except (IntegrityError, OSError):
            logger.exception("The file %s could not be stored", upload.name)
            wrong = gettext("The file could not be stored. Nothing of it was kept: try again.")
            outcomes.append(Outcome(upload.name, errors=[wrong]))
        else:
            is_joined = file.material_id in drafts
            log_file(material_admin, request, file, is_new=not is_joined)
            drafts.add(file.material_id)
            outcomes.append(Outcome(upload.name, file, is_joined))
    return outcomes
