"""What is not published leaks nowhere: not by its address, nor through anything tied to it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from projects.models import Programme
from tests import factories

SECRET = re.compile("hemlig|salai", re.IGNORECASE)
STATES: dict[str, dict[str, Any]] = {
    "draft": {"decision": "draft"},
    "scheduled": {"publish_at": datetime(2100, 1, 1, tzinfo=UTC)},
    "withdrawn": {"decision": "withdrawn"},
    "expired": {"withdraw_at": datetime(2019, 1, 1, tzinfo=UTC)},
}


def locations(sitemap: str) -> list[str]:
    return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", sitemap)


@pytest.fixture(params=STATES)
def hidden(request, db) -> list:
    """Items of every kind that readers may not see, tied to published ones in every way."""

    def secret(make, **given):
        words = {
            "title_sv": f"Hemlig rubrik för {make.__name__}",
            "title_fi": f"Salainen otsikko: {make.__name__}",
            "lead_sv": "Hemlig ingress.",
            "lead_fi": "Salainen ingressi.",
            "body_sv": "<p>Hemlig text.</p>",
            "body_fi": "<p>Salainen teksti.</p>",
        }
        return make(**words, **STATES[request.param], **given)

    municipality = factories.make_municipality()
    contact = factories.make_contact()
    programme = secret(factories.make_programme)
    project = factories.make_project(programme=programme)
    factories.make_programme_participant(programme=programme, municipality=municipality)

    theme = secret(factories.make_theme)
    period = factories.make_theme_period(
        project=project, theme=theme, summary_sv="Hemligt läge.", summary_fi="Salainen tilanne."
    )
    series = secret(factories.make_series)
    workshop = secret(factories.make_workshop, municipalities=[municipality], series=series)
    publication = secret(factories.make_publication)
    factories.make_action_proposal(
        publication=publication, title_sv="Hemligt", title_fi="Salaisuus"
    )
    story = secret(factories.make_story)
    story.municipalities.add(municipality)
    practice = secret(factories.make_practice, contact=contact)
    factories.make_adoption(practice=practice, municipality=municipality)
    material = secret(factories.make_material, project=project)
    factories.make_material_file(material=material)

    for subject in ({"theme": theme}, {"workshop": workshop}):
        factories.make_contact_assignment(contact=contact, **subject)
    factories.make_publication_contact(publication=publication, contact=contact)

    shown_theme = factories.make_theme()
    shown = [
        factories.make_workshop(theme=theme, series=series, municipalities=[municipality]),
        factories.make_series(theme=theme),
        factories.make_story(theme=theme, publication=publication),
        factories.make_publication(theme=theme),
        factories.make_practice(theme=theme, contact=contact),
        factories.make_material(theme=theme),
        factories.make_material(workshop=workshop),
        factories.make_material(publication=publication),
    ]
    for row in shown[-3:]:
        factories.make_material_file(material=row)
    assert period.project == project
    assert shown_theme.state_at() == "published"
    return [theme, series, workshop, publication, story, practice, material, programme]


def test_hidden_item_leaks_on_no_page(hidden, client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    assert not SECRET.search(sitemap)
    leaks = []
    paths = locations(sitemap)
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        leaks += [f"{path}: {found}" for found in leaked(response.content.decode())]
    assert len(paths) > 40
    assert not leaks


def leaked(page: str) -> list[str]:
    return [page[max(0, m.start() - 60) : m.end() + 20] for m in SECRET.finditer(page)]


def refusal_of(item) -> int:
    """What readers are answered: gone where they could once read it, else not found."""
    return 410 if item.state_at() == "withdrawn" else 404


def test_hidden_item_has_no_page_in_either_language(hidden, client) -> None:
    for item in hidden:
        for language in ("sv", "fi"):
            response = client.get(item.path(language))
            assert response.status_code == refusal_of(item), item.path(language)
            assert not SECRET.search(response.content.decode().replace(item.path(language), ""))


def test_former_address_of_a_hidden_item_is_not_found_either(hidden, client) -> None:
    for item in hidden:
        former = item.path("sv")
        type(item).objects.filter(pk=item.pk).update(slug_sv="hemlig-ny-adress")
        assert client.get(former).status_code == refusal_of(item), former


def test_file_of_a_hidden_material_is_not_served(hidden, client) -> None:
    material = hidden[6]
    for route in ("publications:material_file", "publications:material_file_version"):
        extra = {"version": 1} if route.endswith("version") else {}
        response = client.get(material.path("sv", route=route, **extra))
        assert response.status_code == refusal_of(material)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_hidden_project_leaves_a_portal_that_still_answers(client, state) -> None:
    project = factories.make_project(
        title_sv="Hemlig rubrik", title_fi="Salainen otsikko", **STATES[state]
    )
    factories.make_goal(project=project, goal_sv="Hemligt mål", goal_fi="Salainen tavoite")
    factories.make_theme_period(project=project)
    factories.make_contact_assignment(project=project)
    factories.make_participation(project=project)
    factories.make_material(project=project)
    assert client.get(project.path("sv")).status_code == 404
    paths = locations(client.get("/sitemap.xml").content.decode())
    leaks = {path: leaked(client.get(path).content.decode()) for path in paths}
    assert not {path: found for path, found in leaks.items() if found}


@pytest.mark.django_db
def test_programme_is_shown_to_its_municipalities_only_when_published(client) -> None:
    participant = factories.make_programme_participant()
    address = participant.municipality.path("sv")
    assert "ARTTU2" in client.get(address).content.decode()
    Programme.objects.update(decision="draft")
    assert "ARTTU2" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_person_is_not_shown_after_the_last_day(client) -> None:
    visible, gone = factories.make_contact(), factories.make_contact(visible_until="2020-01-01")
    theme = factories.make_theme()
    for contact in (visible, gone):
        factories.make_contact_assignment(contact=contact, theme=theme)
    paths = locations(client.get("/sitemap.xml").content.decode())
    pages = [client.get(path).content.decode() for path in paths]
    assert any(visible.name in page for page in pages)
    assert not any(gone.name in page for page in pages)


@pytest.mark.django_db
def test_unpublished_file_of_a_published_material_is_not_served(client) -> None:
    draft = factories.make_material_file(published_at=None, name="hemlig.pdf")
    material = draft.material
    path = material.path("sv", route="publications:material_file")
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?nr={draft.pk}").status_code == 404
    other = factories.make_material_file()
    assert client.get(f"{path}?nr={other.pk}").status_code == 404
