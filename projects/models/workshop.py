"""Workshops, and processes of several workshops."""

import uuid
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.content.constraints import rule_at_commit
from foundation.content.models import Content
from foundation.content.publication import ContentQuerySet, drafts_of, published_is_complete
from foundation.content.richtext import RichTextField
from foundation.editing.rights import Parties
from municipalities.models import Municipality
from projects.halfyears import HalfYear
from projects.models.theme import Theme

HELSINKI = ZoneInfo("Europe/Helsinki")


class WorkshopSeries(Content):
    """A process of several workshops, with what came of it."""

    route = "projects:series_detail"

    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="series",
    )
    outcome = RichTextField(
        _("Outcome"),
        null=True,
        blank=True,
        help_text=_("What came of it: shown first on the page."),
    )

    class Meta(Content.Meta):
        verbose_name = _("series of workshops")
        verbose_name_plural = pgettext_lazy("plural", "series of workshops")
        ordering = ["pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
        ]


class WorkshopQuerySet(ContentQuerySet):
    """Workshops in time."""

    def upcoming(self, day: date | None = None) -> "WorkshopQuerySet":
        """Those that have not passed, next first."""
        return self.filter(last_day__gte=day or timezone.localdate()).order_by(
            "day", "start_time", "pk"
        )

    def past(self, day: date | None = None) -> "WorkshopQuerySet":
        """Those that have passed, latest first."""
        return self.filter(last_day__lt=day or timezone.localdate()).order_by(
            "-day", "-start_time", "-pk"
        )

    def belonging_to(self, parties: Parties) -> "WorkshopQuerySet":
        """Those for the parties' municipalities, and the user's own drafts."""
        for_them = self.model.municipalities.through.objects.filter(
            workshop__level=Workshop.Level.MUNICIPALITY,
            municipality__in=parties.municipalities,
        )
        return self.filter(Q(pk__in=for_them.values("workshop")) | drafts_of(parties.user))


# What a participant must hear of when it changes; a blank place is no other place than none.
_MOVED_BY = ("day", "last_day", "start_time", "end_time", "status", "online_url")
_MOVED_BY_TEXTS = ("place_sv", "place_fi")


def _what_moves_it(row: str) -> str:
    columns = [f"{row}.{name}" for name in _MOVED_BY]
    columns += [f"NULLIF({row}.{name}, '')" for name in _MOVED_BY_TEXTS]
    return ", ".join(columns)


# SQL: the time or place differs from what readers were told before. What is told for the first
# time, such as the hours of a day, is no move.
_IS_MOVED = " OR ".join(
    f"(NULLIF(OLD.{name}::text, '') IS NOT NULL "
    f"AND OLD.{name}::text IS DISTINCT FROM NULLIF(NEW.{name}::text, ''))"
    for name in ("day", "last_day", "start_time", "end_time", "place_sv", "place_fi")
)


