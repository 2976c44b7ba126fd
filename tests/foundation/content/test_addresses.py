"""Addresses: one for each item and language; former ones and the other language's lead there."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve
from django.utils import translation

from foundation.content.addresses import absolute, address, at_its_address, find
from foundation.content.models import SlugHistory
from foundation.content.slugs import slug_from
from municipalities.models import Municipality
from publications.models import Story
from tests.factories import make_material, make_municipality, make_story, make_theme, make_workshop

pytestmark = pytest.mark.django_db

show = at_its_address(Story.objects.published)(
    lambda request, story, **arguments: HttpResponse(f"{story.pk} {sorted(arguments)}")
)


def get(path: str, view=show) -> HttpResponse:
    """The answer of a detail view at a path, in the language of its prefix."""
    request = RequestFactory().get(path)
    with translation.override(path[1:3]):
        request.resolver_match = resolve(request.path)
        return view(request, **request.resolver_match.kwargs)


def leads_to(path: str, view=show) -> str:
    response = get(path, view)
    assert response.status_code == 301
    return response["Location"]


def at(story: Story, language: str, slug: str, year: int = 2017) -> str:
    """The story's address in a language, with another slug in it."""
    own = getattr(story, f"slug_{language}")
    path = story.path(language)
    assert path.endswith(f"/2017/{own}/")
    return path.replace(f"/2017/{own}/", f"/{year}/{slug}/")


# Slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Välfärd i Åbo – året 2018", "valfard-i-abo-aret-2018"),
        ("Hyvinvointi/työ: Säkylä", "hyvinvointi-tyo-sakyla"),
        ("  S:t   Michel!  ", "st-michel"),
        ("_a__b_", "a-b"),
        ("!?", ""),
        ("Öst" * 100, "ost" * 40),
    ],
)
def test_slug_is_made_of_ascii_words(title, slug) -> None:
    assert slug_from(title) == slug


def test_slugs_are_made_from_the_titles_where_none_are_given() -> None:
    story = make_story(title_sv="Åkern", title_fi="Pelto yössä")
    assert (story.slug_sv, story.slug_fi) == ("akern", "pelto-yossa")


def test_slug_that_is_given_or_already_there_is_kept() -> None:
    story = make_story(title_sv="Åkern", slug_sv="min-aker")
    story.title_sv = "Ängen"
    story.save()
    assert story.slug_sv == "min-aker"


def test_slug_that_is_taken_gets_a_number() -> None:
    slugs = [make_story(title_sv="Åkern", title_fi="Pelto").slug_sv for _ in range(3)]
    assert slugs == ["akern", "akern-2", "akern-3"]


def test_slug_that_is_taken_in_the_other_language_gets_a_number() -> None:
    make_story(title_sv="Sauna", title_fi=None, decision="draft")
    story = make_story(title_sv=None, title_fi="Sauna", decision="draft")
    assert story.slug_fi == "sauna-2"
    story.full_clean()


def test_slug_is_the_same_in_both_languages_where_the_titles_are() -> None:
    story = make_story(title_sv="Sauna", title_fi="Sauna")
    assert (story.slug_sv, story.slug_fi) == ("sauna", "sauna")


def test_free_slug_of_a_long_title_stays_within_the_column() -> None:
    slugs = {make_story(title_sv="Ö" * 150).slug_sv for _ in range(3)}
    assert len(slugs) == 3
    assert all(len(slug) <= 120 for slug in slugs)


def test_title_without_letters_still_gets_an_address() -> None:
    assert make_story(title_sv="!?").slug_sv == "sida"


def test_slug_of_another_item_in_the_other_language_is_refused_by_the_form() -> None:
    make_story(slug_sv="vardag")
    rival = make_story()
    rival.slug_fi = "vardag"
    with pytest.raises(ValidationError) as refused:
        rival.full_clean()
    assert list(refused.value.message_dict) == ["slug_fi"]


# Finding an item


def test_item_is_found_by_its_slug_in_either_language() -> None:
    story = make_story(slug_sv="vardag", slug_fi="arki")
    for slug in ("vardag", "arki"):
        for language in ("sv", "fi"):
            assert find(Story.objects.published(), slug, language) == story


