"""What has a page of its own, and the addresses it once had."""

from typing import Any, ClassVar

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.content import languages
from foundation.content.models.bilingual import Bilingual
from foundation.content.slugs import MAX_LENGTH, slug_constraints, slug_from, validate_slug


class Addressed(Bilingual):
    """Something with a page of its own, at a slug in each language."""

    # The name of the URL pattern; its `slug` is filled in by `path()`.
    route: ClassVar[str]
    # The field that names the item.
    name_field: ClassVar[str] = "title"

    # Nullable and not unique: only slug_sv and slug_fi are addresses.
    slug = models.SlugField(
        _("Address"),
        max_length=MAX_LENGTH,
        null=True,
        blank=True,
        db_index=False,
        validators=[validate_slug],
        help_text=_(
            "Last part of the page's address. Left empty, it is made from the title. "
            "The old address keeps working when you change it."
        ),
    )

    class Meta:
        abstract = True
        constraints = slug_constraints()
        triggers = [
            pgtrigger.Trigger(
                name="keep_replaced_slugs",
                operation=pgtrigger.UpdateOf("slug_sv", "slug_fi"),
                when=pgtrigger.After,
                func="""
                    INSERT INTO content_slughistory (kind, object_id, language, slug, replaced_at)
                    SELECT TG_TABLE_NAME, OLD.id, language, former, now()
                    FROM (VALUES ('sv', OLD.slug_sv, NEW.slug_sv), ('fi', OLD.slug_fi, NEW.slug_fi))
                        AS slugs (language, former, current)
                    WHERE former IS NOT NULL AND former IS DISTINCT FROM current;
                    RETURN NULL;""",
            )
        ]

    def __str__(self) -> str:
        return str(self.text(self.name_field)) or gettext("(no title yet)")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with slugs made from the titles where the editor gave none."""
        self.fill_slugs()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return self.path()

    def fill_slugs(self) -> None:
        """Make a slug from the title in each language that has a title but no slug."""
        for code in languages.CODES:
            title = getattr(self, f"{self.name_field}_{code}")
            if title and not getattr(self, f"slug_{code}"):
                setattr(self, f"slug_{code}", self.free_slug(title))

    def free_slug(self, title: str) -> str:
        """A slug for the title that no other item of the model has, in this or the other language.

        The item's own slug in the other language may be the same.
        """
        wanted = slug_from(title) or "sida"
        start = wanted[: MAX_LENGTH - 4]
        columns = [f"slug_{code}" for code in languages.CODES]
        alike = Q(*((f"{column}__startswith", start) for column in columns), _connector=Q.OR)
        rivals = type(self)._default_manager.exclude(pk=self.pk).filter(alike)
        taken = {slug for pair in rivals.values_list(*columns) for slug in pair}
        numbered = (f"{start}-{number}" for number in range(2, 1000))
        return wanted if wanted not in taken else next(s for s in numbered if s not in taken)

    def clean(self) -> None:
        """Make the slugs left empty; refuse one that is an item's address in the other language."""
        super().clean()
        self.fill_slugs()
        for code in languages.CODES:
            slug = getattr(self, f"slug_{code}")
            other_column = f"slug_{languages.other(code)}"
            rivals = type(self)._default_manager.exclude(pk=self.pk)
            if slug and rivals.filter(**{other_column: slug}).exists():
                raise ValidationError({f"slug_{code}": _("Another item already has this address.")})

    def slug_in(self, language: str) -> str | None:
        """The slug of the item's page under a language's prefix.

        An item that exists in one language only stands at that slug under both prefixes.
        """
        own, fallback = f"slug_{language}", f"slug_{languages.other(language)}"
        if language in self.languages and getattr(self, own):
            return getattr(self, own)
        return getattr(self, fallback) or getattr(self, own)

    def route_arguments(self) -> dict[str, Any]:
        """Arguments of the route besides the slug."""
        return {}

    def path(self, language: str | None = None, route: str | None = None, **extra: Any) -> str:
        """The address of the item's page, or of a page under it, under a language's prefix."""
        language = language or languages.current()
        with translation.override(language):
            return reverse(
                route or self.route,
                kwargs={"slug": self.slug_in(language), **self.route_arguments(), **extra},
            )


class SlugHistory(models.Model):
    """A slug an item once had; written by a database trigger, read when an address is not found."""

    unrecorded = "Written by a trigger; it is a history itself."

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    language = models.CharField(_("Language"), max_length=2)
    slug = models.CharField(_("Address"), max_length=MAX_LENGTH)
    replaced_at = models.DateTimeField(_("Replaced"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        indexes = [models.Index(fields=["kind", "slug"], name="slughistory_by_slug")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.slug}"
