"""The work list as a PO file and back: every text survives, and nothing newer is overwritten."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.content.agreement import writing
from foundation.content.models import LanguageState
from foundation.editing import translation_files
from foundation.editing.translation_files import Unreadable, export, import_
from foundation.editing.worklist import bilingual_models, outstanding
from foundation.history.models import Change
from tests import factories

pytestmark = pytest.mark.django_db

KINDS = list(bilingual_models())
AWKWARD = (
    "100 % säkert, {namn} och %(antal)s: ”så”, \"så\" och 'så'.\n\n\tIndraget\\n inte ny rad\r\n"
    '  två blanka  \u2028rad\x85rad\x0bslut\u00a0–\u00ad🧶 msgid "x"'
)


@pytest.fixture
def editor(client):
    user = factories.make_user(is_staff=True, is_superuser=True, first_name="Svea")
    client.force_login(user)
    return user


def file_address(language="fi"):
    return reverse("admin:content_worklist_file", args=[language])


def change(item, **columns):
    type(item)._base_manager.filter(pk=item.pk).update(**columns)
    item.refresh_from_db()


def make_due(**given):
    """A story whose Finnish lead is older than the Swedish one."""
    story = factories.make_story(**given)
    change(story, lead_sv=f"En ny ingress, nummer {story.pk}.")
    return story


def exported(language="fi"):
    return read_po(BytesIO(export(language, KINDS)), abort_invalid=True)


def entries(catalogue):
    return {message.context: message for message in catalogue if message.id}


def context(item, field):
    return f"{item._meta.db_table}:{item.pk}:{field}"


def filled_in(catalogue, **texts):
    """The file as a translator hands it back: texts by field, no longer marked as unfinished."""
    for message in catalogue:
        field = (message.context or "").rpartition(":")[2]
        if message.id and field in texts:
            message.string = texts[field]
            message.flags.discard("fuzzy")
    return written(catalogue)


def written(catalogue):
    file = BytesIO()
    write_po(file, catalogue)
    file.seek(0)
    return file


def take_in(file, language="fi", kinds=KINDS, **more):
    return import_(file, language, kinds, **more)


def counts(outcome):
    return (
        len(outcome.written),
        outcome.unfinished,
        len(outcome.conflicts),
        len(outcome.errors),
        outcome.unchanged,
    )


def waiting(language="fi"):
    return [(state.object_id, state.field) for state in outstanding(language)]


def entry(context, text="Teksti", source="Text"):
    catalogue = Catalog(locale="fi")
    catalogue.add(source, text, context=context)
    return written(catalogue)


# Out


def test_file_holds_what_waits_with_both_sides():
    story = make_due(kicker_fi=None)
    before = "Välfärd byggs av många små detaljer i vardagen."
    catalogue = exported()
    assert str(catalogue.locale) == "fi"
    lead, kicker = (entries(catalogue)[context(story, field)] for field in ("lead", "kicker"))
    assert len(entries(catalogue)) == 2
    assert (lead.id, lead.string) == (story.lead_sv, story.lead_fi)
    assert lead.fuzzy
    assert lead.auto_comments[0] == "berättelse: Små detaljer i vardagen – Ingress"
    assert (kicker.id, kicker.string, kicker.fuzzy) == (story.kicker_sv, "", False)
    assert f'#| msgid "{before}"' in export("fi", KINDS).decode()
    assert not entries(exported("sv"))


def test_same_source_in_two_places_is_two_entries():
    factories.make_story(kicker_sv="Ingress", source_sv="Ingress", kicker_fi=None, source_fi=None)
    assert len(entries(exported())) == 2


def test_file_holds_only_the_kinds_asked_for():
    make_due()
    assert not entries(read_po(BytesIO(export("fi", ["projects_goal"]))))


def test_text_with_per_cent_is_no_format_string():
    factories.make_story(kicker_sv="100 % säkert {namn}", kicker_fi=None)
    assert "-format" not in export("fi", KINDS).decode()


def test_long_titles_and_new_lines_keep_to_their_comment():
    goal = factories.make_figure(caption_sv="Rad ett\ntext:0000\nmsgid", long_description_fi=None)
    assert len(entries(exported())) == 1
    outcome = take_in(filled_in(exported(), long_description="Ympyrä."))
    assert counts(outcome) == (1, 0, 0, 0, 0)
    goal.refresh_from_db()
    assert goal.long_description_fi == "Ympyrä."


# Back in


def test_round_trip_fills_missing_and_changed_texts(editor):
    story = make_due(kicker_fi=None)
    file = filled_in(exported(), lead="Uusi ingressi.", kicker="Tarinoita")
    assert counts(take_in(file, author=editor.pk)) == (2, 0, 0, 0, 0)
    story.refresh_from_db()
    assert (story.lead_fi, story.kicker_fi) == ("Uusi ingressi.", "Tarinoita")
    assert waiting() == waiting("sv") == []
    for state in LanguageState.objects.filter(object_id=story.pk, field__in=["lead", "kicker"]):
        assert state.agreed_by == editor


def test_awkward_text_survives_both_ways():
    story = factories.make_story(lead_sv=AWKWARD, lead_fi=None, decision="draft")
    assert entries(exported())[context(story, "lead")].id == AWKWARD
    assert counts(take_in(filled_in(exported(), lead=AWKWARD))) == (1, 0, 0, 0, 0)
    story.refresh_from_db()
    assert story.lead_fi == AWKWARD.strip()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_survives_the_file(text):
    catalogue = Catalog(locale="fi")
    catalogue.add(text, text, context="publications_story:1:lead")
    [message] = translation_files._messages(written(catalogue), "fi")
    assert (message.id, message.string) == (text, text)


def test_file_of_a_windows_tool_is_read():
    story = make_due()
    content = filled_in(exported(), lead="Uusi\ningressi.").getvalue()
    file = BytesIO(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert counts(take_in(file)) == (1, 0, 0, 0, 0)
    story.refresh_from_db()
    assert story.lead_fi == "Uusi\ningressi."


def test_unfinished_entries_are_left():
    story = make_due(kicker_fi=None)
    assert counts(take_in(written(exported()))) == (0, 2, 0, 0, 0)
    assert set(waiting()) == {(story.pk, "lead"), (story.pk, "kicker")}


@pytest.mark.parametrize("text", ["", "  \n ", "<p></p>", "<script>alert(1)</script>"])
def test_text_that_is_empty_deletes_nothing(text):
    story = factories.make_story()
    change(story, body_sv="<p>En annan text.</p>")
    assert counts(take_in(filled_in(exported(), body=text))) == (0, 1, 0, 0, 0)
    story.refresh_from_db()
    assert story.body_fi


def test_changed_text_that_is_right_as_it_stands_is_agreed():
    story = make_due()
    assert counts(take_in(filled_in(exported(), lead=story.lead_fi))) == (1, 0, 0, 0, 0)
    assert waiting() == []


def test_file_can_be_taken_in_twice():
    make_due(kicker_fi=None)
    file = filled_in(exported(), lead="Uusi ingressi.", kicker="Tarinoita")
    take_in(file)
    changes = Change.objects.count()
    file.seek(0)
    assert counts(take_in(file)) == (0, 0, 0, 0, 2)
    assert Change.objects.count() == changes


def test_change_of_the_other_side_is_a_conflict():
    story, other = make_due(), make_due()
    file = filled_in(exported(), lead="Uusi ingressi.")
    change(story, lead_sv="Ännu en annan.")
    outcome = take_in(file)
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert "Små detaljer i vardagen – Ingress" in str(outcome.conflicts[0])
    story.refresh_from_db()
    assert story.lead_fi == "Hyvinvointi rakentuu arjen monista pienistä asioista."
    assert waiting() == [(story.pk, "lead")]
    other.refresh_from_db()
    assert other.lead_fi == "Uusi ingressi."


@pytest.mark.parametrize("start", [None, "Vanha ingressi."])
def test_text_written_here_meanwhile_is_a_conflict(start):
    story = factories.make_story(lead_fi=start, decision="draft")
    change(story, lead_sv="En ny ingress.")
    file = filled_in(exported(), lead="Kääntäjän ingressi.")
    change(story, lead_fi="Kollegan ingressi.")
    assert counts(take_in(file)) == (0, 0, 1, 0, 0)
    story.refresh_from_db()
    assert story.lead_fi == "Kollegan ingressi."


def test_text_agreed_on_meanwhile_is_a_conflict():
    story = make_due()
    file = filled_in(exported(), lead="Kääntäjän ingressi.")
    with writing(agreeing=["lead"]):
        story.save()
    assert waiting() == []
    assert counts(take_in(file)) == (0, 0, 1, 0, 0)
    story.refresh_from_db()
    assert story.lead_fi == "Hyvinvointi rakentuu arjen monista pienistä asioista."


def test_item_of_one_language_meanwhile_is_a_conflict():
    story = make_due(kicker_fi=None)
    file = filled_in(exported(), kicker="Tarinoita")
    change(story, pairing="sv", pairing_reason="Bara på svenska.")
    assert counts(take_in(file)) == (0, 1, 1, 0, 0)


def test_tool_that_drops_comments_fills_what_is_missing_and_overwrites_nothing():
    story = make_due(kicker_fi=None)
    catalogue = exported()
    for message in catalogue:
        message.auto_comments.clear()
    file = filled_in(catalogue, lead="Uusi ingressi.", kicker="Tarinoita")
    assert counts(take_in(file)) == (1, 0, 1, 0, 0)
    assert waiting() == [(story.pk, "lead")]


def test_markup_of_a_translator_is_sanitised():
    story = factories.make_story()
    change(story, body_sv="<p>En annan text.</p>")
    evil = '<p onclick="x()">Uusi <a href="javascript:x()">teksti</a></p><script>x()</script>'
    take_in(filled_in(exported(), body=evil))
    story.refresh_from_db()
    assert story.body_fi == "<p>Uusi <a>teksti</a></p>"


def test_what_the_form_would_refuse_is_reported_and_the_rest_taken_in():
    story = make_due(kicker_fi=None)
    outcome = take_in(filled_in(exported(), lead="ä" * 601, kicker="Tarinoita"))
    assert counts(outcome) == (1, 0, 0, 1, 0)
    assert "Ingress" in str(outcome.errors[0])
    assert waiting() == [(story.pk, "lead")]
    story.refresh_from_db()
    assert story.kicker_fi == "Tarinoita"


def test_two_items_alike_are_reported_in_words():
    factories.make_term(term_sv="nätverk", term_fi="verkosto")
    term = factories.make_term()
    change(term, term_sv="arbetsmöte")
    outcome = take_in(filled_in(exported(), term="Verkosto"))
    assert counts(outcome) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    "where",
    [
        "publications_story:999999:lead",
        "publications_story:{pk}:slug",
        "publications_story:{pk}:decision",
        "publications_story:{pk}:lead:x",
        "publications_story:-1:lead",
        "publications_story:²:lead",
        f"publications_story:{'9' * 40}:lead",
        "accounts_user:1:email",
        "x",
        "",
        None,
    ],
)
def test_unknown_place_is_reported(where):
    story = make_due()
    outcome = take_in(entry(where and where.format(pk=story.pk)))
    assert counts(outcome) == (0, 0, 0, 1, 0)


def test_kind_that_the_user_may_not_change_is_refused():
    story = make_due()
    outcome = take_in(filled_in(exported(), lead="Uusi ingressi."), kinds=["projects_goal"])
    assert counts(outcome) == (0, 0, 0, 1, 0)
    assert waiting() == [(story.pk, "lead")]


# Files that are none


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"not a file",
        b'msgid "a',
        b'msgid "a"\n',
        b'msgstr "a"\n',
        b'"a"\n',
        b"\xff\xfe\x00m",
        'msgid "a"\nmsgstr "å"\n'.encode("latin-1"),
        b'msgid "a"\nmsgstr "b"\n',
        b'msgid ""\nmsgstr "Language: xx\\n"\n\nmsgid "a"\nmsgstr "b"\n',
        b'msgid ""\nmsgstr "Language: fi\\nPO-Revision-Date: x\\n"\n\nmsgid "a"\nmsgstr "b"\0\n',
        b'msgid ""\nmsgstr "Language: fi\\nContent-Type: text/plain; charset=x\\n"\n',
        b'msgid ""\nmsgstr "Language: fi\\nPlural-Forms: nplurals=999999999; plural=n;\\n"\n\n'
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
        b'msgid ""\nmsgstr "Language: fi\\n"\n\nmsgctxt\nmsgid "a"\nmsgstr[x] "b"\n',
        b"PK\x03\x04" + bytes(range(256)),
    ],
)
def test_file_that_is_none_is_unreadable(content):
    with pytest.raises(Unreadable) as told:
        take_in(BytesIO(content))
    assert str(told.value)


@given(st.data())
def test_broken_file_is_unreadable_and_no_server_error(data):
    catalogue = Catalog(locale="fi")
    for number in range(3):
        catalogue.add(f"Text {number}", "Teksti", context="x", auto_comments=["text:0"])
    content = bytearray(written(catalogue).getvalue())
    for _number in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from([b"", b'"', b"\n", b"\\", b"msgid ", b"msgstr[", b"#~ ", b"\xff", b"%"])
        )
    try:
        messages = translation_files._messages(BytesIO(bytes(content)), "fi")
    except Unreadable:
        return
    assert all(isinstance(message.id, str) for message in messages)


def test_file_for_the_other_language_is_refused():
    story = make_due()
    file = filled_in(exported(), lead="Uusi ingressi.")
    with pytest.raises(Unreadable):
        take_in(file, "sv")
    assert waiting() == [(story.pk, "lead")]


def test_huge_file_is_refused(monkeypatch):
    make_due()
    file = filled_in(exported(), lead="Uusi ingressi.")
    monkeypatch.setattr(translation_files, "MAX_BYTES", 100)
    with pytest.raises(Unreadable):
        take_in(file)


# In the admin


def hand_in(client, content, language="fi"):
    file = SimpleUploadedFile("worklist.po", content)
    return client.post(file_address(language), {"file": file})


def test_file_is_downloaded_and_handed_in(client, editor):
    story = make_due(kicker_fi=None)
    response = client.get(file_address())
    assert response["Content-Disposition"] == 'attachment; filename="worklist-fi.po"'
    catalogue = read_po(BytesIO(response.content), abort_invalid=True)
    file = filled_in(catalogue, lead="Uusi ingressi.", kicker="Tarinoita").getvalue()
    change(story, kicker_sv="Något annat")
    page = hand_in(client, file)
    assert page.status_code == 200
    assert counts(page.context["outcome"]) == (1, 0, 1, 0, 0)
    state = LanguageState.objects.get(object_id=story.pk, field="kicker")
    by_hand = reverse("admin:content_worklist_text", args=["fi", state.pk])
    assert f'href="{by_hand}"' in page.content.decode()
    log = LogEntry.objects.get()
    assert (log.user, log.object_id) == (editor, str(story.pk))
    assert '"fields": ["Lead"]' in log.change_message
    assert LanguageState.objects.get(object_id=story.pk, field="lead").agreed_by == editor


@pytest.mark.parametrize("content", [b"\xff", b"nothing"])
def test_unreadable_file_is_said_on_the_list(client, editor, content):
    response = hand_in(client, content)
    assert response.url == reverse("admin:content_worklist", args=["fi"])
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]


def test_form_without_a_file_is_said_on_the_list(client, editor):
    response = client.post(file_address())
    assert response.url == reverse("admin:content_worklist", args=["fi"])
    assert list(get_messages(response.wsgi_request))


def test_file_of_another_kind_than_the_users_changes_nothing(client, editor):
    story = make_due()
    file = filled_in(exported(), lead="Uusi ingressi.").getvalue()
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_theme"))
    client.force_login(user)
    assert counts(hand_in(client, file).context["outcome"]) == (0, 0, 0, 1, 0)
    assert waiting() == [(story.pk, "lead")]


def test_words_of_a_file_are_escaped_in_its_report(client, editor):
    page = hand_in(client, entry("<script>x</script>").getvalue())
    assert "<script>x" not in page.content.decode()
    assert "&lt;script&gt;x" in page.content.decode()
