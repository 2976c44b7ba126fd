"""Publications: reports, guides and articles, with what they propose."""

from typing import ClassVar
from urllib.parse import quote, urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from foundation.content.models import Bilingual, Content
from foundation.content.publication import ContentQuerySet, filled, published_is_complete
from projects.models import Contact, Organisation, Theme
from publications.identifiers import DOI, validate_doi, validate_isbn


class PublicationQuerySet(ContentQuerySet):
    """Publications, newest first."""

    def newest(self) -> "PublicationQuerySet":
        return self.order_by("-year", "-pk")


class Publication(Content):
    """A work with authors, a year and a publisher; its title is a gloss where not its own."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        GUIDE = "guide", _("Guide")
        ARTICLE = "article", _("Article")

    class OriginalLanguage(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        FINNISH = "fi", _("Finnish")
        BOTH = "sv+fi", _("Swedish and Finnish")

    route = "publications:publication_detail"

    kind = models.CharField(_("Kind"), max_length=8, choices=Kind, default=Kind.REPORT)
    original_title = models.CharField(
        _("Original title"),
        max_length=300,
        blank=True,
        help_text=_("As on the cover. Empty when it is not known."),
    )
    original_language = models.CharField(
        _("Original language"), max_length=5, choices=OriginalLanguage
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
    )
    series = models.CharField(_("Series"), max_length=160, blank=True)
    number = models.CharField(_("Number"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"))
    pages = models.CharField(_("Pages"), max_length=40, blank=True)
    place = models.CharField(_("Place of publication"), max_length=80, null=True, blank=True)
    publisher = models.ForeignKey(
        Organisation,
        verbose_name=_("Publisher"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
    )
    isbn = models.CharField(
        "ISBN",
        max_length=17,
        blank=True,
        validators=[validate_isbn],
        help_text=_("Ten or thirteen digits, with or without hyphens."),
    )
    doi = models.CharField(
        "DOI",
        max_length=120,
        blank=True,
        validators=[validate_doi],
        help_text=_("Without https://doi.org/, for example 10.1000/182."),
    )
    full_text = models.URLField(
        _("Where it can be read"),
        blank=True,
        help_text=_("Address of the whole publication elsewhere, for example on a journal's site."),
    )
    promised_proposals = models.PositiveSmallIntegerField(
        _("Number of action proposals"),
        null=True,
        blank=True,
        help_text=_("What the publication says it has; the page tells how many are known here."),
    )
    key_findings = models.TextField(
        _("Key findings"), null=True, blank=True, help_text=_("One on each line.")
    )

    objects: ClassVar[models.Manager] = PublicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Content.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-year", "-pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead"),
            models.CheckConstraint(
                condition=Q(kind__in=["report", "guide", "article"]),
                name="publication_kind_is_known",
                violation_error_message=_("Choose report, guide or article."),
            ),
            models.CheckConstraint(
                condition=Q(original_language__in=["sv", "fi", "sv+fi"]),
                name="publication_original_language_is_known",
                violation_error_message=_("Choose the language the work is written in."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1900, 2100)),
                name="publication_year_is_a_year",
                violation_error_message=_("Write the year with four digits."),
            ),
            models.CheckConstraint(
                condition=Q(doi="") | Q(doi__regex=DOI),
                name="publication_doi_is_a_doi",
                violation_error_message=_("Write the DOI as 10.1000/182, without an address."),
            ),
        ]

    def canonical_path(self, language: str) -> str:
        """The page for readers of a language: in that language, or the only one there is."""
        return self.path(language if language in self.languages else self.languages[0])

    @property
    def doi_address(self) -> str:
        """Where the DOI leads, as it is written in references."""
        return f"https://doi.org/{quote(self.doi)}"

    @property
    def full_text_host(self) -> str:
        """The site that the whole publication is on, as its readers name it: journal.fi."""
        return (urlsplit(self.full_text).hostname or "").removeprefix("www.")

    @property
    def original_language_code(self) -> str:
        """Language code of the original title, "" when the work is bilingual."""
        return "" if self.original_language == "sv+fi" else self.original_language


class Authorship(Bilingual):
    """An author of a publication, with the affiliation of that time."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="authorships"
    )
    position = models.PositiveSmallIntegerField(_("Order"))
    family_name = models.CharField(_("Family name"), max_length=80)
    given_name = models.CharField(_("Given name"), max_length=80, blank=True)
    affiliation = models.CharField(
        _("Title and employer then"), max_length=200, null=True, blank=True
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "position"],
                name="author_has_a_place_in_the_order",
                violation_error_message=_("Another author has this place in the order."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ActionProposal(Bilingual):
    """A numbered proposal of a publication."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveSmallIntegerField(
        _("Number"),
        null=True,
        blank=True,
        help_text=_("Its number in the publication; empty when that is not known."),
    )
    position = models.PositiveSmallIntegerField(_("Order"), default=1)
    title = models.CharField(_("Heading"), max_length=160, null=True)
    proposal = models.TextField(_("Proposal"), max_length=800, null=True)

    class Meta:
        verbose_name = _("action proposal")
        verbose_name_plural = _("action proposals")
        ordering = [F("number").asc(nulls_last=True), "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "number"],
                name="proposal_number_is_its_own",
                violation_error_message=_("Another proposal has this number."),
            ),
            models.CheckConstraint(
                condition=filled("title", "sv") | filled("title", "fi"),
                name="proposal_has_a_heading",
                violation_error_message=_("Give the heading in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("title"))

    @property
    def anchor(self) -> str:
        """The proposal's place on its page, in the reader's language: by its number if it has one.

        A number belongs to the publication and stays; a place in the order may change.
        """
        word = pgettext("anchor", "proposal")
        return f"{word}-{self.number}" if self.number else f"{word}-id-{self.pk}"


class ReflectionQuestion(Bilingual):
    """A question a publication leaves its readers with."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("Order"), default=1)
    question = models.TextField(_("Question"), max_length=400, null=True)

    class Meta:
        verbose_name = _("question to reflect on")
        verbose_name_plural = _("questions to reflect on")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=filled("question", "sv") | filled("question", "fi"),
                name="reflection_question_is_asked",
                violation_error_message=_("Write the question in one language at least."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("question"))


class PublicationEvent(Bilingual):
    """A step in how a publication came about; the day or month only where it is known."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="events")
    position = models.PositiveSmallIntegerField(_("Order"), default=1)
    year = models.PositiveSmallIntegerField(_("Year"))
    when = models.CharField(
        _("When in the year"),
        max_length=60,
        null=True,
        blank=True,
        help_text=_("In words, for example: in spring, in August."),
    )
    event = models.CharField(_("What happened"), max_length=300, null=True)

    class Meta:
        verbose_name = _("event in the history")
        verbose_name_plural = _("history")
        ordering = ["year", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=filled("event", "sv") | filled("event", "fi"),
                name="publication_event_says_what_happened",
                violation_error_message=_("Say what happened, in one language at least."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.text('event')}"


class PublicationContact(Bilingual):
    """A person who answers for a publication."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="contact_assignments"
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("Contact"),
        on_delete=models.CASCADE,
        related_name="publication_assignments",
    )
    role = models.CharField(_("As"), max_length=120, null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta:
        verbose_name = _("contact of the publication")
        verbose_name_plural = _("contacts of the publication")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "contact"],
                name="publication_names_a_contact_once",
                violation_error_message=_("The contact is already named."),
            )
        ]

    def __str__(self) -> str:
        return str(self.contact)
