"""What has been read of a file, for the editor: shown, put right, checked, and read again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms import BaseFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from foundation.editing.content_admin import tag
from publications.models import MaterialFile
from publications.text_extraction.messages import MESSAGES
from publications.text_extraction.page_picture_names import WIDTHS

# The library's list of jobs speaks English only; what becomes of a file is told beside the file.
admin.site.unregister(DBTaskResult)

Reading = MaterialFile.Reading
# Written by the job that reads, at any moment.
_FOUND = (
    *("reading_text", "reading_state", "reading_problem", "pages", "seconds", "page_pictures"),
    *("text_checked_at", "text_checked_by"),
)

FIELDS = ("reading", "reading_text", ("text_is_checked", "read_again"), "page_pictures_shown")


class ReadableForm(forms.ModelForm):
    """The form of a file that is read meanwhile: only what the editor has changed is written."""

    text_is_checked = forms.BooleanField(
        label=_("The text is checked"),
        required=False,
        help_text=_("Readers are then no longer told that nobody has checked it."),
    )
    read_again = forms.BooleanField(
        label=_("Read the file again when saving"),
        required=False,
        help_text=_("The text above is then replaced by what is found in the file."),
    )

    editor: Any = None  # who saves the form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["text_is_checked"] = self.instance.text_checked_at is not None
        # What the editor has seen is sent back too: the job may write while the form is open.
        for name in ("reading_text", "pages", "seconds", "text_is_checked"):
            self.fields[name].show_hidden_initial = True
        if self.instance.language and len(self.instance.language_codes) == 1:
            self.fields["reading_text"].widget.attrs["lang"] = self.instance.language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("text_is_checked") and not cleaned.get("reading_text"):
            self.add_error("text_is_checked", _("Only a text that is there can be checked."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save; a text that was typed before the file has been read counts as checked."""
        file, changed = self.instance, self.changed_data
        is_unread = not file.pk or "file" in changed or file.reading_state == Reading.WAITING
        if file.pk:
            found_meanwhile = [name for name in _FOUND if name not in changed]
            file.refresh_from_db(fields=found_meanwhile)
            if "file" in changed:
                _forget_former_bytes(file, changed)
        if is_unread and "reading_text" in changed and file.reading_text:
            file.check_text(self.editor)
        elif "text_is_checked" in changed or not file.reading_text:
            file.text_checked_at = file.text_checked_by = None
            if self.cleaned_data["text_is_checked"] and file.reading_text:
                file.check_text(self.editor)
        saved = super().save(commit)
        if commit and self.cleaned_data["read_again"]:
            saved.read_again()
        return saved


def _forget_former_bytes(file: MaterialFile, changed: list[str]) -> None:
    """Empty what was read of other bytes, but for what the editor has just written."""
    nothing: dict[str, Any] = {"reading_text": "", "pages": None, "seconds": None}
    for name in nothing.keys() - set(changed):
        setattr(file, name, nothing[name])
    file.page_pictures = []
    file.text_checked_at = file.text_checked_by = None


class ReadingShown:
    """The columns of a file's form that tell what has been read of it."""

    @admin.display(description=_("Reading"))
    def reading(self, file: MaterialFile) -> SafeString | str:
        """How far the reading has come, or why it failed."""
        if not file.pk:
            return gettext("The file is read once it is saved.")
        state = Reading(file.reading_state)
        if state == Reading.FAILED:
            return format_html("{} {}", tag(state.label, "missing"), MESSAGES[file.reading_problem])
        if state == Reading.WAITING:
            hint = gettext("Open the page again in a moment.")
            return format_html("{} {}", tag(state.label, "draft"), hint)
        if file.text_checked_at:
            return _checked(file)
        return tag(state.label, "scheduled") if file.reading_text else str(state.label)

    @admin.display(description=_("First pages"))
    def page_pictures_shown(self, file: MaterialFile) -> SafeString | str:
        """The drawn pages, also of a file that is not public."""
        view = "admin:publications_materialfile_picture"
        return (
            format_html_join(
                " ",
                '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
                (
                    (
                        reverse(view, args=[file.pk, picture["number"], WIDTHS[0]]),
                        160,
                        round(160 * picture["height"] / picture["width"]),
                        picture["heading"] or picture["number"],
                    )
                    for picture in file.page_pictures
                ),
            )
            or "–"
        )


def _checked(file: MaterialFile) -> str:
    when = formats.date_format(timezone.localtime(file.text_checked_at), "SHORT_DATE_FORMAT")
    if file.text_checked_by:
        who = file.text_checked_by
        return gettext("Checked by %(who)s on %(when)s") % {"who": who, "when": when}
    return gettext("Checked on %(when)s") % {"when": when}


def note_editor(request: HttpRequest, formset: BaseFormSet) -> None:
    """Tell the forms of files who saves them, and the editor that new files are read next."""
    for form in formset.forms:
        form.editor = request.user
    changed = [form for form in formset.forms if form.has_changed()]
    if any(form.cleaned_data.get("read_again") or "file" in form.changed_data for form in changed):
        messages.info(
            request,
            gettext("The file is being read. What comes of it stands beside it, in this form."),
        )
