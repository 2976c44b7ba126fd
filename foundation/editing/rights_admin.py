"""The rights of users in the admin: which items, which fields and which choices they get.

Every admin of content inherits from here, and its inlines too. What a user may not write is no
field of the form, so that a crafted request cannot write it either.
"""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest

from foundation.content.models import Content, Image
from foundation.content.publication import Decision
from foundation.editing.rights import (
    PUBLISH,
    belonging,
    has_right,
    may_view_all,
    parties_of,
    says_whose,
    translates,
)

# What decides what readers get, and when.
DECISIONS = frozenset({"decision", "publish_at", "withdraw_at", "published_at"})
# Which readers get an item, and in which languages: nobody’s loss while it is a draft.
READERS = frozenset({"access", "pairing", "pairing_reason"})
# What staff decide about an item, whomever it belongs to.
OF_STAFF = frozenset(
    {"responsible", "review_by", "is_example", "news_sv", "news_fi", "removed_notes"}
)


def is_draft(item: Any) -> bool:
    """True for content that is no more than a draft, and for what is being made."""
    return item is None or getattr(item, "decision", None) == Decision.DRAFT


def shows_everything(request: HttpRequest, shown: Any) -> bool:
    """True where the user sees every item that the ModelAdmin has, not only a municipality's."""
    return not (isinstance(shown, RightsAdmin) and shown._is_limited(request))


def is_own_draft(user: Any, item: Any) -> bool:
    """True for a draft that the user answers for, and for what the user is making."""
    return item is None or (is_draft(item) and item.responsible_id == user.pk)


def offered(user: Any, model: type[models.Model]) -> models.QuerySet:
    """What those who edit for a municipality may choose: their own, and what readers see anyway."""
    rows: Any = model._default_manager.all()
    if says_whose(model):
        own = belonging(user, model)
        return rows.none() if own is None else own
    if issubclass(model, Content):
        return rows.published()
    is_closed = issubclass(model, Image) or not model._meta.app_config.name.startswith(
        ("municipalities", "projects", "publications")
    )
    return rows.none() if is_closed else rows


