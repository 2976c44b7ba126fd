"""The translators' work list in the admin: one list for each language, one text at a time."""

import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from js_asset import Media

from foundation.content import languages
from foundation.content.agreement import is_rich, look_again, writing
from foundation.content.models import Bilingual, LanguageState
from foundation.content.read_only_admin import ReadOnlyAdmin
from foundation.content.richtext import sanitised
from foundation.editing import translation_files
from foundation.editing.form_fields import IN_LANGUAGE, RichTextWidget
from foundation.editing.rights import may_write
from foundation.editing.saving import check_rules_now
from foundation.editing.word_diff import as_html, word_diff, words_of
from foundation.editing.worklist import (
    Outstanding,
    bilingual_models,
    for_staff,
    missing,
    outstanding_for_staff,
    refusals,
    with_items,
)

PAGE_SIZE = 50
FILTERS = ("missing", "changed")


def permitted_kinds(request: HttpRequest, language: str) -> list[str]:
    """Tables whose texts the user may write in a language."""
    user, models = request.user, bilingual_models()
    return [kind for kind, model in models.items() if may_write(user, model, language)]


def counts(request: HttpRequest) -> list[dict[str, Any]]:
    """How much waits for each language, as far as the user may change it; two queries at most."""
    found: list[dict[str, Any]] = []
    for code in languages.CODES:
        kinds = permitted_kinds(request, code)
        if not kinds:
            continue
        states = outstanding_for_staff(code).filter(kind__in=kinds)
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

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, waiting: Outstanding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.column = f"{waiting.state.field}_{waiting.language}"
        self.is_rich = is_rich(type(waiting.item), waiting.state.field)
        # What stands in the language now, where that is not what the translator has opened.
        self.newer_here = ""
        db_field: Any = waiting.item._meta.get_field(self.column)
        field = db_field.formfield(**({"widget": RichTextWidget} if self.is_rich else {}))
        field.label = f"{waiting.field_name} {IN_LANGUAGE[waiting.language]}"
        field.required = False
        field.initial = getattr(waiting.item, self.column)
        field.widget.attrs |= {"lang": waiting.language, "data-begin": ""}
        if isinstance(field.widget, forms.Textarea):
            # The box is as high as its text, so that long ones need no scrolling within.
            field.widget.attrs["rows"] = min(20, max(5, len(field.initial or "") // 60 + 2))
        self.fields["text"] = field
        self.initial["seen"] = fingerprint(waiting)

    def clean(self) -> dict[str, Any]:
        """Refuse to save over, or to agree with, what the translator has not seen."""
        cleaned = super().clean() or {}
        if self.is_rich and cleaned.get("text"):
            cleaned["text"] = sanitised(cleaned["text"])
        now, seen = fingerprint(self.waiting), cleaned.get("seen") or ""
        if seen != now:
            typed = self.data.copy()
            typed["seen"] = now
            self.data = typed
            here = _hash(getattr(self.waiting.item, self.column))
            if here not in seen.split("."):
                self.newer_here = getattr(self.waiting.item, self.column) or ""
            raise ValidationError(
                _(
                    "The text was changed while you had it open. What you wrote is still here; the "
                    "newest wording of the other language stands beside it. Look, then save again."
                ),
                code="conflict",
            )
        return cleaned


def fingerprint(waiting: Outstanding) -> str:
    """What stands on both sides now, in short, and the languages that the item is meant for."""
    sides = [getattr(waiting.item, f"{waiting.state.field}_{code}") for code in languages.CODES]
    return ".".join([*(_hash(side) for side in sides), waiting.state.pairing])


def _hash(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]


class WorklistAdmin(ReadOnlyAdmin):
    """What waits for each language, and the form in which one text after another is done."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return any(self.writes(request, code) for code in languages.CODES)

    def writes(self, request: HttpRequest, language: str) -> bool:
        """True for staff who may write texts in the language."""
        return bool(request.user.is_staff and permitted_kinds(request, language))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_view_or_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.own_list), name="content_languagestate_changelist"),
            path("<str:language>/", wrap(self.list_view), name="content_worklist"),
            path("<str:language>/file/", wrap(self.file_view), name="content_worklist_file"),
            path("<str:language>/<int:pk>/", wrap(self.text_view), name="content_worklist_text"),
        ]

    def own_list(self, request: HttpRequest) -> HttpResponse:
        """Lead to the list of the user's own language, where the user writes in it."""
        here = languages.current()
        language = here if self.writes(request, here) else languages.other(here)
        self._check(request, language)
        return HttpResponseRedirect(reverse("admin:content_worklist", args=[language]))

    def list_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The texts that wait for a language, oldest first."""
        self._check(request, language)
        states = outstanding_for_staff(language).filter(kind__in=permitted_kinds(request, language))
        other = f"{languages.other(language)}_changed_by"
        states = _only(states, language, request.GET.get("only"))
        page = Paginator(states.select_related(other), PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            **self._context(request, language),
            "title": _("Work list"),
            "page": page,
            "rows": with_items(page.object_list, language),
        }
        return TemplateResponse(request, "foundation/editing/worklist.html", context)

    def text_view(self, request: HttpRequest, language: str, pk: int) -> HttpResponse:
        """One text: what has changed on the other side, beside the text to write."""
        self._check(request, language)
        is_save = request.method == "POST"
        with transaction.atomic():
            waiting = self._opened(request, language, pk, locked=is_save)
            # Who has typed meanwhile is told by the form, with nothing lost.
            if waiting is None or not (is_save or waiting.waits):
                messages.info(request, _("This text no longer waits."))
                return self._lead_to(request, language, self._following(request, language, pk))
            form = TextForm(waiting, request.POST if is_save else None)
            following = self._following(request, language, pk)
            if is_save and form.is_valid() and self._save(request, form):
                if following:
                    messages.success(
                        request,
                        _("Saved: %(text)s. Here is the next one.") % {"text": waiting.item},
                    )
                return self._lead_to(request, language, following)
        context = {
            **self._context(request, language),
            "title": f"{waiting.item} – {waiting.field_name}",
            "waiting": waiting,
            "form": form,
            **self._sides(waiting, form),
            "media": Media.from_media(form.media, nonce=str(request.csp_nonce)),
            "following": following,
            "item_url": self._item_url(waiting.item),
        }
        return TemplateResponse(request, "foundation/editing/worklist_text.html", context)

    def _sides(self, waiting: Outstanding, form: TextForm) -> dict[str, Any]:
        """What the page shows of both sides, in words that have and have not changed."""
        state, there = waiting.state, languages.other(waiting.language)
        now = {c: getattr(waiting.item, f"{state.field}_{c}") or "" for c in languages.CODES}
        difference = {}
        for code, text in now.items():
            before = getattr(state, f"agreed_{code}") or ""
            is_ahead = getattr(state, f"{code}_changed_at") and before and text
            if is_ahead and not waiting.is_missing:
                steps = word_diff(before, text, is_rich=form.is_rich)
                difference[code] = as_html(steps, lang=languages.current())
        return {
            "difference": difference.get(there, ""),
            "own_difference": difference.get(waiting.language, ""),
            "source": now[there],
        }

    def file_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """The work list as a PO file (GET), and back (POST)."""
        self._check(request, language)
        kinds = permitted_kinds(request, language)
        if request.method != "POST":
            response = HttpResponse(
                translation_files.export(language, kinds), content_type="text/x-gettext-translation"
            )
            response["Content-Disposition"] = f'attachment; filename="worklist-{language}.po"'
            return response
        try:
            upload = request.FILES.get("file")
            if upload is None:
                raise translation_files.Unreadable(_("Choose a file first."))
            outcome = translation_files.import_(upload, language, kinds, author=request.user.pk)
        except translation_files.Unreadable as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:content_worklist", args=[language]))
        for report in outcome.written:
            if report.item:
                self._log(request, report.item, report.field)
        waiting = {
            (state.kind, state.object_id, state.field): state.pk
            for state in outstanding_for_staff(language).filter(
                object_id__in=[one.item.pk for one in outcome.conflicts if one.item]
            )
        }
        for one in outcome.conflicts:
            if one.item and (key := waiting.get((one.item._meta.db_table, one.item.pk, one.field))):
                one.url = reverse("admin:content_worklist_text", args=[language, key])
        context = {
            **self._context(request, language),
            "title": _("What was taken in"),
            "outcome": outcome,
        }
        return TemplateResponse(request, "foundation/editing/worklist_outcome.html", context)

    def _check(self, request: HttpRequest, language: str) -> None:
        if language not in languages.CODES:
            raise Http404
        if not self.writes(request, language):
            raise PermissionDenied

    def _context(self, request: HttpRequest, language: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "language": language,
            "there": languages.other(language),
            "language_name": IN_LANGUAGE[language],
            "there_name": IN_LANGUAGE[languages.other(language)],
            "only": request.GET.get("only", ""),
            "counts": counts(request),
        }

    def _opened(
        self, request: HttpRequest, language: str, pk: int, *, locked: bool
    ) -> Outstanding | None:
        """A text, whether it waits or not; to write it, its item is locked before it is read."""
        state = LanguageState.objects.filter(pk=pk).first()
        model = bilingual_models().get(state.kind) if state else None
        if state is None or model is None:
            return None
        if not may_write(request.user, model, language):
            raise PermissionDenied
        items = for_staff(model).filter(pk=state.object_id)
        item = (items.select_for_update(of=("self",)) if locked else items).first()
        # What is known of the two sides is read after the lock, which others may have held.
        states = LanguageState.objects.select_related("sv_changed_by", "fi_changed_by")
        state = states.filter(pk=pk).first()
        return Outstanding(state, item, language) if item and state else None

    def _save(self, request: HttpRequest, form: TextForm) -> bool:
        """Write the text and declare the two languages equal in it; False when it is refused."""
        waiting, typed = form.waiting, form.cleaned_data["text"]
        item, field = waiting.item, waiting.state.field
        as_it_is = "as_it_is" in request.POST
        if not typed or (as_it_is and waiting.is_missing):
            form.add_error("text", _("Write the text first."))
            return False
        if as_it_is:
            stands = getattr(item, form.column) or ""
            if _words(typed, form) != _words(stands, form):
                form.add_error("text", _("You have changed the text: choose “Save and next”."))
                return False
            with writing(author=request.user.pk, agreeing=[field]):
                look_again(type(item)._base_manager.filter(pk=item.pk))
            return True
        setattr(item, form.column, typed)
        try:
            item.full_clean()
            with transaction.atomic(), writing(author=request.user.pk, agreeing=[field]):
                item.save()
                check_rules_now()
        except (ValidationError, IntegrityError) as error:
            for message in refusals(item, form.column, error):
                form.add_error("text", message)
            return False
        self._log(request, item, field)
        return True

    def _log(self, request: HttpRequest, item: Bilingual, field: str) -> None:
        """Note in the item's history that a text of it was changed."""
        # The log keeps English msgids, which the history then says in either language.
        with translation.override(None):
            name = str(getattr(item._meta.get_field(field), "verbose_name", field))
        self.log_change(request, item, [{"changed": {"fields": [name]}}])

    def _item_url(self, item: Bilingual) -> str:
        """The address of the item's own form; empty for a row in another item's form."""
        if type(item) not in self.admin_site._registry:
            return ""
        options = item._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[item.pk])

    def _following(self, request: HttpRequest, language: str, pk: int) -> str | None:
        """The address of the text after this one in the list asked for; after the last, the first.

        None when no other text waits.
        """
        states = outstanding_for_staff(language).filter(kind__in=permitted_kinds(request, language))
        asked = request.GET.get("only")
        for only in (asked, None) if asked in FILTERS else (None,):
            keys = list(_only(states, language, only).values_list("pk", flat=True))
            place = keys.index(pk) if pk in keys else -1
            others = [key for key in [*keys[place + 1 :], *keys[: place + 1]] if key != pk]
            if others:
                address = reverse("admin:content_worklist_text", args=[language, others[0]])
                return f"{address}?only={only}" if only else address
        return None

    def _lead_to(self, request: HttpRequest, language: str, following: str | None) -> HttpResponse:
        """On to the following text, or to the list where there is none."""
        if following is None:
            messages.success(request, _("Nothing waits for this language any more."))
        return HttpResponseRedirect(following or reverse("admin:content_worklist", args=[language]))


def _only(states: QuerySet, language: str, which: str | None) -> QuerySet:
    """The states of missing or of changed texts; all of them where neither is asked for."""
    if which == "missing":
        return states.filter(missing(language))
    return states.exclude(missing(language)) if which == "changed" else states


def _words(text: str, form: TextForm) -> list[str]:
    return words_of(text, is_rich=form.is_rich)
