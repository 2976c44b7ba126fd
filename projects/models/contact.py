"""People whom a reader can ask."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content.constraints import exactly_one_of
from foundation.content.models import Addressed, Bilingual, Content, Image
from foundation.content.publication import State
from foundation.editing.rights import Parties
from municipalities.models import Municipality, RegionalActor
from projects.models.organisation import Organisation
from projects.models.project import Project
from projects.models.theme import Theme
from projects.models.workshop import Workshop


class ContactQuerySet(models.QuerySet):
    """People, as far as they may still be shown."""

    def visible(self, day: date | None = None) -> "ContactQuerySet":
        """Those whose details may be shown on the day (today, if none is given)."""
        day = day or timezone.localdate()
        return self.filter(Q(visible_until__isnull=True) | Q(visible_until__gte=day))

    def facilitating(self, workshops: Iterable[Workshop]) -> "ContactQuerySet":
        """Those who lead one of the workshops."""
        leading = ContactAssignment.objects.filter(is_facilitator=True, workshop__in=workshops)
        return self.filter(pk__in=leading.order_by().values("contact"))

    def belonging_to(self, parties: Parties) -> "ContactQuerySet":
        """The people asked about the parties, and about nothing that is another's."""
        theirs = Q(municipality__in=parties.municipalities)
        theirs |= Q(regional_actor__in=parties.regional_actors)
        theirs |= Q(workshop__in=Workshop.objects.belonging_to(parties).order_by().values("pk"))
        asked = ContactAssignment.objects.order_by()
        # NULL is of nobody: an exclusion would let what is asked about another thing pass.
        others = asked.exclude(pk__in=asked.filter(theirs).values("pk"))
        return self.filter(pk__in=asked.filter(theirs).values("contact")).exclude(
            pk__in=others.values("contact")
        )


class Contact(Bilingual):
    """A person to ask, with what the person answers for; leaves the public on a date."""

    holds_personal_data = True

    class ServiceLanguages(models.TextChoices):
        BOTH = "sv+fi", _("Swedish and Finnish")
        SWEDISH = "sv", _("Swedish")
        FINNISH = "fi", _("Finnish")

    name = models.CharField(_("Name"), max_length=120)
    photo = models.ForeignKey(
        Image,
        verbose_name=_("Photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    title = models.CharField(_("Job title"), max_length=160, null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=200, null=True, blank=True)
    responsibilities = models.TextField(
        _("Responsibilities"), null=True, blank=True, help_text=_("One on each line.")
    )
    employer = models.ForeignKey(
        Organisation,
        verbose_name=_("Employer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    phone = models.CharField(_("Telephone"), max_length=60, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    service_languages = models.CharField(
        _("Serves in"), max_length=5, choices=ServiceLanguages, blank=True
    )
    visible_until = models.DateField(
        _("Visible until"),
        null=True,
        blank=True,
        help_text=_("After this day no page shows the person."),
    )
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service_languages__in=["", "sv+fi", "sv", "fi"]),
                name="contact_serves_in_known_languages",
                violation_error_message=_("Choose Swedish, Finnish or both."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_visible(self, day: date | None = None) -> bool:
        """True while the person may be shown, by the same rule as `visible`."""
        return self.visible_until is None or self.visible_until >= (day or timezone.localdate())


_SUBJECTS = ("project", "theme", "workshop", "municipality", "regional_actor")


class ContactAssignment(Bilingual):
    """What a person is asked about: a project, theme, workshop, municipality or regional actor."""

    contact = models.ForeignKey(
        Contact,
        verbose_name=_("Contact"),
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("Project"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_assignments",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_assignments",
    )
    workshop = models.ForeignKey(
        Workshop,
        verbose_name=_("Workshop"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_assignments",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("Municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_assignments",
    )
    regional_actor = models.ForeignKey(
        RegionalActor,
        verbose_name=_("Regional actor"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_assignments",
    )
    role = models.CharField(
        _("As"),
        max_length=120,
        null=True,
        blank=True,
        help_text=_("For example: facilitator, project manager in 2017."),
    )
    is_facilitator = models.BooleanField(
        _("Facilitator"),
        default=False,
        help_text=_("Of a workshop: named among its facts, also on the page of its series."),
    )
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta:
        verbose_name = _("assignment of a contact")
        verbose_name_plural = _("assignments of contacts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of(*_SUBJECTS),
                name="contact_assignment_is_to_exactly_one_thing",
                violation_error_message=_("Choose one thing that the person is asked about."),
            ),
            models.CheckConstraint(
                condition=Q(is_facilitator=False) | Q(workshop__isnull=False),
                name="facilitator_leads_a_workshop",
                violation_error_message=_("Only a workshop has a facilitator."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.subject or ''}"

    @property
    def subject(self) -> Addressed | None:
        """The thing that the person is asked about, public or not."""
        return next((getattr(self, name) for name in _SUBJECTS if getattr(self, name)), None)

    @property
    def public_subject(self) -> Addressed | None:
        """The thing that the person is asked about, where readers may see it."""
        subject = self.subject
        if isinstance(subject, Content) and subject.state_at() != State.PUBLISHED:
            return None
        return subject
