"""What members write: a good practice or a material, in their own language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.content.richtext import RichTextField
from portal.members.plain_text import as_html, as_lines, as_text
from projects.models import Theme
from publications.intake import checked
from publications.models import Material, MaterialFile, Practice
from publications.upload_names import read_name


class ThemeField(forms.ModelChoiceField):
    """A theme by its title in the member's language."""

    def label_from_instance(self, theme: Theme) -> str:
        return str(theme.text("title"))


def _short(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, **more)


def _long(label: Any, rows: int, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, max_length=20_000, required=False, **more)


class DraftForm(forms.Form):
    """A draft: a title is enough to keep it; more is needed to send it."""

    # The texts of the item that the form holds, and those without which nobody can judge it.
    texts: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    model: Any = None

    title = _short(
        _("Title"), error_messages={"required": _("Give it a title, so that you find it again.")}
    )
    lead = forms.CharField(
        label=_("In one or two sentences"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )
    theme = ThemeField(
        label=_("Theme"),
        queryset=Theme.objects.published().none(),
        required=False,
        empty_label=_("No theme"),
    )

    def __init__(self, *args: Any, item: Any, language: str, **kwargs: Any) -> None:
        self.item, self.language = item, language
        kept = {name: self._kept(name) for name in self.texts}
        kwargs["initial"] = {**kept, "theme": item.theme_id}
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.published()
        for name in self.texts:
            self.fields[name].widget.attrs["lang"] = language

    def _kept(self, name: str) -> str:
        value = getattr(self.item, f"{name}_{self.language}") or ""
        return as_text(value) if self._is_rich(name) else value

    def _is_rich(self, name: str) -> bool:
        return isinstance(self.model._meta.get_field(name), RichTextField)

    @property
    def is_sending(self) -> bool:
        """True when the member wants it to be looked at now."""
        return "send" in self.data

    def clean(self) -> dict[str, Any]:
        """Say what is missing before it can be sent; a draft is kept without."""
        data = super().clean() or {}
        if self.is_sending:
            for name in self.needed:
                if name in data and not data[name]:
                    self.add_error(name, ValidationError(_("Write this before you send it.")))
        return data

    def fill(self) -> None:
        """Put what was written into the item; what was not touched keeps the form staff gave it."""
        for name in self.texts:
            written = as_lines(self.cleaned_data[name])
            if written != as_lines(self._kept(name)):
                value = as_html(written) if self._is_rich(name) else written
                setattr(self.item, f"{name}_{self.language}", value or None)
        self.item.theme = self.cleaned_data["theme"]


class PracticeForm(DraftForm):
    """A good practice from a member's own work."""

    model = Practice
    texts = ("title", "lead", "need", "idea", "how", "results", "requirements")
    needed = ("lead", "idea", "how")

    need = _long(_("The need"), 4, help_text=_("What you wanted to change, and for whom."))
    idea = _long(_("The idea"), 4, help_text=_("What you do differently, in a few sentences."))
    how = _long(_("How it is done"), 8, help_text=_("Step by step, so that others can do it too."))
    results = _long(_("Results"), 4, help_text=_("What you have noticed, and how you know."))
    requirements = _long(_("What it takes"), 4, help_text=_("People, time, money, partners."))

    field_order = (*texts, "theme")


class MaterialForm(DraftForm):
    """A material from a member's own work, with its file."""

    model = Material
    texts = ("title", "lead", "attribution")
    needed = ("lead",)

    attribution = _short(
        _("Who has made it"),
        required=False,
        help_text=_("Whom those who use the material should name."),
    )
    file_language = forms.ChoiceField(
        label=_("Language of the file"), choices=MaterialFile.Language, required=False
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PPTX, DOCX, XLSX, CSV, MP4 or WebM; 200 MB at most."),
        error_messages={"empty": _("The file is empty.")},
    )

    field_order = (*texts, "theme", "file_language", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = self.item.files.first() if self.item.pk else None
        self.taken: MaterialFile | None = None
        self.initial["file_language"] = self.stored.language if self.stored else self.language

    def clean(self) -> dict[str, Any]:
        """Have the file looked through: it may be anything, whoever sends it."""
        data = super().clean()
        upload = data.get("file")
        if upload:
            self._take(upload, data.get("file_language") or self.language)
        elif self.is_sending and not self.stored and "file" not in self.errors:
            self.add_error("file", ValidationError(_("Choose the file before you send it.")))
        return data

    def _take(self, upload: Any, language: str) -> None:
        if read_name(upload.name).ending == "vtt":
            told = _("Captions alone are no material. Send the video, and tell us of the captions.")
            self.add_error("file", ValidationError(told))
            return
        try:
            self.taken = checked(upload, language)
        except ValidationError as refused:
            self.add_error("file", ValidationError(refused.messages))
