"""What editors write, pair with its other language and publish."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models.addressed import Addressed
from foundation.content.publication import (
    ContentQuerySet,
    Decision,
    Pairing,
    State,
    is_previewed,
    missing_texts,
    one_of_the_choices,
    published_has_its_moment,
    withdrawn_after_published,
)
from foundation.content.richtext import RichTextField
from foundation.content.slugs import slug_constraints


class Content(Addressed):
    """A text that editors write, pair with its other language and publish."""

    # Texts without which an item cannot be public.
    required_texts: ClassVar[tuple[str, ...]] = ("title", "slug", "lead")

    title = models.CharField(
        _("Title"), max_length=200, null=True, help_text=_("The heading of the page.")
    )
    lead = models.TextField(
        _("Lead"),
        max_length=600,
        null=True,
        blank=True,
        help_text=_("One or two sentences: shown under the heading, in lists and in search."),
    )
    body = RichTextField(_("Text"), null=True, blank=True)
    easy_language = RichTextField(
        _("Easy language"),
        null=True,
        blank=True,
        help_text=_(
            "The same in short and plain sentences. Shown one click away, marked as easy language."
        ),
    )

    decision = models.CharField(
        _("Publishing"), max_length=10, choices=Decision, default=Decision.DRAFT
    )
    publish_at = models.DateTimeField(
        _("Public from"),
        null=True,
        blank=True,
        help_text=_("Empty: from the moment it is saved as public. Helsinki time."),
    )
    withdraw_at = models.DateTimeField(
        _("Public until"),
        null=True,
        blank=True,
        help_text=_("Empty: for the time being. Helsinki time."),
    )
    pairing = models.CharField(_("Languages"), max_length=4, choices=Pairing, default=Pairing.BOTH)
    pairing_reason = models.CharField(
        _("Why in one language only"),
        max_length=300,
        blank=True,
        help_text=_("Needed when the item exists in one language only. Seen by editors."),
    )
    withdrawn_because = models.CharField(
        _("Why it was taken down"),
        max_length=300,
        null=True,
        blank=True,
        help_text=_("One sentence for readers who come to the address afterwards."),
    )
    is_example = models.BooleanField(
        _("Example data"),
        default=False,
        help_text=_("Made up to show how the portal works: readers see a note that says so."),
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_by = models.DateField(
        _("Review by"),
        null=True,
        blank=True,
        help_text=_("On this day the item comes up for a check."),
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)

    objects: ClassVar[models.Manager] = ContentQuerySet.as_manager()

    class Meta(Addressed.Meta):
        abstract = True
        constraints = [
            *slug_constraints(),
            one_of_the_choices("decision", Decision),
            one_of_the_choices("pairing", Pairing),
            published_has_its_moment(),
            withdrawn_after_published(),
        ]

    @property
    def is_for_members(self) -> bool:
        """True for what not everybody may have once it is public."""
        return False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an item made public without a moment is public from now."""
        self.fill_moment()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Name what is missing before the item can be public, field by field."""
        super().clean()
        self.fill_moment()
        if self.decision != Decision.PUBLIC:
            return
        problems: dict[str, Any] = {}
        # A slug left empty is made from the title on saving.
        needed = [field for field in self.required_texts if field != "slug"]
        for code, fields in missing_texts(self, *needed).items():
            for field in fields:
                problems[f"{field}_{code}"] = _(
                    "Needed before the item can be public in this language."
                )
        if self.pairing != Pairing.BOTH and not self.pairing_reason:
            problems["pairing_reason"] = _("Say why the item exists in one language only.")
        if problems:
            raise ValidationError(problems)

    def fill_moment(self) -> None:
        """Make an item that is public without a moment public from now."""
        if self.decision == Decision.PUBLIC and not self.publish_at:
            self.publish_at = timezone.now()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which a reader may be shown texts of this item."""
        return languages.CODES if self.pairing == Pairing.BOTH else (self.pairing,)

    def state_at(self, moment: Any = None) -> State:
        """The publication state at a moment, by the same rules as `in_state`."""
        moment = moment or timezone.now()
        if is_previewed(self):
            return State.PUBLISHED
        if self.decision != Decision.PUBLIC:
            return State(self.decision)
        if self.withdraw_at and self.withdraw_at <= moment:
            return State.WITHDRAWN
        return State.PUBLISHED if self.publish_at <= moment else State.SCHEDULED

    def is_partly_missing(self, language: str) -> bool:
        """True when some text stands in the other language only, for a reader of this one."""
        return any(
            self.text(field, language).is_other
            for field in self.translated_fields()
            if field not in ("slug", "withdrawn_because")  # no page that can be read shows them
        )
