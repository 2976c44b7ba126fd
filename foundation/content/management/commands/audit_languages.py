"""Checks, every night for example, that nothing public breaks the rule of the two languages."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg.sql import SQL, Identifier

from foundation.content import languages
from foundation.content.agreement import compared_fields, is_rich
from foundation.content.models import Bilingual, Content, LanguageState
from foundation.content.publication import Pairing, missing_texts
from foundation.editing.worklist import bilingual_models


class Command(BaseCommand):
    """Prints every breach; ends with an error when there is one."""

    help = "Prints what is published but incomplete, and texts whose language state is out of step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="bring language states in step (after a restore that left the triggers out)",
        )

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        breaches = 0
        for kind, model in bilingual_models().items():
            if issubclass(model, Content):
                for line in incomplete(model):
                    self.stdout.write(line)
                    breaches += 1
            strayed = out_of_step(kind, model)
            for key, field in strayed:
                self.stdout.write(f"{model._meta.label} {key}, {field}: state out of step")
            if repair:
                bring_in_step(kind, model, strayed)
                self.stdout.write(f"{model._meta.label}: {len(strayed)} states repaired")
            else:
                breaches += len(strayed)
        if breaches:
            raise CommandError(f"{breaches} breaches of the rule of the two languages.")
        self.stdout.write("What is published is complete in the languages it is declared for.")


def incomplete(model: type[Content]) -> Iterator[str]:
    """A line for each published item that lacks a required text, or a reason to."""
    for item in model.objects.published():
        for language, fields in missing_texts(item, *model.required_texts).items():
            for field in fields:
                yield f"{model._meta.label} {item.pk} ({item}): no {field} in {language}"
        if item.pairing != Pairing.BOTH and not item.pairing_reason:
            yield f"{model._meta.label} {item.pk} ({item}): one language only, without a reason"


def out_of_step(kind: str, model: type[Bilingual]) -> list[tuple[int, str]]:
    """Item and field of texts whose state is missing, left over or says what is not so."""
    fields = compared_fields(model)
    columns = [f"{field}_{code}" for field in fields for code in ("sv", "fi")]
    wanted = {
        (row["pk"], field): (bool(row[f"{field}_sv"]), bool(row[f"{field}_fi"]))
        for row in model._default_manager.values("pk", *columns)
        for field in fields
        if row[f"{field}_sv"] or row[f"{field}_fi"]
    }
    found = {
        (key, field): (sv, fi)
        for key, field, sv, fi in LanguageState.objects.filter(kind=kind).values_list(
            "object_id", "field", "sv_is_filled", "fi_is_filled"
        )
    }
    return sorted(key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key))


def bring_in_step(kind: str, model: type[Bilingual], strayed: list[tuple[int, str]]) -> None:
    """Let the database compare these items anew, as if they had just been written."""
    for key, field in strayed:
        empty = {f"{field}_{code}__isnull": True for code in languages.CODES}
        if not model._default_manager.filter(pk=key).exclude(**empty).exists():
            LanguageState.objects.filter(kind=kind, object_id=key, field=field).delete()
    fields = compared_fields(model)
    call = SQL(
        "SELECT content_compare_languages(%s, NULL, to_jsonb(item), %s, %s)"
        " FROM {} item WHERE id = ANY (%s)"
    ).format(Identifier(kind))
    rich = [field for field in fields if is_rich(model, field)]
    with connection.cursor() as cursor:
        cursor.execute(call, [kind, fields, rich, [key for key, _field in strayed]])
