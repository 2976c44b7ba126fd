"""The forms of content: addresses made from titles, moments of publication, what is new."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models import NOTE_LENGTH, ChangeNote, Content
from foundation.content.pages import written_day
from foundation.content.publication import Decision, Pairing
from foundation.editing.edit_conflicts import EditForm
from foundation.editing.form_fields import IN_LANGUAGE


class AddressedForm(EditForm):
    """The form of an item with a page: an address left empty is made from the title."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code in languages.CODES:
            title = cleaned.get(f"{self.instance.name_field}_{code}")
            if title and f"slug_{code}" in cleaned and not cleaned[f"slug_{code}"]:
                cleaned[f"slug_{code}"] = self.instance.free_slug(title)
        return cleaned


class ContentForm(AddressedForm):
    """The form of content."""

    def clean_decision(self) -> Any:
        """As it was chosen; a preview needs no more than a draft does."""
        return Decision.DRAFT if "_preview" in self.data else self.cleaned_data["decision"]

    def clean(self) -> dict[str, Any]:
        """What is made public without a moment is so now."""
        cleaned = super().clean()
        if cleaned.get("decision") == Decision.PUBLIC and "publish_at" in cleaned:
            cleaned["publish_at"] = cleaned["publish_at"] or timezone.now()
        return cleaned


WHAT_IS_NEW = _("What is new for the reader")


def _note_field(language: str) -> forms.CharField:
    return forms.CharField(
        label=format_lazy("{} {}", WHAT_IS_NEW, IN_LANGUAGE[language]),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"lang": language, "rows": 2, "class": "vLargeTextField"}),
        help_text=_(
            "One sentence for the page of news and its feeds. Leave it empty for small changes; "
            "that the item has become public is told without it."
        ),
    )


class NoteForm(ContentForm):
    """The form of content that readers follow: a note on what is new, and those there are."""

    news_sv = _note_field("sv")
    news_fi = _note_field("fi")
    removed_notes = forms.ModelMultipleChoiceField(
        label=_("Remove from the news"),
        queryset=ChangeNote.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What readers have been told so far. What you tick disappears on saving."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "removed_notes" in self.fields:
            self.fields["removed_notes"].queryset = notes_of(self.instance)
            self.fields["removed_notes"].label_from_instance = told

    def clean(self) -> dict[str, Any]:
        """A note is in every language the item is in, or there is none."""
        cleaned = super().clean()
        pairing = cleaned.get("pairing") or self.instance.pairing
        wanted = languages.CODES if pairing == Pairing.BOTH else (pairing,)
        written = {code for code in languages.CODES if (cleaned.get(f"news_{code}") or "").strip()}
        for code in written.symmetric_difference(wanted) if written else ():
            self.add_error(
                f"news_{code}",
                ValidationError(
                    _("The item is not in this language. Leave the note empty here.")
                    if code in written
                    else _("Write what is new in this language too, or leave both empty.")
                ),
            )
        return cleaned

    def save_notes(self) -> None:
        """Write the note, and remove those that were ticked; once the item is saved."""
        item, said = self.instance, self.cleaned_data
        if said.get("removed_notes"):
            said["removed_notes"].delete()
        if said.get("news_sv") or said.get("news_fi"):
            ChangeNote.objects.create(
                kind=item._meta.db_table,
                object_id=item.pk,
                moment=timezone.now(),
                pairing=item.pairing,
                note_sv=said["news_sv"],
                note_fi=said["news_fi"],
            )


def notes_of(item: Content) -> Any:
    """The notes of an item, newest first."""
    return ChangeNote.objects.filter(kind=item._meta.db_table, object_id=item.pk or 0)


def told(note: ChangeNote) -> SafeString:
    """A note as an editor reads it: its day, and its words in each language with their `lang`."""
    words = [(code, getattr(note, f"note_{code}")) for code in note.languages]
    if note.event != ChangeNote.Event.NOTE:
        return format_html("{} {}", written_day(note.moment), note.get_event_display())
    return format_html(
        "{} {}",
        written_day(note.moment),
        format_html_join(" / ", '<span lang="{}">{}</span>', words),
    )
