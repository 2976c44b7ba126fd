"""What is new: what has become public, been added or changed, and who has joined or left.

Nearly all of it is computed from the items' own columns, so that it is true at any date: what is
scheduled appears by itself, and what is withdrawn leaves. The rest are `ChangeNote`s. A page asks
first which the newest are, and then for what a list shows of their items.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from foundation.content import languages
from foundation.content.addresses import address
from foundation.content.models import ChangeNote, Content
from foundation.content.texts import Text
from municipalities.models import Municipality
from projects.models import Participation, Project, Theme, Workshop, WorkshopSeries
from publications.models import Material, MaterialFile, Practice, Publication, Story


@dataclass(frozen=True)
class _Kind:
    """A kind of item: how it is about a theme or a municipality, and how it is announced."""

    model: type[Content]
    announced: str
    themes: tuple[str, ...] = ("theme",)
    municipalities: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def thread(self) -> Any:
        threads = [F(f"{theme}__thread") for theme in self.themes]
        return Coalesce(*threads) if len(threads) > 1 else threads[0]


KINDS = {
    kind.table: kind
    for kind in (
        _Kind(
            Workshop,
            gettext_noop("New workshop"),
            municipalities=("municipalities",),
            columns=("day", "last_day", "start_time", "end_time", "status"),
        ),
        _Kind(
            WorkshopSeries,
            gettext_noop("New series of workshops"),
            municipalities=("workshops__in",),
        ),
        _Kind(
            Material,
            gettext_noop("New material"),
            themes=("theme", "workshop__theme", "publication__theme"),
            municipalities=("workshop__in",),
            columns=("access",),
        ),
        _Kind(Publication, gettext_noop("New publication")),
        _Kind(
            Story,
            gettext_noop("New story"),
            municipalities=("municipalities",),
            columns=("year",),
        ),
        _Kind(Practice, gettext_noop("New good practice"), municipalities=("municipalities",)),
    )
}
_SHOWN = (
    *("id", "title_sv", "title_fi", "slug_sv", "slug_fi", "lead_sv", "lead_fi"),
    *("pairing", "is_example"),
)
# In this order in every branch, and under names that no model has: the union goes by place.
_COLUMNS = ("at", "what", "table", "row", "item", "more")

# Files that come with their material are no news beside it.
WITH_THE_MATERIAL = timedelta(hours=1)

# Names of the entries in feeds (RFC 4122, version 5): the same in both languages, for ever.
FEED_NAMESPACE = uuid.UUID("7d0f4a52-1f0c-4c8e-9a57-6f1f4f4f8f0e")


@dataclass(frozen=True)
class Scope:
    """What the news are about: a theme, a municipality, or the whole portal."""

    theme: Theme | None = None
    municipality: Municipality | None = None

    @property
    def subject(self) -> Theme | Municipality | None:
        """The item the news are about; None for the whole portal."""
        return self.theme or self.municipality

    @property
    def name(self) -> str:
        """What tells the scopes apart, for ever and in every language."""
        subject = self.subject
        return f"{subject._meta.db_table}:{subject.pk}" if subject else "portal"

    def published(self, kind: _Kind, moment: datetime) -> QuerySet:
        """The public items of a kind that the scope holds, each once."""
        rows = kind.model.objects.published(moment)
        if self.subject is None:
            return rows.order_by()
        ways = kind.themes if self.theme else kind.municipalities
        found = Q(pk__in=[])
        for way in ways:
            # As a subquery: joins to the many workshops of a series would repeat it.
            named = {way: self._at_the_end_of(way, moment)}
            of_subject = kind.model._default_manager.filter(**named)
            found |= Q(pk__in=of_subject.order_by().values("pk"))
        return rows.filter(found).order_by()

    def _at_the_end_of(self, way: str, moment: datetime) -> Any:
        if not way.endswith("__in"):
            return self.subject
        workshops = Workshop.objects.published(moment)
        return workshops.filter(municipalities=self.subject).order_by()


@dataclass
class Entry:
    """One thing that is new, with the item it is about; None for a change of the network.

    `thread` is the number of the thread that marks it, as of a theme; `more` what the event needs.
    """

    moment: datetime
    event: str
    table: str
    row: int
    item: Content | Municipality | None
    thread: int | None
    more: dict[str, Any]

    @property
    def uid(self) -> str:
        """Its name in feeds, whatever language they are in (a URN, RFC 9562)."""
        name = f"{self.event_family}:{self.table}:{self.row}"
        return uuid.uuid5(FEED_NAMESPACE, name).urn

    @property
    def event_family(self) -> str:
        """The event, without what may turn out otherwise later."""
        return "file" if self.event in ("version", "language", "file") else self.event

    @property
    def label(self) -> str:
        """What happened, in a word or three of the reader's language."""
        if self.event == "public":
            return _(KINDS[self.table].announced)
        return {
            "version": _("New version"),
            "language": _("New language"),
            "file": _("New file"),
            "note": _("Updated"),
            "moved": _("Time or place changed"),
            "cancelled": _("Cancelled"),
            "reinstated": _("Takes place after all"),
            "joined": _("Participation began"),
            "left": _("Participation ended"),
        }[self.event]

    @property
    def is_off(self) -> bool:
        """True for news that a reader must not overlook."""
        return self.event == "cancelled"

    @property
    def workshop(self) -> Workshop | None:
        """The workshop it is about, whose days are told with it."""
        return self.item if isinstance(self.item, Workshop) else None

    @property
    def heading(self) -> Text:
        """The name of the item, or what happened to the network."""
        here = languages.current()
        if self.item is not None:
            return self.item.text(self.item.name_field)
        return Text(_parties(self.more["municipalities"], self.more["actors"]), here, here)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the item is in, for the mark in lists."""
        return self.item.languages if self.item is not None else languages.CODES

    @property
    def path(self) -> str:
        """The page that tells more, under the prefix of the reader's language."""
        return self.item.path() if self.item is not None else address(NETWORK)

    @property
    def is_example(self) -> bool:
        return bool(getattr(self.item, "is_example", False))

    @property
    def details(self) -> Text:
        """What the reader is told of it: the editor's note, or what it is about."""
        here = languages.current()
        if self.event == "note":
            return self._note(here)
        if self.event in ("version", "language", "file"):
            return Text(self._of_the_file(), here, here)
        if self.event == "public" and isinstance(self.item, Content):
            return self.item.text("lead")
        return Text("", here, here)

    def _note(self, here: str) -> Text:
        for code in (here, languages.other(here)):
            if code in self.languages and (words := self.more[f"note_{code}"]):
                return Text(words, code, here)
        return Text("", here, here)

    def _of_the_file(self) -> str:
        version = {"number": self.more["version"]}
        told = {
            "sv": _("A file in Swedish, version %(number)s."),
            "fi": _("A file in Finnish, version %(number)s."),
            "sv+fi": _("A file in Swedish and Finnish, version %(number)s."),
            "en": _("A file in English, version %(number)s."),
        }
        return told[self.more["language"]] % version


