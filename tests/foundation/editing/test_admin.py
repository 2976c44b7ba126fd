"""The admin: every model editable, both languages beside each other, no work lost."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from modeltranslation.translator import NotRegistered, translator

from foundation.accounts.models import AuditEntry, LoginLink, User
from foundation.content.models import (
    ChangeNote,
    Content,
    LanguageState,
    OpenForm,
    Preview,
    SlugHistory,
)
from foundation.search.models import KnownWord, SearchedDay, SearchEntry, StaleItem
from network.models import Submission
from portal.models import BrokenLink, Feedback
from projects.models import Participation, Project, Theme, Workshop
from publications.models import AdoptionRequest, DownloadDay, KitDay, Material, MaterialFile, Story
from tests import factories

OURS = {"content", "search", "accounts", "municipalities", "projects", "publications", "portal"}
REGISTERED = sorted(
    # The work list and the bin have pages of their own kind: see test_worklist.py, history/.
    (m for m in admin.site._registry if m._meta.app_label in OURS and m is not LanguageState),
    key=lambda model: model._meta.label,
)
# Written by the database and by readers, never by hand.
WRITTEN_BY_US = {AuditEntry, SlugHistory, BrokenLink, SearchedDay}
NOT_ADDED = {*WRITTEN_BY_US, Feedback, AdoptionRequest, Submission}
# What a list takes, the session and its user included: the same for one row as for three.
QUERIES_OF_LIST = {
    "accounts.AuditEntry": 5,
    "accounts.User": 5,
    "content.Image": 6,
    "content.SlugHistory": 9,
    "content.Term": 5,
    "municipalities.Municipality": 6,
    "municipalities.Region": 5,
    "municipalities.RegionalActor": 6,
    "portal.BrokenLink": 6,
    "portal.Feedback": 7,
    "portal.Redirect": 5,
    "portal.Statement": 6,
    "projects.Contact": 6,
    "projects.Membership": 5,
    "projects.Organisation": 5,
    "projects.Participation": 5,
    "projects.Programme": 6,
    "projects.Project": 6,
    "projects.Theme": 6,
    "projects.Workshop": 9,
    "projects.WorkshopSeries": 7,
    "publications.AdoptionRequest": 5,
    "publications.Material": 8,
    "publications.Practice": 8,
    "publications.Publication": 8,
    "publications.Story": 8,
    "publications.Submission": 5,
    "publications.TaskArea": 5,
    "search.SearchedDay": 4,
}
CONTENT = [model for model in REGISTERED if issubclass(model, Content)]


def url(model, view, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=arguments)


def make(model):
    if model is SlugHistory:
        story = factories.make_story()
        Story.objects.filter(pk=story.pk).update(slug_sv="ett-nytt-namn")
        return SlugHistory.objects.get()
    return factories.MAKERS[model]()


@pytest.fixture(params=["sv", "fi"])
def editor(request, db, client):
    user = factories.make_user(is_staff=True, is_superuser=True, language=request.param)
    client.force_login(user)
    return client


@pytest.fixture
def swedish_editor(db, client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True, first_name="Svea"))
    return client


class Fields(HTMLParser):
    """What a browser would send of a page's forms, and the languages its inputs are marked with."""

    def __init__(self, html):
        super().__init__()
        self.values, self.langs, self._open, self._select = {}, {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag in ("input", "textarea") and name:
            self.langs[name] = given.get("lang")
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.values[name] = given.get("value", "on" if "checked" in given else "")
        elif tag == "textarea":
            self._open, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._open = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._open:
            self.values[self._open] += data


def form_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return Fields(response.content.decode()).values


def save(client, address, **changed):
    return client.post(address, {**form_of(client, address), **changed})


def errors_in(response):
    assert response.status_code == 200, "the form was accepted"
    html = response.content.decode()
    found = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text) for text in found)


