"""What belongs to the site itself: its statements, and what its readers write to it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.content.addresses import address
from portal.content.models import Content
from portal.content.publication import published_is_complete

ANSWER_DAYS = 14  # days to answer feedback on accessibility (306/2019, section 8)


class Statement(Content):
    """A page that the law wants: the accessibility statement and the privacy notice."""

    class Subject(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        PRIVACY = "privacy", _("Privacy notice")

    required_texts = ("title", "slug", "lead", "body")

    subject = models.CharField(_("Subject"), max_length=13, choices=Subject, unique=True)
    reviewed_on = models.DateField(_("Reviewed"), default=timezone.localdate)

    class Meta(Content.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["subject"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead", "body"),
            models.CheckConstraint(
                condition=Q(subject__in=["accessibility", "privacy"]),
                name="statement_subject_is_known",
                violation_error_message=_("Choose one of the two subjects."),
            ),
        ]

    def path(self, language: str | None = None, route: str | None = None, **extra: object) -> str:
        """The statement's fixed address under a language's prefix."""
        return address(route or f"portal:{self.subject}", language)


def answer_by() -> date:
    """The day by which feedback that comes in today must be answered."""
    return timezone.localdate() + timedelta(days=ANSWER_DAYS)


class Feedback(models.Model):
    """What a reader wrote to us, to be answered within fourteen days."""

    class Subject(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Accessibility")
        CONTENT = "content", _("Content of the pages")
        OTHER = "other", _("Something else")

    subject = models.CharField(_("Subject"), max_length=13, choices=Subject)
    message = models.TextField(_("Message"), max_length=5000)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=settings.LANGUAGES)
    about = models.CharField(_("Page it is about"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("Received"), default=timezone.now)
    answer_by = models.DateField(_("Answer by"), default=answer_by)
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Handled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("Note for colleagues"), blank=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["answered_at", "answer_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(message=""),
                name="feedback_says_something",
                violation_error_message=_("Write a message."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["sv", "fi"]),
                name="feedback_is_in_one_of_our_languages",
                violation_error_message=_("Choose Swedish or Finnish."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_at:%d.%m.%Y} {self.get_subject_display()}"
