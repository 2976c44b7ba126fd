"""Stories, and the figures that stories and publications show."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.content.constraints import exactly_one_of
from foundation.content.models import Bilingual, Content, Image
from foundation.content.publication import ContentQuerySet, published_is_complete
from municipalities.models import Municipality
from projects.models import Theme
from publications.models.publication import Publication


class StoryQuerySet(ContentQuerySet):
    """Stories, newest first."""

    def newest(self) -> "StoryQuerySet":
        return self.order_by("-year", "-pk")

    def nearest_to(self, story: "Story") -> "StoryQuerySet":
        """The other stories: those chosen by hand first, then by publication, theme and year."""
        chosen = Story.read_also.through.objects.filter(
            from_story=story.pk, to_story=models.OuterRef("pk")
        )
        nearness = models.Case(
            models.When(models.Exists(chosen), then=0),
            models.When(publication__isnull=False, publication=story.publication_id, then=1),
            models.When(theme__isnull=False, theme=story.theme_id, then=2),
            default=3,
        )
        return self.exclude(pk=story.pk).order_by(nearness, "-year", "-pk")


class Story(Content):
    """One story with two headlines, which need not translate each other."""

    route = "publications:story_detail"
    required_texts = ("title", "slug", "lead", "body")

    year = models.PositiveSmallIntegerField(
        _("Year"), help_text=_("Part of the address, and the order of the list.")
    )
    kicker = models.CharField(
        _("Line above the heading"),
        max_length=120,
        null=True,
        blank=True,
        help_text=_("For example the series the story belongs to."),
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("Theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
    )
    publication = models.ForeignKey(
        Publication,
        verbose_name=_("About the publication"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
    )
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("Municipalities"), blank=True, related_name="stories"
    )
    source = models.CharField(
        _("Source"),
        max_length=300,
        null=True,
        blank=True,
        help_text=_("Where the facts come from."),
    )

    read_also = models.ManyToManyField(
        "self",
        verbose_name=_("Read also"),
        symmetrical=False,
        blank=True,
        related_name="+",
        help_text=_(
            "Stories to read after this one. Without a choice: about the same publication or "
            "theme, then the newest."
        ),
    )

    objects: ClassVar[models.Manager] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Content.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-year", "-pk"]
        constraints = [
            *Content.Meta.constraints,
            published_is_complete("title", "slug", "lead", "body"),
            models.CheckConstraint(
                condition=Q(year__range=(1900, 2100)),
                name="story_year_is_a_year",
                violation_error_message=_("Write the year with four digits."),
            ),
        ]

    def route_arguments(self) -> dict[str, Any]:
        return {"year": self.year}


class StoryMunicipality(Story.municipalities.through):  # type: ignore[name-defined]
    """A municipality named by a story: the place of the trigger that tells search of it."""

    class Meta:
        proxy = True


class StoryReadAlso(Story.read_also.through):  # type: ignore[name-defined]
    """A story to read after another: the place of the trigger that keeps history."""

    class Meta:
        proxy = True


class Figure(Bilingual):
    """A picture that says something, with its caption and the same said in words."""

    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.CASCADE, related_name="figures"
    )
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.CASCADE, related_name="figures"
    )
    image = models.ForeignKey(
        Image, verbose_name=_("Picture"), on_delete=models.PROTECT, related_name="figures"
    )
    caption = models.CharField(_("Caption"), max_length=300, null=True)
    long_description = models.TextField(
        _("The same in words"),
        null=True,
        blank=True,
        help_text=_("What the figure shows, for readers who cannot see it."),
    )
    position = models.PositiveSmallIntegerField(_("Order"), default=1)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("story", "publication"),
                name="figure_belongs_to_one_story_or_publication",
                violation_error_message=_("Choose a story or a publication."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("caption"))
