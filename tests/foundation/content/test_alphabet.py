"""Å, Ä and Ö are letters of their own, and last, in SQL and in Python alike."""

import random

import pytest

from foundation.content.alphabet import alphabetical, sort_key
from municipalities.models import Municipality
from tests.factories import make_municipality, make_region

IN_ORDER = ["Ackas", "adress", "Esbo", "Vasa", "Vörå", "Zeland", "Åbo", "åland", "Äänekoski", "Öja"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi"])
def test_sql_puts_the_last_letters_last_in_both_languages(language: str) -> None:
    region = make_region()
    shuffled = random.Random(17).sample(IN_ORDER, len(IN_ORDER))
    assert shuffled != IN_ORDER
    for number, name in enumerate(shuffled):
        names = {"name_sv": f"X{number}", "name_fi": f"X{number}", f"name_{language}": name}
        slug = f"kommun-{number}"
        Municipality.objects.create(
            region=region,
            code=f"{number:03}",
            language_status="fi",
            slug_sv=slug,
            slug_fi=slug,
            **names,
        )
    column = f"name_{language}"
    ordered = Municipality.objects.order_by(alphabetical(column)).values_list(column, flat=True)
    assert list(ordered) == IN_ORDER
    assert list(Municipality.objects.in_order(language).values_list(column, flat=True)) == IN_ORDER


def test_python_sorts_as_sql_does() -> None:
    assert sorted(reversed(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.django_db
def test_order_can_be_turned() -> None:
    for _number in range(3):
        make_municipality()
    backwards = Municipality.objects.order_by(alphabetical("name_sv").desc())
    assert [found.name_sv for found in backwards] == ["Åbo", "Helsingfors", "Esbo"]
