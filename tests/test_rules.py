"""Every rule of the content is kept by the database itself, and explained by the form."""

import re
from collections.abc import Callable
from itertools import groupby

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.constraints import BaseConstraint
from django.utils.translation import override

from tests import factories
from tests.constraint_cases import (
    ADDRESSED_MODELS,
    BREACHES,
    BREACHES_OF_TRIGGERS,
    CONTENT_MODELS,
    OUR_MODELS,
    Breach,
    copy_of,
    settled,
)

CONSTRAINTS: dict[str, BaseConstraint] = {
    constraint.name: constraint for model in OUR_MODELS for constraint in model._meta.constraints
}
BOOKKEEPING_TRIGGERS = {
    "keep_replaced_slugs",
    "compare_languages",
    "raise_sequence",
    "keep_the_former_day",
    "tell_of_moves",
    "note_for_search",
    "keep_history",
    "close_in_search",
}
# What the editor leaves out and the form can know: the moment, and an address made from the name.
FILLED_IN_BY_THE_FORM = ("_published_since_a_moment", "_has_an_address_in_both_languages")
UNIQUE_COLUMNS = [
    (model, field.name)
    for model in OUR_MODELS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key and not model._meta.proxy and field.name != "uid"
]


def rule_of(trigger) -> str:
    """The name of the rule that a trigger of ours answers with."""
    found = re.search(r"CONSTRAINT = '(\w+)'", trigger.func)
    assert found, f"{trigger.name} neither names its rule nor is known as book-keeping"
    return found[1]


@pytest.fixture
def refuses(db) -> Callable:
    """A check that the database refuses what a function does, for the reason named."""

    def check(rule: str, breach: Callable[[], object]) -> None:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            breach()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert refusal.value.__cause__.diag.constraint_name == rule

    return check


def test_no_rule_is_without_a_test() -> None:
    assert set(CONSTRAINTS) == {breach.rule for breach in BREACHES}


def test_no_trigger_is_without_a_test() -> None:
    triggers = [
        trigger
        for model in OUR_MODELS
        for trigger in getattr(model._meta, "triggers", [])
        if trigger.name not in BOOKKEEPING_TRIGGERS
    ]
    assert {rule_of(trigger) for trigger in triggers} == {rule for rule, _ in BREACHES_OF_TRIGGERS}


def test_no_model_is_without_a_maker() -> None:
    written_by_the_database = {"LanguageState", "SlugHistory"}
    written_by_search = {"KnownWord", "SearchEntry", "StaleItem"}
    places_of_triggers = {
        "WorkshopMunicipality",
        "StoryMunicipality",
        "StoryReadAlso",
        "PracticeTaskArea",
    }
    missing = {model.__name__ for model in set(OUR_MODELS) - set(factories.MAKERS)}
    assert missing == written_by_the_database | written_by_search | places_of_triggers


@pytest.mark.django_db
@pytest.mark.parametrize("model", factories.MAKERS, ids=lambda model: model.__name__)
def test_made_row_keeps_every_rule(model: type[models.Model]) -> None:
    for _number in range(2):
        settled(factories.MAKERS[model]()).full_clean()


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses(refuses, breach: Breach) -> None:
    row = settled(breach.make())
    rows = type(row)._base_manager.filter(pk=row.pk)
    refuses(breach.rule, lambda: rows.update(**breach.changes))


@pytest.mark.parametrize(
    ("rule", "breach"),
    BREACHES_OF_TRIGGERS,
    ids=[f"{rule}-{breach.__name__.strip('_')}" for rule, breach in BREACHES_OF_TRIGGERS],
)
def test_trigger_refuses(refuses, rule: str, breach: Callable[[], None]) -> None:
    refuses(rule, breach)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "breach",
    [next(group) for _rule, group in groupby(BREACHES, key=lambda breach: breach.rule)],
    ids=str,
)
def test_form_explains(breach: Breach) -> None:
    row = breach.make()
    for name, value in breach.changes.items():
        setattr(row, name, value)
    constraint = CONSTRAINTS[breach.rule]
    with pytest.raises(ValidationError) as explained:
        constraint.validate(type(row), row)
    assert constraint.violation_error_message != BaseConstraint.default_violation_error_message
    assert explained.value.messages == [str(constraint.violation_error_message)]
    if breach.rule.endswith(FILLED_IN_BY_THE_FORM):
        row.full_clean()
        constraint.validate(type(row), row)
        return
    with pytest.raises(ValidationError) as explained:
        row.full_clean()
    assert not any(breach.rule in message for message in explained.value.messages)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_message_of_a_rule_is_a_sentence(name: str) -> None:
    for language in ("sv", "fi"):
        with override(language):
            text = str(CONSTRAINTS[name].violation_error_message)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "%(" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column"), UNIQUE_COLUMNS, ids=[f"{m.__name__}-{c}" for m, c in UNIQUE_COLUMNS]
)
def test_database_refuses_a_second_row_with_the_same(
    model: type[models.Model], column: str
) -> None:
    make = factories.MAKERS[model]
    one = make()
    other = make()
    rows = model._base_manager.filter(pk=other.pk)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        rows.update(**{column: getattr(one, column)})
    name = refusal.value.__cause__.diag.constraint_name
    assert name.startswith(f"{model._meta.db_table}_{column}") or name in CONSTRAINTS


