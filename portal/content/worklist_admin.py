"""The translators' work list in the admin: one list for each language, one text at a time."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from js_asset import Media

from portal.content import languages, translation_files
from portal.content.agreement import is_rich, writing
from portal.content.editing import IN_LANGUAGE, RichTextWidget
from portal.content.wording import as_html, word_diff, words_of
from portal.content.worklist import (
    Outstanding,
    bilingual_models,
    missing,
    outstanding,
    with_items,
)

PAGE_SIZE = 50


def permitted_kinds(request: HttpRequest) -> list[str]:
    """Tables whose items the user may change."""
    return [
        kind
        for kind, model in bilingual_models().items()
        if request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    ]


def counts(request: HttpRequest) -> list[dict[str, Any]]:
    """How much waits for each language, as far as the user may change it; two queries."""
    kinds = permitted_kinds(request)
    found = []
    for code in languages.CODES:
        states = outstanding(code).filter(kind__in=kinds)
        waiting = list(states.values_list(f"{code}_is_filled", flat=True))
        found.append(
            {
                "language": code,
                "in_language": IN_LANGUAGE[code],
                "missing": waiting.count(False),
                "changed": waiting.count(True),
                "total": len(waiting),
                "url": reverse("admin:content_worklist", args=[code]),
            }
        )
    return found


class TextForm(forms.Form):
    """One text in one language, with a fingerprint of what the translator has seen."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, waiting: Outstanding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        column = f"{waiting.state.field}_{waiting.language}"
        db_field: Any = waiting.item._meta.get_field(column)
        rich = is_rich(type(waiting.item), waiting.state.field)
        field = db_field.formfield(**({"widget": RichTextWidget} if rich else {}))
        field.label = f"{waiting.field_name} {IN_LANGUAGE[waiting.language]}"
        field.required = False
        field.initial = getattr(waiting.item, column)
        field.widget.attrs |= {"lang": waiting.language}
        self.fields["text"] = field
        self.initial["seen"] = fingerprint(waiting)

    def clean(self) -> dict[str, Any]:
        """Refuse to save over, or to agree with, what the translator has not seen."""
        cleaned = super().clean() or {}
        if cleaned.get("seen") != fingerprint(self.waiting):
            typed = self.data.copy()  # type: ignore[attr-defined]
            typed["seen"] = fingerprint(self.waiting)
            self.data = typed
            raise ValidationError(
                _(
                    "The text was changed while you had it open. What you wrote is still here; the "
                    "newest wording of the other language stands beside it. Look, then save again."
                ),
                code="conflict",
            )
        return cleaned


def fingerprint(waiting: Outstanding) -> str:
    """What stands on both sides now, in short (SHA-256)."""
    sides = [str(getattr(waiting.item, f"{waiting.state.field}_{c}")) for c in languages.CODES]
    return hashlib.sha256("\x1f".join(sides).encode()).hexdigest()