class Workshop(Content):
    """An event on a day, with or without times, by the clock in Helsinki."""

    class Level(models.TextChoices):
        MUNICIPALITY = "municipality", _("For a municipality")
        REGIONAL = "regional", _("Regional")
        NATIONAL = "national", _("National")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CONFIRMED = "confirmed", _("Confirmed")
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        HELD = "held", _("Held")

    route = "projects:workshop_detail"

    series = models.ForeignKey(
        WorkshopSeries,
        verbose_name=_("Series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="workshops",
    )
    level = models.CharField(_("Level"), max_length=12, choices=Level, default=Level.NATIONAL)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("Municipalities"), blank=True, related_name="workshops"
    )
    day = models.DateField(_("Day"))
    last_day = models.DateField(_("Last day"), blank=True, help_text=_("Left empty: the same day."))
    start_time = models.TimeField(
        _("Begins"), null=True, blank=True, help_text=_("Empty when the time is not known.")
    )
    end_time = models.TimeField(_("Ends"), null=True, blank=True)
    status = models.CharField(_("Status"), max_length=9, choices=Status, default=Status.PLANNED)
    former_day = models.DateField(
        _("Former day"),
        null=True,
        blank=True,
        help_text=_(
            "Kept by itself when the day of a public workshop changes. Readers see it while the "
            "status is moved."
        ),
    )
    place = models.CharField(_("Place"), max_length=200, null=True, blank=True)
    online_url = models.URLField(_("Address for taking part online"), blank=True)
    audience = models.CharField(_("For whom"), max_length=300, null=True, blank=True)
    participants = models.PositiveSmallIntegerField(
        _("Number of participants"),
        null=True,
        blank=True,
        help_text=_("How many took part. Empty when it is not known: it is never guessed."),
    )
    programme = RichTextField(_("Programme"), null=True, blank=True)
    questions = RichTextField(_("Questions to work on"), null=True, blank=True)
    outcome = RichTextField(_("Outcome"), null=True, blank=True)
    # Calendar programs know an event by these two (RFC 5545, 3.8.4.7 and 3.8.7.4).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager] = WorkshopQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Content.Meta):
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["-day", "-start_time"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("day")),
                name="workshop_ends_on_or_after_its_first_day",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(start_time__isnull=True, end_time__isnull=True)
                | Q(start_time__isnull=False, end_time__isnull=False),
                name="workshop_has_both_times_or_neither",
                violation_error_message=_("Give both times, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(start_time__isnull=True)
                | Q(last_day__gt=F("day"))
                | Q(end_time__gt=F("start_time")),
                name="workshop_ends_after_it_begins",
                violation_error_message=_("The workshop must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=["municipality", "regional", "national"]),
                name="workshop_level_is_known",
                violation_error_message=_("Choose one of the three levels."),
            ),
            models.CheckConstraint(
                condition=Q(former_day__isnull=True) | ~Q(former_day=F("day")),
                name="workshop_moves_from_another_day",
                violation_error_message=_("The former day must be another than the day."),
            ),
            models.CheckConstraint(
                condition=Q(participants__isnull=True) | Q(participants__gte=1),
                name="workshop_participants_are_some_or_unknown",
                violation_error_message=_("Leave the number empty when it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "confirmed", "moved", "cancelled", "held"]),
                name="workshop_status_is_known",
                violation_error_message=_("Choose one of the five statuses."),
            ),
        ]
        triggers = [
            *Content.Meta.triggers,
            pgtrigger.Trigger(
                name="keep_the_uid",
                operation=pgtrigger.UpdateOf("uid"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.uid IS DISTINCT FROM NEW.uid"),
                func="""
                    RAISE EXCEPTION 'violates the rule workshop_uid_never_changes'
                        USING ERRCODE = 'check_violation',
                              CONSTRAINT = 'workshop_uid_never_changes';""",
            ),
            # Counted in the database, so that no way of saving keeps a change from those who
            # subscribe to a calendar, nor takes the number back (RFC 5545, 3.8.7.4).
            pgtrigger.Trigger(
                name="raise_sequence",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    NEW.sequence = OLD.sequence;
                    IF ({_what_moves_it("OLD")}) IS DISTINCT FROM ({_what_moves_it("NEW")}) THEN
                        NEW.sequence = OLD.sequence + 1;
                        NEW.updated_at = GREATEST(NEW.updated_at, now());
                    END IF;
                    RETURN NEW;""",
            ),
            # Whoever moves a workshop, its readers are told from when; an editor's word wins.
            pgtrigger.Trigger(
                name="keep_the_former_day",
                operation=pgtrigger.UpdateOf("day"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("OLD.day IS DISTINCT FROM NEW.day"),
                func="""
                    IF NEW.former_day IS NULL OR NEW.former_day = OLD.former_day THEN
                        NEW.former_day = CASE WHEN OLD.decision = 'public' THEN OLD.day
                                              ELSE NULLIF(NEW.former_day, NEW.day) END;
                    END IF;
                    RETURN NEW;""",
            ),
            # Told by the database too, so that whoever moves or cancels a workshop also tells its
            # followers. Putting right what has passed is no news; nor is what nobody could see.
            # Several corrections within the hour are one change.
            pgtrigger.Trigger(
                name="tell_of_moves",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                declare=[("happened", "TEXT")],
                func=f"""
                    happened = CASE
                        WHEN NEW.status = 'cancelled' AND OLD.status <> 'cancelled'
                            THEN 'cancelled'
                        WHEN OLD.status = 'cancelled' AND NEW.status <> 'cancelled'
                            THEN 'reinstated'
                        WHEN NEW.status = 'cancelled' THEN NULL
                        WHEN NEW.status = 'moved' AND OLD.status <> 'moved' THEN 'moved'
                        WHEN ({_IS_MOVED})
                            AND COALESCE(current_setting('portal.small_change', true), '') <> 'yes'
                            THEN 'moved'
                        END;
                    IF happened IS NULL
                        OR GREATEST(OLD.last_day, NEW.last_day)
                            < (now() AT TIME ZONE '{HELSINKI.key}')::date
                        OR NOT (OLD.decision = 'public' AND NEW.decision = 'public'
                            AND OLD.publish_at <= now() AND NEW.publish_at <= now()
                            AND COALESCE(NEW.withdraw_at > now(), true))
                    THEN RETURN NULL; END IF;
                    UPDATE content_changenote SET moment = now()
                        WHERE kind = TG_TABLE_NAME AND object_id = NEW.id AND event = happened
                            AND moment > now() - interval '1 hour';
                    IF NOT FOUND THEN
                        INSERT INTO content_changenote (kind, object_id, moment, event, pairing)
                        VALUES (TG_TABLE_NAME, NEW.id, now(), happened, NEW.pairing);
                    END IF;
                    RETURN NULL;""",  # noqa: S608 -- made of names of ours
            ),
            rule_at_commit(
                "workshop_for_a_municipality_names_one",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("level"),
                broken_when="""
                    EXISTS (SELECT FROM projects_workshop
                            WHERE id = item.id AND level = 'municipality')
                    AND NOT EXISTS (SELECT FROM projects_workshop_municipalities
                                    WHERE workshop_id = item.id)""",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; without a last day the workshop ends the day it begins."""
        self.last_day = self.last_day or self.day
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Fill in the last day before it is checked against the first.

        Whoever moves a workshop back finds its day as the former one; the database keeps the right
        one when the workshop is saved.
        """
        self.last_day = self.last_day or self.day
        if self.day and self._moves_back():
            self.former_day = None
        super().clean_fields(exclude=exclude)

    def route_arguments(self) -> dict[str, Any]:
        return {"year": self.day.year}

    def _moves_back(self) -> bool:
        """True when the day is being changed to the one that is kept as the former."""
        kept = type(self)._base_manager.filter(pk=self.pk, former_day=self.day)
        return self.former_day == self.day and kept.exclude(day=self.day).exists()

    @property
    def is_all_day(self) -> bool:
        """True when only the day is known."""
        return self.start_time is None

    @property
    def starts_at(self) -> datetime:
        """The beginning, with Helsinki's time zone; midnight when no time is known."""
        return datetime.combine(self.day, self.start_time or time.min, HELSINKI)

    @property
    def ends_at(self) -> datetime:
        """The end, with Helsinki's time zone; the day's last minute when no time is known."""
        return datetime.combine(self.last_day, self.end_time or time(23, 59), HELSINKI)

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def has_passed(self) -> bool:
        """True when the last day is over, by the clock in Helsinki."""
        return self.last_day < timezone.localdate()

    @property
    def is_to_come(self) -> bool:
        """True while one may still go there."""
        return not self.has_passed and not self.is_cancelled

    @property
    def has_outcome(self) -> bool:
        """True when it is over and a text tells what came of it."""
        return self.has_passed and not self.is_cancelled and bool(self.text("outcome"))

    @property
    def outcome_is_in_series(self) -> bool:
        """True when it is over and only its series tells what came of it."""
        if self.is_cancelled or not self.has_passed or not self.series:
            return False
        return not self.text("outcome") and bool(self.series.text("outcome"))

    @property
    def moved_from(self) -> date | None:
        """The day it was to be on, of a workshop that readers are told is moved."""
        return self.former_day if self.status == self.Status.MOVED else None

    @property
    def half_year(self) -> HalfYear:
        return HalfYear.of(self.day)


class WorkshopMunicipality(Workshop.municipalities.through):  # type: ignore[name-defined]
    """A municipality named by a workshop: the place of the rule that one may not lose its last."""

    class Meta:
        proxy = True
        triggers = [
            rule_at_commit(
                "workshop_for_a_municipality_keeps_one",
                operation=pgtrigger.Delete | pgtrigger.Update,
                broken_when="""
                    EXISTS (SELECT FROM projects_workshop
                            WHERE id = OLD.workshop_id AND level = 'municipality')
                    AND NOT EXISTS (SELECT FROM projects_workshop_municipalities
                                    WHERE workshop_id = OLD.workshop_id)""",
            )
        ]