NETWORK = "municipalities:municipality_list"


def _parties(municipalities: int, actors: int) -> str:
    """How many parties, of each kind there is: 26 municipalities and 2 regional actors."""
    counted = []
    if municipalities:
        counted.append(
            ngettext("%(number)s municipality", "%(number)s municipalities", municipalities)
            % {"number": municipalities}
        )
    if actors:
        counted.append(
            ngettext("%(number)s regional actor", "%(number)s regional actors", actors)
            % {"number": actors}
        )
    if len(counted) == 2:
        return _("%(one)s and %(other)s") % {"one": counted[0], "other": counted[1]}
    return counted[0]


class News:
    """The news of a scope, newest first: counted, or a slice of them as entries."""

    def __init__(self, scope: Scope, moment: datetime | None = None) -> None:
        self.scope = scope
        self.moment = moment or timezone.now()
        self.today = timezone.localtime(self.moment).date()

    def count(self) -> int:
        """How many there are; one query."""
        return _union(self._branches).count()

    def __getitem__(self, wanted: slice) -> list[Entry]:
        """Some of them; two queries, or none for none."""
        if wanted.stop == 0:
            return []
        # No more of each kind than are wanted.
        newest = [rows.order_by("-at", "-row")[: wanted.stop] for rows in self._branches]
        rows = list(_union(newest).order_by("-at", "table", "-row", "what")[wanted])
        shown = _shown({(row["table"], row["item"]) for row in rows if row["item"]})
        return [self._entry(row, shown) for row in rows]

    @cached_property
    def _branches(self) -> list[QuerySet]:
        return [
            *_of_items(self.scope, self.moment),
            *([] if self.scope.theme else _of_parties(self.scope, self.moment, self.today)),
        ]

    def _entry(self, row: dict[str, Any], shown: dict[tuple[str, int], dict[str, Any]]) -> Entry:
        # A municipality's own news of the network are about itself.
        item: Content | Municipality | None = self.scope.municipality
        columns = shown.get((row["table"], row["item"]), {})
        if columns:
            item = _item(row["table"], columns)
        thread = columns.get("thread")
        return Entry(row["at"], row["what"], row["table"], row["row"], item, thread, row["more"])


