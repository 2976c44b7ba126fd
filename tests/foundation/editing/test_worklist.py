"""The translators' work list: what waits, one text after another, and nothing lost on the way."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from foundation.content.agreement import compared_fields, writing
from foundation.content.models import LanguageState, SlugHistory, Term
from foundation.editing import worklist_admin
from foundation.editing.word_diff import as_html, word_diff
from foundation.editing.worklist import bilingual_models, outstanding
from projects.models import Goal, Project
from publications.models import Story
from tests import factories
from tests.foundation.editing.test_admin import save as save_form
from tests.html_document import Document

pytestmark = pytest.mark.django_db

CODES = ("sv", "fi")
EVERY_MODEL = pytest.mark.parametrize(
    "model",
    [model for model in bilingual_models().values() if compared_fields(model)],
    ids=lambda model: model._meta.label,
)


@pytest.fixture(autouse=True)
def editor(client):
    user = factories.make_user(is_staff=True, is_superuser=True, first_name="Svea")
    client.force_login(user)
    return user


def worklist(language="fi"):
    return reverse("admin:content_worklist", args=[language])


def change_form(item):
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])


def state_of(item, field):
    return LanguageState.objects.get(kind=item._meta.db_table, object_id=item.pk, field=field)


def text_page(item, field, language="fi"):
    return reverse("admin:content_worklist_text", args=[language, state_of(item, field).pk])


def change(item, **columns):
    type(item)._base_manager.filter(pk=item.pk).update(**columns)
    item.refresh_from_db()


def make_due(language="fi", field="lead", **given):
    """A story with a text that waits for a language since its other side was changed."""
    story = factories.make_story(**given)
    there = {"sv": "fi", "fi": "sv"}[language]
    change(story, **{f"{field}_{there}": f"En ny text, nummer {story.pk}."})
    return story


def waiting(language="fi"):
    return [(state.object_id, state.field) for state in outstanding(language)]


def age(item, field, *, days):
    moment = timezone.now() - timedelta(days=days)
    state = LanguageState.objects.filter(pk=state_of(item, field).pk)
    for code in CODES:
        state.filter(**{f"{code}_changed_at__isnull": False}).update(
            **{f"{code}_changed_at": moment}
        )


def opened(client, address):
    """What a browser would send of the page, unchanged."""
    response = client.get(address)
    assert response.status_code == 200, response.headers.get("Location")
    form = response.context["form"]
    return {"seen": form["seen"].value(), "text": form["text"].value() or ""}


def write(client, address, text, **more):
    return client.post(address, {**opened(client, address), "text": text, **more})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response):
    assert response.status_code == 200, response.headers.get("Location")
    form = response.context["form"]
    return [*form.non_field_errors(), *form["text"].errors]


# The list


def test_list_has_the_texts_of_its_language_oldest_first(client):
    new, old = make_due(), make_due(field="title")
    elsewhere = make_due("sv")
    age(new, "lead", days=1)
    age(old, "title", days=40)
    rows = client.get(worklist()).context["rows"]
    assert [(row.item, row.state.field) for row in rows] == [(old, "title"), (new, "lead")]
    assert [row.item for row in client.get(worklist("sv")).context["rows"]] == [elsewhere]


def test_row_names_item_field_age_and_author(client, editor):
    story = factories.make_story()
    story.lead_sv = "En ny ingress."
    with writing(author=editor.pk):
        story.save()
    age(story, "lead", days=23)
    page = Document(client.get(worklist()).content.decode())
    [table] = [" ".join(one.text.split()) for one in page.elements if one.tag == "tbody"]
    for words in ("Små detaljer i vardagen", "berättelse", "Ingress", "3 veckor", "Svea"):
        assert words in table
    assert not page.unbalanced


def test_title_in_the_other_language_is_marked(client):
    factories.make_story(title_sv=None, slug_sv=None, decision="draft", publish_at=None)
    page = client.get(worklist("sv")).content.decode()
    assert '<span lang="fi">Arjen pienet asiat</span>' in page


def test_row_of_another_items_form_is_named_with_that_item(client):
    goal = factories.make_goal()
    change(goal, goal_sv="Ett annat mål.")
    page = Document(client.get(worklist()).content.decode())
    [table] = [" ".join(one.text.split()) for one in page.elements if one.tag == "tbody"]
    assert "Mål 1" in table
    assert "Kommunen som välfärdsfrämjare" in table


@pytest.mark.parametrize(
    ("only", "expected"),
    [("missing", {"kicker"}), ("changed", {"lead"}), ("nonsense", {"kicker", "lead"})],
)
def test_list_is_filtered(client, only, expected):
    story = factories.make_story(kicker_fi=None)
    change(story, lead_sv="En ny ingress.")
    rows = client.get(worklist(), {"only": only}).context["rows"]
    assert {row.state.field for row in rows} == expected


def test_text_of_one_language_only_waits_for_nobody(client):
    story = factories.make_story(lead_fi=None, pairing="sv", pairing_reason="Skrevs på svenska.")
    assert story.pairing == "sv"
    assert client.get(worklist()).context["rows"] == []


def test_list_has_pages_that_keep_the_filter(client, monkeypatch):
    monkeypatch.setattr(worklist_admin, "PAGE_SIZE", 2)
    stories = [make_due() for _number in range(3)]
    first = client.get(worklist(), {"only": "changed"})
    assert "?p=2&amp;only=changed" in first.content.decode()
    second = client.get(worklist(), {"only": "changed", "p": "2"})
    assert [row.item for row in second.context["rows"]] == stories[2:]
    for number in ("99", "0", "-1", "x", ""):
        assert client.get(worklist(), {"p": number}).status_code == 200


def test_empty_list_says_so(client):
    assert "empty" in client.get(worklist()).content.decode()


def test_own_list_is_that_of_the_users_language(client, editor):
    address = reverse("admin:content_languagestate_changelist")
    assert client.get(address).url == worklist("sv")
    editor.language = "fi"
    editor.save()
    assert client.get(address).url == worklist("fi")


def test_start_page_counts_what_waits(client):
    make_due()
    factories.make_story(kicker_fi=None)
    make_due("sv")
    page = client.get(reverse("admin:index"))
    counted = {
        one["language"]: (one["missing"], one["changed"], one["total"])
        for one in page.context["waiting"]
    }
    assert counted == {"sv": (0, 1, 1), "fi": (1, 1, 2)}
    assert f'href="{worklist("fi")}"' in page.content.decode()


@EVERY_MODEL
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    client, model, django_assert_num_queries
):
    def one_more():
        item = factories.MAKERS[model]()
        there = f"{compared_fields(model)[0]}_sv"
        change(item, **{there: f"Ändrat {item.pk}"})

    one_more()
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(worklist())
    most = 2 if model._meta.model_name == "statement" else 3
    for _number in range(most - 1):
        one_more()
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        assert len(client.get(worklist()).context["rows"]) == most


# Log-in: session and user; list: counts of both languages, number, states with authors, items.
QUERIES_OF_THE_LIST = 7


def test_start_page_counts_in_two_queries(client, rf, editor, django_assert_num_queries):
    for _number in range(3):
        make_due()
    request = rf.get("/admin/")
    request.user = editor
    with django_assert_num_queries(2):
        worklist_admin.counts(request)


# Rights


def test_others_than_staff_are_asked_to_log_in(client):
    story = make_due()
    client.logout()
    for address in (worklist(), text_page(story, "lead"), f"{worklist()}file/"):
        assert "login" in client.get(address).url


def test_who_may_change_nothing_gets_nothing(client):
    story = make_due()
    client.force_login(factories.make_user(is_staff=True))
    for address in (worklist(), text_page(story, "lead"), f"{worklist()}file/"):
        assert client.get(address).status_code == 403
    assert client.get(reverse("admin:index")).context["waiting"] == []


def test_user_meets_only_what_the_user_may_change(client):
    story, goal = make_due(), factories.make_goal()
    change(goal, goal_sv="Ett annat mål.")
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_story"))
    client.force_login(user)
    assert [row.item for row in client.get(worklist()).context["rows"]] == [story]
    assert client.get(reverse("admin:index")).context["waiting"][1]["total"] == 1
    assert client.get(text_page(story, "lead")).status_code == 200
    assert client.get(text_page(goal, "goal")).status_code == 403
    assert client.post(text_page(goal, "goal"), {"text": "Tavoite"}).status_code == 403
    exported = client.get(f"{worklist()}file/").content.decode()
    assert "publications_story" in exported
    assert "projects_goal" not in exported


@pytest.mark.parametrize("language", ["en", "sv-fi", "SV"])
def test_other_languages_have_no_list(client, language):
    for address in ("", "file/", "1/"):
        base = reverse("admin:content_languagestate_changelist")
        assert client.get(f"{base}{language}/{address}").status_code == 404


@pytest.mark.parametrize("pk", [0, 10**6, 10**30])
def test_text_that_is_not_there_leads_back(client, pk):
    address = reverse("admin:content_worklist_text", args=["fi", pk])
    assert client.get(address).url == worklist()
    assert client.post(address, {"text": "Teksti"}).url == worklist()


# One text


def test_page_shows_what_has_changed_in_its_own_language(client):
    story = factories.make_story(lead_sv="Välfärd byggs av små detaljer.")
    change(story, lead_sv="Välfärd byggs av många små steg.")
    page = Document(client.get(text_page(story, "lead")).content.decode())
    assert not page.unbalanced
    [removed] = page.all("del")
    assert (removed.language, removed.text.split()[-1]) == ("sv", "detaljer.")
    assert [one.text.split()[-1] for one in page.all("ins")] == ["många", "steg."]
    [field] = page.all("textarea", name="text")
    assert field.attributes["lang"] == "fi"
    assert page.all("label", **{"for": field.attributes["id"]})


def test_words_around_the_change_are_said_in_the_readers_language(client, editor):
    editor.language = "fi"
    editor.save()
    story = make_due()
    page = Document(client.get(text_page(story, "lead")).content.decode())
    assert ("fi", "lisätty:") in page.texts


def test_missing_text_has_the_whole_other_side_beside_it(client):
    story = factories.make_story(
        body_fi=None, body_sv="<h2>Bakgrund</h2><p>Så <em>här</em>.</p>", decision="draft"
    )
    response = client.get(text_page(story, "body"))
    html = response.content.decode()
    assert '<div class="source" lang="sv"><h2>Bakgrund</h2><p>Så <em>här</em>.</p></div>' in html
    assert "as_it_is" not in html
    assert not Document(html).all("ins")


def test_plain_text_is_no_markup(client):
    story = factories.make_story(lead_fi=None, lead_sv="a < b & c > d\n\nNy rad", decision="draft")
    html = client.get(text_page(story, "lead")).content.decode()
    assert "<p>a &lt; b &amp; c &gt; d</p>" in html
    assert "<p>Ny rad</p>" in html


def test_saving_writes_agrees_records_and_goes_on_to_the_next(client, editor):
    first, second = make_due(), make_due()
    change(first, title_sv="En ny rubrik")
    for days, (item, field) in enumerate([(first, "title"), (second, "lead"), (first, "lead")]):
        age(item, field, days=days + 1)
    response = write(client, text_page(first, "lead"), "Uusi ingressi.")
    assert response.url == text_page(second, "lead")
    assert any("En ny rubrik" in message for message in told(response))
    first.refresh_from_db()
    assert first.lead_fi == "Uusi ingressi."
    state = state_of(first, "lead")
    assert (state.agreed_fi, state.agreed_by) == ("Uusi ingressi.", editor)
    assert state.sv_changed_at is None
    assert waiting() == [(second.pk, "lead"), (first.pk, "title")]
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(first.pk))
    assert '"fields": ["Lead"]' in entry.change_message
    assert write(client, text_page(second, "lead"), "Uusi.").url == text_page(first, "title")
    response = write(client, text_page(first, "title"), "Uusi otsikko")
    assert response.url == worklist()
    assert waiting() == []


def test_next_stays_in_the_filter_while_it_has_texts(client):
    story = factories.make_story(kicker_fi=None, source_fi=None)
    changed = make_due()
    for days, (item, field) in enumerate([(story, "source"), (changed, "lead"), (story, "kicker")]):
        age(item, field, days=days + 1)
    address = f"{text_page(story, 'kicker')}?only=missing"
    following = f"{text_page(story, 'source')}?only=missing"
    assert client.get(address).context["following"] == following
    assert write(client, address, "Tarinoita").url == following
    assert write(client, following, "Kuntaliitto").url == text_page(changed, "lead")


def test_skipping_goes_round(client):
    stories = [make_due() for _number in range(3)]
    for number, story in enumerate(stories):
        age(story, "lead", days=9 - number)
    pages = [text_page(story, "lead") for story in stories]
    assert [client.get(page).context["following"] for page in pages] == [*pages[1:], pages[0]]
    assert len(waiting()) == 3


def test_only_text_cannot_be_skipped(client):
    page = client.get(text_page(make_due(), "lead"))
    assert page.context["following"] is None
    assert "closelink" not in page.content.decode()


def test_right_as_it_is_agrees_without_writing(client, editor):
    story, other = make_due(), make_due()
    before = Story.objects.values().get(pk=story.pk)
    address = text_page(story, "lead")
    response = client.post(address, {**opened(client, address), "as_it_is": "1"})
    assert response.url == text_page(other, "lead")
    after = Story.objects.values().get(pk=story.pk)
    assert after == before
    state = state_of(story, "lead")
    assert (state.agreed_sv, state.agreed_by) == (story.lead_sv, editor)
    assert waiting() == [(other.pk, "lead")]


def test_right_as_it_is_is_refused_for_a_missing_text(client):
    story = factories.make_story(kicker_fi=None)
    address = text_page(story, "kicker")
    response = client.post(address, {**opened(client, address), "as_it_is": "1"})
    assert errors(response)
    assert waiting() == [(story.pk, "kicker")]


def test_right_as_it_is_does_not_throw_away_what_was_typed(client):
    story = make_due()
    response = write(client, text_page(story, "lead"), "Uusi ingressi.", as_it_is="1")
    assert errors(response)
    assert response.context["form"]["text"].value() == "Uusi ingressi."
    assert waiting() == [(story.pk, "lead")]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("lead", ""),
        ("lead", "  \n"),
        ("body", ""),
        ("body", "<p></p>"),
        ("body", "<script>alert(1)</script>"),
    ],
)
def test_empty_text_is_refused(client, field, text):
    story = make_due(field=field)
    assert errors(write(client, text_page(story, field), text))
    story.refresh_from_db()
    assert getattr(story, f"{field}_fi")
    assert waiting() == [(story.pk, field)]


def test_page_of_a_text_that_waits_no_more_leads_on(client):
    done, story = make_due(), make_due()
    address = text_page(done, "lead")
    write(client, address, "Uusi ingressi.")
    response = client.get(address)
    assert response.url == text_page(story, "lead")
    assert told(response)


def test_rich_text_is_sanitised(client):
    story = make_due(field="body")
    write(client, text_page(story, "body"), '<p onclick="x()">Ei <b>näin</b></p><script>x</script>')
    story.refresh_from_db()
    assert "x" not in story.body_fi
    assert story.body_fi.startswith("<p>Ei ")


def test_too_long_text_is_kept_for_shortening(client):
    story = make_due()
    response = write(client, text_page(story, "lead"), "ä" * 601)
    assert errors(response)
    assert response.context["form"]["text"].value() == "ä" * 601
    assert waiting() == [(story.pk, "lead")]


def test_what_is_wrong_in_another_field_is_named(client):
    organisation = factories.make_organisation(website_fi="ei osoite")
    change(organisation, name_sv="Ett annat namn")
    [message] = errors(write(client, text_page(organisation, "name"), "Toinen nimi"))
    assert message.startswith("Webbplats")
    organisation.refresh_from_db()
    assert organisation.name_fi != "Toinen nimi"


def test_text_that_makes_two_items_alike_is_refused_in_words(client):
    factories.make_term(term_fi="verkosto", term_sv="nätverk")
    term = factories.make_term()
    change(term, term_sv="arbetsmöte")
    response = write(client, text_page(term, "term"), "Verkosto")
    assert errors(response)
    assert response.context["form"]["text"].value() == "Verkosto"


def test_colleagues_change_of_the_other_side_is_shown_before_saving(client):
    story = make_due()
    address = text_page(story, "lead")
    mine = {**opened(client, address), "text": "Minun ingressini."}
    change(story, lead_sv="Ännu en annan ingress.")
    refused = client.post(address, mine)
    assert errors(refused)
    assert refused.context["form"]["text"].value() == "Minun ingressini."
    assert "annan" in refused.content.decode()
    assert not refused.context["form"].newer_here
    story.refresh_from_db()
    assert story.lead_fi == "Hyvinvointi rakentuu arjen monista pienistä asioista."
    again = {**mine, "seen": refused.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    assert waiting() == []


@pytest.mark.parametrize("is_done", [False, True], ids=["still waits", "is done"])
def test_colleagues_translation_is_shown_and_not_overwritten(client, is_done):
    story = make_due()
    address = text_page(story, "lead")
    mine = {**opened(client, address), "text": "Minun ingressini."}
    with writing(agreeing=["lead"] if is_done else []):
        change(story, lead_fi="Kollegan ingressi.")
    refused = client.post(address, mine)
    assert errors(refused)
    assert refused.context["form"]["text"].value() == "Minun ingressini."
    assert "Kollegan ingressi." in refused.content.decode()
    assert ("as_it_is" in refused.content.decode()) is not is_done
    story.refresh_from_db()
    assert story.lead_fi == "Kollegan ingressi."
    again = {**mine, "seen": refused.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    story.refresh_from_db()
    assert story.lead_fi == "Minun ingressini."


@pytest.mark.parametrize("seen", [None, "", "x", "0.0.both"])
def test_what_was_not_seen_is_not_agreed_with(client, seen):
    story = make_due()
    sent = {"as_it_is": "1", "text": story.lead_fi} | ({} if seen is None else {"seen": seen})
    assert errors(client.post(text_page(story, "lead"), sent))
    assert waiting() == [(story.pk, "lead")]


def test_item_declared_to_be_in_one_language_meanwhile_is_a_conflict(client):
    story = make_due()
    address = text_page(story, "lead")
    mine = {**opened(client, address), "text": "Minun ingressini."}
    change(story, pairing="sv", pairing_reason="Bara på svenska.")
    assert errors(client.post(address, mine))


def test_other_texts_that_a_colleague_saves_meanwhile_stay(client):
    story = make_due()
    address = text_page(story, "lead")
    mine = {**opened(client, address), "text": "Minun ingressini."}
    change(story, title_fi="Kollegan otsikko")
    assert client.post(address, mine).status_code == 302
    story.refresh_from_db()
    assert (story.title_fi, story.lead_fi) == ("Kollegan otsikko", "Minun ingressini.")


def test_change_on_both_sides_is_shown_before_they_are_declared_equal(client):
    story = factories.make_story(lead_fi="Vanha ingressi.")
    change(story, lead_sv="En ny ingress.", lead_fi="Uusi ingressi.")
    page = client.get(text_page(story, "lead"))
    assert "En" in page.context["difference"]
    assert "Uusi" in page.context["own_difference"]


# The difference


@pytest.mark.parametrize(
    ("before", "after", "steps"),
    [
        ("Ett två tre", "Ett tre fyra", "Ett -två tre +fyra"),
        ("Ett", "Ett", "Ett"),
        ("", "Nytt", "+Nytt"),
        ("<p>Ett</p><p>två</p>", "<p>Ett <b>två</b></p>", "Ett två"),
        ('<a href="/a">Ett</a>', '<a href="/b">Ett</a>', "-[/a] +[/b] Ett"),
        ("<p>a &amp; b</p>", "<p>a &lt;b&gt; b</p>", "a -& +<b> b"),
        ("<p>ett&nbsp;två</p>", "<p>ett tv\u00adå</p>", "ett två"),
    ],
)
def test_difference_is_told_in_words(before, after, steps):
    signs = {"same": "", "removed": "-", "added": "+"}
    found = [
        f"{signs[kind]}{' '.join(' '.join(words).split())}"
        for kind, words in word_diff(before, after, is_rich=True)
    ]
    assert " ".join(found) == steps


def test_difference_is_escaped_and_leaves_out_what_is_far_from_it():
    words = [f"ord{number}" for number in range(400)]
    before, after = " ".join(words), " ".join([*words[:200], "<i>", *words[200:]])
    html = as_html(word_diff(before, after, is_rich=False), lang="sv")
    assert "&lt;i&gt;</ins>" in html
    assert html.count("[…]") == 2
    assert "ord0 " not in html
    assert "ord199 <ins>" in html


# The ticks of the ordinary form


def save(client, item, **changed):
    return save_form(client, change_form(item), **changed)


def test_edit_in_the_form_is_due_for_the_other_side_and_names_its_author(client, editor):
    story = factories.make_story()
    assert save(client, story, lead_sv="En ny ingress.").status_code == 302
    assert waiting() == [(story.pk, "lead")]
    assert state_of(story, "lead").sv_changed_by == editor


def test_small_change_in_the_form_puts_nothing_on_the_list(client):
    story = make_due(field="title")
    save(client, story, lead_sv="En rättad ingress.", small_change="on")
    assert waiting() == [(story.pk, "title")]


def test_declaring_the_languages_equal_takes_everything_off_the_list(client, editor):
    story = make_due()
    save(client, story, title_sv="En ny rubrik", languages_agree="on")
    assert waiting() == []
    assert state_of(story, "title").agreed_by == editor


@pytest.mark.parametrize("tick", ["small_change", "languages_agree"])
def test_tick_outlives_an_error_in_the_form(client, tick):
    story = factories.make_story()
    refused = save(client, story, lead_sv="En rättad ingress.", year="x", **{tick: "on"})
    page = Document(refused.content.decode())
    ticked = {one.attributes["name"] for one in page.all("input", checked="")}
    assert tick in ticked
    assert not {"small_change", "languages_agree"} - {tick} & ticked
    assert waiting() == []
    save(client, story, lead_sv="En rättad ingress.", **{tick: "on"})
    assert waiting() == []


def test_ticks_cover_rows_in_the_form_changed_or_not(client):
    changed, old = factories.make_goal(), factories.make_goal()
    change(old, goal_sv="Ett annat mål.")
    project = Project.objects.get()
    rows = {f"goals-{number}-goal_sv": goal.goal_sv for number, goal in enumerate((changed, old))}
    save(client, project, **{**rows, "goals-0-goal_sv": "Ett rättat mål.", "small_change": "on"})
    assert Goal.objects.get(pk=changed.pk).goal_sv == "Ett rättat mål."
    assert waiting() == [(old.pk, "goal")]
    save(client, project, **{"goals-0-goal_sv": "Ett helt nytt mål.", "languages_agree": "on"})
    assert waiting() == []


def test_ticks_of_rows_need_the_right_to_change_them(client):
    goal = factories.make_goal()
    change(goal, goal_sv="Ett annat mål.")
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_project"))
    client.force_login(user)
    project = Project.objects.get()
    assert save(client, project, languages_agree="on").status_code == 302
    assert waiting() == [(goal.pk, "goal")]


def test_new_item_has_no_ticks(client):
    html = client.get(reverse("admin:publications_story_add")).content.decode()
    assert "small_change" not in html


# The glossary and the former addresses


def test_term_is_given_once_and_in_both_languages(client):
    factories.make_term()
    address = reverse("admin:content_term_add")
    half = client.post(address, {"term_sv": "nätverk", "term_fi": ""})
    assert list(half.context["adminform"].form.errors) == ["term_fi"]
    taken = client.post(address, {"term_sv": "Verkstad", "term_fi": "verkosto"})
    assert taken.context["adminform"].form.errors
    given = {"term_sv": "nätverk", "term_fi": "verkosto", "synonyms_sv": "nät\nkontaktnät"}
    assert client.post(address, given).status_code == 302
    assert Term.objects.count() == 2
    found = client.get(reverse("admin:content_term_changelist"), {"q": "kontaktnät"})
    assert [term.term_fi for term in found.context["cl"].queryset] == ["verkosto"]


def test_synonyms_wait_for_nobody(client):
    term = factories.make_term()
    change(term, synonyms_sv="verkstadsdag", avoid_sv="kurs")
    assert waiting() == []


def test_former_address_that_is_another_items_now_is_listed(client):
    first, second = factories.make_story(slug_sv="vardag"), factories.make_story()
    change(first, slug_sv="vardagen")
    change(second, slug_sv="vardag")
    change(second, slug_sv="vardag-2", slug_fi="arki")
    change(first, slug_sv="vardagar")
    theme = factories.make_theme(slug_sv="vardagen")
    assert theme.slug_sv == "vardagen"
    address = reverse("admin:content_slughistory_changelist")

    def listed(**query):
        rows = client.get(address, query).context["cl"].queryset
        return {(row.slug, row.object_id) for row in rows}

    assert listed(taken_over="yes") == set()
    change(second, slug_sv="vardagen")
    assert listed(taken_over="yes") == {("vardagen", first.pk)}
    assert len(listed()) == len(listed(taken_over="x")) == SlugHistory.objects.count()
