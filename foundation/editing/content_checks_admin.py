"""What was found in the texts of a form, field by field, with the words it is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from foundation.content import languages
from foundation.content.models import Bilingual, Image, Term
from foundation.content.publication import Pairing
from foundation.content.richtext import RichTextField
from foundation.editing.content_checks.finding import Finding, Rule
from foundation.editing.content_checks.parsed_text import Written, plain, rich
from foundation.editing.content_checks.running import findings
from foundation.editing.worklist import bilingual_models

_AROUND = 40  # signs shown on each side of the words
_LONGEST = 120  # signs shown of the words themselves
_MOST = 10  # findings of a field that are listed
_SPACE = re.compile(r"\s+")
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|webp|avif|gif|svg|tiff?)|(?:img|dsc|image)[_ -]?\d+", re.I
)
_NOT_WRITTEN = (models.SlugField, models.URLField)


@dataclass(frozen=True)
class Shown:
    """A finding with its words and a little of what stands around them."""

    finding: Finding
    before: str
    words: str
    after: str
    sought: str  # the first of the words, to find them by
    nth: int  # how many times these stand before them in the text


@dataclass(frozen=True)
class Section:
    """What was found in one field of a form in one language."""

    label: str
    anchor: str
    language: str
    shown: list[Shown]
    more: int


@dataclass(frozen=True)
class Panel:
    """Everything that was found in a form; false when that is nothing."""

    sections: list[Section]
    faults: int
    hints: int

    def __bool__(self) -> bool:
        return bool(self.sections)


@dataclass(frozen=True)
class _Text:
    """A text of a form: its field, and what it says."""

    form: Any
    name: str
    label: str
    written: Written

    @property
    def language(self) -> str:
        return self.name[-2:]


def panel(form: Any, formsets: Iterable[Any] = ()) -> Panel:
    """What is found in the texts of a form and its rows, as stored or as just typed.

    Texts in a language that the item is not meant for are left alone. Three queries at most,
    however many texts and rows there are.
    """
    rows = [form, *(row for formset in formsets for row in formset.forms if not _goes(row))]
    rows = [row for row in rows if issubclass(_model(row), Bilingual)]
    if not rows:
        return Panel([], faults=0, hints=0)
    known, pictures = _meanings(), _pictures(rows)
    sections, every = [], []
    for code in _languages(form):
        texts = [text for row in rows for text in _texts(row, code, is_row=row is not form)]
        found = findings([text.written for text in texts], code, known[code])
        for text, here in zip(texts, found, strict=True):
            here = [*here, *_about_pictures(text, pictures)]
            every += here
            if here:
                sections.append(_section(text, here))
    hints = sum(finding.is_hint for finding in every)
    return Panel(sections, faults=len(every) - hints, hints=hints)


def tell(request: HttpRequest, form: Any, formsets: Iterable[Any]) -> None:
    """Say after saving what is worth a look in the item, and where."""
    found = panel(form, formsets)
    if not found:
        return
    options, count = form.instance._meta, found.faults + found.hints
    told = ngettext(
        "It is saved. %(count)d thing in its texts is worth a look.",
        "It is saved. %(count)d things in its texts are worth a look.",
        count,
    ) % {"count": count}
    address = reverse(
        f"admin:{options.app_label}_{options.model_name}_change", args=[form.instance.pk]
    )
    link = format_html('<a href="{}#findings">{}</a>', address, gettext("Show the places"))
    messages.warning(request, format_html("{} {}", told, link))


def _model(form: Any) -> type[models.Model]:
    return form._meta.model


def _goes(row: Any) -> bool:
    """True for a row that is to be deleted."""
    return "DELETE" in row.fields and bool(row["DELETE"].value())


def _languages(form: Any) -> Sequence[str]:
    """The languages that readers are to get the item in."""
    if "pairing" in form.fields:
        pairing = form["pairing"].value()
    else:
        pairing = getattr(form.instance, "pairing", Pairing.BOTH)
    return (pairing,) if pairing in languages.CODES else languages.CODES


def _texts(form: Any, language: str, *, is_row: bool) -> Iterator[_Text]:
    """The texts of a form in a language, in the order in which they stand there."""
    model = _model(form)
    written = set(model.translated_fields()) - set(model.not_prose)
    for name, field in form.fields.items():
        original = name.removesuffix(f"_{language}")
        if original == name or original not in written:
            continue
        db_field = model._meta.get_field(original)
        value = form[name].value()
        if isinstance(db_field, _NOT_WRITTEN) or not isinstance(value, str) or not value.strip():
            continue
        label = str(field.label)
        if is_row:
            label = f"{capfirst(str(model._meta.verbose_name))} {_number(form)}: {label}"
        yield _Text(form, name, label, _read(db_field, value))


def _read(db_field: Any, value: str) -> Written:
    if isinstance(db_field, RichTextField):
        # Pages set a heading over every rich text but the main one.
        return rich(value, under=1 if db_field.name == "body" else 2)
    return plain(value, is_prose=isinstance(db_field, models.TextField))


def _number(row: Any) -> str:
    """The number of a row, as the form shows it."""
    number = row.prefix.rpartition("-")[2]
    return str(int(number) + 1) if number.isdigit() else ""


def _meanings() -> dict[str, dict[str, str]]:
    """What abbreviations stand for in each language: organisations' own, and terms' short synonyms.

    An organisation is whatever has a translated name and a translated abbreviation of it.
    """
    known: dict[str, dict[str, str]] = {code: {} for code in languages.CODES}
    for model in bilingual_models().values():
        if {"name", "abbreviation"} <= set(model.translated_fields()):
            for body in model._default_manager.order_by():
                for code in languages.CODES:
                    if short := getattr(body, f"abbreviation_{code}"):
                        known[code][short] = getattr(body, f"name_{code}") or ""
    columns = [f"{name}_{code}" for code in languages.CODES for name in ("term", "synonyms")]
    for sv, sv_synonyms, fi, fi_synonyms in Term.objects.order_by().values_list(*columns):
        for code, term, synonyms in (("sv", sv, sv_synonyms), ("fi", fi, fi_synonyms)):
            short = [one for one in (synonyms or "").split() if one.isupper() and len(one) > 1]
            known[code].update(dict.fromkeys(short, term))
    return known


def _picture_field(form: Any) -> str:
    """The name of a form's field that chooses a picture; "" where there is none."""
    return next(
        (
            field.name
            for field in _model(form)._meta.fields
            if field.related_model is Image and field.name in form.fields
        ),
        "",
    )