def test_models_of_ours_are_registered_or_edited_inside_one_that_is():
    # Notes stand in the form of their item; counts are handed out as a file, previews as pages.
    # A log-in link is made at the server's own shell; an open form is noted by the form.
    edited = {*REGISTERED, LanguageState, ChangeNote, DownloadDay, KitDay, LoginLink}
    edited |= {Preview, OpenForm}
    for model in REGISTERED:
        edited |= {inline.model for inline in admin.site._registry[model].inlines}
    ours = {m for m in apps.get_models() if m._meta.app_label in OURS and not m._meta.proxy}
    assert ours - edited == {KnownWord, SearchEntry, StaleItem}  # search keeps them by itself


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_pages_of_a_model_answer_in_the_editors_language(editor, model):
    item = make(model)
    pages = [url(model, "changelist"), url(model, "change", item.pk), url(model, "delete", item.pk)]
    pages += [url(model, "add"), url(model, "history", item.pk)]
    refused = (
        {"add", "delete"} if model in WRITTEN_BY_US else {"add"} if model in NOT_ADDED else set()
    )
    language = User.objects.get(is_superuser=True).language
    for page in pages:
        response = editor.get(page)
        expected = 403 if any(f"/{word}/" in page for word in refused) else 200
        assert response.status_code == expected, page
        if expected == 200:
            assert f'<html lang="{language}"' in response.content.decode()
            assert "style=" not in response.content.decode(), page
            assert "://" not in _links(response), page


def _links(response):
    found = re.findall(
        r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', response.content.decode()
    )
    return " ".join(found)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_inputs_say_their_language_also_in_inlines(swedish_editor, model):
    item = make(model)
    langs = Fields(swedish_editor.get(url(model, "change", item.pk)).content.decode()).langs
    for name in translated(model):
        assert name not in langs
        assert (langs[f"{name}_sv"], langs[f"{name}_fi"]) == ("sv", "fi")
    for inline in admin.site._registry[model].inlines:
        for name in translated(inline.model):
            found = {field: lang for field, lang in langs.items() if f"__-{name}" in field}
            assert {field.rsplit("-", 1)[1]: lang for field, lang in found.items()} == {
                f"{name}_sv": "sv",
                f"{name}_fi": "fi",
            }


def translated(model):
    try:
        return translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return {}


@pytest.mark.parametrize(
    "model",
    [model for model in REGISTERED if model is not User],  # a user's rights come from groups
    ids=lambda model: model._meta.label,
)
def test_forms_have_every_field_but_the_base_columns(rf, admin_user, model):
    request = rf.get("/admin/")
    request.user = admin_user
    shown = admin.site._registry[model]
    owned = {one.model for one in shown.get_inline_instances(request)}
    for options in [shown, *shown.get_inline_instances(request)]:
        names = {
            name
            for _heading, group in options.get_fieldsets(request)
            for row in group["fields"]
            for name in ([row] if isinstance(row, str) else row)
        }
        fields = options.model._meta
        editable = {
            field.name
            for field in [*fields.fields, *fields.many_to_many]
            if field.editable
            and not field.primary_key
            # What a row belongs to is the form it stands in; another admin may know other owners.
            and not (options is not shown and field.is_relation and field.null)
            and not (options is not shown and field.remote_field and field.related_model is model)
            and not (field.many_to_many and field.remote_field.through in owned)
        }
        left_out = set(options.exclude or ())
        assert editable - set(translated(options.model)) - left_out <= names
        assert not names & set(translated(options.model))


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    swedish_editor, model, django_assert_num_queries
):
    queries = QUERIES_OF_LIST[model._meta.label]
    if model is SlugHistory:
        make(model)
    elif model is not User:
        factories.MAKERS[model]()
    swedish_editor.get(url(model, "changelist"))  # content types are remembered from here on
    with django_assert_num_queries(queries):
        swedish_editor.get(url(model, "changelist"))
    if model is SlugHistory:
        for slug in ("ett-annat", "ett-tredje"):
            Story.objects.update(slug_sv=slug)
    else:
        most = 2 if model._meta.model_name == "statement" else 3
        for _number in range(most - 1):
            factories.MAKERS[model]()
    with django_assert_num_queries(queries):
        swedish_editor.get(url(model, "changelist"))


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("words", ["Verkstad", "työpaja", "049", "%", "'\"", "å" * 3000])
def test_search_answers_whatever_is_asked(swedish_editor, model, words):
    make(model)
    assert swedish_editor.get(url(model, "changelist"), {"q": words}).status_code == 200


