"""What was done last in the admin, by everybody, with its names in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.content import languages
from foundation.content.models import Addressed, Content
from foundation.content.publication import Pairing
from foundation.content.templatetags.content import marked
from foundation.content.texts import Text
from foundation.editing.editing_admin import shows_everything

SHOWN = 12


@dataclass(frozen=True)
class RecentChange:
    """An entry of the admin's log, and what the item is called now."""

    entry: LogEntry
    what: SafeString | str

    @property
    def url(self) -> str:
        """Where the item is edited; "" when it is gone."""
        return "" if self.entry.is_deletion() else self.entry.get_admin_url() or ""


def recent_changes(request: HttpRequest, site: AdminSite) -> list[RecentChange]:
    """The last changes to items of the kinds that the user may see, newest first; two queries.

    Whoever sees no more of a kind than what belongs to a municipality is told only of own changes.
    """
    kinds = {
        kind.pk: model
        for model, kind in ContentType.objects.get_for_models(
            *(
                model
                for model, admin in site._registry.items()
                if admin.has_view_permission(request)
            )
        ).items()
    }
    whole = [pk for pk, model in kinds.items() if shows_everything(request, site._registry[model])]
    entries = LogEntry.objects.filter(
        Q(content_type__in=whole) | Q(content_type__in=list(kinds), user=request.user.pk)
    ).order_by("-action_time", "-pk")
    found = list(entries.select_related("user", "content_type")[:SHOWN])
    wanted: dict[Any, set[int]] = defaultdict(set)
    for entry in found:
        model = kinds[entry.content_type_id or 0]
        if issubclass(model, Addressed) and (entry.object_id or "").isdecimal():
            wanted[model].add(int(entry.object_id or 0))
    names = _names(wanted.items())
    return [
        RecentChange(entry, names.get((entry.content_type_id, entry.object_id), entry.object_repr))
        for entry in found
    ]


def _names(
    wanted: Iterable[tuple[Any, set[int]]],
) -> dict[tuple[int | None, str | None], SafeString]:
    """What items are called, by their content type and key; one query for all kinds together."""
    rows: list[QuerySet] = []
    for model, keys in wanted:
        is_content = issubclass(model, Content)
        columns = {
            "kind_of": Value(ContentType.objects.get_for_model(model).pk),
            "key_of": F("pk"),
            "meant_for": F("pairing") if is_content else Value(Pairing.BOTH.value),
            **{f"in_{code}": F(f"{model.name_field}_{code}") for code in languages.CODES},
        }
        named = model._default_manager.filter(pk__in=keys).order_by()
        rows.append(named.annotate(**columns).values(*columns))
    if not rows:
        return {}
    every = rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0]
    return {
        (row["kind_of"], str(row["key_of"])): marked(text)
        for row in every
        if (text := shown_name(row["in_sv"], row["in_fi"], row["meant_for"]))
    }


def shown_name(sv: str | None, fi: str | None, pairing: str) -> Text:
    """The name of an item in the reader's language, else in the other one."""
    names = {"sv": sv, "fi": fi}
    asked = languages.current()
    there = languages.other(asked)
    if names[asked] and pairing != there:
        return Text(names[asked] or "", asked, asked)
    return Text(names[there] or "", there, asked)
