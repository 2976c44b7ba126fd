"""The two languages of a text are held against each other, whoever writes and however."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext

from foundation.content.agreement import EVERY_FIELD, compared_fields, is_rich, writing
from foundation.content.languages import CODES, other
from foundation.content.models import Bilingual, LanguageState
from foundation.content.richtext import sanitised
from foundation.editing.table_exchange import take_in
from foundation.editing.worklist import bilingual_models, outstanding
from municipalities.models import Municipality, Region
from municipalities.register import REGISTER_TABLE
from publications.models import Story
from tests import factories

MODELS = [model for model in bilingual_models().values() if compared_fields(model)]
EVERY_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
EITHER_SIDE = pytest.mark.parametrize("ahead", CODES)

pytestmark = pytest.mark.django_db


def due(item: models.Model, language: str) -> dict[str, str]:
    """The item's fields that wait for a language: missing or changed."""
    states = outstanding(language).filter(kind=item._meta.db_table, object_id=item.pk)
    return {
        state.field: "changed" if getattr(state, f"{language}_is_filled") else "missing"
        for state in states
    }


def state_of(item: models.Model, field: str) -> LanguageState:
    return LanguageState.objects.get(kind=item._meta.db_table, object_id=item.pk, field=field)


def wording(model: type[Bilingual], field: str, words: str) -> str:
    return f"<p>{words}</p>" if is_rich(model, field) else words


def change(item: models.Model, **columns: Any) -> None:
    type(item)._base_manager.filter(pk=item.pk).update(**columns)


# Every way of writing


def by_saving(story: Story, columns: dict[str, str]) -> None:
    row = Story.objects.get(pk=story.pk)
    for name, text in columns.items():
        setattr(row, name, text)
    row.save()


def by_saving_some_fields(story: Story, columns: dict[str, str]) -> None:
    row = Story.objects.get(pk=story.pk)
    for name, text in columns.items():
        setattr(row, name, text)
    row.save(update_fields=list(columns))


def by_form(story: Story, columns: dict[str, str]) -> None:
    form_class = modelform_factory(Story, fields=list(columns))
    form_class(columns, instance=Story.objects.get(pk=story.pk)).save()


def by_update(story: Story, columns: dict[str, str]) -> None:
    Story.objects.filter(pk=story.pk).update(**columns)


def by_update_expression(story: Story, columns: dict[str, str]) -> None:
    Story.objects.update(**{name: Concat(Value(text), F(name)) for name, text in columns.items()})


def by_bulk_update(story: Story, columns: dict[str, str]) -> None:
    row = Story.objects.get(pk=story.pk)
    for name, text in columns.items():
        setattr(row, name, text)
    Story.objects.bulk_update([row], list(columns))


def by_upsert(story: Story, columns: dict[str, str]) -> None:
    row = Story.objects.get(pk=story.pk)
    for name, text in columns.items():
        setattr(row, name, text)
    Story.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=list(columns)
    )


def by_plain_sql(story: Story, columns: dict[str, str]) -> None:
    assignments = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE publications_story SET {assignments} WHERE id = %s",
            [*columns.values(), story.pk],
        )


WAYS: list[Callable[[Story, dict[str, str]], None]] = [
    by_saving,
    by_saving_some_fields,
    by_form,
    by_update,
    by_update_expression,
    by_bulk_update,
    by_upsert,
    by_plain_sql,
]


@EITHER_SIDE
@pytest.mark.parametrize("write", WAYS, ids=lambda write: write.__name__)
def test_text_changed_on_one_side_makes_the_other_due(write, ahead):
    story = factories.make_story()
    write(story, {f"title_{ahead}": "En ny rubrik – Uusi otsikko"})
    assert due(story, other(ahead)) == {"title": "changed"}
    assert due(story, ahead) == {}


@pytest.mark.parametrize("write", WAYS, ids=lambda write: write.__name__)
def test_fields_become_due_one_by_one_and_in_both_directions(write):
    story = factories.make_story()
    write(story, {"title_sv": "Ny rubrik", "lead_fi": "Uusi ingressi."})
    write(story, {"body_sv": "<p>Ny text.</p>", "body_fi": "<p>Uusi teksti.</p>"})
    assert due(story, "fi") == {"title": "changed", "body": "changed"}
    assert due(story, "sv") == {"lead": "changed", "body": "changed"}