def test_slug_belongs_first_to_the_item_that_has_it_in_the_language_asked() -> None:
    swedish = make_story(slug_sv="arena")
    finnish = make_story(slug_fi="arena")
    assert find(Story.objects.published(), "arena", "sv") == swedish
    assert find(Story.objects.published(), "arena", "fi") == finnish


def test_unknown_slug_and_draft_are_not_found() -> None:
    make_story(slug_sv="vardag", decision="draft")
    for slug in ("vardag", "annat"):
        with pytest.raises(Http404):
            find(Story.objects.published(), slug, "sv")


def test_former_slug_of_another_model_is_not_found() -> None:
    theme = make_theme(slug_sv="gammal")
    theme.slug_sv = "ny"
    theme.save()
    with pytest.raises(Http404):
        find(Story.objects.published(), "gammal", "sv")


def test_slug_that_is_used_again_belongs_to_its_new_item() -> None:
    renamed = make_story(slug_sv="vardag")
    renamed.slug_sv = "fest"
    renamed.save()
    assert find(Story.objects.published(), "vardag", "sv") == renamed
    successor = make_story(slug_sv="vardag")
    assert find(Story.objects.published(), "vardag", "sv") == successor


def test_former_slug_of_two_items_leads_to_the_one_that_had_it_last() -> None:
    first = make_story(slug_sv="vardag")
    Story.objects.filter(pk=first.pk).update(slug_sv="fest")
    # now() is the same within a transaction, so the first change is dated back.
    SlugHistory.objects.update(replaced_at="2018-01-01T00:00+00:00")
    second = make_story(slug_sv="vardag")
    Story.objects.filter(pk=second.pk).update(slug_sv="helg")
    assert find(Story.objects.published(), "vardag", "sv") == second


def test_former_slug_of_a_withdrawn_item_leads_past_it() -> None:
    first = make_story(slug_sv="vardag")
    Story.objects.filter(pk=first.pk).update(slug_sv="fest")
    SlugHistory.objects.update(replaced_at="2018-01-01T00:00+00:00")
    second = make_story(slug_sv="vardag")
    Story.objects.filter(pk=second.pk).update(slug_sv="helg", decision="withdrawn")
    assert find(Story.objects.published(), "vardag", "sv") == first


# History


def test_history_is_written_whatever_way_a_slug_changes() -> None:
    story = make_story(slug_sv="ett", slug_fi="yksi")
    story.slug_sv = "tva"
    story.save()
    Story.objects.filter(pk=story.pk).update(slug_sv="tre")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publications_story SET slug_sv = 'fyra' WHERE id = %s", [story.pk])
    story.refresh_from_db()
    story.slug_sv = "fem"
    Story.objects.bulk_update([story], ["slug_sv"])
    history = SlugHistory.objects.filter(object_id=story.pk, kind="publications_story")
    assert list(history.order_by("pk").values_list("language", "slug")) == [
        ("sv", slug) for slug in ("ett", "tva", "tre", "fyra")
    ]


def test_history_is_not_written_when_no_slug_changes() -> None:
    story = make_story()
    story.title_sv = "Nytt namn"
    story.save()
    Story.objects.filter(pk=story.pk).update(slug_sv=story.slug_sv)
    assert not SlugHistory.objects.exists()


# One address


def test_item_answers_at_its_address_in_both_languages() -> None:
    story = make_story()
    for language in ("sv", "fi"):
        assert get(story.path(language)).content == f"{story.pk} []".encode()


def test_every_former_slug_leads_to_the_address_in_one_hop() -> None:
    story = make_story(slug_sv="ett", slug_fi="yksi")
    for slug in ("tva", "tre", "fyra"):
        story.slug_sv = slug
        story.save()
    for former in ("ett", "tva", "tre"):
        assert leads_to(at(story, "sv", former)) == story.path("sv")
    assert get(story.path("sv")).status_code == 200


def test_former_slug_leads_on_within_its_language() -> None:
    story = make_story(slug_sv="forr", slug_fi="ennen")
    Story.objects.filter(pk=story.pk).update(slug_sv="nu", slug_fi="nyt")
    story.refresh_from_db()
    assert leads_to(at(story, "fi", "ennen")) == story.path("fi")
    assert leads_to(at(story, "sv", "forr")) == story.path("sv")


