"""The index, what in it is out of date, its vocabulary, and what is looked for."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CODES = ("sv", "fi")


class SearchEntry(models.Model):
    """What search knows of one item in one language; written with the item, never by hand."""

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    language = models.CharField(_("Language"), max_length=2)
    title = models.TextField()
    path = models.TextField()
    text = models.TextField()
    terms = SearchVectorField()
    # Those of the title, names and leads again: small enough to rank thousands of entries by.
    head = SearchVectorField()
    # Words and phrases that mean this item: a term's synonyms, a municipality's names and forms.
    names = ArrayField(models.TextField(), default=list)
    day = models.DateField(null=True)
    year = models.SmallIntegerField(null=True)
    themes = ArrayField(models.BigIntegerField(), default=list)
    municipalities = ArrayField(models.BigIntegerField(), default=list)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    boost = models.FloatField(default=1)
    # When readers may see it, by the same rule as the item itself; kept in step by a trigger.
    public_from = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    # When the clock changes what belongs into the entry: a file that becomes public, say.
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("search index")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language"],
                name="search_entry_is_kept_once_for_a_language",
                violation_error_message=_("The item is in the index already."),
            )
        ]
        indexes = [
            *(
                GinIndex(
                    fields=["terms"],
                    name=f"searchentry_terms_{code}",
                    condition=Q(language=code),
                    fastupdate=False,
                )
                for code in CODES
            ),
            *(
                GinIndex(
                    fields=["terms"],
                    name=f"searchentry_names_{code}",
                    condition=Q(language=code) & ~Q(names=[]),
                    fastupdate=False,
                )
                for code in CODES
            ),
            models.Index(
                fields=["due_at"], name="searchentry_due", condition=Q(due_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.language}"


class StaleItem(models.Model):
    """An item whose entries are out of date; noted by a trigger in the writing transaction."""

    kind = models.CharField(_("Table"), max_length=63)
    object_id = models.BigIntegerField(_("Item"))
    # The transaction that wrote it (pg_current_xact_id), which brings its entries up to date.
    noted_by = models.BigIntegerField()

    class Meta:
        verbose_name = _("item that search has to read anew")
        verbose_name_plural = _("items that search has to read anew")
        indexes = [models.Index(fields=["noted_by"], name="staleitem_by_transaction")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class KnownWord(models.Model):
    """A word of some title, name or lead: what a misspelt word may have been meant to be."""

    language = models.CharField(_("Language"), max_length=2)
    word = models.CharField(_("Word"), max_length=60)

    class Meta:
        verbose_name = _("word that search knows")
        verbose_name_plural = _("words that search knows")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"],
                name="known_word_is_kept_once_for_a_language",
                violation_error_message=_("The word is known already."),
            )
        ]
        indexes = [GinIndex(OpClass(F("word"), "gin_trgm_ops"), name="knownword_by_trigrams")]

    def __str__(self) -> str:
        return self.word


class SearchedDay(models.Model):
    """How often something was looked for on a day: in aggregate, without a trace of who asked."""

    day = models.DateField(_("Day"))
    language = models.CharField(_("Language"), max_length=2)
    words = models.CharField(_("Words"), max_length=120)
    times = models.PositiveIntegerField(_("Times"), default=0)
    times_without_hits = models.PositiveIntegerField(_("Times without hits"), default=0)

    class Meta:
        verbose_name = _("words looked for")
        verbose_name_plural = _("what readers look for")
        ordering = ["-day", "-times"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "words"],
                name="searched_words_are_counted_once_a_day",
                violation_error_message=_("These words are counted for that day already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=CODES),
                name="searched_words_are_of_one_of_our_languages",
                violation_error_message=_("Choose Swedish or Finnish."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"
