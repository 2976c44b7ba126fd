"""Who may do what: the rights beside Django’s own, and what belongs to a user’s municipality.

Django’s rights (add, change, delete, view) hold for every item of a model and all its fields. Those
here widen what the right to view gives, or narrow what the right to change does.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db import models

from foundation.content import languages
from foundation.content.models import Bilingual

# To publish, schedule and take down; without it, what readers get stays as it was decided.
PUBLISH = "content.publish"
# To take whole tables out and in.
EXCHANGE_TABLES = "content.exchange_tables"
# To edit what belongs to the municipality or regional actor that the user is a member for.
EDIT_OWN = "content.edit_own"
# To write in one language the texts of what the user may view.
TRANSLATE = {code: f"content.translate_{code}" for code in languages.CODES}


@dataclass(frozen=True)
class Parties:
    """Whom a user edits for: ids of municipalities and regional actors, and the user’s own."""

    user: int
    municipalities: frozenset[int]
    regional_actors: frozenset[int]


# What says for whom a user edits, as pairs of ids; set by the room that knows memberships.
_parties_held: list[Callable[[Any], Iterable[tuple[int | None, int | None]]]] = []


def edits_for(parties: Callable[[Any], Iterable[tuple[int | None, int | None]]]) -> None:
    """Ask the function for whom a user edits: ids of a municipality or of a regional actor."""
    _parties_held.append(parties)


def parties_of(user: Any) -> Parties | None:
    """Whom the user edits for today; None for who has no such right or no membership any more.

    One query for a user with the right, at the first asking.
    """
    if user.is_superuser or not user.has_perm(EDIT_OWN):
        return None
    if not hasattr(user, "_parties"):
        held = [pair for parties in _parties_held for pair in parties(user)]
        municipalities = frozenset(one for one, _other in held if one)
        regional_actors = frozenset(other for _one, other in held if other)
        user._parties = Parties(user.pk, municipalities, regional_actors) if held else None
    return user._parties


def has_left(user: Any) -> bool:
    """True for a user with no other right than to edit for a party, and no party any more."""
    if user.is_superuser or user.get_all_permissions() != {EDIT_OWN}:
        return False
    return parties_of(user) is None


def belonging(user: Any, model: type[models.Model]) -> models.QuerySet | None:
    """What of a model belongs to the user’s parties; None for who has none.

    A model says it with a queryset method `belonging_to(parties)`; of others, nothing does.
    """
    parties = parties_of(user)
    if parties is None:
        return None
    rows: Any = model._default_manager.all()
    return rows.belonging_to(parties) if says_whose(model) else rows.none()


def says_whose(model: type[models.Model]) -> bool:
    """True for a model that knows what of it belongs to a municipality or regional actor."""
    return hasattr(model._default_manager.none(), "belonging_to")


def has_right(user: Any, action: str, model: type[models.Model]) -> bool:
    """True for Django’s right to do the action with every item of the model."""
    options = model._meta
    return user.has_perm(f"{options.app_label}.{get_permission_codename(action, options)}")


def may_view_all(user: Any, model: type[models.Model]) -> bool:
    """True for who may see every item of the model."""
    return has_right(user, "view", model) or has_right(user, "change", model)


def translates(user: Any, model: type[models.Model]) -> Set[str]:
    """The languages in which the user may write the model’s texts, and nothing else of it."""
    if not issubclass(model, Bilingual) or not may_view_all(user, model):
        return frozenset()
    return {code for code, right in TRANSLATE.items() if user.has_perm(right)}


def may_write(user: Any, model: type[models.Model], language: str) -> bool:
    """True for who may write the texts of every item of the model in a language."""
    return has_right(user, "change", model) or language in translates(user, model)