class WorklistAdmin(admin.ModelAdmin):
    """What waits for each language, and the form in which one text after another is done."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff and permitted_kinds(request))

    has_view_permission = has_module_permission

    def has_view_or_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.own_list), name="content_languagestate_changelist"),
            path("<str:language>/", wrap(self.list_view), name="content_worklist"),
            path("<str:language>/file/", wrap(self.file_view), name="content_worklist_file"),
            path("<str:language>/<int:pk>/", wrap(self.text_view), name="content_worklist_text"),
        ]

    def own_list(self, request: HttpRequest) -> HttpResponse:
        """Lead to the list of the user's own language."""
        return HttpResponseRedirect(reverse("admin:content_worklist", args=[languages.current()]))

    def list_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The texts that wait for a language, oldest first."""
        self._check(request, language)
        states = outstanding(language).filter(kind__in=permitted_kinds(request))
        other = f"{languages.other(language)}_changed_by"
        if request.GET.get("only") == "missing":
            states = states.filter(missing(language))
        elif request.GET.get("only") == "changed":
            states = states.exclude(missing(language))
        page = Paginator(states.select_related(other), PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            **self._context(request, language),
            "title": _("Work list"),
            "page": page,
            "rows": with_items(page.object_list, language),
            "only": request.GET.get("only", ""),
        }
        return TemplateResponse(request, "admin/content/worklist.html", context)

    def text_view(self, request: HttpRequest, language: str, pk: int) -> HttpResponse:
        """One text: what has changed on the other side, beside the text to write."""
        self._check(request, language)
        with transaction.atomic():
            waiting = self._waiting(request, language, pk)
            if waiting is None:
                messages.info(request, _("This text no longer waits."))
                return self._next(request, language, None)
            form = TextForm(waiting, request.POST or None)
            if request.method == "POST" and form.is_valid() and self._save(request, form):
                return self._next(request, language, waiting)
        there = languages.other(language)
        before = getattr(waiting.state, f"agreed_{there}") or ""
        now = getattr(waiting.item, f"{waiting.state.field}_{there}") or ""
        steps = word_diff(before, now)
        context = {
            **self._context(request, language),
            "title": f"{waiting.item} – {waiting.field_name}",
            "waiting": waiting,
            "form": form,
            "difference": "" if waiting.is_missing else as_html(steps),
            "source": now if is_rich(type(waiting.item), waiting.state.field) else "",
            "plain_source": " ".join(words_of(now)),
            "media": Media.from_media(form.media, nonce=str(request.csp_nonce)),  # type: ignore[attr-defined]
            "following": self._following(request, language, waiting),
        }
        return TemplateResponse(request, "admin/content/worklist_text.html", context)

    def file_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The work list as a PO file (GET), and back (POST)."""
        self._check(request, language)
        kinds = permitted_kinds(request)
        if request.method == "GET":
            response = HttpResponse(
                translation_files.export(language, kinds), content_type="text/x-gettext-translation"
            )
            response["Content-Disposition"] = f'attachment; filename="worklist-{language}.po"'
            return response
        outcome = None
        try:
            upload = request.FILES.get("file")
            if upload is None:
                raise translation_files.Unreadable(_("Choose a file first."))
            outcome = translation_files.import_(upload, language, kinds, author=request.user.pk)
        except translation_files.Unreadable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:content_worklist", args=[language]))
        context = {
            **self._context(request, language),
            "title": _("What was taken in"),
            "outcome": outcome,
        }
        return TemplateResponse(request, "admin/content/worklist_outcome.html", context)

    def _check(self, request: HttpRequest, language: str) -> None:
        if language not in languages.CODES:
            raise Http404
        if not self.has_module_permission(request):
            raise PermissionDenied

    def _context(self, request: HttpRequest, language: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "language": language,
            "there": languages.other(language),
            "language_name": IN_LANGUAGE[language],
            "there_name": IN_LANGUAGE[languages.other(language)],
            "counts": counts(request),
        }

    def _waiting(self, request: HttpRequest, language: str, pk: int) -> Outstanding | None:
        states = outstanding(language).filter(pk=pk)
        found = with_items(states.select_for_update(of=("self",)), language)
        if found and found[0].state.kind not in permitted_kinds(request):
            raise PermissionDenied
        return found[0] if found else None

    def _save(self, request: HttpRequest, form: TextForm) -> bool:
        """Write the text and declare the two languages equal in it; False when it is refused."""
        waiting = form.waiting
        column = f"{waiting.state.field}_{waiting.language}"
        if "as_it_is" not in request.POST:
            if not form.cleaned_data["text"]:
                form.add_error("text", _("Write the text first."))
                return False
            setattr(waiting.item, column, form.cleaned_data["text"])
        elif waiting.is_missing:
            form.add_error("text", _("Write the text first."))
            return False
        try:
            waiting.item.full_clean()
        except ValidationError as error:
            for message in error.messages:
                form.add_error("text", message)
            return False
        with writing(author=request.user.pk, agreeing=[waiting.state.field]):
            waiting.item.save()
        self.log_change(
            request,
            waiting.item,
            [{"changed": {"fields": [str(waiting.item._meta.get_field(column).name)]}}],
        )
        return True

    def _following(
        self, request: HttpRequest, language: str, waiting: Outstanding | None
    ) -> str | None:
        """The address of the text that comes after this one in the list, or begins it anew."""
        keys = list(
            outstanding(language)
            .filter(kind__in=permitted_kinds(request))
            .values_list("pk", "since", "kind", "object_id", "field")
        )
        if waiting:
            state = waiting.state
            place = (waiting.since, state.kind, state.object_id, state.field)
            keys = [key for key in keys if key[0] != state.pk]
            keys = [key for key in keys if key[1:] > place] or keys
        if not keys:
            return None
        return reverse("admin:content_worklist_text", args=[language, keys[0][0]])

    def _next(
        self, request: HttpRequest, language: str, waiting: Outstanding | None
    ) -> HttpResponse:
        following = self._following(request, language, waiting)
        if following is None:
            messages.success(request, _("Nothing waits for this language any more."))
        elif waiting is not None:
            messages.success(
                request, _("Saved: %(text)s. Here is the next one.") % {"text": waiting.item}
            )
        return HttpResponseRedirect(following or reverse("admin:content_worklist", args=[language]))
