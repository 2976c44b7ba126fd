"""Made-up public items in any number: python bench/synthetic.py N [--seed S] | --remove

They are written into the database that the environment names, marked as examples.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from foundation.content.models import ChangeNote, Content, LanguageState, SlugHistory
from foundation.history.models import Change
from municipalities.models import Municipality
from projects.models import Theme, Workshop
from publications.models import Material, MaterialFile, Practice, Publication, Story

BATCH = 500  # rows written at once
# How the addresses of made-up items begin: they are taken away by it.
ADDRESS = {"sv": "pahittat-exempel", "fi": "keksitty-esimerkki"}
FILE = "materials/made-up-example.csv"
ROWS = b"Exempel,Esimerkki\n1,1\n"
FIRST_DAY = date(2017, 9, 1)
DAYS = 850
# In the order in which they are made; taken away in the opposite one.
KINDS: tuple[type[Content], ...] = (Publication, Workshop, Story, Practice, Material)

# The same sentence in both languages; which ones an item has follows from its number.
SENTENCES = (
    ("Kommunen främjar invånarnas välfärd.", "Kunta edistää asukkaidensa hyvinvointia."),
    ("Välfärd byggs i vardagen.", "Hyvinvointi rakentuu arjessa."),
    ("Barn och unga planerar gården.", "Lapset ja nuoret suunnittelevat pihan."),
    ("Biblioteket är öppet för alla.", "Kirjasto on avoin kaikille."),
    ("Äldre cyklar tillsammans om våren.", "Ikääntyneet pyöräilevät yhdessä keväisin."),
    ("Nämnderna följer samma mål.", "Lautakunnat seuraavat samoja tavoitteita."),
    ("Skolan och ungdomsarbetet möts.", "Koulu ja nuorisotyö kohtaavat."),
    ("Föreningarna bjuder på kaffe.", "Yhdistykset tarjoavat kahvit."),
    ("Budgeten läses ur barnens synvinkel.", "Talousarvio luetaan lasten näkökulmasta."),
    ("Stigen genom skogen får belysning.", "Metsäpolku saa valaistuksen."),
    ("Invånarna röstar om parken.", "Asukkaat äänestävät puistosta."),
    ("Ett gott råd delas med grannen.", "Hyvä neuvo jaetaan naapurille."),
)


class AlreadyThere(Exception):
    """Made-up items of an earlier run, which have to go first."""


def make_synthetic_content(count: int, seed: int = 1) -> dict[str, int]:
    """Make so many public items, marked as examples; how many of each kind.

    The same count and seed give the same texts, days and relations. Raises AlreadyThere.
    """
    if any(_made_up(kind).exists() for kind in KINDS):
        raise AlreadyThere
    numbers = {
        kind: range(place, count, len(KINDS)) for place, kind in enumerate(KINDS) if place < count
    }
    themes = list(Theme._base_manager.order_by("pk"))
    municipalities = list(Municipality.objects.order_by("code"))
    for kind, of_kind in numbers.items():
        for begin in range(0, len(of_kind), BATCH):
            some = of_kind[begin : begin + BATCH]
            with transaction.atomic():
                made = kind._base_manager.bulk_create(
                    kind(**_texts(number, seed), **_particulars(kind, number, themes))
                    for number in some
                )
                _relate(kind, made, municipalities)
    return {kind._meta.label: len(of_kind) for kind, of_kind in numbers.items()}


def remove_synthetic_content() -> int:
    """Take all made-up items away with every trace of them; how many they were."""
    total = 0
    for kind in reversed(KINDS):
        while keys := list(_made_up(kind).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                _deleted, by_model = kind._base_manager.filter(pk__in=keys).delete()
                _forget(kind, keys)
            total += by_model[kind._meta.label]
        _forget(kind, list(_in_bin(kind)))
    default_storage.delete(FILE)
    return total


def _made_up(kind: type[Content]) -> models.QuerySet:
    address = {"slug_sv__regex": rf"^{ADDRESS['sv']}-[0-9]+$"}
    return kind._base_manager.filter(is_example=True, **address)


def _in_bin(kind: type[Content]) -> models.QuerySet:
    """The keys of made-up items that somebody has deleted by hand."""
    deleted = Change.objects.filter(kind=kind._meta.db_table, operation=Change.Operation.DELETED)
    made_up = deleted.filter(before__slug_sv__startswith=f"{ADDRESS['sv']}-")
    return made_up.values_list("object_id", flat=True)


def _texts(number: int, seed: int) -> dict[str, Any]:
    """What every kind of content has."""
    random = Random(f"{seed} {number}")  # noqa: S311  (nothing here is a secret)
    chosen = random.sample(SENTENCES, 6)
    texts: dict[str, Any] = {}
    for place, code in enumerate(("sv", "fi")):
        sentences = [sentence[place] for sentence in chosen]
        label = ("Exempel", "Esimerkki")[place]
        texts |= {
            f"title_{code}": f"{label}: {sentences[0].rstrip('.')} ({number + 1})",
            f"slug_{code}": f"{ADDRESS[code]}-{number + 1}",
            f"lead_{code}": " ".join(sentences[1:3]),
            f"body_{code}": "".join(f"<p>{sentence}</p>" for sentence in sentences[3:]),
        }
    moment = datetime(2018, 1, 1, 7, tzinfo=UTC) + timedelta(days=number % DAYS, seconds=number)
    return texts | {"decision": "public", "publish_at": moment, "is_example": True}


def _particulars(kind: type[Content], number: int, themes: list[Theme]) -> dict[str, Any]:
    """What a kind has of its own."""
    day = FIRST_DAY + timedelta(days=number % DAYS)
    theme = themes[number % len(themes)] if themes else None
    if kind is Workshop:
        return {"theme": theme, "day": day, "last_day": day, "status": "held"}
    if kind is Material:
        return {"type": "data", "licence": "cc-by-4.0", "workshop_id": _workshop(number)}
    if kind is Practice:
        return {"theme": theme}
    if kind is Publication:
        return {"theme": theme, "year": day.year, "original_language": ("sv", "fi")[number % 2]}
    return {"theme": theme, "year": day.year}


def _workshop(number: int) -> int:
    """The key of the workshop that the material of a number belongs to: the one made beside it."""
    beside = number - KINDS.index(Material) + KINDS.index(Workshop)
    return Workshop._base_manager.values_list("pk", flat=True).get(
        slug_sv=f"{ADDRESS['sv']}-{beside + 1}"
    )


def _relate(kind: type[Content], made: list[Any], municipalities: list[Municipality]) -> None:
    """Municipalities of stories and workshops; a file for each material."""
    if kind is Material:
        MaterialFile._base_manager.bulk_create(_files(made))
    if kind in (Story, Workshop) and municipalities:
        through: Any = kind.municipalities.through
        through._base_manager.bulk_create(
            through(
                **{str(kind._meta.model_name): item},
                municipality=municipalities[place % len(municipalities)],
            )
            for place, item in enumerate(made)
        )


def _files(materials: list[Material]) -> Iterator[MaterialFile]:
    """One file for each, all of the same bytes."""
    if not default_storage.exists(FILE):
        default_storage.save(FILE, ContentFile(ROWS))
    for material in materials:
        file = MaterialFile(
            material=material,
            language="sv+fi",
            published_at=material.publish_at,
            file=ContentFile(ROWS, "exempel-esimerkki.csv"),
        )
        file.measure()
        file.file = FILE
        yield file


def _forget(kind: type[Content], keys: list[int]) -> None:
    """What would tell of them afterwards: history, former addresses, states of their languages."""
    of_them = Q(kind=kind._meta.db_table, object_id__in=keys)
    named = [f"{kind._meta.db_table}:{key}" for key in keys]
    Change.objects.filter(of_them | Q(part_of__overlap=named)).delete()
    for model in (ChangeNote, LanguageState, SlugHistory):
        model._base_manager.filter(of_them).delete()


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the items, or take them away."""
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("count", nargs="?", type=int, metavar="N", help="how many")
    what.add_argument("--remove", action="store_true", help="take all made-up items away")
    parser.add_argument("--seed", type=int, default=1, help="another number: other texts")
    options = parser.parse_args(arguments)
    if options.remove:
        print(f"{remove_synthetic_content()} made-up items taken away.")
        return
    try:
        made = make_synthetic_content(options.count, options.seed)
    except AlreadyThere:
        raise SystemExit("There are made-up items; take them away first, with --remove.") from None
    print(", ".join(f"{number} {label}" for label, number in made.items()))


if __name__ == "__main__":
    main()