def test_slug_of_the_other_language_leads_to_the_right_one() -> None:
    story = make_story(slug_sv="vardag", slug_fi="arki")
    assert leads_to(at(story, "fi", "vardag")) == story.path("fi")
    assert leads_to(at(story, "sv", "arki")) == story.path("sv")


def test_former_slug_under_the_other_prefix_leads_to_that_languages_address() -> None:
    story = make_story(slug_sv="forr", slug_fi="arki")
    Story.objects.filter(pk=story.pk).update(slug_sv="nu")
    story.refresh_from_db()
    assert leads_to(at(story, "fi", "forr")) == story.path("fi")


def test_year_that_is_wrong_is_put_right_together_with_the_slug() -> None:
    story = make_story(slug_sv="vardag", slug_fi="arki")
    assert leads_to(at(story, "sv", "vardag", year=2018)) == story.path("sv")
    assert leads_to(at(story, "sv", "arki", year=99)) == story.path("sv")


def test_redirect_keeps_the_query() -> None:
    story = make_story(slug_sv="vardag", slug_fi="arki")
    query = "?q=%C3%A5&q=b"
    assert leads_to(at(story, "sv", "arki") + query) == story.path("sv") + query


@pytest.mark.parametrize(("only", "other"), [("sv", "fi"), ("fi", "sv")])
def test_single_language_item_stands_at_its_only_slug_under_both_prefixes(only, other) -> None:
    story = make_story(
        pairing=only,
        pairing_reason="Finns på ett språk.",
        **{f"slug_{only}": "ensam", f"slug_{other}": "luonnos", f"title_{other}": None},
    )
    for language in ("sv", "fi"):
        assert story.path(language).startswith(f"/{language}/")
        assert story.path(language).endswith("/2017/ensam/")
        assert get(story.path(language)).status_code == 200


def test_address_never_leads_around_in_a_circle() -> None:
    one, other = make_story(slug_sv="a", slug_fi="b"), make_story(slug_sv="c", slug_fi="d")
    Story.objects.filter(pk=one.pk).update(slug_sv="x")
    Story.objects.filter(pk=other.pk).update(slug_sv="a")
    Story.objects.filter(pk=one.pk).update(slug_sv="c")
    for story in (one, other):
        story.refresh_from_db()
        assert get(story.path("sv")).content.startswith(str(story.pk).encode())


def test_page_under_an_item_is_put_right_without_losing_its_own_arguments() -> None:
    from publications.models import Material

    material = make_material(slug_sv="bilder", slug_fi="diat")
    view = at_its_address(Material.objects.published)(
        lambda request, item, **arguments: HttpResponse(str(arguments))
    )
    route = "publications:material_file_version"
    there = material.path("fi", route=route, version=2)
    assert leads_to(there.replace("/diat/", "/bilder/"), view) == there
    assert get(there, view).content == b"{'version': 2}"


def test_municipality_stands_at_its_name_in_each_language() -> None:
    esbo = make_municipality()
    assert esbo.path("sv").endswith("/esbo/")
    assert esbo.path("fi").endswith("/espoo/")
    assert find(Municipality.objects.all(), "espoo", "sv") == esbo


def test_workshop_stands_under_its_year() -> None:
    assert "/2018/" in make_workshop().path("sv")


# Path words


def test_path_words_are_ascii_in_both_languages() -> None:
    def patterns(resolver):
        for pattern in resolver.url_patterns:
            yield str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from patterns(pattern)

    for language in ("sv", "fi"):
        with translation.override(language):
            assert all(path.isascii() for path in patterns(get_resolver()))


def test_address_of_a_route_is_under_the_prefix_of_the_language_asked() -> None:
    with translation.override("fi"):
        assert address("portal:home") == "/fi/"
        assert address("portal:home", "sv") == "/sv/"
        assert translation.get_language() == "fi"


def test_absolute_address_follows_the_host_unless_the_site_has_an_address(settings) -> None:
    request = RequestFactory().get("/sv/")
    assert absolute(request, "/sv/") == "http://testserver/sv/"
    settings.SITE_URL = "https://valfard.example.fi"
    assert absolute(request, "/sv/") == "https://valfard.example.fi/sv/"