def _pictures(rows: Iterable[Any]) -> dict[str, Image]:
    """The pictures that the forms choose, by their keys as forms write them."""
    chosen = {str(row[name].value()) for row in rows if (name := _picture_field(row))}
    pictures = Image.objects.in_bulk([int(key) for key in chosen if key.isdecimal()])
    return {str(key): picture for key, picture in pictures.items()}


def _about_pictures(text: _Text, pictures: dict[str, Image]) -> Iterator[Finding]:
    """Text alternatives that say nothing, or the same as the caption; figures nobody has told."""
    field, words = text.name.removesuffix(f"_{text.language}"), text.written.text.strip()
    whole = (0, len(text.written.text))
    if field == "alt" and _FILE_NAME.fullmatch(words):
        yield Finding(Rule.ALT_IS_FILE_NAME, *whole)
    if field != "caption" or not (name := _picture_field(text.form)):
        return
    picture = pictures.get(str(text.form[name].value()))
    if picture is None or picture.is_decorative:
        return
    if _same(words, getattr(picture, f"alt_{text.language}") or ""):
        yield Finding(Rule.ALT_IS_CAPTION, *whole)
    description = f"long_description_{text.language}"
    if description in text.form.fields and not text.form[description].value():
        yield Finding(Rule.NO_DESCRIPTION, *whole)


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" .").lower()


def _section(text: _Text, found: list[Finding]) -> Section:
    field: forms.BoundField = text.form[text.name]
    return Section(
        label=text.label,
        anchor=field.id_for_label,
        language=text.language,
        shown=[_shown(text.written.text, finding) for finding in found[:_MOST]],
        more=max(0, len(found) - _MOST),
    )


def _shown(text: str, finding: Finding) -> Shown:
    start, end = finding.start, finding.end
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    # Cut between words, and said to be cut.
    if start - len(before) > 0 and text[start - len(before) - 1] != "\n":
        before = f"… {before.partition(' ')[2]}"
    if end + len(after) < len(text) and text[end + len(after)] != "\n":
        after = f"{after.rpartition(' ')[0]} …"
    words = text[start:end]
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"
        after = ""
    sought = text[start:end][:_AROUND].partition("\n")[0]
    nth = text.count(sought, 0, start) if sought else 0
    return Shown(finding, before, words, after, sought, nth)
