"""What every page is: bilingual, addressed and published."""

import secrets
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.content import languages, pictures
from portal.content.publication import (
    ContentQuerySet,
    Decision,
    Pairing,
    State,
    filled,
    is_previewed,
    missing_texts,
    one_of_the_choices,
    published_has_its_moment,
    withdrawn_after_published,
)
from portal.content.richtext import RichTextField
from portal.content.slugs import MAX_LENGTH, slug_constraints, slug_from, validate_slug
from portal.content.texts import Text, text_of


class Bilingual(models.Model):
    """Something with texts in Swedish and Finnish, one column for each."""

    # Translated fields whose two languages do not translate each other: none waits for the other.
    not_compared: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with every blank text stored as NULL: an empty string is no translation."""
        for field in self.translated_fields():
            for code in languages.CODES:
                name = f"{field}_{code}"
                if isinstance(getattr(self, name), str) and not getattr(self, name).strip():
                    setattr(self, name, None)
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Check the columns of the two languages, not the name for the active one of them.

        Else a text that exists in Finnish only would be called missing while Swedish is spoken.
        """
        super().clean_fields(exclude={*(exclude or ()), *self.translated_fields()})

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which a reader may be shown texts of this item."""
        return languages.CODES

    @classmethod
    def translated_fields(cls) -> tuple[str, ...]:
        """Names of the translated fields, in the order they are declared."""
        from modeltranslation.translator import translator

        translated = set(translator.get_options_for_model(cls).all_fields)
        return tuple(field.name for field in cls._meta.fields if field.name in translated)

    def text(self, field: str, language: str | None = None) -> Text:
        """The text of a translated field, with the language it is in."""
        return text_of(self, field, language)


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
    version = models.PositiveIntegerField(_("Version"), default=0, editable=False)
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
        triggers = [
            *Addressed.Meta.triggers,
            # Counted in the database, so that no way of saving passes an editor's open form by.
            pgtrigger.Trigger(
                name="count_versions",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            ),
        ]

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


class SlugHistory(models.Model):
    """A slug an item once had; written by a database trigger, read when an address is not found."""

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


class LanguageState(models.Model):
    """What is known of a text's two languages; written by a trigger (see `agreement`).

    A side has a moment of change while it is ahead of the other: the other is then due, or missing
    when it is not filled. Both sides can be ahead at once; the moment of the latest revision then
    tells which of them is the newer.
    """

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    field = models.CharField(_("Field"), max_length=63)
    pairing = models.CharField(_("Languages"), max_length=4, choices=Pairing)
    agreed_sv = models.TextField(null=True)
    agreed_fi = models.TextField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sv_is_filled = models.BooleanField()
    fi_is_filled = models.BooleanField()
    sv_changed_at = models.DateTimeField(null=True)
    sv_revised_at = models.DateTimeField(null=True)
    sv_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    fi_changed_at = models.DateTimeField(null=True)
    fi_revised_at = models.DateTimeField(null=True)
    fi_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("language state")
        verbose_name_plural = _("language states")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "field"],
                name="language_state_is_kept_once_for_a_text",
                violation_error_message=_("The state of this text is already kept."),
            )
        ]
        indexes = [
            models.Index(
                fields=["sv_changed_at"],
                name="languagestate_sv_is_ahead",
                condition=Q(sv_changed_at__isnull=False),
            ),
            models.Index(
                fields=["fi_changed_at"],
                name="languagestate_fi_is_ahead",
                condition=Q(fi_changed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.field}"


NOTE_LENGTH = 300  # characters


class ChangeNote(Bilingual):
    """What readers are told of a change to an item: a note by an editor, or a fact of its course.

    Notes are added and removed, never rewritten. What follows from an item's own columns (that it
    has become public, that a file has a new version) is no row here: it is computed.
    """

    class Event(models.TextChoices):
        NOTE = "note", _("Note by an editor")
        MOVED = "moved", _("Time or place changed")
        CANCELLED = "cancelled", _("Cancelled")
        REINSTATED = "reinstated", _("Takes place after all")

    # A note is written in both languages at once, and then stays as it is.
    not_compared = ("note",)

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    moment = models.DateTimeField(_("When"), default=timezone.now)
    event = models.CharField(_("What happened"), max_length=10, choices=Event, default=Event.NOTE)
    pairing = models.CharField(_("Languages"), max_length=4, choices=Pairing, default=Pairing.BOTH)
    note = models.CharField(
        _("What is new for the reader"), max_length=NOTE_LENGTH, null=True, blank=True
    )

    class Meta:
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")
        ordering = ["-moment", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=["note", "moved", "cancelled", "reinstated"]),
                name="change_note_event_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=Q(pairing__in=["both", "sv", "fi"]),
                name="change_note_pairing_is_known",
                violation_error_message=_("Choose one of the values offered."),
            ),
            models.CheckConstraint(
                condition=~Q(event="note")
                | Q(pairing="both") & filled("note", "sv") & filled("note", "fi")
                | Q(pairing="sv") & filled("note", "sv")
                | Q(pairing="fi") & filled("note", "fi"),
                name="change_note_is_complete_or_declared",
                violation_error_message=_("Write what is new in every language the item is in."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="changenote_by_item")]

    def __str__(self) -> str:
        return str(self.text("note")) or str(self.get_event_display())

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the note is in: those of its item when it was written."""
        return languages.CODES if self.pairing == Pairing.BOTH else (self.pairing,)


