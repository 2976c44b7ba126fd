"""For every rule of the database at least one way to break it that no form ever sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models

from foundation.content.models import Addressed, Content, LanguageState
from foundation.search.indexing import bring_up_to_date
from foundation.search.models import KnownWord, SearchEntry
from network.models import Membership
from projects.models import Participation, Project, ProjectRole, ThemePeriod, Workshop
from publications.models import Material, MaterialFile
from tests import factories

Row = TypeVar("Row", bound=models.Model)

OUR_APPS = {"content", "search", "history", "accounts", "municipalities", "projects"}
OUR_APPS |= {"publications", "network", "portal"}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
ADDRESSED_MODELS = [model for model in OUR_MODELS if issubclass(model, Addressed)]
# An id that no sequence reaches, however many tests a process has run before.
FAR = 7_000_000_000
CONTENT_MODELS = [model for model in OUR_MODELS if issubclass(model, Content)]


@dataclass(frozen=True)
class Breach:
    """A valid row, and the changes to its columns that break the rule."""

    rule: str
    make: Callable[[], models.Model]
    changes: dict[str, Any]

    def __str__(self) -> str:
        changed = "-".join(f"{name}={value}" for name, value in self.changes.items())
        return f"{self.rule}-{changed}"[:90]


def second(make: Callable[..., models.Model], **given: Any) -> Callable[[], models.Model]:
    """A maker of two rows that returns the second, which can then be made like the first."""

    def make_both() -> models.Model:
        make(**given)
        return make(**given)

    return make_both


def with_slugs(make: Callable[..., models.Model]) -> Callable[[], models.Model]:
    """A maker of two rows of which the first has known slugs."""

    def make_both() -> models.Model:
        make(slug_sv="valfard", slug_fi="hyvinvointi")
        return make()

    return make_both


def _of_addresses(model: type[Addressed]) -> list[Breach]:
    name, make = model._meta.model_name, factories.MAKERS[model]
    found = []
    for code, slug in {"sv": "valfard", "fi": "hyvinvointi"}.items():
        column = f"slug_{code}"
        found.append(Breach(f"{name}_{column}_is_its_own", with_slugs(make), {column: slug}))
        for wrong in ("Välfärd", "a b", "a--b", "-a", "a/b", "a\n"):
            found.append(Breach(f"{name}_{column}_is_path_words", make, {column: wrong}))
        if issubclass(model, Content):  # on a draft, where no other rule speaks first
            draft = partial(make, decision="draft")
            found.append(Breach(f"{name}_{column}_is_path_words", draft, {column: ""}))
    return found


def _of_publication(model: type[Content]) -> list[Breach]:
    name, make = model._meta.model_name, factories.MAKERS[model]
    complete = f"{name}_published_is_complete_or_declared"
    draft = partial(make, decision="draft")
    found = [
        Breach(f"{name}_decision_is_known", draft, {"decision": "hidden"}),
        Breach(f"{name}_pairing_is_known", draft, {"pairing": "en"}),
        Breach(f"{name}_published_since_a_moment", make, {"publish_at": None}),
        Breach(f"{name}_withdrawn_after_published", make, {"withdraw_at": factories.LONG_AGO}),
        Breach(
            f"{name}_withdrawn_after_published",
            make,
            {"withdraw_at": factories.LONG_AGO - timedelta(seconds=1)},
        ),
        Breach(complete, make, {"pairing": "sv"}),
        Breach(complete, make, {"pairing": "sv", "lead_sv": None, "pairing_reason": "Bara finska"}),
        Breach(complete, make, {"pairing": "fi", "title_fi": "", "pairing_reason": "Vain ruotsi"}),
    ]
    for field in model.required_texts:
        for column in (f"{field}_sv", f"{field}_fi"):
            found.append(Breach(complete, make, {column: None}))
            if field != "slug":
                found.append(Breach(complete, make, {column: ""}))
    return found


def _of_unknown_words(make: Callable[[], models.Model], **rules: str) -> list[Breach]:
    """For columns with a fixed set of words: another word, and none."""
    return [
        Breach(rule, make, {column: word}) for column, rule in rules.items() for word in ("x", "")
    ]


def _of_names(make: Callable[[], models.Model], rule: str, field: str = "name") -> list[Breach]:
    """For names that both languages must have: NULL and an empty string, in each language."""
    columns = (f"{field}_sv", f"{field}_fi")
    return [Breach(rule, make, {column: empty}) for column in columns for empty in (None, "")]


def _of_texts(make: Callable[[], models.Model], rule: str, field: str) -> list[Breach]:
    """For texts that one language at least must have."""
    columns = (f"{field}_sv", f"{field}_fi")
    pairs = ((None, None), ("", ""), (None, ""))
    return [Breach(rule, make, dict(zip(columns, pair, strict=True))) for pair in pairs]


def _link() -> Material:
    return factories.make_material(
        type="link", link_sv="https://example.fi/sv", link_fi="https://example.fi/fi"
    )


def _two_participations(party: str) -> Callable[[], Participation]:
    def make() -> Participation:
        one = {party: getattr(factories, f"make_{party}")()}
        factories.make_participation(**one, start=date(2017, 9, 1), end=date(2018, 6, 30))
        return factories.make_participation(**one, start=date(2018, 7, 1), end=None)

    return make


def _second_membership(party: str) -> Callable[[], Membership]:
    def make() -> Membership:
        one = {party: getattr(factories, f"make_{party}")()}
        factories.make_membership(**one, user=factories.make_user(id=FAR))
        return factories.make_membership(**one)

    return make


def _second_submission(kind: str) -> Callable[[], models.Model]:
    def make() -> models.Model:
        maker = getattr(factories, f"make_{kind}")
        factories.make_submission(**{kind: maker(id=FAR)})
        return factories.make_submission(**{kind: maker()})

    return make


def _figure_of_both() -> models.Model:
    factories.make_publication(id=FAR)
    return factories.make_figure()


def _assignment_beside_a_theme() -> models.Model:
    factories.make_theme(id=FAR)
    return factories.make_contact_assignment()


def _second_owner() -> ProjectRole:
    return factories.make_project_role(role="funder")


def _second_in_a_role() -> ProjectRole:
    organisation = factories.make_organisation()
    factories.make_project_role(organisation=organisation, role="funder")
    return factories.make_project_role(organisation=organisation, role="partner")


def _second_theme_of_a_half_year() -> ThemePeriod:
    factories.make_theme_period(year=2018, half=1)
    return factories.make_theme_period(
        theme=factories.make_theme(), year=2018, half=1, is_main=False
    )


def _half_year_twice() -> ThemePeriod:
    theme = factories.make_theme()
    factories.make_theme_period(theme=theme, year=2018, half=1)
    return factories.make_theme_period(theme=theme, year=2018, half=2, is_main=False)


def _second_municipality(make: Callable[..., models.Model], of: str) -> Callable:
    """Two rows of one parent with two municipalities, of which the first has the id 7."""

    def make_both() -> models.Model:
        parent = getattr(factories, f"make_{of}")()
        make(**{of: parent, "municipality": factories.make_municipality(id=FAR)})
        return make(**{of: parent})

    return make_both


def _second_contact() -> models.Model:
    factories.make_publication_contact(contact=factories.make_contact(id=FAR))
    return factories.make_publication_contact()


def _second_file() -> MaterialFile:
    material = factories.make_material()
    factories.make_material_file(material=material)
    return factories.make_material_file(material=material, published_at=None)


def _draft_file() -> MaterialFile:
    return factories.make_material_file(published_at=None)


def _checked_file() -> MaterialFile:
    return factories.make_material_file(published_at=None, text_checked_by=factories.make_user())


def _state_of_a_definition() -> LanguageState:
    """One of the two states that the database keeps of a term."""
    return LanguageState.objects.get(object_id=factories.make_term().pk, field="definition")


def _second_user() -> models.Model:
    factories.make_user(email="eeva@example.fi")
    return factories.make_user()


_moved = partial(factories.make_change_note, event="moved", note_sv=None, note_fi=None)


def _second_download_day() -> models.Model:
    """A second row of the same file and language, which can be moved to the day of the first."""
    return factories.make_download_day(file=factories.make_download_day().file)


def _second_kit_day() -> models.Model:
    workshop = factories.make_workshop()
    factories.make_kit_day(owner=workshop)
    return factories.make_kit_day(owner=workshop)


def _entry_of_a_term() -> models.Model:
    factories.make_term()
    bring_up_to_date()
    return SearchEntry.objects.get(kind="content_term", language="fi")


def _known_word() -> models.Model:
    factories.make_term()
    bring_up_to_date()
    return KnownWord.objects.get(language="sv", word="workshop")


BREACHES = [
    *(breach for model in ADDRESSED_MODELS for breach in _of_addresses(model)),
    *(breach for model in CONTENT_MODELS for breach in _of_publication(model)),
    *_of_unknown_words(factories.make_change, operation="change_tells_what_was_there_before"),
    *(
        Breach("change_tells_what_was_there_before", factories.make_change, changes)
        for changes in (
            {"operation": "added"},
            {"operation": "deleted"},
            {"before": None},
            {"after": None},
            {"operation": "deleted", "before": None, "after": None},
        )
    ),
    *_of_names(factories.make_image, "image_has_text_alternative_or_is_decorative", "alt"),
    Breach("image_focus_is_inside_the_picture", factories.make_image, {"focal_x": 101}),
    Breach("image_focus_is_inside_the_picture", factories.make_image, {"focal_y": 101}),
    *_of_names(factories.make_term, "term_is_given_in_both_languages", "term"),
    Breach(
        "term_in_swedish_is_explained_once", second(factories.make_term), {"term_sv": "Verkstad"}
    ),
    Breach(
        "term_in_finnish_is_explained_once", second(factories.make_term), {"term_fi": "TYÖPAJA"}
    ),
    Breach("language_state_is_kept_once_for_a_text", _state_of_a_definition, {"field": "term"}),
    *_of_unknown_words(_moved, event="change_note_event_is_known"),
    *_of_unknown_words(_moved, pairing="change_note_pairing_is_known"),
    *_of_names(factories.make_change_note, "change_note_is_complete_or_declared", "note"),
    Breach(
        "change_note_is_complete_or_declared",
        partial(factories.make_change_note, pairing="sv", note_fi=None),
        {"note_sv": "", "note_fi": "Ohjelma on valmis."},
    ),
    Breach("change_note_is_complete_or_declared", _moved, {"event": "note"}),
    Breach("search_entry_is_kept_once_for_a_language", _entry_of_a_term, {"language": "sv"}),
    Breach("known_word_is_kept_once_for_a_language", _known_word, {"word": "verkstad"}),
    Breach(
        "searched_words_are_counted_once_a_day",
        second(factories.make_searched_day),
        {"words": "verkstad"},
    ),
    Breach(
        "searched_words_are_of_one_of_our_languages",
        factories.make_searched_day,
        {"language": "en"},
    ),
    Breach("user_email_is_unique_in_any_case", _second_user, {"email": "EEVA@example.fi"}),
    # municipalities
    *(
        Breach("region_code_has_two_digits", factories.make_region, {"code": code})
        for code in ("1", "ab", "", "1a")
    ),
    *_of_names(factories.make_region, "region_is_named_in_both_languages"),
    *(
        Breach("municipality_code_has_three_digits", factories.make_municipality, {"code": code})
        for code in ("49", "abc", "", "49\n")
    ),
    *_of_names(factories.make_municipality, "municipality_is_named_in_both_languages"),
    Breach(
        "municipality_has_an_address_in_both_languages",
        factories.make_municipality,
        {"slug_sv": None},
    ),
    Breach(
        "municipality_has_an_address_in_both_languages",
        factories.make_municipality,
        {"slug_fi": None},
    ),
    *_of_unknown_words(
        factories.make_municipality, language_status="municipality_language_status_is_known"
    ),
    *(
        Breach("municipality_point_lies_in_finland", factories.make_municipality, changes)
        for changes in (
            {"latitude": None},
            {"longitude": None},
            {"latitude": 58},
            {"longitude": 33},
            {"latitude": 25, "longitude": 60},
        )
    ),
    *_of_names(factories.make_regional_actor, "regional_actor_is_named_in_both_languages"),
    Breach(
        "regional_actor_has_an_address_in_both_languages",
        factories.make_regional_actor,
        {"slug_sv": None},
    ),
    Breach(
        "regional_actor_has_an_address_in_both_languages",
        factories.make_regional_actor,
        {"slug_fi": None},
    ),
    # projects
    *_of_names(factories.make_organisation, "organisation_is_named_in_both_languages"),
    Breach(
        "programme_names_a_municipality_once",
        _second_municipality(factories.make_programme_participant, "programme"),
        {"municipality_id": FAR},
    ),
    Breach("project_half_years_are_halves_of_years", factories.make_project, {"first_half": 0}),
    Breach("project_half_years_are_halves_of_years", factories.make_project, {"last_half": 3}),
    Breach("project_ends_after_it_begins", factories.make_project, {"last_year": 2016}),
    Breach(
        "project_ends_after_it_begins", factories.make_project, {"last_year": 2017, "last_half": 1}
    ),
    Breach("goal_number_is_its_own", second(factories.make_goal), {"position": 1}),
    Breach("project_has_one_owner_only", _second_owner, {"role": "owner"}),
    Breach("project_names_an_organisation_once_in_a_role", _second_in_a_role, {"role": "funder"}),
    *_of_unknown_words(factories.make_project_role, role="project_role_is_known"),
    Breach(
        "participation_is_of_exactly_one_party",
        factories.make_participation,
        {"municipality_id": None},
    ),
    Breach(
        "participation_is_of_exactly_one_party",
        lambda: (factories.make_regional_actor(id=FAR), factories.make_participation())[1],
        {"regional_actor_id": FAR},
    ),
    Breach(
        "participation_ends_after_it_begins",
        factories.make_participation,
        {"end": date(2017, 8, 31)},
    ),
    *(
        Breach(f"participation_of_a_{party}_does_not_overlap", _two_participations(party), changes)
        for party in ("municipality", "regional_actor")
        for changes in (
            {"start": date(2018, 6, 30)},
            {"start": date(2018, 6, 30), "end": date(2018, 6, 30)},
        )
    ),
    Breach(
        "membership_is_for_exactly_one_party", factories.make_membership, {"municipality_id": None}
    ),
    Breach(
        "membership_is_for_exactly_one_party",
        lambda: (factories.make_regional_actor(id=FAR), factories.make_membership())[1],
        {"regional_actor_id": FAR},
    ),
    *(
        Breach(f"membership_for_a_{party}_is_one", _second_membership(party), {"user_id": FAR})
        for party in ("municipality", "regional_actor")
    ),
    Breach("submission_is_of_exactly_one_item", factories.make_submission, {"practice_id": None}),
    Breach(
        "submission_is_of_exactly_one_item",
        lambda: (factories.make_material(id=FAR), factories.make_submission())[1],
        {"material_id": FAR},
    ),
    *_of_unknown_words(
        factories.make_submission,
        state="submission_state_is_known",
        language="submission_language_is_known",
    ),
    Breach("submission_returned_says_why", factories.make_submission, {"state": "returned"}),
    Breach("submission_sent_at_a_moment", factories.make_submission, {"sent_at": None}),
    *(
        Breach(f"submission_of_a_{kind}_is_one", _second_submission(kind), {f"{kind}_id": FAR})
        for kind in ("practice", "material")
    ),
    *_of_unknown_words(factories.make_material, access="material_access_is_known"),
    Breach(
        "material_for_members_has_no_picture_of_the_library",
        lambda: factories.make_material(poster=factories.make_image()),
        {"access": "members"},
    ),
    Breach("theme_has_one_of_four_threads", factories.make_theme, {"thread": 0}),
    Breach("theme_has_one_of_four_threads", factories.make_theme, {"thread": 5}),
    Breach("theme_period_is_a_half_of_a_year", factories.make_theme_period, {"half": 3}),
    Breach("theme_has_a_half_year_once", _half_year_twice, {"half": 1}),
    Breach("half_year_has_one_main_theme", _second_theme_of_a_half_year, {"is_main": True}),
    Breach(
        "workshop_ends_on_or_after_its_first_day",
        factories.make_workshop,
        {"last_day": date(2018, 10, 10)},
    ),
    Breach("workshop_has_both_times_or_neither", factories.make_workshop, {"end_time": None}),
    Breach("workshop_has_both_times_or_neither", factories.make_workshop, {"start_time": None}),
    Breach("workshop_ends_after_it_begins", factories.make_workshop, {"end_time": time(9)}),
    Breach("workshop_ends_after_it_begins", factories.make_workshop, {"end_time": time(8)}),
    *_of_unknown_words(
        factories.make_workshop, level="workshop_level_is_known", status="workshop_status_is_known"
    ),
    Breach(
        "workshop_moves_from_another_day",
        factories.make_workshop,
        {"former_day": date(2018, 10, 11)},
    ),
    Breach(
        "workshop_participants_are_some_or_unknown", factories.make_workshop, {"participants": 0}
    ),
    Breach(
        "facilitator_leads_a_workshop", factories.make_contact_assignment, {"is_facilitator": True}
    ),
    Breach(
        "contact_serves_in_known_languages", factories.make_contact, {"service_languages": "en"}
    ),
    Breach(
        "contact_assignment_is_to_exactly_one_thing",
        factories.make_contact_assignment,
        {"project_id": None},
    ),
    Breach(
        "contact_assignment_is_to_exactly_one_thing", _assignment_beside_a_theme, {"theme_id": FAR}
    ),
    # publications
    *_of_unknown_words(
        factories.make_publication,
        kind="publication_kind_is_known",
        original_language="publication_original_language_is_known",
    ),
    *(
        Breach(rule, make, {"year": year})
        for make, rule in (
            (factories.make_publication, "publication_year_is_a_year"),
            (factories.make_story, "story_year_is_a_year"),
        )
        for year in (0, 18, 1899, 2101)
    ),
    Breach("author_has_a_place_in_the_order", second(factories.make_authorship), {"position": 1}),
    Breach("proposal_number_is_its_own", second(factories.make_action_proposal), {"number": 1}),
    *_of_texts(factories.make_action_proposal, "proposal_has_a_heading", "title"),
    *_of_texts(factories.make_reflection_question, "reflection_question_is_asked", "question"),
    *_of_texts(factories.make_publication_event, "publication_event_says_what_happened", "event"),
    Breach("publication_names_a_contact_once", _second_contact, {"contact_id": FAR}),
    Breach("material_belongs_to_exactly_one_thing", factories.make_material, {"theme_id": None}),
    Breach(
        "material_belongs_to_exactly_one_thing",
        lambda: (factories.make_workshop(id=FAR), factories.make_material())[1],
        {"workshop_id": FAR},
    ),
    Breach("material_published_has_a_licence", factories.make_material, {"licence": ""}),
    *_of_texts(_link, "material_published_link_leads_somewhere", "link"),
    *_of_unknown_words(factories.make_material, type="material_type_is_known"),
    Breach("material_licence_is_known", factories.make_material, {"licence": "x"}),
    Breach("material_file_version_is_its_own", _second_file, {"version": 1}),
    *_of_unknown_words(
        _draft_file,
        language="material_file_language_is_known",
        role="material_file_role_is_known",
        sha256="material_file_has_a_checksum",
    ),
    Breach("material_file_has_a_checksum", _draft_file, {"sha256": "G" * 64}),
    Breach("material_file_crc32_has_32_bits", _draft_file, {"crc32": 1 << 32}),
    Breach("material_file_versions_count_from_one", _draft_file, {"version": 0}),
    *(
        Breach("publication_doi_is_a_doi", factories.make_publication, {"doi": doi})
        for doi in ("https://doi.org/10.1000/182", "10.1000/", "10.1/182", "10.1000/1 2")
    ),
    Breach("materialfile_reading_state_is_known", _draft_file, {"reading_state": "done"}),
    Breach(
        "materialfile_that_could_not_be_read_has_a_reason",
        _draft_file,
        {"reading_state": "failed", "reading_problem": ""},
    ),
    Breach(
        "materialfile_that_could_not_be_read_has_a_reason",
        _draft_file,
        {"reading_state": "read", "reading_problem": "broken"},
    ),
    Breach("materialfile_has_a_text_before_it_is_checked", _draft_file, {"reading_text": ""}),
    Breach("materialfile_is_checked_at_a_moment", _checked_file, {"text_checked_at": None}),
    *_of_names(factories.make_task_area, "task_area_is_named_in_both_languages"),
    *(
        Breach(
            "task_area_has_an_address_in_both_languages", factories.make_task_area, {column: None}
        )
        for column in ("slug_sv", "slug_fi")
    ),
    Breach(
        "practice_names_a_municipality_once",
        _second_municipality(factories.make_adoption, "practice"),
        {"municipality_id": FAR},
    ),
    *(
        Breach("adoption_request_says_whom_to_ask", factories.make_adoption_request, {column: ""})
        for column in ("name", "email")
    ),
    *_of_unknown_words(
        factories.make_adoption_request, language="adoption_request_is_in_one_of_our_languages"
    ),
    Breach("figure_belongs_to_one_story_or_publication", factories.make_figure, {"story_id": None}),
    Breach("figure_belongs_to_one_story_or_publication", _figure_of_both, {"publication_id": FAR}),
    Breach(
        "download_day_is_kept_once_for_a_file_and_language",
        _second_download_day,
        {"day": date(2018, 2, 1)},
    ),
    Breach("download_day_counts_from_one", factories.make_download_day, {"count": 0}),
    *_of_unknown_words(factories.make_download_day, language="download_day_language_is_known"),
    Breach(
        "kit_day_is_kept_once_for_an_item_and_language",
        _second_kit_day,
        {"day": date(2018, 2, 1)},
    ),
    Breach("kit_day_counts_from_one", factories.make_kit_day, {"count": 0}),
    *_of_unknown_words(factories.make_kit_day, language="kit_day_language_is_known"),
    # portal
    *_of_unknown_words(factories.make_statement, subject="statement_subject_is_known"),
    Breach("feedback_says_something", factories.make_feedback, {"message": ""}),
    *_of_unknown_words(factories.make_feedback, language="feedback_is_in_one_of_our_languages"),
    Breach(
        "open_form_is_kept_once_for_an_item_and_a_user",
        second(factories.make_open_form),
        {"object_id": 1},
    ),
    Breach(
        "preview_is_shared_until_after_it_is_made",
        factories.make_preview,
        {"shared_until": factories.LONG_AGO},
    ),
    Breach(
        "broken_link_is_kept_once_for_an_item", second(factories.make_broken_link), {"object_id": 1}
    ),
    Breach(
        "broken_link_failed_last_after_it_failed_first",
        factories.make_broken_link,
        {"last_failed_on": date(2026, 1, 14)},
    ),
    *[
        Breach(
            "redirect_address_is_a_path_of_the_portal", factories.make_redirect, {"address": wrong}
        )
        for wrong in ("", "arttu2", "/en/arttu2", "/sv/å", "/sv", "/sv/Arttu2", "/sv/a/")
    ],
    *[
        Breach(
            "redirect_leads_to_a_page_or_an_https_address",
            factories.make_redirect,
            {"target": wrong},
        )
        for wrong in ("", "/", "http://example.fi/", "//example.fi", "/sv/a b", "javascript:x")
    ],
]


# Rules over several rows, which triggers keep: each function breaks one that its rows kept before.


def settled(row: Row) -> Row:
    """The row, after the database has looked at it as it does when a transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return row