@EITHER_SIDE
def test_rows_made_in_bulk_are_compared(ahead):
    there = other(ahead)
    texts = {f"title_{ahead}": "Rubrik – Otsikko", f"lead_{ahead}": "Kort", f"lead_{there}": "Lyh"}
    Story.objects.bulk_create([Story(year=2018, **texts), Story(year=2019, **texts)])
    for story in Story.objects.all():
        assert due(story, there) == {"title": "missing"}
        assert due(story, ahead) == {}


def test_row_made_in_plain_sql_is_compared():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO municipalities_region (code, name_sv, name_fi) "
            "VALUES ('21', 'Åland', 'Ahvenanmaa') RETURNING id"
        )
        key = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO municipalities_region (id, code, name_sv, name_fi) "
            "VALUES (%s, '21', 'Landskapet Åland', 'Ahvenanmaa') "
            "ON CONFLICT (id) DO UPDATE SET name_sv = excluded.name_sv",
            [key],
        )
    assert due(Region.objects.get(pk=key), "fi") == {"name": "changed"}


def test_import_makes_the_other_language_due():
    def table(swedish: str) -> BytesIO:
        header = "code,name_fi,name_sv,languages,region_code,region_fi,region_sv"
        return BytesIO(f"{header}\n149,Inkoo,{swedish},sv/fi,01,Uusimaa,Nyland\n".encode())

    take_in(REGISTER_TABLE, table("Ingå"))
    inga = Municipality.objects.get()
    assert due(inga, "fi") == due(inga, "sv") == {}
    take_in(REGISTER_TABLE, table("Ingå skärgård"))
    assert due(inga, "fi") == {"name": "changed"}
    assert due(inga, "sv") == {}


def test_rows_of_one_statement_are_compared_each_for_itself():
    changed, same = factories.make_story(), factories.make_story(title_sv="Ny rubrik")
    Story.objects.update(title_sv="Ny rubrik")
    assert due(changed, "fi") == {"title": "changed"}
    assert due(same, "fi") == {}


def test_what_is_no_text_to_translate_is_not_compared():
    story = factories.make_story()
    change(story, slug_sv="en-annan-adress", review_by="2026-05-01", year=2018)
    material = factories.make_material()
    change(material, link_sv="https://example.fi/ny")
    assert due(story, "fi") == due(material, "fi") == {}


# Every bilingual model