def test_municipality_is_found_by_either_name(swedish_editor):
    factories.make_municipality()
    for words in ("Esbo", "Espoo", "049"):
        found = swedish_editor.get(
            reverse("admin:autocomplete"),
            {
                "term": words,
                "app_label": "projects",
                "model_name": "workshop",
                "field_name": "municipalities",
            },
        )
        assert [row["text"] for row in found.json()["results"]] == ["Esbo – Espoo"]


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "withdrawn", "nonsense"])
def test_list_is_filtered_by_state(swedish_editor, state):
    factories.make_story(decision="draft", publish_at=None)
    factories.make_story()
    response = swedish_editor.get(url(Story, "changelist"), {"state": state})
    expected = {"draft": 1, "published": 1, "nonsense": 2}
    assert response.context["cl"].result_count == expected.get(state, 0)


def test_list_says_which_language_is_missing(swedish_editor):
    factories.make_story(title_fi=None, slug_fi=None, decision="draft", publish_at=None)
    page = swedish_editor.get(url(Story, "changelist")).content.decode()
    assert '<span class="tag tag-missing">' in page


def test_title_in_the_other_language_is_marked_in_the_list(swedish_editor):
    factories.make_story(title_sv=None, slug_sv=None, decision="draft", publish_at=None)
    page = swedish_editor.get(url(Story, "changelist")).content.decode()
    assert '<span lang="fi">Arjen pienet asiat</span>' in page


def test_link_to_the_page_is_in_the_editors_language_and_only_when_published(editor):
    language = User.objects.get(is_superuser=True).language
    public, draft = factories.make_story(), factories.make_story(decision="draft", publish_at=None)
    page = editor.get(url(Story, "change", public.pk)).content.decode()
    assert public.path(language) in page
    assert draft.path(language) not in editor.get(url(Story, "change", draft.pk)).content.decode()


def test_saving_stores_both_languages_and_makes_missing_addresses(swedish_editor):
    story = factories.make_story()
    response = save(
        swedish_editor, url(Story, "change", story.pk), title_fi="Pieni ilo", slug_fi="", slug_sv=""
    )
    assert response.status_code == 302
    story.refresh_from_db()
    assert (story.title_fi, story.slug_fi) == ("Pieni ilo", "pieni-ilo")
    assert story.slug_sv == "sma-detaljer-i-vardagen"


def test_item_made_public_without_a_moment_is_public_from_now(swedish_editor):
    story = factories.make_story(decision="draft", publish_at=None)
    response = save(swedish_editor, url(Story, "change", story.pk), decision="public")
    assert response.status_code == 302
    assert Story.objects.published().filter(pk=story.pk).exists()


def test_what_is_missing_is_said_beside_its_field(swedish_editor):
    story = factories.make_story(lead_fi=None, decision="draft", publish_at=None)
    response = save(swedish_editor, url(Story, "change", story.pk), decision="public")
    assert list(response.context["adminform"].form.errors) == ["lead_fi"]


def test_new_item_has_its_maker_as_the_one_responsible(swedish_editor):
    form = swedish_editor.get(url(Story, "add")).context["adminform"].form
    assert form.initial["responsible"] == User.objects.get().pk


# Rules over several rows: the form says them first.


