"""Two people in one form: nobody overwrites a colleague unseen, and nothing typed is lost."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from foundation.content.models import Term
from foundation.editing.editing_admin import EditingAdmin
from foundation.editing.form_snapshot import FormSnapshot
from portal.models import Redirect
from projects.models import Goal, Project
from publications.models import MaterialFile, Story
from tests import factories
from tests.foundation.editing.test_admin import Fields, errors_in, form_of, url

pytestmark = pytest.mark.django_db

EDITED = sorted(
    (model for model, shown in admin.site._registry.items() if isinstance(shown, EditingAdmin)),
    key=lambda model: model._meta.label,
)
# One text of each kind of item that a form of ours edits.
TEXTS: dict[str, str] = {
    "content.Term": "definition_{}",
    "municipalities.Municipality": "name_{}",
    "municipalities.Region": "name_{}",
    "municipalities.RegionalActor": "name_{}",
    "projects.Contact": "title_{}",
    "projects.Organisation": "name_{}",
    "publications.TaskArea": "name_{}",
    "content.Image": "alt_{}",
}

UNTYPED: Any = {"title_sv": 5}
MALFORMED = FormSnapshot(UNTYPED)


class Editor:
    """A colleague with a browser of their own."""

    def __init__(self, name: str) -> None:
        self.client = Client()
        self.client.force_login(
            factories.make_user(is_staff=True, is_superuser=True, first_name=name, last_name="")
        )

    def open(self, item: Any) -> None:
        self.address = url(type(item), "change", item.pk)
        self.form = _as_read(form_of(self.client, self.address))

    def send(self, **changed: Any) -> Any:
        self.form |= changed
        response = self.client.post(self.address, self.form)
        if response.status_code == 200:
            self.form = _as_read(Fields(response.content.decode()).values)
        return response


def _as_read(values: dict[str, Any]) -> dict[str, Any]:
    """Values as browsers read them: the first line feed of a text area is none of its text."""
    return {name: value.removeprefix("\n") for name, value in values.items()}


@pytest.fixture
def two(db: None) -> tuple[Editor, Editor]:
    return Editor("Svea"), Editor("Aino")


def opened(two: tuple[Editor, Editor], item: Any) -> tuple[Editor, Editor]:
    for editor in two:
        editor.open(item)
    return two


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def accepted(response: Any) -> None:
    assert response.status_code == 302, errors_in(response)


@pytest.mark.parametrize(
    "model",
    [model for model in EDITED if hasattr(model, "title_sv") or model._meta.label in TEXTS],
    ids=lambda model: model._meta.label,
)
def test_two_languages_of_one_text_are_two_fields(two, model):
    item = factories.MAKERS[model]()
    text = TEXTS.get(model._meta.label, "title_{}")
    svea, aino = opened(two, item)
    accepted(svea.send(**{text.format("sv"): "Ny svensk text"}))
    response = aino.client.post(
        aino.address, {**aino.form, text.format("fi"): "Uusi teksti"}, follow=True
    )
    assert "Svea" in told(response)
    item.refresh_from_db()
    assert getattr(item, text.format("sv")) == "Ny svensk text"
    assert getattr(item, text.format("fi")) == "Uusi teksti"


@pytest.mark.parametrize("chosen", ["mine", "theirs", "neither"])
@pytest.mark.parametrize(
    "model",
    [model for model in EDITED if hasattr(model, "title_sv") or model._meta.label in TEXTS],
    ids=lambda model: model._meta.label,
)
def test_same_text_changed_by_two_is_chosen_between(two, model, chosen):
    item = factories.MAKERS[model]()
    column = TEXTS.get(model._meta.label, "title_{}").format("sv")
    former = getattr(item, column)
    svea, aino = opened(two, item)
    accepted(svea.send(**{column: "Sveas ord"}))
    refused = aino.send(**{column: "Ainos ord"})
    assert "Svea" in errors_in(refused)
    assert aino.form[column] == "Ainos ord"
    [conflict] = refused.context["conflicts"]
    assert conflict.before == former
    assert "Sveas" in conflict.theirs
    assert "Ainos" in conflict.mine
    item.refresh_from_db()
    assert getattr(item, column) == "Sveas ord"
    choice = {} if chosen == "neither" else {f"_choice-{column}": f"{chosen}:{conflict.digest}"}
    response = aino.send(**choice)
    item.refresh_from_db()
    if chosen == "neither":
        assert response.status_code == 200
        assert aino.form[column] == "Ainos ord"
    else:
        accepted(response)
    assert getattr(item, column) == ("Ainos ord" if chosen == "mine" else "Sveas ord")


def test_choice_holds_only_for_the_two_that_were_compared(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(title_sv="Sveas första"))
    [conflict] = aino.send(title_sv="Ainos").context["conflicts"]
    svea.open(story)
    accepted(svea.send(title_sv="Sveas andra"))
    refused = aino.send(**{"_choice-title_sv": f"mine:{conflict.digest}"})
    assert "andra" in refused.context["conflicts"][0].theirs
    story.refresh_from_db()
    assert story.title_sv == "Sveas andra"


def test_two_who_write_the_same_are_told_nothing(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(title_sv="Samma"))
    response = aino.client.post(aino.address, {**aino.form, "title_sv": "Samma"}, follow=True)
    assert "Svea" not in told(response)


def test_change_past_the_admin_is_kept_or_compared_too(two):
    story = factories.make_story()
    _svea, aino = opened(two, story)
    Story.objects.filter(pk=story.pk).update(title_sv="Från ett kommando")
    refused = aino.send(title_sv="Ainos")
    assert refused.context["conflicts"][0].field == "title_sv"
    aino.open(story)
    Story.objects.filter(pk=story.pk).update(lead_sv="Från ett annat kommando")
    accepted(aino.send(title_sv="Ainos"))
    story.refresh_from_db()
    assert (story.title_sv, story.lead_sv) == ("Ainos", "Från ett annat kommando")


@pytest.mark.parametrize(
    "carried", ["", "x", "eJwDAAAAAAE=", "bnVsbA==", "9" * 30, MALFORMED.packed()]
)
def test_form_without_what_it_was_opened_with_overwrites_nothing(two, carried):
    story = factories.make_story()
    _svea, aino = opened(two, story)
    refused = aino.send(opened_values=carried, title_sv="Ainos")
    assert refused.status_code == 200
    assert [one.field for one in refused.context["conflicts"]] == ["title_sv"]


def test_choice_survives_another_mistake_in_the_form(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(title_sv="Sveas"))
    [conflict] = aino.send(title_sv="Ainos").context["conflicts"]
    refused = aino.send(**{"_choice-title_sv": f"mine:{conflict.digest}"}, year="x")
    assert list(refused.context["adminform"].form.errors) == ["year"]
    assert aino.form["_choice-title_sv"] == f"mine:{conflict.digest}"
    accepted(aino.send(year="2018"))
    story.refresh_from_db()
    assert (story.title_sv, story.year) == ("Ainos", 2018)


def test_merged_values_are_checked_again(two):
    workshop = factories.make_workshop()
    svea, aino = opened(two, workshop)
    accepted(svea.send(start_time="11:00"))
    # From 9 to 12, each is right by itself, and together they are not.
    assert errors_in(aino.send(end_time="10:00"))
    workshop.refresh_from_db()
    assert workshop.end_time.hour == 12


def test_writing_a_time_otherwise_is_no_change(two):
    workshop = factories.make_workshop()
    svea, aino = opened(two, workshop)
    assert svea.form["start_time"] == "09.00"
    accepted(svea.send(start_time="10.00"))
    accepted(aino.send(start_time="9:00", place_fi="Muualla"))
    workshop.refresh_from_db()
    assert (workshop.start_time.hour, workshop.place_fi) == (10, "Muualla")


def test_publication_moment_of_two_inputs_is_merged(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(publish_at_0="1.2.2018", publish_at_1="10:00"))
    accepted(aino.send(title_fi="Ainon"))
    story.refresh_from_db()
    assert story.publish_at.isoformat() == "2018-02-01T08:00:00+00:00"
    svea.open(story)
    aino.open(story)
    accepted(svea.send(publish_at_1="11:00"))
    refused = aino.send(publish_at_1="12:00")
    [conflict] = refused.context["conflicts"]
    assert "10.00" in conflict.before
    assert "11.00" in conflict.theirs
    assert "12:00" in conflict.mine


def test_many_chosen_things_are_one_field(two):
    one, other = factories.make_municipality(), factories.make_municipality()
    story = factories.make_story()
    svea, aino = opened(two, story)
    svea.form["municipalities"] = [one.pk]
    accepted(svea.send())
    accepted(aino.send(title_fi="Ainon"))
    assert list(story.municipalities.all()) == [one]
    svea.open(story)
    aino.open(story)
    aino.form["municipalities"] = [one.pk, other.pk]
    svea.form["municipalities"] = []
    accepted(svea.send())
    [conflict] = aino.send().context["conflicts"]
    assert (conflict.theirs, conflict.before) == ("", "Esbo – Espoo")
    assert conflict.mine == "Esbo – Espoo, Helsingfors – Helsinki"


def test_file_replaced_by_a_colleague_is_kept_and_two_files_are_chosen_between(two):
    image = factories.make_image()
    former = image.file.name
    svea, aino = opened(two, image)
    accepted(svea.send(file=picture("sveas.png")))
    accepted(aino.send(credit="Aino"))
    image.refresh_from_db()
    assert image.credit == "Aino"
    assert image.file.name != former
    svea.open(image)
    aino.open(image)
    accepted(svea.send(file=picture("sveas.png")))
    [conflict] = aino.send(file=picture("ainos.png")).context["conflicts"]
    assert conflict.is_file
    assert "ainos.png" in conflict.mine
    image.refresh_from_db()
    sveas = image.file.name
    choice = {f"_choice-{conflict.sent_as}": f"mine:{conflict.digest}"}
    accepted(aino.send(**choice, file=picture("ainos.png")))
    image.refresh_from_db()
    assert image.file.name != sveas


def picture(name: str) -> SimpleUploadedFile:
    drawn = BytesIO()
    Pillow.new("RGB", (1200, 800), "#1d6f6a").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def test_redirect_and_feedback_are_merged_too(two):
    redirect = factories.MAKERS[Redirect]()
    svea, aino = opened(two, redirect)
    accepted(svea.send(note="Sveas"))
    assert aino.send(note="Ainos").context["conflicts"][0].field == "note"


# Rows


def goals(project: Project) -> dict[str, str]:
    return {goal.goal_sv: goal.goal_fi for goal in project.goals.all()}


def row_of(editor: Editor, pk: int, prefix: str = "goals") -> str:
    [name] = [
        key.removesuffix("-id")
        for key, value in editor.form.items()
        if key.startswith(f"{prefix}-") and key.endswith("-id") and value == str(pk)
    ]
    return name


def with_new_goal(editor: Editor, text: str, position: int) -> None:
    number = int(editor.form["goals-TOTAL_FORMS"])
    start = f"goals-{number}"
    editor.form |= {
        "goals-TOTAL_FORMS": str(number + 1),
        f"{start}-id": "",
        f"{start}-project": editor.form["goals-__prefix__-project"],
        f"{start}-position": str(position),
        f"{start}-goal_sv": f"{text} sv",
        f"{start}-goal_fi": f"{text} fi",
    }


@pytest.fixture
def project() -> Project:
    project = factories.make_project()
    for position in (1, 2):
        factories.make_goal(
            project=project,
            position=position,
            goal_sv=f"Mål {position}",
            goal_fi=f"Tavoite {position}",
        )
    return project


def test_fields_of_one_row_are_merged(two, project):
    goal = project.goals.get(goal_sv="Mål 1")
    svea, aino = opened(two, project)
    accepted(svea.send(**{f"{row_of(svea, goal.pk)}-goal_sv": "Sveas"}))
    accepted(aino.send(**{f"{row_of(aino, goal.pk)}-goal_fi": "Ainon"}))
    assert goals(project)["Sveas"] == "Ainon"


def test_field_of_a_row_changed_by_two_is_chosen_between(two, project):
    goal = project.goals.get(goal_sv="Mål 1")
    svea, aino = opened(two, project)
    name = f"{row_of(svea, goal.pk)}-goal_sv"
    accepted(svea.send(**{name: "Sveas"}))
    refused = aino.send(**{name: "Ainos"})
    [conflict] = refused.context["conflicts"]
    assert (conflict.sent_as, conflict.before) == (name, "Mål 1")
    assert f"conflict-{name}" in errors_in_rows(refused)
    accepted(aino.send(**{f"_choice-{name}": f"mine:{conflict.digest}"}))
    assert "Ainos" in goals(project)


def errors_in_rows(response: Any) -> str:
    return " ".join(
        str(row.errors)
        for one in response.context["inline_admin_formsets"]
        for row in one.formset.forms
    )


def test_rows_added_by_two_are_both_kept(two, project):
    svea, aino = opened(two, project)
    with_new_goal(svea, "Sveas", 3)
    with_new_goal(aino, "Ainos", 4)
    accepted(svea.send())
    accepted(aino.send())
    assert {"Mål 1", "Mål 2", "Sveas sv", "Ainos sv"} == set(goals(project))


def test_row_removed_by_a_colleague_goes_unless_i_have_changed_it(two, project):
    first, second = project.goals.order_by("position")
    svea, aino = opened(two, project)
    accepted(svea.send(**{f"{row_of(svea, first.pk)}-DELETE": "on"}))
    accepted(aino.send(title_fi="Ainon"))
    assert set(goals(project)) == {"Mål 2"}
    svea.open(project)
    aino.open(project)
    accepted(svea.send(**{f"{row_of(svea, second.pk)}-DELETE": "on"}))
    refused = aino.send(**{f"{row_of(aino, second.pk)}-goal_sv": "Ainos"})
    [conflict] = refused.context["conflicts"]
    assert "Ainos" in aino.form.values()
    assert goals(project) == {}
    kept = dict(aino.form)
    accepted(aino.send())
    assert set(goals(project)) == {"Ainos"}
    Goal.objects.all().delete()
    aino.form = kept
    accepted(aino.send(**{f"_choice-{conflict.sent_as}": f"theirs:{conflict.digest}"}))
    assert goals(project) == {}


@pytest.mark.parametrize("chosen", ["mine", "theirs"])
def test_row_that_i_remove_and_a_colleague_changes_is_chosen(two, project, chosen):
    goal = project.goals.get(goal_sv="Mål 1")
    svea, aino = opened(two, project)
    accepted(svea.send(**{f"{row_of(svea, goal.pk)}-goal_sv": "Sveas"}))
    refused = aino.send(**{f"{row_of(aino, goal.pk)}-DELETE": "on"})
    [conflict] = refused.context["conflicts"]
    assert "Sveas" in goals(project)
    accepted(aino.send(**{f"_choice-{conflict.sent_as}": f"{chosen}:{conflict.digest}"}))
    assert ("Sveas" in goals(project)) == (chosen == "theirs")


def test_row_removed_by_both_is_no_conflict(two, project):
    goal = project.goals.get(goal_sv="Mål 1")
    svea, aino = opened(two, project)
    for editor in (svea, aino):
        accepted(editor.send(**{f"{row_of(editor, goal.pk)}-DELETE": "on"}))
    assert set(goals(project)) == {"Mål 2"}


def test_file_published_meanwhile_does_not_break_the_form(two):
    material = factories.make_material()
    file = factories.make_material_file(material=material, published_at=None)
    _svea, aino = opened(two, material)
    MaterialFile.objects.filter(pk=file.pk).update(published_at=factories.LONG_AGO)
    response = aino.send(title_fi="Ainon")
    accepted(response)
    material.refresh_from_db()
    assert material.title_fi == "Ainon"
    assert material.files.count() == 1


# What is not the item’s own


def test_preview_shows_mine_and_asks_nothing(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(title_sv="Sveas"))
    response = aino.client.post(aino.address, {**aino.form, "title_sv": "Ainos", "_preview": "1"})
    assert "/preview/" in response.url
    story.refresh_from_db()
    assert story.title_sv == "Sveas"


def test_reader_of_the_admin_merges_nothing(two):
    story = factories.make_story()
    client = Client()
    client.force_login(factories.make_user(is_staff=True))
    assert client.post(url(Story, "change", story.pk), {"title_sv": "x"}).status_code == 403


def test_draft_put_back_is_shown_and_not_saved(two):
    story = factories.make_story()
    svea, aino = opened(two, story)
    accepted(svea.send(lead_sv="Sveas ingress."))
    shown = aino.send(_put_back="1", title_sv="Ainos", title_fi="")
    assert shown.status_code == 200
    assert (aino.form["title_sv"], aino.form["title_fi"]) == ("Ainos", "")
    assert aino.form["lead_sv"] == "Sveas ingress."
    story.refresh_from_db()
    assert story.title_sv != "Ainos"


def test_draft_of_a_new_item_is_shown_and_not_saved(two):
    _svea, aino = two
    address = url(Term, "add")
    form = {**form_of(aino.client, address), "term_sv": "Välfärd", "term_fi": "Hyvinvointi"}
    shown = aino.client.post(address, {**form, "_put_back": "1"})
    assert shown.status_code == 200
    assert Fields(shown.content.decode()).values["term_sv"] == "Välfärd"
    assert not Term.objects.exists()