def _shown(keys: set[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """What lists show of items, by table and key; one query, or none for none."""
    branches = []
    for kind in KINDS.values():
        wanted = [key for table, key in keys if table == kind.table]
        if wanted:
            columns = {name: F(name) for name in (*_SHOWN, *kind.columns)}
            rows = kind.model._base_manager.filter(pk__in=wanted).order_by()
            rows = rows.annotate(
                table=_text(kind.table), shown=JSONObject(**columns, thread=kind.thread)
            )
            branches.append(_values(rows, "table", "shown"))
    found = branches[0].union(*branches[1:], all=True) if branches else []
    return {(row["table"], row["shown"]["id"]): row["shown"] for row in found}


def _union(branches: list[QuerySet]) -> QuerySet:
    first, *others = (_values(rows, *_COLUMNS) for rows in branches)
    return first.union(*others, all=True)


def _values(rows: QuerySet, *columns: str) -> QuerySet:
    # The library of translated fields would shuffle the columns.
    return getattr(rows, "raw_values", rows.values)(*columns)


def _of_items(scope: Scope, moment: datetime) -> Iterator[QuerySet]:
    noted = Q(pk__in=[])
    for kind in KINDS.values():
        if scope.municipality and not kind.municipalities:
            continue
        items = scope.published(kind, moment)
        yield _new(kind, items)
        if kind.model is Material:
            yield _filed(kind, items, moment)
        of_note = items.filter(pk=OuterRef("object_id"), publish_at__lte=OuterRef("moment"))
        noted |= Q(Exists(of_note), kind=kind.table)
    yield _noted(noted, moment)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _new(kind: _Kind, items: QuerySet) -> QuerySet:
    """That items have become public."""
    return items.annotate(
        at=F("publish_at"),
        what=_text("public"),
        table=_text(kind.table),
        row=F("pk"),
        item=F("pk"),
        more=Value({}, JSONField()),
    )


def _noted(of_items: Q, moment: datetime) -> QuerySet:
    """What has been noted of items since they are public."""
    return (
        ChangeNote.objects.filter(of_items, moment__lte=moment)
        .order_by()
        .annotate(
            at=F("moment"),
            what=F("event"),
            table=F("kind"),
            row=F("pk"),
            item=F("object_id"),
            more=JSONObject(note_sv=F("note_sv"), note_fi=F("note_fi")),
        )
    )


def _filed(kind: _Kind, items: QuerySet, moment: datetime) -> QuerySet:
    """Versions and languages that materials have got since they are public.

    Of the files of one version and language the first tells; a further format is no news.
    """
    files = MaterialFile.objects.filter(role=MaterialFile.Role.CONTENT, published_at__lte=moment)
    before = files.filter(material=OuterRef("material"), published_at__lt=OuterRef("published_at"))
    in_language = before.filter(language=OuterRef("language"))
    same = files.filter(
        Q(published_at__lt=OuterRef("published_at"))
        | Q(published_at=OuterRef("published_at"), pk__lt=OuterRef("pk")),
        material=OuterRef("material"),
        language=OuterRef("language"),
        version=OuterRef("version"),
    )
    return (
        files.filter(
            ~Exists(same),
            material__in=items.values("pk"),
            published_at__gt=F("material__publish_at") + WITH_THE_MATERIAL,
        )
        .order_by()
        .annotate(
            at=F("published_at"),
            what=Case(
                When(Exists(in_language), then=_text("version")),
                When(Exists(before), then=_text("language")),
                default=_text("file"),
            ),
            table=_text(kind.table),
            row=F("pk"),
            item=F("material"),
            more=JSONObject(language=F("language"), version=F("version")),
        )
    )


class _Midnight(Func):
    """The moment in Helsinki at which a day begins."""

    template = "((%(expressions)s)::timestamp AT TIME ZONE 'Europe/Helsinki')"
    output_field = DateTimeField()


class _LastMoment(Func):
    """The last second of a day in Helsinki."""

    template = (
        "((%(expressions)s + 1)::timestamp AT TIME ZONE 'Europe/Helsinki' - interval '1 second')"
    )
    output_field = DateTimeField()


def _of_parties(scope: Scope, moment: datetime, today: date) -> Iterator[QuerySet]:
    """That parties have joined the network, or left it: one by one, or those of a day together."""
    taking_part = Participation.objects.filter(project__in=Project.objects.published(moment))
    for event, day, at, passed in (
        ("joined", "start", _Midnight("start"), {"start__lte": today}),
        ("left", "end", _LastMoment("end"), {"end__lt": today}),
    ):
        rows = taking_part.filter(**passed).order_by()
        number: Any = F("pk")
        municipalities: Any = Value(1)
        actors: Any = Value(0)
        if scope.municipality:
            rows = rows.filter(municipality=scope.municipality)
        else:
            rows = rows.values(day)
            number, actors = _DayNumber(day), Count("regional_actor")
            municipalities = Count("municipality")
        yield rows.annotate(
            at=at,
            what=_text(event),
            table=_text(""),
            row=number,
            item=Value(None, BigIntegerField()),
            more=JSONObject(municipalities=municipalities, actors=actors),
        )


class _DayNumber(Func):
    """A day as a number that no other day has."""

    template = "((%(expressions)s) - DATE '2000-01-01')::bigint"
    output_field = BigIntegerField()


def _item(table: str, shown: dict[str, Any]) -> Content:
    """An item with the columns that lists show; the others would be asked for one by one."""
    model = KINDS[table].model
    fields = [one for one in model._meta.concrete_fields if one.attname in shown]
    values = [one.to_python(shown[one.attname]) for one in fields]
    return model.from_db("default", [one.attname for one in fields], values)
