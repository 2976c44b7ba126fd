"""The one table in which every write to content leaves a row."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _


def key_of(kind: str, object_id: Any) -> str:
    """A row's name within the whole database: its table and its number."""
    return f"{kind}:{object_id}"


class IsOneOf(Func):
    """Whether a value is an element of an array (SQL’s `= ANY (…)`)."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class ChangeQuerySet(models.QuerySet):
    """Changes, newest first."""

    def of_item(self, kind: str, object_id: int, part_kinds: list[str]) -> "ChangeQuerySet":
        """Those to an item and to the rows of these tables that are a part of it."""
        of_parts = Q(part_of__contains=[key_of(kind, object_id)], kind__in=part_kinds)
        return self.filter(Q(kind=kind, object_id=object_id) | of_parts)

    def in_bin(self) -> "ChangeQuerySet":
        """Deletions of what is still gone, and has not gone as a part of something else."""
        same = {name: OuterRef(name) for name in ("kind", "object_id")}
        put_back = Change.objects.filter(**same, pk__gt=OuterRef("pk"))
        with_it = Change.objects.filter(
            operation=Change.Operation.DELETED,
            transaction=OuterRef("transaction"),
            moment=OuterRef("moment"),
        ).exclude(pk=OuterRef("pk"))
        key = Concat("kind", Value(":"), F("object_id"), output_field=models.CharField())
        whole = with_it.filter(IsOneOf(key, OuterRef("part_of")))
        gone = self.filter(operation=Change.Operation.DELETED)
        return gone.filter(~Exists(put_back), ~Exists(whole))


class Change(models.Model):
    """One write to one row of content; made by a database trigger (see `recording`).

    Rows with the same transaction and moment were written together: they are one version of the
    item they belong to.
    """

    class Operation(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        DELETED = "deleted", _("Deleted")

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    # What the row is a part of, each by its table and number.
    part_of = ArrayField(models.CharField(max_length=90), default=list, blank=True)
    moment = models.DateTimeField(_("When"))
    transaction = models.BigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("By whom"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    operation = models.CharField(_("What happened"), max_length=7, choices=Operation)
    # Of a deleted row all of it; of a changed one the columns that changed. What an added row held
    # follows from what it is now and what came after.
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    after: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)

    objects: ClassVar[models.Manager] = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("bin")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operation="added", before__isnull=True, after__isnull=True)
                | Q(operation="changed", before__isnull=False, after__isnull=False)
                | Q(operation="deleted", before__isnull=False, after__isnull=True),
                name="change_tells_what_was_there_before",
                violation_error_message=_("A change tells what was there before it."),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="change_by_row"),
            GinIndex(fields=["part_of"], name="change_by_whole"),
            models.Index(fields=["transaction"], name="change_by_transaction"),
            models.Index(
                fields=["moment"], name="change_of_deleted", condition=Q(operation="deleted")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.operation}"
