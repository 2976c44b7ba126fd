"""A video's page: captions and words in the reader's language, and the law's fourteen days."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from publications.caption_duty import awaiting_captions, due_after
from publications.models import Material, MaterialFile
from tests import factories
from tests.publications.test_captions import cue, vtt
from tests.publications.test_video_length import box, film, header

MP4 = film(box(b"moov", header(1000, 31_000)))
TEXTS = {"sv": "Kommunen främjar välfärd.", "fi": "Kunta edistää hyvinvointia."}


def make_video(**given):
    return factories.make_material(type="video", **given)


def add_film(material, **given):
    return factories.make_material_file(
        **{"material": material, "content": MP4, "name": "film.mp4", "language": "sv", **given}
    )


def add_captions(material, language="sv", **given):
    return factories.make_material_file(
        material=material,
        role="captions",
        language=language,
        content=vtt(cue("01", "04", TEXTS.get(language, "Text."))).encode(),
        name="text.vtt",
        **given,
    )


def page_of(client, material, language="sv"):
    return client.get(material.path(language)).content.decode()


def just_published():
    return timezone.now() - timedelta(days=1)


@pytest.fixture
def video(db):
    material = make_video()
    add_film(material)
    return material


def test_nothing_of_the_film_is_asked_to_be_loaded_before_it_is_played(client, video):
    add_captions(video)
    page = page_of(client, video)
    [player] = re.findall(r"<video [^>]*>", page)
    assert 'preload="none"' in player
    assert " controls " in player
    assert "autoplay" not in player
    assert not re.search(r"<track [^>]*\bdefault\b", page)


@pytest.mark.parametrize(("language", "first"), [("sv", "sv"), ("fi", "fi")])
def test_captions_of_each_language_are_offered_under_their_own_names(
    client, video, language, first
):
    for code in ("sv", "fi"):
        add_captions(video, code)
    tracks = re.findall(
        r'<track kind="captions" src="([^"]+)" srclang="(\w+)" label="(\w+)">',
        page_of(client, video, language),
    )
    assert {(code, label) for _src, code, label in tracks} == {("sv", "Svenska"), ("fi", "Suomi")}
    assert tracks[0][1] == first
    for src, code, _label in tracks:
        assert TEXTS[code] in b"".join(client.get(src).streaming_content).decode()


def test_languages_of_film_and_captions_are_told_as_they_are(client, video):
    add_captions(video, "fi")
    assert "Videons språk: svenska. Textning: finska." in page_of(client, video)
    assert "Videon kieli: ruotsi. Tekstitys: suomi." in page_of(client, video, "fi")


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_words_of_the_video_are_the_captions_of_the_pages_language(client, video, language):
    for code in ("sv", "fi"):
        add_captions(video, code)
    page = page_of(client, video, language)
    other = "fi" if language == "sv" else "sv"
    assert f'<div class="prose"><p>{TEXTS[language]}</p>' in page
    assert TEXTS[other] not in page


def test_words_in_the_other_language_are_marked_and_said_to_be(client, video):
    add_captions(video, "fi")
    page = page_of(client, video)
    assert f'<div class="prose" lang="fi"><p>{TEXTS["fi"]}</p>' in page
    assert "Den här texten finns bara på finska." in page


def test_editors_transcript_goes_before_the_captions(client, video):
    add_captions(video)
    Material.objects.update(transcript_sv="En tråd.\n\nTvå <b>trådar</b>.")
    page = page_of(client, video)
    assert "<p>En tråd.</p>" in page
    assert "<p>Två &lt;b&gt;trådar&lt;/b&gt;.</p>" in page
    assert TEXTS["sv"] not in page


def test_markup_in_captions_reaches_no_page(client, video):
    factories.make_material_file(
        material=video,
        role="captions",
        language="sv",
        content=vtt(cue("01", "02", "<i>&lt;script&gt;</i>")).encode(),
        name="text.vtt",
    )
    assert "<p>&lt;script&gt;</p>" in page_of(client, video)


def test_captions_that_have_vanished_leave_the_page_standing(client, video):
    file = add_captions(video)
    file.file.storage.delete(file.file.name)
    assert '<track kind="captions"' in page_of(client, video)


def test_poster_is_the_picture_chosen_and_its_alternative_is_read(client, video):
    image = factories.make_image()
    Material.objects.update(poster=image)
    page = page_of(client, video)
    assert f'poster="{image.sources()[-1][1]}"' in page
    assert image.alt_sv in page


@pytest.mark.parametrize(
    ("owner", "drawing"),
    [
        (lambda: {"theme": factories.make_theme(thread=4)}, "poster-lingonberry.svg"),
        (lambda: {"project": factories.make_project()}, "poster.svg"),
    ],
)
def test_poster_without_a_picture_is_drawn(client, db, owner, drawing):
    material = make_video(**owner())
    add_film(material)
    assert f'poster="/static/projects/{drawing}"' in page_of(client, material)


# The law's fourteen days.


@pytest.mark.parametrize(
    ("public_since", "due"),
    [
        (datetime(2018, 10, 11, 9, tzinfo=UTC), date(2018, 10, 25)),
        (datetime(2018, 10, 11, 21, 30, tzinfo=UTC), date(2018, 10, 26)),  # midnight is past here
        (datetime(2018, 12, 31, 12, tzinfo=UTC), date(2019, 1, 14)),
        (datetime(2020, 2, 20, 12, tzinfo=UTC), date(2020, 3, 5)),
    ],
)
def test_captions_are_due_fourteen_days_after_the_video_became_public(public_since, due):
    assert due_after(public_since) == due


def awaiting():
    return list(awaiting_captions(Material.objects.all()))


def test_video_waits_from_when_both_it_and_its_page_are_public(video):
    late = datetime(2019, 5, 2, 9, tzinfo=UTC)
    [material] = awaiting()
    assert material.video_since == factories.LONG_AGO
    Material.objects.update(publish_at=late)
    [material] = awaiting()
    assert material.video_since == late


@pytest.mark.parametrize(
    "change",
    [
        lambda video: add_captions(video),
        lambda video: Material.objects.update(transcript_sv="Ord."),
        lambda video: Material.objects.update(transcript_fi="Sanoja."),
        lambda video: Material.objects.update(decision="draft"),
        lambda video: Material.objects.update(decision="withdrawn"),
        lambda video: Material.objects.update(
            publish_at=timezone.now() - timedelta(days=9), withdraw_at=just_published()
        ),
    ],
    ids=["captions", "swedish words", "finnish words", "draft", "withdrawn", "taken down"],
)
def test_video_waits_no_longer(video, change):
    assert awaiting() == [video]
    change(video)
    assert awaiting() == []


def test_captions_that_are_not_public_yet_help_nobody(video):
    add_captions(video, published_at=None)
    assert awaiting() == [video]


@pytest.mark.parametrize("name", ["bilder.pdf", "text.vtt"])
def test_other_files_owe_nothing(db, name):
    material = factories.make_material()
    role = "captions" if name.endswith("vtt") else "content"
    factories.make_material_file(material=material, name=name, role=role, language="sv")
    assert awaiting() == []


def test_reader_is_told_calmly_when_captions_come_and_how_to_ask(client, db):
    material = make_video(publish_at=just_published())
    add_film(material)
    due = due_after(material.publish_at)
    page = page_of(client, material)
    assert f'Textningen kommer senast <time datetime="{due.isoformat()}">' in page
    assert reverse("portal:feedback") in page
    assert "Videon i ord" not in page


def test_reader_is_promised_no_day_that_has_passed(client, video):
    page = page_of(client, video)
    assert "fast den borde vara det" in page
    assert "kommer senast" not in page


# What editors see.


@pytest.fixture
def editor(client, db):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    return client


def form_of(client, material):
    address = reverse("admin:publications_material_change", args=[material.pk])
    return client.get(address).content.decode()


def test_form_names_the_day(editor):
    material = make_video(publish_at=just_published())
    add_film(material)
    day = due_after(material.publish_at)
    page = form_of(editor, material)
    assert f'ska den ha det senast <time datetime="{day.isoformat()}">' in page
    assert "Försenat" not in page.split("<fieldset")[0]


def test_form_says_what_is_overdue(editor, video):
    assert "borde den ha haft det senast" in form_of(editor, video)


def test_form_of_a_draft_counts_from_its_publication(editor):
    material = make_video(decision="draft", publish_at=None)
    add_film(material, published_at=None)
    assert "inom 14 dagar från publiceringen" in form_of(editor, material)
    add_captions(material, published_at=None)
    assert "varken textning" not in form_of(editor, material)


def test_form_of_other_materials_says_nothing_of_captions(editor):
    assert "varken textning" not in form_of(editor, factories.make_material_file().material)


def test_start_page_lists_the_first_due_first(editor, video):
    fresh = make_video(title_sv="Ny film", publish_at=just_published())
    add_film(fresh)
    page = editor.get(reverse("admin:index")).content.decode()
    listed = page.split('id="caption-duties"')[1].split("</section>")[0]
    assert listed.index(video.title_sv) < listed.index("Ny film")
    assert listed.count("tag-overdue") == 1


def test_start_page_without_duties_or_rights_says_nothing(client, video):
    user = factories.make_user(is_staff=True)
    client.force_login(user)
    assert "caption-duties" not in client.get(reverse("admin:index")).content.decode()
    user.user_permissions.set(Permission.objects.filter(codename="change_material"))
    assert "caption-duties" in client.get(reverse("admin:index")).content.decode()
    add_captions(video)
    assert "caption-duties" not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(("value", "expected"), [("missing", 2), ("overdue", 1), ("x", 3)])
def test_list_is_filtered_by_missing_captions(editor, video, value, expected):
    add_film(make_video(publish_at=just_published()))
    factories.make_material()
    address = reverse("admin:publications_material_changelist")
    page = editor.get(address, {"captions": value})
    assert page.context["cl"].result_count == expected


@pytest.mark.parametrize("days", [14, 15])
def test_last_day_is_not_overdue_yet(editor, days):
    add_film(make_video(publish_at=timezone.now() - timedelta(days=days)))
    address = reverse("admin:publications_material_changelist")
    page = editor.get(address, {"captions": "overdue"})
    assert page.context["cl"].result_count == (days > 14)


# What is read from the files as they are saved.


def test_length_is_read_from_the_file(video):
    assert MaterialFile.objects.get().seconds == 31


def test_length_that_an_editor_gave_stays(db):
    assert add_film(make_video(), seconds=12).seconds == 12


def test_captions_of_a_longer_video_are_refused(video):
    late = vtt(cue("40", "41", "För sent.")).encode()
    file = MaterialFile(
        material=video, role="captions", language="sv", file=ContentFile(late, "text.vtt")
    )
    file.measure()
    with pytest.raises(ValidationError, match="Rad 3 "):
        file.full_clean()
