"""Rows that come in their item's own query, on every PostgreSQL that the portal knows."""

import pytest
from django.db import connection
from django.db.models import OuterRef

from foundation.content.alongside import MOST_ARGUMENTS, alongside, take
from projects.models import Theme, Workshop
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("is_from_16_on", [True, False])
def test_wide_rows_come_along(monkeypatch, is_from_16_on: bool) -> None:
    if is_from_16_on and not connection.features.is_postgresql_16:
        pytest.skip("NOT TESTED: the server is older than PostgreSQL 16")
    monkeypatch.setattr(connection.features, "is_postgresql_16", is_from_16_on)
    theme = factories.make_theme()
    workshop = factories.make_workshop(theme=theme, title_sv="Väv")
    rows = Workshop.objects.filter(theme=OuterRef("pk")).order_by("pk")
    assert 2 * len(Workshop._meta.concrete_fields) > MOST_ARGUMENTS
    [found] = take(alongside(Theme.objects.all(), workshops=rows).get(), "workshops", Workshop)
    for field in Workshop._meta.concrete_fields:
        expected = getattr(Workshop.objects.get(pk=workshop.pk), field.attname)
        assert getattr(found, field.attname) == expected, field.attname
