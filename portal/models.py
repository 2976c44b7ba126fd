"""What belongs to the site itself: its statements, and what its readers write to it."""

from datetime import date, timedelta
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import is_valid_path
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.content.addresses import address, path_at_home
from foundation.content.constraints import rule_at_commit
from foundation.content.models import Content
from foundation.content.publication import published_is_complete

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

    unrecorded = "Written by readers: personal data that is deleted a year after the answer."

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


class Redirect(models.Model):
    """A short address that staff hand out, and the page it leads to."""

    address = models.CharField(
        _("Short address"),
        max_length=200,
        unique=True,
        help_text=_("For example /sv/arttu2. It works where no page stands at the address."),
    )
    target = models.CharField(
        _("Leads to"),
        max_length=500,
        help_text=_("A page of the portal, for example /sv/program/arttu2/, or an https address."),
    )
    note = models.CharField(
        _("Note for colleagues"),
        max_length=200,
        blank=True,
        help_text=_("For example where the address has been printed."),
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address__regex=r"^/(sv|fi)(/[a-z0-9]+(-[a-z0-9]+)*)+$"),
                name="redirect_address_is_a_path_of_the_portal",
                violation_error_message=_(
                    "Write a path that begins with /sv/ or /fi/, in small letters without å, ä "
                    "and ö."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__regex=r"^(/(sv|fi)/|https://)[^\s\\]*$"),
                name="redirect_leads_to_a_page_or_an_https_address",
                violation_error_message=_(
                    "Write a path that begins with /sv/ or /fi/, or a whole https address."
                ),
            ),
        ]
        triggers = [
            rule_at_commit(
                "redirect_never_leads_back_to_itself",
                operation=pgtrigger.Insert | pgtrigger.Update,
                broken_when="""
                    EXISTS (
                        WITH RECURSIVE way (address) AS (
                            SELECT lower(rtrim(split_part(split_part(target, '#', 1), '?', 1), '/'))
                            FROM portal_redirect WHERE id = item.id
                            UNION
                            SELECT lower(rtrim(split_part(split_part(target, '#', 1), '?', 1), '/'))
                            FROM portal_redirect JOIN way USING (address))
                        SELECT FROM way JOIN portal_redirect USING (address)
                        WHERE portal_redirect.id = item.id)""",
                one_commit_at_a_time=True,
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def clean_fields(self, exclude: Any = None) -> None:
        """Take addresses as people type them: in capital letters, or with the portal's own host."""
        self.address = "/" + self.address.strip().strip("/").lower()
        self.target = self.target.strip()
        path = path_at_home(self.target)
        if path and path.startswith(("/sv/", "/fi/")):
            self.target = path
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """Refuse an address where a page stands, and a way that leads back to where it began."""
        super().clean()
        with translation.override(self.address[1:3]):
            is_taken = is_valid_path(f"{self.address}/")
        if is_taken:
            raise ValidationError({"address": _("This address belongs to a page of the portal.")})
        seen, step = {self.address}, as_short_address(self.target)
        while step:
            if step in seen:
                raise ValidationError(
                    {"target": _("The way leads back to the short address itself.")}
                )
            seen.add(step)
            following = Redirect.objects.exclude(pk=self.pk).filter(address=step).first()
            step = as_short_address(following.target) if following else ""


def path_of(target: str) -> str:
    """The path that a redirect's target names, without query, fragment and final slash."""
    return target.partition("#")[0].partition("?")[0].rstrip("/")


def as_short_address(target: str) -> str:
    """The short address that a browser sent to a target would ask us for; "" when it leads out."""
    path = path_of(path_at_home(target) or target)
    return normpath(unquote(path)).lower() if path.startswith("/") else ""


def redirected(path: str) -> str | None:
    """Where a short address leads in one hop, past every other short address; None if nowhere.

    The database refuses circles, but does not know SITE_URL: one that was set later can close one.
    """
    target, step, seen = None, path.rstrip("/").lower(), set()
    while found := Redirect.objects.filter(address=step).first():
        seen.add(step)
        target, step = found.target, as_short_address(found.target)
        if step in seen:
            return None
    return target


class BrokenLink(models.Model):
    """A link in a public text that could not be followed, kept until it can be again."""

    unrecorded = "Written and removed by the nightly check of links."

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    url = models.CharField(_("Link"), max_length=2000)
    status = models.PositiveSmallIntegerField(_("What happened"))  # of HTTP; 1: no answer
    first_failed_on = models.DateField(_("Since"))
    last_failed_on = models.DateField(_("Last tried"))
    reported_on = models.DateField(_("Reported"), null=True, blank=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["first_failed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "url"],
                name="broken_link_is_kept_once_for_an_item",
                violation_error_message=_("The link is already known to be broken."),
            ),
            models.CheckConstraint(
                condition=Q(last_failed_on__gte=F("first_failed_on")),
                name="broken_link_failed_last_after_it_failed_first",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def what_happened(self) -> str:
        """Why a reader who follows the link gets no page."""
        if self.status < 100:
            return gettext("The site does not answer.")
        if self.status in (404, 410):
            return gettext("The page is not there any more (%(status)d).") % {"status": self.status}
        if self.status == 508:
            return gettext("The site leads round in a circle.")
        return gettext("The site answers with an error (%(status)d).") % {"status": self.status}