class _Fields:
    """What an admin and an inline have in common: fields withheld, and choices offered."""

    def _written_fields(self) -> set[str]:
        """Every field that the form could write, its own included."""
        own = self.model._meta
        names = {field.name for field in (*own.fields, *own.many_to_many) if field.editable}
        return names | set(self.form.declared_fields)

    def _relations(self) -> set[str]:
        own = self.model._meta
        return {field.name for field in (*own.fields, *own.many_to_many) if field.is_relation}

    def _pictures(self) -> set[str]:
        return {field.name for field in self.model._meta.fields if field.related_model is Image}

    def _but_texts(self, codes: Collection[str]) -> set[str]:
        """Every field but the texts in the languages."""
        translated = self.model.translated_fields()
        texts = {f"{name}_{code}" for name in translated for code in codes}
        declared = self.form.declared_fields
        hidden = {name for name, field in declared.items() if field.widget.is_hidden}
        return self._written_fields() - texts - hidden

    def _is_limited(self, request: HttpRequest) -> bool:
        """True for who sees of this model only what belongs to a municipality."""
        return not may_view_all(request.user, self.model) and bool(parties_of(request.user))

    def _limit(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        if self._is_limited(request):
            kwargs["queryset"] = offered(request.user, db_field.remote_field.model)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._limit(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._limit(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Suggestions only where the user may look; others choose from a short list."""
        registry = self.admin_site._registry
        names = super().get_autocomplete_fields(request)  # type: ignore[misc]
        return [
            name
            for name in names
            if (found := registry.get(self.model._meta.get_field(name).related_model))
            and found.has_view_permission(request)
        ]

    def withheld(self, request: HttpRequest, obj: Any = None) -> set[str]:
        """Fields that the user may not write in the form of the object, or of a new one."""
        possible = self._withheld_by_right(request, obj)
        return set.intersection(*possible) & self._written_fields() if possible else set()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return (*names, *sorted(self.withheld(request, obj) - set(names)))


def _decisions(user: Any, content: Any) -> set[str]:
    """Fields about publication that the user may not write."""
    if user.has_perm(PUBLISH):
        return set()
    # A file that is said to be public is so only with its material.
    may_plan = {"published_at"} if content is not None and is_draft(content) else set()
    readers = set() if is_draft(content) else READERS
    return (set(DECISIONS) - may_plan) | readers


class RightsAdmin(_Fields):
    """For a ModelAdmin: the items and fields that are the user’s."""

    # What those who edit for a municipality may do with what belongs to it: view, change, add.
    own_may: ClassVar[Collection[str]] = ("view",)
    # Fields that tie an item to a municipality beside its relations.
    ties: ClassVar[Collection[str]] = ()

    def _may_own(self, request: HttpRequest, action: str, obj: Any = None) -> bool:
        own = belonging(request.user, self.model) if action in self.own_may else None
        if own is None or not says_whose(self.model):
            return False
        return obj is None or own.filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) or self._may_own(request, "view")  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self._may_own(request, "view", obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or self._may_own(request, "add")  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            super().has_change_permission(request, obj)  # type: ignore[misc]
            or bool(translates(request.user, self.model))
            or self._may_own(request, "change", obj)
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)  # type: ignore[misc]
        if not self._is_limited(request):
            return rows
        own = belonging(request.user, self.model)
        return rows.none() if own is None else rows.filter(pk__in=own.order_by().values("pk"))

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Nothing that lists what belongs to others."""
        filters = super().get_list_filter(request)  # type: ignore[misc]
        if not self._is_limited(request):
            return filters
        relations = self._relations()
        return [one for one in filters if not isinstance(one, str) or one not in relations]

    def _withheld_by_right(self, request: HttpRequest, obj: Any) -> list[set[str]]:
        user, found = request.user, []
        if has_right(user, "change" if obj else "add", self.model):
            found.append(_decisions(user, obj))
        elif self._may_own(request, "change" if obj else "add", obj):
            found.append(self._withheld_from_own(user, obj))
        if obj and (codes := translates(user, self.model)):
            found.append(self._but_texts(codes))
        return found

    def _withheld_from_own(self, user: Any, obj: Any) -> set[str]:
        withheld = {*DECISIONS, *OF_STAFF, *self._pictures()}
        if not is_draft(obj):
            withheld |= {*READERS, "slug_sv", "slug_fi"}
        if not is_own_draft(user, obj):
            withheld |= {*self._relations(), *self.ties}
        return withheld

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; what is made for a municipality is its maker’s."""
        if not change and not has_right(request.user, "add", self.model):
            obj.responsible_id = request.user.pk
        super().save_model(request, obj, form, change)  # type: ignore[misc]


class RightsInline(_Fields):
    """For an inline: its rows are the user’s as far as the item they stand in is."""

    def _may_own(self, request: HttpRequest, obj: Any, *, writing: bool) -> bool:
        """True for the rows of what belongs to the user; they are written in own drafts only."""
        parent: Any = self.admin_site._registry.get(self.parent_model)
        if not isinstance(parent, RightsAdmin) or not issubclass(self.parent_model, Content):
            return False
        if writing and not is_own_draft(request.user, obj):
            return False
        return parent._may_own(request, "change" if writing else "view", obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self._may_own(  # type: ignore[misc]
            request, obj, writing=False
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) or self._may_own(  # type: ignore[misc]
            request, obj, writing=True
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) or self._may_own(  # type: ignore[misc]
            request, obj, writing=True
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            super().has_change_permission(request, obj)  # type: ignore[misc]
            or bool(translates(request.user, self.model))
            or self._may_own(request, obj, writing=True)
        )

    def _withheld_by_right(self, request: HttpRequest, obj: Any) -> list[set[str]]:
        user, found = request.user, []
        if has_right(user, "change", self.model) or has_right(user, "add", self.model):
            found.append(_decisions(user, obj))
        elif self._may_own(request, obj, writing=True):
            found.append({*DECISIONS, *OF_STAFF, *self._pictures()})
        if codes := translates(user, self.model):
            found.append(self._but_texts(codes))
        return found
