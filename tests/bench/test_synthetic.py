"""Made-up items in any number: public, examples, the same each time, and gone without a trace."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.synthetic import KINDS, main, make_synthetic_content, remove_synthetic_content
from foundation.search.indexing import bring_up_to_date
from projects.models import Theme
from publications.models import Material, Story
from tests import factories
from tests.foundation.backup.everything import rows
from tests.portal.test_query_counts import MOST, MOST_ON_RICH_PAGES

pytestmark = pytest.mark.django_db

LISTS = (
    "portal:home",
    "projects:workshop_list",
    "publications:story_list",
    "publications:publication_list",
    "publications:practice_list",
    "publications:material_list",
    "publications:news",
)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_project() -> None:
    project = factories.make_project()
    theme = factories.make_theme()
    factories.make_theme_period(project=project, theme=theme)
    for _number in range(3):
        factories.make_municipality()


def queries(client, path: str) -> int:
    """How many queries a page takes; it must answer."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def paths() -> list[str]:
    """The lists, a search that finds them all, and one item of each kind."""
    lists = [reverse(name) for name in LISTS]
    items = [kind._base_manager.latest("pk").path() for kind in (*KINDS, Theme)]
    return [*lists, f"{reverse('portal:search')}?q=exempel", *items]


def test_items_are_public_examples_in_both_languages(client) -> None:
    a_project()
    made = make_synthetic_content(26)
    assert sum(made.values()) == 26
    for kind in KINDS:
        found = kind.objects.published()
        assert found.count() == made[kind._meta.label] > 0
        for item in found:
            item.full_clean()
            assert item.is_example
            assert item.title_sv.startswith("Exempel: ")
            assert item.title_fi.startswith("Esimerkki: ")
    for path in paths():
        assert client.get(path).status_code == 200
    assert "Exempel: " in client.get(reverse("publications:story_list")).content.decode()


def test_file_of_every_material_can_be_fetched(client) -> None:
    make_synthetic_content(15)
    material = Material.objects.latest("pk")
    (file,) = material.files.all()
    with default_storage.open(file.file.name) as stored:
        assert stored.read() == b"Exempel,Esimerkki\n1,1\n"
    call_command("check_files", stdout=StringIO())


def texts() -> list[tuple]:
    return [
        row
        for kind in KINDS
        for row in kind.objects.order_by("slug_sv").values_list(
            "slug_sv", "title_sv", "title_fi", "lead_sv", "body_fi", "publish_at"
        )
    ]


def test_same_seed_gives_the_same_and_another_seed_others() -> None:
    found = []
    for seed in (1, 1, 2):
        make_synthetic_content(20, seed)
        found.append(texts())
        remove_synthetic_content()
    assert found[0] == found[1] != found[2]


def everything() -> dict[str, list[str]]:
    """Every row; but for the words that search has met, which it keeps until `reindex`."""
    return {table: found for table, found in rows(connection) if table != "search_knownword"}


def test_nothing_is_left_after_they_are_taken_away(tmp_path, capsys) -> None:
    a_project()
    factories.make_story(is_example=True)
    bring_up_to_date()
    before = everything()
    make_synthetic_content(30)
    Story.objects.latest("pk").delete()
    story = Story.objects.latest("pk")
    story.title_sv = "Exempel: ändrat"
    story.save()
    bring_up_to_date()
    assert everything() != before
    main(["--remove"])
    assert capsys.readouterr().out == "29 made-up items taken away.\n"
    bring_up_to_date()
    assert everything() == before
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("made-up")]


def test_second_run_is_refused() -> None:
    main(["3"])
    with pytest.raises(SystemExit, match="take them away first"):
        main(["3"])
    assert sum(kind.objects.count() for kind in KINDS) == 3


def test_pages_take_as_many_queries_for_300_items_as_for_26(client) -> None:
    a_project()
    counts = []
    for number in (26, 300):
        make_synthetic_content(number)
        bring_up_to_date()
        client.get(reverse("portal:home"))
        counts.append([queries(client, path) for path in paths()])
        remove_synthetic_content()
    assert counts[0] == counts[1]
    lists, others = counts[1][: len(LISTS)], counts[1][len(LISTS) :]
    assert max(lists) <= MOST_ON_RICH_PAGES
    assert max(others) <= MOST