@pytest.mark.django_db
def test_database_refuses_a_second_workshop_with_the_same_uid() -> None:
    workshop = factories.make_workshop()
    double = copy_of(workshop, slug_sv="dubblett", slug_fi="kaksoiskappale")
    with pytest.raises(IntegrityError, match="projects_workshop_uid"), transaction.atomic():
        type(workshop).objects.bulk_create([double])


@pytest.mark.django_db
@pytest.mark.parametrize("model", CONTENT_MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize(("only", "missing"), [("sv", "fi"), ("fi", "sv")])
def test_item_declared_in_one_language_needs_nothing_in_the_other(
    model: type[models.Model], only: str, missing: str
) -> None:
    row = factories.MAKERS[model]()
    columns = {f"{field}_{missing}": None for field in model.required_texts}
    model._base_manager.filter(pk=row.pk).update(
        pairing=only, pairing_reason="Rapporten finns bara på ett språk.", **columns
    )
    row.refresh_from_db()
    row.full_clean()
    assert row.languages == (only,)


@pytest.mark.django_db
@pytest.mark.parametrize("model", CONTENT_MODELS, ids=lambda model: model.__name__)
def test_draft_can_be_saved_with_a_title_in_one_language(model: type[models.Model]) -> None:
    empty = dict.fromkeys(["title_fi", "lead_sv", "lead_fi", "body_sv", "body_fi"])
    draft = factories.MAKERS[model](**empty, decision="draft", publish_at=None)
    draft.full_clean()
    assert draft.slug_sv
    assert draft.slug_fi is None


@pytest.mark.django_db
@pytest.mark.parametrize("model", ADDRESSED_MODELS, ids=lambda model: model.__name__)
def test_replaced_slug_is_kept_in_the_history(model: type[models.Model]) -> None:
    from foundation.content.models import SlugHistory

    row = factories.MAKERS[model](slug_sv="forr", slug_fi="ennen")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET slug_sv = 'nu' WHERE id = %s", [row.pk])
    model._base_manager.filter(pk=row.pk).update(slug_fi="nyt")
    kept = SlugHistory.objects.filter(kind=model._meta.db_table, object_id=row.pk)
    assert set(kept.values_list("language", "slug")) == {("sv", "forr"), ("fi", "ennen")}


@pytest.mark.django_db
def test_rows_of_the_same_party_may_follow_each_other_without_overlap() -> None:
    municipality = factories.make_municipality()
    for start, end in (("2017-09-01", "2018-06-30"), ("2018-07-01", None)):
        factories.make_participation(municipality=municipality, start=start, end=end)
    assert municipality.participations.count() == 2


@pytest.mark.django_db
def test_draft_file_may_still_change_and_then_be_published() -> None:
    file = factories.make_material_file(published_at=None)
    rows = type(file).objects.filter(pk=file.pk)
    rows.update(sha256="0" * 64, language="fi")
    rows.update(published_at=factories.LONG_AGO, sha256="1" * 64)
    rows.update(reading_text="<p>Rättad text.</p>", pages=3)
    assert rows.get().language == "fi"


@pytest.mark.django_db(transaction=True)
def test_material_goes_with_its_published_files() -> None:
    material = factories.make_material_file().material
    material.delete()
    assert not type(material).objects.exists()


@pytest.mark.django_db(transaction=True)
def test_project_goes_with_its_owner_and_periods() -> None:
    project = factories.make_theme_period().project
    project.delete()
    assert not type(project).objects.exists()


@pytest.mark.django_db(transaction=True)
def test_owner_may_be_replaced_within_one_transaction() -> None:
    project = factories.make_project()
    successor = factories.make_organisation()
    with transaction.atomic():
        project.roles.all().delete()
        project.roles.create(organisation=successor, role="owner")
    assert project.roles.get().organisation == successor


@pytest.mark.django_db(transaction=True)
def test_broken_rule_over_several_rows_stops_the_commit_itself() -> None:
    workshop = factories.make_workshop()
    with pytest.raises(IntegrityError, match="workshop_for_a_municipality_names_one"):
        type(workshop).objects.filter(pk=workshop.pk).update(level="municipality")
