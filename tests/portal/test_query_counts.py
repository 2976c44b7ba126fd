"""Every page takes the same number of queries for one item and for three, and few of them."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from foundation.search.indexing import bring_up_to_date
from municipalities.models import Municipality
from projects.models import Project, Theme
from tests import factories

MOST = 8
MOST_ON_RICH_PAGES = 13  # the start page, a municipality's, and lists with filters


def home(count: int) -> str:
    project = factories.make_project()
    for _number in range(count):
        theme = factories.make_theme()
        factories.make_theme_period(project=project, theme=theme)
        factories.make_workshop(theme=theme, series=factories.make_series(theme=theme))
        factories.make_story(theme=theme)
        factories.make_material_file(material=factories.make_material(theme=theme))
        factories.make_action_proposal()
        factories.make_goal(project=project)
        factories.make_project_role(project=project, role="funder")
        factories.make_contact_assignment(project=project)
        factories.make_participation(project=project)
        factories.make_participation(
            project=project, regional_actor=factories.make_regional_actor()
        )
    return reverse("portal:home")


def project_detail(count: int) -> str:
    home(count)
    return reverse("projects:project_detail")


def theme_list(count: int) -> str:
    home(count)
    return reverse("projects:theme_list")


def theme_detail(count: int) -> str:
    theme = factories.make_theme()
    project = factories.make_project()
    for _number in range(count):
        factories.make_theme_period(project=project, theme=theme)
        series = factories.make_series(theme=theme)
        factories.make_workshop(theme=theme, series=series)
        factories.make_material_file(material=factories.make_material(theme=theme))
        factories.make_story(theme=theme)
        factories.make_publication(theme=theme)
        factories.make_practice(theme=theme)
        factories.make_contact_assignment(theme=theme)
    return theme.path()


def workshop_list(count: int) -> str:
    for _number in range(count):
        theme = factories.make_theme()
        municipalities = [factories.make_municipality()]
        series = factories.make_series(theme=theme)
        factories.make_workshop(theme=theme, series=series, municipalities=municipalities)
        factories.make_workshop(theme=theme, day="2100-10-11", last_day="2100-10-11")
    return reverse("projects:workshop_list")


def workshop_detail(count: int) -> str:
    factories.make_project()
    theme = factories.make_theme()
    series = factories.make_series(theme=theme)
    for _number in range(count):
        factories.make_workshop(theme=theme, series=series)
    workshop = factories.make_workshop(
        theme=theme,
        series=series,
        municipalities=[factories.make_municipality() for _number in range(count)],
    )
    for _number in range(count):
        factories.make_material_file(material=factories.make_material(workshop=workshop))
        factories.make_contact_assignment(workshop=workshop)
    return workshop.path()


def series_detail(count: int) -> str:
    series = factories.make_series(theme=factories.make_theme())
    for _number in range(count):
        workshop = factories.make_workshop(
            series=series,
            theme=factories.make_theme(),
            municipalities=[factories.make_municipality()],
        )
        factories.make_contact_assignment(workshop=workshop, is_facilitator=True)
    return series.path()


def programme_detail(count: int) -> str:
    programme = factories.make_programme(coordinator=factories.make_organisation())
    factories.make_project(programme=programme)
    for _number in range(count):
        for is_case in (True, False):
            factories.make_programme_participant(programme=programme, is_case=is_case)
    return programme.path()


def contact_list(count: int) -> str:
    for _number in range(count):
        contact = factories.make_contact(
            employer=factories.make_organisation(), photo=factories.make_image()
        )
        theme = factories.make_theme()
        factories.make_contact_assignment(contact=contact, theme=theme)
        factories.make_contact_assignment(contact=contact, workshop=factories.make_workshop())
        factories.make_contact_assignment(
            contact=contact, municipality=factories.make_municipality()
        )
    return reverse("projects:contact_list")


def municipality_list(count: int) -> str:
    project = factories.make_project()
    for _number in range(count):
        factories.make_participation(project=project)
    return reverse("municipalities:municipality_list")


def municipality_search(count: int) -> str:
    """A name in another case than the first: what takes the most looking."""
    return f"{municipality_list(count)}?q=Espoossa"


def municipality_detail(count: int) -> str:
    region = factories.make_region()
    municipality = factories.make_municipality(region=region)
    project = factories.make_project()
    programme = factories.make_programme()
    factories.make_participation(project=project, municipality=municipality)
    factories.make_programme_participant(programme=programme, municipality=municipality)
    for _number in range(count):
        neighbour = factories.make_municipality(region=region)
        theme = factories.make_theme()
        workshop = factories.make_workshop(theme=theme, municipalities=[municipality, neighbour])
        factories.make_material_file(material=factories.make_material(workshop=workshop))
        factories.make_story(theme=theme).municipalities.add(municipality)
        practice = factories.make_practice(theme=theme)
        factories.make_adoption(practice=practice, municipality=municipality)
        factories.make_contact_assignment(municipality=municipality)
    return municipality.path()


def regional_actor_list(count: int) -> str:
    project = factories.make_project()
    for _number in range(count):
        factories.make_participation(
            project=project, regional_actor=factories.make_regional_actor()
        )
    return reverse("municipalities:regional_actor_list")


def regional_actor_detail(count: int) -> str:
    region = factories.make_region()
    actor = factories.make_regional_actor(region=region)
    factories.make_participation(project=factories.make_project(), regional_actor=actor)
    for _number in range(count):
        municipality = factories.make_municipality(region=region)
        workshop = factories.make_workshop(municipalities=[municipality])
        factories.make_material_file(material=factories.make_material(workshop=workshop))
        factories.make_contact_assignment(regional_actor=actor)
    return actor.path()


def material_list(count: int) -> str:
    for _number in range(count):
        theme = factories.make_theme()
        workshop = factories.make_workshop(
            theme=theme, municipalities=[factories.make_municipality()]
        )
        publication = factories.make_publication(theme=theme)
        for owner in ({"theme": theme}, {"workshop": workshop}, {"publication": publication}):
            material = factories.make_material(**owner, poster=factories.make_image())
            factories.make_material_file(material=material)
    return reverse("publications:material_list")


def material_detail(count: int) -> str:
    material = factories.make_material(
        workshop=factories.make_workshop(theme=factories.make_theme())
    )
    for _number in range(count):
        factories.make_material_file(material=material)
        factories.make_material_file(material=material, role="captions", name="text.vtt")
    return material.path()


def story_list(count: int) -> str:
    for _number in range(count):
        story = factories.make_story(theme=factories.make_theme(), year=2017 + _number)
        story.municipalities.add(factories.make_municipality())
    return reverse("publications:story_list")


def story_detail(count: int) -> str:
    theme = factories.make_theme()
    story = factories.make_story(theme=theme, publication=factories.make_publication(theme=theme))
    for _number in range(count):
        factories.make_figure(story=story)
        factories.make_story(theme=theme)
        story.municipalities.add(factories.make_municipality())
    return story.path()


def publication_list(count: int) -> str:
    for _number in range(count):
        theme = factories.make_theme()
        publication = factories.make_publication(
            theme=theme, publisher=factories.make_organisation()
        )
        factories.make_authorship(publication=publication)
        factories.make_story(theme=theme)
    return reverse("publications:publication_list")


def publication_detail(count: int) -> str:
    theme = factories.make_theme()
    publication = factories.make_publication(theme=theme, publisher=factories.make_organisation())
    for _number in range(count):
        factories.make_authorship(publication=publication)
        factories.make_action_proposal(publication=publication)
        factories.make_reflection_question(publication=publication)
        factories.make_publication_event(publication=publication)
        factories.make_publication_contact(publication=publication)
        factories.make_figure(publication=publication)
        factories.make_story(publication=publication, theme=theme)
        factories.make_material_file(material=factories.make_material(publication=publication))
    return publication.path()


def wall_chart(count: int) -> str:
    publication = factories.make_publication(
        theme=factories.make_theme(), publisher=factories.make_organisation()
    )
    for _number in range(count):
        factories.make_action_proposal(publication=publication)
        factories.make_reflection_question(publication=publication)
    return publication.path(route="publications:wall_chart")


def publication_bibtex(count: int) -> str:
    publication = factories.make_publication(publisher=factories.make_organisation())
    for _number in range(count):
        factories.make_authorship(publication=publication)
    return publication.path(route="publications:publication_bibtex")


def publication_ris(count: int) -> str:
    return publication_bibtex(count).replace(".bib", ".ris")


def practice_list(count: int) -> str:
    for _number in range(count):
        practice = factories.make_practice(
            theme=factories.make_theme(), task_areas=[factories.make_task_area()]
        )
        factories.make_adoption(practice=practice)
    return reverse("publications:practice_list")


def practice_detail(count: int) -> str:
    practice = factories.make_practice(
        theme=factories.make_theme(),
        contact=factories.make_contact(employer=factories.make_organisation()),
        task_areas=[factories.make_task_area() for _number in range(count)],
    )
    for _number in range(count):
        factories.make_adoption(practice=practice)
    return practice.path()


def request_adoption(count: int) -> str:
    practice = factories.make_practice()
    for _number in range(count):
        factories.make_adoption(practice=practice)
    return practice.path(route="publications:request_adoption")


def adoption_requested(count: int) -> str:
    return factories.make_practice().path(route="publications:adoption_requested")


def news(count: int) -> str:
    home(count)
    for table in (
        factories.make_publication(),
        factories.make_practice(),
        factories.make_workshop(),
    ):
        factories.make_change_note(item=table)
    factories.make_material_file(published_at="2018-03-01T07:00Z")
    return reverse("publications:news")


def theme_news(count: int) -> str:
    theme_detail(count)
    theme = Theme.objects.earliest("pk")
    return theme.path(route="publications:theme_news")


def municipality_news(count: int) -> str:
    municipality_detail(count)
    municipality = Municipality.objects.earliest("pk")
    return municipality.path(route="publications:municipality_news")


def news_feed(count: int) -> str:
    news(count)
    return reverse("publications:news_feed")


def municipality_news_feed(count: int) -> str:
    municipality_detail(count)
    municipality = Municipality.objects.earliest("pk")
    return municipality.path(route="publications:municipality_news_feed")


def feeds(count: int) -> str:
    home(count)
    return reverse("portal:feeds")


def statement(count: int) -> str:
    return factories.make_statement().path()


def feedback(count: int) -> str:
    return reverse("portal:feedback")


def search(count: int) -> str:
    """Many hits in both languages, with themes and municipalities."""
    factories.make_project()
    theme = factories.make_theme()
    for _number in range(count + 2):
        factories.make_workshop(theme=theme, municipalities=[factories.make_municipality()])
    bring_up_to_date()
    return f"{reverse('portal:search')}?q=verkstad"


def search_without_hits(count: int) -> str:
    """Nothing here nor there: looser and likelier words are tried as well."""
    factories.make_project()
    for _number in range(count):
        factories.make_workshop(theme=factories.make_theme())
    bring_up_to_date()
    return f"{reverse('portal:search')}?q=ekorre"


QUERIES: dict[Callable[[int], str], int] = {
    home: 13,
    project_detail: 5,
    theme_list: 5,
    theme_detail: 8,
    workshop_list: 11,
    workshop_detail: 7,
    series_detail: 5,
    programme_detail: 5,
    contact_list: 4,
    municipality_list: 4,
    municipality_search: 7,
    municipality_detail: 11,
    regional_actor_list: 2,
    regional_actor_detail: 6,
    material_list: 10,
    material_detail: 3,
    story_list: 9,
    story_detail: 6,
    publication_list: 10,
    publication_detail: 6,
    wall_chart: 2,
    publication_bibtex: 2,
    publication_ris: 2,
    practice_list: 11,
    practice_detail: 5,
    request_adoption: 3,
    adoption_requested: 2,
    news: 4,
    theme_news: 5,
    municipality_news: 5,
    news_feed: 3,
    municipality_news_feed: 4,
    feeds: 3,
    statement: 2,
    feedback: 1,
    search: 7,
    search_without_hits: 8,
}

RICH_PAGES = (
    home,
    municipality_detail,
    workshop_list,
    material_list,
    story_list,
    publication_list,
    practice_list,
)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), QUERIES.items(), ids=[page.__name__ for page in QUERIES]
)
def test_page_takes_as_many_queries_for_three_items_as_for_one(
    client, django_assert_num_queries, page: Callable[[int], str], queries: int, count: int
) -> None:
    path = page(count)
    if not Project.objects.exists():  # the frame of every page tells of it
        factories.make_project()
    with django_assert_num_queries(queries):
        response = client.get(path)
    assert response.status_code == 200


@pytest.mark.parametrize("page", QUERIES, ids=lambda page: page.__name__)
def test_page_takes_few_queries(page: Callable[[int], str]) -> None:
    is_rich = page in RICH_PAGES
    assert QUERIES[page] <= (MOST_ON_RICH_PAGES if is_rich else MOST)
