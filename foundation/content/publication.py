"""One publication state, defined once: for pages, lists, feeds, sitemap and the admin alike.

What is stored is the editor's decision (`draft`, `public`, `withdrawn`) and two moments; the state
follows from them and the clock, so that scheduled items appear and leave by themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content import languages


class Decision(models.TextChoices):
    """What the editor has decided about an item."""

    DRAFT = "draft", _("Draft")
    PUBLIC = "public", _("Public")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class State(models.TextChoices):
    """What follows for the reader at a given moment."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Pairing(models.TextChoices):
    """Which languages an item is meant to exist in."""

    BOTH = "both", _("Swedish and Finnish")
    SWEDISH_ONLY = "sv", _("Swedish only")
    FINNISH_ONLY = "fi", _("Finnish only")


def in_state(state: State, moment: datetime) -> Q:
    """Condition for rows that are in the given state at the given moment."""
    public = Q(decision=Decision.PUBLIC)
    ended = Q(withdraw_at__isnull=False, withdraw_at__lte=moment)
    return {
        State.DRAFT: Q(decision=Decision.DRAFT),
        State.SCHEDULED: public & Q(publish_at__gt=moment) & ~ended,
        State.PUBLISHED: public & Q(publish_at__lte=moment) & ~ended,
        State.WITHDRAWN: Q(decision=Decision.WITHDRAWN) | (public & ended),
    }[state]


def drafts_of(user: int) -> Q:
    """Condition for the drafts that a user answers for."""
    return Q(decision=Decision.DRAFT, responsible=user)


# By model, which drafts have not been sent in: said by the room that takes drafts in.
_unsent: dict[type[models.Model], Q] = {}


def keep_to_its_writer(model: type[models.Model], unsent: Q) -> None:
    """Leave the drafts that meet the condition out of all that staff see."""
    _unsent[model] = unsent


def state_expression(moment: datetime) -> Case:
    """The state as a column, for lists that show or filter it."""
    return Case(
        *(When(in_state(state, moment), then=Value(state.value)) for state in State),
        output_field=models.CharField(),
    )


# Table and id of the one item that is shown, while a preview is drawn, as if it were published.
_previewed: ContextVar[tuple[str, int] | None] = ContextVar("previewed", default=None)


@contextmanager
def previewing(item: models.Model) -> Iterator[None]:
    """Open the door of `published()` for one more item, inside the block only."""
    token = _previewed.set((item._meta.db_table, item.pk))
    try:
        yield
    finally:
        _previewed.reset(token)


def is_previewing() -> bool:
    """True while a preview is being drawn, whatever item it is of."""
    return _previewed.get() is not None


def is_previewed(item: models.Model) -> bool:
    """True for the item whose preview is being drawn."""
    return _previewed.get() == (item._meta.db_table, item.pk)


def previewed_key(model: type[models.Model]) -> int:
    """The id of the item of a model whose preview is being drawn; 0, which none has, otherwise."""
    kind, pk = _previewed.get() or ("", 0)
    return pk if kind == model._meta.db_table else 0


class ContentQuerySet(models.QuerySet):
    """Rows of content; `published()` is the only door to the public."""

    def published(self, moment: datetime | None = None) -> "ContentQuerySet":
        """What a reader may see at the moment given (now, if none is)."""
        public = in_state(State.PUBLISHED, moment or timezone.now())
        if pk := previewed_key(self.model):
            public |= Q(pk=pk)
        return self.filter(public)

    def unsent(self) -> "ContentQuerySet":
        """What somebody outside the staff is still writing, for nobody else to see."""
        condition = _unsent.get(self.model)
        return self.filter(condition) if condition else self.none()

    def for_staff(self) -> "ContentQuerySet":
        """What staff may see: all but what has not been sent to them yet."""
        return self.exclude(pk__in=self.model._default_manager.unsent().order_by().values("pk"))

    def with_state(self, moment: datetime | None = None) -> "ContentQuerySet":
        """Every row with its `state` at the moment given."""
        return self.annotate(state=state_expression(moment or timezone.now()))


def filled(field: str, language: str) -> Q:
    """Condition for a text that exists; false, never NULL, for one that does not."""
    column = f"{field}_{language}"
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})


def published_is_complete(*fields: str) -> models.CheckConstraint:
    """Constraint: what is public has these texts in both languages, or in the one declared."""
    complete = {code: Q() for code in languages.CODES}
    for code in languages.CODES:
        for field in fields:
            complete[code] &= filled(field, code)
    allowed = Q(pairing=Pairing.BOTH) & complete["sv"] & complete["fi"]
    for code in languages.CODES:
        allowed |= Q(pairing=code) & ~Q(pairing_reason="") & complete[code]
    return models.CheckConstraint(
        condition=~Q(decision=Decision.PUBLIC) | allowed,
        name="%(class)s_published_is_complete_or_declared",
        violation_error_message=_(
            "To be public, the text must be complete in both languages, or be declared to exist "
            "in one language only, with a reason."
        ),
    )


def one_of_the_choices(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """Constraint: the field holds one of its choices, whoever writes it."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=f"%(class)s_{field}_is_known",
        violation_error_message=_("Choose one of the values offered."),
    )


def published_has_its_moment() -> models.CheckConstraint:
    """Constraint: what is public says since when."""
    return models.CheckConstraint(
        condition=~Q(decision=Decision.PUBLIC) | Q(publish_at__isnull=False),
        name="%(class)s_published_since_a_moment",
        violation_error_message=_("Say from which moment the item is public."),
    )


def withdrawn_after_published() -> models.CheckConstraint:
    """Constraint: an item is taken down after it is put up."""
    return models.CheckConstraint(
        condition=Q(withdraw_at__isnull=True)
        | Q(publish_at__isnull=True)
        | Q(withdraw_at__gt=models.F("publish_at")),
        name="%(class)s_withdrawn_after_published",
        violation_error_message=_("The item must be taken down after it is published."),
    )


def missing_texts(item: Any, *fields: str) -> dict[str, list[str]]:
    """Fields without text, for each language the item is meant to exist in."""
    wanted = languages.CODES if item.pairing == Pairing.BOTH else (item.pairing,)
    return {
        code: [field for field in fields if not getattr(item, f"{field}_{code}")] for code in wanted
    }