def _project_without_owner() -> None:
    project = settled(factories.make_project())
    Project.objects.bulk_create([copy_of(project, slug_sv="utan-agare", slug_fi="ilman")])


def _owner_deleted() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM projects_projectrole WHERE project_id = %s",
            [settled(factories.make_project()).pk],
        )


def _owner_becomes_partner() -> None:
    settled(factories.make_project()).roles.update(role="partner")


def _owner_moves_to_another_project() -> None:
    project, other = factories.make_project(), settled(factories.make_project())
    other.roles.update(role="partner")
    project.roles.update(project=other)


def _period_before_the_project() -> None:
    ThemePeriod.objects.filter(pk=settled(factories.make_theme_period()).pk).update(
        year=2017, half=1
    )


def _period_after_the_project() -> None:
    period = settled(factories.make_theme_period())
    ThemePeriod.objects.bulk_create([copy_of(period, year=2020, half=1)])


def _project_shrinks() -> None:
    period = settled(factories.make_theme_period(year=2019, half=2))
    Project.objects.filter(pk=period.project_id).update(last_half=1)


def _uid_changes() -> None:
    Workshop.objects.filter(pk=settled(factories.make_workshop()).pk).update(
        uid="00000000-0000-4000-8000-000000000000"
    )


def _municipal_workshop_without_municipality() -> None:
    Workshop.objects.bulk_create(
        [
            copy_of(
                settled(factories.make_workshop()),
                level="municipality",
                slug_sv="a",
                slug_fi="b",
                uid=None,
            )
        ]
    )