def test_workshop_for_a_municipality_must_name_one(swedish_editor):
    workshop = factories.make_workshop()
    address = url(Workshop, "change", workshop.pk)
    response = save(swedish_editor, address, level="municipality")
    assert list(response.context["adminform"].form.errors) == ["municipalities"]
    chosen = factories.make_municipality()
    response = save(swedish_editor, address, level="municipality", municipalities=[chosen.pk])
    assert response.status_code == 302


def test_project_must_keep_its_owner(swedish_editor):
    project = factories.make_project()
    response = save(
        swedish_editor, url(Project, "change", project.pk), **{"roles-0-role": "funder"}
    )
    assert response.context["inline_admin_formsets"][1].formset.non_form_errors()


def test_new_project_needs_an_owner(swedish_editor):
    typed = {
        "title_sv": "Nytt",
        "first_year": 2020,
        "first_half": 1,
        "last_year": 2021,
        "last_half": 2,
    }
    address = url(Project, "add")
    assert errors_in(save(swedish_editor, address, **typed))
    owner = factories.make_organisation()
    rows = {
        "roles-TOTAL_FORMS": 1,
        "roles-0-organisation": owner.pk,
        "roles-0-role": "owner",
        "roles-0-position": 1,
    }
    assert Project.objects.count() == 0
    assert save(swedish_editor, address, **typed, **rows).status_code == 302
    assert Project.objects.get().roles.get().organisation == owner


def test_project_with_two_owners_is_refused(swedish_editor):
    role = factories.make_project_role()
    response = save(
        swedish_editor, url(Project, "change", role.project_id), **{"roles-1-role": "owner"}
    )
    assert errors_in(response)


def test_half_year_outside_the_project_is_refused(swedish_editor):
    period = factories.make_theme_period()
    address = url(Project, "change", period.project_id)
    assert errors_in(save(swedish_editor, address, **{"periods-0-year": "2021"}))
    assert errors_in(save(swedish_editor, address, first_year=2018))


def test_two_main_themes_of_a_half_year_are_refused(swedish_editor):
    project, theme, other = factories.make_project(), factories.make_theme(), factories.make_theme()
    rows: dict = {"periods-TOTAL_FORMS": 2}
    for number, chosen in enumerate((theme, other)):
        rows |= {
            f"periods-{number}-theme": chosen.pk,
            f"periods-{number}-year": 2018,
            f"periods-{number}-half": 1,
            f"periods-{number}-is_main": "on",
        }
    assert errors_in(save(swedish_editor, url(Project, "change", project.pk), **rows))


def test_party_twice_at_once_is_refused(swedish_editor):
    project, municipality = factories.make_project(), factories.make_municipality()
    rows: dict = {"participations-TOTAL_FORMS": 2}
    for number, (start, end) in enumerate([("1.9.2017", "31.12.2018"), ("1.6.2018", "")]):
        rows |= {
            f"participations-{number}-municipality": municipality.pk,
            f"participations-{number}-start": start,
            f"participations-{number}-end": end,
        }
    address = url(Project, "change", project.pk)
    assert errors_in(save(swedish_editor, address, **rows))
    response = save(swedish_editor, address, **{**rows, "participations-1-start": "1.1.2019"})
    assert response.status_code == 302
    assert Participation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_only_the_database_refuses_is_told_in_plain_words(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    municipality = factories.make_municipality()
    factories.make_workshop(level="municipality", municipalities=[municipality])
    response = client.post(
        reverse("admin:municipalities_municipality_delete", args=[municipality.pk]),
        {"post": "yes"},
        follow=True,
    )
    assert response.status_code == 200
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]


# Files of materials.


def upload(name="bilder.pdf", content=factories.PDF):
    return SimpleUploadedFile(name, content)


def new_file(**given):
    row = {"language": "sv", "version": 1, "role": "content", "file": upload(), **given}
    return {"files-TOTAL_FORMS": 1, **{f"files-0-{name}": value for name, value in row.items()}}


