"""What is outstanding in each language: missing texts, and texts whose other side has changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CASCADE, Exists, F, ForeignKey, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from foundation.content import languages
from foundation.content.models import Addressed, Bilingual, Content, LanguageState
from foundation.content.publication import Decision, Pairing
from foundation.content.templatetags.content import text as marked_text


def bilingual_models() -> dict[str, type[Bilingual]]:
    """The bilingual models by the name of their table, which is how states name them."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if issubclass(model, Bilingual) and not model._meta.proxy
    }


def outstanding(language: str) -> QuerySet[Any]:
    """The states of texts that wait for this language, oldest first.

    The other side is ahead of it, and the item is meant to exist in both languages: a text that is
    declared to exist in one language only waits for nobody, and neither do its parts.
    """
    ahead = f"{languages.other(language)}_changed_at"
    return (
        LanguageState.objects.filter(
            ~_of_a_part_in_one_language(), **{f"{ahead}__isnull": False}, pairing=Pairing.BOTH
        )
        .annotate(since=F(ahead))
        .order_by(ahead, "kind", "object_id", "field")
    )


def outstanding_for_staff(language: str) -> QuerySet[Any]:
    """What staff may write of that: all but what somebody else is still writing."""
    return outstanding(language).exclude(_of_what_is_unsent())


def _of_a_part_in_one_language() -> Q:
    """Condition for states of rows that belong to an item in one language only."""
    condition = Q(pk__in=[])
    for table, model in bilingual_models().items():
        of_one = Q()
        for owner in _owners(model):
            of_one |= Q(**{f"{owner.name}__pairing__in": languages.CODES})
        if of_one:
            parts = model._default_manager.filter(of_one, pk=OuterRef("object_id")).order_by()
            condition |= Q(Exists(parts), kind=table)
    return condition


def _owners(model: type[Bilingual]) -> list[Any]:
    """The fields by which a row says what content it is a part of."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and field.remote_field.on_delete is CASCADE
        and issubclass(field.related_model, Content)
    ]


def _unsent(model: type[Bilingual]) -> QuerySet[Any]:
    """The keys of what is not for staff yet, and of its parts."""
    if issubclass(model, Content):
        rows: Any = model._default_manager
        return rows.unsent().order_by().values("pk")
    of_unsent = Q(pk__in=[])
    for owner in _owners(model):
        of_unsent |= Q(**{f"{owner.name}__in": _unsent(owner.related_model)})
    return model._default_manager.filter(of_unsent).order_by().values("pk")


def _of_what_is_unsent() -> Q:
    """Condition for states of what is not for staff yet."""
    condition = Q(pk__in=[])
    for table, model in bilingual_models().items():
        condition |= Q(kind=table, object_id__in=_unsent(model))
    return condition


def for_staff(model: type[Bilingual]) -> QuerySet[Any]:
    """The rows of a model whose texts staff may read and write."""
    return model._default_manager.exclude(pk__in=_unsent(model))


def missing(language: str) -> Q:
    """Condition for states whose side in this language is empty."""
    return Q(**{f"{language}_is_filled": False})


@dataclass(frozen=True)
class Outstanding:
    """One text that waits for a language: where, since when, and who wrote the other side."""

    state: LanguageState
    item: Bilingual
    language: str

    @property
    def waits(self) -> bool:
        """True while the other side is ahead of this language."""
        return self.since is not None and self.state.pairing == Pairing.BOTH

    @property
    def is_missing(self) -> bool:
        """True when there is no text yet; else the other side has changed."""
        return not getattr(self.state, f"{self.language}_is_filled")

    @property
    def since(self) -> datetime | None:
        """The moment the other side got ahead; None when it is not."""
        return getattr(self.state, f"{languages.other(self.language)}_changed_at")

    @property
    def days(self) -> int:
        """How many whole days the text has waited."""
        return (timezone.now() - self.since).days if self.since else 0

    @property
    def author(self) -> Any:
        """Who changed the other side; None for an import or a command."""
        return getattr(self.state, f"{languages.other(self.language)}_changed_by")

    @property
    def is_public(self) -> bool:
        """True when readers meet the item as it stands."""
        return not isinstance(self.item, Content) or self.item.decision == Decision.PUBLIC

    @property
    def heading(self) -> SafeString | str:
        """What the item is called, marked with its language where that is not the reader's."""
        if isinstance(self.item, Addressed):
            return marked_text(self.item, self.item.name_field) or str(self.item)
        return format_html("{} {}", capfirst(self.model_name), self.item)

    @property
    def kind(self) -> SafeString | str:
        """What kind of item it is; of a row in another item's form, that item."""
        if isinstance(self.item, Addressed):
            return self.model_name
        for field in self.item._meta.fields:
            owner = getattr(self.item, field.name) if isinstance(field, ForeignKey) else None
            if isinstance(owner, Addressed):
                return marked_text(owner, owner.name_field) or str(owner)
        return ""

    @property
    def model_name(self) -> str:
        return str(self.item._meta.verbose_name)

    @property
    def field_name(self) -> str:
        return str(getattr(self.item._meta.get_field(self.state.field), "verbose_name", ""))


def with_items(states: Iterable[LanguageState], language: str) -> list[Outstanding]:
    """The states with their items, one query for each kind of item among them."""
    states = list(states)
    models = bilingual_models()
    wanted: dict[str, set[int]] = defaultdict(set)
    for state in states:
        wanted[state.kind].add(state.object_id)
    items = {
        (kind, item.pk): item
        for kind, keys in wanted.items()
        if kind in models
        for item in _with_what_names_them(models[kind]).filter(pk__in=keys)
    }
    return [
        Outstanding(state, items[state.kind, state.object_id], language)
        for state in states
        if (state.kind, state.object_id) in items
    ]


def _with_what_names_them(model: type[Bilingual]) -> QuerySet:
    """The rows of a model; those without a page are named by what they belong to."""
    rows: QuerySet = model._default_manager.all()
    if issubclass(model, Addressed):
        return rows
    named_by = [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]
    return rows.select_related(*named_by) if named_by else rows


def refusals(item: Bilingual, column: str, error: ValidationError | IntegrityError) -> list[str]:
    """Why an item was refused when a column of it was written, in words.

    What is wrong in another field is said with that field's name.
    """
    if isinstance(error, IntegrityError):
        # The item's rules were checked before: what is left are two who save at one instant.
        return [
            gettext(
                "Nothing was changed. Another item needs this one as it is, or a colleague "
                "changed something at the same moment. Look at it again, then try once more."
            )
        ]
    names = {field.name: str(field.verbose_name) for field in item._meta.fields}
    return [
        message if name == column or name not in names else f"{names[name]}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]