def _workshop_becomes_municipal() -> None:
    Workshop.objects.filter(pk=settled(factories.make_workshop()).pk).update(level="municipality")


def _municipal_workshop() -> Workshop:
    return settled(
        factories.make_workshop(
            level="municipality", municipalities=[factories.make_municipality()]
        )
    )


def _last_municipality_leaves() -> None:
    _municipal_workshop().municipalities.clear()


def _last_municipality_moves_to_another_workshop() -> None:
    workshop, other = _municipal_workshop(), factories.make_workshop()
    Workshop.municipalities.through.objects.filter(workshop=workshop).update(workshop=other)


def _published_file(**changes: Any) -> Callable[[], None]:
    def change() -> None:
        MaterialFile.objects.filter(pk=settled(factories.make_material_file()).pk).update(**changes)

    return change


def _published_file_moves_to_another_material() -> None:
    file = factories.make_material_file()
    MaterialFile.objects.filter(pk=file.pk).update(material=factories.make_material())


def _published_file_is_deleted() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM publications_materialfile WHERE id = %s",
            [settled(factories.make_material_file()).pk],
        )


def _redirect_to_itself() -> None:
    redirect = settled(factories.make_redirect())
    type(redirect).objects.filter(pk=redirect.pk).update(target=f"{redirect.address}/?a=1")