@EVERY_MODEL
def test_every_table_of_two_languages_is_compared_by_the_database(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND tgname LIKE 'pgtrigger_compare_languages%%' AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (1,)


@EVERY_MODEL
@EITHER_SIDE
def test_change_is_found_in_every_field_of_every_model(model, ahead):
    item, there = factories.MAKERS[model](), other(ahead)
    for field in compared_fields(model):
        both = {f"{field}_{code}": wording(model, field, f"Ord {code}") for code in CODES}
        with writing(agreeing=EVERY_FIELD):
            change(item, **both)
        assert due(item, there) == {}
        change(item, **{f"{field}_{ahead}": wording(model, field, "Nytt ord")})
        assert due(item, there) == {field: "changed"}
        assert due(item, ahead) == {}
        with writing(agreeing=[field]):
            item = model._base_manager.get(pk=item.pk)
            item.save()
        assert due(item, there) == due(item, ahead) == {}


@EVERY_MODEL
def test_made_row_waits_for_neither_language(model):
    item = factories.MAKERS[model]()
    filled = {
        field
        for field in compared_fields(model)
        if getattr(item, f"{field}_sv") and getattr(item, f"{field}_fi")
    }
    states = LanguageState.objects.filter(kind=model._meta.db_table, object_id=item.pk)
    assert {state.field for state in states if state.agreed_at} == filled
    assert due(item, "sv") == due(item, "fi") == {}


@EVERY_MODEL
def test_deleted_row_leaves_no_states(model):
    kept, gone = factories.MAKERS[model](), factories.MAKERS[model]()
    key = gone.pk
    gone.delete()
    states = LanguageState.objects.filter(kind=model._meta.db_table)
    assert states.filter(object_id=kept.pk).exists()
    assert not states.filter(object_id=key).exists()


def test_row_put_back_under_its_old_key_begins_anew():
    story = factories.make_story()
    change(story, title_sv="Ny rubrik")
    key = story.pk
    story.delete()
    factories.make_story(pk=key, title_sv="Helt annan rubrik")
    assert due(Story(pk=key), "fi") == {}


# What counts as a change

BODY = '<p>Kunta vastaa <a href="https://example.fi/laki">laista</a>.</p><p>Se on kirjattu.</p>'


@pytest.mark.parametrize(
    "formatted",
    [
        BODY.replace("Kunta", "<strong>Kunta</strong>"),
        BODY.replace("Kunta", "Ku<em>nt</em>a"),
        BODY.replace("Kunta", '<span lang="fi">Kunta</span>'),
        BODY.replace("Kunta", "<cite>Kunta</cite>"),
        BODY.replace("<p>Se on kirjattu.</p>", "<ul><li>Se on kirjattu.</li></ul>"),
        BODY.replace("<p>Se on kirjattu.</p>", "<h2>Se on kirjattu.</h2>"),
        BODY.replace("</p><p>", " "),
        BODY.replace("</p><p>", "<br>"),
        BODY.replace("Se on", "Se \n  on"),
        BODY.replace("Se on", "Se&nbsp;on"),
        BODY.replace("Se on", "Se\u00a0on"),
        BODY.replace("Se on", "Se\u202fon"),
        BODY.replace("kirjattu", "kir\u00adjattu"),
        BODY.replace("<a ", '<a hreflang="fi" '),
        BODY.replace(">laista</a>", "><strong>laista</strong></a>"),
        f"<p></p>{BODY}<p>&nbsp;</p>",
    ],
)
def test_formatting_of_rich_text_is_no_change(formatted):
    assert sanitised(formatted) != sanitised(BODY)
    story = factories.make_story(body_fi=BODY)
    change(story, body_fi=formatted)
    assert due(story, "sv") == {}
    change(story, body_fi=BODY)
    assert due(story, "sv") == {}


@pytest.mark.parametrize(
    "changed",
    [
        BODY.replace("Kunta", "Kaupunki"),
        BODY.replace("kirjattu.", "kirjattu!"),
        BODY.replace("Kunta", "kunta"),
        BODY.replace("Kunta", "Kun ta"),
        BODY.replace("kirjattu", "kirjättu"),
        BODY.replace("/laki", "/asetus"),
        BODY.replace("/laki", "/Laki"),
        BODY.replace("Kunta", '<a href="/fi/kunnat/">Kunta</a>'),
        BODY.replace('<a href="https://example.fi/laki">laista</a>', "laista"),
        BODY.replace("Kunta", "Kunta &amp;"),
        BODY + "<p>Lisäys.</p>",
    ],
)
def test_other_words_or_another_target_of_a_link_are_a_change(changed):
    story = factories.make_story(body_fi=BODY)
    change(story, body_fi=changed)
    assert due(story, "sv") == {"body": "changed"}


def test_marks_in_a_text_without_formatting_are_words():
    story = factories.make_story(lead_sv="Mer <em>än</em> 3")
    change(story, lead_sv="Mer än 3")
    assert due(story, "fi") == {"lead": "changed"}


def test_blanks_of_a_plain_text_are_no_change():
    story = factories.make_story(lead_sv="Kommunen i vardagen")
    change(story, lead_sv=" Kommunen  i\u00a0vardagen\n")
    assert due(story, "fi") == {}


def test_wording_taken_back_is_due_no_more():
    story = factories.make_story(title_sv="Rubrik")
    change(story, title_sv="Ny rubrik")
    change(story, title_sv="Rubrik")
    assert due(story, "fi") == {}


def test_formatting_after_a_change_leaves_it_due():
    story = factories.make_story()
    change(story, body_sv="<p>Ny text</p>")
    change(story, body_sv="<p>Ny <strong>text</strong></p>")
    assert due(story, "fi") == {"body": "changed"}


# A side that is empty


@EITHER_SIDE
@pytest.mark.parametrize("empty", [None, "", "  ", "<p></p>", "<p>&nbsp;</p><p><br></p>"])
def test_emptied_side_is_missing_until_it_stands_as_agreed(ahead, empty):
    there = other(ahead)
    story = factories.make_story(decision="draft")
    agreed = getattr(story, f"body_{there}")
    change(story, **{f"body_{there}": empty})
    assert due(story, there) == {"body": "missing"}
    assert due(story, ahead) == {}
    change(story, **{f"body_{there}": agreed})
    assert due(story, "sv") == due(story, "fi") == {}


@EITHER_SIDE
def test_side_refilled_with_other_words_is_ahead(ahead):
    there = other(ahead)
    story = factories.make_story(decision="draft")
    change(story, **{f"title_{there}": None})
    change(story, **{f"title_{there}": "Något annat – Jotain muuta"})
    assert due(story, ahead) == {"title": "changed"}
    assert due(story, there) == {}


@EITHER_SIDE
def test_text_filled_in_for_the_first_time_agrees_with_the_other(ahead):
    there = other(ahead)
    story = factories.make_story(decision="draft", **{f"title_{there}": None})
    assert due(story, there) == {"title": "missing"}
    change(story, **{f"title_{ahead}": "Ändrad – Muutettu"})
    change(story, **{f"title_{there}": "Äntligen – Vihdoin"})
    assert due(story, there) == due(story, ahead) == {}


def test_text_emptied_on_both_sides_is_forgotten():
    story = factories.make_story(decision="draft", kicker_sv="Gammalt", kicker_fi="Vanha")
    change(story, kicker_sv=None, kicker_fi="")
    assert not LanguageState.objects.filter(object_id=story.pk, field="kicker").exists()
    change(story, kicker_sv="Nytt", kicker_fi="Uusi")
    assert due(story, "sv") == due(story, "fi") == {}


def test_emptied_editor_leaves_no_text_behind():
    story = factories.make_story(decision="draft")
    by_form(story, {"body_sv": "<p></p>"})
    story.refresh_from_db()
    assert story.body_sv is None


# What the writer says of it


@EITHER_SIDE
def test_small_change_needs_no_translation(ahead):
    story = factories.make_story()
    with writing(small_change=True):
        change(story, **{f"title_{ahead}": "Rättad rubrik – Korjattu otsikko"})
    assert due(story, "sv") == due(story, "fi") == {}
    change(story, **{f"title_{ahead}": "En annan rubrik – Toinen otsikko"})
    assert due(story, other(ahead)) == {"title": "changed"}


@EITHER_SIDE
def test_small_change_leaves_an_earlier_change_due(ahead):
    story = factories.make_story()
    change(story, **{f"title_{ahead}": "Ny rubirk – Uusi otsiko"})
    with writing(small_change=True):
        change(story, **{f"title_{ahead}": "Ny rubrik – Uusi otsikko", f"lead_{ahead}": "Rättat"})
    assert due(story, other(ahead)) == {"title": "changed"}


def test_small_change_on_one_side_leaves_the_change_of_the_other_due():
    story = factories.make_story()
    change(story, title_sv="Ny rubrik")
    with writing(small_change=True):
        change(story, title_fi="Korjattu otsikko")
    assert due(story, "fi") == {"title": "changed"}
    assert due(story, "sv") == {}


def test_small_change_while_the_other_side_is_missing_needs_no_translation_later():
    story = factories.make_story(decision="draft", title_fi="Otsikko")
    change(story, title_fi=None)
    with writing(small_change=True):
        change(story, title_sv="Rättad rubrik")
    assert due(story, "fi") == {"title": "missing"}
    change(story, title_fi="Otsikko")
    assert due(story, "fi") == due(story, "sv") == {}


def test_small_change_of_a_missing_side_counts_as_agreed():
    story = factories.make_story(decision="draft")
    change(story, title_fi=None)
    with writing(small_change=True):
        change(story, title_sv="Rättad rubrik", title_fi="Uusi käännös")
    assert due(story, "fi") == due(story, "sv") == {}


@EITHER_SIDE
def test_languages_declared_equal_agree_as_saved(ahead):
    story = factories.make_story()
    change(story, title_sv="Ny rubrik", lead_fi="Uusi ingressi.")
    with writing(agreeing=EVERY_FIELD):
        by_saving(story, {f"title_{ahead}": "Senaste ordet – Viime sana"})
    assert due(story, "sv") == due(story, "fi") == {}
    change(story, **{f"title_{ahead}": "Ändrad igen – Taas muutettu"})
    assert due(story, other(ahead)) == {"title": "changed"}


def test_saving_without_a_change_can_declare_the_languages_equal():
    story = factories.make_story()
    change(story, title_sv="Ny rubrik")
    by_saving(story, {})
    assert due(story, "fi") == {"title": "changed"}
    with writing(agreeing=EVERY_FIELD):
        by_saving(story, {})
    assert due(story, "fi") == {}


@pytest.mark.parametrize("agreeing", [["title"], ["title", "kicker"], "title"])
def test_agreement_on_one_field_leaves_the_others_due(agreeing):
    story = factories.make_story()
    with writing(agreeing=agreeing):
        change(story, title_sv="Ny rubrik", lead_sv="Ny ingress.")
    assert due(story, "fi") == {"lead": "changed"}


def test_languages_cannot_agree_on_a_missing_text():
    story = factories.make_story(decision="draft")
    with writing(agreeing=EVERY_FIELD):
        change(story, title_fi=None)
    assert due(story, "fi") == {"title": "missing"}


def test_what_stood_when_the_languages_agreed_is_remembered():
    story = factories.make_story(title_sv="Första", title_fi="Ensimmäinen")
    change(story, title_sv="Andra")
    change(story, title_sv="Tredje")
    state = state_of(story, "title")
    assert (state.agreed_sv, state.agreed_fi) == ("Första", "Ensimmäinen")


def test_parallel_originals_count_as_equal_once_declared():
    story = factories.make_story(
        year=2017,
        title_sv="En bredare syn på välfärden",
        title_fi="Sotea laajempaa hyvinvointia sparraamassa",
        slug_sv="en-bredare-syn-pa-valfarden",
        slug_fi="sotea-laajempaa-hyvinvointia-sparraamassa",
    )
    with writing(agreeing=EVERY_FIELD):
        by_saving(story, {"lead_sv": "Helt egen ingress.", "lead_fi": "Aivan oma ingressi."})
    by_saving(story, {"review_by": "2027-01-01", "slug_sv": "bredare-syn"})
    assert due(story, "sv") == due(story, "fi") == {}
    change(story, title_fi="Hyvinvointi on muutakin kuin sotea")
    assert due(story, "sv") == {"title": "changed"}


# An item in one language


@EITHER_SIDE
def test_item_declared_in_one_language_waits_for_nobody_until_taken_back(ahead):
    there = other(ahead)
    story = factories.make_story(decision="draft")
    change(story, **{f"lead_{there}": None, f"title_{ahead}": "Ny – Uusi"})
    outstanding_then = {"title": "changed", "lead": "missing"}
    assert due(story, there) == outstanding_then
    change(story, pairing=ahead, pairing_reason="Bara här – Vain täällä")
    assert due(story, there) == due(story, ahead) == {}
    change(story, pairing="both")
    assert due(story, there) == outstanding_then
    assert due(story, ahead) == {}


def test_change_while_in_one_language_is_due_afterwards():
    story = factories.make_story(decision="draft", pairing="sv", pairing_reason="Bara på svenska.")
    change(story, title_sv="Ny rubrik")
    by_saving(story, {"pairing": "both"})
    assert due(story, "fi") == {"title": "changed"}


def test_item_made_in_one_language_is_missing_once_meant_for_both():
    story = factories.make_story(
        **dict.fromkeys(["title_fi", "lead_fi", "body_fi", "kicker_fi", "source_fi"]),
        pairing="sv",
        pairing_reason="Bara på svenska.",
    )
    assert due(story, "fi") == {}
    change(story, decision="draft", pairing="both")
    fields = ["title", "lead", "body", "kicker", "source"]
    assert due(story, "fi") == dict.fromkeys(fields, "missing")


# Who and when


def test_author_of_a_change_and_of_an_agreement_are_recorded():
    writer, translator = factories.make_user(), factories.make_user()
    story = factories.make_story()
    with writing(author=writer.pk):
        change(story, title_sv="Ny rubrik")
    state = state_of(story, "title")
    assert (state.sv_changed_by, state.fi_changed_by, state.agreed_by) == (writer, None, None)
    with writing(author=translator.pk, agreeing=["title"]):
        change(story, title_fi="Uusi otsikko")
    state = state_of(story, "title")
    assert (state.sv_changed_by, state.fi_changed_by, state.agreed_by) == (None, None, translator)


@pytest.mark.parametrize("is_small", [True, False])
def test_who_formats_or_corrects_a_changed_text_is_not_its_author(is_small):
    writer, corrector = factories.make_user(), factories.make_user()
    story = factories.make_story()
    with writing(author=writer.pk):
        change(story, body_sv="<p>Helt ny text.</p>")
    with writing(author=corrector.pk, small_change=is_small):
        text = "Helt ny text!" if is_small else "Helt <em>ny</em> text."
        change(story, body_sv=f"<p>{text}</p>")
    assert state_of(story, "body").sv_changed_by == writer


def test_who_changes_a_text_again_is_its_author():
    first, second = factories.make_user(), factories.make_user()
    story = factories.make_story()
    for author, title in ((first, "Ny rubrik"), (second, "Ännu nyare rubrik")):
        with writing(author=author.pk):
            change(story, title_sv=title)
    assert state_of(story, "title").sv_changed_by == second


def test_state_outlives_its_author():
    author = factories.make_user()
    story = factories.make_story()
    with writing(author=author.pk):
        change(story, title_sv="Ny rubrik")
    author.delete()
    assert due(story, "fi") == {"title": "changed"}


def test_text_waits_since_its_first_change():
    story = factories.make_story()
    change(story, title_sv="Ny rubrik")
    first = datetime(2026, 1, 31, 12, tzinfo=UTC)
    LanguageState.objects.filter(field="title").update(sv_changed_at=first)
    change(story, title_sv="Ännu nyare rubrik", lead_sv="Ny ingress.")
    assert state_of(story, "title").sv_changed_at == first
    assert [state.field for state in outstanding("fi")] == ["title", "lead"]


# Nothing is left behind


def test_what_was_said_ends_with_the_block():
    story = factories.make_story()
    with writing(author=factories.make_user().pk, agreeing=EVERY_FIELD, small_change=True):
        pass
    change(story, title_sv="Ny rubrik")
    assert due(story, "fi") == {"title": "changed"}
    assert state_of(story, "title").sv_changed_by is None


def test_block_within_another_gives_back_what_was_said():
    author, inner = factories.make_user(), factories.make_user()
    story = factories.make_story()
    with writing(author=author.pk):
        with writing(author=inner.pk, agreeing=["title"]):
            change(story, title_sv="Ny rubrik")
        change(story, lead_sv="Ny ingress.", title_fi="Uusi otsikko")
    assert due(story, "fi") == {"lead": "changed"}
    assert due(story, "sv") == {"title": "changed"}
    assert state_of(story, "lead").sv_changed_by == author
    assert state_of(story, "title").agreed_by == inner


def test_what_was_said_ends_with_a_mistake_in_the_program():
    story = factories.make_story()
    with pytest.raises(ZeroDivisionError), writing(agreeing=EVERY_FIELD, small_change=True):
        1 / 0  # noqa: B018
    change(story, title_sv="Ny rubrik")
    assert due(story, "fi") == {"title": "changed"}


@pytest.mark.parametrize("write", [by_saving, by_update, by_plain_sql])
def test_what_was_said_ends_with_a_refusal_of_the_database(write):
    story = factories.make_story()
    with (
        pytest.raises(IntegrityError, match="story_published_is_complete"),
        transaction.atomic(),
        writing(agreeing=EVERY_FIELD, small_change=True),
    ):
        write(story, {"title_sv": None})
    change(story, title_sv="Ny rubrik")
    assert due(story, "fi") == {"title": "changed"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mistake", [None, ZeroDivisionError])
def test_next_use_of_the_connection_starts_without_what_was_said(mistake):
    story = factories.make_story()
    try:
        with writing(author=factories.make_user().pk, agreeing=EVERY_FIELD, small_change=True):
            change(story, lead_sv="Ny ingress.")
            if mistake:
                raise mistake
    except ZeroDivisionError:
        story.refresh_from_db()
        assert story.lead_sv != "Ny ingress."
    change(story, title_sv="Ny rubrik")
    assert due(story, "fi") == {"title": "changed"}
    assert state_of(story, "title").sv_changed_by is None


# Two at a time


@pytest.mark.django_db(transaction=True)
def test_two_sessions_that_write_the_same_row_are_both_seen():
    story = factories.make_story()
    author = factories.make_user().pk

    def write_finnish() -> None:
        try:
            change(story, title_fi="Uusi otsikko")
        finally:
            connection.close()

    session = Thread(target=write_finnish)
    with writing(author=author):
        change(story, title_sv="Ny rubrik")
        session.start()
        session.join(0.2)
        assert session.is_alive(), "the second session should wait for the row"
    session.join()
    assert due(story, "fi") == due(story, "sv") == {"title": "changed"}
    state = state_of(story, "title")
    assert (state.sv_changed_by_id, state.fi_changed_by_id) == (author, None)


@pytest.mark.django_db(transaction=True)
def test_agreement_of_one_session_covers_what_the_other_had_written_before():
    story = factories.make_story()

    def write_finnish() -> None:
        try:
            with writing(agreeing=["title"]):
                change(story, title_fi="Uusi otsikko")
        finally:
            connection.close()

    session = Thread(target=write_finnish)
    with transaction.atomic():
        change(story, title_sv="Ny rubrik", lead_sv="Ny ingress.")
        session.start()
        session.join(0.2)
    session.join()
    assert due(story, "fi") == {"lead": "changed"}
    assert state_of(story, "title").agreed_sv == "Ny rubrik"


# Rows from elsewhere


def test_row_put_back_beside_its_kept_states_changes_nothing():
    """As a data dump is read in: the states of the texts stand there before the texts."""
    story = factories.make_story(decision="draft", publish_at=None)
    with writing(author=factories.make_user().pk):
        change(story, title_sv="Ny rubrik", lead_fi=None)
    kept = list(LanguageState.objects.filter(object_id=story.pk).order_by("field").values())
    story.refresh_from_db()
    key = story.pk
    story.delete()
    for state in kept:
        LanguageState.objects.create(**state)
    story.pk = key
    story.save(force_insert=True)
    assert list(LanguageState.objects.order_by("field").values()) == kept


def test_row_from_before_the_comparison_is_taken_as_agreed():
    story = factories.make_story(title_sv="Rubrik", title_fi="Otsikko")
    LanguageState.objects.all().delete()
    change(story, title_sv="Ny rubrik")
    assert due(story, "fi") == {"title": "changed"}
    state = state_of(story, "title")
    assert (state.agreed_sv, state.agreed_fi) == ("Rubrik", "Otsikko")


# What it costs


def test_comparison_costs_a_save_no_query_and_the_form_two(django_assert_num_queries):
    story = factories.make_story()
    story.title_sv = "Ny rubrik"
    with django_assert_num_queries(1):
        story.save()
    story.title_sv = "Ännu nyare rubrik"
    # Inside a transaction, with a savepoint and its release.
    with django_assert_num_queries(5), writing(author=None, agreeing=EVERY_FIELD):
        story.save()


def verbs_until_search(captured: CaptureQueriesContext) -> str:
    """What a save asks before search reads anew what was written, under a savepoint of its own."""
    verbs = [query["sql"].split()[0] for query in captured]
    before, savepoint, _search = " ".join(verbs).partition(" SAVEPOINT ")
    assert (bool(savepoint), verbs[-1]) == (True, "COMMIT")
    return before


@pytest.mark.django_db(transaction=True)
def test_comparison_costs_a_save_on_its_own_one_query_where_something_is_said():
    story = factories.make_story()
    story.title_sv = "Ny rubrik"
    with CaptureQueriesContext(connection) as captured:
        story.save()
    assert verbs_until_search(captured) == "BEGIN UPDATE"
    with CaptureQueriesContext(connection) as captured, writing(small_change=True):
        story.save()
    assert verbs_until_search(captured) == "BEGIN WITH UPDATE"


@pytest.mark.parametrize("count", [1, 3])
def test_comparison_costs_a_public_page_no_query(count, client):
    stories = [factories.make_story() for _ in range(count)]
    change(stories[0], title_sv="Ny rubrik")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(stories[0].path("fi"))
    assert [notice.kind for notice in page.context["page"].notices] == ["newer"]
    assert "content_languagestate" in " ".join(query["sql"] for query in captured)
    for query in captured:
        sql, without_subqueries = "", query["sql"]
        while sql != without_subqueries:
            sql, without_subqueries = (
                without_subqueries,
                re.sub(r"\([^()]*\)", "", without_subqueries),
            )
        assert "content_languagestate" not in sql
    assert len(captured) == 6


def test_part_of_an_item_in_one_language_waits_for_nobody():
    publication = factories.make_publication(pairing="fi", pairing_reason="Vain suomeksi")
    factories.make_action_proposal(publication=publication, title_sv=None, proposal_sv=None)
    assert not outstanding("sv").exists()
    type(publication).objects.filter(pk=publication.pk).update(pairing="both")
    assert {state.field for state in outstanding("sv")} == {"title", "proposal"}
