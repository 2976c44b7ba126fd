"""What members write: a good practice or a material, in their own language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.richtext import RichTextField
from foundation.content.templatetags.content import marked
from foundation.content.templatetags.content import text as marked_text
from foundation.content.texts import Text
from foundation.editing.form_snapshot import FormSnapshot
from foundation.editing.three_way_merge import MergedFields, merge_fields
from network.plain_text import as_html, as_lines, as_text
from projects.models import Theme
from publications.bulk_upload import checked
from publications.models import Material, MaterialFile, Practice
from publications.upload_names import read_name

CARRIED = "opened_values"  # the hidden input with what stood in the form when it was opened


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
        self.now = {name: getattr(item, f"{name}_{language}") or "" for name in self.texts}
        kept = {name: self._shown(name, value) for name, value in self.now.items()}
        self.now["theme"] = str(item.theme_id or "")
        kwargs["initial"] = {**kept, "theme": item.theme_id}
        super().__init__(*args, **kwargs)
        self.merged = MergedFields(self.now)
        self.fields["theme"].queryset = Theme.objects.published()
        for name in self.texts:
            self.fields[name].widget.attrs["lang"] = language

    def _shown(self, name: str, value: str) -> str:
        return as_text(value) if self._is_rich(name) else value

    def _is_rich(self, name: str) -> bool:
        return isinstance(self.model._meta.get_field(name), RichTextField)

    @property
    def is_sending(self) -> bool:
        """True when the member wants it to be looked at now."""
        return "send" in self.data

    @cached_property
    def opened(self) -> dict[str, str]:
        """What was stored when the form was opened, as the form has carried it; {} if unknown."""
        if not self.is_bound or not self.item.pk:
            return self.now
        sent = FormSnapshot.read(self.data.get(CARRIED, "")).fields
        return {name: "".join(value.get("", ())) for name, value in sent.items()}

    @property
    def carried(self) -> str:
        """What the form carries on; of what was changed on both sides, what is shown beside it."""
        known = {**self.now, **self.opened}
        known |= {name: self.now[name] for name in self.merged.conflicts}
        return FormSnapshot({name: {"": [known[name]]} for name in self.now}).packed()

    def clean(self) -> dict[str, Any]:
        """Refuse to save over what was not seen, and say what is missing before it can be sent."""
        data = super().clean() or {}
        mine = {name: self._mine(name, data[name]) for name in self.now if name in data}
        self.merged = merge_fields(self.opened, mine, self.now)
        for name in sorted(self.merged.conflicts):
            self.fields[name].newer = self._newer(name)
            told = _(
                "This was changed while you had it open. What you wrote is still here, and what is "
                "stored now stands under it: bring the two together, then save again."
            )
            self.add_error(name, ValidationError(told, code="conflict"))
        if self.is_sending:
            for name in self.needed:
                if name in data and not self.merged.values[name]:
                    self.add_error(name, ValidationError(_("Write this before you send it.")))
        return data

    def _mine(self, name: str, typed: Any) -> str:
        """What was written, as it is stored; what was not touched keeps the form staff gave it."""
        if name == "theme":
            return str(typed.pk) if typed else ""
        written = as_lines(typed)
        for known in (self.opened, self.now):
            if name in known and as_lines(self._shown(name, known[name])) == written:
                return known[name]
        return as_html(written) if self._is_rich(name) else written

    def _newer(self, name: str) -> Any:
        """What is stored now, to be read beside what was typed."""
        if name == "theme":
            return marked_text(self.item.theme, "title") if self.item.theme else _("No theme")
        shown = self._shown(name, self.now[name])
        return marked(Text(shown, self.language, languages.current())) if shown else _("No text")

    def fill(self) -> None:
        """Put what was written into the item, beside what others have changed meanwhile."""
        values = dict(self.merged.values)
        self.item.theme_id = int(values.pop("theme") or 0) or None
        for name, value in values.items():
            setattr(self.item, f"{name}_{self.language}", value or None)


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