def copy_of(row: Row, **changes: Any) -> Row:
    """A new, unsaved row like another; a change to None asks for the column's default."""
    copy = type(row)(
        **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    )
    copy.pk = None
    for name, value in changes.items():
        if value is None:
            value = row._meta.get_field(name).get_default()
        setattr(copy, name, value)
    return copy


_BYTES = "material_file_published_never_changes"


def _audit_entry_changed() -> None:
    entry = factories.make_audit_entry()
    type(entry).objects.filter(pk=entry.pk).update(about="somebody.else@example.fi")


def _audit_entry_deleted() -> None:
    factories.make_audit_entry().delete()


BREACHES_OF_TRIGGERS = [
    ("audit_entry_is_never_changed", _audit_entry_changed),
    ("audit_entry_is_never_changed", _audit_entry_deleted),
    ("redirect_never_leads_back_to_itself", _redirect_to_itself),
    ("project_has_an_owner", _project_without_owner),
    ("project_keeps_an_owner", _owner_deleted),
    ("project_keeps_an_owner", _owner_becomes_partner),
    ("project_keeps_an_owner", _owner_moves_to_another_project),
    ("theme_period_lies_inside_its_project", _period_before_the_project),
    ("theme_period_lies_inside_its_project", _period_after_the_project),
    ("project_holds_its_periods", _project_shrinks),
    ("workshop_uid_never_changes", _uid_changes),
    ("workshop_for_a_municipality_names_one", _municipal_workshop_without_municipality),
    ("workshop_for_a_municipality_names_one", _workshop_becomes_municipal),
    ("workshop_for_a_municipality_keeps_one", _last_municipality_leaves),
    ("workshop_for_a_municipality_keeps_one", _last_municipality_moves_to_another_workshop),
    (_BYTES, _published_file(file="materials/another.pdf")),
    (_BYTES, _published_file(sha256="0" * 64)),
    (_BYTES, _published_file(size=1)),
    (_BYTES, _published_file(language="fi")),
    (_BYTES, _published_file(version=9)),
    (_BYTES, _published_file(format="exe")),
    (_BYTES, _published_file(role="captions")),
    (_BYTES, _published_file_moves_to_another_material),
    ("material_keeps_published_files", _published_file_is_deleted),
]