def test_file_is_uploaded_and_measured(swedish_editor):
    material = factories.make_material()
    response = save(swedish_editor, url(Material, "change", material.pk), **new_file())
    assert response.status_code == 302
    file = MaterialFile.objects.get()
    assert (file.format, file.original_name, file.size) == ("pdf", "bilder.pdf", len(factories.PDF))


@pytest.mark.parametrize(
    "given",
    [
        {"file": upload("bilder.pdf", b"MZ\x90\x00")},
        {"file": upload("program.exe", b"MZ\x90\x00")},
        {"role": "captions"},
        {"file": upload("bilder.vtt", b"WEBVTT\n")},
        {"language": "xx"},
        {"version": "0"},
    ],
    ids=["other content", "program", "captions that are none", "no captions", "language", "zero"],
)
def test_file_that_cannot_be_served_is_refused(swedish_editor, given):
    material = factories.make_material()
    assert errors_in(
        save(swedish_editor, url(Material, "change", material.pk), **new_file(**given))
    )
    assert not MaterialFile.objects.exists()


def test_two_files_of_one_language_and_version_are_refused(swedish_editor):
    file = factories.make_material_file(language="sv")
    address = url(Material, "change", file.material_id)
    assert errors_in(save(swedish_editor, address, **new_file()))
    assert save(swedish_editor, address, **new_file(version=2)).status_code == 302


def test_published_file_cannot_be_changed_or_deleted(swedish_editor):
    file = factories.make_material_file()
    address = url(Material, "change", file.material_id)
    form = form_of(swedish_editor, address)
    prefix = next(name for name in form if name.endswith("-0-reading_text")).rsplit("-", 1)[0]
    response = swedish_editor.post(
        address,
        {
            **form,
            f"{prefix}-version": 7,
            f"{prefix}-language": "en",
            f"{prefix}-file": upload("annan.pdf", factories.PDF + b"\n"),
            f"{prefix}-published_at_0": "",
            f"{prefix}-DELETE": "on",
            f"{prefix}-reading_text": "<p>Rättad text.</p>",
        },
    )
    assert response.status_code == 302
    stored = MaterialFile.objects.get()
    assert (stored.version, stored.language, stored.sha256) == (1, "sv+fi", file.sha256)
    assert stored.published_at == file.published_at
    assert stored.reading_text == "<p>Rättad text.</p>"


def test_stored_file_is_handed_to_those_who_may_see_the_material(swedish_editor):
    file = factories.make_material_file(published_at=None)
    address = reverse("admin:publications_materialfile_download", args=[file.pk])
    assert b"".join(swedish_editor.get(address).streaming_content) == factories.PDF
    User.objects.update(is_superuser=False)
    assert swedish_editor.get(address).status_code == 403


# Rights.


@pytest.mark.parametrize("flags", [{}, {"is_staff": True, "is_active": False}])
@pytest.mark.parametrize("model", [Workshop, Material, User, Feedback])
def test_others_than_active_staff_get_nothing(client, db, flags, model):
    client.force_login(factories.make_user(is_superuser=True, **{"is_staff": False, **flags}))
    for address in (url(model, "changelist"), reverse("admin:index"), reverse("admin:language")):
        assert client.get(address).status_code == 302


def test_editor_without_rights_sees_no_content(client, db):
    client.force_login(factories.make_user(is_staff=True))
    for model in REGISTERED:
        assert client.get(url(model, "changelist")).status_code == 403


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_who_may_only_look_gets_no_form(client, db, model):
    item, user = make(model), factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    address = url(model, "change", item.pk)
    page = client.get(address)
    assert page.status_code == 200
    assert "title_sv" not in Fields(page.content.decode()).langs
    assert client.post(address, {"title_sv": "Ny rubrik"}).status_code == 403


