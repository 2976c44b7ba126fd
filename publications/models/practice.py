"""Good practice: what works somewhere, described so that others can do it too."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.models import Addressed, Content
from foundation.content.publication import (
    ContentQuerySet,
    drafts_of,
    filled,
    published_is_complete,
)
from foundation.content.richtext import RichTextField
from foundation.content.slugs import slug_constraints
from foundation.editing.rights import Parties
from municipalities.models import NAMED_IN_BOTH, Municipality
from projects.models import Contact, Theme


class TaskArea(Addressed):
    """A statutory task area of municipalities, by which practices are grouped."""

    route = "publications:practice_list"
    name_field = "name"

    name = models.CharField(_("Name"), max_length=120, null=True)
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta(Addressed.Meta):
        verbose_name = _("task area")
        verbose_name_plural = _("task areas")
        ordering = ["position", "pk"]
        constraints = [
            *slug_constraints(),
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="task_area_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            ),
            models.CheckConstraint(
                condition=filled("slug", "sv") & filled("slug", "fi"),
                name="task_area_has_an_address_in_both_languages",
                violation_error_message=_("The task area needs an address in both languages."),
            ),
        ]

    def path(self, language: str | None = None, route: str | None = None, **extra: Any) -> str:
        """The place of the area on the page of all practices: it has no page of its own."""
        there = address(route or self.route, language, **extra)
        return f"{there}#{self.slug_in(language or languages.current())}"


class PracticeQuerySet(ContentQuerySet):
    """Good practice."""

    def belonging_to(self, parties: Parties) -> "PracticeQuerySet":
        """Those that began in the parties' municipalities, and the user's own drafts."""
        began = Adoption.objects.filter(is_origin=True, municipality__in=parties.municipalities)
        mine = Q(pk__in=began.order_by().values("practice"))
        return self.filter(mine | drafts_of(parties.user))


class Practice(Content):
    """A good practice: the need, the idea, how it is done and what came of it."""

    route = "publications:practice_detail"

    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="practices",
    )
    task_areas = models.ManyToManyField(
        TaskArea, verbose_name=_("Task areas"), blank=True, related_name="practices"
    )
    municipalities = models.ManyToManyField(
        Municipality,
        through="Adoption",
        related_name="practices",
        verbose_name=_("Municipalities"),
    )
    need = RichTextField(_("The need"), null=True, blank=True)
    idea = RichTextField(
        _("The idea"),
        null=True,
        blank=True,
        help_text=_("What one does differently, in a few sentences: the thought behind it."),
    )
    how = RichTextField(_("How it is done"), null=True, blank=True)
    results = RichTextField(_("Results"), null=True, blank=True)
    requirements = RichTextField(_("What it takes"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("Contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practices",
    )
    full_model = models.URLField(
        _("Full description elsewhere"),
        blank=True,
        help_text=_("Address of the full model, for example in a national model bank."),
    )

    objects: ClassVar[models.Manager] = PracticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Content.Meta):
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
        ]

    @property
    def full_model_host(self) -> str:
        """The site that the full description is on, as its readers name it: innokyla.fi."""
        return (urlsplit(self.full_model).hostname or "").removeprefix("www.")


class PracticeTaskArea(Practice.task_areas.through):  # type: ignore[name-defined]
    """A task area of a practice: the place of the trigger that tells search of it."""

    class Meta:
        proxy = True


class Adoption(models.Model):
    """That a municipality works by a practice, as its origin or after others."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    is_origin = models.BooleanField(_("Began here"), default=False)

    class Meta:
        verbose_name = _("municipality that does this")
        verbose_name_plural = _("municipalities that do this")
        ordering = ["-is_origin", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "municipality"],
                name="practice_names_a_municipality_once",
                violation_error_message=_("The municipality is already named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class AdoptionRequest(models.Model):
    """That a municipality's reader says it works by a practice too; shown once staff agree.

    It is no Adoption yet, so that nothing which reads those can show what nobody has checked.
    """

    unrecorded = "Written by readers: personal data that is deleted a year after the answer."

    practice = models.ForeignKey(
        Practice,
        verbose_name=_("good practice"),
        on_delete=models.CASCADE,
        related_name="adoption_requests",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        on_delete=models.PROTECT,
        related_name="adoption_requests",
    )
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail address"))
    message = models.TextField(_("Message"), max_length=1000, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=settings.LANGUAGES)
    received_at = models.DateTimeField(_("Received"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Confirmed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("municipality to confirm")
        verbose_name_plural = _("municipalities to confirm")
        ordering = [models.F("confirmed_at").desc(nulls_first=True), "received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email=""),
                name="adoption_request_says_whom_to_ask",
                violation_error_message=_("Give the name and the e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "fi"]),
                name="adoption_request_is_in_one_of_our_languages",
                violation_error_message=_("Choose Swedish or Finnish."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.practice}"

    @transaction.atomic
    def confirm(self, user: Any) -> None:
        """Mark the municipality at the practice, in the user's name; doing it twice is no harm."""
        Adoption.objects.get_or_create(practice=self.practice, municipality=self.municipality)
        if self.confirmed_at is None:
            self.confirmed_at, self.confirmed_by = timezone.now(), user
            self.save(update_fields=["confirmed_at", "confirmed_by"])
