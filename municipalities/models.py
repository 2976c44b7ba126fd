"""Who: regions, municipalities and the actors on regional level."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.content.alphabet import alphabetical
from foundation.content.models import Addressed, Bilingual
from foundation.content.publication import filled
from foundation.content.slugs import slug_constraints
from foundation.editing.rights import Parties
from foundation.search.placenames import forms

NAMED_IN_BOTH = filled("name", "sv") & filled("name", "fi")


class Region(Bilingual):
    """One of Finland's regions (maakunta, landskap), by Statistics Finland's classification."""

    code = models.CharField(
        _("Code"), max_length=2, unique=True, validators=[RegexValidator(r"^\d{2}$")]
    )
    name = models.CharField(_("Name"), max_length=80, null=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}$"),
                name="region_code_has_two_digits",
                violation_error_message=_("A region's code has two digits."),
            ),
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="region_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("name"))


class LanguageStatus(models.TextChoices):
    """A municipality's language status (Language Act 423/2003, section 5)."""

    FINNISH = "fi", pgettext_lazy("a municipality", "Finnish")
    SWEDISH = "sv", pgettext_lazy("a municipality", "Swedish")
    FINNISH_MAJORITY = "fi/sv", _("Bilingual, Finnish majority")
    SWEDISH_MAJORITY = "sv/fi", _("Bilingual, Swedish majority")


class MunicipalityQuerySet(models.QuerySet):
    """Municipalities, by name and in alphabetical order."""

    def in_order(self, language: str) -> "MunicipalityQuerySet":
        """In the alphabetical order of their names in a language."""
        return self.order_by(alphabetical(f"name_{language}"))

    def named(self, words: str) -> "MunicipalityQuerySet":
        """Those whose name in either language begins with the words, or has a word that does."""
        condition = Q()
        for column in ("name_sv", "name_fi"):
            condition |= Q(**{f"{column}__istartswith": words})
            condition |= Q(**{f"{column}__icontains": f" {words}"})
        for column in ("slug_sv", "slug_fi"):
            condition |= Q(**{f"{column}__istartswith": words.replace(" ", "-")})
        return self.filter(condition)

    def found_by(self, words: str) -> "MunicipalityQuerySet":
        """Those named so, else those of which the words are a name in another case: Turussa."""
        named = self.named(words)
        if named.exists():
            return named
        asked = words.lower()
        bent = [
            key
            for key, sv, fi in self.values_list("pk", "name_sv", "name_fi")
            if asked in (*forms(sv, "sv"), *forms(fi, "fi"))
        ]
        return self.filter(pk__in=bent)

    def belonging_to(self, parties: Parties) -> "MunicipalityQuerySet":
        """Those that a user edits for."""
        return self.filter(pk__in=parties.municipalities)


class Municipality(Addressed):
    """A municipality, with both its names (they may be equal)."""

    route = "municipalities:municipality_detail"
    name_field = "name"

    code = models.CharField(
        _("Code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^\d{3}$")],
        help_text=_("Three digits, by Statistics Finland."),
    )
    name = models.CharField(_("Name"), max_length=80, null=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("Region"),
        on_delete=models.PROTECT,
        related_name="municipalities",
    )
    language_status = models.CharField(_("Language status"), max_length=5, choices=LanguageStatus)
    latitude = models.DecimalField(
        _("Latitude"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("Longitude"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]
        constraints = [
            *slug_constraints(),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{3}$"),
                name="municipality_code_has_three_digits",
                violation_error_message=_("A municipality's code has three digits."),
            ),
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="municipality_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            ),
            models.CheckConstraint(
                condition=filled("slug", "sv") & filled("slug", "fi"),
                name="municipality_has_an_address_in_both_languages",
                violation_error_message=_("The municipality needs an address in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(language_status__in=LanguageStatus.values),
                name="municipality_language_status_is_known",
                violation_error_message=_("Choose one of the four language statuses."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(59, 71),
                    longitude__range=(19, 32),
                ),
                name="municipality_point_lies_in_finland",
                violation_error_message=_("Give both coordinates, in Finland, or neither."),
            ),
        ]


class RegionalActorQuerySet(models.QuerySet):
    """Actors on regional level."""

    def belonging_to(self, parties: Parties) -> "RegionalActorQuerySet":
        """Those that a user edits for."""
        return self.filter(pk__in=parties.regional_actors)


class RegionalActor(Addressed):
    """An actor on regional level, such as a regional council."""

    route = "municipalities:regional_actor_detail"
    name_field = "name"

    name = models.CharField(_("Name"), max_length=120, null=True)
    region = models.ForeignKey(
        Region, verbose_name=_("Region"), on_delete=models.PROTECT, related_name="actors"
    )
    website = models.URLField(_("Website"), null=True, blank=True)

    objects = RegionalActorQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = _("regional actor")
        verbose_name_plural = _("regional actors")
        ordering = ["pk"]
        constraints = [
            *slug_constraints(),
            models.CheckConstraint(
                condition=NAMED_IN_BOTH,
                name="regional_actor_is_named_in_both_languages",
                violation_error_message=_("Give the name in both languages; they may be equal."),
            ),
            models.CheckConstraint(
                condition=filled("slug", "sv") & filled("slug", "fi"),
                name="regional_actor_has_an_address_in_both_languages",
                violation_error_message=_("The actor needs an address in both languages."),
            ),
        ]
