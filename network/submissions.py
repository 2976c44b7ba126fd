"""Drafts that members write and send: theirs alone until staff take them up."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.agreement import writing
from foundation.content.pages import page_at
from foundation.editing.saving import check_rules_now
from network.forms import DraftForm, MaterialForm, PracticeForm
from network.members_only import Member, members_only
from network.models import Submission
from network.views import home_crumb
from projects.models import Project
from publications.bulk_upload import type_of
from publications.models import Material, MaterialFile, Practice
from publications.upload_names import read_name

# A person who writes gets nowhere near it; a program that has got hold of a session does.
MOST_IN_A_DAY = 20

FORMS: dict[str, type[DraftForm]] = {"practice": PracticeForm, "material": MaterialForm}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_practice(request: HttpRequest) -> HttpResponse:
    """A good practice that has not been written yet."""
    return _new(request, "practice", Practice())


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_material(request: HttpRequest) -> HttpResponse:
    """A material that has not been described yet."""
    return _new(request, "material", Material(type=Material.Type.DOCUMENT))


def _new(request: HttpRequest, kind: str, item: Any) -> HttpResponse:
    """The empty form, for those who are members themselves: staff have the admin."""
    member: Member = request.member
    if not member.memberships:
        return redirect("members:home")
    submission = Submission(
        membership=member.memberships[0], language=languages.current(), **{kind: item}
    )
    form = _form(request, kind, submission)
    if request.method == "POST" and form.is_valid():
        if _has_sent_too_much(request):
            told = _("You have begun %(number)d drafts today. Go on tomorrow, or write to us.")
            form.add_error(None, told % {"number": MOST_IN_A_DAY})
        else:
            return _stored(request, kind, form, submission)
    return _shown(request, kind, form, submission)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of one's own: to be written on, or to be read once staff have it."""
    with transaction.atomic():
        mine = Submission.objects.filter(membership__user=request.user.pk)
        submission = get_object_or_404(mine.select_for_update(of=("self",)), pk=pk)
        kind = "practice" if submission.practice_id else "material"
        if request.method == "POST":
            # Locked until it is written, and only then read: nobody's work is lost unseen.
            kept = type(submission.item)._base_manager.select_for_update()
            setattr(submission, kind, kept.get(pk=submission.item.pk))
        form = _form(request, kind, submission)
        if request.method == "POST" and submission.is_editable and form.is_valid():
            return _stored(request, kind, form, submission)
    return _shown(request, kind, form, submission)


def _has_sent_too_much(request: HttpRequest) -> bool:
    lately = Submission.objects.filter(made_at__gte=timezone.now() - timedelta(days=1))
    return lately.filter(membership__user=request.user.pk).count() >= MOST_IN_A_DAY


def _form(request: HttpRequest, kind: str, submission: Submission) -> Any:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return FORMS[kind](*sent, item=submission.item, language=submission.language)


def _stored(request: HttpRequest, kind: str, form: Any, submission: Submission) -> HttpResponse:
    """Keep a valid form's draft, whole or not at all, and lead back to the first page."""
    form.fill()
    if kind == "material":
        _place(form.item, form.taken)
    try:
        with transaction.atomic(), writing(author=request.user.pk):
            _keep(kind, form, submission)
    except BaseException as refused:
        taken = getattr(form, "taken", None)
        if taken and taken.file._committed:
            taken.file.storage.delete(str(taken.file.name))
        if not isinstance(refused, ValidationError):
            raise
        form.add_error(None, ValidationError(refused.messages))
        return _shown(request, kind, form, submission)
    told = (
        _("Thank you. “%(title)s” has been sent.") if form.is_sending else _("“%(title)s” is kept.")
    )
    messages.success(request, told % {"title": form.cleaned_data["title"]})
    return redirect("members:home")


def _keep(kind: str, form: Any, submission: Submission) -> None:
    """Save the item with its file and how far it has come; raises ValidationError."""
    item = form.item
    item.full_clean()
    item.save()
    if kind == "material" and form.taken:
        _store_file(item, form.taken)
    setattr(submission, kind, item)
    if form.is_sending:
        submission.state, submission.sent_at = Submission.State.SENT, timezone.now()
    submission.full_clean()
    submission.save()
    check_rules_now()


def _place(material: Material, file: MaterialFile | None) -> None:
    """Let the material belong to its theme, else to the project, and have the type of its file."""
    project: Any = Project.objects.order_by("pk").first()
    material.project = None if material.theme_id else project
    if file:
        material.type = type_of(read_name(file.original_name))


def _store_file(material: Material, file: MaterialFile) -> None:
    """Store the file in place of the one the draft had."""
    for former in material.files.filter(published_at__isnull=True):
        former.delete()
        transaction.on_commit(partial(former.file.storage.delete, str(former.file.name)))
    file.material = material
    file.version = 1 + max(material.files.values_list("version", flat=True), default=0)
    file.full_clean()
    file.save()


def _shown(request: HttpRequest, kind: str, form: Any, submission: Submission) -> HttpResponse:
    titles = {
        "practice": _("Share a good practice"),
        "material": _("Share a material"),
    }
    page = page_at(request, f"members:new_{kind}", title=titles[kind], crumbs=[home_crumb()])
    page.canonical, page.alternates = "", []
    if submission.pk:
        page.switch = type(page.switch)(
            page.switch.language,
            page.switch.name,
            address("members:draft", page.switch.language, pk=submission.pk),
        )
    context = {"page": page, "form": form, "submission": submission, "kind": kind}
    status = 422 if form.errors else 200
    return render(request, "network/draft.html", context, status=status)
