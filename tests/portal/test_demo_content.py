"""The demo content: loaded once, complete in both languages, and true to what is known."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from foundation.accounts.log_in_links import take_login_link
from foundation.accounts.models import User
from foundation.content.models import Bilingual, Content, Image, LanguageState, Term
from foundation.content.publication import Pairing, State
from foundation.editing.worklist import outstanding
from foundation.search.records import KEPT_DAYS
from municipalities.models import Municipality
from portal.demo.editors import EDITORS
from portal.demo.loading import KINDS_OF_CONTENT
from portal.demo.texts_and_files import TEXTS, read
from portal.models import Statement
from projects.example_network import ARTTU2_IN_DEPTH, KUOPIO
from projects.models import (
    Contact,
    Goal,
    Participation,
    Programme,
    ProgrammeParticipant,
    Project,
    Theme,
    ThemePeriod,
    Workshop,
)
from projects.timeline import timeline
from publications.access import opened_to_a_member
from publications.models import Adoption, Authorship, Material, MaterialFile, Publication, Story
from tests.factories import make_term, make_theme
from tests.portal.seed_shingles import shingles

OUR_APPS = {"content", "accounts", "municipalities", "projects", "publications", "portal"}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
BILINGUAL = [model for model in OUR_MODELS if issubclass(model, Bilingual)]


def load(*arguments: str) -> str:
    """What the command says."""
    said = StringIO()
    call_command("load_demo_content", *arguments, stdout=said)
    return said.getvalue()


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in OUR_MODELS
    }


def strings(tables: Any) -> Iterator[str]:
    """Every text in a TOML file."""
    if isinstance(tables, str):
        yield tables
    elif isinstance(tables, dict):
        for value in tables.values():
            yield from strings(value)
    elif isinstance(tables, list):
        for value in tables:
            yield from strings(value)


ALL_TEXTS = [(path.stem, text) for path in TEXTS.glob("*.toml") for text in strings(read(path))]


pytestmark = pytest.mark.xdist_group("starter content")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def test_second_load_changes_nothing_and_says_so(loaded: None) -> None:
    before = rows()
    assert "nothing was changed" in load()
    assert "nothing was changed" in load("--empty")
    assert rows() == before


@pytest.mark.django_db
def test_empty_start_has_the_register_and_the_statements_only() -> None:
    load("--empty")
    assert Municipality.objects.count() == 309
    content = {model.__name__: model.objects.count() for model in KINDS_OF_CONTENT}
    assert {name for name, count in content.items() if count} == {"Statement"}
    assert Statement.objects.published().count() == 2
    assert not Participation.objects.exists()
    assert not MaterialFile.objects.exists()
    assert not Image.objects.exists()
    assert not Term.objects.exists()
    assert "nothing was changed" in load()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_theme, make_term])
def test_content_of_an_editor_is_left_alone(make: Callable[[], Any]) -> None:
    make()
    assert "nothing was changed" in load()
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("model", KINDS_OF_CONTENT, ids=lambda model: model.__name__)
def test_every_item_is_published_and_complete(loaded: None, model: type[Content]) -> None:
    items = list(model.objects.all())
    assert items
    for item in items:
        assert item.state_at() == State.PUBLISHED
        if item.pairing == Pairing.BOTH:
            assert not item.is_partly_missing("sv"), item
            assert not item.is_partly_missing("fi"), item
        else:
            assert item.pairing_reason


@pytest.mark.parametrize(
    "model",
    [model for model in BILINGUAL if not issubclass(model, Content)],
    ids=lambda model: model.__name__,
)
def test_every_small_text_exists_in_both_languages(loaded: None, model: type[Bilingual]) -> None:
    for item in model._default_manager.all():
        for field in set(model.translated_fields()) - set(model.not_compared):
            given = [bool(getattr(item, f"{field}_{code}")) for code in ("sv", "fi")]
            assert given[0] == given[1], (item, field)


def test_every_item_passes_its_own_checks(loaded: None) -> None:
    for model in set(OUR_MODELS) - {LanguageState}:  # which the database writes, and no form
        for item in model._default_manager.all():
            item.full_clean()


@pytest.mark.parametrize("model", [Project, Theme, Story, Publication, Programme])
def test_longer_texts_are_made_of_paragraphs_and_have_no_stray_signs(
    loaded: None, model: type[Content]
) -> None:
    for item in model.objects.all():
        for code in item.languages:
            body = getattr(item, f"body_{code}")
            assert body.startswith(("<p>", "<h2>"))
            assert '"' not in re.sub(r"<[^>]*>", "", body)


def test_nobody_is_said_to_take_part_but_the_example_network(loaded: None) -> None:
    participations = Participation.objects.all()
    assert all(one.is_example for one in participations)
    assert participations.of_municipalities().count() == 26
    assert participations.of_regional_actors().count() == 2
    codes = set(participations.of_municipalities().values_list("municipality__code", flat=True))
    assert not codes & {KUOPIO, *ARTTU2_IN_DEPTH}
    assert not Workshop.objects.filter(is_example=False, municipalities__isnull=False).exists()
    named = Workshop.objects.filter(municipalities__isnull=False)
    assert set(named.values_list("municipalities__code", flat=True)) <= codes
    assert not Story.municipalities.through.objects.exists()
    assert not Adoption.objects.exists()


def test_arttu2_has_its_own_six_municipalities(loaded: None) -> None:
    participants = ProgrammeParticipant.objects.values_list(
        "programme__slug_sv", "municipality__code", "is_case"
    )
    assert set(participants) == {("arttu2", code, True) for code in ARTTU2_IN_DEPTH}


def test_half_years_that_are_not_known_have_no_theme(loaded: None) -> None:
    assert set(ThemePeriod.objects.values_list("year", "half", "theme__thread")) == {
        (2017, 2, 2),
        (2018, 2, 4),
        (2019, 1, 4),
    }


def test_workshops_are_on_the_days_that_are_known(loaded: None) -> None:
    known = list(
        Workshop.objects.filter(is_example=False)
        .order_by("day")
        .values_list("day", "start_time", "end_time", "place_sv")
    )
    assert known == [
        (date(2018, 10, 11), time(9), time(12), None),
        (date(2018, 12, 11), None, None, None),
        (date(2019, 2, 5), time(10), time(14), None),
        (date(2019, 3, 5), time(10), time(14), None),
        (date(2019, 4, 9), time(10), time(14), None),
    ]


def test_example_workshops_say_so_and_show_every_level_and_what_can_happen(loaded: None) -> None:
    examples = Workshop.objects.filter(is_example=True)
    assert all(one.title_sv.startswith("Exempel: ") for one in examples)
    assert all(one.title_fi.startswith("Esimerkki: ") for one in examples)
    assert {one.level for one in examples} == {"municipality", "regional", "national"}
    assert {one.status for one in examples} == {"held", "moved", "cancelled"}
    assert examples.get(status="moved").moved_from == date(2018, 4, 12)
    project = Project.objects.get()
    shown = [workshop for entry in timeline(project) for workshop in entry.workshops]
    assert len(shown) == 5
    assert not any(workshop.is_example for workshop in shown)


def test_process_of_the_known_workshops_names_who_led_it(loaded: None) -> None:
    led = Contact.objects.facilitating(Workshop.objects.filter(is_example=False))
    assert [contact.name for contact in led] == ["Tuula Jäppinen"]


def test_project_has_its_four_goals_and_one_owner(loaded: None) -> None:
    project = Project.objects.get()
    assert Goal.objects.count() == 4
    assert [role.role for role in project.roles.order_by("pk")] == [
        "owner",
        *["funder"] * 2,
        *["partner"] * 3,
    ]


def test_proposals_that_are_not_known_are_not_invented(loaded: None) -> None:
    publication = Publication.objects.get(promised_proposals=10)
    assert publication.original_title == ""
    assert [proposal.number for proposal in publication.proposals.all()] == [None, None]


def test_the_finnish_report_keeps_its_title_and_its_file_its_language(loaded: None) -> None:
    report = Publication.objects.get(series="Uutta ARTTU2-ohjelmasta")
    assert (report.original_language, report.pairing) == ("fi", "both")
    assert report.title_sv != report.original_title == report.title_fi
    material = report.materials.get()
    assert material.pairing == "fi"
    assert {file.language for file in material.files.all()} == {"fi"}


def test_every_material_is_an_example_with_files_and_a_licence(loaded: None) -> None:
    materials = Material.objects.all()
    assert {material.type for material in materials} == {"slides", "document", "worksheet", "video"}
    for material in materials:
        assert material.is_example
        assert material.licence == "cc-by-4.0"
        with opened_to_a_member():
            assert material.newest_files()
    video = materials.get(type="video")
    assert {file.language for file in video.captions()} == {"sv", "fi"}
    assert video.poster


def test_nothing_waits_for_either_language(loaded: None) -> None:
    assert not outstanding("sv").exists()
    assert not outstanding("fi").exists()
    assert LanguageState.objects.exists()


def test_glossary_explains_every_term_and_calls_none_by_a_word_to_avoid(loaded: None) -> None:
    terms = Term.objects.all()
    assert len(terms) >= 25
    for code in ("sv", "fi"):
        used, avoided = set(), set()
        for term in terms:
            assert term.text("definition", code).language == code
            used |= {term.text("term", code).value, *words_of(term, f"synonyms_{code}")}
            avoided |= words_of(term, f"avoid_{code}")
        assert not used & avoided


def words_of(term: Term, column: str) -> set[str]:
    """The words of a column that holds one on each line."""
    return set((getattr(term, column) or "").splitlines())


def test_privacy_notice_says_how_long_searches_are_counted(loaded: None) -> None:
    notice = Statement.objects.get(subject="privacy")
    assert f"raderas efter {KEPT_DAYS} dagar" in notice.body_sv
    assert f"poistetaan {KEPT_DAYS} päivän kuluttua" in notice.body_fi


def test_people_are_reached_by_the_switchboard_only(loaded: None) -> None:
    assert {(person.phone, person.email) for person in Contact.objects.all()} == {("09 7711", "")}
    for external in ("Majoinen", "Antila"):
        assert not Contact.objects.filter(name__contains=external).exists()
        assert Authorship.objects.filter(family_name=external).exists()


def test_texts_hold_no_personal_number_and_no_disguised_address() -> None:
    for name, text in ALL_TEXTS:
        assert "(at)" not in text
        numbers = re.findall(r"\+?\b0\d[\d ]{4,}\d\b", re.sub(r"<[^>]*>", "", text))
        assert set(numbers) <= {"09 7711", "029 534 5000"}, name
        addresses = re.findall(r"[\w.-]+@[\w.-]+", re.sub(r"<[^>]*>", "", text))
        assert all(address.endswith("@traficom.fi") for address in addresses), name


def test_no_sentence_is_borrowed_from_the_clients_documents() -> None:
    known = set(Path(__file__).with_name("seed_shingles.txt").read_text("utf-8").split())
    borrowed = [
        (name, run) for name, text in ALL_TEXTS for hashed, run in shingles(text) if hashed in known
    ]
    assert borrowed == []


@pytest.mark.django_db
def test_demo_editors_exist_in_a_demo_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_DEMO", raising=False)
    assert "Log in" not in load("--empty")
    assert not User.objects.exists()
    monkeypatch.setenv("PORTAL_DEMO", "1")
    monkeypatch.setenv("PORT", "8765")
    said = load()
    assert {user.email: user.language for user in User.objects.all()} == EDITORS
    assert not any(user.has_usable_password() for user in User.objects.all())
    keys = re.findall(
        r"http://127\.0\.0\.1:8765/(?:sv/logga-in/lank|fi/kirjaudu/linkki)/(.+)/", said
    )
    assert [take_login_link(key).email for key in keys] == list(EDITORS)
    before = rows()
    assert load() != said, "the links are new ones"
    after = rows()
    for made_each_time in ("accounts.AuditEntry", "accounts.LoginLink"):
        assert after.pop(made_each_time) != before.pop(made_each_time)
    assert after == before
