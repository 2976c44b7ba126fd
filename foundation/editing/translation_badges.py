"""What is known of each text's two languages, beside the text in its form."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.agreement import compared_fields
from foundation.content.models import Bilingual, LanguageState
from foundation.content.publication import Pairing

WORDS = {
    "empty": _("empty"),
    "changed": _("changed: the other language waits"),
    "older": _("the other language has changed"),
    "agreed": _("the languages correspond"),
}


def mark(forms: Iterable[Any]) -> None:
    """Write the state of each text of stored items into its label; one query for all the forms."""
    stored = [form for form in forms if isinstance(form.instance, Bilingual) and form.instance.pk]
    wanted: dict[str, list[int]] = {}
    for form in stored:
        wanted.setdefault(form.instance._meta.db_table, []).append(form.instance.pk)
    if not wanted:
        return
    condition = Q(pk__in=[])
    for kind, keys in wanted.items():
        condition |= Q(kind=kind, object_id__in=keys)
    # What the two once said is long, and not asked for here.
    states = LanguageState.objects.filter(condition).defer("agreed_sv", "agreed_fi")
    known = {(state.kind, state.object_id, state.field): state for state in states}
    for form in stored:
        table, key = form.instance._meta.db_table, form.instance.pk
        for name in compared_fields(type(form.instance)):
            state = known.get((table, key, name))
            if state is None or state.pairing != Pairing.BOTH:
                continue
            for code in languages.CODES:
                if f"{name}_{code}" in form.fields:
                    _label(form[f"{name}_{code}"], state_of(state, code))


def state_of(state: LanguageState, language: str) -> str:
    """How a text stands in a language: a key of WORDS."""
    if not getattr(state, f"{language}_is_filled"):
        return "empty"
    if getattr(state, f"{language}_changed_at"):
        return "changed"
    return "older" if getattr(state, f"{languages.other(language)}_changed_at") else "agreed"


def _label(field: Any, state: str) -> None:
    # The colon that ends a label stands before the state.
    field.field.label_suffix = ""
    field.label = format_html(
        '{}: <span class="field-state is-{}">{}</span>', field.label, state, WORDS[state]
    )