def preview_token() -> str:
    """What the address of a preview cannot be guessed without (128 bits)."""
    return secrets.token_urlsafe(16)


class Preview(models.Model):
    """How an item's two pages looked as an editor had them in the form; kept for a few days."""

    token = models.CharField(max_length=22, unique=True, default=preview_token)
    title = models.CharField(max_length=200)
    page_sv = models.TextField()
    page_fi = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    # While this is empty, only the editor who made it can see it.
    shared_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_until__isnull=True) | Q(shared_until__gt=models.F("made_at")),
                name="preview_is_shared_until_after_it_is_made",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Term(Bilingual):
    """A word of the trade in both languages, with its synonyms and the words to avoid."""

    # A word has the synonyms it has in each language; most have none in the other.
    not_compared = ("synonyms", "avoid")

    term = models.CharField(_("Term"), max_length=120, null=True)
    definition = models.TextField(
        _("What it means"), max_length=600, null=True, blank=True, help_text=_("In plain words.")
    )
    synonyms = models.TextField(
        _("Synonyms"),
        null=True,
        blank=True,
        help_text=_("One on each line: readers who search for them find the term."),
    )
    avoid = models.TextField(
        _("Do not use"), null=True, blank=True, help_text=_("Words to avoid, one on each line.")
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                Lower(f"term_{code}"),
                name=f"term_in_{word}_is_explained_once",
                violation_error_message=_("The glossary already has this term."),
            )
            for code, word in (("sv", "swedish"), ("fi", "finnish"))
        ] + [
            models.CheckConstraint(
                condition=filled("term", "sv") & filled("term", "fi"),
                name="term_is_given_in_both_languages",
                violation_error_message=_("Give the term in both languages."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text("term"))


class Image(Bilingual):
    """A picture with what a reader who cannot see it needs to know."""

    file = models.ImageField(
        _("File"),
        upload_to=pictures.upload_path,
        width_field="width",
        height_field="height",
        validators=[pictures.validate_picture],
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("Text alternative"),
        max_length=250,
        null=True,
        blank=True,
        help_text=_("What the picture shows, for a reader who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("Decoration only"),
        default=False,
        help_text=_("The picture says nothing that the text does not: it needs no alternative."),
    )
    credit = models.CharField(_("Picture by"), max_length=120)
    licence = models.CharField(_("Licence"), max_length=120, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("Focus from the left, %"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("Focus from the top, %"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True)
                | (Q(alt_sv__isnull=False, alt_fi__isnull=False) & ~Q(alt_sv="") & ~Q(alt_fi="")),
                name="image_has_text_alternative_or_is_decorative",
                violation_error_message=_(
                    "Give a text alternative in both languages, or mark the picture as decoration."
                ),
            ),
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                name="image_focus_is_inside_the_picture",
                violation_error_message=_("The focus must lie inside the picture."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text("alt") or self.file.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and draw the widths that pages use when the file is new."""
        is_new_file = bool(self.file) and not self.file._committed
        super().save(*args, **kwargs)
        if is_new_file:
            # A camera held upright notes that its picture is to be turned: as drawn, it is.
            self.width, self.height = pictures.draw_widths(self.file)
            super().save(update_fields=["width", "height"])

    def sources(self) -> list[tuple[int, str]]:
        """Widths in pixels and addresses of the drawn pictures, narrowest first."""
        return [
            (width, reverse("content:picture", args=[self.pk, width]))
            for width in pictures.widths_of(self.width)
        ]