def test_user_is_made_by_e_mail_address(swedish_editor):
    response = save(
        swedish_editor,
        url(User, "add"),
        email="ny@example.fi",
        language="fi",
        usable_password="true",
        password1="en-mycket-lang-fras-7",
        password2="en-mycket-lang-fras-7",
    )
    assert response.status_code == 302
    assert User.objects.get(email="ny@example.fi").language == "fi"


@pytest.mark.parametrize("model", sorted(NOT_ADDED, key=str))
def test_what_readers_and_the_database_write_is_not_added_by_hand(swedish_editor, model):
    assert swedish_editor.get(url(model, "add")).status_code == 403


def test_former_address_cannot_be_changed(swedish_editor):
    former = make(SlugHistory)
    swedish_editor.post(url(SlugHistory, "change", former.pk), {"slug": "annat"})
    assert SlugHistory.objects.get().slug == former.slug


def test_group_names_rights_in_the_editors_language(swedish_editor):
    page = swedish_editor.get(url(Group, "add")).content.decode()
    assert "Can add" not in page


# Language of the admin.


@pytest.mark.parametrize("back", ["/admin/projects/", "https://evil.example/", "//evil.example"])
def test_language_button_changes_the_users_language(swedish_editor, back):
    response = swedish_editor.post(reverse("admin:language"), {"language": "fi", "next": back})
    assert response.url == (back if back.startswith("/admin") else reverse("admin:index"))
    assert User.objects.get().language == "fi"
    assert '<html lang="fi"' in swedish_editor.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("language", ["en", "", "xx" * 100])
def test_language_button_knows_two_languages(swedish_editor, language):
    swedish_editor.post(reverse("admin:language"), {"language": language})
    assert User.objects.get().language == "sv"


def test_language_is_not_changed_by_a_link(swedish_editor):
    assert swedish_editor.get(reverse("admin:language")).status_code == 405


# Feedback.


def test_feedback_keeps_its_words_and_is_marked_as_answered(swedish_editor):
    feedback = factories.make_feedback()
    address = url(Feedback, "change", feedback.pk)
    response = save(swedish_editor, address, is_answered="on", note="Ringde.", message="Ändrad")
    assert response.status_code == 302
    stored = Feedback.objects.get()
    assert stored.message == feedback.message
    assert stored.answered_at and stored.handled_by == User.objects.get()
    assert stored.note == "Ringde."
    form = form_of(swedish_editor, address)
    del form["is_answered"]
    swedish_editor.post(address, form)
    assert Feedback.objects.get().answered_at is None


def test_several_messages_are_marked_as_answered_at_once(swedish_editor):
    messages = [factories.make_feedback(), factories.make_feedback()]
    swedish_editor.post(
        url(Feedback, "changelist"),
        {"action": "mark_answered", "_selected_action": [row.pk for row in messages]},
    )
    assert not Feedback.objects.filter(answered_at__isnull=True).exists()


def test_overdue_feedback_is_marked_and_listed(swedish_editor):
    factories.make_feedback(answer_by="2026-01-01")
    factories.make_feedback()
    page = swedish_editor.get(url(Feedback, "changelist"))
    assert page.content.decode().count("tag-overdue") == 1
    page = swedish_editor.get(url(Feedback, "changelist"), {"answer": "overdue"})
    assert page.context["cl"].result_count == 1


# The editor of rich texts under the Content-Security-Policy.


def test_import_map_carries_the_nonce_of_the_policy(swedish_editor):
    response = swedish_editor.get(url(Theme, "add"))
    [nonce] = re.findall(r'<script type="importmap" nonce="([^"]+)"', response.content.decode())
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]


def test_history_names_fields_that_can_be_translated(swedish_editor):
    story = factories.make_story()
    save(swedish_editor, url(Story, "change", story.pk), title_sv="Ny", title_fi="Uusi")
    assert '"fields": ["Title"]' in LogEntry.objects.latest("pk").change_message
